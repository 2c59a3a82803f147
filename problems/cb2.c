/* cb2.c -- CB2: f = max(x^2 + y^4, (2-x)^2 + (2-y)^2, 2 exp(y - x)), Charalambous, Conn 1978;
 * Luksan, Vlcek 2000, problem 3. Convex; the first two pieces are active at the minimizer. */
#include <stdlib.h>
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	double a = x[0], b = x[1], e;

	(void)data;
	switch (i) {
	case 0:
		if (g) {
			g[0] = 2 * a;
			g[1] = 4 * b * b * b;
		}
		return a * a + (b * b) * (b * b);
	case 1:
		if (g) {
			g[0] = 2 * a - 4;
			g[1] = 2 * b - 4;
		}
		return (2 - a) * (2 - a) + (2 - b) * (2 - b);
	default:
		e = 2 * exp(b - a);
		if (g) {
			g[0] = -e;
			g[1] = e;
		}
		return e;
	}
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 3, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ 1, -0.1 },
	.minimizer = (const double[]){ 1.1390376519926627, 0.89955993839539287 },
	.optimum = 1.9522244938706590,
	.optimum_error = 2.3e-16,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_cb2 = {
	.name = "cb2",
	.title = "CB2",
	.reference = "Charalambous, Conn 1978; Luksan, Vlcek 2000, problem 3",
	.formula = "max(x_1^2 + x_2^4, (2-x_1)^2 + (2-x_2)^2, 2 exp(x_2 - x_1))",
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
