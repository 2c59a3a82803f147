/* solve.h -- minimizers of convex models on users' rows, with lower bounds: columns of any units, some
 * constant or twice there. */
#ifndef DATA_SOLVE_H
#define DATA_SOLVE_H

#include "../finite_sum.h"

/*
 * Least |Ax - b|^2/2 + (l2/2)|x|^2 by the columns of A, orthonormal by Gram-Schmidt twice; a column that
 * depends on those before it to 1e-13 is left out. x has length n. Returns the value that no x is below,
 * to rounding; -INFINITY where A is too large for it, NAN when memory is short.
 */
double solve_squares(const struct rows *a, const double *b, double l2, double *x);

/*
 * Coordinate descent (Friedman et al. 2010) for |Ax - b|^2/2 + l1 |x|_1 + (l2/2)|x|^2 from x on. After
 * every ten passes asks gap(self, x) for f(x) less a lower bound of f*, stops at `enough` or after 2e9
 * multiplications. Returns the last gap; NAN when memory is short.
 */
double solve_lasso(const struct linear_sum *s, double (*gap)(const void *self, const double *x),
	double enough, double *x);

#endif
