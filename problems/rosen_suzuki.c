/* rosen_suzuki.c -- Rosen-Suzuki and Polak 6: f = f_1 + 10 max(0, f_2, f_3, f_4), the exact
 * penalty of Rosen, Suzuki 1965; Luksan, Vlcek 2000, problem 11. Convex; f* = -44 at (0, 1, 2,
 * -1). Polak 6 (Luksan, Vlcek 2000, minimax problem 6) is the same function in the variables
 * (y_1, x_2 - y_1^4, x_3, x_4), y_1 = x_1 - (x_4 + 1)^4, and not convex. */
#include <stdlib.h>
#include "small.h"

/* f_1 and the three constraints: quadratics sum_j c_j x_j^2 + b_j x_j - a. */
static double rosen_suzuki_row(const double *data, const double *x, size_t i, double *g)
{
	static const double quadratic[4][9] = {
		{ 1, 1, 2, 1, -5, -5, -21, 7, 0 },
		{ 1, 1, 1, 1, 1, -1, 1, -1, 8 },
		{ 1, 2, 1, 2, -1, 0, 0, -1, 10 },
		{ 1, 1, 1, 0, 2, -1, 0, -1, 5 },
	};
	const double *c = quadratic[i], *b = c + 4;
	double f = -c[8];

	(void)data;
	for (size_t j = 0; j < 4; j++) {
		f += (c[j] * x[j] + b[j]) * x[j];
		if (g)
			g[j] = 2 * c[j] * x[j] + b[j];
	}
	return f;
}

static const struct small_form rosen_suzuki_form = {
	.n = 4,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 3, 10, SMALL_POSITIVE }, { 0 } },
	.row = rosen_suzuki_row,
	.start = (const double[]){ 0, 0, 0, 0 },
	.minimizer = (const double[]){ 0, 1, 2, -1 },
	.optimum = -44,
	.optimum_error = 0,
};

static void *rosen_suzuki_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&rosen_suzuki_form, opt, facts);
}

const struct nso_problem nso_problem_rosen_suzuki = {
	.name = "rosen-suzuki",
	.title = "Rosen-Suzuki",
	.reference = "Rosen, Suzuki 1965; Luksan, Vlcek 2000, problem 11",
	.formula = "f_1 + 10 max(0, f_2, f_3, f_4), quadratics in four variables",
	.group = "small",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = rosen_suzuki_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* The gradient by the chain rule: y_1 depends on x_1 and x_4, y_2 on x_2 and y_1. */
static double polak6_row(const double *data, const double *x, size_t i, double *g)
{
	double r = x[3] + 1, y1 = x[0] - (r * r) * (r * r);
	double y[4] = { y1, x[1] - (y1 * y1) * (y1 * y1), x[2], x[3] };
	double f = rosen_suzuki_row(data, y, i, g);

	if (g) {
		g[0] -= 4 * y1 * y1 * y1 * g[1];
		g[3] -= 4 * r * r * r * g[0];
	}
	return f;
}

static const struct small_form polak6_form = {
	.n = 4,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 3, 10, SMALL_POSITIVE }, { 0 } },
	.row = polak6_row,
	.start = (const double[]){ 0, 0, 0, 0 },
	.minimizer = (const double[]){ 0, 1, 2, -1 },
	.optimum = -44,
	.optimum_error = 0,
};

static void *polak6_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&polak6_form, opt, facts);
}

const struct nso_problem nso_problem_polak6 = {
	.name = "polak6",
	.title = "Polak 6",
	.reference = "Polak, Mayne, Higgins 1991; Luksan, Vlcek 2000, minimax problem 6",
	.formula = "f_1 + 10 max(0, f_2, f_3, f_4) of Rosen-Suzuki in transformed variables",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = polak6_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
