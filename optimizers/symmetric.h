/* symmetric.h -- what the methods that precondition the sides of matrices do with symmetric
 * ones. */
#ifndef SYMMETRIC_H
#define SYMMETRIC_H

#include <stddef.h>

/* Eigenvectors of matrices up to `most` rows; NULL when memory is short. */
struct symmetric;
struct symmetric *symmetric_alloc(size_t most);
void symmetric_free(struct symmetric *w); /* accepts NULL */

/* S (dim x dim) <- keep S + share G G', G dim x others; flip: G is stored others x dim, S gets
 * G G' of its transpose. */
void symmetric_add(size_t dim, size_t others, double share, const double *G, int flip,
	double keep, double *S);

/* Eigenvectors of S as the columns of Q, the largest eigenvalue first; lambda (length dim) or
 * NULL. */
void symmetric_eigen(
	struct symmetric *w, size_t dim, const double *S, double *Q, double *lambda);

/* P = S^power for a positive semidefinite S; eigenvalues that are not above 0 yield 0. */
void symmetric_power(struct symmetric *w, size_t dim, const double *S, double power, double *P);

/* Q of the decomposition A = Q R (dim x dim), orthogonal whatever A is; A is destroyed. */
void symmetric_orthogonal(struct symmetric *w, size_t dim, double *A, double *Q);

/* out = S g (g rows x cols), or with flip g S. */
void symmetric_apply(
	size_t rows, size_t cols, const double *S, int flip, const double *g, double *out);

#endif
