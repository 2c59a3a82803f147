/* maxl.c -- MAXL: f(x) = max_i |x_i|, Luksan, Vlcek 2000, problem 20 (n = 20). Convex,
 * polyhedral, sharp; minimizer 0, f* = 0. */
#include <stdlib.h>
#include <string.h>
#include "large.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 20, 1, 1e8, "dimension", NULL, "Luksan, Vlcek 2000", 1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = facts->optimum_error = 0;
	facts->lipschitz = 1;
	facts->sharpness = 1 / sqrt(opt[N]);
	return large_make(opt[N], 0, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = i < p->n / 2 ? (double)(i + 1) : -(double)(i + 1);
}

static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	size_t at = large_peak(p->n, x);

	if (g) {
		memset(g, 0, p->n * sizeof *g);
		g[at] = copysign(1, x[at]);
	}
	return fabs(x[at]);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;
	double least = eval(self, x, NULL) - tol;

	nso_hull(out);
	for (size_t i = 0; i < p->n; i++)
		for (int sign = 1; sign >= -1; sign -= 2)
			if (sign * x[i] >= least)
				*nso_row(out, i, 1) = sign;
}

const struct nso_problem nso_problem_maxl = {
	.name = "maxl",
	.title = "MAXL",
	.reference = "Luksan, Vlcek 2000, problem 20",
	.formula = "max_i |x_i|",
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
