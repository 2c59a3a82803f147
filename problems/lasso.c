/* lasso.c -- |Xb - y|^2/2 + l1 |b|_1 + (l2/2)|b|^2: lasso (Tibshirani 1996) and elastic net
 * (Zou, Hastie 2005). The lasso's default data is Nesterov's generator (Nesterov 2013, section
 * 6), whose optimum is exact; with design=ar1, and for the elastic net, f* comes from the
 * accelerated proximal gradient method in make and optimum_error is the duality gap that was
 * reached; on a file of data from coordinate descent, with the same gap. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_sort.h>
#include "data/own.h"
#include "data/solve.h"
#include "design.h"

enum { M, N, K, LAMBDA, RHO, SNR, PERTURB, DESIGN, L2 = DESIGN, DATA };
enum { PLANTED, AR1 };

static struct fitted *blank(const double *opt, struct nso_facts *facts)
{
	size_t m = (size_t)opt[M], n = (size_t)opt[N];
	struct fitted *p;

	if ((size_t)opt[K] > n) {
		snprintf(facts->why, sizeof facts->why, "k is %.0f, expected at most n = %zu",
			opt[K], n);
		return NULL;
	}
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->model.sum = (struct finite_sum){ .n = n,
		.m = m,
		.scale = 1,
		.perturb = opt[PERTURB],
		.loss = &loss_square,
		.residual = linear_residual,
		.gradient = linear_gradient };
	p->model.b = malloc(m * sizeof *p->model.b);
	p->minimizer = calloc(n, sizeof *p->minimizer);
	if (!p->model.b || !p->minimizer) {
		fitted_free(p);
		return NULL;
	}
	facts->n = n;
	facts->terms = m;
	facts->minimizer = p->minimizer;
	return p;
}

/* ---------------------------------------------------------- Nesterov's generator ----- */

/*
 * Entries of B uniform on [-1, 1], y* a unit vector of positive entries, columns sorted by
 * |<b_j, y*>|. The k largest are scaled to |<a_j, y*>| = 1 and carry the solution, of sign
 * <a_j, y*> and size up to 1/sqrt(k); the others are scaled to |<a_j, y*>| < 1. With b = y* +
 * Ax* the residual is -y* and A'y* lies in the subdifferential of |x*|_1: f* = 1/2 + |x*|_1.
 */
static int plant(struct fitted *p, size_t k, gsl_rng *rng)
{
	struct rows *a = &p->model.a;
	size_t m = p->model.sum.m, n = p->model.sum.n, *order = malloc(n * sizeof *order);
	double *y = malloc((m + 2 * n) * sizeof *y), *c = y + m, *factor = c + n, length;

	if (!order || !y || rows_dense(a, m, n)) {
		free(order);
		free(y);
		return -1;
	}
	for (size_t i = 0; i < m * n; i++)
		a->val[i] = 2 * gsl_rng_uniform(rng) - 1;
	for (size_t i = 0; i < m; i++)
		y[i] = gsl_rng_uniform_pos(rng);
	length = sqrt(vec_norm2(m, y));
	for (size_t i = 0; i < m; i++)
		y[i] /= length;
	rows_back(a, y, c);
	for (size_t j = 0; j < n; j++)
		factor[j] = -fabs(c[j]);
	gsl_sort_index(order, factor, 1, n);
	for (size_t l = 0; l < n; l++) {
		size_t j = order[l];
		double size = fabs(c[j]), u = gsl_rng_uniform(rng);

		factor[j] = l < k ? 1 / size : size <= 0.1 ? 1 : u / size;
		if (l < k)
			p->minimizer[j] = (c[j] > 0 ? u : -u) / sqrt((double)k);
	}
	for (size_t i = 0; i < m; i++) {
		for (size_t j = 0; j < n; j++)
			a->val[i * n + j] *= factor[j];
		p->model.b[i] = y[i] + rows_dot(a, i, p->minimizer);
	}
	free(order);
	free(y);
	return 0;
}

/* ---------------------------------------------------------- certificate -------------- */

/*
 * The elastic net is the lasso on the rows of X and sqrt(l2) I, with response (y, 0): residual
 * r = (y - Xb, -sqrt(l2) b), scaled to a dual point theta with |X'theta|_inf <= l1; the gap is
 * f(b) - |y|^2/2 + |y - theta|^2/2 (Kim et al. 2007).
 */
static double gap(const void *self, const double *x)
{
	const struct fitted *p = self;
	const struct linear_sum *s = &p->model;
	size_t n = s->a.n;
	double *g = malloc(n * sizeof *g), most = 0, scale, dual = 0;
	double value = sum_eval(self, x, NULL);

	if (!g)
		return INFINITY;
	sum_smooth(self, x, g);
	for (size_t j = 0; j < n; j++)
		most = fmax(most, fabs(g[j]));
	free(g);
	scale = most > s->sum.l1 ? s->sum.l1 / most : 1;
	for (size_t i = 0; i < s->a.m; i++) {
		double theta = -scale * linear_residual(s, i, 0, x);

		dual += theta * s->b[i] - theta * theta / 2;
	}
	dual -= scale * scale * s->sum.l2 * vec_norm2(n, x) / 2;
	return value - dual;
}

static int solve(struct fitted *p, struct nso_facts *facts)
{
	static const struct nso_problem f = { .smooth = sum_smooth, .prox = sum_prox };
	size_t most = (size_t)(3e8 / (double)(4 * p->model.a.m * p->model.a.n)) + 100;
	double scale = vec_norm2(p->model.a.m, p->model.b) / 2, reached;

	reached = accelerate(
		&f, p, p->model.a.n, p->smoothness, gap, 1e-15 * scale, most, p->minimizer);
	if (isnan(reached))
		return -1;
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = fmax(reached, 1e-15 * scale);
	if (facts->optimum_error > 1e-12 * scale)
		facts->minimizer = NULL;
	return 0;
}

static int draw_ar1(struct fitted *p, const double *opt, gsl_rng *rng)
{
	struct linear_sum *s = &p->model;

	if (design_ar1(&s->a, s->sum.m, s->sum.n, opt[RHO], rng))
		return -1;
	design_sparse(s->sum.n, (size_t)opt[K], rng, p->minimizer);
	design_response(&s->a, p->minimizer, opt[SNR], rng, s->b);
	memset(p->minimizer, 0, s->sum.n * sizeof *p->minimizer);
	return 0;
}

/* lambda = c |X'y|_inf, beyond which the solution is 0; Massias et al. 2022 (Benchopt). */
static double largest_lambda(const struct fitted *p)
{
	const struct linear_sum *s = &p->model;
	double *c = malloc(s->a.n * sizeof *c), most = 0;

	if (!c)
		return NAN;
	rows_back(&s->a, s->b, c);
	for (size_t j = 0; j < s->a.n; j++)
		most = fmax(most, fabs(c[j]));
	free(c);
	return most;
}

static void *finish(struct fitted *p, struct nso_facts *facts, int exact)
{
	p->smoothness = rows_largest(&p->model.a) + p->model.sum.l2;
	facts->smoothness = p->smoothness;
	if (isnan(p->model.sum.l1) || isnan(p->smoothness) || (!exact && solve(p, facts))) {
		fitted_free(p);
		return NULL;
	}
	return p;
}

/* ---------------------------------------------------------- a file of data ----------- */

static double descend(void *self)
{
	struct fitted *p = self;
	double scale = vec_norm2(p->model.a.m, p->model.b) / 2;

	return solve_lasso(&p->model, gap, 1e-15 * scale, p->minimizer);
}

static int prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	struct finite_sum *s = &p->model.sum;

	s->perturb = opt[PERTURB];
	s->l1 = opt[LAMBDA] * largest_lambda(p);
	p->smoothness = facts->smoothness = rows_largest(&p->model.a) + s->l2;
	return isnan(s->l1) || isnan(p->smoothness) ? -1 : 0;
}

static int elastic_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	p->model.sum.l2 = facts->convexity = facts->pl = opt[L2];
	return prepare(p, opt, facts);
}

static const char *const designs[] = { "planted", "ar1", NULL };
#define OPTION_SIZES                                                                           \
	[M] = { "m", 100, 1, 1e6, "rows", NULL, "nsobench", 1 },                               \
	[N] = { "n", 50, 1, 1e6, "dimension", NULL, "nsobench", 1 },                           \
	[K] = { "k", 10, 1, 1e6, "nonzeros of the planted solution or coefficients", NULL,     \
		"nsobench", 1 },                                                               \
	[LAMBDA] = { "lambda", 0.1, 1e-6, 1, "weight of the l1 norm as a share of |X'y|_inf",  \
		NULL, "Massias et al. 2022" },                                                 \
	[RHO] = { "rho", 0.5, 0, 0.999, "correlation of neighbouring columns", NULL,           \
		"nsobench" },                                                                  \
	[SNR] = { "snr", 3, 1e-3, 1e9, "|X b|/|noise|", NULL, "Massias et al. 2022" },         \
	[PERTURB] = OPTION_PERTURB
static const struct nso_option lasso_options[] = {
	OPTION_SIZES,
	[DESIGN] = { "design", PLANTED, 0, AR1, "planted: lambda, rho, snr unused, weight 1",
		designs, "Nesterov 2013", 1 },
	OWN_DATA_AT(DATA),
	{ 0 },
};
static const struct nso_option elastic_options[] = {
	OPTION_SIZES,
	[L2] = { "l2", 1, 1e-9, 1e9, "weight of |b|^2/2", NULL, "nsobench" },
	OWN_DATA_AT(DATA),
	{ 0 },
};

static const struct own_recipe own_lasso = { { "lasso", lasso_options, DATA, DATA + 1,
						     OWN_NUMBERS },
	&loss_square, 0, prepare, descend, sum_eval };
static const struct own_recipe own_elastic = { { "elastic-net", elastic_options, DATA, DATA + 1,
						       OWN_NUMBERS },
	&loss_square, 0, elastic_prepare, descend, sum_eval };

static void *lasso_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	int exact = opt[DESIGN] == PLANTED;
	struct fitted *p;

	if (*nso_text(opt[DATA]))
		return own_make(&own_lasso, sizeof *p, opt, facts);
	p = blank(opt, facts);
	if (!p)
		return NULL;
	if (exact ? plant(p, (size_t)opt[K], rng) : draw_ar1(p, opt, rng)) {
		fitted_free(p);
		return NULL;
	}
	p->model.sum.l1 = exact ? 1 : opt[LAMBDA] * largest_lambda(p);
	if (exact) {
		facts->traits |= NSO_PLANTED;
		facts->optimum = 0.5 + l1_norm(facts->n, p->minimizer);
		facts->optimum_error = 1e-14 * facts->optimum;
	}
	return finish(p, facts, exact);
}

static void *elastic_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;

	if (*nso_text(opt[DATA]))
		return own_make(&own_elastic, sizeof *p, opt, facts);
	p = blank(opt, facts);
	if (!p)
		return NULL;
	if (draw_ar1(p, opt, rng)) {
		fitted_free(p);
		return NULL;
	}
	p->model.sum.l1 = opt[LAMBDA] * largest_lambda(p);
	p->model.sum.l2 = facts->convexity = facts->pl = opt[L2];
	return finish(p, facts, 0);
}

const struct nso_problem nso_problem_lasso = {
	.name = "lasso",
	.title = "Lasso",
	.reference = "Tibshirani 1996; Nesterov 2013, section 6",
	.formula = "|Xb - y|^2/2 + lambda |b|_1",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STOCHASTIC | NSO_KINK_START,
	.instances = NSO_REDRAWN,
	.options = lasso_options,
	.make = lasso_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.smooth = sum_smooth,
	.prox = sum_prox,
	.pieces = sum_pieces,
	.score = fitted_distance,
	.score_name = "distance to the solution",
	.free = fitted_free,
};

const struct nso_problem nso_problem_elastic_net = {
	.name = "elastic-net",
	.title = "Elastic net",
	.reference = "Zou, Hastie 2005",
	.formula = "|Xb - y|^2/2 + lambda |b|_1 + (l2/2)|b|^2",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL | NSO_STOCHASTIC | NSO_KINK_START,
	.instances = NSO_REDRAWN,
	.options = elastic_options,
	.make = elastic_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.smooth = sum_smooth,
	.prox = sum_prox,
	.pieces = sum_pieces,
	.score = fitted_distance,
	.score_name = "distance to the solution",
	.free = fitted_free,
};
