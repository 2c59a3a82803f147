/* chained_cb3_1.c -- chained CB3 I: sum over i < n of the maximum of
 * x_i^4 + x_{i+1}^2, (2-x_i)^2 + (2-x_{i+1})^2, 2 exp(x_{i+1} - x_i). Haarala, Miettinen,
 * Makela 2004, problem 4. Convex; minimizer 1, f* = 2(n-1). */
#include <stdlib.h>
#include "links.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 2, 1e8, "dimension", NULL, "Haarala et al. 2004 use 50, 200, 1000",
		1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = 2 * (opt[N] - 1);
	facts->optimum_error = 0;
	return large_make(opt[N], 1, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = 2;
}

CHAIN_INLINE void top(double a, double b, double *v, double *ga, double *gb)
{
	link_top(cb3_link, 3, a, b, v, ga, gb);
}

static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;

	return chain_sum(top, p->n, x, g);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	chain_sum_pieces(cb3_link, 3, p->n, x, tol, out);
}

const struct nso_problem nso_problem_chained_cb3_1 = {
	.name = "chained-cb3-1",
	.title = "Chained CB3 I",
	.reference = "Haarala, Miettinen, Makela 2004, problem 4",
	.formula = "sum_{i<n} max(x_i^4 + x_{i+1}^2, (2-x_i)^2 + (2-x_{i+1})^2, "
		   "2 exp(x_{i+1} - x_i))",
	.group = "large",
	.traits = NSO_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
