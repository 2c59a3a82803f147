/* cautious.c -- cautious methods: a coordinate whose update u points against its gradient
 * stays, and the others take longer steps, in each parameter tensor by its own factor: x -= lr
 * scale u [u g > 0],   scale = len/(count + 1) (paper), 1/max(count/len, 1e-3) (official) where
 * u is AdamW's m^/(sqrt(v^) + eps) or Lion's sign(beta1 m + (1-beta1) g). Liang, Chen, Liu, Liu
 * 2024 (arXiv:2411.16085), algorithm 1; their code (kyleliang919/C-Optim) has the second scale
 * in C-AdamW and the first in C-Lion. Its later C-AdamW multiplies m by itself and masks
 * nothing. */
#include <stdlib.h>
#include "nsobench.h"
#include "blocks.h"

enum { ADAM_LR, ADAM_BETA1, ADAM_BETA2, ADAM_EPS, ADAM_WEIGHT_DECAY, ADAM_VARIANT };
enum { LION_LR, LION_BETA1, LION_BETA2, LION_WEIGHT_DECAY };
enum { OFFICIAL, PAPER };
static const char *const variants[] = { "official", "paper", NULL };
static const char code[] = "Liang et al. 2024, official code";
static const struct nso_option adam_options[] = {
	[ADAM_LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[ADAM_BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[ADAM_BETA2] = { "beta2", 0.999, 0, 1 - 1e-15, "decay of the mean of g^2", NULL, code,
		0 },
	[ADAM_EPS] = { "eps", 1e-6, 0, INFINITY, "added to sqrt(v), before the bias correction",
		NULL, code, 0 },
	[ADAM_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "decoupled, before the step",
		NULL, code, 0 },
	[ADAM_VARIANT] = { "variant", OFFICIAL, 0, 1, "how the other coordinates are scaled",
		variants, code, 0 },
	{ 0 },
};
static const struct nso_option lion_options[] = {
	[LION_LR] = { "lr", 1e-4, 0, INFINITY, "step size of every coordinate", NULL, code, 0 },
	[LION_BETA1] = { "beta1", 0.95, 0, 1, "share of m in the direction", NULL, code, 0 },
	[LION_BETA2] = { "beta2", 0.98, 0, 1, "decay of the mean of g", NULL, code, 0 },
	[LION_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "decoupled, before the step",
		NULL, code, 0 },
	{ 0 },
};
static const char *const columns[] = { "share", NULL };

struct cautious {
	size_t n, t;
	int paper;
	double lr, beta1, beta2, eps, decay;
	double *g, *u, *m, *v;
	double memory[];
};

static struct cautious *alloc(struct nso_oracle *f, size_t vectors)
{
	size_t n = nso_dim(f);
	struct cautious *s = calloc(1, sizeof *s + vectors * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->g = s->memory;
	s->u = s->memory + n;
	s->m = s->memory + 2 * n;
	s->v = s->memory + 3 * n;
	return s;
}

static void *adam_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct cautious *s = alloc(f, 4);

	(void)x;
	if (!s)
		return NULL;
	s->lr = opt[ADAM_LR];
	s->beta1 = opt[ADAM_BETA1];
	s->beta2 = opt[ADAM_BETA2];
	s->eps = opt[ADAM_EPS];
	s->decay = opt[ADAM_WEIGHT_DECAY];
	s->paper = opt[ADAM_VARIANT] == PAPER;
	return s;
}

static void *lion_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct cautious *s = alloc(f, 3);

	(void)x;
	if (!s)
		return NULL;
	s->lr = opt[LION_LR];
	s->beta1 = opt[LION_BETA1];
	s->beta2 = opt[LION_BETA2];
	s->decay = opt[LION_WEIGHT_DECAY];
	s->paper = 1;
	return s;
}

/* u = m^/(sqrt(v^) + eps) in the form with eps before the correction. */
static void adam_direction(struct cautious *s)
{
	double t = (double)s->t, b1 = s->beta1, b2 = s->beta2;
	double scale = sqrt(1 - pow(b2, t)) / (1 - pow(b1, t));

	for (size_t i = 0; i < s->n; i++) {
		s->m[i] = b1 * s->m[i] + (1 - b1) * s->g[i];
		s->v[i] = b2 * s->v[i] + (1 - b2) * s->g[i] * s->g[i];
		s->u[i] = scale * s->m[i] / (sqrt(s->v[i]) + s->eps);
	}
}

static void lion_direction(struct cautious *s)
{
	double b1 = s->beta1, b2 = s->beta2;

	for (size_t i = 0; i < s->n; i++) {
		double c = b1 * s->m[i] + (1 - b1) * s->g[i];

		s->u[i] = (c > 0) - (c < 0);
		s->m[i] = b2 * s->m[i] + (1 - b2) * s->g[i];
	}
}

/* The part of u that agrees with g moves x; how many coordinates that is. */
static size_t masked_step(struct cautious *s, struct block b, double lr, double *x)
{
	const double *u = s->u + b.begin, *g = s->g + b.begin;
	double len = (double)b.len, scale;
	size_t count = 0;

	for (size_t i = 0; i < b.len; i++)
		count += u[i] * g[i] > 0;
	scale = s->paper ? len / ((double)count + 1) : 1 / fmax((double)count / len, 1e-3);
	for (size_t i = 0; i < b.len; i++)
		x[b.begin + i] -= u[i] * g[i] > 0 ? lr * scale * u[i] : 0;
	return count;
}

static void update(struct cautious *s, struct nso_oracle *f, double *x)
{
	double lr = s->lr * nso_rate(f), count = 0;
	struct block b;

	for (size_t i = 0; i < s->n; i++)
		x[i] *= 1 - lr * s->decay;
	for (size_t k = 0; block_at(f, k, &b); k++)
		count += (double)masked_step(s, b, lr, x);
	nso_report(f, 0, count / (double)s->n);
}

static enum nso_status adam_step(void *state, struct nso_oracle *f, double *x)
{
	struct cautious *s = state;

	s->t++;
	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	adam_direction(s);
	update(s, f, x);
	return NSO_CONTINUE;
}

static enum nso_status lion_step(void *state, struct nso_oracle *f, double *x)
{
	struct cautious *s = state;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	lion_direction(s);
	update(s, f, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_cautious_adamw = {
	.name = "cautious-adamw",
	.title = "C-AdamW",
	.reference = "Liang, Chen, Liu, Liu 2024, arXiv:2411.16085, official code",
	.rule = "x <- (1 - lr weight_decay) x - lr scale u [u g > 0], u = m^/(sqrt(v^) + eps), "
		"in each block",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = adam_options,
	.columns = columns,
	.init = adam_init,
	.step = adam_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_cautious_lion = {
	.name = "cautious-lion",
	.title = "C-Lion",
	.reference = "Liang, Chen, Liu, Liu 2024, arXiv:2411.16085, official code",
	.rule = "x <- (1 - lr weight_decay) x - lr len/(count + 1) u [u g > 0], u = sign(beta1 "
		"m + (1-beta1) "
		"g), in each block",
	.cost = "1 subgradient",
	.group = "momentum",
	.needs = NSO_SUBGRADIENT,
	.options = lion_options,
	.columns = columns,
	.init = lion_init,
	.step = lion_step,
	.free = free,
};
