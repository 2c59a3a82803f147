/* d_adapt.c -- D-Adaptation: SGD and Adam whose step size is an estimate d of the distance to
 * the solution. Defazio, Mishchenko 2023 (arXiv:2301.07733), in the order of the official code
 * (Adam: <g, s> is weighted by the old v, where algorithm 4 of the paper has the new one). The
 * code of the SGD form adds the weight decay to the first gradient out of place and drops the
 * sum, so that |g_0| is without it: variant = official; meant is with it, as the lines read. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { SGD_LR, SGD_MOMENTUM, SGD_WEIGHT_DECAY, SGD_D0, SGD_GROWTH, SGD_VARIANT };
enum { MEANT, OFFICIAL };
static const char *const variants[] = { "meant", "official", NULL };
enum {
	ADAM_LR,
	ADAM_BETA1,
	ADAM_BETA2,
	ADAM_EPS,
	ADAM_WEIGHT_DECAY,
	ADAM_DECOUPLE,
	ADAM_BIAS_CORRECTION,
	ADAM_D0,
	ADAM_GROWTH,
	ADAM_OPTIONS
};
static const char *const off_on[] = { "off", "on", NULL };
static const char code[] = "Defazio, Mishchenko 2023, official code";
static const char lr_help[] = "factor of d", d0_help[] = "first d";
static const char growth_help[] = "largest growth of d in a step";
static const struct nso_option sgd_options[] = {
	[SGD_LR] = { "lr", 1, 0, INFINITY, lr_help, NULL, code, 0 },
	[SGD_MOMENTUM] = { "momentum", 0, 0, 1, "share of x that is kept", NULL, code, 0 },
	[SGD_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x",
		NULL, code, 0 },
	[SGD_D0] = { "d0", 1e-6, 1e-300, INFINITY, d0_help, NULL, code, 0 },
	[SGD_GROWTH] = { "growth_rate", INFINITY, 1, INFINITY, growth_help, NULL, code, 0 },
	[SGD_VARIANT] = { "variant", MEANT, 0, 1,
		"|g_0| with the weight decay, or as the code runs without", variants,
		"nsobench", NSO_LATER },
	{ 0 },
};
static const struct nso_option adam_options[] = {
	[ADAM_LR] = { "lr", 1, 0, INFINITY, lr_help, NULL, code, 0 },
	[ADAM_BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[ADAM_BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code,
		0 },
	[ADAM_EPS] = { "eps", 1e-8, 1e-300, INFINITY, "added to the root of v", NULL, code, 0 },
	[ADAM_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "weight decay", NULL, code, 0 },
	[ADAM_DECOUPLE] = { "decouple", 0, 0, 1,
		"x -= d lr weight_decay x, else g += weight_decay x", off_on, code, 0 },
	[ADAM_BIAS_CORRECTION] = { "use_bias_correction", 0, 0, 1, "of the step, as Adam",
		off_on, code, 0 },
	[ADAM_D0] = { "d0", 1e-6, 1e-300, INFINITY, d0_help, NULL, code, 0 },
	[ADAM_GROWTH] = { "growth_rate", INFINITY, 1, INFINITY, growth_help, NULL, code, 0 },
	[ADAM_OPTIONS] = { 0 },
};
static const char *const columns[] = { "d", NULL };

struct sgd {
	size_t n;
	double lr, momentum, decay, growth, d, first_norm, numerator;
	int official;
	double *g, *s, *start;
	double memory[];
};

struct adam {
	size_t n, t;
	double opt[ADAM_OPTIONS], d, numerator;
	double *g, *s, *m, *v;
	double memory[];
};

static void *sgd_init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct sgd *p = calloc(1, sizeof *p + 3 * n * sizeof *p->memory);

	if (!p)
		return NULL;
	p->n = n;
	p->lr = opt[SGD_LR];
	p->momentum = opt[SGD_MOMENTUM];
	p->decay = opt[SGD_WEIGHT_DECAY];
	p->growth = opt[SGD_GROWTH];
	p->official = opt[SGD_VARIANT] == OFFICIAL;
	p->d = opt[SGD_D0];
	p->g = p->memory;
	p->s = p->memory + n;
	p->start = p->memory + 2 * n;
	memcpy(p->start, x, n * sizeof *x);
	return p;
}

static void *adam_init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct adam *p = calloc(1, sizeof *p + 4 * n * sizeof *p->memory);

	(void)x;
	if (!p)
		return NULL;
	p->n = n;
	memcpy(p->opt, opt, sizeof p->opt);
	p->d = opt[ADAM_D0];
	p->g = p->memory;
	p->s = p->memory + n;
	p->m = p->memory + 2 * n;
	p->v = p->memory + 3 * n;
	return p;
}

static void sgd_move(size_t n, double momentum, const double *restrict start,
	const double *restrict s, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = momentum * x[i] + (1 - momentum) * (start[i] - s[i]);
}

static enum nso_status sgd_step(void *state, struct nso_oracle *f, double *x)
{
	struct sgd *p = state;
	double rate, norm2;

	if (!isfinite(nso_subgradient(f, x, p->g)))
		return NSO_DIVERGED;
	if (p->first_norm == 0 && p->official)
		p->first_norm = sqrt(dot(p->n, p->g, p->g));
	if (p->decay != 0)
		axpy(p->n, p->decay, x, p->g);
	if (p->first_norm == 0 && !p->official) /* the first that is not zero gives the unit */
		p->first_norm = sqrt(dot(p->n, p->g, p->g));
	if (p->first_norm == 0)
		return NSO_CONTINUE;
	rate = p->d * p->lr * nso_rate(f) / p->first_norm;
	p->numerator += rate * dot(p->n, p->g, p->s);
	axpy(p->n, rate, p->g, p->s);
	norm2 = dot(p->n, p->s, p->s);
	if (norm2 > 0)
		p->d = fmax(p->d, fmin(2 * p->numerator / sqrt(norm2), p->d * p->growth));
	nso_report(f, 0, p->d);
	sgd_move(p->n, p->momentum, p->start, p->s, x);
	return NSO_CONTINUE;
}

/* One coordinate of m, v, s by their decays; returns g s/(sqrt(v) + eps) with s and v as they
 * were. */
static inline double advance(
	const double *opt, double rate, double g, double *s, double *m, double *v)
{
	double b1 = opt[ADAM_BETA1], b2 = opt[ADAM_BETA2], b3 = sqrt(b2);
	double slope = g * *s / (sqrt(*v) + opt[ADAM_EPS]);

	*m = b1 * *m + rate * (1 - b1) * g;
	*v = b2 * *v + (1 - b2) * g * g;
	*s = b3 * *s + rate * (1 - b3) * g;
	return slope;
}

/* All of them; returns the sum. */
static double moments(struct adam *p, double rate)
{
	const double *restrict g = p->g;
	double *restrict s = p->s, *restrict m = p->m, *restrict v = p->v;
	double sum[PARTIAL_SUMS] = { 0 }, rest = 0, opt[ADAM_OPTIONS];
	size_t i = 0;

	memcpy(opt, p->opt, sizeof opt); /* a copy that no store into s can change */
	for (; i + PARTIAL_SUMS <= p->n; i += PARTIAL_SUMS)
		for (size_t j = 0; j < PARTIAL_SUMS; j++)
			sum[j] += advance(opt, rate, g[i + j], &s[i + j], &m[i + j], &v[i + j]);
	for (; i < p->n; i++)
		rest += advance(opt, rate, g[i], &s[i], &m[i], &v[i]);
	return fold(sum) + rest;
}

static void adam_move(size_t n, double keep, double eps, const double *restrict m,
	const double *restrict v, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = keep * x[i] - m[i] / (sqrt(v[i]) + eps);
}

static enum nso_status adam_step(void *state, struct nso_oracle *f, double *x)
{
	struct adam *p = state;
	double b3 = sqrt(p->opt[ADAM_BETA2]), decay = p->opt[ADAM_WEIGHT_DECAY], rate, sum, hat,
	       t;
	int decouple = p->opt[ADAM_DECOUPLE] != 0;

	if (!isfinite(nso_subgradient(f, x, p->g)))
		return NSO_DIVERGED;
	if (!decouple && decay != 0)
		axpy(p->n, decay, x, p->g);
	t = (double)++p->t;
	rate = p->d * p->opt[ADAM_LR] * nso_rate(f);
	if (p->opt[ADAM_BIAS_CORRECTION] != 0)
		rate *= sqrt(1 - pow(p->opt[ADAM_BETA2], t)) / (1 - pow(p->opt[ADAM_BETA1], t));
	p->numerator = b3 * p->numerator + (1 - b3) * rate * moments(p, rate);
	sum = sum_magnitudes(p->n, p->s);
	if (sum == 0) /* no gradient yet */
		return NSO_CONTINUE;
	hat = p->numerator / ((1 - b3) * sum);
	p->d = fmax(p->d, fmin(hat, p->d * p->opt[ADAM_GROWTH]));
	nso_report(f, 0, p->d);
	adam_move(p->n, decouple ? 1 - rate * decay : 1, p->opt[ADAM_EPS], p->m, p->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_d_adapt_sgd = {
	.name = "d-adapt-sgd",
	.title = "D-Adapt SGD",
	.reference = "Defazio, Mishchenko 2023, arXiv:2301.07733, official code",
	.rule = "s <- s + d lr/|g_0| g; x <- momentum x + (1-momentum) (x_0 - s), "
		"d = max_t 2 sum d <g, s>/|s|",
	.cost = "1 subgradient",
	.group = "parameter-free",
	.needs = NSO_SUBGRADIENT,
	.options = sgd_options,
	.columns = columns,
	.init = sgd_init,
	.step = sgd_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_d_adapt_adam = {
	.name = "d-adapt-adam",
	.title = "D-Adapt Adam",
	.reference = "Defazio, Mishchenko 2023, arXiv:2301.07733, official code",
	.rule = "m <- beta1 m + (1-beta1) d lr g; x <- x - m/(sqrt(v) + eps)",
	.cost = "1 subgradient",
	.group = "parameter-free",
	.needs = NSO_SUBGRADIENT,
	.options = adam_options,
	.columns = columns,
	.init = adam_init,
	.step = adam_step,
	.free = free,
};
