/* crescent.c -- Crescent: f = max(x^2 + (y-1)^2 + y - 1, -x^2 - (y-1)^2 + y + 1) = y + |x^2 +
 * (y-1)^2 - 1|, Kiwiel 1985; Luksan, Vlcek 2000, problem 2. Not convex; f* = 0 at (0, 0). */
#include <stdlib.h>
#include "links.h"
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return link_row(crescent_link, x, i, g);
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 2, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ -1.5, 2 },
	.minimizer = (const double[]){ 0, 0 },
	.optimum = 0,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_crescent = {
	.name = "crescent",
	.title = "Crescent",
	.reference = "Kiwiel 1985; Luksan, Vlcek 2000, problem 2",
	.formula = "x_2 + |x_1^2 + (x_2 - 1)^2 - 1|",
	.group = "small",
	.traits = NSO_FINITE_MAX | NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_planar,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
