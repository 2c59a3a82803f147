/* chained_crescent_1.c -- chained crescent I: maximum of the sums over i < n of x_{i+1} + y_i
 * and x_{i+1} - y_i, y_i = x_i^2 + (x_{i+1} - 1)^2 - 1. Haarala, Miettinen, Makela 2004,
 * problem 9. Not convex; minimizer 0, f* = 0. */
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
	facts->weak_convexity = 4; /* a coordinate is in two links of the concave sum */
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

static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;

	return chain_max(crescent_link, 2, p->n, x, g);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	chain_max_pieces(crescent_link, 2, p->n, x, tol, out);
}

const struct nso_problem nso_problem_chained_crescent_1 = {
	.name = "chained-crescent-1",
	.title = "Chained crescent I",
	.reference = "Haarala, Miettinen, Makela 2004, problem 9",
	.formula = "max of the sums over i < n of y_i + x_{i+1} and x_{i+1} - y_i, "
		   "y_i = x_i^2 + (x_{i+1} - 1)^2 - 1",
	.group = "large",
	.traits = NSO_FINITE_MAX | NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
