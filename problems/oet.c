/* oet.c -- uniform approximation of a function by four parameters, Oettershagen 1982; Luksan,
 * Vlcek 2000, minimax problems 11 and 12. Not convex. */
#include <stdlib.h>
#include "small.h"

/* sqrt t on [0.25, 1] by x_4 - (x_1 t^2 + x_2 t + x_3)^2 */
static double oet5_row(const double *data, const double *x, size_t i, double *g)
{
	double t = 0.25 + 0.75 * (double)i / 20, u = (x[0] * t + x[1]) * t + x[2];

	(void)data;
	if (g) {
		g[0] = -2 * u * t * t;
		g[1] = -2 * u * t;
		g[2] = -2 * u;
		g[3] = 1;
	}
	return x[3] - u * u - sqrt(t);
}

static const struct small_form oet5_form = {
	.n = 4,
	.groups = (const struct small_group[]){ { 1, 21, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = oet5_row,
	.start = (const double[]){ 1, 1, 1, 1 },
	.minimizer =
		(const double[]){
			-0.088015514668905087,
			0.49544430984793292,
			-1.1186219560513022,
			1.5031597385741284,
		},
	.optimum = 0.002635973497368327,
	.optimum_error = 1e-16,
};

static void *oet5_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&oet5_form, opt, facts);
}

const struct nso_problem nso_problem_oet5 = {
	.name = "oet5",
	.title = "OET5",
	.reference = "Oettershagen 1982; Luksan, Vlcek 2000, minimax problem 11",
	.formula = "max_{i<=21} |x_4 - (x_1 t^2 + x_2 t + x_3)^2 - sqrt t|, t = 0.25 + 0.75 "
		   "(i-1)/20",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = oet5_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* 1/(1 + t) on [-0.5, 0.5] by x_1 e^(x_3 t) + x_2 e^(x_4 t) */
static double oet6_row(const double *data, const double *x, size_t i, double *g)
{
	double t = -0.5 + (double)i / 20, u = exp(x[2] * t), v = exp(x[3] * t);

	(void)data;
	if (g) {
		g[0] = u;
		g[1] = v;
		g[2] = x[0] * t * u;
		g[3] = x[1] * t * v;
	}
	return x[0] * u + x[1] * v - 1 / (1 + t);
}

static const struct small_form oet6_form = {
	.n = 4,
	.groups = (const struct small_group[]){ { 1, 21, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = oet6_row,
	.start = (const double[]){ 1, 1, -3, -1 },
	.minimizer =
		(const double[]){
			0.098733460025084346,
			0.9009442635785293,
			-4.0618545982846381,
			-0.64773224114813288,
		},
	.optimum = 0.0020160753793935227,
	.optimum_error = 1e-16,
};

static void *oet6_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&oet6_form, opt, facts);
}

const struct nso_problem nso_problem_oet6 = {
	.name = "oet6",
	.title = "OET6",
	.reference = "Oettershagen 1982; Luksan, Vlcek 2000, minimax problem 12",
	.formula =
		"max_{i<=21} |x_1 e^(x_3 t) + x_2 e^(x_4 t) - 1/(1 + t)|, t = -0.5 + (i-1)/20",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = oet6_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
