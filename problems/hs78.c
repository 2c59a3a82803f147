/* hs78.c -- HS78: f = x_1 x_2 x_3 x_4 x_5 + 10 (|sum x_j^2 - 10| + |x_2 x_3 - 5 x_4 x_5| +
 * |x_1^3 + x_2^3 + 1|), Hock, Schittkowski 1981; Luksan, Vlcek 2000, problem 14. Not convex and
 * unbounded below (degree 5 against degree 3): f* is the local value that the literature
 * compares with. */
#include <stdlib.h>
#include "small.h"

static double product(const double *x, double *g)
{
	for (size_t j = 0; g && j < 5; j++) {
		g[j] = 1;
		for (size_t k = 0; k < 5; k++)
			g[j] *= k == j ? 1 : x[k];
	}
	return x[0] * x[1] * x[2] * x[3] * x[4];
}

static double row(const double *data, const double *x, size_t i, double *g)
{
	double sum = 0;

	(void)data;
	switch (i) {
	case 0:
		return product(x, g);
	case 1:
		for (size_t j = 0; j < 5; j++) {
			sum += x[j] * x[j];
			if (g)
				g[j] = 2 * x[j];
		}
		return sum - 10;
	case 2:
		if (g) {
			g[1] = x[2];
			g[2] = x[1];
			g[3] = -5 * x[4];
			g[4] = -5 * x[3];
		}
		return x[1] * x[2] - 5 * x[3] * x[4];
	default:
		if (g) {
			g[0] = 3 * x[0] * x[0];
			g[1] = 3 * x[1] * x[1];
		}
		return x[0] * x[0] * x[0] + x[1] * x[1] * x[1] + 1;
	}
}

static const struct small_form form = {
	.n = 5,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 3, 1, 10, SMALL_ABSOLUTE }, { 0 } },
	.row = row,
	.start = (const double[]){ -2, 1.5, 2, -1, -1 },
	.minimizer =
		(const double[]){
			-1.7171435703943818,
			1.5957096901835539,
			1.8272457529271953,
			-0.76364307818413035,
			-0.76364307818413035,
		},
	.optimum = -2.9197004089636702,
	.optimum_error = 1e-15,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_hs78 = {
	.name = "hs78",
	.title = "HS78",
	.reference = "Hock, Schittkowski 1981, problem 78; Luksan, Vlcek 2000, problem 14",
	.formula = "x_1 x_2 x_3 x_4 x_5 + 10 (|sum_j x_j^2 - 10| + |x_2 x_3 - 5 x_4 x_5| + "
		   "|x_1^3 + x_2^3 + 1|)",
	.group = "small",
	.traits = NSO_UNBOUNDED,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
