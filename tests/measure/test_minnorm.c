/* test_minnorm.c -- the least-norm solver against enumeration of all faces, away-step
 * Frank-Wolfe and hulls known by hand. NSOBENCH_BIG=1: 10^5 random hulls. */
#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_randist.h>
#include "leak.h"
#include "nsobench.h"

enum { MOST = 7, DIM = 4 };

static double solve(
	size_t m, size_t n, const double *G, double *w, double *lambda, double *lower)
{
	struct nso_minnorm *s = nso_minnorm_alloc(m, n);
	double norm;

	cr_assert(ne(ptr, s, NULL), "out of memory");
	norm = nso_minnorm_solve(s, m, G, w, lambda, lower);
	nso_minnorm_free(s);
	return norm;
}

/* Value of |G'l|^2/2 + a'l at the stationary point over the affine hull of the rows in set[],
 * by Gauss elimination of the KKT system; INFINITY if singular or outside the simplex. */
static long double face_value(
	size_t k, size_t n, const double *G, const double *a, const size_t *set)
{
	long double A[MOST + 1][MOST + 2] = { { 0 } }, w[DIM] = { 0 }, value = 0;

	for (size_t i = 0; i < k; i++) {
		for (size_t j = 0; j < k; j++)
			for (size_t t = 0; t < n; t++)
				A[i][j] += (long double)G[set[i] * n + t] * G[set[j] * n + t];
		A[i][k] = A[k][i] = 1;
		A[i][k + 1] = a ? -a[set[i]] : 0;
	}
	A[k][k + 1] = 1;
	for (size_t c = 0; c <= k; c++) {
		size_t p = c;

		for (size_t i = c; i <= k; i++)
			if (fabsl(A[i][c]) > fabsl(A[p][c]))
				p = i;
		if (fabsl(A[p][c]) < 1e-14L)
			return INFINITY;
		for (size_t j = 0; j <= k + 1; j++) {
			long double t = A[c][j];

			A[c][j] = A[p][j];
			A[p][j] = t;
		}
		for (size_t i = 0; i <= k; i++) {
			long double factor = i == c ? 0 : A[i][c] / A[c][c];

			for (size_t j = c; j <= k + 1; j++)
				A[i][j] -= factor * A[c][j];
		}
	}
	for (size_t i = 0; i < k; i++) {
		long double l = A[i][k + 1] / A[i][i];

		if (l < -1e-15L)
			return INFINITY;
		value += a ? l * a[set[i]] : 0;
		for (size_t t = 0; t < n; t++)
			w[t] += l * G[set[i] * n + t];
	}
	for (size_t t = 0; t < n; t++)
		value += w[t] * w[t] / 2;
	return value;
}

static double enumerate(size_t m, size_t n, const double *G, const double *a)
{
	long double least = INFINITY;

	for (unsigned mask = 1; mask < 1u << m; mask++) {
		size_t set[MOST], k = 0;
		long double value;

		for (size_t i = 0; i < m; i++)
			if (mask >> i & 1)
				set[k++] = i;
		value = k > n + 1 ? (long double)INFINITY : face_value(k, n, G, a, set);
		if (value < least)
			least = value;
	}
	return (double)least;
}

/* Random hulls of six kinds: general, on a coarse grid, on a very coarse grid, with repeated
 * rows, collinear, and nearly flat. */
static void random_hull(gsl_rng *r, int kind, size_t m, size_t n, double *G)
{
	for (size_t i = 0; i < m * n; i++)
		G[i] = kind == 1   ? (double)gsl_rng_uniform_int(r, 5) - 2
		       : kind == 2 ? (double)gsl_rng_uniform_int(r, 3) - 1
				   : gsl_ran_ugaussian(r);
	for (size_t i = 1; i < m; i++) {
		double slope = gsl_ran_ugaussian(r);

		if (kind == 3 && gsl_rng_uniform(r) < .5)
			memcpy(G + i * n, G + (i - 1) * n, n * sizeof *G);
		for (size_t j = 0; kind == 4 && j < n && i > 1; j++)
			G[i * n + j] = G[j] + slope * (G[n + j] - G[j]);
	}
	for (size_t i = 0; kind == 5 && i < m; i++)
		G[i * n] = 1 + 1e-9 * G[i * n];
}

Test(minnorm, agrees_with_enumeration, .timeout = 300)
{
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
	int cases = getenv("NSOBENCH_BIG") ? 100000 : 30000;

	for (int t = 0; t < cases; t++) {
		size_t m = 1 + gsl_rng_uniform_int(r, MOST),
		       n = 1 + gsl_rng_uniform_int(r, DIM);
		double G[MOST * DIM], w[DIM], lambda[MOST], lower, norm, exact, sum = 0;

		random_hull(r, t % 6, m, n, G);
		norm = solve(m, n, G, w, lambda, &lower);
		exact = sqrt(2 * enumerate(m, n, G, NULL));
		cr_assert(lt(dbl, fabs(norm - exact), 1e-13), "case %d: %.17g, exactly %.17g",
			t, norm, exact);
		cr_assert(le(dbl, lower, exact), "case %d: wrong certificate %.17g > %.17g", t,
			lower, exact);
		cr_assert(lt(dbl, norm > 1e-3 ? norm - lower : 0, 1e-11),
			"case %d: loose: %g %g", t, norm, lower);
		for (size_t i = 0; i < m; i++) {
			cr_assert(le(dbl, 0, lambda[i]), "case %d: negative weight", t);
			sum += lambda[i];
			cblas_daxpy((int)n, -lambda[i], G + i * n, 1, w, 1);
		}
		cr_assert(lt(dbl, fabs(sum - 1) + cblas_dnrm2((int)n, w, 1), 1e-13),
			"case %d: w is not the point of the weights", t);
	}
	gsl_rng_free(r);
	no_leak();
}

Test(minnorm, linear_term_agrees_with_enumeration, .timeout = 300)
{
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
	int cases = getenv("NSOBENCH_BIG") ? 30000 : 15000;

	for (int t = 0; t < cases; t++) {
		size_t m = 1 + gsl_rng_uniform_int(r, MOST),
		       n = 1 + gsl_rng_uniform_int(r, DIM);
		double G[MOST * DIM], a[MOST], w[DIM], lambda[MOST], gap, value, exact;
		struct nso_minnorm *s = nso_minnorm_alloc(m, n);

		random_hull(r, t % 5, m, n, G);
		for (size_t i = 0; i < m; i++)
			a[i] = t % 2 ? gsl_ran_ugaussian(r) : (double)gsl_rng_uniform_int(r, 3);
		value = nso_minnorm_shifted(s, m, G, a, w, lambda, &gap);
		exact = enumerate(m, n, G, a);
		cr_assert(lt(dbl, fabs(value - exact), 1e-12), "case %d: %.17g, exactly %.17g",
			t, value, exact);
		cr_assert(lt(dbl, gap, 1e-11), "case %d: gap %g", t, gap);
		nso_minnorm_free(s);
	}
	gsl_rng_free(r);
	no_leak();
}

/* Rows come, change and go, the linear term and the scale too: each answer is that of a solver
 * that sees the task for the first time. */
Test(minnorm, tasks_that_follow_each_other, .timeout = 300)
{
	enum { ROWS = 14, LENGTH = 9, TASKS = 2000 };
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
	struct nso_minnorm *s = nso_minnorm_alloc(ROWS, LENGTH);
	double G[ROWS * LENGTH], a[ROWS], lambda[ROWS] = { 1 }, w[LENGTH];
	size_t m = 1;

	cr_assert(eq(int, nso_minnorm_follow(s), 0));
	random_hull(r, 0, ROWS, LENGTH, G);
	for (int t = 0; t < TASKS; t++) {
		struct nso_minnorm *fresh = nso_minnorm_alloc(ROWS, LENGTH);
		double value, right, other[ROWS], gap, size = 1;
		size_t at = gsl_rng_uniform_int(r, ROWS);

		m = t % 50 == 49 ? 1 : m < ROWS ? m + 1 : m;
		lambda[m - 1] = t % 50 == 49; /* the new row, or the only one */
		random_hull(r, t % 5, 1, LENGTH, G + at * LENGTH);
		for (size_t i = 0; t % 97 == 0 && i < ROWS * LENGTH; i++)
			G[i] *= t % 2 ? 1e3 : 1e-3;
		for (size_t i = 0; i < m; i++)
			a[i] = gsl_rng_uniform(r);
		for (size_t i = 0; i < m * LENGTH; i++)
			size = fmax(size, fabs(G[i]));
		value = nso_minnorm_shifted(s, m, G, a, w, lambda, &gap);
		right = nso_minnorm_shifted(fresh, m, G, a, w, other, NULL);
		cr_assert(lt(dbl, fabs(value - right), 1e-12 * size * size),
			"task %d: %.17g, fresh %.17g", t, value, right);
		cr_assert(lt(dbl, gap, 1e-11 * size * size), "task %d: gap %g", t, gap);
		nso_minnorm_free(fresh);
	}
	nso_minnorm_free(s);
	gsl_rng_free(r);
	no_leak();
}

/* Upper and lower bound after so many away steps, Lacoste-Julien, Jaggi 2015, algorithm 1. */
static void away_steps(
	size_t m, size_t n, const double *G, int steps, double *upper, double *lower)
{
	double *lambda = calloc(m + n, sizeof *lambda), *w = lambda + m;

	lambda[0] = 1;
	memcpy(w, G, n * sizeof *w);
	*upper = INFINITY;
	*lower = 0;
	for (int t = 0; t < steps; t++) {
		size_t to = 0, away = 0;
		double least = INFINITY, most = -INFINITY, ww = cblas_ddot((int)n, w, 1, w, 1);
		double step, limit, dd = 0, slope;

		for (size_t i = 0; i < m; i++) {
			double v = cblas_ddot((int)n, G + i * n, 1, w, 1);

			if (v < least) {
				least = v;
				to = i;
			}
			if (lambda[i] > 0 && v > most) {
				most = v;
				away = i;
			}
		}
		*upper = fmin(*upper, sqrt(ww));
		*lower = fmax(*lower, least / sqrt(ww));
		int forward = ww - least >= most - ww;
		const double *vertex = G + (forward ? to : away) * n;

		limit = forward ? 1 : lambda[away] / (1 - lambda[away]);
		slope = forward ? ww - least : most - ww;
		for (size_t j = 0; j < n; j++)
			dd += (vertex[j] - w[j]) * (vertex[j] - w[j]);
		if (!(slope > 0) || !(dd > 0))
			break;
		step = fmin(limit, slope / dd) * (forward ? 1 : -1);
		for (size_t i = 0; i < m; i++)
			lambda[i] *= 1 - step;
		lambda[forward ? to : away] += step;
		if (!forward && slope / dd >= limit)
			lambda[away] = 0;
		for (size_t j = 0; j < n; j++)
			w[j] += step * (vertex[j] - w[j]);
	}
	free(lambda);
}

Test(minnorm, agrees_with_away_steps, .timeout = 300)
{
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);

	for (int t = 0; t < 12; t++) {
		size_t m = 20 + 15 * (size_t)t, n = 5 + 5 * (size_t)(t % 4);
		double *G = malloc((m + 1) * n * sizeof *G), norm, lower, up, low;

		for (size_t i = 0; i < m * n; i++)
			G[i] = gsl_ran_ugaussian(r) + (i % n == 0 ? 2 : 0);
		norm = solve(m, n, G, G + m * n, NULL, &lower);
		away_steps(m, n, G, 3000, &up, &low);
		cr_assert(lt(dbl, norm - lower, 1e-12), "hull %d: gap %g", t, norm - lower);
		cr_assert(lt(dbl, up - low, 1e-6), "hull %d: Frank-Wolfe did not get there", t);
		cr_assert(norm <= up + 1e-13 && low <= norm + 1e-13,
			"hull %d: %.17g outside [%.17g, %.17g]", t, norm, low, up);
		free(G);
	}
	gsl_rng_free(r);
	no_leak();
}

Test(minnorm, known_hulls, .timeout = 300)
{
	enum { N = 30 };
	static double G[2 * N * N], w[N], lower, norm;
	const double scales[] = { 1, 1e-200, 1e200, 1e-300 };

	for (size_t t = 0; t < 4; t++) {
		double c = scales[t];

		for (size_t i = 0; i < 2 * N * N; i++)
			G[i] = 0;
		for (size_t i = 0; i < N; i++) {
			G[i * N + i] = c;
			G[(N + i) * N + i] = -c;
		}
		norm = solve(N, N, G, w, NULL, &lower); /* the unit simplex: 1/sqrt n */
		cr_assert(lt(dbl, fabs(norm / c - 1 / sqrt(N)), 1e-12), "simplex, scale %g: %g",
			c, norm);
		cr_assert(lt(dbl, norm / c - lower / c, 1e-12), "simplex, scale %g: gap", c);
		norm = solve(
			2 * N, N, G, w, NULL, &lower); /* the cross polytope: zero inside */
		cr_assert(lt(dbl, norm / c, 1e-14), "cross polytope, scale %g: %g", c, norm);
		cr_assert(eq(dbl, lower, 0), "cross polytope, scale %g", c);
	}
}

Test(minnorm, thin_hulls, .timeout = 300)
{
	/* Widths of 1e-9 vanish in a Gram matrix, whose entries are squares. */
	const double G[] = { 1e-9, 1, 1e-9, -1, -1e-9, .5 },
		     H[] = { 1, 1e-9, 1, -1e-9, 1, -1e-9 };
	double w[2], lower, norm = solve(3, 2, G, w, NULL, &lower);

	cr_assert(lt(dbl, norm, 1e-16), "zero inside a thin triangle: %g", norm);
	norm = solve(3, 2, H, w, NULL, &lower);
	cr_assert(lt(dbl, fabs(norm - 1), 1e-15), "thin segment: %.17g", norm);
	cr_assert(lt(dbl, norm - lower, 1e-13), "thin segment: gap %g", norm - lower);
}

Test(minnorm, bad_numbers, .timeout = 300)
{
	const double bad[] = { NAN, INFINITY, -INFINITY };

	for (size_t t = 0; t < 3; t++) {
		const double G[] = { 1, 0, 0, bad[t] };
		double w[2], lower = 7, norm = solve(2, 2, G, w, NULL, &lower);

		cr_assert(
			isnan(norm) != 0 && lower == 0, "%g among the rows: %g", bad[t], norm);
	}
}

Test(minnorm, large, .timeout = 300)
{
	size_t m = 500, n = getenv("NSOBENCH_BIG") ? 10000 : 2000;
	double *G = malloc((m + 1) * n * sizeof *G), lower, norm;
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);

	for (size_t i = 0; i < m * n; i++)
		G[i] = gsl_ran_ugaussian(r) + (i % n == 0 ? 1 : 0);
	norm = solve(m, n, G, G + m * n, NULL, &lower);
	cr_assert(lt(dbl, norm - lower, 1e-9 * norm), "m = 500: gap %g of %g", norm - lower,
		norm);
	gsl_rng_free(r);
	free(G);
	no_leak();
}
