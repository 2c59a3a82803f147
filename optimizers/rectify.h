/* rectify.h -- the variance rectification of RAdam: Liu et al. 2020 (arXiv:1908.03265),
 * section 4. */
#ifndef RECTIFY_H
#define RECTIFY_H

#include <math.h>

/* Length of the approximated simple moving average at step t; at most 2/(1-beta2) - 1. */
static inline double rectify_length(double beta2, double t)
{
	double power = pow(beta2, t);

	return 2 / (1 - beta2) - 1 - 2 * t * power / (1 - power);
}

/* Factor of the step at that length, length > 4. */
static inline double rectify_factor(double beta2, double length)
{
	double most = 2 / (1 - beta2) - 1;

	return sqrt((length - 4) / (most - 4) * (length - 2) / (most - 2) * most / length);
}

#endif
