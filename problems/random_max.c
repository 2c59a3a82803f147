/* random_max.c -- Lewis, Wylie: f(x) = max_i <g_i, x> + x'H_i x/2 + (c/24)|x|^4 over m random
 * pieces whose gradients at 0 carry 0 in the interior of their hull: f* = 0, V-space of
 * dimension m - 1. The recipe is that of Davis, Jiang's code for NTDescent: weights 1/m, g_i ~
 * N(0, I/n) but the last, H_i = B_i'B_i with B_i of entries N(0, 1/n). */
#include <stdlib.h>
#include "nsobench.h"
#include "rows.h"

enum { M, N, C };
static const struct nso_option options[] = {
	[M] = { "m", 5, 2, 1e4, "pieces, at most n + 1 for a unique V-space", NULL,
		"NTDescent code", 1 },
	[N] = { "n", 25, 1, 1e4, "dimension", NULL, "NTDescent code", 1 },
	[C] = { "c", 0, 0, 1e6, "weight of the quartic term", NULL, "NTDescent code" },
	{ 0 },
};

struct random_max {
	size_t m, n;
	double c;
	struct rows g, b; /* m rows; m n rows, n for each B_i */
	double *bx, *minimizer;
};

static void destroy(void *self)
{
	struct random_max *p = self;

	if (!p)
		return;
	rows_free(&p->g);
	rows_free(&p->b);
	free(p->bx);
	free(p->minimizer);
	free(p);
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct random_max *p = calloc(1, sizeof *p);
	size_t m = (size_t)opt[M], n = (size_t)opt[N];

	if (!p)
		return NULL;
	p->m = m;
	p->n = n;
	p->c = opt[C];
	p->bx = malloc(n * sizeof *p->bx);
	p->minimizer = calloc(n, sizeof *p->minimizer);
	if (!p->bx || !p->minimizer || rows_gaussian(&p->g, m, n, rng) ||
		rows_gaussian(&p->b, m * n, n, rng)) {
		destroy(p);
		return NULL;
	}
	for (size_t i = 0; i < m * n; i++)
		rows_scale(&p->b, i, 1 / sqrt((double)n));
	for (size_t j = 0; j < n; j++)
		p->g.val[(m - 1) * n + j] = 0;
	for (size_t i = 0; i < m - 1; i++) { /* sum of all gradients is 0 */
		rows_scale(&p->g, i, 1 / sqrt((double)n));
		rows_add(&p->g, i, -1, p->g.val + (m - 1) * n);
	}
	facts->n = n;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct random_max *p = self;

	vec_unit(rng, p->n, x);
}

/* Leaves B_i x in bx. */
static double piece(const struct random_max *p, size_t i, const double *x)
{
	for (size_t k = 0; k < p->n; k++)
		p->bx[k] = rows_dot(&p->b, i * p->n + k, x);
	return rows_dot(&p->g, i, x) + vec_norm2(p->n, p->bx) / 2;
}

static void gradient(const struct random_max *p, size_t i, const double *x, double *g)
{
	double quartic = p->c / 6 * vec_norm2(p->n, x);

	piece(p, i, x);
	for (size_t j = 0; j < p->n; j++)
		g[j] = quartic * x[j];
	rows_add(&p->g, i, 1, g);
	for (size_t k = 0; k < p->n; k++)
		rows_add(&p->b, i * p->n + k, p->bx[k], g);
}

static double largest(const struct random_max *p, const double *x, size_t *at)
{
	double most = -INFINITY;

	for (size_t i = 0; i < p->m; i++) {
		double v = piece(p, i, x);

		if (v <= most || isnan(most))
			continue;
		most = v;
		*at = i;
	}
	return most;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct random_max *p = self;
	size_t at = 0;
	double most = largest(p, x, &at), square = vec_norm2(p->n, x);

	if (g)
		gradient(p, at, x, g);
	return most + p->c / 24 * square * square;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct random_max *p = self;
	size_t at = 0;
	double most = largest(p, x, &at);

	nso_hull(out);
	for (size_t i = 0; i < p->m; i++)
		if (piece(p, i, x) >= most - tol)
			gradient(p, i, x, nso_row(out, 0, p->n));
}

const struct nso_problem nso_problem_random_max = {
	.name = "random-max",
	.title = "Lewis-Wylie random max function",
	.reference = "Lewis, Wylie 2019; Davis, Jiang 2022",
	.formula = "max_i <g_i, x> + x'H_i x/2 + (c/24)|x|^4",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_FINITE_MAX | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = destroy,
};
