/* mutants.c -- methods broken on purpose, one error each: a claim about the intact method must
 * not hold for them. gd-far: gradient descent with twice the step. usam-ps-far: twice Polyak's
 * step. usam-ps-sign: the perturbation down the gradient instead of up. polyak-sign: f* + f for
 * f - f*. */
#include <stdlib.h>
#include "nsobench.h"

enum { FIRST };
static const struct nso_option lr_options[] = {
	[FIRST] = { "lr", 0.1, 0, INFINITY, "step size", NULL, "", 0 },
	{ "momentum", 0, 0, 1, "unused", NULL, "", 0 },
	{ "weight_decay", 0, 0, 1, "unused", NULL, "", 0 },
	{ 0 },
};
static const struct nso_option rho_options[] = {
	[FIRST] = { "rho", 0.1, 0, INFINITY, "radius", NULL, "", 0 },
	{ 0 },
};
static const struct nso_option none[] = { { 0 } };

struct mutant {
	size_t n;
	double first, far, sign;
	double memory[];
};

static struct mutant *new (struct nso_oracle *f, double first, double far, double sign)
{
	size_t n = nso_dim(f);
	struct mutant *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->first = first;
	s->far = far;
	s->sign = sign;
	return s;
}

static void *gd_init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)x;
	return new (f, opt[FIRST], 2, 1);
}

static void *far_init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)x;
	return new (f, opt[FIRST], 2, 1);
}

static void *sign_init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)x;
	return new (f, opt[FIRST], 1, -1);
}

static void *polyak_init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)opt;
	(void)x;
	return new (f, 0, 1, -1);
}

static enum nso_status gd_step(void *state, struct nso_oracle *f, double *x)
{
	struct mutant *s = state;

	nso_subgradient(f, x, s->memory);
	for (size_t i = 0; i < s->n; i++)
		x[i] -= s->far * s->first * nso_rate(f) * s->memory[i];
	return NSO_CONTINUE;
}

static enum nso_status usam_step(void *state, struct nso_oracle *f, double *x)
{
	struct mutant *s = state;
	double *g = s->memory, *e = g + s->n, value, inner = 0, norm2 = 0, gamma;

	nso_subgradient(f, x, g);
	for (size_t i = 0; i < s->n; i++)
		e[i] = x[i] + s->sign * s->first * g[i];
	value = nso_subgradient(f, e, g) - nso_optimum(f);
	for (size_t i = 0; i < s->n; i++) {
		inner += g[i] * (e[i] - x[i]);
		norm2 += g[i] * g[i];
	}
	if (norm2 == 0)
		return NSO_CONVERGED;
	/* the sign mutant keeps the formula of the intact method: <g, e - x> > 0 is taken for
	 * granted */
	gamma = s->far * fmax(0, value - s->sign * inner) / norm2;
	for (size_t i = 0; i < s->n; i++)
		x[i] -= gamma * g[i];
	return NSO_CONTINUE;
}

static enum nso_status polyak_step(void *state, struct nso_oracle *f, double *x)
{
	struct mutant *s = state;
	double value = nso_subgradient(f, x, s->memory), norm2 = 0;

	for (size_t i = 0; i < s->n; i++)
		norm2 += s->memory[i] * s->memory[i];
	for (size_t i = 0; norm2 > 0 && i < s->n; i++)
		x[i] -= (value + nso_optimum(f)) / norm2 * s->memory[i];
	return NSO_CONTINUE;
}

static const struct nso_optimizer gd_far = {
	.name = "gd-far",
	.title = "gd-far",
	.reference = "",
	.rule = "x <- x - 2 lr g",
	.cost = "1 subgradient",
	.group = "baseline",
	.needs = NSO_SUBGRADIENT,
	.options = lr_options,
	.init = gd_init,
	.step = gd_step,
	.free = free,
};
static const struct nso_optimizer usam_ps_far = {
	.name = "usam-ps-far",
	.title = "usam-ps-far",
	.reference = "",
	.rule = "twice the step",
	.cost = "2 subgradients",
	.group = "baseline",
	.needs = NSO_SUBGRADIENT | NSO_OPTIMUM,
	.options = rho_options,
	.init = far_init,
	.step = usam_step,
	.free = free,
};
static const struct nso_optimizer usam_ps_sign = {
	.name = "usam-ps-sign",
	.title = "usam-ps-sign",
	.reference = "",
	.rule = "e = x - rho g",
	.cost = "2 subgradients",
	.group = "baseline",
	.needs = NSO_SUBGRADIENT | NSO_OPTIMUM,
	.options = rho_options,
	.init = sign_init,
	.step = usam_step,
	.free = free,
};
static const struct nso_optimizer polyak_sign = {
	.name = "polyak-sign",
	.title = "polyak-sign",
	.reference = "",
	.rule = "f + f* for f - f*",
	.cost = "1 subgradient",
	.group = "baseline",
	.needs = NSO_SUBGRADIENT | NSO_OPTIMUM,
	.options = none,
	.init = polyak_init,
	.step = polyak_step,
	.free = free,
};
static const struct nso_optimizer *const all[] = { &gd_far, &usam_ps_far, &usam_ps_sign,
	&polyak_sign, NULL };
const struct nso_plugin nso_plugin = { NULL, all };
