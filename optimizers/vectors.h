/* vectors.h -- the few vector operations that methods share. Sums run in eight partial sums:
 * the compiler may not reorder an addition, so only this way it can use its vector registers.
 * (No variable index into them: it would keep them in memory, five times slower.) */
#ifndef VECTORS_H
#define VECTORS_H

#include <math.h>
#include <stddef.h>

enum { PARTIAL_SUMS = 8 };

static inline double fold(const double sum[PARTIAL_SUMS])
{
	return ((sum[0] + sum[4]) + (sum[2] + sum[6])) +
	       ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* <a, b> */
static inline double dot(size_t n, const double *a, const double *b)
{
	double sum[PARTIAL_SUMS] = { 0 }, rest = 0;
	size_t i = 0;

	for (; i + PARTIAL_SUMS <= n; i += PARTIAL_SUMS)
		for (size_t j = 0; j < PARTIAL_SUMS; j++)
			sum[j] += a[i + j] * b[i + j];
	for (; i < n; i++)
		rest += a[i] * b[i];
	return fold(sum) + rest;
}

/* <a, b - c> */
static inline double dot_difference(size_t n, const double *a, const double *b, const double *c)
{
	double sum[PARTIAL_SUMS] = { 0 }, rest = 0;
	size_t i = 0;

	for (; i + PARTIAL_SUMS <= n; i += PARTIAL_SUMS)
		for (size_t j = 0; j < PARTIAL_SUMS; j++)
			sum[j] += a[i + j] * (b[i + j] - c[i + j]);
	for (; i < n; i++)
		rest += a[i] * (b[i] - c[i]);
	return fold(sum) + rest;
}

/* |b - c|^2 */
static inline double distance2(size_t n, const double *b, const double *c)
{
	double sum[PARTIAL_SUMS] = { 0 }, rest = 0;
	size_t i = 0;

	for (; i + PARTIAL_SUMS <= n; i += PARTIAL_SUMS)
		for (size_t j = 0; j < PARTIAL_SUMS; j++)
			sum[j] += (b[i + j] - c[i + j]) * (b[i + j] - c[i + j]);
	for (; i < n; i++)
		rest += (b[i] - c[i]) * (b[i] - c[i]);
	return fold(sum) + rest;
}

/* |a|_1 */
static inline double sum_magnitudes(size_t n, const double *a)
{
	double sum[PARTIAL_SUMS] = { 0 }, rest = 0;
	size_t i = 0;

	for (; i + PARTIAL_SUMS <= n; i += PARTIAL_SUMS)
		for (size_t j = 0; j < PARTIAL_SUMS; j++)
			sum[j] += fabs(a[i + j]);
	for (; i < n; i++)
		rest += fabs(a[i]);
	return fold(sum) + rest;
}

/* y += a x */
static inline void axpy(size_t n, double a, const double *restrict x, double *restrict y)
{
	for (size_t i = 0; i < n; i++)
		y[i] += a * x[i];
}

#endif
