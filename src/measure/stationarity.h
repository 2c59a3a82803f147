/* stationarity.h -- the distance of zero from the Clarke and the Goldstein subdifferential. */
#ifndef STATIONARITY_H
#define STATIONARITY_H

#include "ground/instance.h"

/* dist(0, base + sum of the summands): returns |w| of the point w found in the set (w has
 * length n or is NULL), and in *lower (may be NULL) a certificate: lower <= dist <= |w|. NAN
 * when p has overflowed, holds NaN or Inf, or memory is short. */
double clarke(const struct nso_pieces *p, double *w, double *lower);
double clarke_tolerance(double f); /* 1e-8 (1 + |f|): which pieces count as active */
/* |w|, w the least-norm element of the hull of g(x), of g at `samples` points uniform in the
 * ball of radius delta and, for n <= 50, of g at x +- delta e_i: an upper bound of dist(0,
 * d_delta f(x)). *lower (may be NULL) bounds the distance of the sampled hull only. NAN when
 * memory is short. */
double goldstein(const struct instance *in, const double *x, double delta, size_t samples,
	gsl_rng *rng, double *w, double *lower);
size_t goldstein_samples(size_t n); /* max(2n, 50), at most 500 */
/* Those gradients: up to sample_rows() rows of G, returns how many are finite; y is scratch
 * (n). */
size_t sample_rows(size_t n, size_t samples);
size_t sample_gradients(const struct instance *in, const double *x, double delta,
	size_t samples, gsl_rng *rng, double *y, double *G);

#endif
