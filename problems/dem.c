/* dem.c -- DEM: f = max(5x + y, -5x + y, x^2 + y^2 + 4y), Demyanov, Malozemov; Luksan, Vlcek
 * 2000, problem 5. Convex; f* = -3 at (0, -3). The standard start is a kink. */
#include <stdlib.h>
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	double slope = i == 0 ? 5 : -5;

	(void)data;
	if (i < 2) {
		if (g) {
			g[0] = slope;
			g[1] = 1;
		}
		return slope * x[0] + x[1];
	}
	if (g) {
		g[0] = 2 * x[0];
		g[1] = 2 * x[1] + 4;
	}
	return x[0] * x[0] + x[1] * x[1] + 4 * x[1];
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 3, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar_kink,
	.start = (const double[]){ 1, 1 },
	.minimizer = (const double[]){ 0, -3 },
	.optimum = -3,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_dem = {
	.name = "dem",
	.title = "DEM",
	.reference = "Demyanov, Malozemov 1974; Luksan, Vlcek 2000, problem 5",
	.formula = "max(5 x_1 + x_2, -5 x_1 + x_2, x_1^2 + x_2^2 + 4 x_2)",
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
