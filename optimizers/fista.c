/* fista.c -- accelerated prox-gradient, Beck, Teboulle 2009: x+ = prox_{lr h}(y - lr grad
 * s(y)), t+ = (1 + sqrt(1 + 4 t^2))/2, y = x+ + (t - 1)/t+ (x+ - x). Restarts: O'Donoghue,
 * Candes 2015. */
#include <stdlib.h>
#include <string.h>
#include "prox_core.h"

enum { RESTART = PROX_OPTIONS };
enum { NONE, FUNCTION, GRADIENT };
static const char *const restarts[] = { "none", "function", "gradient", NULL };
static const struct nso_option options[] = {
	PROX_CORE_OPTIONS,
	[RESTART] = { "restart", NONE, 0, 2,
		"t = 1 again when f rises (one value a step), or when "
		"<y - x+, x+ - x> > 0",
		restarts, "Beck, Teboulle 2009: none", 0 },
	{ 0 },
};
static const char *const columns[] = { "mapping", "lr", "momentum", NULL };

struct fista {
	struct prox_core core;
	int restart;
	double t, last; /* last: f at x, for restart=function */
	double *y, *p;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct fista *s = calloc(1, sizeof *s + 4 * n * sizeof *s->memory);

	if (s && prox_core_init(&s->core, f, opt, s->memory) < 0) {
		free(s);
		return NULL;
	}
	if (!s)
		return NULL;
	s->restart = (int)opt[RESTART];
	s->t = 1;
	s->last = INFINITY;
	s->y = s->memory + 2 * n;
	s->p = s->memory + 3 * n;
	memcpy(s->y, x, n * sizeof *x);
	return s;
}

static int restarts_now(struct fista *s, struct nso_oracle *f, const double *x)
{
	double sum = 0, value;
	int rises;

	if (s->restart == GRADIENT) {
		for (size_t i = 0; i < s->core.n; i++)
			sum += (s->y[i] - s->p[i]) * (s->p[i] - x[i]);
		return sum > 0;
	}
	if (s->restart != FUNCTION)
		return 0;
	value = nso_value(f, s->p);
	rises = value > s->last;
	s->last = value;
	return rises;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct fista *s = state;
	double mapping = prox_core_step(&s->core, f, s->y, s->p), next, momentum;

	if (!isfinite(mapping))
		return NSO_DIVERGED;
	if (restarts_now(s, f, x))
		s->t = 1;
	next = (1 + sqrt(1 + 4 * s->t * s->t)) / 2;
	momentum = (s->t - 1) / next;
	s->t = next;
	for (size_t i = 0; i < s->core.n; i++) {
		s->y[i] = s->p[i] + momentum * (s->p[i] - x[i]);
		x[i] = s->p[i];
	}
	nso_report(f, 0, mapping);
	nso_report(f, 1, s->core.lr);
	nso_report(f, 2, momentum);
	if (mapping <= s->core.tolerance)
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_fista = {
	.name = "fista",
	.title = "FISTA",
	.reference = "Beck, Teboulle 2009; restarts: O'Donoghue, Candes 2015",
	.rule = "x <- prox_{lr h}(y - lr grad s(y)); y <- x + (t - 1)/t+ (x - x_last)",
	.cost = "1 subgradient + 1 prox; with backtracking one more pair per trial",
	.group = "proximal",
	.needs = NSO_PROX | NSO_SMOOTHNESS,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
