/* summands.h -- what the measures share: sums of hulls, balls and spectral sets, and two
 * solvers for their least-norm point. */
#ifndef SUMMANDS_H
#define SUMMANDS_H

#include "ground/pieces.h"

/* The two of `count` >= 2 rows that weigh least, the lightest first. */
void lightest_two(const double *weight, size_t count, size_t two[2]);
/* Their weighted mean, of length n, becomes row two[1] with both weights, so that the weighted
 * sum stays; row two[0] is free. */
void join_rows(double *row, double *weight, size_t n, const size_t two[2]);

/* Bounds of the distance and the point that gave the upper one; both may only be sharpened. */
struct distance {
	double upper, lower;
	double *w; /* length n */
};
/* A new pair of bounds; each solver keeps what is better. */
void distance_offer(struct distance *d, size_t n, const double *w, double lower);

double row_dot(const struct nso_pieces *p, size_t row, const double *x);
void row_add(const struct nso_pieces *p, size_t row, double factor, double *x);
/* Sum over the summands of the largest row norm, and the norm of the base: the scale of
 * rounding. */
double pieces_scale(const struct nso_pieces *p);

int simplices(
	const struct nso_pieces *p, struct distance *d); /* hulls only; -1: out of memory */
int minkowski(const struct nso_pieces *p, struct distance *d); /* any; -1: out of memory */

struct support;
struct support *support_open(const struct nso_pieces *p); /* borrows p; NULL: out of memory */
/* Adds the point of summand b that is lowest along w to out; returns its product with w. */
double support_vertex(struct support *s, size_t b, const double *w, double *out);
void support_close(struct support *s);

#endif
