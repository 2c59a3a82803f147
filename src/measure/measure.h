/* measure.h -- measures at a point besides Clarke's and Goldstein's; each with its bound. All
 * return NAN where the problem does not offer what they need, or memory is short. */
#ifndef MEASURE_H
#define MEASURE_H

#include "nsobench.h"
#include "ground/instance.h"
#include "ground/pieces.h"

/* |x - prox_{t h}(x - t grad s(x))|/t for f = s + h. t NAN: 1/L, 1 where L is unknown. */
double prox_gradient(const struct instance *in, const double *x, double t);

/* Length of the gradient of the Moreau envelope, |x - p|/lambda, p = argmin f(y) + |y - x|^2/(2
 * lambda), by a bundle around x; dist(0, df(p)) is at most that. lambda NAN: 1/(2 rho), 1 if
 * convex. *error: the value is right to within it, from the gap e of the inner problem: sqrt(2
 * e/mu)/lambda, mu = 1/lambda - rho. p (length n) may be NULL. */
double moreau(
	const struct instance *in, const double *x, double lambda, double *p, double *error);

/* Least over directions d (random, +-e_i for n <= 50, +-g) of the largest of (f(x + t d) -
 * f(x))/t over t = 1e-4 .. 1e-7 times max(1, |x|_inf), rounding added: below zero f falls at
 * all four lengths, and x is no local minimum. d (length n) may be NULL. */
double directional(
	const struct instance *in, const double *x, size_t samples, gsl_rng *rng, double *d);
size_t direction_axes(size_t n); /* how many of the directions are +-e_i */
enum { DIRECTIONS = 200, SLOPE_LENGTHS = 4, MOREAU_STEPS = 300 };

/* Longest distance of two elements of the Clarke subdifferential: a pair found, and in *upper
 * (may be NULL) a bound; both are equal for one hull and for summands in separate coordinates.
 */
double diameter(const struct nso_pieces *p, double *upper);
/* The same of gradients sampled as for Goldstein's measure; a lower bound of its diameter. */
double sampled_diameter(
	const struct instance *in, const double *x, double delta, size_t samples, gsl_rng *rng);

/* S-Adam's instability index at x: mean over `draws` of Var(D)/(mean D^2 + eps), k probes of
 * length delta each; *error (may be NULL): its standard error. index: 0 that ratio, 1 variance,
 * 2 residual around <g,u>, 3 two-sided curvature (optimizers/lgi.h). */
struct probes {
	size_t k, draws;
	double delta, eps;
	int index;
};
double instability(const struct instance *in, const double *x, const struct probes *how,
	gsl_rng *rng, double *error);

/* About the distance from x to the nearest kink, from the pieces: the least of gap/D(gap) over
 * gaps in f, D(gap) the longest difference of the gradients of pieces within gap of the active
 * one in one summand. For pieces that are affine at most the distance (up to the grid of gaps,
 * 12 %) and at least half of it; else so to first order. NAN: no pieces, not all of them hulls,
 * or memory. */
double kink_distance(const struct instance *in, const double *x);
/* From w (length n) to the nearest w with one entry on a threshold of the quantiser
 * clamp(round(w s), low, high), s = steps/(max|w| + 1e-5) held fixed (problems/qat.c). */
double jump_distance(size_t n, const double *w, double steps, double low, double high);
double network_distance(
	const struct instance *in, const double *x); /* of qat-mlp with 2 bits */

/* Goldstein's measure at count radii, ascending. The rows that carry one minimum stay for the
 * next, so the values never rise. value, lower, rows: length count; the latter two may be NULL.
 * -1: memory. */
int goldstein_curve(const struct instance *in, const double *x, size_t count,
	const double *delta, size_t samples, gsl_rng *rng, double *value, double *lower,
	size_t *rows);

#endif
