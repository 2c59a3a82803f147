/* design.h -- synthetic regression data: rows whose columns have the correlation rho^|i-j|, a
 * sparse coefficient vector, noise at a given ratio; and the solver that certifies f* of s + h
 * problems. */
#ifndef DESIGN_H
#define DESIGN_H

#include "finite_sum.h"

/* Gaussian rows, neighbouring columns correlated by rho (an AR(1) process along each row). */
int design_ar1(struct rows *a, size_t m, size_t n, double rho, gsl_rng *rng);
/* k entries +-1, evenly spread over n; the rest is 0. */
void design_sparse(size_t n, size_t k, gsl_rng *rng, double *beta);
/* b = A beta + noise with |A beta| = snr |noise|. */
void design_response(
	const struct rows *a, const double *beta, double snr, gsl_rng *rng, double *b);

/*
 * Minimizes a convex s + h in x (length n, the start) by the accelerated proximal gradient
 * method with restart (Beck, Teboulle 2009; O'Donoghue, Candes 2015), smoothness bounding the
 * curvature of s. After every 50 steps asks gap(self, x) for f(x) - (a lower bound of f*);
 * stops at `enough` or after `most` gradients. Returns the least gap, which belongs to x; NAN
 * when memory is short.
 */
double accelerate(const struct nso_problem *f, const void *self, size_t n, double smoothness,
	double (*gap)(const void *self, const double *x), double enough, size_t most,
	double *x);

#endif
