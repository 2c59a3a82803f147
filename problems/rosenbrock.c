/* rosenbrock.c -- f = 100 (y - x^2)^2 + (1 - x)^2, Rosenbrock 1960; Luksan, Vlcek 2000,
 * problem 1. Smooth, not convex; f* = 0 at (1, 1). */
#include <stdlib.h>
#include "planar.h"

static const struct nso_option options[] = {
	[PLANAR_X0] = { "x0", -1.2, -1e300, 1e300, "start, first coordinate", NULL,
		"Rosenbrock 1960", 0 },
	[PLANAR_Y0] = { "y0", 1, -1e300, 1e300, "start, second coordinate", NULL,
		"Rosenbrock 1960", 0 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return planar_make(opt, 1, 1, facts);
}

static double eval(const void *self, const double *x, double *g)
{
	double r = x[1] - x[0] * x[0], s = 1 - x[0];

	(void)self;
	if (g) {
		g[0] = -400 * r * x[0] - 2 * s;
		g[1] = 200 * r;
	}
	return 100 * r * r + s * s;
}

const struct nso_problem nso_problem_rosenbrock = {
	.name = "rosenbrock",
	.title = "Rosenbrock",
	.reference = "Rosenbrock 1960; Luksan, Vlcek 2000, problem 1",
	.formula = "100 (x_2 - x_1^2)^2 + (1 - x_1)^2",
	.group = "smooth",
	.traits = NSO_SMOOTH,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = options,
	.make = make,
	.start = planar_start,
	.eval = eval,
	.free = free,
};
