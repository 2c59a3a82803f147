/* goffin.c -- Goffin: f(x) = n max_i x_i - sum_i x_i, Luksan, Vlcek 2000, problem 22 (n = 50).
 * Convex, polyhedral and sharp; every constant vector is a minimizer, f* = 0. */
#include <stdlib.h>
#include "large.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 2, 1e8, "dimension", NULL, "Luksan, Vlcek 2000", 1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	double n = opt[N];

	(void)rng;
	facts->optimum = facts->optimum_error = 0;
	facts->lipschitz = sqrt(n * (n - 1)); /* |n e_i - 1| */
	facts->sharpness =
		sqrt(n / (n - 1)); /* least |subgradient|: half-spaces opposite a vertex */
	return large_make(n, 0, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = (double)(i + 1) - ((double)p->n + 1) / 2;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	double sum = 0;
	size_t at = 0;

	for (size_t i = 0; i < p->n; i++) {
		sum += x[i];
		if (x[i] > x[at])
			at = i;
	}
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = i == at ? (double)p->n - 1 : -1;
	return (double)p->n * x[at] - sum; /* a NaN is in the sum */
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;
	double n = (double)p->n, top = x[0], *base = nso_row(out, 0, p->n);

	for (size_t i = 0; i < p->n; i++) {
		base[i] = -1;
		top = x[i] > top ? x[i] : top;
	}
	nso_hull(out);
	for (size_t i = 0; i < p->n; i++)
		if (n * x[i] >= n * top - tol)
			*nso_row(out, i, 1) = n;
}

const struct nso_problem nso_problem_goffin = {
	.name = "goffin",
	.title = "Goffin",
	.reference = "Luksan, Vlcek 2000, problem 22",
	.formula = "n max_i x_i - sum_i x_i",
	.group = "small",
	.traits = NSO_CONVEX | NSO_FINITE_MAX | NSO_POLYHEDRAL | NSO_SHARP,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
