/* nadam.c -- NAdam: Adam with Nesterov's momentum. Dozat 2016; as in PyTorch 2 (beta1 in the
 * mean, the schedule mu_t = beta1 (1 - 0.96^(t momentum_decay)/2) in the step only).
 * PyTorch 1.13 counts mu_t twice in the second denominator, which later releases mended. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

enum { LR, BETA1, BETA2, EPS, WEIGHT_DECAY, MOMENTUM_DECAY, OPTIONS };
static const struct nso_option options[] = {
	[LR] = { "lr", 2e-3, 0, INFINITY, "step size", NULL, "PyTorch", 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, "PyTorch", 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, "PyTorch",
		0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root of v", NULL, "PyTorch", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x", NULL,
		"PyTorch", 0 },
	[MOMENTUM_DECAY] = { "momentum_decay", 4e-3, 0, INFINITY,
		"psi of the momentum's schedule", NULL, "PyTorch", 0 },
	[OPTIONS] = { 0 },
};

struct nadam {
	size_t n, t;
	double opt[OPTIONS], product; /* of mu_1 .. mu_t */
	double *g, *m, *v;
	double memory[];
};

struct pass {
	double beta1, beta2, eps, l2, root, along_g, along_m;
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct nadam *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->product = 1;
	s->g = s->memory;
	s->m = s->memory + n;
	s->v = s->memory + 2 * n;
	return s;
}

static void update(size_t n, const struct pass *p, const double *restrict g, double *restrict m,
	double *restrict v, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, eps = p->eps, l2 = p->l2, root = p->root;
	double along_g = p->along_g, along_m = p->along_m;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i];

		m[i] = b1 * m[i] + (1 - b1) * gi;
		v[i] = b2 * v[i] + (1 - b2) * gi * gi;
		x[i] -= (along_g * gi + along_m * m[i]) / (root * sqrt(v[i]) + eps);
	}
}

static double schedule(const struct nadam *s, double t)
{
	return s->opt[BETA1] * (1 - 0.5 * pow(0.96, t * s->opt[MOMENTUM_DECAY]));
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct nadam *s = state;
	double t = (double)++s->t, lr = s->opt[LR] * nso_rate(f);
	double mu = schedule(s, t), next = schedule(s, t + 1);
	struct pass p = {
		.beta1 = s->opt[BETA1],
		.beta2 = s->opt[BETA2],
		.eps = s->opt[EPS],
		.l2 = s->opt[WEIGHT_DECAY],
		.root = 1 / sqrt(1 - pow(s->opt[BETA2], t)),
	};

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	s->product *= mu;
	p.along_g = lr * (1 - mu) / (1 - s->product);
	p.along_m = lr * next / (1 - s->product * next);
	update(s->n, &p, s->g, s->m, s->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_nadam = {
	.name = "nadam",
	.title = "NAdam",
	.reference = "Dozat 2016; as in PyTorch 2",
	.rule = "x <- x - lr ((1-mu_t)/(1-P_t) g + mu_{t+1}/(1-P_{t+1}) m) / "
		"(sqrt(v/(1-beta2^t)) + eps)",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
