/* regression.c -- robust regression on synthetic data: quantile regression (Koenker, Bassett
 * 1978), Huber's regression (Huber 1964), Chebyshev regression max_i |<a_i, x> - b_i|. The
 * first and the last are linear programs: f* is the value at the optimal vertex, optimum_error
 * its distance from the dual value; Huber's is solved by Newton's method, which is finite on a
 * piecewise quadratic. All solved in make. Rows: columns of correlation rho^|i-j|; noise:
 * Gaussian, a tenth of it ten times as large. */
#include <stdlib.h>
#include <string.h>
#include "design.h"
#include "lp.h"

enum { M, N, RHO, SHAPE };

struct regression {
	struct linear_sum model;
	double *minimizer;
};

static void destroy(void *self)
{
	struct regression *p = self;

	if (!p)
		return;
	rows_free(&p->model.a);
	free(p->model.b);
	free(p->minimizer);
	free(p);
}

static struct regression *draw(
	const double *opt, const struct loss *loss, gsl_rng *rng, struct nso_facts *facts)
{
	size_t m = (size_t)opt[M], n = (size_t)opt[N];
	struct regression *p = calloc(1, sizeof *p);
	struct linear_sum *s = &p->model;

	if (!p)
		return NULL;
	s->b = malloc(m * sizeof *s->b);
	p->minimizer = calloc(n, sizeof *p->minimizer);
	if (!s->b || !p->minimizer || design_ar1(&s->a, m, n, opt[RHO], rng)) {
		destroy(p);
		return NULL;
	}
	design_sparse(n, (n + 4) / 5, rng, p->minimizer);
	nso_normal(rng, m, s->b);
	for (size_t i = 0; i < m; i++) {
		double wide = gsl_rng_uniform(rng) < 0.1 ? 5 : 0.5;

		s->b[i] = wide * s->b[i] + rows_dot(&s->a, i, p->minimizer);
	}
	memset(p->minimizer, 0, n * sizeof *p->minimizer);
	s->sum = (struct finite_sum){ .n = n,
		.m = m,
		.scale = 1 / (double)m,
		.loss = loss,
		.residual = linear_residual,
		.gradient = linear_gradient };
	facts->n = n;
	facts->terms = m;
	facts->minimizer = p->minimizer;
	return p;
}

static double mean_length(const struct rows *a)
{
	double sum = 0;

	for (size_t i = 0; i < a->m; i++)
		sum += sqrt(rows_norm2(a, i)) / (double)a->m;
	return sum;
}

/* ---------------------------------------------------------- quantile ----------------- */

/*
 * phi(r) = max{s r, (s - 1) r} = max of theta r over s - 1 <= theta <= s, so f* = max -<b,
 * theta>/m over A'theta = 0; with theta = s - 1 + z a program in 0 <= z <= 1 whose multipliers
 * are x.
 */
static int quantile_solve(struct regression *p, struct nso_facts *facts)
{
	const struct linear_sum *s = &p->model;
	size_t m = s->a.m, n = s->a.n;
	double *memory = malloc((2 * m + n) * sizeof *memory), lost, dual;
	double *one = memory, *z = memory + m, *right = memory + 2 * m;

	if (!memory)
		return -1;
	for (size_t i = 0; i < m; i++)
		one[i] = 1;
	rows_back(&s->a, one, right);
	for (size_t j = 0; j < n; j++)
		right[j] *= 1 - s->sum.shape;
	lost = lp_solve(&s->a, right, s->b, one, z, p->minimizer);
	lost *= l1_norm(n, p->minimizer);
	dual = (1 - s->sum.shape) * vec_dot(m, one, s->b) - vec_dot(m, s->b, z) - lost;
	free(memory);
	lp_vertex(&s->a, s->b, p->minimizer);
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = fmax(facts->optimum - dual / (double)m, 1e-15);
	return isfinite(lost) ? 0 : -1;
}

/* rho_tau(y - <a, x>) in r = <a, x> - y has the shape 1 - tau. */
static void *quantile_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct regression *p = draw(opt, &loss_quantile, rng, facts);

	if (!p)
		return NULL;
	p->model.sum.shape = 1 - opt[SHAPE];
	facts->lipschitz = fmax(opt[SHAPE], 1 - opt[SHAPE]) * mean_length(&p->model.a);
	if (quantile_solve(p, facts)) {
		destroy(p);
		return NULL;
	}
	return p;
}

/* ---------------------------------------------------------- Huber -------------------- */

/*
 * Newton's method with H from the rows inside the quadratic zone. With theta_i = clip(r_i) the
 * dual value -(1/m) sum (theta_i^2/2 + theta_i b_i) bounds f* from below where A'theta = 0;
 * what rounding leaves of A'theta, m g, enters the error times the length of x.
 */
static int huber_solve(struct regression *p, struct nso_facts *facts)
{
	const struct linear_sum *s = &p->model;
	size_t n = s->a.n;
	double *g = malloc((n + n * n) * sizeof *g), *h = g + n, slope, dual = 0, f;

	if (!g)
		return -1;
	for (int k = 0; k < 60; k++) {
		f = sum_eval(p, p->minimizer, g);
		memset(h, 0, n * n * sizeof *h);
		for (size_t i = 0; i < s->a.m; i++)
			if (fabs(linear_residual(s, i, 0, p->minimizer)) <= s->sum.shape)
				for (size_t j = 0; j < n; j++)
					rows_add(&s->a, i, s->sum.scale * s->a.val[i * n + j],
						h + j * n);
		spd_solve(n, h, g);
		for (double step = 1; step > 1e-12; step /= 2) {
			for (size_t j = 0; j < n; j++)
				h[j] = p->minimizer[j] - step * g[j];
			if (sum_eval(p, h, NULL) > f)
				continue;
			memcpy(p->minimizer, h, n * sizeof *h);
			break;
		}
	}
	facts->optimum = sum_eval(p, p->minimizer, g);
	for (size_t i = 0; i < s->a.m; i++) {
		s->sum.loss->value(
			linear_residual(s, i, 0, p->minimizer), s->sum.shape, &slope);
		dual -= s->sum.scale * (slope * slope / 2 + slope * s->b[i]);
	}
	facts->optimum_error = fabs(facts->optimum - dual) +
			       2 * sqrt(vec_norm2(n, g) * vec_norm2(n, p->minimizer)) + 1e-15;
	free(g);
	return 0;
}

static void *huber_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct regression *p = draw(opt, &loss_huber, rng, facts);

	if (!p)
		return NULL;
	p->model.sum.shape = opt[SHAPE];
	facts->lipschitz = opt[SHAPE] * mean_length(&p->model.a);
	facts->smoothness = rows_largest(&p->model.a) / (double)facts->terms;
	if (huber_solve(p, facts)) {
		destroy(p);
		return NULL;
	}
	return p;
}

/* ---------------------------------------------------------- Chebyshev ---------------- */

static double chebyshev(const void *self, const double *x, double *g)
{
	const struct regression *p = self;
	double most = -1, r = 0;
	size_t at = 0;

	for (size_t i = 0; i < p->model.a.m; i++) {
		r = fabs(linear_residual(p, i, 0, x));
		if (r > most || isnan(r)) {
			most = r;
			at = i;
		}
	}
	r = linear_residual(p, at, 0, x);
	for (size_t j = 0; g && j < p->model.a.n; j++)
		g[j] = 0;
	if (g)
		rows_add(&p->model.a, at, r < 0 ? -1 : 1, g);
	return most;
}

static void chebyshev_pieces(
	const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct regression *p = self;
	double level = chebyshev(self, x, NULL) - tol;

	nso_hull(out);
	for (size_t i = 0; i < p->model.a.m; i++)
		for (int sign = -1; sign <= 1; sign += 2)
			if (sign * linear_residual(p, i, 0, x) >= level)
				rows_add(&p->model.a, i, sign, nso_row(out, 0, p->model.a.n));
}

/* f* = max -<b, theta> over A'theta = 0, |theta|_1 <= 1: theta = z_+ - z_- with the sum of z 1;
 * the multipliers are (x, -f*), and the vertex solves <a_i, x> - sign f* = b_i on n + 1 rows.
 */
static int chebyshev_solve(struct regression *p, struct nso_facts *facts)
{
	const struct rows *a = &p->model.a;
	size_t m = a->m, n = a->n, q = 2 * m;
	double *memory = calloc(3 * q + 2 * (n + 1), sizeof *memory), lost, dual;
	double *cost = memory, *most = memory + q, *z = memory + 2 * q, *right = memory + 3 * q;
	double *y = right + n + 1;
	struct rows c;

	if (!memory || rows_dense(&c, q, n + 1)) {
		free(memory);
		return -1;
	}
	right[n] = 1;
	for (size_t i = 0; i < q; i++) {
		double sign = i < m ? 1 : -1;

		rows_add(a, i % m, sign, c.val + i * (n + 1));
		c.val[i * (n + 1) + n] = 1;
		cost[i] = sign * p->model.b[i % m];
		most[i] = 2; /* never reached: the sum is 1 */
	}
	lost = lp_solve(&c, right, cost, most, z, y);
	dual = -vec_dot(q, cost, z) - lost * l1_norm(n + 1, y);
	lp_vertex(&c, cost, y);
	memcpy(p->minimizer, y, n * sizeof *y);
	facts->optimum = chebyshev(p, p->minimizer, NULL);
	facts->optimum_error = fmax(facts->optimum - dual, 1e-15);
	rows_free(&c);
	free(memory);
	return isfinite(lost) ? 0 : -1;
}

static void *chebyshev_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct regression *p = draw(opt, &loss_abs, rng, facts);

	if (!p)
		return NULL;
	facts->terms = 0;
	facts->lipschitz = 0;
	for (size_t i = 0; i < p->model.a.m; i++)
		facts->lipschitz = fmax(facts->lipschitz, sqrt(rows_norm2(&p->model.a, i)));
	if (chebyshev_solve(p, facts)) {
		destroy(p);
		return NULL;
	}
	return p;
}

static double distance(const void *self, const double *x)
{
	const struct regression *p = self;

	return vec_distance(p->model.a.n, x, p->minimizer);
}

#define OPTION_SIZES                                                                           \
	[M] = { "m", 200, 2, 2e4, "rows", NULL, "nsobench", 1 },                               \
	[N] = { "n", 15, 1, 400, "dimension", NULL, "nsobench", 1 },                           \
	[RHO] = { "rho", 0.5, 0, 0.999, "correlation of neighbouring columns", NULL,           \
		"nsobench" }
static const struct nso_option quantile_options[] = {
	OPTION_SIZES,
	[SHAPE] = { "tau", 0.5, 0.001, 0.999, "quantile; 0.5 is least absolute deviations",
		NULL, "Koenker, Bassett 1978" },
	{ 0 },
};
static const struct nso_option huber_options[] = {
	OPTION_SIZES,
	[SHAPE] = { "delta", 1, 1e-6, 1e6, "end of the quadratic zone", NULL, "Huber 1964" },
	{ 0 },
};
static const struct nso_option chebyshev_options[] = {
	OPTION_SIZES,
	{ 0 },
};

const struct nso_problem nso_problem_quantile_regression = {
	.name = "quantile-regression",
	.title = "Quantile regression",
	.reference = "Koenker, Bassett 1978",
	.formula = "(1/m) sum_i max{tau r_i, (tau - 1) r_i}, r_i = b_i - <a_i, x>",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_SHARP | NSO_STOCHASTIC,
	.instances = NSO_REDRAWN,
	.options = quantile_options,
	.make = quantile_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = distance,
	.score_name = "distance to the solution",
	.free = destroy,
};

const struct nso_problem nso_problem_huber_regression = {
	.name = "huber-regression",
	.title = "Huber regression",
	.reference = "Huber 1964",
	.formula = "(1/m) sum_i h(<a_i, x> - b_i), h(r) = r^2/2 or delta |r| - delta^2/2",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_SMOOTH | NSO_STOCHASTIC,
	.instances = NSO_REDRAWN,
	.options = huber_options,
	.make = huber_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.score = distance,
	.score_name = "distance to the solution",
	.free = destroy,
};

const struct nso_problem nso_problem_chebyshev_regression = {
	.name = "chebyshev-regression",
	.title = "Chebyshev regression",
	.reference = "Boyd, Vandenberghe 2004, section 6.1",
	.formula = "max_i |<a_i, x> - b_i|",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_FINITE_MAX | NSO_SHARP,
	.instances = NSO_REDRAWN,
	.options = chebyshev_options,
	.make = chebyshev_make,
	.start = sum_start,
	.eval = chebyshev,
	.pieces = chebyshev_pieces,
	.score = distance,
	.score_name = "distance to the solution",
	.free = destroy,
};
