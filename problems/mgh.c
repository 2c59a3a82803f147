/* mgh.c -- largest absolute residual of four data fits of More, Garbow, Hillstrom 1981
 * (functions 8, 15, 19, 20); Luksan, Vlcek 2000, minimax problems 8, 9, 24, 25. Not convex. */
#include <stdlib.h>
#include "small.h"

/* ------------------------------------------------------------------ bard ------------------ */

static double bard_row(const double *data, const double *x, size_t i, double *g)
{
	static const double y[15] = { 0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37,
		0.58, 0.73, 0.96, 1.34, 2.10, 4.39 };
	double u = (double)(i + 1), v = 16 - u, w = u < v ? u : v, d = v * x[1] + w * x[2];

	(void)data;
	if (g) {
		g[0] = -1;
		g[1] = u * v / (d * d);
		g[2] = u * w / (d * d);
	}
	return y[i] - x[0] - u / d;
}

static const struct small_form bard_form = {
	.n = 3,
	.groups = (const struct small_group[]){ { 1, 15, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = bard_row,
	.start = (const double[]){ 1, 1, 1 },
	.minimizer =
		(const double[]){
			0.053469387755102106,
			1.3039811443033416,
			2.1960188556966593,
		},
	.optimum = 0.05081632653061252,
	.optimum_error = 1e-16,
};

static void *bard_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&bard_form, opt, facts);
}

const struct nso_problem nso_problem_bard = {
	.name = "bard",
	.title = "Bard",
	.reference = "More, Garbow, Hillstrom 1981, function 8; Luksan, Vlcek 2000, minimax "
		     "problem 8",
	.formula = "max_{i<=15} |y_i - x_1 - i/((16-i) x_2 + min(i, 16-i) x_3)|",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = bard_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ kowalik-osborne ------- */

static double kowalik_row(const double *data, const double *x, size_t i, double *g)
{
	static const double y[11] = { 0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456,
		0.0342, 0.0323, 0.0235, 0.0246 };
	static const double time[11] = { 4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714,
		0.0625 };
	double t = time[i], top = t * (t + x[1]), bottom = t * (t + x[2]) + x[3];

	(void)data;
	if (g) {
		g[0] = -top / bottom;
		g[1] = -x[0] * t / bottom;
		g[3] = x[0] * top / (bottom * bottom);
		g[2] = t * g[3];
	}
	return y[i] - x[0] * top / bottom;
}

static const struct small_form kowalik_osborne_form = {
	.n = 4,
	.groups = (const struct small_group[]){ { 1, 11, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = kowalik_row,
	.start = (const double[]){ 0.25, 0.39, 0.415, 0.39 },
	.minimizer =
		(const double[]){
			0.1846315513700971,
			0.10520566876026,
			0.011964192156997275,
			0.11178802847699083,
		},
	.optimum = 0.008084368386039903,
	.optimum_error = 1e-16,
};

static void *kowalik_osborne_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&kowalik_osborne_form, opt, facts);
}

const struct nso_problem nso_problem_kowalik_osborne = {
	.name = "kowalik-osborne",
	.title = "Kowalik-Osborne",
	.reference = "More, Garbow, Hillstrom 1981, function 15; Luksan, Vlcek 2000, minimax "
		     "problem 9",
	.formula = "max_{i<=11} |y_i - x_1 t (t + x_2)/(t^2 + x_3 t + x_4)|",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = kowalik_osborne_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ osborne2 -------------- */

/* Three Gaussian peaks on a decaying exponential, t = (i-1)/10. */
static double osborne_row(const double *data, const double *x, size_t i, double *g)
{
	static const double y[65] = { 1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847,
		0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606, 0.602, 0.626, 0.651,
		0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495,
		0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523,
		0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559,
		0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162,
		0.098, 0.054 };
	double t = (double)i / 10, e = exp(-t * x[4]), f = y[i] - x[0] * e;

	(void)data;
	if (g) {
		g[0] = -e;
		g[4] = x[0] * t * e;
	}
	for (size_t k = 0; k < 3; k++) {
		double r = t - x[8 + k];

		e = exp(-r * r * x[5 + k]);
		f -= x[1 + k] * e;
		if (g) {
			g[1 + k] = -e;
			g[5 + k] = x[1 + k] * r * r * e;
			g[8 + k] = -2 * x[1 + k] * x[5 + k] * r * e;
		}
	}
	return f;
}

static const struct small_form osborne2_form = {
	.n = 11,
	.groups = (const struct small_group[]){ { 1, 65, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = osborne_row,
	.start = (const double[]){ 1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5 },
	/* The local minimizer that the literature compares with; there is a lower one,
	 * f = 0.04769934252315939, with x_2 = -2.70: f* is right to within the difference. */
	.minimizer =
		(const double[]){
			1.31604872548521,
			0.44893051193231637,
			0.63902097594525176,
			0.69005240027796932,
			0.73970574382593901,
			0.94328376210182663,
			2.0196781226515941,
			3.580824516206043,
			2.4042396067655951,
			4.4596073012031692,
			5.6061716129530392,
		},
	.optimum = 0.048027400712574941,
	.optimum_error = 0.048027400712574941 - 0.04769934252315939,
};

static void *osborne2_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&osborne2_form, opt, facts);
}

const struct nso_problem nso_problem_osborne2 = {
	.name = "osborne2",
	.title = "Osborne 2",
	.reference = "More, Garbow, Hillstrom 1981, function 19; Luksan, Vlcek 2000, minimax "
		     "problem 25",
	.formula = "max_{i<=65} |y_i - x_1 e^(-t x_5) - sum_{k=2..4} x_k e^(-(t - x_{k+7})^2 "
		   "x_{k+4})|, t = (i-1)/10",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = osborne2_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ watson ---------------- */

enum { WATSON = 20 };

/* p'(t) - p(t)^2 - 1 at t = i/29 for the polynomial p with coefficients x, and two more
 * residuals */
static double watson_row(const double *data, const double *x, size_t i, double *g)
{
	double t = (double)(i - 1) / 29, p = 0, slope = 0, power = 1;

	(void)data;
	if (i < 2) {
		if (g) {
			g[0] = i == 0 ? 1 : -2 * x[0];
			g[1] = i == 0 ? 0 : 1;
		}
		return i == 0 ? x[0] : x[1] - x[0] * x[0] - 1;
	}
	for (size_t j = WATSON; j-- > 0;) {
		slope = slope * t + p;
		p = p * t + x[j];
	}
	for (size_t j = 0; g && j < WATSON; j++, power *= t)
		g[j] = (double)j * power / t - 2 * p * power;
	return slope - p * p - 1;
}

static const struct small_form watson_form = {
	.n = WATSON,
	.groups = (const struct small_group[]){ { 1, 31, 1, SMALL_ABSOLUTE }, { 0 } },
	.row = watson_row,
	.start = (const double[]){ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
	/* Literature: 1.4743e-8; points of 5.09e-10 were found, 0 is a bound. */
	.optimum = 5.09e-10,
	.optimum_error = 5.09e-10,
};

static void *watson_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&watson_form, opt, facts);
}

const struct nso_problem nso_problem_watson = {
	.name = "watson",
	.title = "Watson",
	.reference = "More, Garbow, Hillstrom 1981, function 20; Luksan, Vlcek 2000, minimax "
		     "problem 24",
	.formula = "max(|x_1|, |x_2 - x_1^2 - 1|, max_{i<=29} |p'(t) - p(t)^2 - 1|), t = i/29, "
		   "p = sum_j x_j t^(j-1)",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = watson_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
