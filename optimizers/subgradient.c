/* subgradient.c -- the subgradient method x -= h_t g, Shor 1962. The schedule of h_t (constant,
 * 1/sqrt t, 1/t, geometric ...) belongs to the cell; `normalised` divides by |g|. */
#include <stdlib.h>
#include "nsobench.h"
#include "vectors.h"

enum { LR, NORMALISED };
static const char *const off_on[] = { "off", "on", NULL };
static const struct nso_option options[] = {
	[LR] = { "lr", 0.1, 0, INFINITY, "step size", NULL, "nsobench", 0 },
	[NORMALISED] = { "normalised", 0, 0, 1, "divide the step by |g|", off_on, "Shor 1985",
		0 },
	{ 0 },
};

struct subgradient {
	size_t n;
	double lr;
	int normalised;
	double g[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct subgradient *s = calloc(1, sizeof *s + n * sizeof *s->g);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->normalised = opt[NORMALISED] != 0;
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct subgradient *s = state;
	double h = s->lr * nso_rate(f), norm2;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	if (s->normalised) {
		norm2 = dot(s->n, s->g, s->g);
		if (norm2 == 0) /* of a sample of the terms it says nothing */
			return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
		h /= sqrt(norm2);
	}
	axpy(s->n, -h, s->g, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_subgradient = {
	.name = "subgradient",
	.title = "Subgradient",
	.reference =
		"Shor 1962; Shor 1985, Minimization Methods for Non-Differentiable Functions",
	.rule = "x <- x - lr rate(t) g",
	.cost = "1 subgradient",
	.group = "subgradient",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
