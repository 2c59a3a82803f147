/* friendly_sam.c -- Friendly SAM: perturbs along the sample's own part of the gradient, what is
 * left of g when sigma times its running mean m is taken away: e = x + rho d/|d|, d = g - sigma
 * m,   m <- lambda m + (1-lambda) g Li et al. 2024 (arXiv:2403.12350), algorithm 1. variant =
 * paper: m is updated first, from 0; official: d takes the m of before, and the first step sets
 * m = g and d = g (nblt/F-SAM). */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "sam_base.h"
#include "vectors.h"

enum { RHO, SIGMA, LAMBDA, VARIANT, BASE, OPTIONS = BASE + SAM_BASE_OPTIONS };
enum { OFFICIAL, PAPER };
static const char *const variants[] = { "official", "paper", NULL };
static const char code[] = "Li et al. 2024, official code";
static const struct nso_option options[] = {
	[RHO] = { "rho", 0.05, 0, INFINITY, "radius of the perturbation", NULL, code, 0 },
	[SIGMA] = { "sigma", 1, -INFINITY, INFINITY, "share of the mean that is taken away",
		NULL, code, 0 },
	[LAMBDA] = { "lambda", 0.9, 0, 1, "decay of the mean", NULL, code, 0 },
	[VARIANT] = { "variant", OFFICIAL, 0, 1, "mean of before, or of now", variants, code,
		0 },
	SAM_BASE_ROWS(BASE),
	[OPTIONS] = { 0 },
};
static const double least = 1e-12; /* added to |d|: official code */

struct friendly_sam {
	size_t n, t;
	double rho, sigma, lambda;
	int paper;
	struct sam_base base;
	double *e, *m;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct friendly_sam *s = calloc(1, sizeof *s + 5 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->rho = opt[RHO];
	s->sigma = opt[SIGMA];
	s->lambda = opt[LAMBDA];
	s->paper = opt[VARIANT] == PAPER;
	sam_base_init(&s->base, n, opt + BASE, s->memory);
	s->e = s->memory + 3 * n;
	s->m = s->memory + 4 * n;
	return s;
}

static void mean(size_t n, double keep, const double *restrict g, double *restrict m)
{
	for (size_t i = 0; i < n; i++)
		m[i] = keep * m[i] + (1 - keep) * g[i];
}

/* d = g - sigma m into e, and m moves on. */
static void direction(struct friendly_sam *s, const double *g)
{
	int first = s->t++ == 0;

	if (s->paper)
		mean(s->n, s->lambda, g, s->m);
	memcpy(s->e, g, s->n * sizeof *g);
	if (s->paper || !first)
		axpy(s->n, -s->sigma, s->m, s->e);
	if (!s->paper)
		mean(s->n, first ? 0 : s->lambda, g, s->m);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct friendly_sam *s = state;
	double length;

	if (!isfinite(nso_subgradient(f, x, s->base.g)))
		return NSO_DIVERGED;
	direction(s, s->base.g);
	length = s->rho / (sqrt(dot(s->n, s->e, s->e)) + least);
	for (size_t i = 0; i < s->n; i++)
		s->e[i] = x[i] + length * s->e[i];
	if (!isfinite(nso_subgradient(f, s->e, s->base.g)))
		return NSO_DIVERGED;
	sam_base_update(&s->base, nso_rate(f), x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_friendly_sam = {
	.name = "friendly-sam",
	.title = "Friendly SAM",
	.reference = "Li et al. 2024, arXiv:2403.12350, over SGD or AdamW",
	.rule = "d = g - sigma m; m <- lambda m + (1-lambda) g; e = x + rho d/|d|; x <- base "
		"step "
		"along grad f(e)",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
