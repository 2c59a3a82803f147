/* l1hilb.c -- L1HILB: f(x) = sum_i |sum_j x_j / (i + j - 1)|, Kiwiel 1989; Luksan, Vlcek 2000,
 * problem 24 (n = 50); UFO TEST29, problem 5. Convex and polyhedral; minimizer 0, f* = 0. */
#include <stdlib.h>
#include "hilbert.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 1, 1e5, "dimension", NULL, "Luksan, Vlcek 2000", 1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = facts->optimum_error = 0;
	facts->lipschitz = M_PI * sqrt(opt[N]); /* the Hilbert matrix has norm < pi (Hilbert) */
	return hilbert_make((size_t)opt[N], facts);
}

/* H is symmetric: the subgradient H s is one more product, s the signs of H x. */
static double eval(const void *self, const double *x, double *g)
{
	const struct hilbert *p = self;
	double f = 0;

	hilbert_rows(p, x, p->work);
	for (size_t i = 0; i < p->n; i++)
		f += fabs(p->work[i]);
	if (g) {
		for (size_t i = 0; i < p->n; i++)
			p->work[i] = copysign(1, p->work[i]);
		hilbert_rows(p, p->work, g);
	}
	return f;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct hilbert *p = self;

	hilbert_rows(p, x, p->work);
	for (size_t i = 0; i < p->n; i++) {
		nso_hull(out);
		for (int sign = 1; sign >= -1; sign -= 2)
			if (2 * sign * p->work[i] >= -tol) {
				double *row = nso_row(out, 0, p->n);

				for (size_t j = 0; j < p->n; j++)
					row[j] = sign * p->h[i + j];
			}
	}
}

const struct nso_problem nso_problem_l1hilb = {
	.name = "l1hilb",
	.title = "L1HILB",
	.reference = "Luksan, Vlcek 2000, problem 24; UFO TEST29, problem 5",
	.formula = "sum_i |sum_j x_j / (i + j - 1)|",
	.group = "small",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = hilbert_start,
	.eval = eval,
	.pieces = pieces,
	.free = hilbert_free,
};
