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
		y[i] = i < 6     ? 0.01 * (double)i
		       : i < 20  ? 0.07 + 0.03 * (double)(i - 6)
		       : i == 20 ? 0.5
		       : i < 35  ? 0.54 + 0.03 * (double)(i - 21)
				 : 0.95 + 0.01 * (double)(i - 35);
}

/* |1 + a e^-jw + b e^-2jw| = |(a + (1 + b) c, (1 - b) s)|, c = cos w, s = sin w; a subgradient.
 */
static double modulus(double a, double b, double c, double s, double *g)
{
	double u = a + (1 + b) * c, v = (1 - b) * s, m = sqrt(u * u + v * v);

	g[0] = m > 0 ? u / m : 1;
	g[1] = m > 0 ? (u * c - v * s) / m : c;
	return m;
}

static double row(const double *y, const double *x, size_t i, double *g)
{
	double c = cos(M_PI * y[i]), s = sin(M_PI * y[i]), m[4], slope[4][2], f;

	for (size_t k = 0; k < 4; k++)
		m[k] = modulus(x[2 * k], x[2 * k + 1], c, s, slope[k]);
	f = m[0] / m[1] * (m[2] / m[3]);
	if (g) {
		const double partial[4] = { m[2] / (m[1] * m[3]), -f / m[1],
			m[0] / (m[1] * m[3]), -f / m[3] };

		for (size_t k = 0; k < 4; k++)
			for (size_t j = 0; j < 2; j++)
				g[2 * k + j] = x[8] * partial[k] * slope[k][j];
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
	.minimizer =
		(const double[]){
			0,
			0.98003740263017303,
			0,
			-0.16577232562904318,
			0,
			-0.73508211790090594,
			0,
			-0.76723138228591625,
			0.36789998905379251,
		},
	.optimum = 0.0061852847775081266,
	.optimum_error = 1e-16,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

static void add_row(struct nso_pieces *out, double sign, const double *g, size_t turned)
{
	double *to = nso_row(out, 0, 9);

	for (size_t j = 0; j < 9; j++)
		to[j] = sign * (j / 2 == turned ? -g[j] : g[j]);
}

/* At y = 0 and 1 a modulus is the absolute value of one number: where that is 0, a row has a
 * kink of its own, and both of its gradients count. */
static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	double top = small_eval(self, x, NULL), y[POINTS], g[9], r, sign;

	prepare(NULL, y);
	nso_hull(out);
	for (size_t i = 0; i < POINTS; i++) {
		r = row(y, x, i, g);
		sign = r < 0 ? -1 : 1;
		if (!(fabs(r) >= top - tol))
			continue;
		add_row(out, sign, g, 9);
		for (size_t k = 0; k < 4 && (i == 0 || i == POINTS - 1); k += 2)
			if (fabs(x[8] * g[8]) <= tol)
				add_row(out, sign, g, k);
	}
}

const struct nso_problem nso_problem_filter = {
	.name = "filter",
	.title = "Filter",
	.reference = "Charalambous 1975; Luksan, Vlcek 2000, minimax problem 18",
	.formula = "max_{i<=41} |x_9 sqrt(N_1/D_1) sqrt(N_2/D_2) - |1 - 2y||, N, D = (a + "
		   "(1+b) cos pi y)^2 + ((1-b) sin pi y)^2",
	.group = "minimax",
	.traits = 0, /* a maximum of pieces with concave kinks of their own: not regular */
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = pieces,
	.free = free,
};
