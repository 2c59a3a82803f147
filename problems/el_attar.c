/* el_attar.c -- fit of x_1 e^(-x_2 t) cos(x_3 t + x_4) + x_5 e^(-x_6 t) to 51 values of a
 * decaying signal: sum of the absolute residuals (el-attar: El-Attar, Vidyasagar, Dutta 1979;
 * Luksan, Vlcek 2000, problem 15) or the largest (evd61; Luksan, Vlcek 2000, minimax problem
 * 16). Not convex. */
#include <stdlib.h>
#include "small.h"

enum { POINTS = 51 };

static void prepare(const double *opt, double *y)
{
	(void)opt;
	for (size_t i = 0; i < POINTS; i++) {
		double t = (double)i / 10;

		y[i] = exp(-t) / 2 - exp(-2 * t) + exp(-3 * t) / 2 +
		       1.5 * exp(-1.5 * t) * sin(7 * t) + exp(-2.5 * t) * sin(5 * t);
	}
}

static double row(const double *y, const double *x, size_t i, double *g)
{
	double t = (double)i / 10, u = exp(-x[1] * t), v = exp(-x[5] * t),
	       phase = x[2] * t + x[3];

	if (g) {
		g[0] = u * cos(phase);
		g[1] = -t * x[0] * g[0];
		g[3] = -x[0] * u * sin(phase);
		g[2] = t * g[3];
		g[4] = v;
		g[5] = -t * x[4] * v;
	}
	return x[0] * u * cos(phase) + x[4] * v - y[i];
}

static const struct small_form sum_form = {
	.n = 6,
	.groups = (const struct small_group[]){ { POINTS, 1, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = row,
	.data = POINTS,
	.prepare = prepare,
	.options = small_kink,
	.start = (const double[]){ 2, 2, 7, 0, -2, 1 },
	.minimizer =
		(const double[]){
			2.2407444960276042,
			1.8576883749357282,
			6.7700491756276131,
			-1.6448984351305607,
			0.16589197189004992,
			0.74228452342498474,
		},
	.optimum = 0.5598130653607177,
	.optimum_error = 2e-16,
};

static void *sum_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&sum_form, opt, facts);
}

const struct nso_problem nso_problem_el_attar = {
	.name = "el-attar",
	.title = "El-Attar",
	.reference = "El-Attar, Vidyasagar, Dutta 1979; Luksan, Vlcek 2000, problem 15",
	.formula = "sum_{i<=51} |x_1 e^(-x_2 t) cos(x_3 t + x_4) + x_5 e^(-x_6 t) - y_i|, t = "
		   "(i-1)/10",
	.group = "small",
	.traits = NSO_KINK_START,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_kink,
	.make = sum_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

static const struct small_form max_form = {
	.n = 6,
	.groups = (const struct small_group[]){ { 1, POINTS, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = row,
	.data = POINTS,
	.prepare = prepare,
	.start = (const double[]){ 2, 2, 7, 0, -2, 1 },
	.minimizer =
		(const double[]){
			-2.2759204360321164,
			1.8993201599747207,
			6.8482377169574891,
			1.4913424468727414,
			0.14573558094258379,
			0.51695694045158902,
		},
	.optimum = 0.03490492653638129,
	.optimum_error = 1e-16,
};

static void *max_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&max_form, opt, facts);
}

const struct nso_problem nso_problem_evd61 = {
	.name = "evd61",
	.title = "EVD61",
	.reference = "El-Attar, Vidyasagar, Dutta 1979; Luksan, Vlcek 2000, minimax problem 16",
	.formula = "max_{i<=51} |x_1 e^(-x_2 t) cos(x_3 t + x_4) + x_5 e^(-x_6 t) - y_i|, t = "
		   "(i-1)/10",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = max_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
