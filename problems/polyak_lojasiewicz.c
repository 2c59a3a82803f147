/* polyak_lojasiewicz.c -- functions that are not strongly convex yet satisfy |grad f|^2 >= 2 mu
 * (f - f*) (Karimi, Nutini, Schmidt 2016): least squares of deficient rank, and (y - sin
 * x)^2/2, whose minimizers are a curve and which is not convex. */
#include <stdio.h>
#include <stdlib.h>
#include "data/own.h"
#include "data/solve.h"

/* ---------------------------------------------------------- least squares ------------ */

enum { M, N, RANK, NOISE, DATA };
static const struct nso_option options[] = {
	[M] = { "m", 100, 1, 1e5, "rows", NULL, "nsobench", 1 },
	[N] = { "n", 40, 1, 1000, "dimension", NULL, "nsobench", 1 },
	[RANK] = { "rank", 20, 1, 1000, "rank of A", NULL, "nsobench", 1 },
	[NOISE] = { "noise", 0.1, 0, 1e6, "length of the part of b that A cannot reach", NULL,
		"nsobench" },
	OWN_DATA_AT(DATA),
	{ 0 },
};

/*
 * A = sum_k s_k u_k v_k' with orthonormal u_k, v_k and s_k from 1 down to 0.1 in equal ratios,
 * so that L = 1 and mu = 0.01 are exact; b = A x* + noise u for a unit u orthogonal to all u_k:
 * f* = noise^2/2.
 */
static int draw(struct fitted *p, const double *opt, gsl_rng *rng)
{
	size_t m = (size_t)opt[M], n = (size_t)opt[N], rank = (size_t)opt[RANK];
	struct rows u = { 0 }, v = { 0 }, *a = &p->model.a;
	int bad = rows_orthonormal(&u, rank + 1, m, rng) ||
		  rows_orthonormal(&v, rank, n, rng) || rows_dense(a, m, n);

	p->model.b = malloc(m * sizeof *p->model.b);
	p->minimizer = malloc(n * sizeof *p->minimizer);
	bad |= !p->model.b || !p->minimizer;
	for (size_t k = 0; !bad && k < rank; k++) {
		double s = rank > 1 ? pow(0.1, (double)k / (double)(rank - 1)) : 1;

		for (size_t i = 0; i < m; i++)
			rows_add(&v, k, s * u.val[k * m + i], a->val + i * n);
	}
	if (!bad) {
		nso_normal(rng, n, p->minimizer);
		for (size_t i = 0; i < m; i++)
			p->model.b[i] =
				rows_dot(a, i, p->minimizer) + opt[NOISE] * u.val[rank * m + i];
	}
	rows_free(&u);
	rows_free(&v);
	return bad;
}

static double orthonormal(void *self)
{
	struct fitted *p = self;
	double bound = solve_squares(&p->model.a, p->model.b, 0, p->minimizer);

	return sum_eval(p, p->minimizer, NULL) - bound;
}

static int prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	(void)opt;
	rows_extremes(&p->model.a, &facts->pl, &facts->smoothness);
	if (isnan(facts->smoothness))
		facts->smoothness = rows_largest(&p->model.a);
	return 0;
}

static const struct own_recipe own = { { "least-squares", options, DATA, DATA + 1,
					       OWN_NUMBERS },
	&loss_square, 0, prepare, orthonormal, sum_eval };

static void *squares_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t m = (size_t)opt[M], n = (size_t)opt[N], rank = (size_t)opt[RANK];
	struct fitted *p;

	if (*nso_text(opt[DATA]))
		return own_make(&own, sizeof *p, opt, facts);
	if (rank > n || rank >= m) {
		snprintf(facts->why, sizeof facts->why,
			"rank is %zu, expected at most n = %zu and below m = %zu", rank, n, m);
		return NULL;
	}
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->model.sum = (struct finite_sum){ .n = n,
		.m = m,
		.scale = 1,
		.loss = &loss_square,
		.residual = linear_residual,
		.gradient = linear_gradient };
	if (draw(p, opt, rng)) {
		fitted_free(p);
		return NULL;
	}
	facts->n = n;
	facts->terms = m;
	facts->optimum = opt[NOISE] * opt[NOISE] / 2;
	facts->optimum_error = 1e-15 * (1 + facts->optimum);
	facts->minimizer = p->minimizer;
	facts->smoothness = 1 + 1e-13;
	facts->pl = rank > 1 ? 0.01 * (1 - 1e-12) : 1 - 1e-12;
	return p;
}

/* |A(x - x*)| is the distance in the image: the nearest minimizer moves with x. */
static double image_distance(const void *self, const double *x)
{
	const struct fitted *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->model.a.m; i++) {
		double gap =
			rows_dot(&p->model.a, i, x) - rows_dot(&p->model.a, i, p->minimizer);

		sum += gap * gap;
	}
	return sqrt(sum);
}

/* ---------------------------------------------------------- sine valley -------------- */

static const struct nso_option none[] = { { 0 } };

struct valley {
	double minimizer[2];
};

/* r = y - sin x: |grad f|^2 = r^2 (1 + cos^2 x) >= r^2 = 2 f. */
static void *valley_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct valley *p = calloc(1, sizeof *p);

	(void)opt;
	(void)rng;
	if (!p)
		return NULL;
	facts->n = 2;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	facts->pl = 1;
	return p;
}

static void valley_start(const void *self, gsl_rng *rng, double *x)
{
	(void)self;
	(void)rng;
	x[0] = 1;
	x[1] = -2;
}

static double valley(const void *self, const double *x, double *g)
{
	double r = x[1] - sin(x[0]);

	(void)self;
	if (g) {
		g[0] = -r * cos(x[0]);
		g[1] = r;
	}
	return r * r / 2;
}

const struct nso_problem nso_problem_least_squares = {
	.name = "least-squares",
	.title = "Least squares of deficient rank",
	.reference = "Karimi, Nutini, Schmidt 2016",
	.formula = "|Ax - b|^2/2",
	.group = "pl",
	.traits = NSO_CONVEX | NSO_SMOOTH | NSO_PL | NSO_STOCHASTIC | NSO_PLANTED,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = squares_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.score = image_distance,
	.score_name = "distance in the image",
	.free = fitted_free,
};

const struct nso_problem nso_problem_sine_valley = {
	.name = "sine-valley",
	.title = "Sine valley",
	.reference = "Karimi, Nutini, Schmidt 2016",
	.formula = "(y - sin x)^2/2",
	.group = "pl",
	.traits = NSO_SMOOTH | NSO_PL,
	.instances = NSO_SHIFTED,
	.options = none,
	.make = valley_make,
	.start = valley_start,
	.eval = valley,
	.free = free,
};
