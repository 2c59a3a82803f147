/* bound.c -- the quantity is at most an expression in the step: at every recorded step of every
 * run, or its mean over the runs. */
#include <config.h>
#include "study/kind.h"
#include <stdlib.h>
#include <gsl/gsl_cdf.h>

static int bound_each(struct finding *f, struct arm *a)
{
	const struct test_of_claim *t = a->test;
	size_t exceeded = 0, checked = 0;

	for (size_t i = 0; i < a->runs; i++) {
		const struct sample *s = a->run[i];
		struct series v;
		double bound;

		if (series_read(a, s, &v, &a->why))
			return -1;
		for (size_t k = 0; k < v.length; k++) {
			int last = k + 1 == v.length;

			if (v.step[k] < t->from || isnan(v.value[k]) ||
				(a->over_horizons && !last))
				continue;
			if (evidence_expected(t, s, v.step[k], &bound, &a->why)) {
				free(v.step);
				return -1;
			}
			check_point(f, t, s, v.step[k], v.value[k], bound, &exceeded);
			checked++;
		}
		free(v.step);
	}
	if (!exceeded && checked)
		decide(f, HOLDS, "%zu points in %zu runs, at most %.4g of the bound", checked,
			a->runs, f->worst);
	else if (!checked)
		decide(f, INCONCLUSIVE, "no point to check");
	return 0;
}

/* The mean of a column with half the width of its interval, Bonferroni over the steps. */
static void column_mean(
	const struct arm *a, const struct grid_of_arm *g, size_t k, double *mean, double *half)
{
	double n = (double)a->curves, var = 0;

	*mean = 0;
	for (size_t c = 0; c < a->curves; c++)
		*mean += g->y[c * g->points + k] / n;
	for (size_t c = 0; c < a->curves; c++)
		var += pow(g->y[c * g->points + k] - *mean, 2);
	*half = gsl_cdf_tdist_Pinv(1 - (1 - CONFIDENCE) / 2 / (double)g->points, n - 1) *
		sqrt(var / (n - 1) / n);
}

static void keep_worst(
	struct finding *f, const struct arm *a, double mean, double half, double bound)
{
	if (!(mean / bound > f->worst && mean > rounding_of(a->test, a->run[0])))
		return;
	f->worst = mean / bound;
	f->measured = mean;
	f->low = mean - half;
	f->high = mean + half;
	f->expected = bound;
}

static int bound_mean(struct finding *f, struct arm *a, const struct grid_of_arm *g)
{
	size_t over = 0, unsure = 0, checked = 0;
	double mean, half;

	if (a->curves < 2)
		return fail(&a->why, "a mean over runs needs two runs, there is one");
	for (size_t k = 0; k < g->points; k++) {
		double bound = f->bound[k], limit = bound + slack(a->test, a->run[0], bound);

		column_mean(a, g, k, &mean, &half);
		if (isnan(mean))
			continue;
		checked++;
		over += !(mean - half <= limit);
		unsure += !(mean + half <= limit);
		keep_worst(f, a, mean, half, bound);
	}
	if (over)
		decide(f, REFUTED,
			"the mean of %zu runs exceeds the bound at %zu of %zu steps, %.3g "
			"times",
			a->curves, over, checked, f->worst);
	else if (!checked)
		decide(f, INCONCLUSIVE, "no step to check");
	else if (unsure)
		decide(f, INCONCLUSIVE,
			"the mean of %zu runs is below the bound, its interval is not at "
			"%zu of %zu steps",
			a->curves, unsure, checked);
	else
		decide(f, HOLDS,
			"mean of %zu runs with its interval below the bound at all %zu steps, "
			"at most %.4g of it",
			a->curves, checked, f->worst);
	return 0;
}

static int judge_bound(struct finding *f, struct arm *a, const struct grid_of_arm *g)
{
	return a->test->over_mean ? bound_mean(f, a, g) : bound_each(f, a);
}

const struct test_kind kind_bound = {
	.name = "bound",
	.help = "the quantity is at most this, at every recorded step; refuted where a step "
		"exceeds "
		"it beyond rounding, over the mean where the interval of the mean lies above "
		"it",
	.tolerance = 1e-9,
	.bounded = 1,
	.judge = judge_bound,
};
