/* weak_wolfe.h -- the bracketing line search for the weak Wolfe conditions that is safe at
 * kinks, Lewis, Overton 2013, algorithm 2.6; BFGS and L-BFGS share it. */
#ifndef WEAK_WOLFE_H
#define WEAK_WOLFE_H

#include "nsobench.h"

struct weak_wolfe {
	size_t n;
	double c1, c2; /* sufficient decrease, slope */
	size_t most;   /* trial points at the most */
	double step;   /* out: the length found */
	double value;  /* in: f(x); out: f at trial */
	double *trial; /* out: the point found (length n) */
	double *g;     /* out: its subgradient (length n) */
};

enum search {
	SEARCH_FOUND, /* both conditions hold */
	SEARCH_LOWER, /* no more trials: the best point that is sufficiently lower, slope open
		       */
	SEARCH_STUCK, /* no more trials and no lower point */
	SEARCH_SPENT, /* the budget ended the search; trial is as for LOWER or STUCK */
	SEARCH_UNBOUNDED /* f reached minus infinity, or fell at every doubling */
};

/* From x with value s->value along d with slope = <g(x), d> < 0. When the answer is not FOUND
 * or LOWER, step > 0 says that trial holds a lower point. */
enum search weak_wolfe(struct weak_wolfe *s, struct nso_oracle *f, const double *x,
	const double *d, double slope);

#endif
