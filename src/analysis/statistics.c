/* statistics.c -- quantiles, ranks, bootstrap intervals. Distributions are GSL's. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include "analysis/statistics.h"
#include "ground/random.h"

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x > y) - (x < y);
}

/* A bootstrap sorts a few numbers thousands of times: by insertion, without a call a comparison. */
static void insertion_sort(double *v, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		double x = v[i];
		size_t k = i;

		for (; k && (x < v[k - 1] || (isnan(v[k - 1]) && !isnan(x))); k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

size_t sort_numbers(double *v, size_t count)
{
	if (count <= 48)
		insertion_sort(v, count);
	else
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

double rank_numbers(const double *v, size_t count, double *rank)
{
	double ties = 0;

	/* quadratic: the lists are methods or runs, not millions */
	for (size_t i = 0; i < count; i++) {
		size_t below = 0, same = 0;

		for (size_t k = 0; k < count; k++) {
			below += v[k] < v[i];
			same += v[k] == v[i];
		}
		rank[i] = (double)below + ((double)same + 1) / 2;
		ties += (double)same * (double)same - 1; /* summed over its members: t (t^2 - 1) */
	}
	return ties;
}

double median_of_picked(const size_t *pick, size_t count, void *values)
{
	const double *v = values;
	double small[64], *copy = count <= 64 ? small : malloc(count * sizeof *copy), median;

	if (!copy)
		return NAN;
	for (size_t i = 0; i < count; i++)
		copy[i] = v[pick[i]];
	median = quantile(copy, sort_numbers(copy, count), 0.5);
	if (copy != small)
		free(copy);
	return median;
}

/* Skewness of the jackknife values, the acceleration of Efron 1987. */
static double acceleration(size_t count,
	double (*statistic)(const size_t *pick, size_t count, void *data), void *data, size_t *pick,
	double *left)
{
	double mean = 0, square = 0, cube = 0;

	for (size_t out = 0; out < count; out++) {
		for (size_t i = 0, k = 0; i < count; i++)
			if (i != out)
				pick[k++] = i;
		left[out] = statistic(pick, count - 1, data);
		mean += left[out] / (double)count;
	}
	for (size_t i = 0; i < count; i++) {
		double d = mean - left[i];

		square += d * d;
		cube += d * d * d;
	}
	return square > 0 && isfinite(square) ? cube / (6 * pow(square, 1.5)) : 0;
}

/* Where the interval ends among the sorted draws: the level p, corrected by z0 and a. */
static double corrected(double p, double z0, double a)
{
	double z = z0 + gsl_cdf_ugaussian_Pinv(p);

	return gsl_cdf_ugaussian_P(z0 + z / (1 - a * z));
}

int bootstrap(size_t count, double (*statistic)(const size_t *pick, size_t count, void *data),
	void *data, size_t draws, double level, int bca, uint64_t key, struct interval *out)
{
	size_t *pick = malloc((count + 1) * sizeof *pick), numbers;
	double *v = malloc((draws + count + 1) * sizeof *v);
	double low = (1 - level) / 2, high = 1 - low;
	gsl_rng *rng = stream(key);

	*out = (struct interval){ NAN, NAN, NAN };
	if (!pick || !v || !rng || !count)
		goto done;
	for (size_t i = 0; i < count; i++)
		pick[i] = i;
	out->value = statistic(pick, count, data);
	for (size_t d = 0; d < draws; d++) {
		for (size_t i = 0; i < count; i++)
			pick[i] = (size_t)(gsl_rng_uniform(rng) * (double)count);
		v[d] = statistic(pick, count, data);
	}
	numbers = sort_numbers(v, draws);
	if (bca && count > 1 && isfinite(out->value)) {
		size_t below = 0, same = 0;
		double z0, a;

		for (size_t d = 0; d < numbers; d++) {
			below += v[d] < out->value;
			same += v[d] == out->value;
		}
		z0 = ((double)below + 0.5 * (double)same) / (double)numbers;
		if (z0 > 0 && z0 < 1) {
			z0 = gsl_cdf_ugaussian_Pinv(z0);
			a = acceleration(count, statistic, data, pick, v + draws);
			low = corrected(low, z0, a);
			high = corrected(high, z0, a);
		}
	}
	out->low = quantile(v, numbers, low);
	out->high = quantile(v, numbers, high);
done:
	free(pick);
	free(v);
	if (rng)
		gsl_rng_free(rng);
	return pick && v && rng ? 0 : -1;
}
