/* trend.h -- the trend of one series whose noise remembers. */
#ifndef TREND_H
#define TREND_H

#include <stddef.h>

struct trend {
	double value; /* slope (degree 1) or coefficient of the squared term (degree 2) */
	double error, dof;
	double memory; /* lag-1 autocorrelation that was assumed; 1: a random walk */
};

/* Coefficient of highest degree of a polynomial of degree 1 or 2 in u. Feasible generalised
 * least squares (Prais, Winsten 1954): the autocorrelation is estimated from residuals,
 * corrected for its bias, and taken as 1 where a random walk cannot be excluded (Perron, Yabu
 * 2009). work: 4 count numbers. Needs count >= degree + 3. */
struct trend trend_of(const double *u, const double *v, size_t count, int degree, double *work);

/* Half the width of the interval of that confidence. */
double trend_width(const struct trend *t, double confidence);

#endif
