/* noisy.h -- curves whose rate is known, with noise of many kinds. */
#ifndef NOISY_H
#define NOISY_H

#include "nsobench.h"
#include "analysis/rate.h"

enum { NOISY_POINTS = 400 };

enum noisy_kind {
	NOISY_PLAIN,  /* AR(1) noise of that memory; 1: a random walk, noise per point */
	NOISY_BEST,   /* least so far of noisy values */
	NOISY_STAIRS, /* all runs fall by a decade's worth at the same steps, once a decade */
	NOISY_LOGS,   /* x^slope log x */
	NOISY_CLIMBS, /* x^slope/(1 + scale x^-0.6): from far below to its bound, S-shaped */
	NOISY_RANDOM  /* (least of x uniform numbers)^-slope: the best of random search */
};

struct noisy {
	const char *name;
	enum law law;
	double slope, noise, memory;
	double floor, burn,
		scale;  /* burn-in: y (1 + burn e^(-x/scale)), or x + scale for burn < 0 */
	double spread;  /* of the slope between runs */
	double scatter; /* of the logarithm of the constant between runs */
	size_t runs;
	double horizon;
	enum noisy_kind kind;
	int mean_one; /* the noise has mean 1, not median 1 */
};

size_t noisy_grid(const struct noisy *t, double *x); /* x: NOISY_POINTS */
void noisy_draw(const struct noisy *t, gsl_rng *rng, const double *x, size_t points, double *y);

#endif
