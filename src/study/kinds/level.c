/* level.c -- the quantity ends up at a level, or below it. */
#include <config.h>
#include "study/kind.h"
#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Median of the last third of a run: where it ends up. */
static double plateau(const struct series *v)
{
	size_t from = v->length - (v->length + 2) / 3, count = 0;
	double *copy = malloc((v->length + 1) * sizeof *copy), m = NAN;

	for (size_t i = from; copy && i < v->length; i++)
		if (!isnan(v->value[i]))
			copy[count++] = v->value[i];
	if (count) {
		qsort(copy, count, sizeof *copy, by_size);
		m = copy[count / 2];
	}
	free(copy);
	return m;
}

static int judge_level(struct finding *f, struct arm *a, const struct grid_of_arm *g)
{
	const struct test_of_claim *t = a->test;
	double *level = calloc(a->runs + 1, sizeof *level), expected, limit;
	int bad = !level;

	(void)g;
	for (size_t i = 0; !bad && i < a->runs; i++) {
		struct series v;

		if ((bad = series_read(a, a->run[i], &v, &a->why)))
			break;
		level[i] = plateau(&v);
		free(v.step);
	}
	bad = bad || evidence_expected(t, a->run[0], a->run[0]->horizon, &expected, &a->why);
	if (!bad && a->runs >= 3) {
		bad = mean_interval(
			level, a->runs, CONFIDENCE, 1, &f->measured, &f->low, &f->high);
	} else if (!bad) {
		f->low = fmin(level[0], level[a->runs - 1]);
		f->high = fmax(level[0], level[a->runs - 1]);
		f->measured = (f->low + f->high) / 2;
	}
	free(level);
	if (bad)
		return -1;
	f->expected = expected;
	limit = expected + t->tolerance * fabs(expected) + a->run[0]->rounding;
	if (f->high <= limit &&
		(!t->exact || f->low >= expected - t->tolerance * fabs(expected)))
		decide(f, HOLDS, "ends at %.4g [%.4g, %.4g], claimed %s %.4g", f->measured,
			f->low, f->high, t->exact ? "equal to" : "at most", expected);
	else if (f->low > limit ||
		 (t->exact && f->high < expected - t->tolerance * fabs(expected)))
		decide(f, REFUTED, "ends at %.4g [%.4g, %.4g], claimed %s %.4g", f->measured,
			f->low, f->high, t->exact ? "equal to" : "at most", expected);
	else
		decide(f, INCONCLUSIVE,
			"ends at %.4g [%.4g, %.4g]: the interval contains the limit %.4g",
			f->measured, f->low, f->high, expected);
	return 0;
}

const struct test_kind kind_level = {
	.name = "level",
	.help = "the last third ends at most here (exact: here); refuted where the interval "
		"over the "
		"runs excludes it",
	.tolerance = 0.05,
	.bounded = 1,
	.judge = judge_level,
};
