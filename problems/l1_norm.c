/* l1_norm.c -- the l1 norm f(x) = sum_i |x_i|: convex, polyhedral, sharp with mu = 1. Offered
 * also as f = 0 + h with the soft threshold as its prox. */
#include <stdlib.h>
#include "large.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e8, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = facts->optimum_error = 0;
	facts->lipschitz = sqrt(opt[N]);
	facts->sharpness = 1;
	facts->weak_convexity = 0;
	facts->smoothness =
		1; /* of the smooth part 0: any L > 0 is right, and 1/L must be a step */
	return large_make(opt[N], 0, facts);
}

/* From 1 to 2 with alternating signs: every coordinate meets its kink at another time. */
static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = (i % 2 ? -1 : 1) * (1 + (double)i / (double)p->n);
}

static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	double f = 0;

	for (size_t i = 0; i < p->n; i++)
		f += fabs(x[i]);
	if (g)
		for (size_t i = 0; i < p->n; i++)
			g[i] = copysign(1, x[i]);
	return f;
}

static double smooth(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	double f = 0;

	for (size_t i = 0; i < p->n; i++)
		f += 0 * x[i]; /* a NaN must not get lost */
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = 0;
	return f;
}

static void prox(const void *self, double t, const double *v, double *x)
{
	const struct large *p = self;

	for (size_t i = 0; i < p->n; i++)
		x[i] = fabs(v[i]) <= t ? 0 : v[i] - copysign(t, v[i]);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	for (size_t i = 0; i < p->n; i++) {
		nso_hull(out);
		if (2 * x[i] >= -tol)
			*nso_row(out, i, 1) = 1;
		if (2 * x[i] <= tol)
			*nso_row(out, i, 1) = -1;
	}
}

const struct nso_problem nso_problem_l1_norm = {
	.name = "l1-norm",
	.title = "l1 norm",
	.reference = "textbook",
	.formula = "sum_i |x_i|",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_SHARP | NSO_POLYHEDRAL | NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.smooth = smooth,
	.prox = prox,
	.pieces = pieces,
	.free = free,
};
