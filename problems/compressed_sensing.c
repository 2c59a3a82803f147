/* compressed_sensing.c -- sparse recovery as a feasibility problem:
 * f(x) = dist(x, k-sparse vectors) + dist(x, {Ax = b}), A Gaussian, b = A x* for a k-sparse
 * unit x*: alternating projections' problem, Hesse, Luke, Neumann 2014. f* = 0. The first
 * distance is not regular where |x| has ties or fewer than k entries, so no pieces are offered.
 */
#include <stdio.h>
#include <stdlib.h>
#include <gsl/gsl_sort.h>
#include "nsobench.h"
#include "rows.h"

enum { N, M, K, DELTA };
static const struct nso_option options[] = {
	[N] = { "n", 60, 1, 1e5, "dimension", NULL, "nsobench", 1 },
	[M] = { "m", 30, 1, 1e4, "measurements", NULL, "nsobench", 1 },
	[K] = { "k", 4, 1, 1e5, "nonzeros of the solution", NULL, "nsobench", 1 },
	[DELTA] = { "delta", 0.5, 0, 1e6, "distance of the start from the solution", NULL,
		"nsobench" },
	{ 0 },
};

struct sensing {
	size_t n, k;
	double delta;
	struct rows q; /* orthonormal basis of the rows of A: dist = |Q(x - x*)| */
	double *solution, *b, *residual, *size;
	size_t *order;
};

static void destroy(void *self)
{
	struct sensing *p = self;

	if (!p)
		return;
	rows_free(&p->q);
	free(p->solution);
	free(p->b);
	free(p->residual);
	free(p->size);
	free(p->order);
	free(p);
}

static int alloc(struct sensing *p, size_t m)
{
	p->solution = calloc(p->n, sizeof *p->solution);
	p->b = malloc(m * sizeof *p->b);
	p->residual = malloc(m * sizeof *p->residual);
	p->size = malloc(p->n * sizeof *p->size);
	p->order = malloc(p->n * sizeof *p->order);
	return p->solution && p->b && p->residual && p->size && p->order ? 0 : -1;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], m = (size_t)opt[M], k = (size_t)opt[K];
	struct sensing *p;

	if (m > n || k > n) {
		snprintf(facts->why, sizeof facts->why,
			"m is %zu and k is %zu, expected at most n = %zu", m, k, n);
		return NULL;
	}
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->n = facts->n = n;
	p->k = k;
	p->delta = opt[DELTA];
	if (alloc(p, m) || rows_orthonormal(&p->q, m, n, rng)) {
		destroy(p);
		return NULL;
	}
	vec_unit(rng, k, p->solution); /* on the first k coordinates: A has no preferred ones */
	rows_times(&p->q, p->solution, p->b);
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->solution;
	facts->lipschitz = 2;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct sensing *p = self;

	vec_unit(rng, p->n, x);
	for (size_t j = 0; j < p->n; j++)
		x[j] = p->solution[j] + p->delta * x[j];
}

static double affine(const struct sensing *p, const double *x, double *g)
{
	double length;

	rows_times(&p->q, x, p->residual);
	for (size_t i = 0; i < p->q.m; i++)
		p->residual[i] -= p->b[i];
	length = sqrt(vec_norm2(p->q.m, p->residual));
	for (size_t i = 0; g && length > 0 && i < p->q.m; i++)
		rows_add(&p->q, i, p->residual[i] / length, g);
	return length;
}

/* The n - k entries of least size: order sorts sizes, and ties by index. */
static double sparse(const struct sensing *p, const double *x, double *g)
{
	double sum = 0, length;

	for (size_t j = 0; j < p->n; j++)
		p->size[j] = fabs(x[j]);
	gsl_sort_index(p->order, p->size, 1, p->n);
	for (size_t j = 0; j < p->n - p->k; j++)
		sum += x[p->order[j]] * x[p->order[j]];
	length = sqrt(sum);
	for (size_t j = 0; g && length > 0 && j < p->n - p->k; j++)
		g[p->order[j]] += x[p->order[j]] / length;
	return length;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct sensing *p = self;
	double near;

	for (size_t j = 0; g && j < p->n; j++)
		g[j] = 0;
	near = affine(p, x, g);
	return near + sparse(p, x, g);
}

static double score(const void *self, const double *x)
{
	const struct sensing *p = self;

	return vec_distance(p->n, x, p->solution);
}

const struct nso_problem nso_problem_compressed_sensing = {
	.name = "compressed-sensing",
	.title = "Sparse feasibility",
	.reference = "Hesse, Luke, Neumann 2014",
	.formula = "dist(x, k-sparse) + dist(x, {Ax = b})",
	.group = "weakly-convex",
	.traits = NSO_SHARP | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.score = score,
	.score_name = "distance to the solution",
	.free = destroy,
};
