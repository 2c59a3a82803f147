/* maxq.c -- MAXQ: f(x) = max_i x_i^2. Luksan, Vlcek 2000, problem 19 (n = 20); Haarala, Miettinen,
 * Makela 2004, problem 1 (any n). Convex; f >= |x|^2/n and dist(0, df)^2 >= 4 f/n, so it has the
 * Polyak-Lojasiewicz property with mu = 2/n although it is not smooth. */
#include <stdlib.h>
#include "nsobench.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 20, 1, 1e8, "dimension", NULL, "Luksan, Vlcek 2000", 1 },
	{ 0 },
};

struct maxq {
	size_t n;
	double minimizer[];
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N];
	struct maxq *p = calloc(1, sizeof *p + n * sizeof *p->minimizer);

	(void)rng;
	if (!p)
		return NULL;
	p->n = facts->n = n;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	facts->pl = 2 / (double)n;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct maxq *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = i < p->n / 2 ? (double)(i + 1) : -(double)(i + 1);
}

static double eval(const void *self, const double *x, double *g)
{
	const struct maxq *p = self;
	double most = x[0] * x[0];
	size_t at = 0;

	for (size_t i = 1; i < p->n; i++)
		if (!(x[i] * x[i] <= most)) { /* also true for NaN, which must not be lost */
			most = x[i] * x[i];
			at = i;
		}
	if (g) {
		for (size_t i = 0; i < p->n; i++)
			g[i] = 0;
		g[at] = 2 * x[at];
	}
	return most;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct maxq *p = self;
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
