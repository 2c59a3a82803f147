/* rmsprop.c -- RMSprop: x -= lr g/(sqrt(v) + eps), v a mean of g^2, no bias correction.
 * Tieleman, Hinton 2012, lecture 6.5; `centered` subtracts the square of the mean of g: Graves
 * 2013. As in PyTorch: eps outside the root, the momentum's buffer without lr. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

enum { LR, ALPHA, EPS, WEIGHT_DECAY, MOMENTUM, CENTERED, OPTIONS };
static const char *const off_on[] = { "off", "on", NULL };
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-2, 0, INFINITY, "step size", NULL, "PyTorch", 0 },
	[ALPHA] = { "alpha", 0.99, 0, 1 - 1e-12, "decay of the mean of g^2 (Hinton: 0.9)", NULL,
		"PyTorch", 0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root", NULL, "PyTorch", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x", NULL,
		"PyTorch", 0 },
	[MOMENTUM] = { "momentum", 0, 0, INFINITY, "share of the last step that is kept", NULL,
		"PyTorch", 0 },
	[CENTERED] = { "centered", 0, 0, 1, "divide by the variance, not the second moment",
		off_on, "PyTorch", 0 },
	[OPTIONS] = { 0 },
};

struct rmsprop {
	size_t n;
	double opt[OPTIONS];
	double *g, *v, *b, *mean; /* b: momentum, mean: of g; NULL where not used */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), heavy = opt[MOMENTUM] != 0, centered = opt[CENTERED] != 0;
	struct rmsprop *s =
		calloc(1, sizeof *s + (2 + heavy + centered) * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->v = s->memory + n;
	s->b = heavy ? s->memory + 2 * n : NULL;
	s->mean = centered ? s->memory + (2 + heavy) * n : NULL;
	return s;
}

/* Both passes leave the direction in g; the last one is the step. */
static void plain(const struct rmsprop *s, double *restrict g, double *restrict v,
	const double *restrict x)
{
	double a = s->opt[ALPHA], eps = s->opt[EPS], l2 = s->opt[WEIGHT_DECAY];

	for (size_t i = 0; i < s->n; i++) {
		double gi = g[i] + l2 * x[i];

		v[i] = a * v[i] + (1 - a) * gi * gi;
		g[i] = gi / (sqrt(v[i]) + eps);
	}
}

static void centred(const struct rmsprop *s, double *restrict g, double *restrict v,
	double *restrict mean, const double *restrict x)
{
	double a = s->opt[ALPHA], eps = s->opt[EPS], l2 = s->opt[WEIGHT_DECAY];

	for (size_t i = 0; i < s->n; i++) {
		double gi = g[i] + l2 * x[i], spread;

		v[i] = a * v[i] + (1 - a) * gi * gi;
		mean[i] = a * mean[i] + (1 - a) * gi;
		spread = v[i] - mean[i] * mean[i];
		spread = spread < 0 ? 0 : spread; /* rounding */
		g[i] = gi / (sqrt(spread) + eps);
	}
}

static void fused(const struct rmsprop *s, double lr, const double *restrict g,
	double *restrict v, double *restrict x)
{
	double a = s->opt[ALPHA], eps = s->opt[EPS], l2 = s->opt[WEIGHT_DECAY];

	for (size_t i = 0; i < s->n; i++) {
		double gi = g[i] + l2 * x[i];

		v[i] = a * v[i] + (1 - a) * gi * gi;
		x[i] -= lr * gi / (sqrt(v[i]) + eps);
	}
}

static void move(size_t n, double lr, double keep, const double *restrict u, double *restrict b,
	double *restrict x)
{
	for (size_t i = 0; i < n; i++) {
		b[i] = keep * b[i] + u[i];
		x[i] -= lr * b[i];
	}
}

static void drift(size_t n, double lr, const double *restrict u, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] -= lr * u[i];
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct rmsprop *s = state;
	double lr = s->opt[LR] * nso_rate(f);

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	if (!s->b && !s->mean) {
		fused(s, lr, s->g, s->v, x);
		return NSO_CONTINUE;
	}
	if (s->mean)
		centred(s, s->g, s->v, s->mean, x);
	else
		plain(s, s->g, s->v, x);
	if (s->b)
		move(s->n, lr, s->opt[MOMENTUM], s->g, s->b, x);
	else
		drift(s->n, lr, s->g, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_rmsprop = {
	.name = "rmsprop",
	.title = "RMSprop",
	.reference =
		"Tieleman, Hinton 2012, lecture 6.5; Graves 2013 (centered); as in PyTorch",
	.rule = "v <- alpha v + (1-alpha) g^2; x <- x - lr g/(sqrt(v) + eps)",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
