/* taut_string.h -- one-dimensional total-variation denoising, exactly. */
#ifndef TAUT_STRING_H
#define TAUT_STRING_H

#include <stddef.h>

/*
 * x = argmin |x - y|^2/2 + lambda sum |x_{i+1} - x_i| for n numbers; x may be y. The slopes of
 * the shortest path in the tube of radius lambda around the running sums of y, its ends held:
 * Mammen, van de Geer 1997; Davies, Kovac 2001. Linear time unless segments are long against
 * what they look ahead.
 */
void taut_string(size_t n, const double *y, double lambda, double *x);
double total_variation(size_t n, const double *x);

#endif
