/* statistics.c -- quantiles, bootstrap, rank tests. Distributions are GSL's. */
#include <stdlib.h>
#include <string.h>
#include "analysis.h"

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x > y) - (x < y);
}

size_t sort_numbers(double *v, size_t count)
{
	qsort(v, count, sizeof *v, ascending);
	while (count && isnan(v[count - 1]))
		count--;
	return count;
}

double quantile(const double *sorted, size_t count, double p)
{
	double place = p * (double)(count - 1), share;
	size_t low;

	if (!count)
		return NAN;
	low = (size_t)place;
	share = place - (double)low;
	if (share == 0 || sorted[low] == sorted[low + 1])
		return sorted[low];
	return sorted[low] + share * (sorted[low + 1] - sorted[low]);
}
