/* quantity.c -- what the tests of a claim ask of its runs: quantities along a run, read off its
 * record, and what is expected of them. */
#include <config.h>
#include "analysis/study.h"
#include "study/unfold.h"
#include <string.h>

static double distance_at(const struct evidence *e, const struct sample *a,
	const struct curve *x, const struct curve *score, size_t i)
{
	const struct instance *in = &e->function[a->function];
	double sum = 0;

	if (score_is_distance(in->problem))
		return score ? column_at(score, i) : NAN;
	if (!x || !in->facts.minimizer || x->width != in->facts.n)
		return NAN;
	for (size_t k = 0; k < x->width; k++) {
		double d = x->v[i * x->width + k] - in->facts.minimizer[k];

		sum += d * d;
	}
	return sqrt(sum);
}

int evidence_quantity(const struct evidence *e, const struct test_of_claim *t,
	const struct sample *a, double *step, double *value, struct why *why)
{
	const struct run *run = a->run;
	const struct curve *steps = run_column(run, "step"), *x = run_column(run, "x"),
			   *score = run_column(run, "score"), *best = run_column(run, "best"),
			   *average = run_column(run, "average");
	double best_so_far = INFINITY, sum = 0, fstar = NAN;
	size_t known = 0, counted = 0;
	struct scope s = { .outer = &a->constants };

	if (!steps)
		return fail(why, "the run ended as %s: %s", run->status, run->reason);
	scope_get(&a->constants, "fstar", &fstar);
	for (size_t i = 0; i < run->length; i++) {
		s.count = 0;
		for (size_t k = 0; k < run->columns; k++)
			if (strcmp(run->column[k].name, "x"))
				scope_set(
					&s, run->column[k].name, column_at(&run->column[k], i));
		step[i] = column_at(steps, i);
		scope_set(&s, "t", step[i]);
		scope_set(&s, "best_gap", best ? column_at(best, i) - fstar : NAN);
		scope_set(&s, "average_gap", average ? column_at(average, i) - fstar : NAN);
		scope_set(&s, "distance", distance_at(e, a, x, score, i));
		if (evaluate(t->quantity, &s, &value[i], why))
			value[i] = NAN;
		if (isnan(value[i]))
			continue;
		known++;
		best_so_far = fmin(best_so_far, value[i]);
		if (step[i] >= t->from) { /* a mean begins where the test begins */
			sum += value[i];
			counted++;
		}
		if (t->least)
			value[i] = best_so_far;
		else if (t->mean_so_far && counted)
			value[i] = sum / (double)counted;
	}
	return known ? 0 : -1;
}

int evidence_expected(const struct test_of_claim *t, const struct sample *a, double step,
	double *out, struct why *why)
{
	struct scope s = { .outer = &a->constants };

	scope_set(&s, "t", step);
	return evaluate(t->expected, &s, out, why);
}
