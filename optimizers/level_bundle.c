/* level_bundle.c -- the level bundle method, Lemarechal, Nemirovskii, Nesterov 1995: x moves to
 * the nearest point where the cutting-plane model is at most bound + lambda (best - bound). The
 * bound is the model's minimum over a box; the projection is onto the whole level set, of which
 * the bound's point in the box is one: the proof needs no more. */
#include <stdlib.h>
#include <string.h>
#include "cuts.h"
#include "vectors.h"

enum { LAMBDA = CUTS_OPTIONS };
static const struct nso_option options[] = {
	CUTS_ROWS,
	[LAMBDA] = { "lambda", 0.29289321881345254, 1e-6, 0.999999,
		"level between the bound (0) and the best value (1)", NULL,
		"Lemarechal, Nemirovskii, Nesterov 1995: 1 - 1/sqrt(2) is best in the bound",
		0 },
	{ 0 },
};
static const char *const columns[] = { "bound", "level", NULL };
enum { TRIES = 200 };

struct level {
	struct cuts *cuts;
	struct nso_minnorm *solver;
	double lambda;
	double *above, *a, *w, *weights; /* above: of the cuts at x over the level */
};

static void close_down(void *state)
{
	struct level *s = state;

	if (!s)
		return;
	cuts_free(s->cuts);
	nso_minnorm_free(s->solver);
	free(s->above);
	free(s);
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), most;
	struct level *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->cuts = cuts_alloc(n, opt, x);
	if (!s->cuts)
		goto fail;
	most = s->cuts->most;
	s->lambda = opt[LAMBDA];
	s->solver = nso_minnorm_alloc(most, n);
	s->above = malloc((3 * most + n) * sizeof *s->above);
	if (!s->solver || !s->above)
		goto fail;
	s->a = s->above + most;
	s->weights = s->a + most;
	s->w = s->weights + most;
	return s;
fail:
	close_down(s);
	return NULL;
}

/* Height over the level of the minimizer x - t w of model + |.|^2/(2t): falls with t and is
 * piecewise linear in it. NAN when the dual solver breaks down. */
static double height(struct level *s, double t)
{
	const struct cuts *c = s->cuts;
	double most = -INFINITY;

	for (size_t j = 0; j < c->count; j++)
		s->a[j] = -s->above[j] / t;
	if (!isfinite(nso_minnorm_shifted(
		    s->solver, c->count, c->G, s->a, s->w, s->weights, NULL)))
		return NAN;
	for (size_t j = 0; j < c->count; j++)
		most = fmax(most, s->above[j] - t * dot(c->n, c->G + j * c->n, s->w));
	return most;
}

/* Step t at which the height is zero (Illinois' regula falsi), w with it: the projection onto
 * the level set is x - t w. -1: none was found. */
static double project(struct level *s, double top)
{
	double low = 0, high, at_low = top, at_high,
	       scale = 1e-13 * (top + fabs(s->cuts->best));

	high = top / fmax(dot(s->cuts->n, s->cuts->g, s->cuts->g), 1e-300);
	for (int k = 0; (at_high = height(s, high)) > scale; k++) {
		low = high;
		at_low = at_high;
		high *= 2;
		if (k == TRIES || !isfinite(high))
			return -1;
	}
	for (int k = 0, side = 0; k < TRIES && fabs(at_high) > scale; k++) {
		double t = low + (high - low) * at_low / (at_low - at_high), here;

		if (t <= low || t >= high)
			break;
		here = height(s, t);
		if (isnan(here))
			return -1;
		if (here > scale) {
			low = t;
			at_low = here;
			at_high = side > 0 ? at_high / 2 : at_high;
			side = 1;
		} else {
			high = t;
			at_high = here;
			at_low = side < 0 ? at_low / 2 : at_low;
			side = -1;
		}
	}
	return isfinite(height(s, high)) ? high : -1;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct level *s = state;
	struct cuts *c = s->cuts;
	double value = cuts_see(c, f, x), level, top, t;

	if (!isfinite(value))
		return NSO_DIVERGED;
	if (cuts_minimise(c)) /* cuts too nearly parallel for its arithmetic */
		return cuts_end(c, x);
	level = c->bound + s->lambda * (c->best - c->bound);
	nso_report(f, 0, c->bound);
	nso_report(f, 1, level);
	if (cuts_closed(c))
		return cuts_end(c, x);
	top = value - level;
	for (size_t j = 0; j < c->count; j++)
		s->above[j] =
			c->b[j] - level + dot_difference(c->n, c->G + j * c->n, x, c->start);
	t = project(s, top);
	if (t <= 0)
		return cuts_end(c, x);
	axpy(c->n, -t, s->w, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_level_bundle = {
	.name = "level-bundle",
	.title = "Level bundle",
	.reference = "Lemarechal, Nemirovskii, Nesterov 1995, Math. Program. 69:111-147",
	.rule = "x <- projection of x onto {model <= bound + lambda (best - bound)}",
	.cost = "1 subgradient",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_CONVEX_ONLY,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = close_down,
};
