/* edge.c -- scale * |x|_1 from (3, 3), which may say a wrong f* of itself. */
#include <math.h>
#include <stdlib.h>
#include "nsobench.h"

static const struct nso_option options[] = {
	{ "scale", 1, 0, 1e9, "factor of f", NULL, "made up", 0 },
	{ "fstar", 0, -1e9, 1e9, "what it says is f*", NULL, "made up", 0 },
	{ 0 },
};

struct edge {
	double scale, minimizer[2];
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct edge *e = calloc(1, sizeof *e);

	(void)rng;
	if (!e)
		return NULL;
	e->scale = opt[0];
	facts->n = 2;
	facts->optimum = opt[1];
	facts->optimum_error = 0;
	facts->minimizer = opt[1] == 0 ? e->minimizer : NULL;
	facts->traits = NSO_CONVEX;
	return e;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	(void)self;
	(void)rng;
	x[0] = x[1] = 3;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct edge *e = self;

	for (int i = 0; g && i < 2; i++)
		g[i] = e->scale * (x[i] > 0 ? 1 : x[i] < 0 ? -1 : 0);
	return e->scale * (fabs(x[0]) + fabs(x[1]));
}

const struct nso_problem nso_problem_edge = {
	.name = "edge",
	.title = "Edge",
	.reference = "made up",
	.formula = "scale |x|_1",
	.group = "small",
	.traits = NSO_CONVEX,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.free = free,
};
