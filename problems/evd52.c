/* evd52.c -- EVD52: max of six polynomials in three variables, El-Attar, Vidyasagar, Dutta
 * 1979; Luksan, Vlcek 2000, minimax problem 4. Not convex. */
#include <stdlib.h>
#include "small.h"

static double sphere(const double *x, double height, double add, double *g)
{
	double z = x[2] - height;

	if (g) {
		g[0] = 2 * x[0];
		g[1] = 2 * x[1];
		g[2] = 2 * z;
	}
	return x[0] * x[0] + x[1] * x[1] + z * z + add;
}

static double plane(const double *x, double slope, double add, double *g)
{
	if (g) {
		g[0] = g[1] = 1;
		g[2] = slope;
	}
	return x[0] + x[1] + slope * x[2] + add;
}

static double row(const double *data, const double *x, size_t i, double *g)
{
	double u = 5 * x[2] - x[0] + 1;

	(void)data;
	switch (i) {
	case 0:
		return sphere(x, 0, -1, g);
	case 1:
		return sphere(x, 2, 0, g);
	case 2:
		return plane(x, 1, -1, g);
	case 3:
		return plane(x, -1, 1, g);
	case 4:
		if (g) {
			g[0] = 6 * x[0] * x[0] - 4 * u;
			g[1] = 12 * x[1];
			g[2] = 20 * u;
		}
		return 2 * x[0] * x[0] * x[0] + 6 * x[1] * x[1] + 2 * u * u;
	default:
		if (g) {
			g[0] = 2 * x[0];
			g[2] = -9;
		}
		return x[0] * x[0] - 9 * x[2];
	}
}

static const struct small_form form = {
	.n = 3,
	.groups = (const struct small_group[]){ { 1, 6, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.start = (const double[]){ 1, 1, 1 },
	.minimizer =
		(const double[]){
			0.32825995074790115,
			0,
			0.13132006363817736,
		},
	.optimum = 3.59971929982624,
	.optimum_error = 1e-15,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_evd52 = {
	.name = "evd52",
	.title = "EVD52",
	.reference = "El-Attar, Vidyasagar, Dutta 1979; Luksan, Vlcek 2000, minimax problem 4",
	.formula = "max of six polynomials in three variables",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
