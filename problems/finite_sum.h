/*
 * finite_sum.h -- f(x) = scale sum_i phi(r_i(x)) + (l2/2)|x|^2 + l1 |x|_1, the shape of most
 * learning problems: phi a loss of one number with at most one kink, at 0; r_i smooth, or the
 * largest of some smooth branches.
 *
 * A problem puts a struct finite_sum (or linear_sum) first in its state, and the sum_*
 * functions below into its struct nso_problem. Where every r_i has one branch, each term is
 * regular, the sum rule of the Clarke subdifferential is exact (Clarke 1983, Prop. 2.3.3, Cor.
 * 3) and sum_pieces is the subdifferential itself. With several branches below a decreasing phi
 * it is exact wherever the kinks of different terms have linearly independent gradients: almost
 * surely for random data.
 */
#ifndef FINITE_SUM_H
#define FINITE_SUM_H

#include "nsobench.h"
#include "rows.h"

struct loss {
	double (*value)(
		double r, double shape, double *slope); /* slope: one derivative, never NULL */
	int kink;                                       /* the slope jumps at 0, */
	double (*side)(double shape, int right);        /* between these values */
};
extern const struct loss loss_abs;      /* |r| */
extern const struct loss loss_hinge;    /* max(0, r) */
extern const struct loss loss_quantile; /* max(shape r, (shape - 1) r) */
extern const struct loss loss_square;   /* r^2/2 */
extern const struct loss loss_huber; /* r^2/2 up to |r| = shape, then shape |r| - shape^2/2 */
extern const struct loss loss_logistic; /* log(1 + e^r) */

struct finite_sum {
	size_t n, m;
	double scale, l1, l2, shape;
	double perturb; /* of the start, which is 0 */
	const struct loss *loss;
	size_t branches; /* r_i is the largest of so many; 0 is 1 */
	double (*residual)(const void *self, size_t i, size_t branch, const double *x);
	/* g += c times the gradient of that branch of r_i */
	void (*gradient)(const void *self, size_t i, size_t branch, const double *x, double c,
		double *g);
};

/* r_i(x) = <a_i, x> - b_i. */
struct linear_sum {
	struct finite_sum sum;
	struct rows a;
	double *b; /* length m */
};
double linear_residual(const void *self, size_t i, size_t branch, const double *x);
void linear_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g);

/* A linear model and its minimizer, of length sum.n: NAN where f* stays open. */
struct fitted {
	struct linear_sum model;
	double *minimizer;
	double smoothness; /* of the smooth part, where a solver needs it */
};
void fitted_free(void *self);
double fitted_distance(const void *self, const double *x); /* |x - minimizer| */

void sum_start(const void *self, gsl_rng *rng, double *x);
double sum_eval(const void *self, const double *x, double *g);
double sum_batch(const void *self, size_t k, const size_t *terms, const double *x, double *g);
double sum_smooth(
	const void *self, const double *x, double *g); /* all but l1 |x|_1; phi smooth */
void sum_prox(const void *self, double t, const double *v, double *p); /* of l1 |x|_1 */
void sum_pieces(const void *self, const double *x, double tol, struct nso_pieces *out);

/* The pieces of l1 |x_j| for j < n: fixed signs go into base, each kink is a hull. */
void l1_base(size_t n, double l1, const double *x, double tol, double *base);
void l1_hulls(size_t n, double l1, const double *x, double tol, struct nso_pieces *out);
double soft_threshold(double v, double t);
double l1_norm(size_t n, const double *x);

#endif
