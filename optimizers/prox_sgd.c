/* prox_sgd.c -- the Prox-SGD that S-Adam's authors compare with: heavy ball, then a soft
 * threshold. b = momentum b + g (b = g at first); x -= lr b; x = sign(x) max(|x| - lr l1, 0).
 * Not the method of Yang et al. 2020: that one is prox-sgd-yang. */
#include <stdlib.h>
#include "nsobench.h"

enum { LR, MOMENTUM, L1 };
static const struct nso_option options[] = {
	[LR] = { "lr", 0.01, 0, INFINITY, "step size", NULL, "Xu et al. 2026, code", 0 },
	[MOMENTUM] = { "momentum", 0.9, 0, 1, "share of the last step that is kept", NULL,
		"Xu et al. 2026, code", 0 },
	[L1] = { "l1", 1e-4, 0, INFINITY, "weight of the l1 norm; not part of f", NULL,
		"Xu et al. 2026, code", 0 },
	{ 0 },
};

struct prox_sgd {
	size_t n;
	double lr, momentum, l1;
	double *g, *b;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct prox_sgd *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->momentum = opt[MOMENTUM];
	s->l1 = opt[L1];
	s->g = s->memory;
	s->b = s->memory + n; /* zero: so the first b is g */
	return s;
}

static void update(size_t n, double lr, double momentum, double threshold,
	const double *restrict g, double *restrict b, double *restrict x)
{
	for (size_t i = 0; i < n; i++) {
		double u, shrunk;

		b[i] = momentum * b[i] + g[i];
		u = x[i] - lr * b[i];
		shrunk = fabs(u) - threshold;
		x[i] = copysign(shrunk < 0 ? 0 : shrunk, u);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct prox_sgd *s = state;
	double lr = s->lr * nso_rate(f);

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s->n, lr, s->momentum, lr * s->l1, s->g, s->b, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_prox_sgd = {
	.name = "prox-sgd",
	.title = "Prox-SGD",
	.reference =
		"baseline in the official code of S-Adam (Xu et al. 2026, arXiv:2605.29547)",
	.rule = "b <- momentum b + g; x <- soft(x - lr b, lr l1)",
	.cost = "1 subgradient",
	.group = "proximal",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
