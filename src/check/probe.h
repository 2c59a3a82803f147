/* probe.h -- shared by the files that check a problem: the points they probe and their scratch.
 */
#ifndef PROBE_H
#define PROBE_H

#include "check/check.h"
#include "ground/instance.h"

struct probe {
	struct check *check;
	struct instance *in;
	size_t n;
	gsl_rng *rng;
	int points;                    /* how many points the cost of f allows */
	int coarse;                    /* f is computed in single precision */
	double *centre;                /* the start */
	double *x, *y, *d, *g, *h, *z; /* length n each */
	struct nso_pieces pieces;
};

/* Point k of a sequence of random points near and far from the start and the minimizer. */
void probe_point(struct probe *p, int k, double *x);
/* A random direction of length 1. */
void probe_direction(struct probe *p, double *d);
double probe_dot(const struct probe *p, const double *a, const double *b);
double probe_distance(const struct probe *p, const double *a, const double *b);
/* z = x + t d; returns f(z). */
double probe_along(struct probe *p, const double *x, double t, const double *d);

void check_slopes(struct probe *p);          /* subgradient against differences; inequalities */
void check_subdifferential(struct probe *p); /* pieces at smooth points and at kinks */
void check_structure(struct probe *p);       /* terms of a sum, prox, smooth part */
void check_saddle(struct probe *p);          /* K, K', |K|, the two prox maps, all against f */

#endif
