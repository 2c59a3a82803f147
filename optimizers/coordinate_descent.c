/* coordinate_descent.c -- one coordinate a step, x_i <- x_i - lr g_i: in turn (Beck,
 * Tetruashvili 2013), at random (Nesterov 2012) or where |g_i| is largest (Gauss-Southwell;
 * Nutini et al. 2015). With a step size it runs where f is not smooth, and shows there how it
 * stops at a kink that no axis leads away from. */
#include <stdlib.h>
#include "nsobench.h"

enum { LR, ORDER };
enum { CYCLIC, RANDOM, GREEDY };
static const char *const orders[] = { "cyclic", "random", "greedy", NULL };
static const struct nso_option options[] = {
	[LR] = { "lr", NAN, 1e-300, INFINITY, "step size; auto: 1/L, L of the whole gradient",
		NULL, "Nesterov 2012, its L_i bounded by L", 0 },
	[ORDER] = { "order", RANDOM, 0, 2,
		"which coordinate: in turn, at random, largest |g_i|", orders, "Nesterov 2012",
		0 },
	{ 0 },
};

struct coordinate {
	size_t n, next;
	double lr;
	int order;
	double g[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct coordinate *s = calloc(1, sizeof *s + n * sizeof *s->g);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->lr = isnan(opt[LR]) ? 1 / nso_known(f)->smoothness : opt[LR];
	s->order = (int)opt[ORDER];
	return s;
}

static size_t choose(struct coordinate *s, struct nso_oracle *f)
{
	size_t at = 0;

	if (s->order == RANDOM)
		return gsl_rng_uniform_int(nso_rng(f), s->n);
	if (s->order == CYCLIC) {
		at = s->next;
		s->next = (s->next + 1) % s->n;
		return at;
	}
	for (size_t i = 1; i < s->n; i++)
		if (fabs(s->g[i]) > fabs(s->g[at]))
			at = i;
	return at;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct coordinate *s = state;
	double value = nso_subgradient(f, x, s->g);
	size_t i;

	if (!isfinite(value))
		return NSO_DIVERGED;
	i = choose(s, f);
	if (!isfinite(s->g[i]))
		return NSO_DIVERGED;
	x[i] -= s->lr * nso_rate(f) * s->g[i];
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_coordinate_descent = {
	.name = "coordinate-descent",
	.title = "Coordinate descent",
	.reference =
		"Nesterov 2012, SIAM J. Optim. 22:341-362; Beck, Tetruashvili 2013; Nutini et "
		"al. 2015",
	.rule = "x_i <- x_i - lr rate(t) g_i, i in turn, at random or of the largest |g_i|",
	.cost = "1 subgradient, of which one coordinate is used",
	.group = "subgradient",
	.needs = NSO_SUBGRADIENT | NSO_SMOOTHNESS | NSO_RANDOM,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
