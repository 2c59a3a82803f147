/* f_star.h -- what a Polyak step subtracts from the value of the step's sample. */
#ifndef F_STAR_H
#define F_STAR_H

#include "nsobench.h"

/* The option; if it is auto, the problem's optimum where the whole function is seen and known,
 * else 0: the lower bound of a non-negative loss, which is what the official codes assume of a
 * mini-batch. */
static inline double f_star(const struct nso_oracle *f, double option)
{
	double optimum = isnan(option) && nso_share(f) >= 1 ? nso_optimum(f) : option;

	return isnan(optimum) ? 0 : optimum;
}

#endif
