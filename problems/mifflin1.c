/* mifflin1.c -- Mifflin 1: f = -x + 20 max(x^2 + y^2 - 1, 0), Luksan, Vlcek 2000, problem 8.
 * Convex; f* = -1 at (1, 0). The standard start is a kink, where BFGS stalls at f = -0.8. */
#include <stdlib.h>
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	if (g) {
		g[0] = i == 0 ? -1 : 2 * x[0];
		g[1] = i == 0 ? 0 : 2 * x[1];
	}
	return i == 0 ? -x[0] : x[0] * x[0] + x[1] * x[1] - 1;
}

static const struct small_form form = {
	.n = 2,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 1, 20, SMALL_POSITIVE }, { 0 } },
	.row = row,
	.options = small_planar_kink,
	.start = (const double[]){ 0.8, 0.6 },
	.minimizer = (const double[]){ 1, 0 },
	.optimum = -1,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_mifflin1 = {
	.name = "mifflin1",
	.title = "Mifflin 1",
	.reference = "Mifflin 1977; Luksan, Vlcek 2000, problem 8",
	.formula = "-x_1 + 20 max(x_1^2 + x_2^2 - 1, 0)",
	.group = "small",
	.traits = NSO_CONVEX | NSO_FINITE_MAX | NSO_KINK_START,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_planar_kink,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
