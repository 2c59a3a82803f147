/* adagrad.c -- AdaGrad: x -= lr g/(sqrt(S) + eps), S the sum of all g^2, for every coordinate
 * (Duchi, Hazan, Singer 2011; as in PyTorch) or one for all (adagrad-norm: Ward, Wu, Bottou
 * 2019). */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { LR, LR_DECAY, WEIGHT_DECAY, INITIAL, EPS, OPTIONS };
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-2, 0, INFINITY, "step size", NULL, "PyTorch", 0 },
	[LR_DECAY] = { "lr_decay", 0, 0, INFINITY, "lr is divided by 1 + (t-1) lr_decay", NULL,
		"PyTorch", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x", NULL,
		"PyTorch", 0 },
	[INITIAL] = { "initial_accumulator_value", 0, 0, INFINITY, "S at the start", NULL,
		"PyTorch", 0 },
	[EPS] = { "eps", 1e-10, 0, INFINITY, "added to the root of S", NULL, "PyTorch", 0 },
	[OPTIONS] = { 0 },
};

enum { NORM_LR, NORM_B0, NORM_OPTIONS };
static const struct nso_option norm_options[] = {
	[NORM_LR] = { "lr", 1, 0, INFINITY, "eta; right where it is f(x_0) - f*", NULL,
		"nsobench", 0 },
	[NORM_B0] = { "b0", 0.1, 1e-300, INFINITY, "b at the start", NULL, "nsobench", 0 },
	[NORM_OPTIONS] = { 0 },
};

struct adagrad {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *sum;
	double memory[];
};

struct adagrad_norm {
	size_t n;
	double lr, sum; /* sum: b^2 */
	double g[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct adagrad *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->sum = s->memory + n;
	for (size_t i = 0; i < n; i++)
		s->sum[i] = opt[INITIAL];
	return s;
}

static void *norm_init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct adagrad_norm *s = calloc(1, sizeof *s + n * sizeof *s->g);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[NORM_LR];
	s->sum = opt[NORM_B0] * opt[NORM_B0];
	return s;
}

static void update(size_t n, double lr, double eps, double l2, const double *restrict g,
	double *restrict sum, double *restrict x)
{
	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i];

		sum[i] += gi * gi;
		x[i] -= lr * gi / (sqrt(sum[i]) + eps);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct adagrad *s = state;
	double lr = s->opt[LR] * nso_rate(f) / (1 + (double)s->t++ * s->opt[LR_DECAY]);

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s->n, lr, s->opt[EPS], s->opt[WEIGHT_DECAY], s->g, s->sum, x);
	return NSO_CONTINUE;
}

static enum nso_status norm_step(void *state, struct nso_oracle *f, double *x)
{
	struct adagrad_norm *s = state;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	s->sum += dot(s->n, s->g, s->g);
	axpy(s->n, -s->lr * nso_rate(f) / sqrt(s->sum), s->g, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_adagrad = {
	.name = "adagrad",
	.title = "AdaGrad",
	.reference = "Duchi, Hazan, Singer 2011, JMLR 12; as in PyTorch",
	.rule = "S <- S + g^2; x <- x - lr g/(sqrt(S) + eps)",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_adagrad_norm = {
	.name = "adagrad-norm",
	.title = "AdaGrad-Norm",
	.reference = "Ward, Wu, Bottou 2019, arXiv:1806.01811",
	.rule = "b^2 <- b^2 + |g|^2; x <- x - lr g/b",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = norm_options,
	.init = norm_init,
	.step = norm_step,
	.free = free,
};
