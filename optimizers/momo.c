/* momo.c -- MoMo: a Polyak step on the mean of the last linear models of f. Schaipp et al. 2024
 * (arXiv:2305.07583): with fbar, m, <g,x>bar the means of f, g, <g,x>,
 *   tau = min{lr, (fbar + <m,x> - <g,x>bar - f*)_+/|m|^2};  x -= tau m.
 * Without bias correction the means start at the first f, g, <g,x>, as in the official code. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "f_star.h"
#include "vectors.h"

enum { LR, BETA, WEIGHT_DECAY, F_STAR, BIAS_CORRECTION, OPTIONS };
static const char *const off_on[] = { "off", "on", NULL };
static const char code[] = "Schaipp et al. 2024, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1, 0, INFINITY, "largest step", NULL, code, 0 },
	[BETA] = { "beta", 0.9, 0, 1 - 1e-12, "decay of the means", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "implicit: x/(1 + lr weight_decay)",
		NULL, code, 0 },
	[F_STAR] = { "f_star", NAN, -INFINITY, INFINITY,
		"lower bound of the sampled f; auto: the optimum, of a sample 0", NULL,
		"nsobench", 0 },
	[BIAS_CORRECTION] = { "bias_correction", 0, 0, 1, "means start at 0 and are corrected",
		off_on, code, 0 },
	[OPTIONS] = { 0 },
};
static const char *const columns[] = { "step_size", NULL };

struct momo {
	size_t n, t;
	double opt[OPTIONS];
	double f_star, value, inner; /* means of f and of <g, x> */
	double *g, *m;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct momo *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->f_star = f_star(f, opt[F_STAR]);
	s->g = s->memory;
	s->m = s->memory + n;
	return s;
}

static void average(struct momo *s, double keep, double in, double value, double inner)
{
	const double *restrict g = s->g;
	double *restrict m = s->m;

	s->value = keep * s->value + in * value;
	s->inner = keep * s->inner + in * inner;
	for (size_t i = 0; i < s->n; i++)
		m[i] = keep * m[i] + in * g[i];
}

static void move(
	size_t n, double tau, double shrink, const double *restrict m, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (x[i] - tau * m[i]) / shrink;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct momo *s = state;
	double value = nso_subgradient(f, x, s->g), lr = s->opt[LR] * nso_rate(f);
	double beta = s->opt[BETA], shrink = 1 + lr * s->opt[WEIGHT_DECAY], rho = 1;
	double norm2, model, tau;
	int correct = s->opt[BIAS_CORRECTION] != 0;

	if (!isfinite(value))
		return NSO_DIVERGED;
	if (s->t++ == 0 && !correct)
		average(s, 0, 1, value, dot(s->n, s->g, x));
	else
		average(s, beta, 1 - beta, value, dot(s->n, s->g, x));
	if (correct)
		rho = 1 - pow(beta, (double)s->t);
	norm2 = dot(s->n, s->m, s->m);
	model = shrink * (s->value - s->inner - rho * s->f_star) + dot(s->n, s->m, x);
	tau = norm2 == 0 ? 0 : fmin(lr / rho, fmax(model, 0) / norm2);
	nso_report(f, 0, tau);
	move(s->n, tau, shrink, s->m, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_momo = {
	.name = "momo",
	.title = "MoMo",
	.reference = "Schaipp, Ohana, Eickenberg, Defazio, Gower 2024, arXiv:2305.07583",
	.rule = "x <- x - min{lr, (fbar + <m,x> - <g,x>bar - f_star)_+/|m|^2} m",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
