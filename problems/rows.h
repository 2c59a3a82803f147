/* rows.h -- a data matrix by rows, dense or sparse, and its spectrum. */
#ifndef ROWS_H
#define ROWS_H

#include <stddef.h>
#include <gsl/gsl_rng.h>

struct rows {
	size_t m, n;
	size_t *start; /* m + 1 offsets; NULL: dense, row i begins at i n */
	unsigned *col; /* columns, counted from 0, ascending; NULL: dense */
	double *val;
};

int rows_dense(struct rows *a, size_t m, size_t n); /* zeroed; -1 when memory is short */
int rows_gaussian(struct rows *a, size_t m, size_t n, gsl_rng *rng);    /* entries N(0, 1) */
int rows_orthonormal(struct rows *a, size_t m, size_t n, gsl_rng *rng); /* m <= n random rows */
void rows_free(struct rows *a);

double rows_dot(const struct rows *a, size_t i, const double *x);   /* <a_i, x> */
void rows_add(const struct rows *a, size_t i, double c, double *g); /* g += c a_i */
double rows_norm2(const struct rows *a, size_t i);                  /* |a_i|^2 */
void rows_scale(struct rows *a, size_t i, double c);
void rows_times(const struct rows *a, const double *x, double *out); /* out = A x */
void rows_back(const struct rows *a, const double *u, double *out);  /* out = A'u */

/* The columns of a as rows of t, dense or sparse as a is; -1 when memory is short. */
int rows_transpose(const struct rows *a, struct rows *t);
/* Largest eigenvalue of A'A from above: Rayleigh quotient of the power iteration plus its
 * residual. NAN when memory is short. */
double rows_largest(const struct rows *a);
/* All eigenvalues of A'A, ascending, in ev (length n), by GSL; -1 when memory is short. */
int rows_spectrum(const struct rows *a, double *ev);
/* The smallest of them above n eps times the largest, and the largest; NAN where n > 1000. */
void rows_extremes(const struct rows *a, double *least, double *most);

/* The option of problems whose standard start is a kink, and what it does. */
#define OPTION_PERTURB                                                                         \
	{                                                                                      \
		"perturb", 0, 0, 1e6, "length of a random vector added to the start", NULL,    \
			"nsobench"                                                             \
	}
void vec_perturb(gsl_rng *rng, size_t n, double length, double *x);

/* Uniform on the unit sphere. */
void vec_unit(gsl_rng *rng, size_t n, double *x);
double vec_norm2(size_t n, const double *x);                     /* |x|^2 */
double vec_distance(size_t n, const double *x, const double *y); /* |x - y| */
double vec_dot(size_t n, const double *a, const double *b);

#endif
