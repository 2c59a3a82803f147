/* wong.c -- three polynomial programs of Wong (Asaadi 1973; Hock, Schittkowski 1981, problems
 * 100 and 113) as minimax problems f_1 + 10 max(0, constraints); Luksan, Vlcek 2000, minimax
 * problems 19, 20, 21. */
#include <stdlib.h>
#include "small.h"

/* A polynomial a + sum of coefficient x_j^power: the next term stands behind, j counts from 1,
 * 0 ends. */
struct term {
	double coefficient;
	int j, power;
	int k; /* times x_k too, 0: no */
};

static double polynomial(const struct term *t, double add, const double *x, double *g)
{
	double f = add;

	for (; t->j; t++) {
		double a = x[t->j - 1], rest = t->coefficient, slope;

		for (int p = 1; p < t->power; p++)
			rest *= a;
		slope = t->power * rest;
		rest *= a;
		if (t->k) {
			if (g)
				g[t->k - 1] += rest;
			rest *= x[t->k - 1];
			slope *= x[t->k - 1];
		}
		f += rest;
		if (g)
			g[t->j - 1] += slope;
	}
	return f;
}

/* ------------------------------------------------------------------ wong1 ----------------- */

static const struct term wong1[][14] = {
	{ { 1, 1, 2, 0 }, { -20, 1, 1, 0 }, { 5, 2, 2, 0 }, { -120, 2, 1, 0 }, { 1, 3, 4, 0 },
		{ 3, 4, 2, 0 }, { -66, 4, 1, 0 }, { 10, 5, 6, 0 }, { 7, 6, 2, 0 },
		{ 1, 7, 4, 0 }, { -4, 6, 1, 7 }, { -10, 6, 1, 0 }, { -8, 7, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { 2, 1, 2, 0 }, { 3, 2, 4, 0 }, { 1, 3, 1, 0 }, { 4, 4, 2, 0 }, { 5, 5, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { 7, 1, 1, 0 }, { 3, 2, 1, 0 }, { 10, 3, 2, 0 }, { 1, 4, 1, 0 }, { -1, 5, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { 23, 1, 1, 0 }, { 1, 2, 2, 0 }, { 6, 6, 2, 0 }, { -8, 7, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 4, 1, 2, 0 }, { 1, 2, 2, 0 }, { -3, 1, 1, 2 }, { 2, 3, 2, 0 }, { 5, 6, 1, 0 },
		{ -11, 7, 1, 0 }, { 0, 0, 0, 0 } },
};
static const double wong1_add[] = { 1183, -127, -282, -196, 0 };

static double wong1_row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return polynomial(wong1[i], wong1_add[i], x, g);
}

static const struct small_form wong1_form = {
	.n = 7,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 4, 10, SMALL_POSITIVE }, { 0, 0, 0, 0 } },
	.row = wong1_row,
	.start = (const double[]){ 1, 2, 0, 4, 0, 1, 1 },
	.minimizer =
		(const double[]){
			2.33049937287957,
			1.951372372896889,
			-0.47754139238887167,
			4.3657262336558098,
			-0.62448697052681745,
			1.0381310186079584,
			1.5942267116118685,
		},
	.optimum = 680.630057374402,
	.optimum_error = 3e-13,
};

static void *wong1_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&wong1_form, opt, facts);
}

const struct nso_problem nso_problem_wong1 = {
	.name = "wong1",
	.title = "Wong 1",
	.reference = "Asaadi 1973; Luksan, Vlcek 2000, minimax problem 19",
	.formula = "f_1 + 10 max(0, 4 constraints of HS100)",
	.group = "minimax",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = wong1_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ wong2 ----------------- */

static const struct term wong2[][21] = {
	{ { 1, 1, 2, 0 }, { 1, 2, 2, 0 }, { 1, 1, 1, 2 }, { -14, 1, 1, 0 }, { -16, 2, 1, 0 },
		{ 1, 3, 2, 0 }, { -20, 3, 1, 0 }, { 4, 4, 2, 0 }, { -40, 4, 1, 0 },
		{ 1, 5, 2, 0 }, { -6, 5, 1, 0 }, { 2, 6, 2, 0 }, { -4, 6, 1, 0 },
		{ 5, 7, 2, 0 }, { 7, 8, 2, 0 }, { -154, 8, 1, 0 }, { 2, 9, 2, 0 },
		{ -40, 9, 1, 0 }, { 1, 10, 2, 0 }, { -14, 10, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 3, 1, 2, 0 }, { -12, 1, 1, 0 }, { 4, 2, 2, 0 }, { -24, 2, 1, 0 }, { 2, 3, 2, 0 },
		{ -7, 4, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 5, 1, 2, 0 }, { 8, 2, 1, 0 }, { 1, 3, 2, 0 }, { -12, 3, 1, 0 }, { -2, 4, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { 0.5, 1, 2, 0 }, { -8, 1, 1, 0 }, { 2, 2, 2, 0 }, { -16, 2, 1, 0 }, { 3, 5, 2, 0 },
		{ -1, 6, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 1, 1, 2, 0 }, { 2, 2, 2, 0 }, { -8, 2, 1, 0 }, { -2, 1, 1, 2 }, { 14, 5, 1, 0 },
		{ -6, 6, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 4, 1, 1, 0 }, { 5, 2, 1, 0 }, { -3, 7, 1, 0 }, { 9, 8, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 10, 1, 1, 0 }, { -8, 2, 1, 0 }, { -17, 7, 1, 0 }, { 2, 8, 1, 0 }, { 0, 0, 0, 0 } },
	{ { -3, 1, 1, 0 }, { 6, 2, 1, 0 }, { 12, 9, 2, 0 }, { -192, 9, 1, 0 }, { -7, 10, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { -8, 1, 1, 0 }, { 2, 2, 1, 0 }, { 5, 9, 1, 0 }, { -2, 10, 1, 0 }, { 0, 0, 0, 0 } },
};
static const double wong2_add[] = { 1352, -72, -4, 34, 8, -105, 0, 768, -12 };

static double wong2_row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return polynomial(wong2[i], wong2_add[i], x, g);
}

static const struct small_form wong2_form = {
	.n = 10,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 8, 10, SMALL_POSITIVE }, { 0, 0, 0, 0 } },
	.row = wong2_row,
	.start = (const double[]){ 2, 3, 5, 5, 1, 2, 7, 3, 6, 10 },
	.minimizer =
		(const double[]){
			2.1719963712554549,
			2.3636829736972813,
			8.7739257384768496,
			5.0959844879484528,
			0.99065476496385951,
			1.4305739789363159,
			1.3216442081617024,
			9.8287258078863218,
			8.2800916700983453,
			8.375926663921323,
		},
	.optimum = 24.3062090681803,
	.optimum_error = 1e-14,
};

static void *wong2_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&wong2_form, opt, facts);
}

const struct nso_problem nso_problem_wong2 = {
	.name = "wong2",
	.title = "Wong 2",
	.reference = "Asaadi 1973; Luksan, Vlcek 2000, minimax problem 20",
	.formula = "f_1 + 10 max(0, 8 constraints of HS113)",
	.group = "minimax",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = wong2_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ wong3 ----------------- */

static const struct term wong3[][39] = {
	{ { 1, 1, 2, 0 }, { 1, 2, 2, 0 }, { 1, 1, 1, 2 }, { -14, 1, 1, 0 }, { -16, 2, 1, 0 },
		{ 1, 3, 2, 0 }, { -20, 3, 1, 0 }, { 4, 4, 2, 0 }, { -40, 4, 1, 0 },
		{ 1, 5, 2, 0 }, { -6, 5, 1, 0 }, { 2, 6, 2, 0 }, { -4, 6, 1, 0 },
		{ 5, 7, 2, 0 }, { 7, 8, 2, 0 }, { -154, 8, 1, 0 }, { 2, 9, 2, 0 },
		{ -40, 9, 1, 0 }, { 1, 10, 2, 0 }, { -14, 10, 1, 0 }, { 1, 11, 2, 0 },
		{ -18, 11, 1, 0 }, { 10, 12, 2, 0 }, { -20, 12, 1, 0 }, { 5, 13, 2, 0 },
		{ -70, 13, 1, 0 }, { 4, 14, 2, 0 }, { -112, 14, 1, 0 }, { 27, 15, 2, 0 },
		{ -54, 15, 1, 0 }, { 1, 16, 4, 0 }, { 1, 17, 2, 0 }, { -4, 17, 1, 0 },
		{ 13, 18, 2, 0 }, { -52, 18, 1, 0 }, { 1, 19, 2, 0 }, { -6, 19, 1, 0 },
		{ 1, 20, 2, 0 }, { 0, 0, 0, 0 } },
	{ { 3, 1, 2, 0 }, { -12, 1, 1, 0 }, { 4, 2, 2, 0 }, { -24, 2, 1, 0 }, { 2, 3, 2, 0 },
		{ -7, 4, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 5, 1, 2, 0 }, { 8, 2, 1, 0 }, { 1, 3, 2, 0 }, { -12, 3, 1, 0 }, { -2, 4, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { 0.5, 1, 2, 0 }, { -8, 1, 1, 0 }, { 2, 2, 2, 0 }, { -16, 2, 1, 0 }, { 3, 5, 2, 0 },
		{ -1, 6, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 1, 1, 2, 0 }, { 2, 2, 2, 0 }, { -8, 2, 1, 0 }, { -2, 1, 1, 2 }, { 14, 5, 1, 0 },
		{ -6, 6, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 4, 1, 1, 0 }, { 5, 2, 1, 0 }, { -3, 7, 1, 0 }, { 9, 8, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 10, 1, 1, 0 }, { -8, 2, 1, 0 }, { -17, 7, 1, 0 }, { 2, 8, 1, 0 }, { 0, 0, 0, 0 } },
	{ { -3, 1, 1, 0 }, { 6, 2, 1, 0 }, { 12, 9, 2, 0 }, { -192, 9, 1, 0 }, { -7, 10, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { -8, 1, 1, 0 }, { 2, 2, 1, 0 }, { 5, 9, 1, 0 }, { -2, 10, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 1, 1, 1, 0 }, { 1, 2, 1, 0 }, { 4, 11, 1, 0 }, { -21, 12, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 1, 1, 2, 0 }, { 15, 11, 1, 0 }, { -8, 12, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 4, 1, 1, 0 }, { 9, 2, 1, 0 }, { 5, 13, 2, 0 }, { -9, 14, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 3, 1, 1, 0 }, { 4, 2, 1, 0 }, { 3, 13, 2, 0 }, { -36, 13, 1, 0 }, { -14, 14, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { 14, 1, 2, 0 }, { 35, 15, 1, 0 }, { -79, 16, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 15, 2, 2, 0 }, { 11, 15, 1, 0 }, { -61, 16, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 5, 1, 2, 0 }, { 2, 2, 1, 0 }, { 9, 17, 4, 0 }, { -1, 18, 1, 0 }, { 0, 0, 0, 0 } },
	{ { 1, 1, 2, 0 }, { -1, 2, 1, 0 }, { 19, 19, 1, 0 }, { -20, 20, 1, 0 },
		{ 0, 0, 0, 0 } },
	{ { 7, 1, 2, 0 }, { 5, 2, 2, 0 }, { 1, 19, 2, 0 }, { -30, 20, 1, 0 }, { 0, 0, 0, 0 } },
};
static const double wong3_add[] = { 2614, -72, -4, 34, 8, -105, 0, 768, -12, 0, -28, -87, 98,
	-92, -54, -68, 19, 0 };

static double wong3_row(const double *data, const double *x, size_t i, double *g)
{
	(void)data;
	return polynomial(wong3[i], wong3_add[i], x, g);
}

static const struct small_form wong3_form = {
	.n = 20,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 17, 10, SMALL_POSITIVE }, { 0, 0, 0, 0 } },
	.row = wong3_row,
	.start = (const double[]){ 2, 3, 5, 5, 1, 2, 7, 3, 6, 10, 2, 2, 6, 15, 1, 2, 1, 2, 1,
		3 },
	.minimizer =
		(const double[]){
			2.175216193857568,
			2.3528504064498863,
			8.7664476644413138,
			5.066931690896463,
			0.98866738430739109,
			1.4309998462198448,
			1.3294829562410195,
			9.8359257845603718,
			8.2872770815092078,
			8.3701783347926337,
			2.2758276475786383,
			1.3586225254624726,
			6.0771860521721601,
			14.170829999673163,
			0.99623446344923117,
			0.65569105942479478,
			1.4665902550014158,
			2.0003613172597028,
			1.046587978118797,
			2.0631943333913734,
		},
	.optimum = 133.7282761678146,
	.optimum_error = 5e-14,
};

static void *wong3_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&wong3_form, opt, facts);
}

const struct nso_problem nso_problem_wong3 = {
	.name = "wong3",
	.title = "Wong 3",
	.reference = "Asaadi 1973; Luksan, Vlcek 2000, minimax problem 21",
	.formula = "f_1 + 10 max(0, 17 constraints)",
	.group = "minimax",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = wong3_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
