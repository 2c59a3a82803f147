/* prodigy.c -- Prodigy: Adam whose step size is an estimate d of the distance to the solution.
 * Mishchenko, Defazio 2024 (arXiv:2306.06101), in the order of the official code: the step uses
 * the old d, its denominator the new one. The sums run over all coordinates. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum {
	LR,
	BETA1,
	BETA2,
	BETA3,
	EPS,
	WEIGHT_DECAY,
	DECOUPLE,
	BIAS_CORRECTION,
	SAFEGUARD,
	D0,
	D_COEF,
	GROWTH,
	OPTIONS
};
static const char *const off_on[] = { "off", "on", NULL };
static const char code[] = "Mishchenko, Defazio 2024, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1, 0, INFINITY, "factor of d", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code, 0 },
	[BETA3] = { "beta3", NAN, 0, 1, "decay of the sums behind d; auto: sqrt(beta2)", NULL,
		code, 0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "times d, added to the root of v", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "weight decay", NULL, code, 0 },
	[DECOUPLE] = { "decouple", 1, 0, 1,
		"x -= d lr weight_decay x, else g += weight_decay x", off_on, code, 0 },
	[BIAS_CORRECTION] = { "use_bias_correction", 0, 0, 1, "of the step, as Adam", off_on,
		code, 0 },
	[SAFEGUARD] = { "safeguard_warmup", 0, 0, 1, "leave lr out of the denominator of d",
		off_on, code, 0 },
	[D0] = { "d0", 1e-6, 1e-300, INFINITY, "first d", NULL, code, 0 },
	[D_COEF] = { "d_coef", 1, 0, INFINITY, "factor of the estimate", NULL, code, 0 },
	[GROWTH] = { "growth_rate", INFINITY, 1, INFINITY, "largest growth of d in a step",
		NULL, code, 0 },
	[OPTIONS] = { 0 },
};
static const char *const columns[] = { "d", NULL };

struct prodigy {
	size_t n, t;
	double opt[OPTIONS];
	double beta3, d, d_max, numerator;
	double *g, *m, *v, *s, *start;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct prodigy *s = calloc(1, sizeof *s + 5 * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->beta3 = isnan(opt[BETA3]) ? sqrt(opt[BETA2]) : opt[BETA3];
	s->d = s->d_max = opt[D0];
	s->g = s->memory;
	s->m = s->memory + n;
	s->v = s->memory + 2 * n;
	s->s = s->memory + 3 * n;
	s->start = s->memory + 4 * n;
	memcpy(s->start, x, n * sizeof *x);
	return s;
}

/* m, v and s by their decays; `weight` is that of g in s. */
static void moments(struct prodigy *p, double weight)
{
	const double *restrict g = p->g;
	double *restrict m = p->m, *restrict v = p->v, *restrict s = p->s;
	double b1 = p->opt[BETA1], b2 = p->opt[BETA2], b3 = p->beta3;
	double in1 = p->d * (1 - b1), in2 = p->d * p->d * (1 - b2);

	for (size_t i = 0; i < p->n; i++) {
		m[i] = b1 * m[i] + in1 * g[i];
		v[i] = b2 * v[i] + in2 * g[i] * g[i];
		s[i] = b3 * s[i] + weight * g[i];
	}
}

static void move(size_t n, double keep, double rate, double eps, const double *restrict m,
	const double *restrict v, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = keep * x[i] - rate * m[i] / (sqrt(v[i]) + eps);
}

/* The new d from the sums. */
static void estimate(struct prodigy *s, double denominator)
{
	double d0 = s->opt[D0], hat = s->opt[D_COEF] * s->numerator / denominator;

	if (s->d == d0)
		s->d = fmax(s->d, hat);
	s->d_max = fmax(s->d_max, hat);
	s->d = fmin(s->d_max, s->d * s->opt[GROWTH]);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct prodigy *s = state;
	double lr = s->opt[LR] * nso_rate(f), decay = s->opt[WEIGHT_DECAY], t, rate, sum;
	int decouple = s->opt[DECOUPLE] != 0;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	t = (double)++s->t;
	rate = s->d * lr;
	if (s->opt[BIAS_CORRECTION] != 0)
		rate *= sqrt(1 - pow(s->opt[BETA2], t)) / (1 - pow(s->opt[BETA1], t));
	if (!decouple && decay != 0)
		axpy(s->n, decay, x, s->g);
	if (lr > 0)
		s->numerator =
			s->beta3 * s->numerator +
			s->d / s->opt[D0] * rate * dot_difference(s->n, s->g, s->start, x);
	moments(s, s->d / s->opt[D0] * (s->opt[SAFEGUARD] != 0 ? s->d : rate));
	sum = sum_magnitudes(s->n, s->s);
	if (sum == 0) /* no gradient yet */
		return NSO_CONTINUE;
	if (lr > 0)
		estimate(s, sum);
	nso_report(f, 0, s->d);
	move(s->n, decouple ? 1 - rate * decay : 1, rate, s->d * s->opt[EPS], s->m, s->v, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_prodigy = {
	.name = "prodigy",
	.title = "Prodigy",
	.reference = "Mishchenko, Defazio 2024, arXiv:2306.06101, official code",
	.rule = "x <- x - d lr m/(sqrt(v) + d eps), d = max_t sum d^2 <g, x_0-x> / |sum d^2 "
		"g|_1",
	.cost = "1 subgradient",
	.group = "parameter-free",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
