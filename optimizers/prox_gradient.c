/* prox_gradient.c -- x <- prox_{lr h}(x - lr grad s(x)) for f = s + h; ISTA where h is the l1
 * norm. */
#include <stdlib.h>
#include <string.h>
#include "prox_core.h"

static const struct nso_option options[] = { PROX_CORE_OPTIONS, { 0 } };
static const char *const columns[] = { "mapping", "lr", NULL };

struct prox_gradient {
	struct prox_core core;
	double *p;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct prox_gradient *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	(void)x;
	if (s && prox_core_init(&s->core, f, opt, s->memory) < 0) {
		free(s);
		return NULL;
	}
	if (s)
		s->p = s->memory + 2 * n;
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct prox_gradient *s = state;
	double mapping = prox_core_step(&s->core, f, x, s->p);

	if (!isfinite(mapping))
		return NSO_DIVERGED;
	memcpy(x, s->p, s->core.n * sizeof *x);
	nso_report(f, 0, mapping);
	nso_report(f, 1, s->core.lr);
	if (mapping <= s->core.tolerance)
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_prox_gradient = {
	.name = "prox-gradient",
	.title = "Prox-gradient",
	.reference = "Passty 1979; Beck, Teboulle 2009 (ISTA)",
	.rule = "x <- prox_{lr h}(x - lr grad s(x))",
	.cost = "1 subgradient + 1 prox; with backtracking one more pair per trial",
	.group = "proximal",
	.needs = NSO_PROX | NSO_SMOOTHNESS,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
