/* light_sam.c -- SAM with adaptive steps, the rivals of the Polyak schedulers for SAM, each as
 * in their official code (sam_sps, numpy_exps): every mean of squares starts at eps^2, none is
 * corrected for its bias, and there is no other eps. lightsam   the perturbation is adaptive
 * too: e = x + rho s/sqrt(u), x -= lr grad f(e)/sqrt(v), with u, v sums of |.|^2
 * (adagrad-norm), of squares (adagrad), or means of squares, and then means of s and grad f(e)
 * above (adam): LightSAM-I, -II, -III, arXiv:2505.24399 adasam     e = x + rho s/|s|, AMSGrad
 * without bias correction: Sun et al. 2023 (arXiv:2303.00565) sa-sam     e = x + sqrt(lr_t)
 * s/|s|, lr_t = min{|x - x_last|/(2 |s - s_last|), sqrt(1 + r) lr_last}, r = lr_last/lr_before:
 * Malitsky and Mishchenko's step for SAM */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"
#include "wide.h"

enum { LIGHT_VARIANT, LIGHT_LR, LIGHT_RHO, LIGHT_BETA1, LIGHT_BETA2, LIGHT_EPS };
enum { ADA_LR, ADA_RHO, ADA_BETA1, ADA_BETA2, ADA_EPS };
enum { SA_LR };
enum { ADAGRAD_NORM, ADAGRAD, ADAM };
static const char *const variants[] = { "adagrad-norm", "adagrad", "adam", NULL };
static const char code[] = "sam_sps, official code", book[] = "sam_sps, experiments";
static const struct nso_option light_options[] = {
	[LIGHT_VARIANT] = { "variant", ADAM, 0, 2, "what scales: LightSAM-I, -II, -III",
		variants, book, 0 },
	[LIGHT_LR] = { "lr", NAN, 0, INFINITY, "step size; auto: 5, 0.5, 0.01 by variant", NULL,
		book, 0 },
	[LIGHT_RHO] = { "rho", NAN, 0, INFINITY,
		"perturbation; auto: 0.1, 0.01, 0.01 by variant", NULL, book, 0 },
	[LIGHT_BETA1] = { "beta1", 0.9, 0, 1, "adam: decay of the means", NULL, book, 0 },
	[LIGHT_BETA2] = { "beta2", 0.999, 0, 1, "adam: decay of the means of squares", NULL,
		book, 0 },
	[LIGHT_EPS] = { "eps", 1e-12, 1e-150, INFINITY, "eps^2 is where u and v start", NULL,
		book, 0 },
	{ 0 },
};
static const struct nso_option ada_options[] = {
	[ADA_LR] = { "lr", 0.01, 0, INFINITY, "step size", NULL, book, 0 },
	[ADA_RHO] = { "rho", 0.01, 0, INFINITY, "radius of the perturbation", NULL, book, 0 },
	[ADA_BETA1] = { "beta1", 0.9, 0, 1, "decay of the mean of g", NULL, book, 0 },
	[ADA_BETA2] = { "beta2", 0.999, 0, 1, "decay of the mean of g^2", NULL, book, 0 },
	[ADA_EPS] = { "eps", 1e-12, 1e-150, INFINITY, "eps^2 is where v starts", NULL, book,
		0 },
	{ 0 },
};
static const struct nso_option sa_options[] = {
	[SA_LR] = { "lr", 0.1, 1e-300, INFINITY, "the first step size", NULL, code, 0 },
	{ 0 },
};
static const char *const columns[] = { "step_size", NULL };
static const double light_lr[] = { 5, 0.5, 0.01 }, light_rho[] = { 0.1, 0.01, 0.01 };

struct light_sam {
	size_t n, t;
	int variant;
	double lr, rho, beta1, beta2;
	double norm_u, norm_v; /* adagrad-norm: sums of |s|^2 and |g|^2 */
	double ratio, last;    /* sa-sam */
	double *s, *g, *e;     /* gradient at x; at e; e */
	double *r, *u, *m, *v; /* means of s, s^2, g, g^2 (sa-sam: r is the last x, u its s) */
	double memory[];
};

static struct light_sam *alloc(struct nso_oracle *f, size_t vectors, double eps)
{
	size_t n = nso_dim(f);
	struct light_sam *s = calloc(1, sizeof *s + vectors * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->s = s->memory;
	s->g = s->memory + n;
	s->e = s->memory + 2 * n;
	s->m = s->memory + 3 * n;
	s->v = s->memory + 4 * n;
	s->r = s->memory + 5 * n;
	s->u = s->memory + 6 * n;
	s->norm_u = s->norm_v = eps * eps;
	for (size_t i = 0; i < n; i++)
		s->v[i] = eps * eps;
	return s;
}

static void *light_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct light_sam *s = alloc(f, 7, opt[LIGHT_EPS]);

	(void)x;
	if (!s)
		return NULL;
	s->variant = (int)opt[LIGHT_VARIANT];
	s->lr = isnan(opt[LIGHT_LR]) ? light_lr[s->variant] : opt[LIGHT_LR];
	s->rho = isnan(opt[LIGHT_RHO]) ? light_rho[s->variant] : opt[LIGHT_RHO];
	s->beta1 = opt[LIGHT_BETA1];
	s->beta2 = opt[LIGHT_BETA2];
	memcpy(s->u, s->v, s->n * sizeof *s->u);
	return s;
}

static void *ada_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct light_sam *s = alloc(f, 6, opt[ADA_EPS]);

	(void)x;
	if (!s)
		return NULL;
	s->lr = opt[ADA_LR];
	s->rho = opt[ADA_RHO];
	s->beta1 = opt[ADA_BETA1];
	s->beta2 = opt[ADA_BETA2];
	memcpy(s->r, s->v, s->n * sizeof *s->r); /* the largest v so far */
	return s;
}

static void *sa_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct light_sam *s = alloc(f, 7, 0);

	(void)x;
	if (!s)
		return NULL;
	s->last = opt[SA_LR];
	s->ratio = INFINITY;
	return s;
}

/* to += by from/sqrt(sum of squares so far) */
static void along(
	size_t n, double by, double *sum, const double *restrict from, double *restrict to)
{
	*sum += dot(n, from, from);
	axpy(n, by / sqrt(*sum), from, to);
}

/* The same with a sum for each coordinate. */
static WIDE void along_axes(size_t n, double by, double *restrict sum,
	const double *restrict from, double *restrict to)
{
	for (size_t i = 0; i < n; i++) {
		sum[i] += from[i] * from[i];
		to[i] += by * from[i] / sqrt(sum[i]);
	}
}

/* to += by m/sqrt(v), means of from and from^2; most (or NULL): the largest v so far, in place
 * of v */
static WIDE void along_means(const struct light_sam *s, double by, const double *restrict from,
	double *restrict m, double *restrict v, double *restrict to)
{
	double b1 = s->beta1, b2 = s->beta2;

	for (size_t i = 0; i < s->n; i++) {
		m[i] = b1 * m[i] + (1 - b1) * from[i];
		v[i] = b2 * v[i] + (1 - b2) * from[i] * from[i];
		to[i] += by * m[i] / sqrt(v[i]);
	}
}

static enum nso_status light_step(void *state, struct nso_oracle *f, double *x)
{
	struct light_sam *s = state;
	double lr = -s->lr * nso_rate(f);

	if (!isfinite(nso_subgradient(f, x, s->s)))
		return NSO_DIVERGED;
	memcpy(s->e, x, s->n * sizeof *x);
	if (s->variant == ADAGRAD_NORM)
		along(s->n, s->rho, &s->norm_u, s->s, s->e);
	else if (s->variant == ADAGRAD)
		along_axes(s->n, s->rho, s->u, s->s, s->e);
	else
		along_means(s, s->rho, s->s, s->r, s->u, s->e);
	if (!isfinite(nso_subgradient(f, s->e, s->g)))
		return NSO_DIVERGED;
	if (s->variant == ADAGRAD_NORM)
		along(s->n, lr, &s->norm_v, s->g, x);
	else if (s->variant == ADAGRAD)
		along_axes(s->n, lr, s->v, s->g, x);
	else
		along_means(s, lr, s->g, s->m, s->v, x);
	return NSO_CONTINUE;
}

/* g = grad f(x + rho s/|s|); the value there. s = 0: at x. */
static double look(struct light_sam *s, struct nso_oracle *f, double rho, const double *x)
{
	double norm = sqrt(dot(s->n, s->s, s->s));

	memcpy(s->e, x, s->n * sizeof *x);
	if (norm > 0)
		axpy(s->n, rho / norm, s->s, s->e);
	return nso_subgradient(f, s->e, s->g);
}

static WIDE void amsgrad(const struct light_sam *s, double lr, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict most, double *restrict x)
{
	double b1 = s->beta1, b2 = s->beta2;

	for (size_t i = 0; i < s->n; i++) {
		m[i] = b1 * m[i] + (1 - b1) * g[i];
		v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
		most[i] = v[i] > most[i] ? v[i] : most[i];
		x[i] -= lr * m[i] / sqrt(most[i]);
	}
}

static enum nso_status ada_step(void *state, struct nso_oracle *f, double *x)
{
	struct light_sam *s = state;

	if (!isfinite(nso_subgradient(f, x, s->s)) || !isfinite(look(s, f, s->rho, x)))
		return NSO_DIVERGED;
	amsgrad(s, s->lr * nso_rate(f), s->g, s->m, s->v, s->r, x);
	return NSO_CONTINUE;
}

/* The next step size from the last point and both gradients on this step's sample. */
static double local(const struct light_sam *s, const double *x)
{
	double change = sqrt(distance2(s->n, s->s, s->u)),
	       move = sqrt(distance2(s->n, x, s->r));
	double most = sqrt(1 + s->ratio) * s->last;
	double lr = change > 0 ? fmin(move / (2 * change), most) : most;

	return isfinite(lr) ? lr : s->last;
}

static enum nso_status sa_step(void *state, struct nso_oracle *f, double *x)
{
	struct light_sam *s = state;
	double lr = s->last;

	if (!isfinite(nso_subgradient(f, x, s->s)))
		return NSO_DIVERGED;
	if (s->t++ > 0) {
		if (!isfinite(nso_subgradient(f, s->r, s->u)))
			return NSO_DIVERGED;
		lr = local(s, x);
		s->ratio = s->last > 0 ? lr / s->last : INFINITY;
		s->last = lr;
	}
	memcpy(s->r, x, s->n * sizeof *x);
	if (!isfinite(look(s, f, sqrt(lr), x)))
		return NSO_DIVERGED;
	nso_report(f, 0, lr * nso_rate(f));
	axpy(s->n, -lr * nso_rate(f), s->g, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_lightsam = {
	.name = "lightsam",
	.title = "LightSAM",
	.reference = "LightSAM 2025, arXiv:2505.24399, as in the official code of sam_sps",
	.rule = "e = x + rho s/sqrt(u), x <- x - lr g/sqrt(v), u and v from s and g = grad "
		"f(e) as in "
		"AdaGrad or Adam",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = light_options,
	.init = light_init,
	.step = light_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_adasam = {
	.name = "adasam",
	.title = "AdaSAM",
	.reference = "Sun et al. 2023, arXiv:2303.00565, as in the official code of sam_sps",
	.rule = "e = x + rho s/|s|; AMSGrad along grad f(e), no bias correction",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = ada_options,
	.init = ada_init,
	.step = ada_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_sa_sam = {
	.name = "sa-sam",
	.title = "SA-SAM",
	.reference = "Smoothness-adaptive SAM, as in the official code of sam_sps",
	.rule = "lr = min{|x - x_last|/(2 |s - s_last|), sqrt(1 + r) lr_last}; e = x + "
		"sqrt(lr) s/|s|; x "
		"<- x - lr grad f(e)",
	.cost = "3 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = sa_options,
	.columns = columns,
	.init = sa_init,
	.step = sa_step,
	.free = free,
};
