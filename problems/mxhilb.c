/* mxhilb.c -- MXHILB: f(x) = max_i |sum_j x_j / (i + j - 1)|, Kiwiel 1989; Luksan, Vlcek 2000,
 * problem 23 (n = 50); Haarala, Miettinen, Makela 2004, problem 2. Convex and polyhedral;
 * minimizer 0, f* = 0. The Hilbert matrix is so ill-conditioned that f is tiny along many
 * directions. */
#include <stdlib.h>
#include "hilbert.h"
#include "large.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 1, 1e5, "dimension", NULL, "Luksan, Vlcek 2000", 1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct hilbert *p = hilbert_make((size_t)opt[N], facts);

	(void)rng;
	if (!p)
		return NULL;
	facts->optimum = facts->optimum_error = 0;
	for (size_t j = 0; j < p->n; j++)
		p->work[0] += p->h[j] * p->h[j];
	facts->lipschitz = sqrt(p->work[0]); /* the longest row is the first */
	return p;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct hilbert *p = self;
	size_t at;

	hilbert_rows(p, x, p->work);
	at = large_peak(p->n, p->work);
	if (g)
		for (size_t j = 0; j < p->n; j++)
			g[j] = p->work[at] < 0 ? -p->h[at + j] : p->h[at + j];
	return fabs(p->work[at]);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct hilbert *p = self;
	double least = eval(self, x, NULL) - tol;

	nso_hull(out);
	for (size_t i = 0; i < p->n; i++)
		for (int sign = 1; sign >= -1; sign -= 2)
			if (sign * p->work[i] >= least) {
				double *row = nso_row(out, 0, p->n);

				for (size_t j = 0; j < p->n; j++)
					row[j] = sign * p->h[i + j];
			}
}

const struct nso_problem nso_problem_mxhilb = {
	.name = "mxhilb",
	.title = "MXHILB",
	.reference = "Luksan, Vlcek 2000, problem 23; Haarala et al. 2004, problem 2",
	.formula = "max_i |sum_j x_j / (i + j - 1)|",
	.group = "large",
	.traits = NSO_CONVEX | NSO_FINITE_MAX | NSO_POLYHEDRAL,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = hilbert_start,
	.eval = eval,
	.pieces = pieces,
	.free = hilbert_free,
};
