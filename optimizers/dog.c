/* dog.c -- distance over gradients, with r the largest distance from the start so far:
 *   dog   x -= lr r/sqrt(sum |g|^2 + eps) g: Ivgi, Hinder, Carmon 2023 (arXiv:2302.12022); its
 * authors ask for averaging, which belongs to the cell dowg  x -= r^2/sqrt(sum r^2 |g|^2) g:
 * Khaled, Mishchenko, Jin 2023 (arXiv:2305.16284) */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { DOG_LR, DOG_REPS_REL, DOG_EPS, DOG_WEIGHT_DECAY };
enum { DOWG_EPS };
static const char dog_code[] = "Ivgi et al. 2023, official code";
static const struct nso_option dog_options[] = {
	[DOG_LR] = { "lr", 1, 0, INFINITY, "factor of the step", NULL, dog_code, 0 },
	[DOG_REPS_REL] = { "reps_rel", 1e-6, 1e-300, INFINITY,
		"first r is reps_rel (1 + |x_0|)", NULL, dog_code, 0 },
	[DOG_EPS] = { "eps", 1e-8, 1e-300, INFINITY, "added to the sum of |g|^2", NULL,
		dog_code, 0 },
	[DOG_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x",
		NULL, dog_code, 0 },
	{ 0 },
};
static const struct nso_option dowg_options[] = {
	[DOWG_EPS] = { "eps", 1e-4, 1e-300, INFINITY,
		"first r^2, also added to the root in the denominator", NULL,
		"Khaled et al. 2023, official code", 0 },
	{ 0 },
};
static const char *const columns[] = { "step_size", NULL };

struct dog {
	size_t n;
	double lr, eps, decay, r2, sum;
	double *g, *start;
	double memory[];
};

static struct dog *alloc(struct nso_oracle *f, const double *x)
{
	size_t n = nso_dim(f);
	struct dog *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->g = s->memory;
	s->start = s->memory + n;
	memcpy(s->start, x, n * sizeof *x);
	return s;
}

static void *dog_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct dog *s = alloc(f, x);
	double r;

	if (!s)
		return NULL;
	s->lr = opt[DOG_LR];
	s->decay = opt[DOG_WEIGHT_DECAY];
	s->sum = opt[DOG_EPS];
	r = opt[DOG_REPS_REL] * (1 + sqrt(dot(s->n, x, x)));
	s->r2 = r * r;
	return s;
}

static void *dowg_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct dog *s = alloc(f, x);

	if (!s)
		return NULL;
	s->eps = s->r2 = opt[DOWG_EPS];
	return s;
}

static enum nso_status dog_step(void *state, struct nso_oracle *f, double *x)
{
	struct dog *s = state;
	double h;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	if (s->decay != 0)
		axpy(s->n, s->decay, x, s->g);
	s->r2 = fmax(s->r2, distance2(s->n, x, s->start));
	s->sum += dot(s->n, s->g, s->g);
	h = s->lr * nso_rate(f) * sqrt(s->r2 / s->sum);
	nso_report(f, 0, h);
	axpy(s->n, -h, s->g, x);
	return NSO_CONTINUE;
}

static enum nso_status dowg_step(void *state, struct nso_oracle *f, double *x)
{
	struct dog *s = state;
	double h;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	s->r2 = fmax(s->r2, distance2(s->n, x, s->start));
	s->sum += s->r2 * dot(s->n, s->g, s->g);
	h = nso_rate(f) * s->r2 / (sqrt(s->sum) + s->eps);
	nso_report(f, 0, h);
	axpy(s->n, -h, s->g, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_dog = {
	.name = "dog",
	.title = "DoG",
	.reference = "Ivgi, Hinder, Carmon 2023, arXiv:2302.12022, official code",
	.rule = "x <- x - lr r/sqrt(sum |g|^2 + eps) g, r = max_t |x_t - x_0|",
	.cost = "1 subgradient",
	.group = "parameter-free",
	.needs = NSO_SUBGRADIENT,
	.options = dog_options,
	.columns = columns,
	.init = dog_init,
	.step = dog_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_dowg = {
	.name = "dowg",
	.title = "DoWG",
	.reference = "Khaled, Mishchenko, Jin 2023, arXiv:2305.16284, official code",
	.rule = "x <- x - r^2/(sqrt(sum r^2 |g|^2) + eps) g, r = max_t |x_t - x_0|",
	.cost = "1 subgradient",
	.group = "parameter-free",
	.needs = NSO_SUBGRADIENT,
	.options = dowg_options,
	.columns = columns,
	.init = dowg_init,
	.step = dowg_step,
	.free = free,
};
