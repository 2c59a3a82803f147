/* large.c -- what the problems of any dimension share: n and a constant minimizer. */
#include <stdlib.h>
#include "large.h"

struct large *large_make(double n, double each, struct nso_facts *facts)
{
	struct large *p = malloc(sizeof *p + (size_t)n * sizeof *p->minimizer);

	if (!p)
		return NULL;
	p->n = facts->n = (size_t)n;
	for (size_t i = 0; i < p->n; i++)
		p->minimizer[i] = each;
	facts->minimizer = isnan(each) ? NULL : p->minimizer;
	return p;
}

/* In eight lanes; a lane that met a NaN keeps it. */
WIDE static double largest(size_t n, const double *x)
{
	double lane[8] = { 0 }, top = 0;
	size_t i = 0;

	for (; i + 8 <= n; i += 8)
		for (size_t k = 0; k < 8; k++) {
			double v = fabs(x[i + k]);

			lane[k] = (v > lane[k]) | (v != v) ? v : lane[k];
		}
	for (size_t k = 0; k < 8; k++)
		top = lane[k] > top || isnan(lane[k]) ? lane[k] : top;
	for (; i < n; i++)
		top = fabs(x[i]) > top || isnan(x[i]) ? fabs(x[i]) : top;
	return top;
}

size_t large_peak(size_t n, const double *x)
{
	double top = largest(n, x);
	size_t i = 0;

	if (isnan(top))
		while (!isnan(x[i]))
			i++;
	else
		while (fabs(x[i]) != top)
			i++;
	return i;
}
