/* ranktest.c -- rank tests: Wilcoxon, Friedman, Nemenyi, Holm; Spearman's correlation. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics.h>
#include "analysis/statistics.h"

enum { EXACT_PAIRS = 50, EXACT_SAMPLE = 8 };

/* P(sum of signed ranks <= t) when every sign is as likely: the number of subsets of the
 * doubled ranks (whole also for ties) with each sum, by dynamic programming. */
static double signed_rank_tail(const double *rank, size_t count, double t)
{
	double total = 0, all = 0, below = 0, *ways;
	size_t top;

	for (size_t i = 0; i < count; i++)
		total += 2 * rank[i];
	top = (size_t)(total + 0.5);
	if (!(ways = calloc(top + 1, sizeof *ways)))
		return NAN;
	ways[0] = 1;
	for (size_t i = 0; i < count; i++) {
		size_t r = (size_t)(2 * rank[i] + 0.5);

		for (size_t s = top; s >= r; s--)
			ways[s] += ways[s - r];
	}
	for (size_t s = 0; s <= top; s++) {
		all += ways[s];
		if ((double)s <= 2 * t + 1e-9)
			below += ways[s];
	}
	free(ways);
	return below / all;
}

int wilcoxon(const double *difference, size_t count, struct test *out)
{
	double *size = calloc(2 * count + 1, sizeof *size), *rank = size ? size + count : NULL;
	double plus = 0, minus = 0, ties, n, mean, variance;
	size_t used = 0;

	*out = (struct test){ NAN, 1, 0 };
	if (!size)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (difference[i] != 0 && !isnan(difference[i]))
			size[used++] = fabs(difference[i]);
	ties = rank_numbers(size, used, rank);
	used = 0;
	for (size_t i = 0; i < count; i++)
		if (difference[i] != 0 && !isnan(difference[i]))
			*(difference[i] > 0 ? &plus : &minus) += rank[used++];
	out->statistic = fmin(plus, minus);
	out->used = used;
	n = (double)used;
	mean = n * (n + 1) / 4;
	variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
	if (used && used <= EXACT_PAIRS)
		out->p = fmin(1, 2 * signed_rank_tail(rank, used, out->statistic));
	else if (used)
		out->p = fmin(
			1, 2 * gsl_cdf_ugaussian_P((out->statistic - mean) / sqrt(variance)));
	free(size);
	return isnan(out->p) ? -1 : 0;
}

int friedman(
	const double *v, size_t blocks, size_t methods, double *mean_rank, struct test *out)
{
	double *rank = malloc(2 * methods * sizeof *rank + 1),
	       *sum = rank ? rank + methods : NULL;
	double b = (double)blocks, k = (double)methods, ties = 0, square = 0, less;

	*out = (struct test){ NAN, 1, blocks };
	if (!rank)
		return -1;
	memset(sum, 0, methods * sizeof *sum);
	for (size_t i = 0; i < blocks; i++) {
		ties += rank_numbers(v + i * methods, methods, rank);
		for (size_t m = 0; m < methods; m++)
			sum[m] += rank[m];
	}
	for (size_t m = 0; m < methods; m++) {
		square += sum[m] * sum[m];
		if (mean_rank)
			mean_rank[m] = blocks ? sum[m] / b : NAN;
	}
	free(rank);
	if (methods < 2 || !blocks)
		return 0;
	less = 1 - ties / (b * k * (k * k - 1));
	if (less <= 0) /* all tied everywhere: no difference */
		return 0;
	out->statistic = (12 / (b * k * (k + 1)) * square - 3 * b * (k + 1)) / less;
	out->p = gsl_cdf_chisq_Q(fmax(0, out->statistic), k - 1);
	return 0;
}

struct range {
	double q;
	size_t groups;
};

static double range_density(double z, void *data)
{
	const struct range *r = data;

	return (double)r->groups * gsl_ran_ugaussian_pdf(z) *
	       pow(gsl_cdf_ugaussian_P(z) - gsl_cdf_ugaussian_P(z - r->q),
		       (double)r->groups - 1);
}

/* P(range of k standard normal numbers <= q) = k int phi(z) (Phi(z) - Phi(z - q))^(k-1) dz. The
 * integrand is below 1e-16 outside of [-8.5, 8.5 + q]; Gauss-Legendre converges fast on it. */
static double range_cdf(struct range *r, gsl_integration_glfixed_table *table)
{
	gsl_function f = { .function = range_density, .params = r };

	return gsl_integration_glfixed(&f, -8.5, 8.5 + r->q, table);
}

double studentized_range_quantile(size_t groups, double p)
{
	gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(128);
	struct range r = { .groups = groups };
	double low = 0, high = 40;

	if (!table)
		return NAN;
	for (int i = 0; i < 60; i++) {
		r.q = (low + high) / 2;
		if (range_cdf(&r, table) < p)
			low = r.q;
		else
			high = r.q;
	}
	gsl_integration_glfixed_table_free(table);
	return (low + high) / 2;
}

double critical_difference(size_t methods, size_t blocks, double alpha)
{
	double k = (double)methods;

	if (methods < 2 || !blocks)
		return NAN;
	return studentized_range_quantile(methods, 1 - alpha) / sqrt(2) *
	       sqrt(k * (k + 1) / (6 * (double)blocks));
}

struct holm {
	double p;
	size_t at;
};

static int smaller(const void *a, const void *b)
{
	const struct holm *x = a, *y = b;

	return x->p != y->p ? (x->p > y->p) - (x->p < y->p) : (x->at > y->at) - (x->at < y->at);
}

int holm(double *p, size_t count)
{
	struct holm *h = malloc((count + 1) * sizeof *h);
	double most = 0;

	if (!h)
		return -1;
	for (size_t i = 0; i < count; i++)
		h[i] = (struct holm){ p[i], i };
	qsort(h, count, sizeof *h, smaller);
	for (size_t i = 0; i < count; i++) {
		most = fmax(most, fmin(1, h[i].p * (double)(count - i)));
		p[h[i].at] = most;
	}
	free(h);
	return 0;
}

/* ---------------------------------------------------------------- rank correlation ----------- */

struct correlation rank_correlation(const double *x, const double *y, size_t count)
{
	struct correlation c = { NAN, NAN, NAN, 0 };
	double *memory = malloc((4 * count + 1) * sizeof *memory), z, half;
	size_t m = 0;

	for (size_t i = 0; memory && i < count; i++)
		if (isfinite(x[i]) && isfinite(y[i])) {
			memory[m] = x[i];
			memory[count + m++] = y[i];
		}
	c.count = m;
	if (memory && m >= 5)
		c.rho = gsl_stats_spearman(memory, 1, memory + count, 1, m, memory + 2 * count);
	free(memory);
	if (isnan(c.rho))
		return c;
	z = atanh(fmax(-1 + 1e-12, fmin(1 - 1e-12, c.rho)));
	half = 1.959963984540054 * sqrt((1 + c.rho * c.rho / 2) / ((double)m - 3));
	c.low = tanh(z - half);
	c.high = tanh(z + half);
	return c;
}
