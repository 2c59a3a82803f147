/* prox_sgd_yang.c -- ProxSGD for f + l1 |x|_1 over a box. Yang, Yuan, Chatzinotas, Ottersten
 * 2020 (ICLR, openreview HygpthEtvr), equations (6) to (8): v <- (1 - rho_t) v + rho_t g;  r <-
 * beta r + (1 - beta) g^2;  tau = sqrt(r/(1 - beta^k)) + eps x += lr_t (clip(soft(x - v/tau,
 * l1/tau)) - x),  lr_t = lr/(t+4)^lr_exponent, rho_t likewise. Their TensorFlow code counts t
 * from 0, their PyTorch code from 1; both take k = t + 1, so that the latter's first tau is
 * |g|/sqrt 2. The l1 term is not part of the problem's f. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

enum { LR, LR_EXPONENT, RHO, RHO_EXPONENT, BETA, L1, EPS, COUNT, LOWER, UPPER, OPTIONS };
enum { TF, TORCH };
static const char *const counts[] = { "tf", "torch", NULL };
static const char code[] = "Yang et al. 2020, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 0.06, 0, INFINITY, "epsilon_0, share of the way to the prox point", NULL,
		code, 0 },
	[LR_EXPONENT] = { "lr_exponent", 0.5, 0, INFINITY, "decay of lr", NULL, code, 0 },
	[RHO] = { "rho", 0.9, 0, INFINITY, "weight of the new gradient", NULL, code, 0 },
	[RHO_EXPONENT] = { "rho_exponent", 0.5, 0, INFINITY, "decay of rho", NULL, code, 0 },
	[BETA] = { "beta", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code, 0 },
	[L1] = { "l1", 1e-4, 0, INFINITY, "mu, weight of the l1 norm; not part of f", NULL,
		"Yang et al. 2020, TensorFlow code", 0 },
	[EPS] = { "eps", 1e-7, 1e-300, INFINITY, "delta, added to the root (torch code: 1e-8)",
		NULL, "Yang et al. 2020, TensorFlow code", 0 },
	[COUNT] = { "count", TF, 0, 1, "first step is t = 0 (tf) or 1 (torch)", counts,
		"Yang et al. 2020, TensorFlow code", 0 },
	[LOWER] = { "lower", -INFINITY, -INFINITY, INFINITY, "lower end of the box", NULL, code,
		0 },
	[UPPER] = { "upper", INFINITY, -INFINITY, INFINITY, "upper end of the box", NULL, code,
		0 },
	[OPTIONS] = { 0 },
};

struct prox_sgd_yang {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *v, *r;
	double memory[];
};

struct pass {
	double lr, rho, beta, root, eps, l1, lower, upper;
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct prox_sgd_yang *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->t = opt[COUNT] == TORCH ? 1 : 0;
	s->g = s->memory;
	s->v = s->memory + n;
	s->r = s->memory + 2 * n;
	return s;
}

static void update(size_t n, const struct pass *p, const double *restrict g, double *restrict v,
	double *restrict r, double *restrict x)
{
	double lr = p->lr, rho = p->rho, beta = p->beta, root = p->root, eps = p->eps,
	       l1 = p->l1;
	double lower = p->lower, upper = p->upper;

	for (size_t i = 0; i < n; i++) {
		double tau, u, shrunk;

		v[i] = (1 - rho) * v[i] + rho * g[i];
		r[i] = beta * r[i] + (1 - beta) * g[i] * g[i];
		tau = root * sqrt(r[i]) + eps;
		u = x[i] - v[i] / tau;
		shrunk = fabs(u) - l1 / tau;
		u = copysign(shrunk < 0 ? 0 : shrunk, u);
		u = u < lower ? lower : u;
		u = u > upper ? upper : u;
		x[i] += lr * (u - x[i]);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct prox_sgd_yang *s = state;
	double t = (double)s->t++;
	struct pass p = {
		.lr = nso_rate(f) * s->opt[LR] / pow(t + 4, s->opt[LR_EXPONENT]),
		.rho = s->opt[RHO] / pow(t + 4, s->opt[RHO_EXPONENT]),
		.beta = s->opt[BETA],
		.root = 1 / sqrt(1 - pow(s->opt[BETA], t + 1)),
		.eps = s->opt[EPS],
		.l1 = s->opt[L1],
		.lower = s->opt[LOWER],
		.upper = s->opt[UPPER],
	};

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	update(s->n, &p, s->g, s->v, s->r, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_prox_sgd_yang = {
	.name = "prox-sgd-yang",
	.title = "ProxSGD (Yang)",
	.reference = "Yang, Yuan, Chatzinotas, Ottersten 2020, ICLR, official code",
	.rule = "v <- (1-rho_t) v + rho_t g; x <- x + lr_t (soft(x - v/tau, l1/tau) - x)",
	.cost = "1 subgradient",
	.group = "proximal",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
