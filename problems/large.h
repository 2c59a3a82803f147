/* large.h -- what the problems of any dimension share: n and a constant minimizer. */
#ifndef LARGE_H
#define LARGE_H

#include "nsobench.h"
#include "wide.h"

struct large {
	size_t n;
	double minimizer[];
};

/* n and minimizer (every coordinate = each; NAN: not known) in facts too; NULL: out of memory.
 */
struct large *large_make(double n, double each, struct nso_facts *facts);

/* Index of the first entry of largest |x_i|; of the first NaN if there is one. n >= 1. */
size_t large_peak(size_t n, const double *x);

#endif
