/* ferrier.c -- Ferrier polynomials h_i(x) = i x_i^2 - 2 x_i + sum_j x_j in four non-smooth
 * functions: Hare, Sagastizabal 2010 (f1, f2, f4, f5). Non-convex, lower-C^2, f* = 0 at 0. */
#include <stdlib.h>
#include "nsobench.h"
#include "rows.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e7, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

struct ferrier {
	size_t n;
	double minimizer[];
};

/* |h_i| is weakly convex with 2 i, the curvature of h_i, in coordinate i alone. */
static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N];
	struct ferrier *p = calloc(1, sizeof *p + n * sizeof *p->minimizer);

	(void)rng;
	if (!p)
		return NULL;
	p->n = facts->n = n;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	facts->weak_convexity = 2 * (double)n;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct ferrier *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = 1 / ((double)(i + 1) * (double)(i + 1));
}

static double total(const struct ferrier *p, const double *x)
{
	double sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += x[i];
	return sum;
}

static double h(size_t i, const double *x, double sum)
{
	return (double)(i + 1) * x[i] * x[i] - 2 * x[i] + sum;
}

/* g += c grad h_i */
static void add(const struct ferrier *p, size_t i, const double *x, double c, double *g)
{
	for (size_t j = 0; j < p->n; j++)
		g[j] += c;
	g[i] += c * (2 * (double)(i + 1) * x[i] - 2);
}

static double f1(const void *self, const double *x, double *g)
{
	const struct ferrier *p = self;
	double sum = total(p, x), value = 0, signs = 0;

	for (size_t i = 0; i < p->n; i++) {
		double v = h(i, x, sum), s = (v > 0) - (v < 0);

		value += fabs(v);
		signs += s;
		if (g)
			g[i] = s * (2 * (double)(i + 1) * x[i] - 2);
	}
	for (size_t i = 0; g && i < p->n; i++)
		g[i] += signs;
	return value;
}

static double f2(const void *self, const double *x, double *g)
{
	const struct ferrier *p = self;
	double sum = total(p, x), most = fabs(h(0, x, sum));
	size_t at = 0;

	for (size_t i = 1; i < p->n; i++)
		if (fabs(h(i, x, sum)) > most) {
			most = fabs(h(i, x, sum));
			at = i;
		}
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = 0;
	if (g)
		add(p, at, x, h(at, x, sum) < 0 ? -1 : 1, g);
	return most;
}

static double f4(const void *self, const double *x, double *g)
{
	const struct ferrier *p = self;
	double value = f1(self, x, g);

	for (size_t i = 0; g && i < p->n; i++)
		g[i] += x[i];
	return value + vec_norm2(p->n, x) / 2;
}

static double f5(const void *self, const double *x, double *g)
{
	const struct ferrier *p = self;
	double value = f1(self, x, g), length = sqrt(vec_norm2(p->n, x));

	for (size_t i = 0; g && length > 0 && i < p->n; i++)
		g[i] += x[i] / (2 * length);
	return value + length / 2;
}

static void hulls(const struct ferrier *p, const double *x, double tol, struct nso_pieces *out)
{
	double sum = total(p, x);

	for (size_t i = 0; i < p->n; i++)
		if (2 * fabs(h(i, x, sum)) <= tol) {
			nso_hull(out);
			add(p, i, x, 1, nso_row(out, 0, p->n));
			add(p, i, x, -1, nso_row(out, 0, p->n));
		}
}

static void decided(const struct ferrier *p, const double *x, double tol, double *base)
{
	double sum = total(p, x);

	for (size_t i = 0; i < p->n; i++)
		if (!(2 * fabs(h(i, x, sum)) <= tol))
			add(p, i, x, h(i, x, sum) < 0 ? -1 : 1, base);
}

static void f1_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct ferrier *p = self;

	decided(p, x, tol, nso_row(out, 0, p->n));
	hulls(p, x, tol, out);
}

static void f2_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct ferrier *p = self;
	double most = f2(self, x, NULL), sum = total(p, x);

	nso_hull(out);
	for (size_t i = 0; i < p->n; i++)
		for (int s = -1; s <= 1; s += 2)
			if (s * h(i, x, sum) >= most - tol)
				add(p, i, x, s, nso_row(out, 0, p->n));
}

static void f4_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct ferrier *p = self;
	double *base = nso_row(out, 0, p->n);

	for (size_t i = 0; i < p->n; i++)
		base[i] = x[i];
	decided(p, x, tol, base);
	hulls(p, x, tol, out);
}

static void f5_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct ferrier *p = self;
	double *base = nso_row(out, 0, p->n), length = sqrt(vec_norm2(p->n, x));

	for (size_t i = 0; length > tol && i < p->n; i++)
		base[i] = x[i] / (2 * length);
	decided(p, x, tol, base);
	hulls(p, x, tol, out);
	if (length > tol)
		return;
	nso_ball(out);
	for (size_t i = 0; i < p->n; i++)
		*nso_row(out, i, 1) = 0.5;
}

static const char source[] = "Hare, Sagastizabal 2010";

const struct nso_problem nso_problem_ferrier_f1 = {
	.name = "ferrier-f1",
	.title = "Ferrier f1",
	.reference = source,
	.formula = "sum_i |h_i|, h_i = i x_i^2 - 2 x_i + sum_j x_j",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = f1,
	.pieces = f1_pieces,
	.free = free,
};

const struct nso_problem nso_problem_ferrier_f2 = {
	.name = "ferrier-f2",
	.title = "Ferrier f2",
	.reference = source,
	.formula = "max_i |h_i|, h_i = i x_i^2 - 2 x_i + sum_j x_j",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = f2,
	.pieces = f2_pieces,
	.free = free,
};

const struct nso_problem nso_problem_ferrier_f4 = {
	.name = "ferrier-f4",
	.title = "Ferrier f4",
	.reference = source,
	.formula = "sum_i |h_i| + |x|^2/2, h_i = i x_i^2 - 2 x_i + sum_j x_j",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = f4,
	.pieces = f4_pieces,
	.free = free,
};

const struct nso_problem nso_problem_ferrier_f5 = {
	.name = "ferrier-f5",
	.title = "Ferrier f5",
	.reference = source,
	.formula = "sum_i |h_i| + |x|/2, h_i = i x_i^2 - 2 x_i + sum_j x_j",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = f5,
	.pieces = f5_pieces,
	.free = free,
};
