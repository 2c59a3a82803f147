/* median.c -- the geometric median (1/m) sum_i |x - a_i| and its solution: Newton's method,
 * with the bound of its dual. */
#include <stdlib.h>
#include <string.h>
#include "location.h"
#include "lp.h"

double location_median_batch(
	const void *self, size_t k, const size_t *terms, const double *x, double *g)
{
	const struct location *p = self;
	double sum = 0;

	if (g)
		memset(g, 0, p->d * sizeof *g);
	for (size_t t = 0; t < k; t++) {
		size_t i = terms ? terms[t] : t;

		sum += location_distance(p, i, x);
		if (g)
			location_add_unit(p, i, x, 1 / (double)k, g);
	}
	return sum / (double)k;
}

double location_median(const void *self, const double *x, double *g)
{
	const struct location *p = self;

	return location_median_batch(self, p->a.m, NULL, x, g);
}

/* H = (1/m) sum (I - u u')/|x - a_i|, u the unit vector. */
static void median_hessian(const struct location *p, const double *x, double *h, double *u)
{
	memset(h, 0, p->d * p->d * sizeof *h);
	for (size_t i = 0; i < p->a.m; i++) {
		double size = location_distance(p, i, x),
		       weight = 1 / ((double)p->a.m * fmax(size, 1e-12));

		memset(u, 0, p->d * sizeof *u);
		location_add_unit(p, i, x, 1, u);
		for (size_t j = 0; j < p->d; j++) {
			h[j * p->d + j] += weight;
			for (size_t l = 0; l < p->d; l++)
				h[j * p->d + l] -= weight * u[j] * u[l];
		}
	}
}

/* Newton from the centroid, halving steps that do not descend. memory: 4 d + d^2 numbers. */
static void median_newton(struct location *p, double *memory)
{
	size_t d = p->d;
	double *g = memory, *step = g + d, *u = step + d, *next = u + d, *h = next + d, f;

	for (size_t i = 0; i < p->a.m; i++)
		rows_add(&p->a, i, 1 / (double)p->a.m, p->minimizer);
	for (int k = 0; k < 60; k++) {
		f = location_median(p, p->minimizer, g);
		median_hessian(p, p->minimizer, h, u);
		memcpy(step, g, d * sizeof *g);
		spd_solve(d, h, step);
		for (double t = 1; t > 1e-9; t /= 2) { /* a rise by rounding is none */
			for (size_t j = 0; j < d; j++)
				next[j] = p->minimizer[j] - t * step[j];
			if (location_median(p, next, NULL) > f * (1 + 1e-15))
				continue;
			memcpy(p->minimizer, next, d * sizeof *next);
			break;
		}
	}
}

/* The nearest point, where it is no worse: the median of a file may be one of its points. */
static void to_point(struct location *p)
{
	size_t at = 0;

	for (size_t i = 1; i < p->a.m; i++)
		if (location_distance(p, i, p->minimizer) <
			location_distance(p, at, p->minimizer))
			at = i;
	if (location_median(p, p->a.val + at * p->d, NULL) <=
		location_median(p, p->minimizer, NULL))
		memcpy(p->minimizer, p->a.val + at * p->d, p->d * sizeof *p->minimizer);
}

/*
 * The unit vectors u_i at x, less their mean g and divided by 1 + |g|, sum to 0 and are no
 * longer than 1: then -(1/m) sum <u_i, a_i> bounds f* from below. Points at x itself have any u
 * of length 1 at most: v, which takes most of g away. g, u, v: room for d numbers each.
 */
static double median_bound(
	const struct location *p, const double *x, double *g, double *u, double *v)
{
	size_t d = p->d, here = 0;
	double m = (double)p->a.m, length, part = 0, bound = 0;

	location_median(p, x, g);
	for (size_t i = 0; i < p->a.m; i++)
		here += location_distance(p, i, x) == 0;
	length = sqrt(vec_norm2(d, g));
	if (here && length > 0)
		part = fmin(m / (double)here, 1 / length);
	for (size_t j = 0; j < d; j++)
		v[j] = -part * g[j];
	for (size_t j = 0; here && j < d; j++)
		g[j] += (double)here / m * v[j];
	length = sqrt(vec_norm2(d, g));
	for (size_t i = 0; i < p->a.m; i++) {
		int at_x = here && location_distance(p, i, x) == 0;

		for (size_t j = 0; j < d; j++)
			u[j] = at_x ? v[j] - g[j] : -g[j];
		location_add_unit(p, i, x, 1, u);
		bound -= rows_dot(&p->a, i, u) / ((1 + length) * m);
	}
	return bound;
}

double location_median_solve(struct location *p, int may_be_a_point)
{
	size_t d = p->d;
	double *memory = malloc((4 * d + d * d) * sizeof *memory), bound;

	if (!memory)
		return NAN;
	median_newton(p, memory);
	if (may_be_a_point)
		to_point(p);
	bound = median_bound(p, p->minimizer, memory, memory + d, memory + 2 * d);
	free(memory);
	return fabs(location_median(p, p->minimizer, NULL) - bound) + 1e-15;
}
