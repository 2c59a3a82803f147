/* statistics.h -- ranks, tests and intervals. */
#ifndef STATISTICS_H
#define STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* Sorts v in place, NAN last, and returns how many numbers are no NAN. */
size_t sort_numbers(double *v, size_t count);
/* Quantile of sorted numbers, linear between order statistics (type 7 of Hyndman, Fan 1996);
 * infinite ones keep their place. NAN where count is 0. */
double quantile(const double *sorted, size_t count, double p);
/* The same of numbers without NAN in any order, which are moved about. */
double quantile_of_unsorted(double *v, size_t count, double p);

/* Ranks 1..count, the mean rank for ties; returns the sum of t^3 - t over groups of t ties. */
double rank_numbers(const double *v, size_t count, double *rank);

/* Confidence interval of a statistic of `count` things by resampling them with replacement
 * (Efron 1979). pick holds the numbers of the things drawn. bca: corrected for bias and
 * acceleration (Efron 1987), else percentiles. NAN ends where too few draws are numbers. */
struct interval {
	double value, low, high;
};
int bootstrap(size_t count, double (*statistic)(const size_t *pick, size_t count, void *data),
	void *data, size_t draws, double level, int bca, uint64_t key, struct interval *out);
/* Of the median: the values are sorted once, not in every draw. */
int bootstrap_median(const double *values, size_t count, size_t draws, double level, int bca,
	uint64_t key, struct interval *out);

/* Two-sided p values. x and y must be finite or infinite, not NAN. */
struct test {
	double statistic, p;
	size_t used; /* pairs or numbers that count */
};
/* Signed ranks of the differences (Wilcoxon 1945), zeros dropped: the exact permutation
 * distribution, ties included, up to 50 pairs, else normal with the ties' correction. */
int wilcoxon(const double *difference, size_t count, struct test *out);
/* blocks x methods numbers, smaller is better (Friedman 1937), chi^2 with the ties' correction;
 * mean_rank (length methods) may be NULL. */
int friedman(
	const double *v, size_t blocks, size_t methods, double *mean_rank, struct test *out);
/* Difference of mean ranks that is significant (Nemenyi 1963; Demsar 2006). */
double critical_difference(size_t methods, size_t blocks, double alpha);
double studentized_range_quantile(size_t groups, double p); /* infinite degrees of freedom */
/* Spearman's rank correlation with an interval of 95 % (Fisher's z, variance of Bonett, Wright
 * 2000: (1 + rho^2/2)/(count - 3)). Pairs that are not finite are left out; NAN for fewer than
 * five, or where all x or all y are equal. */
struct correlation {
	double rho, low, high;
	size_t count;
};
struct correlation rank_correlation(const double *x, const double *y, size_t count);
/* p values adjusted for their number (Holm 1979), in place. */
int holm(double *p, size_t count);

#endif
