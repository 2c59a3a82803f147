/* random_search.c -- the (1+1) evolution strategy: x + sigma z, z normal, replaces x where it
 * is no worse. sigma follows the success rule of Rechenberg 1973 in the form of Kern et al.
 * 2004. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

enum { SIGMA, ADAPT };
static const char *const off_on[] = { "off", "on", NULL };
static const struct nso_option options[] = {
	[SIGMA] = { "sigma", 0.1, 0, INFINITY, "standard deviation of the first step", NULL,
		"nsobench", 0 },
	[ADAPT] = { "adapt", 1, 0, 1,
		"sigma grows on success and shrinks on failure, in balance at a "
		"success rate of 1/5",
		off_on, "Kern et al. 2004, Learning probability distributions", 0 },
	{ 0 },
};
static const char *const columns[] = { "sigma", NULL };
static const double rate =
	1. / 3; /* logarithm of a growth, divided by sqrt n; Kern et al. 2004 */

struct random_search {
	size_t n;
	int adapt, known;
	double sigma, value;
	double y[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct random_search *s = calloc(1, sizeof *s + n * sizeof *s->y);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->sigma = opt[SIGMA];
	s->adapt = opt[ADAPT] != 0;
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct random_search *s = state;
	double value, growth = exp(rate / sqrt((double)s->n));
	int better;

	if (!s->known || nso_share(f) < 1)
		s->value = nso_value(f, x);
	s->known = 1;
	nso_normal(nso_rng(f), s->n, s->y);
	for (size_t i = 0; i < s->n; i++)
		s->y[i] = x[i] + s->sigma * s->y[i];
	value = nso_value(f, s->y);
	better = value <= s->value || (isnan(s->value) && !isnan(value));
	if (better) {
		s->value = value;
		memcpy(x, s->y, s->n * sizeof *x);
	}
	if (s->adapt)
		s->sigma *= better ? growth : pow(growth, -0.25);
	nso_report(f, 0, s->sigma);
	return s->value == -INFINITY ? NSO_DIVERGED : NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_random_search = {
	.name = "random-search",
	.title = "Random search",
	.reference = "Rechenberg 1973; Kern et al. 2004",
	.rule = "x <- x + sigma z if f does not rise",
	.cost = "1 value",
	.group = "baseline",
	.needs = NSO_VALUE | NSO_RANDOM,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
