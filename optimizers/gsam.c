/* gsam.c -- surrogate gap guided SAM: descends along the gradient of f at e = x + rho g/|g|
 * and, at the same time, ascends f(x) across it, which closes the gap f(e) - f(x): d = grad
 * f(e) - alpha g_v,   g_v = g - <g, p> p,   p = grad f(e)/|grad f(e)| Zhuang et al. 2022
 * (arXiv:2203.08065), algorithm 1, in the order of their code; there the radius follows the
 * learning rate, from rho_min to rho. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "sam_base.h"
#include "vectors.h"

enum { RHO, RHO_MIN, ALPHA, BASE, OPTIONS = BASE + SAM_BASE_OPTIONS };
static const char code[] = "Zhuang et al. 2022, example of the code";
static const struct nso_option options[] = {
	[RHO] = { "rho", 0.05, 0, INFINITY, "radius of the perturbation at the schedule's 1",
		NULL, "Foret et al. 2021", 0 },
	[RHO_MIN] = { "rho_min", NAN, 0, INFINITY,
		"radius at the schedule's 0, proportional between; auto: rho", NULL, code, 0 },
	[ALPHA] = { "alpha", 0.4, 0, INFINITY, "weight of the ascent across grad f(e)", NULL,
		code, 0 },
	SAM_BASE_ROWS(BASE),
	[OPTIONS] = { 0 },
};
static const char *const columns[] = { "surrogate_gap", NULL };
static const double least = 1e-12; /* added to norms: official code */

struct gsam {
	size_t n;
	double rho, rho_min, alpha;
	struct sam_base base;
	double *e, *g;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct gsam *s = calloc(1, sizeof *s + 5 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->rho = opt[RHO];
	s->rho_min = isnan(opt[RHO_MIN]) ? opt[RHO] : opt[RHO_MIN];
	s->alpha = opt[ALPHA];
	sam_base_init(&s->base, n, opt + BASE, s->memory);
	s->e = s->memory + 3 * n;
	s->g = s->memory + 4 * n;
	return s;
}

/* p -= alpha (g - cos |g| p/|p|), in the order of the code: its floors count when a norm is
 * tiny. */
static void decompose(struct gsam *s, const double *restrict g, double *restrict p)
{
	double of_g = sqrt(dot(s->n, g, g)), of_p = sqrt(dot(s->n, p, p));
	double cosine = dot(s->n, g, p) / (of_p * of_g + least);
	double along = cosine * of_g / (of_p + least);

	for (size_t i = 0; i < s->n; i++)
		p[i] -= s->alpha * (g[i] - along * p[i]);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct gsam *s = state;
	double rate = nso_rate(f), rho = s->rho_min + (s->rho - s->rho_min) * rate;
	double here = nso_subgradient(f, x, s->g), there;

	if (!isfinite(here))
		return NSO_DIVERGED;
	memcpy(s->e, x, s->n * sizeof *x);
	axpy(s->n, rho / (sqrt(dot(s->n, s->g, s->g)) + least), s->g, s->e);
	there = nso_subgradient(f, s->e, s->base.g);
	if (!isfinite(there))
		return NSO_DIVERGED;
	nso_report(f, 0, there - here);
	decompose(s, s->g, s->base.g);
	sam_base_update(&s->base, rate, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_gsam = {
	.name = "gsam",
	.title = "GSAM",
	.reference = "Zhuang et al. 2022, arXiv:2203.08065, over SGD or AdamW",
	.rule = "e = x + rho g/|g|; x <- base step along grad f(e) - alpha (part of g across "
		"it)",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
