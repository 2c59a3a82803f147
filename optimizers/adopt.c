/* adopt.c -- ADOPT: Adam whose gradient is scaled by the v of before, and only then averaged:
 *   c = clip(g/max(sqrt(v), eps), +-t^(1/4));  m <- beta1 m + (1-beta1) c;  x -= lr m;  then
 *   v <- beta2 v + (1-beta2) g^2
 * The first step only sets v = g^2. Taniguchi et al. 2024 (arXiv:2411.02853), algorithm 2, and
 * the official code (iShohei220/adopt); clip = off: algorithm 1. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, BETA1, BETA2, EPS, CLIP, WEIGHT_DECAY, DECOUPLE, OPTIONS };
static const char *const off_on[] = { "off", "on", NULL };
static const char code[] = "Taniguchi et al. 2024, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of c", NULL, code, 0 },
	[BETA2] = { "beta2", 0.9999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code, 0 },
	[EPS] = { "eps", 1e-6, 0, INFINITY, "least divisor of g", NULL, code, 0 },
	[CLIP] = { "clip", 1, 0, 1, "c at most t^(1/4), t steps after the first", off_on, code,
		0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "see decouple", NULL, code, 0 },
	[DECOUPLE] = { "decouple", 0, 0, 1, "on: x -= lr weight_decay x first; off: added to g",
		off_on, code, 0 },
	[OPTIONS] = { 0 },
};

struct adopt {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m, *v;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct adopt *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->m = s->memory + n;
	s->v = s->memory + 2 * n;
	return s;
}

static void first(size_t n, double l2, const double *restrict g, const double *restrict x,
	double *restrict v)
{
	for (size_t i = 0; i < n; i++)
		v[i] = (g[i] + l2 * x[i]) * (g[i] + l2 * x[i]);
}

struct pass {
	double lr, b1, b2, eps, most, l2, keep;
};

static WIDE void update(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict x)
{
	double lr = p->lr, b1 = p->b1, b2 = p->b2, eps = p->eps, most = p->most;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + p->l2 * x[i], root = sqrt(v[i]);
		double c = gi == 0 ? 0 : gi / (root > eps ? root : eps);

		c = c > most ? most : c < -most ? -most : c;
		m[i] = b1 * m[i] + (1 - b1) * c;
		v[i] = b2 * v[i] + (1 - b2) * gi * gi;
		x[i] = p->keep * x[i] - lr * m[i];
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct adopt *s = state;
	const double *opt = s->opt;
	double decay = opt[WEIGHT_DECAY], lr = opt[LR] * nso_rate(f), t = (double)s->t++;
	int apart = opt[DECOUPLE] != 0;
	struct pass p = { .lr = lr, .b1 = opt[BETA1], .b2 = opt[BETA2], .eps = opt[EPS] };

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	p.most = opt[CLIP] != 0 ? pow(t, 0.25) : INFINITY;
	p.l2 = apart ? 0 : decay;
	p.keep = apart ? 1 - lr * decay : 1;
	if (t == 0)
		first(s->n, p.l2, s->g, x, s->v);
	else
		update(s->n, &p, s->g, s->m, s->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_adopt = {
	.name = "adopt",
	.title = "ADOPT",
	.reference = "Taniguchi et al. 2024, arXiv:2411.02853, official code",
	.rule = "c = clip(g/max(sqrt(v), eps), t^(1/4)); m <- beta1 m + (1-beta1) c; x <- x - "
		"lr m; v <- "
		"beta2 v + (1-beta2) g^2",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
