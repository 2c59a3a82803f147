/* chained_lq.c -- chained LQ: sum over i < n of max(-x_i - x_{i+1}, the same + x_i^2 +
 * x_{i+1}^2 - 1), Haarala, Miettinen, Makela 2004, problem 3. Convex; minimizer 1/sqrt 2, f* =
 * -(n-1) sqrt 2. */
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
	facts->optimum = -(opt[N] - 1) * sqrt(2);
	facts->optimum_error = 2.3e-16 * fabs(facts->optimum);
	return large_make(opt[N], sqrt(0.5), facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = -0.5;
}

/* The same link for eval: with y the part beyond the linear one, both pieces are -a - b +
 * max(y, 0); masking 2a is cheaper than choosing between two gradients. */
CHAIN_INLINE void top(double a, double b, double *v, double *ga, double *gb)
{
	double y = a * a + b * b - 1;

	*v = (y > 0 ? y : 0) - (a + b);
	*ga = (y > 0 ? 2 * a : 0) - 1;
	*gb = (y > 0 ? 2 * b : 0) - 1;
}

LARGE_CLONES static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;

	return chain_sum(top, p->n, x, g);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	chain_sum_pieces(lq_link, 2, p->n, x, tol, out);
}

const struct nso_problem nso_problem_chained_lq = {
	.name = "chained-lq",
	.title = "Chained LQ",
	.reference = "Haarala, Miettinen, Makela 2004, problem 3",
	.formula = "sum_{i<n} max(-x_i - x_{i+1}, -x_i - x_{i+1} + x_i^2 + x_{i+1}^2 - 1)",
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
