/* small.h -- the common shape of the small test problems: a smooth summand plus weighted maxima
 * of smooth rows. A problem file gives its rows and a table; value, one subgradient, the start
 * and the whole Clarke subdifferential follow. Needs n <= SMALL_MOST. */
#ifndef SMALL_H
#define SMALL_H

#include "nsobench.h"

enum { SMALL_MOST = 64 };

enum small_kind {
	SMALL_MAX,      /* max of the group's rows */
	SMALL_POSITIVE, /* max(0, rows) */
	SMALL_ABSOLUTE  /* max of |rows| */
};

/* `repeat` groups of `size` rows each, one after the other in the numbering of the rows; each
 * adds weight > 0 times its maximum to f. */
struct small_group {
	size_t repeat, size;
	double weight;
	enum small_kind kind;
};

struct small_form {
	size_t n;
	int smooth; /* 1: row 0 is a smooth summand, the groups start at row 1 */
	const struct small_group *groups; /* ends with repeat = 0 */
	/* Value of row i; its gradient in g (length n, comes zeroed) unless g is NULL. */
	double (*row)(const double *data, const double *x, size_t i, double *g);
	size_t data; /* numbers that prepare computes from the options, given to every row */
	void (*prepare)(const double *opt, double *data);
	const struct nso_option *options; /* x0, y0 (n = 2) and perturb are understood here */
	const double *start;              /* the standard start */
	const double *minimizer;          /* or NULL */
	double optimum, optimum_error;
};

/* Option tables for two-dimensional problems and for those whose start is a kink. */
extern const struct nso_option small_planar[], small_planar_kink[], small_kink[];

void *small_make(const struct small_form *form, const double *opt, struct nso_facts *facts);
void small_start(const void *self, gsl_rng *rng, double *x);
double small_eval(const void *self, const double *x, double *g);
void small_pieces(const void *self, const double *x, double tol, struct nso_pieces *out);

#endif
