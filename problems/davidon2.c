/* davidon2.c -- Davidon 2: max_i (x_1 + x_2 t - e^t)^2 + (x_3 + x_4 sin t - cos t)^2, t = i/5,
 * i = 1..20; Davidon 1976, Brown, Dennis 1971; Luksan, Vlcek 2000, minimax problem 10. Convex.
 */
#include <stdlib.h>
#include "small.h"

static double row(const double *data, const double *x, size_t i, double *g)
{
	double t = (double)(i + 1) / 5, u = x[0] + x[1] * t - exp(t), s = sin(t),
	       v = x[2] + x[3] * s - cos(t);

	(void)data;
	if (g) {
		g[0] = 2 * u;
		g[1] = 2 * u * t;
		g[2] = 2 * v;
		g[3] = 2 * v * s;
	}
	return u * u + v * v;
}

static const struct small_form form = {
	.n = 4,
	.groups = (const struct small_group[]){ { 1, 20, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.start = (const double[]){ 25, 5, -5, -1 },
	.minimizer =
		(const double[]){
			-12.243680811459392,
			14.02179749366115,
			-0.45151088704514936,
			-0.01051894959804924,
		},
	.optimum = 115.70643952100686,
	.optimum_error = 5e-14,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_davidon2 = {
	.name = "davidon2",
	.title = "Davidon 2",
	.reference = "Luksan, Vlcek 2000, minimax problem 10",
	.formula = "max_{i<=20} (x_1 + x_2 t - e^t)^2 + (x_3 + x_4 sin t - cos t)^2, t = i/5",
	.group = "minimax",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
