/* huber.h -- Huber's regression (Huber 1964) on dense rows. */
#ifndef HUBER_H
#define HUBER_H

#include "finite_sum.h"

/* From p->minimizer on: `majorants` steps of iterated weights, then Newton's method, which is
 * finite on a piecewise quadratic. Returns a lower bound of f*, NAN when memory is short. */
double huber_minimize(struct fitted *p, int majorants);

#endif
