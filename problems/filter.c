/* filter.c -- design of a digital filter: x_9 times the moduli of two second-order sections
 * against |1 - 2y| at 41 frequencies, Charalambous 1975; Luksan, Vlcek 2000, minimax
 * problem 18. Not convex. */
#include <stdlib.h>
#include "small.h"

enum { POINTS = 41 };

/* y = 0, 0.01 .. 0.05, 0.07, 0.1 .. 0.46, 0.5, 0.54, 0.57 .. 0.93, 0.95, 0.96 .. 1 */
static void prepare(const double *opt, double *y)
{
	(void)opt;
	for (size_t i = 0; i < POINTS; i++)
		y[i] = i < 6 ? 0.01 * (double)i
			: i < 20 ? 0.07 + 0.03 * (double)(i - 6)
			: i == 20 ? 0.5
			: i < 35 ? 0.54 + 0.03 * (double)(i - 21)
			: 0.95 + 0.01 * (double)(i - 35);
}

/* |1 + a e^-jw + b e^-2jw|^2 = (a + (1 + b) c)^2 + ((1 - b) s)^2, c = cos w, s = sin w;
 * gradient. */
static double square(double a, double b, double c, double s, double *g)
{
	double u = a + (1 + b) * c, v = (1 - b) * s;

	g[0] = 2 * u;
	g[1] = 2 * u * c - 2 * v * s;
	return u * u + v * v;
}

static double row(const double *y, const double *x, size_t i, double *g)
{
	double c = cos(M_PI * y[i]), s = sin(M_PI * y[i]), part[4], slope[4][2], f;

	for (size_t k = 0; k < 4; k++)
		part[k] = square(x[2 * k], x[2 * k + 1], c, s, slope[k]);
	f = sqrt(part[0] / part[1]) * sqrt(part[2] / part[3]);
	if (g) {
		for (size_t k = 0; k < 4; k++)
			for (size_t j = 0; j < 2; j++)
				g[2 * k + j] =
					x[8] * f * slope[k][j] / (k % 2 ? -2 : 2) / part[k];
		g[8] = f;
	}
	return x[8] * f - fabs(1 - 2 * y[i]);
}

static const struct small_form form = {
	.n = 9,
	.groups = (const struct small_group[]){ { 1, POINTS, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = row,
	.data = POINTS,
	.prepare = prepare,
	.start = (const double[]){ 0, 1, 0, -0.15, 0, -0.68, 0, -0.72, 0.37 },
	.minimizer = (const double[]){
		0, 0.98003740263017303, 0, -0.16577232562904318, 0, -0.73508211790090594, 0,
		-0.76723138228591625, 0.36789998905379251,
	},
	.optimum = 0.0061852847775081266,
	.optimum_error = 1e-16,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_filter = {
	.name = "filter",
	.title = "Filter",
	.reference = "Charalambous 1975; Luksan, Vlcek 2000, minimax problem 18",
	.formula = "max_{i<=41} |x_9 sqrt(N_1/D_1) sqrt(N_2/D_2) - |1 - 2y||, N, D = (a + "
		   "(1+b) cos pi y)^2 + ((1-b) sin pi y)^2",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
