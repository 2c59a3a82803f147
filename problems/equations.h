/* equations.h -- largest absolute (or squared) value, or sum of absolute values, of many sparse
 * equations F_i(x) = 0, each reading a short window of x: the shape of UFO's TEST29. */
#ifndef EQUATIONS_H
#define EQUATIONS_H

#include "nsobench.h"

enum { WINDOW = 5 };

/* The derivatives of one equation: by x_first .. x_{first + len - 1}. */
struct window {
	size_t first, len;
	double g[WINDOW];
};

enum equations_kind { LARGEST, LARGEST_SQUARE, SUM };

struct equations_form {
	enum equations_kind kind;
	size_t (*rows)(size_t n); /* NULL: as many as unknowns */
	/* F_i(x), i from 0; and its derivatives unless w is NULL. */
	double (*row)(size_t n, const double *x, size_t i, struct window *w);
	double (*start)(size_t n, size_t i); /* the standard start, i from 0 */
	int root; /* tridiagonal with a root near the start: Newton's method finds the minimizer
		   */
	size_t divisor; /* n must be a multiple of it, 0 or 1: any */
};

/* f* = 0 where a root is found; the caller may set facts after it. */
void *equations_make(const struct equations_form *form, double n, struct nso_facts *facts);
double *equations_minimizer(void *self); /* to be filled by a caller who knows one */
void equations_start(const void *self, gsl_rng *rng, double *x);
double equations_eval(const void *self, const double *x, double *g);
void equations_pieces(const void *self, const double *x, double tol, struct nso_pieces *out);

#endif
