/* active_faces.c -- number of active faces: max(g(-sum x_i), g(x_1), ..., g(x_n)), g(y) =
 * ln(|y| + 1), Grothey 2001 as in Haarala, Miettinen, Makela 2004, problem 6. Not convex;
 * minimizer 0, f* = 0, where all 2n+2 smooth pieces ln(1 + y), ln(1 - y) are active. */
#include <stdlib.h>
#include "large.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 1, 1e8, "dimension", NULL, "Haarala et al. 2004 use 50, 200, 1000",
		1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = facts->optimum_error = 0;
	facts->lipschitz = sqrt(opt[N]); /* the gradient of g(-sum x_i) at 0 */
	return large_make(opt[N], 0, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = 1;
}

/* g grows with |y|, so the largest |y| is looked for first and one logarithm is enough. */
static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	size_t at = large_peak(p->n, x);
	double sum = 0, top;

	for (size_t i = 0; i < p->n; i++)
		sum += x[i];
	top = fabs(sum); /* NaN if any x_i is, and then no comparison below holds */
	if (fabs(x[at]) > top)
		top = fabs(x[at]);
	else
		at = p->n; /* the face of the sum */
	if (g) {
		double slope = 1 / (top + 1);

		for (size_t i = 0; i < p->n; i++)
			g[i] = at == p->n ? copysign(slope, sum) : 0;
		if (at < p->n)
			g[at] = copysign(slope, x[at]);
	}
	return log1p(top);
}

/* The smooth pieces ln(1 + y) and ln(1 - y) of g(y), y = direction * (x_first + .. ), that
 * reach `least`. */
static void face(double y, double least, size_t first, size_t len, struct nso_pieces *out)
{
	for (int sign = -1; sign <= 1; sign += 2) {
		double t = sign * y;

		if (t > -1 && log1p(t) >= least) {
			double *row = nso_row(out, first, len);

			for (size_t i = 0; i < len; i++)
				row[i] = sign / (1 + t);
		}
	}
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;
	double least = eval(self, x, NULL) - tol, sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += x[i];
	nso_hull(out);
	face(sum, least, 0, p->n, out);
	for (size_t i = 0; i < p->n; i++)
		face(x[i], least, i, 1, out);
}

const struct nso_problem nso_problem_active_faces = {
	.name = "active-faces",
	.title = "Number of active faces",
	.reference = "Haarala, Miettinen, Makela 2004, problem 6",
	.formula = "max(g(-sum_i x_i), g(x_1), ..., g(x_n)), g(y) = ln(|y| + 1)",
	.group = "large",
	.traits = NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
