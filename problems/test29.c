/* test29.c -- members of Luksan's UFO collection TEST29 as used by NonOpt and by the papers on
 * limited memory bundle and BFGS methods: absolute residuals of sparse equations, any n. Member
 * 5 is l1hilb. Members 6, 19, 20, 24 have points that are stationary but not optimal (values
 * about 2, 1, 0.5, 0.11), where most methods stop; their roots are found here by Newton's
 * method. */
#include <stdlib.h>
#include "equations.h"

enum { N };

/* ------------------------------------------------------------------ test29-2 ------------- */

static const struct nso_option options_2[] = {
	[N] = { "n", 50, 1, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

static double row_2(size_t n, const double *x, size_t i, struct window *w)
{
	(void)n;
	if (w)
		*w = (struct window){ i, 1, { 1 } };
	return x[i];
}

static double start_2(size_t n, size_t i)
{
	double v = (double)(i + 1) / (double)n;

	return i < n / 2 ? v : -v;
}

static const struct equations_form form_2 = {
	.kind = LARGEST,
	.row = row_2,
	.start = start_2,
};

static void *make_2(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	void *p = equations_make(&form_2, opt[N], facts);

	(void)rng;
	if (!p)
		return NULL;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = equations_minimizer(p);
	facts->lipschitz = 1;
	facts->sharpness = 1 / sqrt(opt[N]);
	return p;
}

const struct nso_problem nso_problem_test29_2 = {
	.name = "test29-2",
	.title = "TEST29 2",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 2",
	.formula = "max_i |x_i|",
	.group = "test29",
	.traits = NSO_CONVEX | NSO_FINITE_MAX | NSO_POLYHEDRAL | NSO_SHARP,
	.instances = NSO_SHIFTED,
	.options = options_2,
	.make = make_2,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* The neighbours of x_i, with the values given beyond the ends. */
struct three {
	double left, mid, right;
};

static struct three around(size_t n, const double *x, size_t i, double before, double after)
{
	return (struct three){ i ? x[i - 1] : before, x[i], i + 1 < n ? x[i + 1] : after };
}

/* Derivatives by the left neighbour, x_i and the right one, cut at the ends. */
static void tridiagonal(
	struct window *w, size_t n, size_t i, double left, double mid, double right)
{
	size_t k = 0;

	if (!w)
		return;
	w->first = i ? i - 1 : 0;
	if (i)
		w->g[k++] = left;
	w->g[k++] = mid;
	if (i + 1 < n)
		w->g[k++] = right;
	w->len = k;
}

/* ------------------------------------------------------------------ test29-6 ------------- */

static const struct nso_option options_6[] = {
	[N] = { "n", 50, 2, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

static double row_6(size_t n, const double *x, size_t i, struct window *w)
{
	struct three t = around(n, x, i, 0, 0);

	tridiagonal(w, n, i, -1, 3 - 4 * t.mid, -1);
	return (3 - 2 * t.mid) * t.mid + 1 - t.left - t.right;
}

static double start_6(size_t n, size_t i)
{
	(void)n;
	(void)i;
	return -1;
}

static const struct equations_form form_6 = {
	.kind = LARGEST,
	.row = row_6,
	.start = start_6,
	.root = 1,
};

static void *make_6(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return equations_make(&form_6, opt[N], facts);
}

const struct nso_problem nso_problem_test29_6 = {
	.name = "test29-6",
	.title = "TEST29 6",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 6",
	.formula = "max_i |(3 - 2 x_i) x_i + 1 - x_{i-1} - x_{i+1}|, x_0 = x_{n+1} = 0",
	.group = "test29",
	.traits = NSO_FINITE_MAX | NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options_6,
	.make = make_6,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ test29-11 ------------ */

static const struct nso_option options_11[] = {
	[N] = { "n", 50, 2, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

/* Freudenstein and Roth's pair of equations on every link. */
static double row_11(size_t n, const double *x, size_t i, struct window *w)
{
	double a = x[i / 2], b = x[i / 2 + 1];

	(void)n;
	if (w)
		*w = (struct window){ i / 2, 2,
			{ 1, i % 2 ? (3 * b + 2) * b - 14 : (10 - 3 * b) * b - 2 } };
	return i % 2 ? a + b * ((1 + b) * b - 14) - 29 : a + b * ((5 - b) * b - 2) - 13;
}

static size_t rows_11(size_t n) { return 2 * (n - 1); }

static double start_11(size_t n, size_t i) { return i + 1 < n ? 0.5 : -2; }

static const struct equations_form form_11 = {
	.kind = SUM,
	.row = row_11,
	.start = start_11,
	.rows = rows_11,
};

static void *make_11(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	void *p = equations_make(&form_11, opt[N], facts);

	(void)rng;
	if (!p)
		return NULL;
	if (facts->n == 2) { /* for more unknowns no optimal value is known */
		facts->optimum = facts->optimum_error = 0;
		facts->minimizer = equations_minimizer(p);
		equations_minimizer(p)[0] = 5;
		equations_minimizer(p)[1] = 4;
	}
	return p;
}

const struct nso_problem nso_problem_test29_11 = {
	.name = "test29-11",
	.title = "TEST29 11",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 11",
	.formula = "sum_{i<n} |x_i + x_{i+1} ((5 - x_{i+1}) x_{i+1} - 2) - 13| + |x_i + "
		   "x_{i+1} ((1 + x_{i+1}) x_{i+1} - 14) - 29|",
	.group = "test29",
	.traits = 0,
	.instances = NSO_SHIFTED,
	.options = options_11,
	.make = make_11,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ test29-13 ------------ */

static const struct nso_option options_13[] = {
	[N] = { "n", 50, 4, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

/* Not Lipschitz where a coordinate vanishes: the powers go down to 1/12. */
static double row_13(size_t n, const double *x, size_t k, struct window *w)
{
	static const double y[4] = { -14.4, -6.8, -4.2, -3.2 };
	size_t first = 2 * (k / 4), l = k % 4 + 1;
	double f = y[l - 1];

	(void)n;
	if (w)
		*w = (struct window){ first, 4, { 0 } };
	for (int h = 1; h <= 3; h++) {
		double product = (double)(h * h) / (double)l;

		for (size_t j = 0; j < 4; j++)
			product *= copysign(
				pow(fabs(x[first + j]), (double)(j + 1) / (double)(h * (int)l)),
				x[first + j]);
		f += product;
		for (size_t j = 0; w && j < 4; j++)
			if (x[first + j] != 0)
				w->g[j] += product * (double)(j + 1) / (double)(h * (int)l) /
					   x[first + j];
	}
	return f;
}

static size_t rows_13(size_t n) { return 2 * (n - 2); }

static double start_13(size_t n, size_t i)
{
	static const double v[4] = { -0.8, 1.2, -1.2, 0.8 };

	(void)n;
	return v[i % 4];
}

static const struct equations_form form_13 = {
	.kind = SUM,
	.row = row_13,
	.start = start_13,
	.rows = rows_13,
	.divisor = 2,
};

static void *make_13(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return equations_make(&form_13, opt[N], facts);
}

const struct nso_problem nso_problem_test29_13 = {
	.name = "test29-13",
	.title = "TEST29 13",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 13",
	.formula = "sum_{k<=2(n-2)} |y_l + sum_{h<=3} (h^2/l) prod_{j<=4} sgn(x_{i+j}) "
		   "|x_{i+j}|^(j/(h l))|, i = 2 floor((k+3)/4) - 2, l = (k-1) mod 4 + 1",
	.group = "test29",
	.traits = 0,
	.instances = NSO_SHIFTED,
	.options = options_13,
	.make = make_13,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ test29-17 ------------ */

static const struct nso_option options_17[] = {
	[N] = { "n", 50, 5, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

static double row_17(size_t n, const double *x, size_t i, struct window *w)
{
	size_t first = i - i % 5;
	double weight = (double)(i / 5 + 1), f = 5 - weight * (1 - cos(x[i])) - sin(x[i]);

	(void)n;
	if (w)
		*w = (struct window){ first, 5, { 0 } };
	for (size_t k = 0; k < 5; k++) {
		f -= cos(x[first + k]);
		if (w)
			w->g[k] = sin(x[first + k]);
	}
	if (w)
		w->g[i % 5] -= weight * sin(x[i]) + cos(x[i]);
	return f;
}

static double start_17(size_t n, size_t i)
{
	(void)i;
	return 1 / (double)n;
}

static const struct equations_form form_17 = {
	.kind = LARGEST,
	.row = row_17,
	.start = start_17,
	.divisor = 5,
};

static void *make_17(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	void *p = equations_make(&form_17, opt[N], facts);

	(void)rng;
	if (!p)
		return NULL;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = equations_minimizer(p);
	return p;
}

const struct nso_problem nso_problem_test29_17 = {
	.name = "test29-17",
	.title = "TEST29 17",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 17",
	.formula = "max_i |5 - (j+1)(1 - cos x_i) - sin x_i - sum_{k=5j+1..5j+5} cos x_k|, j = "
		   "floor((i-1)/5)",
	.group = "test29",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = options_17,
	.make = make_17,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ test29-19 ------------ */

static const struct nso_option options_19[] = {
	[N] = { "n", 50, 2, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

static double row_19(size_t n, const double *x, size_t i, struct window *w)
{
	struct three t = around(n, x, i, 0, 0);

	tridiagonal(w, n, i, -1, 3 - 4 * t.mid, -2);
	return (3 - 2 * t.mid) * t.mid + 1 - t.left - 2 * t.right;
}

static double start_19(size_t n, size_t i)
{
	(void)n;
	(void)i;
	return -1;
}

static const struct equations_form form_19 = {
	.kind = LARGEST_SQUARE,
	.row = row_19,
	.start = start_19,
	.root = 1,
};

static void *make_19(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return equations_make(&form_19, opt[N], facts);
}

const struct nso_problem nso_problem_test29_19 = {
	.name = "test29-19",
	.title = "TEST29 19",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 19",
	.formula = "max_i ((3 - 2 x_i) x_i - x_{i-1} - 2 x_{i+1} + 1)^2, x_0 = x_{n+1} = 0",
	.group = "test29",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = options_19,
	.make = make_19,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ test29-20 ------------ */

static const struct nso_option options_20[] = {
	[N] = { "n", 50, 2, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

static double row_20(size_t n, const double *x, size_t i, struct window *w)
{
	struct three t = around(n, x, i, 0, 0);

	tridiagonal(w, n, i, 1, t.mid - 3, 2);
	return (0.5 * t.mid - 3) * t.mid - 1 + t.left + 2 * t.right;
}

static double start_20(size_t n, size_t i)
{
	(void)n;
	(void)i;
	return -1;
}

static const struct equations_form form_20 = {
	.kind = LARGEST,
	.row = row_20,
	.start = start_20,
	.root = 1,
};

static void *make_20(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return equations_make(&form_20, opt[N], facts);
}

const struct nso_problem nso_problem_test29_20 = {
	.name = "test29-20",
	.title = "TEST29 20",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 20",
	.formula = "max_i |(0.5 x_i - 3) x_i - 1 + x_{i-1} + 2 x_{i+1}|, x_0 = x_{n+1} = 0",
	.group = "test29",
	.traits = NSO_FINITE_MAX | NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options_20,
	.make = make_20,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ test29-22 ------------ */

static const struct nso_option options_22[] = {
	[N] = { "n", 50, 2, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

/* Discrete boundary value problem (More, Garbow, Hillstrom 1981, function 28). */
static double row_22(size_t n, const double *x, size_t i, struct window *w)
{
	struct three t = around(n, x, i, 0, 0);
	double h = 1 / ((double)n + 1), u = t.mid + (double)(i + 1) * h + 1;

	tridiagonal(w, n, i, -1, 2 + 1.5 * h * h * u * u, -1);
	return 2 * t.mid + h * h / 2 * u * u * u - t.left - t.right;
}

static double start_22(size_t n, size_t i)
{
	double t = (double)(i + 1) / ((double)n + 1);

	return t * (t - 1);
}

static const struct equations_form form_22 = {
	.kind = LARGEST,
	.row = row_22,
	.start = start_22,
	.root = 1,
};

static void *make_22(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return equations_make(&form_22, opt[N], facts);
}

const struct nso_problem nso_problem_test29_22 = {
	.name = "test29-22",
	.title = "TEST29 22",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 22",
	.formula = "max_i |2 x_i + (h^2/2)(x_i + i h + 1)^3 - x_{i-1} - x_{i+1}|, h = 1/(n+1), "
		   "x_0 = x_{n+1} = 0",
	.group = "test29",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = options_22,
	.make = make_22,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ test29-24 ------------ */

static const struct nso_option options_24[] = {
	[N] = { "n", 50, 2, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

/* Troesch's boundary value problem. */
static double row_24(size_t n, const double *x, size_t i, struct window *w)
{
	struct three t = around(n, x, i, 0, 1);
	double h = 1 / ((double)n + 1);

	tridiagonal(w, n, i, -1, 2 + 100 * h * h * cosh(10 * t.mid), -1);
	return 2 * t.mid + 10 * h * h * sinh(10 * t.mid) - t.left - t.right;
}

static double start_24(size_t n, size_t i)
{
	(void)n;
	(void)i;
	return 1;
}

static const struct equations_form form_24 = {
	.kind = LARGEST,
	.row = row_24,
	.start = start_24,
	.root = 1,
};

static void *make_24(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return equations_make(&form_24, opt[N], facts);
}

const struct nso_problem nso_problem_test29_24 = {
	.name = "test29-24",
	.title = "TEST29 24",
	.reference = "Luksan, Tuma et al., UFO: TEST29, problem 24",
	.formula = "max_i |2 x_i + 10 h^2 sinh(10 x_i) - x_{i-1} - x_{i+1}|, h = 1/(n+1), x_0 "
		   "= 0, x_{n+1} = 1",
	.group = "test29",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = options_24,
	.make = make_24,
	.start = equations_start,
	.eval = equations_eval,
	.pieces = equations_pieces,
	.free = free,
};
