/* arm.c -- the runs of one method on one problem, and their curves over common steps. */
#include <config.h>
#include "study/arm.h"
#include "study/kind.h"
#include <stdlib.h>
#include <string.h>

enum { PER_DECADE = 20 };

/* ---------------------------------------------------------------- arms -------------------- */

static int by_run(const void *a, const void *b)
{
	const struct sample *x = *(const struct sample *const *)a,
			    *y = *(const struct sample *const *)b;

	if (x->instance != y->instance)
		return x->instance < y->instance ? -1 : 1;
	if (x->seed != y->seed)
		return x->seed < y->seed ? -1 : 1;
	return (x->horizon > y->horizon) - (x->horizon < y->horizon);
}

int arm_make(struct arm *a, const struct evidence *e, const struct test_of_claim *t,
	size_t problem, size_t optimizer, size_t value)
{
	*a = (struct arm){ .e = e, .test = t };
	a->run = calloc(e->samples + 1, sizeof *a->run);
	if (!a->run)
		return -1;
	for (size_t i = 0; i < e->samples; i++) {
		const struct sample *s = &e->sample[i];

		if (s->problem == problem && s->optimizer == optimizer && s->value == value)
			a->run[a->runs++] = s;
	}
	qsort(a->run, a->runs, sizeof *a->run, by_run);
	for (size_t i = 0; i < a->runs; i++)
		a->curves += !i || a->run[i]->instance != a->run[i - 1]->instance ||
			     a->run[i]->seed != a->run[i - 1]->seed;
	a->over_horizons = a->curves < a->runs;
	return 0;
}

double rounding_of(const struct test_of_claim *t, const struct sample *s)
{
	return fmax(t->rounding, s->rounding);
}

double slack(const struct test_of_claim *t, const struct sample *s, double bound)
{
	return t->tolerance * fabs(bound) + rounding_of(t, s);
}

/* A run that did not go to its end for a reason that is no result. */
const struct sample *broken(const struct arm *a)
{
	static const char *const words[] = { "skipped", "crashed", "failed", "timeout",
		"memory", "interrupted" };

	for (size_t i = 0; i < a->runs; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (!strcmp(a->run[i]->run->status, words[k]))
				return a->run[i];
	return NULL;
}

const struct sample *diverged(const struct arm *a)
{
	for (size_t i = 0; i < a->runs; i++)
		if (!strcmp(a->run[i]->run->status, "diverged"))
			return a->run[i];
	return NULL;
}

int series_read(
	const struct arm *a, const struct sample *s, struct series *out, struct why *why)
{
	*out = (struct series){ .length = s->run->length };
	out->step = malloc((2 * out->length + 2) * sizeof *out->step);
	if (!out->step)
		return fail(why, "out of memory");
	out->value = out->step + out->length + 1;
	if (!evidence_quantity(a->e, a->test, s, out->step, out->value, why))
		return 0;
	free(out->step);
	return -1;
}

static double last_of(const struct series *s)
{
	size_t i = s->length;

	while (i && isnan(s->value[i - 1]))
		i--;
	return i ? s->value[i - 1] : NAN;
}

/* The quantity at the end of a run; INFINITY for one that diverged. */
double final_of(const struct arm *a, const struct sample *s, struct why *why)
{
	struct series v;
	double last;

	if (!strcmp(s->run->status, "diverged"))
		return INFINITY;
	if (series_read(a, s, &v, why))
		return NAN;
	last = last_of(&v);
	free(v.step);
	return last;
}

/* ---------------------------------------------------------------- curves over common steps - */

/* The value at this very step, NAN where the trace has none. */
static double value_at(const struct series *v, double step)
{
	size_t low = 0, high = v->length;

	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		if (v->step[middle] <= step)
			low = middle;
		else
			high = middle;
	}
	return v->length && v->step[low] == step ? v->value[low] : NAN;
}

static int has_step(const struct run *run, double step)
{
	const struct curve *steps = run_column(run, "step");

	if (!steps || !(step <= run->steps))
		return 1; /* ended before: that is told apart */
	for (size_t i = 0; i < run->length; i++)
		if (steps->v[i] >= step)
			return steps->v[i] == step;
	return 1;
}

/* Steps that the traces have in common: at most GRID, for a power law PER_DECADE a decade. */
static size_t trace_steps(const struct arm *a, double *x)
{
	const struct curve *steps = NULL;
	const struct run *longest = NULL;
	size_t count = 0, every, seen = 0;
	double next = 0;

	for (size_t i = 0; i < a->runs; i++)
		if (!longest || a->run[i]->run->steps > longest->steps)
			longest = a->run[i]->run;
	steps = longest ? run_column(longest, "step") : NULL;
	every = longest ? longest->length / GRID + 1 : 1;
	for (size_t i = 0; steps && i < longest->length && count < GRID; i++) {
		double at = steps->v[i];
		int common = at >= fmax(1, a->test->from);

		for (size_t k = 0; common && k < a->runs; k++)
			common = has_step(a->run[k]->run, at);
		if (!common || (a->test->kind->logarithmic ? at < next : seen++ % every != 0))
			continue;
		next = at * pow(10, 0.999 / PER_DECADE);
		x[count++] = at;
	}
	return count;
}

size_t common_steps(const struct arm *a, double *x)
{
	size_t count = 0;

	if (!a->over_horizons)
		return trace_steps(a, x);
	for (size_t i = 0; i < a->runs && count < GRID; i++)
		if (a->run[i]->instance == a->run[0]->instance &&
			a->run[i]->seed == a->run[0]->seed)
			x[count++] = a->run[i]->horizon;
	return count;
}

/* curves x points values; the runs of one (instance, seed) follow each other. */
int read_curves(struct arm *a, const double *x, size_t points, double *y)
{
	size_t row = 0, column = 0;

	for (size_t i = 0; i < a->runs; i++) {
		struct series v;

		if (a->over_horizons) {
			if (i && (a->run[i]->instance != a->run[i - 1]->instance ||
					 a->run[i]->seed != a->run[i - 1]->seed)) {
				row++;
				column = 0;
			}
			if (column < points)
				y[row * points + column++] = final_of(a, a->run[i], &a->why);
			continue;
		}
		if (series_read(a, a->run[i], &v, &a->why))
			return -1;
		for (size_t k = 0; k < points; k++)
			y[i * points + k] = value_at(&v, x[k]);
		free(v.step);
	}
	return 0;
}
