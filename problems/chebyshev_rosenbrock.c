/* chebyshev_rosenbrock.c -- Nesterov's Chebyshev-Rosenbrock functions, one smooth and two
 * non-smooth: Gurbuzbalaban, Overton 2012. The minimizer is (1, .., 1); a descent path must
 * follow a manifold that oscillates like the Chebyshev polynomial of degree 2^(n-1). */
#include <stdlib.h>
#include "nsobench.h"
#include "rows.h"

enum { N, PERTURB };
static const struct nso_option options[] = {
	[N] = { "n", 4, 2, 60, "dimension; hard from 8 on", NULL, "Gurbuzbalaban, Overton 2012",
		1 },
	[PERTURB] = OPTION_PERTURB,
	{ 0 },
};

struct chebyshev {
	size_t n;
	double perturb;
	double minimizer[];
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N];
	struct chebyshev *p = calloc(1, sizeof *p + n * sizeof *p->minimizer);

	(void)rng;
	if (!p)
		return NULL;
	p->n = facts->n = n;
	p->perturb = opt[PERTURB];
	for (size_t i = 0; i < n; i++)
		p->minimizer[i] = 1;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	return p;
}

/* |q| with the quadratic q of Hessian -4 e_i e_i'; the terms curve different coordinates. */
static void *make_first(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	facts->weak_convexity = 4;
	return make(opt, rng, facts);
}

/* |g_1| <= 1/4 + 2, |g_i| <= 2 + 1, |g_n| <= 1. Sharp near the minimizer: a polyhedral function
 * there with that single solution. */
static void *make_second(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	facts->lipschitz = sqrt(2.25 * 2.25 + 9 * (opt[N] - 2) + 1);
	return make(opt, rng, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct chebyshev *p = self;

	x[0] = -1;
	for (size_t i = 1; i < p->n; i++)
		x[i] = 1;
	vec_perturb(rng, p->n, p->perturb, x);
}

static double sign(double v) { return (v > 0) - (v < 0); }

static double smooth(const void *self, const double *x, double *g)
{
	const struct chebyshev *p = self;
	double sum = (x[0] - 1) * (x[0] - 1) / 4;

	if (g)
		for (size_t i = 0; i < p->n; i++)
			g[i] = i ? 0 : (x[0] - 1) / 2;
	for (size_t i = 0; i + 1 < p->n; i++) {
		double r = x[i + 1] - 2 * x[i] * x[i] + 1;

		sum += r * r;
		if (g) {
			g[i + 1] += 2 * r;
			g[i] -= 8 * r * x[i];
		}
	}
	return sum;
}

static double first(const void *self, const double *x, double *g)
{
	const struct chebyshev *p = self;
	double sum = (x[0] - 1) * (x[0] - 1) / 4;

	if (g)
		for (size_t i = 0; i < p->n; i++)
			g[i] = i ? 0 : (x[0] - 1) / 2;
	for (size_t i = 0; i + 1 < p->n; i++) {
		double r = x[i + 1] - 2 * x[i] * x[i] + 1;

		sum += fabs(r);
		if (g) {
			g[i + 1] += sign(r);
			g[i] -= 4 * sign(r) * x[i];
		}
	}
	return sum;
}

/* At x_i = 0 any slope of -2|x_i| between -2 and 2 may stand; a product of signs must be that
 * of one piece, so 0 counts as positive in both. */
static double second(const void *self, const double *x, double *g)
{
	const struct chebyshev *p = self;
	double sum = fabs(x[0] - 1) / 4;

	if (g)
		for (size_t i = 0; i < p->n; i++)
			g[i] = i ? 0 : (x[0] < 1 ? -0.25 : 0.25);
	for (size_t i = 0; i + 1 < p->n; i++) {
		double r = x[i + 1] - 2 * fabs(x[i]) + 1, s = r < 0 ? -1 : 1;

		sum += fabs(r);
		if (g) {
			g[i + 1] += s;
			g[i] -= 2 * s * (x[i] < 0 ? -1 : 1);
		}
	}
	return sum;
}

static void first_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct chebyshev *p = self;
	double *base = nso_row(out, 0, p->n);

	base[0] = (x[0] - 1) / 2;
	for (size_t i = 0; i + 1 < p->n; i++) {
		double r = x[i + 1] - 2 * x[i] * x[i] + 1;

		if (!(2 * fabs(r) <= tol)) {
			base[i + 1] += sign(r);
			base[i] -= 4 * sign(r) * x[i];
		}
	}
	for (size_t i = 0; i + 1 < p->n; i++)
		if (2 * fabs(x[i + 1] - 2 * x[i] * x[i] + 1) <= tol) {
			nso_hull(out);
			for (int s = -1; s <= 1; s += 2) {
				double *row = nso_row(out, i, 2);

				row[0] = -4 * s * x[i];
				row[1] = s;
			}
		}
}

/*
 * Rows s (e_{i+1} - 2 sigma e_i) over the active signs s of x_{i+1} - 2|x_i| + 1 and sigma of
 * x_i. The terms are not regular, yet the sum is exact: within a chain of active terms at most
 * one x_i is 0 (after it come -1, 1, 1, ..), so a direction with any prescribed signs exists,
 * built outward from that index, and every combination is the gradient of a full-dimensional
 * linear piece.
 */
static void second_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct chebyshev *p = self;

	nso_hull(out);
	if (x[0] <= 1 + 2 * tol)
		*nso_row(out, 0, 1) = -0.25;
	if (x[0] >= 1 - 2 * tol)
		*nso_row(out, 0, 1) = 0.25;
	for (size_t i = 0; i + 1 < p->n; i++) {
		double r = x[i + 1] - 2 * fabs(x[i]) + 1;

		nso_hull(out);
		for (int s = -1; s <= 1; s += 2)
			for (int sigma = -1; sigma <= 1; sigma += 2) {
				double *row;

				if (2 * s * r < -tol || 4 * sigma * x[i] < -tol)
					continue;
				row = nso_row(out, i, 2);
				row[0] = -2 * s * sigma;
				row[1] = s;
			}
	}
}

const struct nso_problem nso_problem_chebyshev_rosenbrock = {
	.name = "chebyshev-rosenbrock",
	.title = "Chebyshev-Rosenbrock (smooth)",
	.reference = "Gurbuzbalaban, Overton 2012, equation (1)",
	.formula = "(x_1 - 1)^2/4 + sum_i (x_{i+1} - 2 x_i^2 + 1)^2",
	.group = "analytic",
	.traits = NSO_SMOOTH,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = smooth,
	.free = free,
};

const struct nso_problem nso_problem_chebyshev_rosenbrock_1 = {
	.name = "chebyshev-rosenbrock-1",
	.title = "Chebyshev-Rosenbrock I",
	.reference = "Gurbuzbalaban, Overton 2012, first non-smooth variant",
	.formula = "(x_1 - 1)^2/4 + sum_i |x_{i+1} - 2 x_i^2 + 1|",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX | NSO_KINK_START,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make_first,
	.start = start,
	.eval = first,
	.pieces = first_pieces,
	.free = free,
};

const struct nso_problem nso_problem_chebyshev_rosenbrock_2 = {
	.name = "chebyshev-rosenbrock-2",
	.title = "Chebyshev-Rosenbrock II",
	.reference = "Gurbuzbalaban, Overton 2012, second non-smooth variant",
	.formula = "|x_1 - 1|/4 + sum_i |x_{i+1} - 2|x_i| + 1|",
	.group = "analytic",
	.traits = NSO_KINK_START | NSO_SHARP,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make_second,
	.start = start,
	.eval = second,
	.pieces = second_pieces,
	.free = free,
};
