/* cutting_plane.c -- the cutting-plane method, Kelley 1960; Cheney, Goldstein 1959: x becomes
 * the minimizer over a box of the maximum of all linearisations. Its minimum bounds f* from
 * below. */
#include <string.h>
#include "cuts.h"

static const struct nso_option options[] = {
	CUTS_ROWS,
	{ 0 },
};
static const char *const columns[] = { "bound", "cuts", NULL };

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	return cuts_alloc(nso_dim(f), opt, x);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct cuts *c = state;
	int moved = 0;

	if (!isfinite(cuts_see(c, f, x)))
		return NSO_DIVERGED;
	if (cuts_minimise(c)) /* cuts too nearly parallel for its arithmetic */
		return cuts_end(c, x);
	nso_report(f, 0, c->bound);
	nso_report(f, 1, (double)c->count);
	if (cuts_closed(c))
		return cuts_end(c, x);
	for (size_t i = 0; i < c->n; i++) {
		double next = c->start[i] + c->d[i];

		moved |= next != x[i];
		x[i] = next;
	}
	return moved ? NSO_CONTINUE : cuts_end(c, x);
}

static void close_down(void *state) { cuts_free(state); }

const struct nso_optimizer nso_optimizer_cutting_plane = {
	.name = "cutting-plane",
	.title = "Cutting plane",
	.reference = "Kelley 1960, J. SIAM 8:703-712; Cheney, Goldstein 1959",
	.rule = "x <- argmin over |x - x0|_inf <= radius of max_j f(x_j) + <g_j, x - x_j>",
	.cost = "1 subgradient",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_CONVEX_ONLY,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = close_down,
};
