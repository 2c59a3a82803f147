/* mars.c -- MARS, variance reduction before an adaptive step:
 *   c = g + gamma beta1/(1-beta1) (g - g_last), clipped to length 1 in each parameter tensor
 *   adamw   m, v from c as in AdamW;  lion   x -= lr (sign(m) + weight_decay x)
 * Yuan, Liu, Wu, Zhou, Gu 2024 (arXiv:2411.10438), official code (AGI-Arena/MARS) with its rule
 * for matrices on every tensor. exact = off (MARS-approx): g_last is the gradient of the last
 * step, taken as 0 before the first; on: the gradient at the last point on this step's sample.
 */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "blocks.h"
#include "vectors.h"
#include "wide.h"

enum { LR, BETA1, BETA2, EPS, WEIGHT_DECAY, GAMMA, VARIANT, EXACT, OPTIONS };
enum { ADAMW, LION };
static const char *const variants[] = { "adamw", "lion", NULL }, *const off_on[] = { "off",
	"on", NULL };
static const char code[] = "Yuan et al. 2024, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 3e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.95, 0, 1 - 1e-12, "decay of the mean of c", NULL, code, 0 },
	[BETA2] = { "beta2", 0.99, 0, 1 - 1e-12, "adamw: decay of the mean of c^2", NULL, code,
		0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "adamw: added to sqrt(v^)", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "decoupled", NULL, code, 0 },
	[GAMMA] = { "gamma", 0.025, 0, INFINITY, "weight of the correction", NULL, code, 0 },
	[VARIANT] = { "variant", ADAMW, 0, 1, "what steps along c", variants, code, 0 },
	[EXACT] = { "exact", 0, 0, 1, "g_last on this step's sample: one more subgradient",
		off_on, code, 0 },
	[OPTIONS] = { 0 },
};

struct mars {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *c, *last, *m, *v;
	double *x; /* exact: the last point */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct mars *s =
		calloc(1, sizeof *s + (opt[EXACT] != 0 ? 6 : 5) * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->c = s->memory + n;
	s->last = s->memory + 2 * n;
	s->m = s->memory + 3 * n;
	s->v = s->memory + 4 * n;
	s->x = opt[EXACT] != 0 ? s->memory + 5 * n : NULL;
	if (s->x)
		memcpy(s->x, x, n * sizeof *x);
	return s;
}

/* c from g and g_last. */
static void correct(struct mars *s, const struct nso_oracle *f)
{
	double weight = s->opt[GAMMA] * s->opt[BETA1] / (1 - s->opt[BETA1]);
	struct block b;

	for (size_t i = 0; i < s->n; i++)
		s->c[i] = s->g[i] + weight * (s->g[i] - s->last[i]);
	for (size_t k = 0; block_at(f, k, &b); k++) {
		double *c = s->c + b.begin, norm = sqrt(dot(b.len, c, c));

		for (size_t i = 0; norm > 1 && i < b.len; i++)
			c[i] /= norm;
	}
}

struct pass {
	double b1, b2, eps, keep, lr, root;
};

static WIDE void adamw(struct mars *s, const struct pass *p, const double *restrict c,
	double *restrict m, double *restrict v, double *restrict x)
{
	for (size_t i = 0; i < s->n; i++) {
		m[i] = p->b1 * m[i] + (1 - p->b1) * c[i];
		v[i] = p->b2 * v[i] + (1 - p->b2) * c[i] * c[i];
		x[i] = p->keep * x[i] - p->lr * m[i] / (p->root * sqrt(v[i]) + p->eps);
	}
}

static WIDE void lion(struct mars *s, const struct pass *p, const double *restrict c,
	double *restrict m, double *restrict x)
{
	for (size_t i = 0; i < s->n; i++) {
		m[i] = p->b1 * m[i] + (1 - p->b1) * c[i];
		x[i] = p->keep * x[i] - (m[i] > 0 ? p->lr : m[i] < 0 ? -p->lr : 0);
	}
}

/* The gradient at x, and where `exact` asks for it at the last point. */
static int look(struct mars *s, struct nso_oracle *f, const double *x)
{
	if (!isfinite(nso_subgradient(f, x, s->g)))
		return -1;
	if (s->x && s->t == 1)
		memcpy(s->last, s->g, s->n * sizeof *s->g);
	else if (s->x && !isfinite(nso_subgradient(f, s->x, s->last)))
		return -1;
	if (s->x)
		memcpy(s->x, x, s->n * sizeof *x);
	return 0;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct mars *s = state;
	const double *opt = s->opt;
	double t = (double)++s->t, lr = opt[LR] * nso_rate(f);
	struct pass p = {
		.b1 = opt[BETA1],
		.b2 = opt[BETA2],
		.eps = opt[EPS],
		.keep = 1 - lr * opt[WEIGHT_DECAY],
		.lr = opt[VARIANT] == LION ? lr : lr / (1 - pow(opt[BETA1], t)),
		.root = 1 / sqrt(1 - pow(opt[BETA2], t)),
	};

	if (look(s, f, x))
		return NSO_DIVERGED;
	correct(s, f);
	if (opt[VARIANT] == LION)
		lion(s, &p, s->c, s->m, x);
	else
		adamw(s, &p, s->c, s->m, s->v, x);
	if (!s->x)
		memcpy(s->last, s->g, s->n * sizeof *s->g);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_mars = {
	.name = "mars",
	.title = "MARS",
	.reference = "Yuan, Liu, Wu, Zhou, Gu 2024, arXiv:2411.10438, official code",
	.rule = "c = g + gamma beta1/(1-beta1) (g - g_last), |c| <= 1 in each block; x <- "
		"AdamW's or Lion's "
		"step with c",
	.cost = "1 subgradient, 2 when exact",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
