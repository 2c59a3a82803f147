/* sgd.c -- stochastic gradient descent with momentum in PyTorch's form: b = g at first, then
 * b = momentum b + (1 - dampening) g; x -= lr b, with nesterov x -= lr (g + momentum b).
 * Robbins, Monro 1951; Polyak 1964; Nesterov 1983; Sutskever et al. 2013. */
#include <stdlib.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, MOMENTUM, DAMPENING, WEIGHT_DECAY, NESTEROV };
static const char *const off_on[] = { "off", "on", NULL };
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, "PyTorch", 0 },
	[MOMENTUM] = { "momentum", 0, 0, INFINITY, "share of the last step that is kept", NULL,
		"PyTorch", 0 },
	[DAMPENING] = { "dampening", 0, -INFINITY, INFINITY, "g enters with 1 - dampening",
		NULL, "PyTorch", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x", NULL,
		"PyTorch", 0 },
	[NESTEROV] = { "nesterov", 0, 0, 1, "step along g + momentum b", off_on, "PyTorch", 0 },
	{ 0 },
};

struct sgd {
	size_t n, t;
	double lr, momentum, dampening, l2;
	int nesterov;
	double *g, *b; /* b: the momentum; none without momentum */
	double memory[];
};

/* As PyTorch: "Nesterov momentum requires a momentum and zero dampening". */
static const char *refuses(const double *opt)
{
	return opt[NESTEROV] != 0 && (opt[MOMENTUM] <= 0 || opt[DAMPENING] != 0)
		       ? "nesterov needs momentum above 0 and no dampening"
		       : NULL;
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct sgd *s =
		calloc(1, sizeof *s + (opt[MOMENTUM] != 0 ? 2 : 1) * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->momentum = opt[MOMENTUM];
	s->dampening = opt[DAMPENING];
	s->l2 = opt[WEIGHT_DECAY];
	s->nesterov = opt[NESTEROV] != 0;
	s->g = s->memory;
	s->b = s->momentum != 0 ? s->memory + n : NULL;
	return s;
}

static WIDE void plain(
	size_t n, double lr, double l2, const double *restrict g, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] -= lr * (g[i] + l2 * x[i]);
}

/* b <- keep b + in g; x -= lr (of_g g + of_b b) */
static WIDE void heavy(const struct sgd *s, double lr, double keep, double in,
	const double *restrict g, double *restrict b, double *restrict x)
{
	double l2 = s->l2, of_g = s->nesterov ? 1 : 0, of_b = s->nesterov ? s->momentum : 1;

	for (size_t i = 0; i < s->n; i++) {
		double gi = g[i] + l2 * x[i];

		b[i] = keep * b[i] + in * gi;
		x[i] -= lr * (of_g * gi + of_b * b[i]);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct sgd *s = state;
	double lr = s->lr * nso_rate(f);

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	if (!s->b)
		plain(s->n, lr, s->l2, s->g, x);
	else if (s->t++ == 0)
		heavy(s, lr, 0, 1, s->g, s->b, x);
	else
		heavy(s, lr, s->momentum, 1 - s->dampening, s->g, s->b, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_sgd = {
	.name = "sgd",
	.title = "SGD",
	.reference = "Robbins, Monro 1951; Polyak 1964; Sutskever et al. 2013; as in PyTorch",
	.rule = "b <- momentum b + (1 - dampening) g; x <- x - lr b, or lr (g + momentum b)",
	.cost = "1 subgradient",
	.group = "momentum",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
	.refuses = refuses,
};
