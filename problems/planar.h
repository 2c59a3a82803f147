/* planar.h -- what the smooth functions of two variables share: a start by options x0 and y0.
 */
#ifndef PLANAR_H
#define PLANAR_H

#include "nsobench.h"

enum { PLANAR_X0, PLANAR_Y0 };

struct planar {
	double start[2], minimizer[2];
};

/* f* = 0 at minimizer; the start from options PLANAR_X0, PLANAR_Y0. NULL: out of memory. */
void *planar_make(const double *opt, double x, double y, struct nso_facts *facts);
void planar_start(const void *self, gsl_rng *rng, double *x);

#endif
