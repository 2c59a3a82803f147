/* amsgrad.c -- AMSGrad: Adam with the largest v so far. Reddi, Kale, Kumar 2018
 * (arXiv:1904.09237). Three different trajectories go by this name: paper  no bias correction
 * (the paper's alpha/sqrt t is the cell's schedule; it has no eps) torch  largest uncorrected
 * v, then bias correction of both moments optax  largest corrected v */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, BETA1, BETA2, EPS, WEIGHT_DECAY, VARIANT, OPTIONS };
enum { PAPER, TORCH, OPTAX };
static const char *const variants[] = { "paper", "torch", "optax", NULL };
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, "PyTorch", 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, "PyTorch", 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, "PyTorch",
		0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root", NULL, "PyTorch", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x", NULL,
		"PyTorch", 0 },
	[VARIANT] = { "variant", TORCH, 0, 2, "whose AMSGrad", variants, "PyTorch", 0 },
	[OPTIONS] = { 0 },
};

struct amsgrad {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m, *v, *most;
	double memory[];
};

struct pass {
	double beta1, beta2, eps, l2, step;
	double before, after; /* factors of v before the maximum, of the root after it */
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct amsgrad *s = calloc(1, sizeof *s + 4 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->m = s->memory + n;
	s->v = s->memory + 2 * n;
	s->most = s->memory + 3 * n;
	return s;
}

static WIDE void update(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict most, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, eps = p->eps, l2 = p->l2, step = p->step;
	double before = p->before, after = p->after;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i], corrected;

		m[i] = b1 * m[i] + (1 - b1) * gi;
		v[i] = b2 * v[i] + (1 - b2) * gi * gi;
		corrected = before * v[i];
		most[i] = corrected > most[i] ? corrected : most[i];
		x[i] -= step * m[i] / (after * sqrt(most[i]) + eps);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct amsgrad *s = state;
	double t = (double)++s->t, lr = s->opt[LR] * nso_rate(f);
	double bc1 = 1 - pow(s->opt[BETA1], t), bc2 = 1 - pow(s->opt[BETA2], t);
	int variant = (int)s->opt[VARIANT];
	struct pass p = {
		.beta1 = s->opt[BETA1],
		.beta2 = s->opt[BETA2],
		.eps = s->opt[EPS],
		.l2 = s->opt[WEIGHT_DECAY],
		.step = variant == PAPER ? lr : lr / bc1,
		.before = variant == OPTAX ? 1 / bc2 : 1,
		.after = variant == TORCH ? 1 / sqrt(bc2) : 1,
	};

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s->n, &p, s->g, s->m, s->v, s->most, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_amsgrad = {
	.name = "amsgrad",
	.title = "AMSGrad",
	.reference = "Reddi, Kale, Kumar 2018, arXiv:1904.09237; variants of the paper, "
		     "PyTorch, optax",
	.rule = "w <- max(w, v); x <- x - lr (m/(1-beta1^t)) / (sqrt(w/(1-beta2^t)) + eps)",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
