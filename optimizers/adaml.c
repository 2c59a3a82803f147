/* adaml.c -- AdamL: Adam whose second moment is scaled by the value of the loss. Xia, Massei
 * 2023 (arXiv:2312.15295). This is a reading of the paper that was not verified against its
 * authors' code; the variants are the readings that fit what is known of it: l = max(f -
 * f_star, floor), divided by f(x_0) - f_star with `relative` loss-scaled    v <- beta2 v +
 * (1-beta2) (gamma/l)^phi g^2 + l eps belief-scaled  the same with (g - m)^2 in place of g^2
 *   loss-damped    v <- beta2 v + (1-beta2) (l/gamma)^phi g^2 + eps
 *   x -= lr sqrt(1-beta2^t)/(1-beta1^t) m/sqrt(v) */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "wide.h"

enum { LR, BETA1, BETA2, EPS, GAMMA, PHI, VARIANT, F_STAR, RELATIVE, FLOOR, OPTIONS };
enum { LOSS_SCALED, BELIEF_SCALED, LOSS_DAMPED };
static const char *const off_on[] = { "off", "on", NULL };
static const char *const variants[] = { "loss-scaled", "belief-scaled", "loss-damped", NULL };
static const char paper[] = "Xia, Massei 2023, as read here", ours[] = "nsobench";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, paper, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, paper, 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the second moment", NULL, paper,
		0 },
	[EPS] = { "eps", 1e-8, 1e-300, INFINITY, "keeps v positive", NULL, paper, 0 },
	[GAMMA] = { "gamma", 1, 1e-300, INFINITY, "scale of the loss; tuned per task", NULL,
		paper, 0 },
	[PHI] = { "phi", 1, -INFINITY, INFINITY, "exponent of the loss; tuned per task", NULL,
		paper, 0 },
	[VARIANT] = { "variant", LOSS_SCALED, 0, 2, "reading of the second moment", variants,
		ours, 0 },
	[F_STAR] = { "f_star", 0, -INFINITY, INFINITY,
		"subtracted from the loss, which must stay positive; auto: the optimum", NULL,
		paper, 0 },
	[RELATIVE] = { "relative", 0, 0, 1, "divide the loss by that of the start", off_on,
		ours, 0 },
	[FLOOR] = { "floor", 1e-16, 1e-300, INFINITY, "least value of the loss", NULL, ours,
		0 },
	[OPTIONS] = { 0 },
};

struct adaml {
	size_t n, t;
	double opt[OPTIONS];
	double f_star, unit; /* what is subtracted; what divides, 0 before the first step */
	double *g, *m, *v;
	double memory[];
};

struct pass {
	double beta1, beta2, scale, lift, rate; /* v <- beta2 v + scale u^2 + lift */
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct adaml *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->f_star = isnan(opt[F_STAR]) ? nso_optimum(f) : opt[F_STAR];
	if (isnan(s->f_star)) /* not known: the loss as it is */
		s->f_star = 0;
	s->unit = opt[RELATIVE] != 0 ? 0 : 1;
	s->g = s->memory;
	s->m = s->memory + n;
	s->v = s->memory + 2 * n;
	return s;
}

/* The second moment is of g less `belief` times the new m. */
static WIDE void update(size_t n, const struct pass *p, double belief, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, scale = p->scale, lift = p->lift, rate = p->rate;

	for (size_t i = 0; i < n; i++) {
		double u;

		m[i] = b1 * m[i] + (1 - b1) * g[i];
		u = g[i] - belief * m[i];
		v[i] = b2 * v[i] + scale * u * u + lift;
		x[i] -= rate * m[i] / sqrt(v[i]);
	}
}

static double loss(struct adaml *s, double value)
{
	double l = fmax(value - s->f_star, s->opt[FLOOR]);

	if (s->unit == 0)
		s->unit = l;
	return fmax(l / s->unit, s->opt[FLOOR]);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct adaml *s = state;
	double t = (double)++s->t, lr = s->opt[LR] * nso_rate(f);
	double bc1 = 1 - pow(s->opt[BETA1], t), bc2 = 1 - pow(s->opt[BETA2], t);
	double value = nso_subgradient(f, x, s->g), l;
	int variant = (int)s->opt[VARIANT];
	struct pass p;

	if (!isfinite(value))
		return NSO_DIVERGED;
	l = loss(s, value);
	p = (struct pass){
		.beta1 = s->opt[BETA1],
		.beta2 = s->opt[BETA2],
		.scale = (1 - s->opt[BETA2]) *
			 pow(variant == LOSS_DAMPED ? l / s->opt[GAMMA] : s->opt[GAMMA] / l,
				 s->opt[PHI]),
		.lift = variant == LOSS_DAMPED ? s->opt[EPS] : l * s->opt[EPS],
		.rate = lr * sqrt(bc2) / bc1,
	};
	update(s->n, &p, variant == BELIEF_SCALED ? 1 : 0, s->g, s->m, s->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_adaml = {
	.name = "adaml",
	.title = "AdamL",
	.reference = "Xia, Massei 2023, arXiv:2312.15295; "
		     "reading of the paper, not verified against the authors' code",
	.rule = "v <- beta2 v + (1-beta2) (gamma/l)^phi g^2 + l eps; "
		"x <- x - lr sqrt(1-beta2^t)/(1-beta1^t) m/sqrt(v); l: the loss",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
