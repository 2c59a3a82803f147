/* Statistics against SciPy's (tests/reference/statistics.py) and against tables of the
 * literature. */
#include "build.h"
#include "leak.h"
#include "analysis/statistics.h"
#include "ground/random.h"
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>

static double mean_of(const size_t *pick, size_t count, void *data)
{
	const double *v = data;
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += v[pick[i]];
	return sum / (double)count;
}

static double number(char **rest)
{
	char *word = strtok_r(NULL, " \n", rest);

	cr_assert(word != NULL, "reference: a number is missing");
	return strtod(word, NULL);
}

static void numbers(char **rest, size_t count, double *v)
{
	for (size_t i = 0; i < count; i++)
		v[i] = number(rest);
}

static void near(const char *what, double got, double expected, double tolerance)
{
	cr_expect(le(dbl, fabs(got - expected), tolerance * fmax(1e-3, fabs(expected))),
		"%s: %.15g, expected %.15g", what, got, expected);
}

static void test_line(const char *what, char **rest)
{
	static double v[512], rank[64], w[8];
	struct test t = { 0 };
	size_t n = (size_t)number(rest), k;

	if (!strcmp(what, "wilcoxon")) {
		numbers(rest, n, v);
		cr_assert(eq(int, wilcoxon(v, n, &t), 0), "out of memory");
	} else if (!strcmp(what, "friedman")) {
		k = (size_t)number(rest);
		numbers(rest, n * k, v);
		cr_assert(eq(int, friedman(v, n, k, rank, &t), 0), "out of memory");
	} else if (!strcmp(what, "range")) {
		double p = number(rest);

		near(what, studentized_range_quantile(n, p), number(rest), 1e-6);
		return;
	} else if (!strcmp(what, "holm")) {
		numbers(rest, n, v);
		cr_assert(eq(int, holm(v, n), 0), "out of memory");
		for (size_t i = 0; i < n; i++)
			near(what, v[i], number(rest), 1e-12);
		return;
	} else if (!strcmp(what, "quantile")) {
		static const double at[] = { 0, 0.1, 0.25, 0.5, 1 };

		numbers(rest, n, v);
		sort_numbers(v, n);
		for (size_t i = 0; i < 5; i++)
			near(what, quantile(v, n, at[i]), number(rest), 1e-12);
		return;
	} else {
		struct interval in;
		int median = !strcmp(what, "bootstrap-median");

		cr_assert(median || !strcmp(what, "bootstrap-mean"), "unknown line %s", what);
		numbers(rest, n, v);
		numbers(rest, 4, w);
		for (int bca = 0; bca < 2;
			bca++) { /* 100,000 draws on both sides: 1 % apart at most */
			cr_assert(eq(int,
					  median ? bootstrap_median(
							   v, n, 100000, 0.95, bca, 1, &in)
						 : bootstrap(n, mean_of, v, 100000, 0.95, bca,
							   1, &in),
					  0),
				"out of memory");
			near(what, in.low, w[2 * bca], 0.01);
			near(what, in.high, w[2 * bca + 1], 0.01);
		}
		return;
	}
	near(what, t.statistic, number(rest), 1e-12);
	near(what, t.p, number(rest), 1e-9);
}

Test(statistics, scipy, .timeout = 60)
{
	char path[1024], *line = NULL, *rest;
	size_t room = 0, lines = 0;
	FILE *file;

	snprintf(path, sizeof path, "%s/tests/reference/statistics.txt", SOURCEDIR);
	file = fopen(path, "r");
	cr_assert(file != NULL, "%s is missing", path);
	while (getline(&line, &room, file) > 0) {
		char *what = strtok_r(line, " \n", &rest);

		if (what && *what != '#') {
			test_line(what, &rest);
			lines++;
		}
	}
	free(line);
	fclose(file);
	cr_expect(eq(sz, lines, 36), "%zu lines of reference", lines);
	no_leak();
}

/* Demsar 2006, table 5: critical values of the two-tailed Nemenyi test. */
Test(statistics, nemenyi, .timeout = 60)
{
	static const double q05[] = { 1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102,
		3.164 };
	static const double q10[] = { 1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855,
		2.920 };

	for (size_t k = 2; k <= 10; k++) {
		double unit = sqrt((double)(k * (k + 1)) / (6.0 * 30));

		cr_expect(le(dbl, fabs(critical_difference(k, 30, 0.05) / unit - q05[k - 2]),
				  1.1e-3),
			"k = %zu: %g", k, critical_difference(k, 30, 0.05) / unit);
		cr_expect(le(dbl, fabs(critical_difference(k, 30, 0.10) / unit - q10[k - 2]),
				  1.1e-3),
			"k = %zu: %g", k, critical_difference(k, 30, 0.10) / unit);
	}
	cr_expect(isnan(critical_difference(1, 30, 0.05)), "one method has no difference");
}

/* R: p.adjust(c(0.04, 0.01, 0.03, 0.02), "holm") */
Test(statistics, holm_by_hand, .timeout = 60)
{
	double p[] = { 0.04, 0.01, 0.03, 0.02 };
	static const double expected[] = { 0.06, 0.04, 0.06, 0.06 };

	cr_assert(eq(int, holm(p, 4), 0), "out of memory");
	for (size_t i = 0; i < 4; i++)
		cr_expect(le(dbl, fabs(p[i] - expected[i]), 1e-15), "p[%zu] = %g", i, p[i]);
}

/* An optimizer against itself: at level 0.05 at most 5 % of the studies see a difference. Three
 * standard errors of 1000 studies are 2.1 %. */
Test(statistics, itself, .timeout = 60)
{
	gsl_rng *rng = stream(3);
	double x[20], y[20], d[20], both[40];
	struct test t;
	size_t seen[2] = { 0 };

	for (size_t study = 0; study < 1000; study++) {
		for (size_t i = 0; i < 20; i++) {
			x[i] = both[2 * i] = gsl_ran_lognormal(rng, 0, 1);
			y[i] = both[2 * i + 1] = gsl_ran_lognormal(rng, 0, 1);
			d[i] = log(x[i] / y[i]);
		}
		cr_assert(eq(int, wilcoxon(d, 20, &t), 0), "out of memory");
		seen[0] += t.p <= 0.05;
		cr_assert(eq(int, friedman(both, 20, 2, NULL, &t), 0), "out of memory");
		seen[1] += t.p <= 0.05;
	}
	gsl_rng_free(rng);
	for (size_t i = 0; i < 2; i++) {
		cr_expect(lt(sz, seen[i], 72), "test %zu: %zu of 1000 differ", i, seen[i]);
		cr_expect(lt(sz, 15, seen[i]), "test %zu: %zu of 1000 differ: it never refuses",
			i, seen[i]);
	}
	no_leak();
}

Test(statistics, edges, .timeout = 60)
{
	double same[] = { 0, 0, 0 }, v[] = { NAN, 2, INFINITY, 1 },
	       tied[] = { 1, 1, 1, 2, 2, 2 };
	struct interval in;
	struct test t;

	cr_assert(eq(int, wilcoxon(same, 3, &t), 0), "out of memory");
	cr_expect(eq(dbl, t.p, 1.0), "no difference at all: p = %g", t.p);
	cr_expect(eq(sz, t.used, 0), "%zu pairs", t.used);
	cr_assert(eq(int, wilcoxon(NULL, 0, &t), 0), "no pair");
	cr_assert(eq(int, friedman(tied, 2, 3, NULL, &t), 0), "out of memory");
	cr_expect(eq(dbl, t.p, 1.0), "all tied: p = %g", t.p);
	cr_expect(eq(sz, sort_numbers(v, 4), 3), "NAN is no number");
	cr_expect(eq(dbl, quantile(v, 3, 0.5), 2.0), "median of 1, 2, inf");
	cr_expect(eq(dbl, quantile(v, 3, 1), INFINITY), "maximum of 1, 2, inf");
	cr_expect(isnan(quantile(v, 0, 0.5)), "quantile of nothing");
	cr_assert(eq(int, bootstrap_median(v, 3, 1000, 0.95, 1, 1, &in), 0), "out of memory");
	cr_expect(eq(dbl, in.high, INFINITY), "bootstrap with a failed run: %g", in.high);
	no_leak();
}
