/* heavy_ball.c -- x += -lr g + beta (x - x_before), Polyak 1964. The optimizer of the README's
 * tour: a file like those in optimizers/, compiled as it is into a plug-in. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

enum { LR, BETA };
static const struct nso_option options[] = {
	[LR] = { "lr", 0.01, 0, INFINITY, "step size", NULL, "", 0 },
	[BETA] = { "beta", 0.9, 0, 1, "momentum", NULL, "Polyak 1964", 0 },
	{ 0 },
};

struct heavy_ball {
	size_t n;
	double lr, beta, *g, *before;
};

static void release(void *state)
{
	struct heavy_ball *s = state;

	if (s) {
		free(s->g);
		free(s->before);
		free(s);
	}
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct heavy_ball *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	*s = (struct heavy_ball){ .n = nso_dim(f), .lr = opt[LR], .beta = opt[BETA] };
	s->g = calloc(s->n, sizeof *s->g);
	s->before = calloc(s->n, sizeof *s->before);
	if (!s->g || !s->before) {
		release(s);
		return NULL;
	}
	memcpy(s->before, x, s->n * sizeof *x);
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct heavy_ball *s = state;
	double h = s->lr * nso_rate(f), now;

	nso_subgradient(f, x, s->g);
	for (size_t i = 0; i < s->n; i++) {
		now = x[i];
		x[i] += s->beta * (now - s->before[i]) - h * s->g[i];
		s->before[i] = now;
	}
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_heavy_ball = {
	.name = "heavy-ball",
	.title = "Heavy ball",
	.reference = "Polyak 1964",
	.rule = "x <- x - lr g + beta (x - x_before)",
	.cost = "1 subgradient",
	.group = "momentum",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = release,
};
