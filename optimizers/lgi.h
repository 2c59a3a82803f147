/* lgi.h -- indices of local instability from directional differences; S-Adam damps its step by
 * one. */
#ifndef LGI_H
#define LGI_H

#include <stddef.h>

/* What is made of the probes D_i = (f(x + delta u_i) - f(x))/delta. LGI is the published one;
 * the others are readings of what "instability" could have meant, each in units of f over x. */
enum lgi_index {
	LGI_RATIO,    /* Var(D)/(mean D^2 + eps), no unit: Xu et al. 2026 */
	LGI_VARIANCE, /* Var(D), squared unit */
	LGI_RESIDUAL, /* mean of (D_i - <g, u_i>)^2, squared unit: what g does not predict */
	LGI_CURVATURE /* mean of |f(x + delta u) + f(x - delta u) - 2 f(x)|/delta */
};

struct lgi {
	size_t k;             /* probes */
	enum lgi_index index; /* what D holds follows from it, see lgi_value */
	int population;       /* divisor of the variance: k instead of k - 1 */
	double eps;           /* in the denominator of the ratio */
	double lambda, cap;   /* damping exp(-lambda min(index, cap)) */
};

/* The index from D (length k): differences for RATIO and VARIANCE, differences less <g, u> for
 * RESIDUAL, second differences for CURVATURE. */
double lgi_value(const struct lgi *p, const double *D);

/* exp(-lambda min(index, cap)); NaN if the index is. */
double lgi_damp(const struct lgi *p, double value);

/* Nonzero where the damping is 1 whatever the probes say, so that none need be made. */
int lgi_idle(const struct lgi *p);

#endif
