/* polyak.c -- Polyak's step: x -= relax (f - f*)/|g|^2 g. Polyak 1969 (relax = 1; any number in
 * (0, 2) keeps the convergence for convex f). Needs f*, given by the problem or by the option.
 */
#include <stdlib.h>
#include "nsobench.h"
#include "vectors.h"

enum { F_STAR, RELAX };
static const struct nso_option options[] = {
	[F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, "optimal value; auto: the problem's",
		NULL, "Polyak 1969", 0 },
	[RELAX] = { "relax", 1, 0, 2, "factor of the step", NULL, "Polyak 1969", 0 },
	{ 0 },
};
static const char *const columns[] = { "step_size", NULL };

struct polyak {
	size_t n;
	double f_star, relax;
	double g[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct polyak *s = calloc(1, sizeof *s + n * sizeof *s->g);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->f_star = isnan(opt[F_STAR]) ? nso_optimum(f) : opt[F_STAR];
	s->relax = opt[RELAX];
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct polyak *s = state;
	double value = nso_subgradient(f, x, s->g), norm2 = dot(s->n, s->g, s->g), h;

	if (!isfinite(value))
		return NSO_DIVERGED;
	if (norm2 == 0) /* of a sample of the terms it says nothing */
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	h = s->relax * nso_rate(f) * fmax(value - s->f_star, 0) / norm2;
	nso_report(f, 0, h);
	axpy(s->n, -h, s->g, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_polyak = {
	.name = "polyak",
	.title = "Polyak",
	.reference = "Polyak 1969, Minimization of unsmooth functionals",
	.rule = "x <- x - relax (f - f_star)/|g|^2 g",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_OPTIMUM,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
