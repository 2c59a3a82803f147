/* momentum_sam.c -- Momentum-SAM: one gradient a step, taken at the point where the base's
 * momentum b would lead: e = x - rho b/|b|,   x <- base step along grad f(e) Becker, Altrock,
 * Risse 2024 (arXiv:2401.12033), official code MarlonBecker/MSAM. There the base's weight decay
 * over SGD is that of e, and the one of AdamW comes after the step; here the first is kept and
 * AdamW has PyTorch's order. The answer x is the point that is not perturbed. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "sam_base.h"
#include "vectors.h"

enum { RHO, BASE, OPTIONS = BASE + SAM_BASE_OPTIONS };
static const struct nso_option options[] = {
	[RHO] = { "rho", 0.3, -INFINITY, INFINITY,
		"radius of the perturbation (experiments: 3)", NULL,
		"Becker et al. 2024, official code, over SGD", 0 },
	SAM_BASE_ROWS(BASE),
	[OPTIONS] = { 0 },
};
static const double least = 1e-12; /* added to |b|: official code */

struct momentum_sam {
	size_t n;
	double rho, l2;
	struct sam_base base;
	double *e;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct momentum_sam *s = calloc(1, sizeof *s + 4 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->rho = opt[RHO];
	sam_base_init(&s->base, n, opt + BASE, s->memory);
	s->l2 = s->base.over_adam ? 0 : s->base.l2;
	s->base.l2 = 0;
	s->e = s->memory + 3 * n;
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct momentum_sam *s = state;
	double *b = s->base.b,
	       norm = sqrt(dot(s->n, b, b)); /* Adam's mean of g is at the same place */

	memcpy(s->e, x, s->n * sizeof *x);
	axpy(s->n, -s->rho / (norm + least), b, s->e);
	if (!isfinite(nso_subgradient(f, s->e, s->base.g)))
		return NSO_DIVERGED;
	if (s->l2 != 0)
		axpy(s->n, s->l2, s->e, s->base.g);
	sam_base_update(&s->base, nso_rate(f), x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_momentum_sam = {
	.name = "momentum-sam",
	.title = "Momentum-SAM",
	.reference = "Becker, Altrock, Risse 2024, arXiv:2401.12033, over SGD or AdamW",
	.rule = "e = x - rho b/|b|, b the base's momentum; x <- base step along grad f(e)",
	.cost = "1 subgradient",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
