/* three_hump_camel.c -- three-hump camel: f = 2 x^2 - 1.05 x^4 + x^6/6 + x y + y^2. Smooth; f*
 * = 0 at (0, 0), two more minima +-(1.747552345830289, -0.873776172915145) with f =
 * 0.298638442236861. */
#include <stdlib.h>
#include "planar.h"

static const struct nso_option options[] = {
	[PLANAR_X0] = { "x0", -4, -1e300, 1e300, "start, first coordinate", NULL,
		"nsobench: on the steep rim of the usual box [-5, 5]^2", 0 },
	[PLANAR_Y0] = { "y0", 3, -1e300, 1e300, "start, second coordinate", NULL, "nsobench",
		0 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return planar_make(opt, 0, 0, facts);
}

static double eval(const void *self, const double *x, double *g)
{
	double s = x[0] * x[0];

	(void)self;
	if (g) {
		g[0] = x[0] * (4 + s * (s - 4.2)) + x[1];
		g[1] = x[0] + 2 * x[1];
	}
	return s * (2 + s * (s / 6 - 1.05)) + x[1] * (x[0] + x[1]);
}

const struct nso_problem nso_problem_three_hump_camel = {
	.name = "three-hump-camel",
	.title = "Three-hump camel",
	.reference = "Branin 1972; Jamil, Yang 2013",
	.formula = "2 x_1^2 - 1.05 x_1^4 + x_1^6/6 + x_1 x_2 + x_2^2",
	.group = "smooth",
	.traits = NSO_SMOOTH,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = options,
	.make = make,
	.start = planar_start,
	.eval = eval,
	.free = free,
};
