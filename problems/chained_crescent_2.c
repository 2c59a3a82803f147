/* chained_crescent_2.c -- chained crescent II: sum over i < n of x_{i+1} + |y_i|,
 * y_i = x_i^2 + (x_{i+1} - 1)^2 - 1. Haarala, Miettinen, Makela 2004, problem 10. Not convex;
 * minimizer 0, f* = 0. */
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
	facts->weak_convexity = 4; /* a coordinate is in two links, each 2-weakly convex */
	facts->optimum = facts->optimum_error = 0;
	return large_make(opt[N], 0, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = i % 2 ? 2 : -1.5;
}

CHAIN_INLINE void top(double a, double b, double *v, double *ga, double *gb)
{
	link_top(crescent_link, 2, a, b, v, ga, gb);
}

WIDE static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;

	return chain_sum(top, p->n, x, g);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	chain_sum_pieces(crescent_link, 2, p->n, x, tol, out);
}

const struct nso_problem nso_problem_chained_crescent_2 = {
	.name = "chained-crescent-2",
	.title = "Chained crescent II",
	.reference = "Haarala, Miettinen, Makela 2004, problem 10",
	.formula = "sum_{i<n} x_{i+1} + |x_i^2 + (x_{i+1} - 1)^2 - 1|",
	.group = "large",
	.traits = NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
