/* chained_lq.c -- chained LQ: sum over i < n of max(-x_i - x_{i+1}, the same + x_i^2 +
 * x_{i+1}^2 - 1), Haarala, Miettinen, Makela 2004, problem 3. Convex; minimizer 1/sqrt 2, f* =
 * -(n-1) sqrt 2. */
#include <stdlib.h>
#include "links.h"

enum { N };
static const struct nso_option options[] = {
	[N] = { "n", 50, 2, 1e8, "dimension", NULL, "Haarala et al. 2004 use 50, 200, 1000",
		1 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->optimum = -(opt[N] - 1) * sqrt(2);
	facts->optimum_error = 2.3e-16 * fabs(facts->optimum);
	return large_make(opt[N], sqrt(0.5), facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct large *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = -0.5;
}

/* As a whole, not link by link: with y = x_i^2 + x_{i+1}^2 - 1 a link is max(y, 0) - x_i -
 * x_{i+1}, and its slopes are 2x - 1 or -1. So each coordinate needs only how many of its two
 * links are curved, which costs half of what choosing between gradients does. */
WIDE static double eval(const void *self, const double *x, double *g)
{
	const struct large *p = self;
	double v[CHAIN_BLOCK], curved[CHAIN_BLOCK + 1], f = 0; /* curved: 2 or 0 */
	size_t i = 0, links = p->n - 1;

	curved[0] = 0;
	for (; i + CHAIN_BLOCK <= links; i += CHAIN_BLOCK) {
		for (size_t k = 0; k < CHAIN_BLOCK; k++) {
			double a = x[i + k], b = x[i + k + 1], y = a * a + b * b - 1;

			v[k] = (y > 0 ? y : 0) - (a + b);
			curved[k + 1] = y > 0 ? 2 : 0;
		}
		f += chain_add(CHAIN_BLOCK, v);
		if (g)
			for (size_t k = 0; k < CHAIN_BLOCK; k++)
				g[i + k] = (curved[k] + curved[k + 1]) * x[i + k] - 2;
		curved[0] = curved[CHAIN_BLOCK];
	}
	for (; i < links; i++) {
		double y = x[i] * x[i] + x[i + 1] * x[i + 1] - 1;

		f += (y > 0 ? y : 0) - (x[i] + x[i + 1]);
		curved[1] = y > 0 ? 2 : 0;
		if (g)
			g[i] = (curved[0] + curved[1]) * x[i] - 2;
		curved[0] = curved[1];
	}
	if (g) {
		g[links] = curved[0] * x[links] - 1;
		g[0] += 1; /* the first coordinate is in one link */
	}
	return f;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct large *p = self;

	chain_sum_pieces(lq_link, 2, p->n, x, tol, out);
}

const struct nso_problem nso_problem_chained_lq = {
	.name = "chained-lq",
	.title = "Chained LQ",
	.reference = "Haarala, Miettinen, Makela 2004, problem 3",
	.formula = "sum_{i<n} max(-x_i - x_{i+1}, -x_i - x_{i+1} + x_i^2 + x_{i+1}^2 - 1)",
	.group = "large",
	.traits = NSO_CONVEX,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
