/* gill.c -- Gill: f = max(f_1, f_2, f_3), n = 10: f_1 a penalty function, f_2 Watson's, f_3 the
 * extended Rosenbrock function. Luksan, Vlcek 2000, problem 17. Not convex. */
#include <stdlib.h>
#include "small.h"

enum { DIM = 10 };

/* sum (x_j - 1)^2 + 0.001 (sum x_j^2 - 1/4)^2 */
static double penalty(const double *x, double *g)
{
	double sum = 0, square = -0.25;

	for (size_t j = 0; j < DIM; j++) {
		sum += (x[j] - 1) * (x[j] - 1);
		square += x[j] * x[j];
	}
	for (size_t j = 0; g && j < DIM; j++)
		g[j] = 2 * (x[j] - 1) + 0.004 * square * x[j];
	return sum + 0.001 * square * square;
}

/* x_1^2 + (x_2 - x_1^2 - 1)^2 + sum_{i=2..30} (p'(t) - p(t)^2 - 1)^2, t = (i-1)/29, p the
 * polynomial with coefficients x (Watson; More, Garbow, Hillstrom 1981, function 20) */
static double watson(const double *x, double *g)
{
	double r = x[1] - x[0] * x[0] - 1, f = x[0] * x[0] + r * r;

	if (g) {
		g[0] = 2 * x[0] - 4 * r * x[0];
		g[1] = 2 * r;
	}
	for (int i = 1; i <= 29; i++) {
		double t = i / 29.0, p = 0, slope = 0, power = 1;

		for (size_t j = DIM; j-- > 0;) {
			slope = slope * t + p;
			p = p * t + x[j];
		}
		r = slope - p * p - 1;
		f += r * r;
		for (size_t j = 0; g && j < DIM; j++) { /* d slope/dx_j = j t^(j-1) */
			g[j] += 2 * r * ((double)j * power / t - 2 * p * power);
			power *= t;
		}
	}
	return f;
}

static double rosenbrock(const double *x, double *g)
{
	double f = 0;

	for (size_t j = 1; j < DIM; j++) {
		double r = x[j] - x[j - 1] * x[j - 1], s = 1 - x[j];

		f += 100 * r * r + s * s;
		if (g) {
			g[j] += 200 * r - 2 * s;
			g[j - 1] -= 400 * r * x[j - 1];
		}
	}
	return f;
}

static double row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return i == 0 ? penalty(x, g) : i == 1 ? watson(x, g) : rosenbrock(x, g);
}

static const struct small_form form = {
	.n = DIM,
	.groups = (const struct small_group[]){ { 1, 3, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.start = (const double[]){ -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1 },
	.minimizer =
		(const double[]){
			-0.60221451027891582,
			0.49069845948876606,
			0.30955735483120062,
			0.14162317167782507,
			0.054203596507640221,
			0.028647412286629766,
			0.019714475760693476,
			0.01368116521179218,
			0.0087293614617314028,
			0.0044661274241284037,
		},
	.optimum = 9.785772080817834,
	.optimum_error = 4e-15,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_gill = {
	.name = "gill",
	.title = "Gill",
	.reference = "Gill, Murray; Luksan, Vlcek 2000, problem 17",
	.formula = "max of a penalty, the Watson and an extended Rosenbrock function, n = 10",
	.group = "small",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
