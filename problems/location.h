/* location.h -- points in space and what is made of them, drawn or of a file. */
#ifndef LOCATION_H
#define LOCATION_H

#include "data/own.h"

struct location {
	size_t d, k; /* points of length d, k centres */
	struct rows a;
	double *minimizer;
	double spread, *origin; /* of the points of a file: about 1 around 0 (NULL) else */
};

void location_free(void *self);
double location_distance(const struct location *p, size_t i, const double *x); /* |x - a_i| */
/* g += c (x - a_i)/|x - a_i|, nothing at a_i itself. */
void location_add_unit(
	const struct location *p, size_t i, const double *x, double c, double *g);

/* The points of a file, k centres, facts n and lipschitz; NULL and facts->why. *own goes to
 * location_certify or own_free. */
struct location *location_load(struct own *own, const struct own_kind *k, const double *opt,
	size_t centres, struct nso_facts *facts);
/* solve on the points moved to 0 and to size 1: a bound of f(x) - f* for the x it leaves in
 * q->minimizer; the same for p's own points. */
double location_solve(struct location *p, double (*solve)(struct location *q));
/* own_certify of one centre; p, or NULL when memory is short. */
void *location_certify(struct location *p, struct own *own, double (*solve)(void *self),
	double (*f)(const void *self, const double *x, double *g), struct nso_facts *facts);

/* (1/m) sum_i |x - a_i| over k terms, or all; and its minimizer in p->minimizer, which starts
 * at 0: f(x) less a lower bound of f*, NAN when memory is short. Points of a file may be the
 * minimizer. */
double location_median_batch(
	const void *self, size_t k, const size_t *terms, const double *x, double *g);
double location_median(const void *self, const double *x, double *g);
double location_median_solve(struct location *p, int may_be_a_point);

/* The smallest enclosing ball: the centre in q->minimizer; its radius less a lower bound of it.
 */
double location_ball(struct location *q);

#endif
