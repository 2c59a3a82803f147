/* signum.c -- Signum, the sign of a running mean: m <- momentum m + (1-momentum) g, x -= lr
 * (sign(m) + weight_decay x); momentum = 0: signSGD. Bernstein, Wang, Azizzadenesheli,
 * Anandkumar 2018 (arXiv:1802.04434), algorithms 1 and 2; sign(0) = 0. */
#include <stdlib.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, MOMENTUM, WEIGHT_DECAY };
static const char paper[] = "Bernstein et al. 2018";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-4, 0, INFINITY, "step size of every coordinate", NULL,
		"Bernstein et al. 2018, ImageNet", 0 },
	[MOMENTUM] = { "momentum", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, paper,
		0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "decoupled", NULL, paper, 0 },
	{ 0 },
};

struct signum {
	size_t n;
	double lr, momentum, decay;
	double *g, *m;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct signum *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->momentum = opt[MOMENTUM];
	s->decay = opt[WEIGHT_DECAY];
	s->g = s->memory;
	s->m = s->memory + n;
	return s;
}

static WIDE void update(const struct signum *s, double lr, const double *restrict g,
	double *restrict m, double *restrict x)
{
	double beta = s->momentum, keep = 1 - lr * s->decay;

	for (size_t i = 0; i < s->n; i++) {
		m[i] = beta * m[i] + (1 - beta) * g[i];
		x[i] = keep * x[i] - (m[i] > 0 ? lr : m[i] < 0 ? -lr : 0);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct signum *s = state;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s, s->lr * nso_rate(f), s->g, s->m, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_signum = {
	.name = "signum",
	.title = "Signum",
	.reference = "Bernstein, Wang, Azizzadenesheli, Anandkumar 2018, arXiv:1802.04434",
	.rule = "m <- momentum m + (1-momentum) g; x <- (1 - lr weight_decay) x - lr sign(m)",
	.cost = "1 subgradient",
	.group = "momentum",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
