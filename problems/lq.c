/* lq.c -- LQ: f = max(-x - y, -x - y + x^2 + y^2 - 1), Luksan, Vlcek 2000, problem 7. Convex;
 * minimizer (1, 1)/sqrt 2, f* = -sqrt 2. */
#include <stdlib.h>
#include "links.h"
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return link_row(lq_link, x, i, g);
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 2, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ -0.5, -0.5 },
	.minimizer = (const double[]){ 0.70710678118654752, 0.70710678118654752 },
	.optimum = -1.4142135623730951,
	.optimum_error = 2.3e-16,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_lq = {
	.name = "lq",
	.title = "LQ",
	.reference = "Mifflin 1984; Luksan, Vlcek 2000, problem 7",
	.formula = "max(-x_1 - x_2, -x_1 - x_2 + x_1^2 + x_2^2 - 1)",
	.group = "small",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_planar,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
