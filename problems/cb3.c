/* cb3.c -- CB3: f = max(x^4 + y^2, (2-x)^2 + (2-y)^2, 2 exp(y - x)), Charalambous, Bandler
 * 1976; Luksan, Vlcek 2000, problem 4. Convex; all three pieces are active at the minimizer (1,
 * 1), f* = 2. */
#include <stdlib.h>
#include "links.h"
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return link_row(cb3_link, x, i, g);
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 3, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ 2, 2 },
	.minimizer = (const double[]){ 1, 1 },
	.optimum = 2,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_cb3 = {
	.name = "cb3",
	.title = "CB3",
	.reference = "Charalambous, Bandler 1976; Luksan, Vlcek 2000, problem 4",
	.formula = "max(x_1^4 + x_2^2, (2-x_1)^2 + (2-x_2)^2, 2 exp(x_2 - x_1))",
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
