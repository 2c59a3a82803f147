/* group_lasso.c -- |Xb - y|^2/2 + lambda sum_g |b_g| over groups of equal length: Yuan, Lin
 * 2006. Solved in make by the accelerated proximal gradient method; optimum_error is the
 * duality gap reached. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "data/own.h"
#include "design.h"

enum { M, N, GROUP, K, LAMBDA, RHO, SNR, PERTURB, DATA };
static const struct nso_option options[] = {
	[M] = { "m", 100, 1, 1e6, "rows", NULL, "nsobench", 1 },
	[N] = { "n", 60, 1, 1e6, "dimension, a multiple of group", NULL, "nsobench", 1 },
	[GROUP] = { "group", 5, 1, 1e6, "length of a group", NULL, "nsobench", 1 },
	[K] = { "k", 3, 1, 1e6, "groups of true coefficients that are not 0", NULL, "nsobench",
		1 },
	[LAMBDA] = { "lambda", 0.1, 1e-6, 1, "share of max_g |X_g'y|, at which b = 0", NULL,
		"Massias et al. 2022" },
	[RHO] = { "rho", 0.5, 0, 0.999, "correlation of neighbouring columns", NULL,
		"nsobench" },
	[SNR] = { "snr", 3, 1e-3, 1e9, "|X b|/|noise|", NULL, "Massias et al. 2022" },
	[PERTURB] = OPTION_PERTURB,
	OWN_DATA_AT(DATA),
	{ 0 },
};

struct group_lasso {
	struct fitted fit;
	size_t group;
	double lambda;
};

static double length(const struct group_lasso *p, const double *x, size_t first)
{
	return sqrt(vec_norm2(p->group, x + first));
}

static double penalty(const struct group_lasso *p, const double *x, double *g)
{
	double sum = 0;

	for (size_t k = 0; k < p->fit.model.a.n; k += p->group) {
		double size = length(p, x, k);

		sum += size;
		for (size_t j = k; g && size > 0 && j < k + p->group; j++)
			g[j] += p->lambda * x[j] / size;
	}
	return p->lambda * sum;
}

static double eval(const void *self, const double *x, double *g)
{
	double value = sum_smooth(self, x, g);

	return value + penalty(self, x, g);
}

static double batch(const void *self, size_t k, const size_t *terms, const double *x, double *g)
{
	double value = sum_batch(self, k, terms, x, g);

	return value + penalty(self, x, g);
}

static void prox(const void *self, double t, const double *v, double *out)
{
	const struct group_lasso *p = self;

	for (size_t k = 0; k < p->fit.model.a.n; k += p->group) {
		double size = length(p, v, k), keep = size > 0 ? 1 - t * p->lambda / size : 0;

		for (size_t j = k; j < k + p->group; j++)
			out[j] = keep > 0 ? keep * v[j] : v[j] - v[j]; /* NaN stays NaN */
	}
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct group_lasso *p = self;
	double *base = nso_row(out, 0, p->fit.model.a.n);

	sum_smooth(self, x, base);
	for (size_t k = 0; k < p->fit.model.a.n; k += p->group) {
		double size = length(p, x, k);

		for (size_t j = k; 2 * p->lambda * size > tol && j < k + p->group; j++)
			base[j] += p->lambda * x[j] / size;
	}
	for (size_t k = 0; k < p->fit.model.a.n; k += p->group)
		if (2 * p->lambda * length(p, x, k) <= tol) {
			nso_ball(out);
			for (size_t j = k; j < k + p->group; j++)
				*nso_row(out, j, 1) = p->lambda;
		}
}

/* max_g |(X'r)_g| for the gradient X'r of the square. */
static double largest_group(const struct group_lasso *p, const double *x)
{
	double *g = malloc(p->fit.model.a.n * sizeof *g), most = 0;

	if (!g)
		return NAN;
	sum_smooth(p, x, g);
	for (size_t k = 0; k < p->fit.model.a.n; k += p->group)
		most = fmax(most, length(p, g, k));
	free(g);
	return most;
}

/* theta = y - Xb scaled to |X_g'theta| <= lambda for all g: f - (|y|^2 - |y - theta|^2)/2. */
static double gap(const void *self, const double *x)
{
	const struct group_lasso *p = self;
	const struct linear_sum *s = &p->fit.model;
	double most = largest_group(p, x), scale = most > p->lambda ? p->lambda / most : 1,
	       dual = 0;

	for (size_t i = 0; i < s->a.m; i++) {
		double theta = -scale * linear_residual(s, i, 0, x);

		dual += theta * s->b[i] - theta * theta / 2;
	}
	return eval(self, x, NULL) - dual;
}

static int alloc(struct group_lasso *p, const double *opt, gsl_rng *rng)
{
	struct linear_sum *s = &p->fit.model;
	size_t m = (size_t)opt[M], n = (size_t)opt[N];

	p->group = (size_t)opt[GROUP];
	s->sum = (struct finite_sum){ .n = n,
		.m = m,
		.scale = 1,
		.perturb = opt[PERTURB],
		.loss = &loss_square,
		.residual = linear_residual,
		.gradient = linear_gradient };
	s->b = malloc(m * sizeof *s->b);
	p->fit.minimizer = calloc(n, sizeof *p->fit.minimizer);
	if (!s->b || !p->fit.minimizer)
		return -1;
	return design_ar1(&s->a, m, n, opt[RHO], rng);
}

/* Proximal gradient steps worth `work` multiplications; the gap that is left. */
static double descend(struct group_lasso *p, double work)
{
	static const struct nso_problem f = { .smooth = sum_smooth, .prox = prox };
	size_t most = (size_t)(work / (double)(4 * p->fit.model.a.m * p->fit.model.a.n)) + 100;
	double scale = vec_norm2(p->fit.model.a.m, p->fit.model.b) / 2;

	return accelerate(&f, p, p->fit.model.a.n, p->fit.smoothness, gap, 1e-15 * scale, most,
		p->fit.minimizer);
}

static int solve(struct group_lasso *p, struct nso_facts *facts)
{
	double scale = vec_norm2(p->fit.model.a.m, p->fit.model.b) / 2, reached;

	facts->smoothness = p->fit.smoothness = rows_largest(&p->fit.model.a);
	reached = descend(p, 3e8);
	if (isnan(reached) || isnan(p->lambda))
		return -1;
	facts->optimum = eval(p, p->fit.minimizer, NULL);
	facts->optimum_error = fmax(reached, 1e-15 * scale);
	facts->minimizer = reached <= 1e-12 * scale ? p->fit.minimizer : NULL;
	return 0;
}

/* ---------------------------------------------------------- a file of data ----------- */

static double descend_long(void *self) { return descend(self, 6e9); }

static int check_groups(size_t n, size_t group, size_t k, struct nso_facts *facts)
{
	if (n % group == 0 && k * group <= n)
		return 0;
	snprintf(facts->why, sizeof facts->why,
		"n is %zu, expected a multiple of group = %zu with at least k = %zu "
		"groups",
		n, group, k);
	return -1;
}

static int prepare(struct fitted *fit, const double *opt, struct nso_facts *facts)
{
	struct group_lasso *p = (struct group_lasso *)fit;

	p->group = (size_t)opt[GROUP];
	if (check_groups(facts->n, p->group, 0, facts))
		return -1;
	fit->model.sum.perturb = opt[PERTURB];
	p->lambda = opt[LAMBDA] * largest_group(p, fit->minimizer);
	facts->smoothness = fit->smoothness = rows_largest(&fit->model.a);
	return isnan(p->lambda) || isnan(fit->smoothness) ? -1 : 0;
}

static const struct own_recipe own = { { "group-lasso", options, DATA, DATA + 1, OWN_NUMBERS },
	&loss_square, 0, prepare, descend_long, eval };

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], group = (size_t)opt[GROUP], k = (size_t)opt[K];
	struct group_lasso *p;

	if (*nso_text(opt[DATA]))
		return own_make(&own, sizeof *p, opt, facts);
	if (check_groups(n, group, k, facts))
		return NULL;
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	if (alloc(p, opt, rng)) {
		fitted_free(p);
		return NULL;
	}
	nso_normal(rng, k * group, p->fit.minimizer); /* the true coefficients for a moment */
	design_response(&p->fit.model.a, p->fit.minimizer, opt[SNR], rng, p->fit.model.b);
	memset(p->fit.minimizer, 0, n * sizeof *p->fit.minimizer);
	p->lambda = opt[LAMBDA] * largest_group(p, p->fit.minimizer);
	facts->n = n;
	facts->terms = (size_t)opt[M];
	if (solve(p, facts)) {
		fitted_free(p);
		return NULL;
	}
	return p;
}

const struct nso_problem nso_problem_group_lasso = {
	.name = "group-lasso",
	.title = "Group lasso",
	.reference = "Yuan, Lin 2006",
	.formula = "|Xb - y|^2/2 + lambda sum_g |b_g|",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STOCHASTIC | NSO_KINK_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = sum_start,
	.eval = eval,
	.batch = batch,
	.smooth = sum_smooth,
	.prox = prox,
	.pieces = pieces,
	.score = fitted_distance,
	.score_name = "distance to the solution",
	.free = fitted_free,
};
