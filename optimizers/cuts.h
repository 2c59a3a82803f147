/* cuts.h -- the cutting-plane model max_j b_j + <g_j, d> of a convex function around a point,
 * and its minimum over a box; the cutting-plane method and the level bundle method share it. */
#ifndef CUTS_H
#define CUTS_H

#include "nsobench.h"

enum { CUTS_RADIUS, CUTS_MOST, CUTS_TOLERANCE, CUTS_OPTIONS };
#define CUTS_ROWS                                                                              \
	[CUTS_RADIUS] = { "radius", NAN, 1e-300, 1e150,                                        \
		"half the side of the box around x0, where a minimizer should lie; auto: 10 "  \
		"(1 + |x0|_inf)",                                                              \
		NULL, "nsobench", 0 },                                                         \
	[CUTS_MOST] = { "cuts", NAN, 3, 1e6,                                                   \
		"cuts kept, at least n + 2; auto: 10 (n + 10), at most 2000", NULL,            \
		"nsobench", 1 },                                                               \
	[CUTS_TOLERANCE] = { "tolerance", 1e-10, 0, 1,                                         \
		"converged when best f - bound is at most this times 1 + |best f|, the "       \
		"best point well inside the box",                                              \
		NULL, "nsobench", 0 }

struct cuts {
	size_t n, most, count, age; /* age: pivots since the inverse was made */
	double radius, tolerance;
	double best, bound;             /* least f seen; f* over the box is at least bound */
	double *start, *best_x, *g, *d; /* n each; d: minimizer of the model, from x0 */
	double *G, *b;                  /* rows g_j and values of the cuts at x0 */
	/* The simplex method on the dual: basis[k] is a cut, or most + i (most + n + i) where
	 * d_i = radius (-radius) holds. inverse of the basis, its variables, multipliers. */
	size_t *basis;
	double *inverse, *basic, *column, *multiplier, *scratch;
};

struct cuts *cuts_alloc(size_t n, const double *opt, const double *x0);
void cuts_free(struct cuts *c);

/* f(x), noted in best and added as a cut; NAN when it or its subgradient is not finite. */
double cuts_see(struct cuts *c, struct nso_oracle *f, const double *x);
/* Minimises the model over the box: d and bound. -1 when the basis breaks down. */
int cuts_minimise(struct cuts *c);
/* Whether best and bound agree; then and otherwise how to end: x becomes the best point. */
int cuts_closed(const struct cuts *c);
enum nso_status cuts_end(const struct cuts *c, double *x);

#endif
