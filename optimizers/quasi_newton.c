/* quasi_newton.c -- one iteration of a quasi-Newton method for non-smooth functions, Lewis,
 * Overton 2013: weak Wolfe steps keep <s,y> > 0, so the matrix stays positive definite without
 * a restart. */
#include <string.h>
#include "quasi_newton.h"
#include "vectors.h"

const char *const quasi_newton_off_on[] = { "off", "on", NULL };

void quasi_newton_init(struct quasi_newton *q, size_t n, const double *opt, double *memory)
{
	*q = (struct quasi_newton){ .search = { .n = n,
					    .c1 = opt[QN_C1],
					    .c2 = opt[QN_C2],
					    .most = (size_t)opt[QN_TRIALS],
					    .trial = memory,
					    .g = memory + n },
		.scale = opt[QN_SCALE] != 0,
		.g = memory + 2 * n,
		.d = memory + 3 * n,
		.s = memory + 4 * n,
		.y = memory + 5 * n };
}

static void move(struct quasi_newton *q, double *x)
{
	size_t n = q->search.n;

	for (size_t i = 0; i < n; i++) {
		q->s[i] = q->search.trial[i] - x[i];
		q->y[i] = q->search.g[i] - q->g[i];
	}
	memcpy(x, q->search.trial, n * sizeof *x);
	memcpy(q->g, q->search.g, n * sizeof *q->g);
	q->value = q->search.value;
}

enum nso_status quasi_newton_step(struct quasi_newton *q, struct nso_oracle *f, double *x,
	void *state, void (*direction)(void *state), void (*update)(void *state, double sy))
{
	size_t n = q->search.n;
	double slope, sy;
	enum search found;

	if (!q->known || nso_share(f) < 1) { /* another sample is another function */
		q->value = nso_subgradient(f, x, q->g);
		q->known = 1;
	}
	slope = dot(n, q->g, q->g);
	if (!isfinite(q->value) || !isfinite(slope))
		return NSO_DIVERGED;
	if (slope == 0)
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	direction(state);
	slope = dot(n, q->g, q->d);
	if (!isfinite(slope))
		return NSO_FAILED;
	if (!(slope < 0))
		return NSO_STUCK;
	q->search.value = q->value;
	found = weak_wolfe(&q->search, f, x, q->d, slope);
	if (q->search.step > 0)
		move(q, x);
	if (found == SEARCH_UNBOUNDED)
		return NSO_DIVERGED;
	if (found == SEARCH_SPENT)
		return NSO_CONTINUE;
	if (found != SEARCH_FOUND)
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_STUCK;
	sy = dot(n, q->s, q->y);
	if (sy > 0) /* the slope condition gives it, up to rounding */
		update(state, sy);
	return NSO_CONTINUE;
}
