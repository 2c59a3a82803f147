/* brown2.c -- nonsmooth Brown 2: sum over i < n of |x_i|^(x_{i+1}^2 + 1) + |x_{i+1}|^(x_i^2 +
 * 1), Conn, Gould, Toint 1988 made non-smooth; Haarala, Miettinen, Makela 2004, problem 7. Not
 * convex; minimizer 0, f* = 0. A kink at x_i = 0 wherever a neighbour is 0: the exponent is
 * then 1. */
#include <stdlib.h>
#include "large.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 2, 1e8, "dimension", NULL, "Haarala et al. 2004 use 50, 200, 1000",
		1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = facts->optimum_error = 0;
	return large_make(opt[N], 0, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = i % 2 ? 1 : -1;
}

/* |a|^(b^2 + 1) with l = ln|a|: the value, |d/da| and d/db. */
struct power {
	double value, slope, other;
};

static struct power power(double a, double l, double b)
{
	double e = b * b, less; /* less = |a|^(b^2) */

	if (a == 0) {
		less = e == 0 ? 1 : 0;
		return (struct power){ isnan(b) ? b : 0, (e + 1) * less, 0 };
	}
	less = exp(e * l);
	return (struct power){ fabs(a) * less, (e + 1) * less, 2 * b * l * fabs(a) * less };
}

static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	double f = 0, a = x[0], la = log(fabs(a)), carry = 0;

	for (size_t i = 0; i + 1 < p->n; i++) {
		double b = x[i + 1], lb = log(fabs(b));
		struct power u = power(a, la, b), v = power(b, lb, a);

		f += u.value + v.value;
		if (g)
			g[i] = carry + copysign(u.slope, a) + v.other;
		carry = u.other + copysign(v.slope, b);
		a = b;
		la = lb;
	}
	if (g)
		g[p->n - 1] = carry;
	return f;
}

/* The summand |a|^(b^2+1), a = x_i, b = x_j: the pieces of |a| and the smooth dependence on b.
 * Within the tolerance of its kink the slope is the steepest one met there: with b = 1e-9 the
 * exact slope at a = 0 is 0, and 1 at any distance that a number can express. */
static void summand(const double *x, size_t i, size_t j, double tol, struct nso_pieces *out)
{
	struct power u = power(x[i], log(fabs(x[i])), x[j]);
	size_t first = i < j ? i : j;
	int kink = 2 * u.value <= tol;
	double e = x[j] * x[j],
	       slope = kink && tol > 0 ? (e + 1) * pow(tol / 2, e / (e + 1)) : u.slope;

	nso_hull(out);
	for (int sign = -1; sign <= 1; sign += 2)
		if (sign * x[i] >= 0 || kink) {
			double *row = nso_row(out, first, 2);

			row[i - first] = sign * slope;
			row[j - first] = u.other;
		}
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	for (size_t i = 0; i + 1 < p->n; i++) {
		summand(x, i, i + 1, tol, out);
		summand(x, i + 1, i, tol, out);
	}
}

const struct nso_problem nso_problem_brown2 = {
	.name = "brown2",
	.title = "Nonsmooth Brown 2",
	.reference = "Haarala, Miettinen, Makela 2004, problem 7",
	.formula = "sum_{i<n} |x_i|^(x_{i+1}^2 + 1) + |x_{i+1}|^(x_i^2 + 1)",
	.group = "large",
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
