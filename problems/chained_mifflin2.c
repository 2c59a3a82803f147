/* chained_mifflin2.c -- chained Mifflin 2: sum over i < n of -x_i + 2 y_i + 1.75 |y_i|,
 * y_i = x_i^2 + x_{i+1}^2 - 1. Haarala, Miettinen, Makela 2004, problem 8.
 *
 * The literature lists it as not convex, but a link is max(3.75 y_i, 0.25 y_i) - x_i, a maximum
 * of convex quadratics. So the stationary point x = (sqrt(1-c^2), c, a, b, a, b, ..., 0), b^2 =
 * 1 - a^2, is the global minimizer, and with m = (n-2)/2 even n: f* = A + min_a a^2/2 - 1/2 - m
 * a - (m-1) sqrt(1-a^2), odd n:  f* = A - 1/4 - (n-3)/2 sqrt 2 with a = b,      A = min_c
 * -sqrt(1-c^2) - c + c^2/4, which agrees with the published -34.795 (n = 50), -140.86 (200),
 * -706.55 (1000). */
#include <stdlib.h>
#include "links.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 3, 1e8, "dimension", NULL, "Haarala et al. 2004 use 50, 200, 1000",
		1 },
	{ 0 },
};

struct arc {
	double sine, cosine, value;
};

/* min over 0 <= t <= pi/2 of q sin^2 t - u sin t - w cos t: Newton's method from the best of 65
 * points; the functions met here have one minimum there. */
static struct arc arc_minimum(double q, double u, double w)
{
	double best = 0, least = INFINITY;

	for (int k = 0; k <= 64; k++) {
		double t = M_PI_2 * k / 64, v = q * sin(t) * sin(t) - u * sin(t) - w * cos(t);

		if (v < least) {
			least = v;
			best = t;
		}
	}
	for (int k = 0; k < 30; k++) {
		double slope = q * sin(2 * best) - u * cos(best) + w * sin(best);
		double bend = 2 * q * cos(2 * best) + u * sin(best) + w * cos(best);

		if (bend > 1e-6) /* n = 4: the minimum sits at pi/2 and is flat */
			best -= slope / bend;
	}
	return (struct arc){ sin(best), cos(best),
		q * sin(best) * sin(best) - u * sin(best) - w * cos(best) };
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct large *p = large_make(opt[N], 0, facts);
	struct arc head = arc_minimum(0.25, 1, 1), tail;
	double m = (opt[N] - 2) / 2;

	(void)rng;
	if (!p)
		return NULL;
	tail = p->n % 2
		       ? (struct arc){ sqrt(0.5), sqrt(0.5), 0.25 - (opt[N] - 3) / 2 * sqrt(2) }
		       : arc_minimum(0.5, m, m - 1);
	p->minimizer[0] = head.cosine;
	p->minimizer[1] = head.sine;
	for (size_t i = 2; i + 1 < p->n; i++)
		p->minimizer[i] = i % 2 ? tail.cosine : tail.sine;
	facts->optimum = head.value + tail.value - 0.5;
	facts->optimum_error = 1e-15 * fabs(facts->optimum);
	facts->convexity =
		0.5; /* the first and the last coordinate stand in one link, 0.25 x^2 */
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = -1;
}

CHAIN_INLINE void top(double a, double b, double *v, double *ga, double *gb)
{
	link_top(mifflin2_link, 2, a, b, v, ga, gb);
}

WIDE static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;

	return chain_sum(top, p->n, x, g);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	chain_sum_pieces(mifflin2_link, 2, p->n, x, tol, out);
}

const struct nso_problem nso_problem_chained_mifflin2 = {
	.name = "chained-mifflin2",
	.title = "Chained Mifflin 2",
	.reference = "Haarala, Miettinen, Makela 2004, problem 8",
	.formula = "sum_{i<n} -x_i + 2 y_i + 1.75 |y_i|, y_i = x_i^2 + x_{i+1}^2 - 1",
	.group = "large",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
