/* spiral.c -- SPIRAL: max((x - r cos r)^2, (y - r sin r)^2) + 0.005 r^2, r = |(x, y)|; Luksan,
 * Vlcek 2000, minimax problem 3. Not convex: the valley winds around the minimizer 0, f* = 0.
 */
#include <stdlib.h>
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	double r = sqrt(x[0] * x[0] + x[1] * x[1]), c = i == 0 ? cos(r) : sin(r),
	       s = i == 0 ? -sin(r) : cos(r);
	double u = x[i] - r * c, du = -(c + r * s); /* du/dr */

	(void)data;
	for (size_t j = 0; g && j < 2; j++)
		g[j] = 2 * u * ((i == j) + (r > 0 ? du * x[j] / r : 0)) + 0.01 * x[j];
	return u * u + 0.005 * r * r;
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 2, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ 1.41831, -4.79462 },
	.minimizer = (const double[]){ 0, 0 },
	.optimum = 0,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_spiral = {
	.name = "spiral",
	.title = "SPIRAL",
	.reference = "Luksan, Vlcek 2000, minimax problem 3",
	.formula = "max((x_1 - r cos r)^2, (x_2 - r sin r)^2) + 0.005 r^2, r = |x|",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_planar,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
