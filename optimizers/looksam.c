/* looksam.c -- LookSAM: SAM's gradient every k-th step only; in between the part of it that
 * stands across the gradient is used again: every k steps   d = grad f(x + rho g/|g|),   v = d
 * - <d, g> g/|g|^2 else            d = g + alpha |g| v/|v| Liu, Mai, Chen, Hsieh, You 2022
 * (arXiv:2203.02714), algorithm 1, over the whole vector. No code of the authors is public;
 * defaults from a public implementation (rollovd/LookSAM), whose steps in between start from
 * the point of the last k-th step, which is not the paper's rule. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "sam_base.h"
#include "vectors.h"

enum { RHO, ALPHA, K, BASE, OPTIONS = BASE + SAM_BASE_OPTIONS };
static const char code[] = "rollovd/LookSAM, documentation";
static const struct nso_option options[] = {
	[RHO] = { "rho", 0.1, 0, INFINITY, "radius of the perturbation", NULL, code, 0 },
	[ALPHA] = { "alpha", 0.7, 0, INFINITY, "weight of the part that is used again", NULL,
		code, 0 },
	[K] = { "k", 10, 1, 1e9, "steps from one of SAM's to the next", NULL, code, 1 },
	SAM_BASE_ROWS(BASE),
	[OPTIONS] = { 0 },
};
static const double least = 1e-12; /* added to |g| where it divides, as in SAM */

struct looksam {
	size_t n, t, k;
	double rho, alpha;
	struct sam_base base;
	double *e, *g, *v; /* v has length 1, or 0 where SAM's gradient is along g */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct looksam *s = calloc(1, sizeof *s + 6 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->rho = opt[RHO];
	s->alpha = opt[ALPHA];
	s->k = (size_t)opt[K];
	sam_base_init(&s->base, n, opt + BASE, s->memory);
	s->e = s->memory + 3 * n;
	s->g = s->memory + 4 * n;
	s->v = s->memory + 5 * n;
	return s;
}

/* v = the part of d across g, scaled to length 1. What rounding leaves of d along g is no part.
 */
static void split(struct looksam *s, const double *d)
{
	double of_g = dot(s->n, s->g, s->g), of_d = sqrt(dot(s->n, d, d)), length;

	memcpy(s->v, d, s->n * sizeof *d);
	if (of_g > 0)
		axpy(s->n, -dot(s->n, d, s->g) / of_g, s->g, s->v);
	length = sqrt(dot(s->n, s->v, s->v));
	if (!(length > 1e-14 * of_d))
		memset(s->v, 0, s->n * sizeof *s->v);
	else
		for (size_t i = 0; i < s->n; i++)
			s->v[i] /= length;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct looksam *s = state;
	double *d = s->base.g, norm;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	norm = sqrt(dot(s->n, s->g, s->g));
	if (s->t++ % s->k == 0) {
		memcpy(s->e, x, s->n * sizeof *x);
		axpy(s->n, s->rho / (norm + least), s->g, s->e);
		if (!isfinite(nso_subgradient(f, s->e, d)))
			return NSO_DIVERGED;
		split(s, d);
	} else {
		memcpy(d, s->g, s->n * sizeof *d);
		axpy(s->n, s->alpha * norm, s->v, d);
	}
	sam_base_update(&s->base, nso_rate(f), x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_looksam = {
	.name = "looksam",
	.title = "LookSAM",
	.reference = "Liu, Mai, Chen, Hsieh, You 2022, arXiv:2203.02714, over SGD or AdamW",
	.rule = "every k steps d = grad f(x + rho g/|g|), v its part across g; else d = g + "
		"alpha "
		"|g| v/|v|; x <- base step along d",
	.cost = "1 + 1/k subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
