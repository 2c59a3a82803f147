/* lp.h -- small linear programs, solved when a problem is made to certify its optimal value. */
#ifndef LP_H
#define LP_H

#include "rows.h"

/*
 * min <c, z> over sum_j z_j a_j = b, 0 <= z <= u: a holds the q columns a_j as rows of length
 * p, c, u and z have length q, b and the multipliers y length p; all u_j finite, the set with
 * an interior. Primal-dual interior point method of Mehrotra 1992 with upper bounds; stops when
 * complementarity and infeasibility no longer fall. Returns |Az - b|_1, INFINITY when memory is
 * short.
 */
double lp_solve(const struct rows *a, const double *b, const double *c, const double *u,
	double *z, double *y);

/*
 * The vertex near x where n of the `count` hyperplanes <k_i, x> = d_i meet: those of least
 * distance
 * |<k_i, x> - d_i| at x. Overwrites x; -1 and x untouched where they do not meet in one point.
 */
int lp_vertex(const struct rows *k, const double *d, double *x);

/* The same where f(self, x) does not rise by it, but for rounding: with rows or columns twice
 * the vertex may be another. */
void lp_vertex_if(const struct rows *k, const double *d, double *x,
	double (*f)(const void *self, const double *x), const void *self);

/* Quantile regression: x that minimizes (1/m) sum_i max{s r_i, (s - 1) r_i}, r = Ax - b, 0 < s
 * < 1, as the multipliers of its dual program, at a vertex where there is one. A is dense.
 * Returns a lower bound of the minimum, -INFINITY where it found none; NAN when memory is
 * short. */
double lp_quantile(const struct rows *a, const double *b, double s, double *x);

/* Solves S x = b for a symmetric positive semidefinite S (n x n, overwritten); pivots that are
 * lost to rounding leave their component 0. */
void spd_solve(size_t n, double *s, double *b);

#endif
