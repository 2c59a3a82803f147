/* maxq.c -- MAXQ: f(x) = max_i x_i^2. Luksan, Vlcek 2000, problem 19 (n = 20); Haarala,
 * Miettinen, Makela 2004, problem 1 (any n). Convex; f >= |x|^2/n and dist(0, df)^2 >= 4 f/n,
 * so it has the Polyak-Lojasiewicz property with mu = 2/n although it is not smooth. */
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
	facts->pl = 2 / opt[N];
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
		g[at] = 2 * x[at];
	}
	return x[at] * x[at];
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;
	double most = eval(self, x, NULL);

	nso_hull(out);
	for (size_t i = 0; i < p->n; i++)
		if (x[i] * x[i] >= most - tol)
			*nso_row(out, i, 1) = 2 * x[i];
}

const struct nso_problem nso_problem_maxq = {
	.name = "maxq",
	.title = "MAXQ",
	.reference = "Luksan, Vlcek 2000, problem 19; Haarala et al. 2004, problem 1",
	.formula = "max_i x_i^2",
	.group = "large",
	.traits = NSO_CONVEX | NSO_FINITE_MAX | NSO_PL,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
