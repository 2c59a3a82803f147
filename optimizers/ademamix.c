/* ademamix.c -- AdEMAMix: Adam with a second, slow mean of the gradients:
 *   x -= lr ((m1/(1 - beta1^t) + alpha m2)/(sqrt(v^) + eps) + weight_decay x)
 * m2 decays by beta3 and has no bias correction. alpha grows linearly over alpha_warmup steps;
 * beta3 starts at beta1 and its half-life grows linearly over beta3_warmup steps. Pagliardini,
 * Ablin, Grangier 2024 (arXiv:2409.03137); defaults and the half-life log(0.5)/log(beta + 1e-8)
 * - 1 of the official code (apple/ml-ademamix), which adds the 1e-8. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, BETA1, BETA2, BETA3, ALPHA, BETA3_WARMUP, ALPHA_WARMUP, EPS, WEIGHT_DECAY, OPTIONS };
static const char code[] = "Pagliardini et al. 2024, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the fast mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-15, "decay of the mean of g^2", NULL, code, 0 },
	[BETA3] = { "beta3", 0.9999, 0, 1 - 1e-12, "decay of the slow mean of g", NULL, code,
		0 },
	[ALPHA] = { "alpha", 2, 0, INFINITY, "weight of the slow mean", NULL, code, 0 },
	[BETA3_WARMUP] = { "beta3_warmup", 0, 0, 1e18, "steps until beta3 is reached; 0: none",
		NULL, code, 1 },
	[ALPHA_WARMUP] = { "alpha_warmup", 0, 0, 1e18, "steps until alpha is reached; 0: none",
		NULL, code, 1 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to sqrt(v^)", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "decoupled", NULL, code, 0 },
	[OPTIONS] = { 0 },
};

struct ademamix {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m1, *m2, *v;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct ademamix *s = calloc(1, sizeof *s + 4 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->m1 = s->memory + n;
	s->m2 = s->memory + 2 * n;
	s->v = s->memory + 3 * n;
	return s;
}

static double half_life(double beta) { return log(0.5) / log(beta + 1e-8) - 1; }

static double slow_decay(const double *opt, double t)
{
	double a = t / opt[BETA3_WARMUP];

	if (t >= opt[BETA3_WARMUP])
		return opt[BETA3];
	return pow(0.5, 1 / ((1 - a) * half_life(opt[BETA1]) + a * half_life(opt[BETA3]) + 1));
}

struct pass {
	double b1, b2, b3, alpha, eps, fast, root, lr, keep;
};

static WIDE void update(struct ademamix *s, const struct pass *p, const double *restrict g,
	double *restrict m1, double *restrict m2, double *restrict v, double *restrict x)
{
	double b1 = p->b1, b2 = p->b2, b3 = p->b3, alpha = p->alpha, eps = p->eps;

	for (size_t i = 0; i < s->n; i++) {
		m1[i] = b1 * m1[i] + (1 - b1) * g[i];
		m2[i] = b3 * m2[i] + (1 - b3) * g[i];
		v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
		x[i] = p->keep * x[i] -
		       p->lr * (p->fast * m1[i] + alpha * m2[i]) / (p->root * sqrt(v[i]) + eps);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct ademamix *s = state;
	const double *opt = s->opt;
	double t = (double)++s->t, lr = opt[LR] * nso_rate(f);
	struct pass p = {
		.b1 = opt[BETA1],
		.b2 = opt[BETA2],
		.b3 = slow_decay(opt, t),
		.alpha = opt[ALPHA] * (t < opt[ALPHA_WARMUP] ? t / opt[ALPHA_WARMUP] : 1),
		.eps = opt[EPS],
		.fast = 1 / (1 - pow(opt[BETA1], t)),
		.root = 1 / sqrt(1 - pow(opt[BETA2], t)),
		.lr = lr,
		.keep = 1 - lr * opt[WEIGHT_DECAY],
	};

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s, &p, s->g, s->m1, s->m2, s->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_ademamix = {
	.name = "ademamix",
	.title = "AdEMAMix",
	.reference = "Pagliardini, Ablin, Grangier 2024, arXiv:2409.03137, official code",
	.rule = "x <- x - lr (m1^ + alpha m2)/(sqrt(v^) + eps), m1 and m2 a fast and a slow "
		"mean of g",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
