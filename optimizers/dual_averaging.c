/* dual_averaging.c -- dual averaging from the start x0, Nesterov 2009: s <- s + w g, x <- x0 -
 * lr s/beta(t), beta(1) = 1, beta(t + 1) = beta(t) + 1/beta(t), which grows as sqrt(2 t). */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { LR, WEIGHTS, ANSWER };
enum { SIMPLE, WEIGHTED };
enum { ITERATE, MEAN };
static const char *const weights[] = { "simple", "weighted", NULL };
static const char *const answers[] = { "iterate", "mean", NULL };
static const char nesterov[] = "Nesterov 2009";
static const struct nso_option options[] = {
	[LR] = { "lr", 1, 0, INFINITY,
		"step size: 1/gamma of simple, rho sqrt(sigma) of weighted averages; times the "
		"schedule",
		NULL, "nsobench", 0 },
	[WEIGHTS] = { "weights", WEIGHTED, 0, 1,
		"simple: w = 1 (2.21 there); weighted: w = 1/|g| (2.22)", weights, nesterov,
		0 },
	[ANSWER] = { "answer", ITERATE, 0, 1,
		"what x is: the iterate, or the mean of the points, weighted by w", answers,
		nesterov, 0 },
	{ 0 },
};

struct averaging {
	size_t n;
	double lr, beta, weight; /* weight: sum of the w */
	int weights, answer;
	double *start, *s, *z, *g;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct averaging *s = calloc(1, sizeof *s + 4 * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->weights = (int)opt[WEIGHTS];
	s->answer = (int)opt[ANSWER];
	s->beta = 1;
	s->start = s->memory;
	s->s = s->start + n;
	s->z = s->s + n;
	s->g = s->z + n;
	memcpy(s->start, x, n * sizeof *x);
	memcpy(s->z, x, n * sizeof *x);
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct averaging *s = state;
	double value = nso_subgradient(f, s->z, s->g), norm = sqrt(dot(s->n, s->g, s->g));
	double w = s->weights == WEIGHTED ? 1 / norm : 1;

	if (!isfinite(value) || !isfinite(norm))
		return NSO_DIVERGED;
	if (norm == 0 && nso_share(f) >= 1) {
		memcpy(x, s->z, s->n * sizeof *x);
		return NSO_CONVERGED;
	}
	if (norm == 0) /* of a sample of the terms it says nothing */
		return NSO_CONTINUE;
	s->weight += w;
	for (size_t i = 0; s->answer == MEAN && i < s->n; i++)
		x[i] += (s->z[i] - x[i]) * (w / s->weight);
	axpy(s->n, w, s->g, s->s);
	for (size_t i = 0; i < s->n; i++)
		s->z[i] = s->start[i] - s->lr * nso_rate(f) / s->beta * s->s[i];
	s->beta += 1 / s->beta;
	if (s->answer == ITERATE)
		memcpy(x, s->z, s->n * sizeof *x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_dual_averaging = {
	.name = "dual-averaging",
	.title = "Dual averaging",
	.reference =
		"Nesterov 2009, Primal-dual subgradient methods for convex problems, Math. "
		"Program. 120:221-259",
	.rule = "s <- s + w g; x <- x0 - lr rate(t) s/beta; beta <- beta + 1/beta",
	.cost = "1 subgradient",
	.group = "subgradient",
	.needs = NSO_SUBGRADIENT | NSO_CONVEX_ONLY,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
