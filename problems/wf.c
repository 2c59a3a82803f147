/* wf.c -- WF: max of (x + g + 2y^2)/2, (-x + g + 2y^2)/2, (x - g + 2y^2)/2 with g = 10x/(x +
 * 0.1), Womersley, Fletcher 1986; Luksan, Vlcek 2000, minimax problem 2. Not convex, with a
 * pole at x = -0.1; f* = 0 at (0, 0). */
#include <stdlib.h>
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	double a = i == 1 ? -0.5 : 0.5, b = i == 2 ? -0.5 : 0.5, d = x[0] + 0.1;

	(void)data;
	if (g) {
		g[0] = a + b / (d * d);
		g[1] = 2 * x[1];
	}
	return a * x[0] + b * 10 * x[0] / d + x[1] * x[1];
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 3, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ 3, 1 },
	.minimizer = (const double[]){ 0, 0 },
	.optimum = 0,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_wf = {
	.name = "wf",
	.title = "WF",
	.reference = "Womersley, Fletcher 1986; Luksan, Vlcek 2000, minimax problem 2",
	.formula =
		"max((x_1 + g)/2, (-x_1 + g)/2, (x_1 - g)/2) + x_2^2, g = 10 x_1/(x_1 + 0.1)",
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
