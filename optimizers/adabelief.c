/* adabelief.c -- AdaBelief: Adam whose second moment is that of g - m, the surprise. Zhuang et
 * al. 2020 (arXiv:2010.07468), in the order of adabelief-pytorch 0.2.1: m is the new and
 * uncorrected one, eps is added to s in the state at every step and once more outside the root;
 * with `rectify` the step of RAdam, where eps is added to the uncorrected root. The paper's own
 * results: rectify off, eps 1e-8. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "rectify.h"
#include "wide.h"

enum {
	LR,
	BETA1,
	BETA2,
	EPS,
	WEIGHT_DECAY,
	WEIGHT_DECOUPLE,
	FIXED_DECAY,
	RECTIFY,
	DEGENERATED_TO_SGD,
	AMSGRAD,
	OPTIONS
};
static const char *const off_on[] = { "off", "on", NULL };
static const char code[] = "Zhuang et al. 2020, adabelief-pytorch 0.2.1";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of (g-m)^2", NULL, code,
		0 },
	[EPS] = { "eps", 1e-16, 0, INFINITY, "added to s and to its root (the paper: 1e-8)",
		NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "weight decay", NULL, code, 0 },
	[WEIGHT_DECOUPLE] = { "weight_decouple", 1, 0, 1, "x -= lr weight_decay x first",
		off_on, code, 0 },
	[FIXED_DECAY] = { "fixed_decay", 0, 0, 1, "decoupled: x -= weight_decay x", off_on,
		code, 0 },
	[RECTIFY] = { "rectify", 1, 0, 1, "rectify as RAdam does (the paper: off)", off_on,
		code, 0 },
	[DEGENERATED_TO_SGD] = { "degenerated_to_sgd", 1, 0, 1,
		"rectify: momentum steps before the rectified ones", off_on, code, 0 },
	[AMSGRAD] = { "amsgrad", 0, 0, 1, "largest s so far in the denominator", off_on, code,
		0 },
	[OPTIONS] = { 0 },
};

struct adabelief {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m, *s, *most; /* most: only with amsgrad */
	double memory[];
};

struct pass {
	double beta1, beta2, eps, l2, keep;
	double step, root; /* x -= step m/(root sqrt(s) + eps) */
	double plain;      /* x -= plain m */
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), count = opt[AMSGRAD] != 0 ? 4 : 3;
	struct adabelief *s = calloc(1, sizeof *s + count * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->m = s->memory + n;
	s->s = s->memory + 2 * n;
	s->most = opt[AMSGRAD] != 0 ? s->memory + 3 * n : NULL;
	return s;
}

static WIDE void adaptive(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict s, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, eps = p->eps, l2 = p->l2, keep = p->keep;
	double step = p->step, root = p->root;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i], u;

		m[i] = b1 * m[i] + (1 - b1) * gi;
		u = gi - m[i];
		s[i] = b2 * s[i] + (1 - b2) * u * u + eps;
		x[i] = keep * x[i] - step * m[i] / (root * sqrt(s[i]) + eps);
	}
}

/* Without the division: what precedes the rectified steps. */
static WIDE void momentum(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict s, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, eps = p->eps, l2 = p->l2, keep = p->keep;
	double plain = p->plain;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i], u;

		m[i] = b1 * m[i] + (1 - b1) * gi;
		u = gi - m[i];
		s[i] = b2 * s[i] + (1 - b2) * u * u + eps;
		x[i] = keep * x[i] - plain * m[i];
	}
}

static WIDE void amsgrad(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict s, double *restrict most, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, eps = p->eps, l2 = p->l2, keep = p->keep;
	double step = p->step, root = p->root;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i], u;

		m[i] = b1 * m[i] + (1 - b1) * gi;
		u = gi - m[i];
		s[i] = b2 * s[i] + (1 - b2) * u * u + eps;
		most[i] = s[i] > most[i] ? s[i] : most[i];
		x[i] = keep * x[i] - step * m[i] / (root * sqrt(most[i]) + eps);
	}
}

/* The rectified form: its denominator has s, with amsgrad too, as the official code has it. */
static void rectified(
	struct adabelief *s, struct pass *p, double lr, double bc1, double bc2, double *x)
{
	double length = rectify_length(s->opt[BETA2], (double)s->t);

	p->root = 1;
	if (length >= 5) {
		p->step = lr * sqrt(bc2) * rectify_factor(s->opt[BETA2], length) / bc1;
		adaptive(s->n, p, s->g, s->m, s->s, x);
	} else {
		p->plain = s->opt[DEGENERATED_TO_SGD] != 0 ? lr / bc1 : 0;
		momentum(s->n, p, s->g, s->m, s->s, x);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct adabelief *s = state;
	double t = (double)++s->t, lr = s->opt[LR] * nso_rate(f), decay = s->opt[WEIGHT_DECAY];
	double bc1 = 1 - pow(s->opt[BETA1], t), bc2 = 1 - pow(s->opt[BETA2], t);
	int decoupled = s->opt[WEIGHT_DECOUPLE] != 0;
	struct pass p = {
		.beta1 = s->opt[BETA1],
		.beta2 = s->opt[BETA2],
		.eps = s->opt[EPS],
		.l2 = decoupled ? 0 : decay,
		.keep = !decoupled ? 1 : 1 - (s->opt[FIXED_DECAY] != 0 ? 1 : lr) * decay,
		.step = lr / bc1,
		.root = 1 / sqrt(bc2),
	};

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	if (s->opt[RECTIFY] != 0)
		rectified(s, &p, lr, bc1, bc2, x);
	else if (s->most)
		amsgrad(s->n, &p, s->g, s->m, s->s, s->most, x);
	else
		adaptive(s->n, &p, s->g, s->m, s->s, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_adabelief = {
	.name = "adabelief",
	.title = "AdaBelief",
	.reference = "Zhuang et al. 2020, arXiv:2010.07468, adabelief-pytorch 0.2.1",
	.rule = "s <- beta2 s + (1-beta2) (g-m)^2 + eps; "
		"x <- x - lr (m/(1-beta1^t)) / (sqrt(s/(1-beta2^t)) + eps); rectify: as RAdam",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
