/* mcp_least_squares.c -- |Xb - y|^2/(2m) + sum_j p(b_j) with the minimax concave penalty p(t) =
 * lambda |t| - t^2/(2 gamma) up to gamma lambda, then gamma lambda^2/2 (Zhang 2010):
 * non-convex, of Kurdyka-Lojasiewicz exponent 1/2 (Li, Pong 2018). The score counts wrong
 * entries of the support. f* is not known. */
#include <stdio.h>
#include <stdlib.h>
#include "design.h"

enum { M, N, K, LAMBDA, GAMMA, RHO, SNR, PERTURB };
static const struct nso_option options[] = {
	[M] = { "m", 100, 1, 1e6, "rows", NULL, "nsobench", 1 },
	[N] = { "n", 50, 1, 1e6, "dimension", NULL, "nsobench", 1 },
	[K] = { "k", 5, 1, 1e6, "nonzeros of the true coefficients", NULL, "nsobench", 1 },
	[LAMBDA] = { "lambda", 0.3, 1e-9, 1e9, "slope of the penalty at 0", NULL, "nsobench" },
	[GAMMA] = { "gamma", 3, 1.000001, 1e9, "concavity 1/gamma; 3 is usual", NULL,
		"Zhang 2010" },
	[RHO] = { "rho", 0.5, 0, 0.999, "correlation of neighbouring columns", NULL,
		"nsobench" },
	[SNR] = { "snr", 3, 1e-3, 1e9, "|X b|/|noise|", NULL, "Massias et al. 2022" },
	[PERTURB] = OPTION_PERTURB,
	{ 0 },
};

struct mcp {
	struct linear_sum model;
	double lambda, gamma, *truth;
};

static void destroy(void *self)
{
	struct mcp *p = self;

	if (!p)
		return;
	rows_free(&p->model.a);
	free(p->model.b);
	free(p->truth);
	free(p);
}

/* The concave part p(t) - lambda |t|, which is smooth, and its slope. */
static double concave(const struct mcp *p, double t, double *slope)
{
	double size = fabs(t), end = p->gamma * p->lambda, sign = (t > 0) - (t < 0);

	*slope = size >= end ? -p->lambda * sign : -t / p->gamma;
	return size >= end ? end * p->lambda / 2 - p->lambda * size : -t * t / (2 * p->gamma);
}

static double penalty(const struct mcp *p, const double *x, double *g)
{
	double sum = 0, slope;

	for (size_t j = 0; j < p->model.a.n; j++) {
		sum += concave(p, x[j], &slope) + p->lambda * fabs(x[j]);
		if (g)
			g[j] += slope + p->lambda * ((x[j] > 0) - (x[j] < 0));
	}
	return sum;
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

/* argmin_u p(u) + (u - v)^2/(2 t): firm threshold for t < gamma (Gao, Bruce 1997). For t >=
 * gamma the sum is concave between 0 and gamma lambda: 0 or v, whichever is better. */
static double threshold(const struct mcp *p, double t, double v)
{
	double size = fabs(v), end = p->gamma * p->lambda;

	if (isnan(v))
		return v;
	if (t >= p->gamma)
		return v * v <= t * p->gamma * p->lambda * p->lambda ? 0 : v;
	if (size > end)
		return v;
	return soft_threshold(v, t * p->lambda) / (1 - t / p->gamma);
}

static void prox(const void *self, double t, const double *v, double *out)
{
	const struct mcp *p = self;

	for (size_t j = 0; j < p->model.a.n; j++)
		out[j] = threshold(p, t, v[j]);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct mcp *p = self;
	double *base = nso_row(out, 0, p->model.a.n), slope;

	sum_smooth(self, x, base);
	for (size_t j = 0; j < p->model.a.n; j++) {
		concave(p, x[j], &slope);
		base[j] += slope;
	}
	l1_base(p->model.a.n, p->lambda, x, tol, base);
	l1_hulls(p->model.a.n, p->lambda, x, tol, out);
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t m = (size_t)opt[M], n = (size_t)opt[N], k = (size_t)opt[K];
	struct mcp *p;
	struct linear_sum *s;

	if (k > n) {
		snprintf(facts->why, sizeof facts->why, "k is %zu, expected at most n = %zu", k,
			n);
		return NULL;
	}
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	s = &p->model;
	p->lambda = opt[LAMBDA];
	p->gamma = opt[GAMMA];
	s->sum = (struct finite_sum){ .n = n,
		.m = m,
		.scale = 1 / (double)m,
		.perturb = opt[PERTURB],
		.loss = &loss_square,
		.residual = linear_residual,
		.gradient = linear_gradient };
	s->b = malloc(m * sizeof *s->b);
	p->truth = malloc(n * sizeof *p->truth);
	if (!s->b || !p->truth || design_ar1(&s->a, m, n, opt[RHO], rng)) {
		destroy(p);
		return NULL;
	}
	design_sparse(n, k, rng, p->truth);
	design_response(&s->a, p->truth, opt[SNR], rng, s->b);
	facts->n = n;
	facts->terms = m;
	facts->smoothness = rows_largest(&s->a) / (double)m;
	facts->weak_convexity = 1 / p->gamma;
	return p;
}

/* Entries that are 0 in one of x and the true coefficients and not in the other; 0 is |t| <=
 * 1e-6. */
static double support_error(const void *self, const double *x)
{
	const struct mcp *p = self;
	size_t wrong = 0;

	for (size_t j = 0; j < p->model.a.n; j++)
		wrong += (fabs(x[j]) > 1e-6) != (p->truth[j] != 0);
	return (double)wrong;
}

const struct nso_problem nso_problem_mcp_least_squares = {
	.name = "mcp-least-squares",
	.title = "Least squares with minimax concave penalty",
	.reference = "Zhang 2010; Li, Pong 2018",
	.formula = "|Xb - y|^2/(2m) + sum_j mcp(b_j; lambda, gamma)",
	.group = "pl",
	.traits = NSO_WEAKLY_CONVEX | NSO_STOCHASTIC | NSO_KINK_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = sum_start,
	.eval = eval,
	.batch = batch,
	.smooth = sum_smooth,
	.prox = prox,
	.pieces = pieces,
	.score = support_error,
	.score_name = "wrong entries of the support",
	.free = destroy,
};
