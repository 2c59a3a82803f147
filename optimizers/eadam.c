/* eadam.c -- EAdam: Adam with eps added to v inside the state, at every step, so that it builds
 * up to eps/(1 - beta2) under the root. Yuan, Gao 2020 (arXiv:2011.02150), in the order of
 * their code. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, BETA1, BETA2, EPS, WEIGHT_DECAY, OPTIONS };
static const char code[] = "Yuan, Gao 2020, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code, 0 },
	[EPS] = { "eps", 1e-8, 1e-300, INFINITY, "added to v at every step", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x", NULL,
		code, 0 },
	[OPTIONS] = { 0 },
};

struct eadam {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m, *v;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct eadam *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->m = s->memory + n;
	s->v = s->memory + 2 * n;
	return s;
}

static WIDE void update(size_t n, const double *opt, double rate, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict x)
{
	double b1 = opt[BETA1], b2 = opt[BETA2], eps = opt[EPS], l2 = opt[WEIGHT_DECAY];

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i];

		m[i] = b1 * m[i] + (1 - b1) * gi;
		v[i] = b2 * v[i] + (1 - b2) * gi * gi + eps;
		x[i] -= rate * m[i] / sqrt(v[i]);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct eadam *s = state;
	double t = (double)++s->t, lr = s->opt[LR] * nso_rate(f);
	double bc1 = 1 - pow(s->opt[BETA1], t), bc2 = 1 - pow(s->opt[BETA2], t);

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s->n, s->opt, lr * sqrt(bc2) / bc1, s->g, s->m, s->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_eadam = {
	.name = "eadam",
	.title = "EAdam",
	.reference = "Yuan, Gao 2020, arXiv:2011.02150, official code",
	.rule = "v <- beta2 v + (1-beta2) g^2 + eps; "
		"x <- x - lr sqrt(1-beta2^t)/(1-beta1^t) m/sqrt(v)",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
