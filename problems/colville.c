/* colville.c -- the exact penalty of Colville's first problem and that of its dual (Shell), on
 * the same data; Colville 1968; Luksan, Vlcek 2000, problems 13 and 25. Neither is convex.
 * colville1 is unbounded below (the cubic term wins for x_1 -> -inf): f* is the local value
 * that the literature compares with. */
#include <stdlib.h>
#include "small.h"

enum { VARIABLES = 5, ROWS = 10 };

static const double a[ROWS][VARIABLES] = {
	{ -16, 2, 0, 1, 0 },
	{ 0, -2, 0, 4, 2 },
	{ -3.5, 0, 2, 0, 0 },
	{ 0, -2, 0, -4, -1 },
	{ 0, -9, -2, 1, -2.8 },
	{ 2, 0, -4, 0, 0 },
	{ -1, -1, -1, -1, -1 },
	{ -1, -2, -3, -2, -1 },
	{ 1, 2, 3, 4, 5 },
	{ 1, 1, 1, 1, 1 },
};
static const double b[ROWS] = { -40, -2, -0.25, -4, -4, -1, -40, -60, 5, 1 };
static const double c[VARIABLES][VARIABLES] = {
	{ 30, -20, -10, 32, -10 },
	{ -20, 39, -6, -31, 32 },
	{ -10, -6, 10, -6, -10 },
	{ 32, -31, -6, 39, -20 },
	{ -10, 32, -10, -20, 30 },
};
static const double d[VARIABLES] = { 4, 8, 10, 6, 2 };
static const double e[VARIABLES] = { -15, -27, -36, -18, -12 };

/* x' C x; adds 2 C x to g. */
static double quadratic(const double *x, double *g)
{
	double f = 0;

	for (size_t i = 0; i < VARIABLES; i++) {
		double cx = 0;

		for (size_t j = 0; j < VARIABLES; j++)
			cx += c[i][j] * x[j];
		f += x[i] * cx;
		if (g)
			g[i] += 2 * cx;
	}
	return f;
}

/* sum d_j x_j^3 times factor; adds its gradient to g. */
static double cubic(double factor, const double *x, double *g)
{
	double f = 0;

	for (size_t j = 0; j < VARIABLES; j++) {
		f += factor * d[j] * x[j] * x[j] * x[j];
		if (g)
			g[j] += 3 * factor * d[j] * x[j] * x[j];
	}
	return f;
}

/* ------------------------------------------------------------------ colville1 ------------ */

static double primal_row(const double *data, const double *x, size_t i, double *g)
{
	double f;

	(void)data;
	if (i == 0) {
		f = cubic(1, x, g) + quadratic(x, g);
		for (size_t j = 0; j < VARIABLES; j++) {
			f += e[j] * x[j];
			if (g)
				g[j] += e[j];
		}
		return f;
	}
	f = b[i - 1];
	for (size_t j = 0; j < VARIABLES; j++) {
		f -= a[i - 1][j] * x[j];
		if (g)
			g[j] = -a[i - 1][j];
	}
	return f;
}

static const struct small_form primal = {
	.n = VARIABLES,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, ROWS, 50, SMALL_POSITIVE }, { 0 } },
	.row = primal_row,
	.options = small_kink,
	.start = (const double[]){ 0, 0, 0, 0, 1 },
	.minimizer =
		(const double[]){
			0.29999999999999999,
			0.33346760653460711,
			0.40000000000000002,
			0.42831010478169879,
			0.22396487356079811,
		},
	.optimum = -32.348678965722705,
	.optimum_error = 1e-14,
};

static void *primal_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&primal, opt, facts);
}

const struct nso_problem nso_problem_colville1 = {
	.name = "colville1",
	.title = "Colville 1",
	.reference = "Colville 1968; Luksan, Vlcek 2000, problem 13",
	.formula = "sum d_j x_j^3 + x'Cx + e'x + 50 max(0, max_i b_i - a_i'x)",
	.group = "small",
	.traits = NSO_UNBOUNDED | NSO_KINK_START,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_kink,
	.make = primal_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ shell-dual ----------- */

/* Row 0 x'Cx - b'y; row 1 twice the cubic; rows 2 to 6 h_j; rows 7 to 21 minus a variable;
 * the point is (x, y), 5 and 10 numbers. */
static double dual_row(const double *data, const double *z, size_t i, double *g)
{
	const double *y = z + VARIABLES;
	double f;

	(void)data;
	if (i == 1)
		return cubic(2, z, g);
	if (i >= 2 + VARIABLES) {
		if (g)
			g[i - 2 - VARIABLES] = -1;
		return -z[i - 2 - VARIABLES];
	}
	if (i == 0) {
		f = quadratic(z, g);
		for (size_t k = 0; k < ROWS; k++) {
			f -= b[k] * y[k];
			if (g)
				g[VARIABLES + k] = -b[k];
		}
		return f;
	}
	i -= 2;
	f = -3 * d[i] * z[i] * z[i] - e[i];
	for (size_t j = 0; j < VARIABLES; j++) {
		f -= 2 * c[j][i] * z[j];
		if (g)
			g[j] -= 2 * c[j][i];
	}
	for (size_t k = 0; k < ROWS; k++) {
		f += a[k][i] * y[k];
		if (g)
			g[VARIABLES + k] = a[k][i];
	}
	if (g)
		g[i] -= 6 * d[i] * z[i];
	return f;
}

static const struct small_form dual = {
	.n = VARIABLES + ROWS,
	.smooth = 1,
	.groups = (const struct small_group[]){ { 1, 1, 1, SMALL_ABSOLUTE },
		{ VARIABLES, 1, 100, SMALL_POSITIVE },
		{ VARIABLES + ROWS, 1, 100, SMALL_POSITIVE }, { 0 } },
	.row = dual_row,
	.start = (const double[]){ 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4,
		1e-4, 60, 1e-4, 1e-4, 1e-4 },
	.minimizer =
		(const double[]){
			0.30000000000000004,
			0.33346760653460683,
			0.39999999999999997,
			0.42831010478169851,
			0.22396487356079828,
			0,
			0,
			5.1740407276981744,
			0,
			3.061108687758451,
			11.839545664800735,
			0,
			0,
			0.10389619077061583,
			0,
		},
	.optimum = 32.34867896572379,
	.optimum_error = 1e-14,
};

static void *dual_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&dual, opt, facts);
}

const struct nso_problem nso_problem_shell_dual = {
	.name = "shell-dual",
	.title = "Shell dual",
	.reference = "Colville 1968; Luksan, Vlcek 2000, problem 25",
	.formula = "|2 sum d_j x_j^3| + x'Cx - b'y + 100 sum max(0, h_j) + 100 sum max(0, "
		   "-z_i), z = (x, y), "
		   "h = A'y - 2Cx - 3 d x^2 - e",
	.group = "small",
	.traits = 0,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = dual_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
