/* taut_string.c -- one-dimensional total-variation denoising by the taut string, drawn from
 * left to right: from the last knot the string runs straight as long as some slope keeps it
 * between the walls; where none does, it bends around the wall that was tightest before. */
#include <math.h>
#include "taut_string.h"

double total_variation(size_t n, const double *x)
{
	double sum = 0;

	for (size_t i = 1; i < n; i++)
		sum += fabs(x[i] - x[i - 1]);
	return sum;
}

/*
 * The next knot after `knot`, whose height is *offset (-lambda, 0 or lambda) off the running
 * sum there. Heights count from the knot on: sums stay short and their rounding small. The
 * offset of the new knot replaces *offset, the slope up to it goes to *slope.
 */
static size_t bend(
	size_t n, const double *y, double lambda, size_t knot, double *offset, double *slope)
{
	double sum = 0, floor_slope = -INFINITY, ceiling_slope = INFINITY;
	size_t floor_at = knot, ceiling_at = knot;

	for (size_t i = knot + 1; i <= n; i++) {
		double wall = i < n ? lambda : 0, length = (double)(i - knot), low, high;

		sum += y[i - 1];
		low = (sum - wall - *offset) / length;
		high = (sum + wall - *offset) / length;
		if (low > ceiling_slope) {
			*slope = ceiling_slope;
			*offset = lambda;
			return ceiling_at;
		}
		if (high < floor_slope) {
			*slope = floor_slope;
			*offset = -lambda;
			return floor_at;
		}
		if (low >= floor_slope) {
			floor_slope = low;
			floor_at = i;
		}
		if (high <= ceiling_slope) {
			ceiling_slope = high;
			ceiling_at = i;
		}
		*slope = low; /* at i = n both walls meet */
	}
	return n;
}

void taut_string(size_t n, const double *y, double lambda, double *x)
{
	double offset = 0, slope = 0;

	for (size_t knot = 0; knot < n;) {
		size_t next = bend(n, y, lambda, knot, &offset, &slope);

		while (knot < next)
			x[knot++] = slope;
	}
}
