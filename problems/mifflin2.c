/* mifflin2.c -- Mifflin 2: f = -x + 2 u + 1.75 |u|, u = x^2 + y^2 - 1, Luksan, Vlcek 2000,
 * problem 9. Listed as not convex in the literature, but f = max(3.75 u, 0.25 u) - x is; f* =
 * -1 at (1, 0). */
#include <stdlib.h>
#include "links.h"
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return link_row(mifflin2_link, x, i, g);
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 2, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ -1, -1 },
	.minimizer = (const double[]){ 1, 0 },
	.optimum = -1,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_mifflin2 = {
	.name = "mifflin2",
	.title = "Mifflin 2",
	.reference = "Mifflin 1977; Luksan, Vlcek 2000, problem 9",
	.formula = "-x_1 + 2 y + 1.75 |y|, y = x_1^2 + x_2^2 - 1",
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
