/* pl_sine.c -- f(x) = sum_i x_i^2 + 3 sin^2 x_i, Karimi, Nutini, Schmidt 2016, section 2.2 (n =
 * 1): not convex, but |grad f|^2 >= 2 mu f. The paper states mu = 1/32; the best constant is
 * the minimum of f'^2/(2 f) over one coordinate, 0.17553098588, reached at |x| = 2.20171. f'' =
 * 2 + 6 cos 2x lies in
 * [-4, 8]. */
#include <stdlib.h>
#include "large.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e8, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = facts->optimum_error = 0;
	facts->pl = 0.17553098588;
	facts->smoothness = 8;
	facts->weak_convexity = 4;
	return large_make(opt[N], 0, facts);
}

/* From 1 to 3 with alternating signs: across the stretch where f is not convex. */
static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = (i % 2 ? -1 : 1) * (3 - 2 * (double)i / (double)p->n);
}

static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	double f = 0;

	for (size_t i = 0; i < p->n; i++) {
		double s = sin(x[i]);

		f += x[i] * x[i] + 3 * s * s;
		if (g)
			g[i] = 2 * x[i] + 6 * s * cos(x[i]);
	}
	return f;
}

const struct nso_problem nso_problem_pl_sine = {
	.name = "pl-sine",
	.title = "PL sine",
	.reference = "Karimi, Nutini, Schmidt 2016, section 2.2",
	.formula = "sum_i x_i^2 + 3 sin^2 x_i",
	.group = "pl",
	.traits = NSO_SMOOTH | NSO_PL | NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.free = free,
};
