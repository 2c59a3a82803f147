/* adan.c -- Adan: Nesterov's momentum in means of the gradients and of their differences:
 *   m <- beta1 m + (1-beta1) g;  d <- beta2 d + (1-beta2) (g - g_last);
 *   v <- beta3 v + (1-beta3) (g + beta2 (g - g_last))^2;
 *   x <- (x - lr (m^ + beta2 d^)/(sqrt(v^) + eps))/(1 + lr weight_decay)
 * Xie et al. 2022 (arXiv:2208.06677) with the official code's meaning of the betas
 * (sail-sg/Adan: what they keep, the paper's 1 - beta) and its bias corrections, which the
 * paper's algorithm leaves out; no_prox = on: x *= 1 - lr weight_decay before the step. The
 * paper's restart is left out, as the code leaves it to the user. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"
#include "wide.h"

enum { LR, BETA1, BETA2, BETA3, EPS, WEIGHT_DECAY, MAX_GRAD_NORM, NO_PROX, OPTIONS };
static const char *const off_on[] = { "off", "on", NULL };
static const char code[] = "Xie et al. 2022, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.98, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.92, 0, 1 - 1e-12,
		"decay of the mean of differences, and their weight", NULL, code, 0 },
	[BETA3] = { "beta3", 0.99, 0, 1 - 1e-12, "decay of the mean of squares", NULL, code,
		0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to sqrt(v^)", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "decoupled", NULL, code, 0 },
	[MAX_GRAD_NORM] = { "max_grad_norm", 0, 0, INFINITY, "clips |g| to this; 0: never",
		NULL, code, 0 },
	[NO_PROX] = { "no_prox", 0, 0, 1,
		"decay before the step, not by 1/(1 + lr decay) after it", off_on, code, 0 },
	[OPTIONS] = { 0 },
};

struct adan {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *last, *m, *d, *v;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct adan *s = calloc(1, sizeof *s + 5 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->last = s->memory + n;
	s->m = s->memory + 2 * n;
	s->d = s->memory + 3 * n;
	s->v = s->memory + 4 * n;
	return s;
}

struct pass {
	double b1, b2, b3, eps, of_m, of_d, root, before, after;
};

static WIDE void update(struct adan *s, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict d, double *restrict v, double *restrict x)
{
	double b1 = p->b1, b2 = p->b2, b3 = p->b3;
	double *restrict last = s->last;

	for (size_t i = 0; i < s->n; i++) {
		double change = g[i] - last[i], ahead = g[i] + b2 * change;

		m[i] = b1 * m[i] + (1 - b1) * g[i];
		d[i] = b2 * d[i] + (1 - b2) * change;
		v[i] = b3 * v[i] + (1 - b3) * ahead * ahead;
		x[i] = p->before * x[i] -
		       (p->of_m * m[i] + p->of_d * d[i]) / (p->root * sqrt(v[i]) + p->eps);
		x[i] *= p->after;
		last[i] = g[i];
	}
}

/* Scales g to the largest norm allowed; the code adds eps to the norm. */
static void clip(struct adan *s)
{
	double most = s->opt[MAX_GRAD_NORM], norm = sqrt(dot(s->n, s->g, s->g));

	if (most == 0 || most >= norm + s->opt[EPS])
		return;
	for (size_t i = 0; i < s->n; i++)
		s->g[i] *= most / (norm + s->opt[EPS]);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct adan *s = state;
	const double *opt = s->opt;
	double t = (double)++s->t, lr = opt[LR] * nso_rate(f), decay = lr * opt[WEIGHT_DECAY];
	struct pass p = {
		.b1 = opt[BETA1],
		.b2 = opt[BETA2],
		.b3 = opt[BETA3],
		.eps = opt[EPS],
		.of_m = lr / (1 - pow(opt[BETA1], t)),
		.of_d = lr * opt[BETA2] / (1 - pow(opt[BETA2], t)),
		.root = 1 / sqrt(1 - pow(opt[BETA3], t)),
		.before = opt[NO_PROX] != 0 ? 1 - decay : 1,
		.after = opt[NO_PROX] != 0 ? 1 : 1 / (1 + decay),
	};

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	clip(s);
	if (s->t == 1)
		memcpy(s->last, s->g, s->n * sizeof *s->g);
	update(s, &p, s->g, s->m, s->d, s->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_adan = {
	.name = "adan",
	.title = "Adan",
	.reference = "Xie, Zhou, Li, Lin, Yan 2022, arXiv:2208.06677, official code",
	.rule = "x <- (x - lr (m^ + beta2 d^)/(sqrt(v^) + eps))/(1 + lr weight_decay), d the "
		"mean of g - "
		"g_last, v of (g + beta2 (g - g_last))^2",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
