/* statistics.c -- quantiles, ranks, bootstrap intervals. Distributions are GSL's. */
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include "analysis/statistics.h"
#include "ground/random.h"

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x > y) - (x < y);
}

/* A bootstrap sorts a few numbers thousands of times: by insertion, without a call a
 * comparison. */
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

/* Between two neighbours; infinite ones that are equal keep their place. */
static double between(const double *pair, double share)
{
	if (share == 0 || pair[0] == pair[1])
		return pair[0];
	return pair[0] + share * (pair[1] - pair[0]);
}

double quantile(const double *sorted, size_t count, double p)
{
	double place = p * (double)(count - 1);
	size_t low = count ? (size_t)place : 0;

	return count ? between(sorted + low, place - (double)low) : NAN;
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
		ties += (double)same * (double)same -
			1; /* summed over its members: t (t^2 - 1) */
	}
	return ties;
}

/* Swaps numbers without NAN so that v[k] is where sorting would put it, smaller ones before it
 * (Hoare 1961); three parts, because draws repeat few numbers. */
static void select_number(double *v, size_t count, size_t k)
{
	size_t low = 0, high = count;

	while (high - low > 1) {
		double a = v[low], b = v[low + (high - low) / 2], c = v[high - 1], pivot;
		size_t less = low, i = low, more = high;

		pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
		while (i < more) {
			double x = v[i];

			if (x < pivot) {
				v[i++] = v[less];
				v[less++] = x;
			} else if (x > pivot) {
				v[i] = v[--more];
				v[more] = x;
			} else {
				i++;
			}
		}
		if (k < less)
			high = less;
		else if (k >= more)
			low = more;
		else
			return;
	}
}

double quantile_of_unsorted(double *v, size_t count, double p)
{
	size_t low = count ? (size_t)(p * (double)(count - 1)) : 0;
	double sorted[2];

	if (!count)
		return NAN;
	select_number(v, count, low);
	sorted[0] = sorted[1] = v[low];
	if (low + 1 < count) {
		select_number(v + low + 1, count - low - 1, 0);
		sorted[1] = v[low + 1];
	}
	return between(sorted, p * (double)(count - 1) - (double)low);
}

/* Moves NAN to the end; how many numbers are left. */
static size_t drop_nan(double *v, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (!isnan(v[i])) {
			double x = v[kept];

			v[kept++] = v[i];
			v[i] = x;
		}
	return kept;
}

/* A sample that is sorted once: a draw only counts how often each rank comes. */
struct ranked {
	double *v;      /* sorted, NAN last */
	size_t numbers; /* without NAN */
	size_t *rank;   /* of each thing, as numbered in the sample */
	unsigned *times;
};

static double median_of_ranks(const size_t *pick, size_t count, void *data)
{
	const struct ranked *r = data;
	size_t numbers = 0, low, seen = 0, at = 0;
	double pair[2];

	memset(r->times, 0, r->numbers * sizeof *r->times);
	for (size_t i = 0; i < count; i++)
		if (r->rank[pick[i]] < r->numbers) {
			r->times[r->rank[pick[i]]]++;
			numbers++;
		}
	if (!numbers)
		return NAN;
	low = (numbers - 1) / 2;
	while ((seen += r->times[at]) <= low)
		at++;
	pair[0] = pair[1] = r->v[at];
	if (seen == low + 1 && low + 1 < numbers) {
		while (!r->times[++at])
			;
		pair[1] = r->v[at];
	}
	return between(pair, 0.5 * (double)(numbers - 1) - (double)low);
}

struct item {
	double v;
	size_t i;
};

static int by_value(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = ascending(&x->v, &y->v);

	return order ? order : (x->i > y->i) - (x->i < y->i);
}

static int rank_sample(const double *values, size_t count, struct ranked *r)
{
	struct item *item = malloc((count + 1) * sizeof *item);

	*r = (struct ranked){ .v = malloc((count + 1) * sizeof *r->v),
		.rank = malloc((count + 1) * sizeof *r->rank),
		.times = malloc((count + 1) * sizeof *r->times) };
	if (!item || !r->v || !r->rank || !r->times) {
		free(item);
		return -1;
	}
	for (size_t i = 0; i < count; i++)
		item[i] = (struct item){ values[i], i };
	qsort(item, count, sizeof *item, by_value);
	for (size_t i = 0; i < count; i++) {
		r->v[i] = item[i].v;
		r->rank[item[i].i] = i;
		r->numbers += !isnan(item[i].v);
	}
	free(item);
	return 0;
}

/* Skewness of the jackknife values, the acceleration of Efron 1987. */
static double acceleration(size_t count,
	double (*statistic)(const size_t *pick, size_t count, void *data), void *data,
	size_t *pick, double *left)
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
	numbers = drop_nan(v, draws);
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
	out->low = quantile_of_unsorted(v, numbers, low);
	out->high = quantile_of_unsorted(v, numbers, high);
done:
	free(pick);
	free(v);
	if (rng)
		gsl_rng_free(rng);
	return pick && v && rng ? 0 : -1;
}

int bootstrap_median(const double *values, size_t count, size_t draws, double level, int bca,
	uint64_t key, struct interval *out)
{
	struct ranked r;
	int bad = rank_sample(values, count, &r) ||
		  bootstrap(count, median_of_ranks, &r, draws, level, bca, key, out);

	free(r.v);
	free(r.rank);
	free(r.times);
	return bad ? -1 : 0;
}
