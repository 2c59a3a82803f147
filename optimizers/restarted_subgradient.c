/* restarted_subgradient.c -- the restarted subgradient method RSG, Yang, Lin 2018, algorithms 1
 * and 2: stages of `period` steps z <- z - lr g from the mean of the last stage's points, each
 * with the step size of the one before over alpha. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { LR, PERIOD, ALPHA, ANSWER };
enum { MEAN, ITERATE };
static const char *const answers[] = { "mean", "iterate", NULL };
static const char yang[] = "Yang, Lin 2018";
static const struct nso_option options[] = {
	[LR] = { "lr", 0.1, 0, INFINITY,
		"step size of the first stage, eps0/(alpha G^2) in the theory", NULL,
		"nsobench", 0 },
	[PERIOD] = { "period", 100, 1, 1e15,
		"t, steps in a stage; theory: at least (alpha G/mu)^2 where f is sharp", NULL,
		"nsobench", 1 },
	[ALPHA] = { "alpha", 2, 1.0001, 1e6, "each stage divides the step size by this", NULL,
		yang, 0 },
	[ANSWER] = { "answer", MEAN, 0, 1,
		"what x is: the mean of the stage's points so far, or the iterate", answers,
		yang, 0 },
	{ 0 },
};
static const char *const columns[] = { "stage", "lr", NULL };

struct restarted {
	size_t n, done; /* done: steps of this stage */
	double lr, period, alpha, stage;
	int answer;
	double *z, *mean, *g;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct restarted *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->period = opt[PERIOD];
	s->alpha = opt[ALPHA];
	s->answer = (int)opt[ANSWER];
	s->z = s->memory;
	s->mean = s->z + n;
	s->g = s->mean + n;
	memcpy(s->z, x, n * sizeof *x);
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct restarted *s = state;

	if (!isfinite(nso_subgradient(f, s->z, s->g)) || !isfinite(dot(s->n, s->g, s->g)))
		return NSO_DIVERGED;
	nso_report(f, 0, s->stage);
	nso_report(f, 1, s->lr);
	axpy(s->n, -s->lr * nso_rate(f), s->g, s->z);
	s->done++;
	for (size_t i = 0; i < s->n; i++) /* at done = 1 all of the old mean goes */
		s->mean[i] += (s->z[i] - s->mean[i]) / (double)s->done;
	if ((double)s->done >= s->period) {
		memcpy(s->z, s->mean, s->n * sizeof *s->z);
		s->lr /= s->alpha;
		s->done = 0;
		s->stage++;
	}
	memcpy(x, s->answer == MEAN ? s->mean : s->z, s->n * sizeof *x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_restarted_subgradient = {
	.name = "restarted-subgradient",
	.title = "Restarted subgradient",
	.reference = "Yang, Lin 2018, RSG: beating subgradient method without smoothness and "
		     "strong convexity, JMLR 19(6)",
	.rule = "z <- z - lr rate(t) g; after each period z <- mean of its points, lr <- "
		"lr/alpha",
	.cost = "1 subgradient",
	.group = "subgradient",
	.needs = NSO_SUBGRADIENT | NSO_CONVEX_ONLY,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
