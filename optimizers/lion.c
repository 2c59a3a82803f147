/* lion.c -- Lion: x -= lr sign(beta1 m + (1-beta1) g), then m <- beta2 m + (1-beta2) g; weight
 * decay decoupled and first. Chen et al. 2023 (arXiv:2302.06675); sign(0) = 0. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, BETA1, BETA2, WEIGHT_DECAY, OPTIONS };
static const char code[] = "Chen et al. 2023, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-4, 0, INFINITY, "step size of every coordinate", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1, "share of m in the direction", NULL, code, 0 },
	[BETA2] = { "beta2", 0.99, 0, 1, "decay of the mean of g", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY,
		"decoupled: x -= lr weight_decay x first", NULL, code, 0 },
	[OPTIONS] = { 0 },
};

struct lion {
	size_t n;
	double opt[OPTIONS];
	double *g, *m;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct lion *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->m = s->memory + n;
	return s;
}

static WIDE void update(size_t n, const double *opt, double lr, const double *restrict g,
	double *restrict m, double *restrict x)
{
	double b1 = opt[BETA1], b2 = opt[BETA2], keep = 1 - lr * opt[WEIGHT_DECAY];

	for (size_t i = 0; i < n; i++) {
		double c = b1 * m[i] + (1 - b1) * g[i];
		double move = c > 0 ? lr : c < 0 ? -lr : 0 * c; /* 0 c: keeps NaN */

		m[i] = b2 * m[i] + (1 - b2) * g[i];
		x[i] = keep * x[i] - move;
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct lion *s = state;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s->n, s->opt, s->opt[LR] * nso_rate(f), s->g, s->m, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_lion = {
	.name = "lion",
	.title = "Lion",
	.reference = "Chen et al. 2023, arXiv:2302.06675, official code",
	.rule = "x <- (1 - lr weight_decay) x - lr sign(beta1 m + (1-beta1) g)",
	.cost = "1 subgradient",
	.group = "momentum",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
