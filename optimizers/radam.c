/* radam.c -- RAdam: Adam that takes plain momentum steps until the variance of its step can be
 * rectified. Liu et al. 2020 (arXiv:1908.03265). The two variants are not the same method:
 *   official  rectified from a length of 5 on; before it no step at all unless
 * degenerated_to_sgd; weight decay decoupled, and only where there is a step torch rectified
 * above 5, before it x -= lr m/(1-beta1^t); weight decay coupled by default */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "rectify.h"

enum { LR, BETA1, BETA2, EPS, WEIGHT_DECAY, VARIANT, DEGENERATED_TO_SGD, DECOUPLED, OPTIONS };
enum { OFFICIAL, TORCH };
static const char *const off_on[] = { "off", "on", NULL };
static const char *const variants[] = { "official", "torch", NULL };
static const char code[] = "Liu et al. 2020, official code", torch[] = "PyTorch";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code, 0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the uncorrected root of v", NULL, code,
		0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "weight decay", NULL, code, 0 },
	[VARIANT] = { "variant", OFFICIAL, 0, 1, "the authors' code or PyTorch's", variants,
		code, 0 },
	[DEGENERATED_TO_SGD] = { "degenerated_to_sgd", 0, 0, 1,
		"official: momentum steps before the rectified ones", off_on, code, 0 },
	[DECOUPLED] = { "decoupled_weight_decay", 0, 0, 1,
		"torch: x -= lr weight_decay x first", off_on, torch, 0 },
	[OPTIONS] = { 0 },
};

struct radam {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m, *v;
	double memory[];
};

struct pass {
	double beta1, beta2, eps, l2, keep;
	double adaptive, plain; /* step along m/(sqrt(v) + eps) and along m; one of them is 0 */
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct radam *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

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

static void moments(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, l2 = p->l2, keep = p->keep, plain = p->plain;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i];

		m[i] = b1 * m[i] + (1 - b1) * gi;
		v[i] = b2 * v[i] + (1 - b2) * gi * gi;
		x[i] = keep * x[i] - plain * m[i];
	}
}

static void rectified(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, eps = p->eps, l2 = p->l2, keep = p->keep;
	double adaptive = p->adaptive;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i];

		m[i] = b1 * m[i] + (1 - b1) * gi;
		v[i] = b2 * v[i] + (1 - b2) * gi * gi;
		x[i] = keep * x[i] - adaptive * m[i] / (sqrt(v[i]) + eps);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct radam *s = state;
	double t = (double)++s->t, lr = s->opt[LR] * nso_rate(f), decay = s->opt[WEIGHT_DECAY];
	double bc1 = 1 - pow(s->opt[BETA1], t), bc2 = 1 - pow(s->opt[BETA2], t);
	double length = rectify_length(s->opt[BETA2], t);
	int torch_form = s->opt[VARIANT] == TORCH;
	int ready = torch_form ? length > 5 : length >= 5;
	int moves = ready || torch_form || s->opt[DEGENERATED_TO_SGD] != 0;
	int coupled = torch_form && s->opt[DECOUPLED] == 0;
	struct pass p = {
		.beta1 = s->opt[BETA1],
		.beta2 = s->opt[BETA2],
		.eps = s->opt[EPS],
		.l2 = coupled ? decay : 0,
		.keep = !coupled && moves ? 1 - lr * decay : 1,
		.plain = moves ? lr / bc1 : 0,
	};

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	if (ready) {
		p.adaptive = lr * rectify_factor(s->opt[BETA2], length) * sqrt(bc2) / bc1;
		rectified(s->n, &p, s->g, s->m, s->v, x);
	} else {
		moments(s->n, &p, s->g, s->m, s->v, x);
	}
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_radam = {
	.name = "radam",
	.title = "RAdam",
	.reference =
		"Liu et al. 2020, arXiv:1908.03265, official code; variant torch: PyTorch's",
	.rule = "x <- x - lr r_t sqrt(1-beta2^t)/(1-beta1^t) m/(sqrt(v) + eps) once r_t is "
		"defined",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
