/* solve.h -- minimizers of convex models on users' rows, with lower bounds: columns of any
 * units, some constant, some twice there. */
#ifndef DATA_SOLVE_H
#define DATA_SOLVE_H

#include "../finite_sum.h"

/*
 * A = QR with orthonormal columns in Q, by Gram-Schmidt twice; a column of A that depends on
 * those before it to 1e-13 is left out. A model f(x) = g(Ax) is best solved for z in g(Qz),
 * where units and dependence are gone.
 */
struct basis {
	size_t n, length, rank; /* columns of A, rows of A, columns of Q */
	double *q, *r; /* column k of Q from q + k length on; R by columns of A, each n long */
	size_t *at;    /* the column of A that made column k */
	double *unit;  /* column j of A was divided by it: a power of 2 */
};
/* l2 > 0: of A with sqrt(l2) I below it. -1 when memory is short; basis_free all the same. */
int basis_make(struct basis *w, const struct rows *a, double l2);
int basis_rows(const struct basis *w, struct rows *q); /* Q by rows; -1: memory is short */
void basis_back(const struct basis *w, const double *z, double *x); /* x with Ax = Qz */
void basis_free(struct basis *w);

/*
 * Least |Ax - b|^2/2 + (l2/2)|x|^2; x has length n. Returns the value that no x is below, to
 * rounding; -INFINITY where A is sparse or too large for it, NAN when memory is short.
 */
double solve_squares(const struct rows *a, const double *b, double l2, double *x);

/*
 * f(x) = g(Ax) in f, of linear rows, by solve on the rows of Q: leaves its minimizer in
 * f->minimizer and returns a bound of f(x) - f*, INFINITY where solve has none, NAN when memory
 * is short.
 */
double solve_turned(struct fitted *f, double (*solve)(struct fitted *turned),
	double (*eval)(const void *self, const double *x, double *g));

/*
 * Coordinate descent (Friedman et al. 2010) for |Ax - b|^2/2 + l1 |x|_1 + (l2/2)|x|^2 from x
 * on. After every ten passes asks gap(self, x) for f(x) less a lower bound of f*, stops at
 * `enough` or after 2e9 multiplications. Returns the last gap; NAN when memory is short.
 */
double solve_lasso(const struct linear_sum *s, double (*gap)(const void *self, const double *x),
	double enough, double *x);

#endif
