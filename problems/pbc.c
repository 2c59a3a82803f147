/* pbc.c -- uniform approximation problems of Polak, Basu, Charalambous as in Luksan, Vlcek
 * 2000, minimax problems 7 and 15, and Hald, Madsen's rational approximation of e^t, minimax
 * problem 14. Not convex. */
#include <stdlib.h>
#include "small.h"

/* a third-order response (3/20) e^-t + (1/52) e^-5t - (1/65) e^-2t (3 sin 2t + 11 cos 2t) */
static void pbc3_prepare(const double *opt, double *y)
{
	(void)opt;
	for (int i = 0; i < 21; i++) {
		double t = i / 2.0;

		y[i] = 3.0 / 20 * exp(-t) + exp(-5 * t) / 52 -
		       exp(-2 * t) / 65 * (3 * sin(2 * t) + 11 * cos(2 * t));
	}
}

/* sin(z)/z and its derivative, by their series near 0, where the quotients lose all digits. */
static double sinc(double z) { return fabs(z) < 1e-4 ? 1 - z * z / 6 : sin(z) / z; }

static double sinc_slope(double z)
{
	double z2 = z * z;

	return fabs(z) < 1e-2 ? -z / 3 * (1 - z2 / 10 * (1 - z2 / 28)) : (cos(z) - sinc(z)) / z;
}

/* (x_3/x_2) e^(-x_1 t) sin(x_2 t): smooth across x_2 = 0. */
static double pbc3_row(const double *y, const double *x, size_t i, double *g)
{
	double t = (double)i / 2, e = exp(-x[0] * t) * t, z = x[1] * t, f = x[2] * e * sinc(z);

	if (g) {
		g[0] = -t * f;
		g[1] = x[2] * e * t * sinc_slope(z);
		g[2] = e * sinc(z);
	}
	return f - y[i];
}

static const struct small_form pbc3_form = {
	.n = 3,
	.groups = (const struct small_group[]){ { 1, 21, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = pbc3_row,
	.data = 21,
	.prepare = pbc3_prepare,
	.start = (const double[]){ 1, 1, 1 },
	.minimizer =
		(const double[]){
			0.95161092627261368,
			0.87612039753951743,
			0.16232518862011824,
		},
	.optimum = 0.004202142672152243,
	.optimum_error = 1e-16,
};

static void *pbc3_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&pbc3_form, opt, facts);
}

const struct nso_problem nso_problem_pbc3 = {
	.name = "pbc3",
	.title = "PBC3",
	.reference = "Luksan, Vlcek 2000, minimax problem 7",
	.formula = "max_{i<=21} |(x_3/x_2) e^(-x_1 t) sin(x_2 t) - y(t)|, t = (i-1)/2",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = pbc3_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* (p_1 + p_2 t + .. )/(1 + q_1 t + ..) with `up` and `down` coefficients in x; value and
 * gradient. */
static double rational(size_t up, size_t down, double t, const double *x, double *g)
{
	double top = 0, bottom = 0, power = 1;

	for (size_t j = up; j-- > 0;)
		top = top * t + x[j];
	for (size_t j = down; j-- > 0;)
		bottom = (bottom + x[up + j]) * t;
	bottom += 1;
	for (size_t j = 0; g && j < up; j++, power *= t)
		g[j] = power / bottom;
	power = t;
	for (size_t j = 0; g && j < down; j++, power *= t)
		g[up + j] = -top * power / (bottom * bottom);
	return top / bottom;
}

static double pbc1_row(const double *data, const double *x, size_t i, double *g)
{
	double t = -1 + 2 * (double)i / 29, u = 8 * t;

	(void)data;
	return rational(3, 2, t, x, g) - sqrt((u - 1) * (u - 1) + 1) * atan(u) / u;
}

static const struct small_form pbc1_form = {
	.n = 5,
	.groups = (const struct small_group[]){ { 1, 30, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = pbc1_row,
	.start = (const double[]){ 0, -1, 10, 1, 10 },
	.minimizer =
		(const double[]){
			1.4135858243271562,
			-10.579662245536293,
			40.711743028887469,
			-4.0212772344506549,
			27.615010413910014,
		},
	.optimum = 0.022340496047726255,
	.optimum_error = 1e-16,
};

static void *pbc1_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&pbc1_form, opt, facts);
}

const struct nso_problem nso_problem_pbc1 = {
	.name = "pbc1",
	.title = "PBC1",
	.reference = "Luksan, Vlcek 2000, minimax problem 15",
	.formula = "max_{i<=30} |(x_1 + x_2 t + x_3 t^2)/(1 + x_4 t + x_5 t^2) - sqrt((8t-1)^2 "
		   "+ 1) atan(8t)/(8t)|, t = -1 + 2(i-1)/29",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = pbc1_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

static double exp_row(const double *data, const double *x, size_t i, double *g)
{
	double t = -1 + (double)i / 10;

	(void)data;
	return rational(2, 3, t, x, g) - exp(t);
}

static const struct small_form exp_form = {
	.n = 5,
	.groups = (const struct small_group[]){ { 1, 21, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = exp_row,
	.start = (const double[]){ 0.5, 0, 0, 0, 0 },
	.minimizer =
		(const double[]){
			0.99987762874885266,
			0.25358844041148393,
			-0.74660757174628889,
			0.24520150190226431,
			-0.037490291008431514,
		},
	.optimum = 0.0001223712511475572,
	.optimum_error = 1e-16,
};

static void *exp_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&exp_form, opt, facts);
}

const struct nso_problem nso_problem_exp = {
	.name = "exp",
	.title = "EXP",
	.reference = "Hald, Madsen 1981; Luksan, Vlcek 2000, minimax problem 14",
	.formula = "max_{i<=21} |(x_1 + x_2 t)/(1 + x_3 t + x_4 t^2 + x_5 t^3) - e^t|, t = -1 "
		   "+ (i-1)/10",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = exp_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
