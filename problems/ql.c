/* ql.c -- QL: f = q + 10 max(0, 4 - 4x - y, 6 - x - 2y), q = x^2 + y^2, Luksan, Vlcek 2000,
 * problem 6. Convex; f* = 7.2 at (1.2, 2.4). */
#include <stdlib.h>
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	static const double plane[2][3] = { { 4, -4, -1 }, { 6, -1, -2 } };

	(void)data;
	if (i == 0) {
		if (g) {
			g[0] = 2 * x[0];
			g[1] = 2 * x[1];
		}
		return x[0] * x[0] + x[1] * x[1];
	}
	if (g) {
		g[0] = plane[i - 1][1];
		g[1] = plane[i - 1][2];
	}
	return plane[i - 1][0] + plane[i - 1][1] * x[0] + plane[i - 1][2] * x[1];
}

static const struct small_form form = {
	.n = 2,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 2, 10, SMALL_POSITIVE }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ -1, 5 },
	.minimizer = (const double[]){ 1.2, 2.4 },
	.optimum = 7.2,
	.optimum_error = 1e-15,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_ql = {
	.name = "ql",
	.title = "QL",
	.reference = "Luksan, Vlcek 2000, problem 6",
	.formula =
		"max(q, q + 10 (4 - 4 x_1 - x_2), q + 10 (6 - x_1 - 2 x_2)), q = x_1^2 + x_2^2",
	.group = "small",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_planar,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
