/* reference.c -- f*, or the best value found where f* is unknown or refuted by a run. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/reference.h"

/* Smallest f that agrees with the f* of this run: its error, and what rounding may add. A
 * record without the error is given what books print, six digits. */
static double least_possible(const struct run *run)
{
	double scale = fmax(1, fabs(run->optimum)),
	       start = isfinite(run->start) ? fabs(run->start) : 0;
	double error = run->optimum_error >= 0 ? run->optimum_error : 1e-6 * scale;

	return run->optimum - error - 1e-9 * scale - 1e-14 * start;
}

struct seat {
	size_t problem, run;
	int instance;
};

static int by_instance(const void *a, const void *b)
{
	const struct seat *p = a, *q = b;

	if (p->problem != q->problem)
		return p->problem < q->problem ? -1 : 1;
	if (p->instance != q->instance)
		return p->instance < q->instance ? -1 : 1;
	return (p->run > q->run) - (p->run < q->run);
}

static int is_unbounded(const struct entry *problem)
{
	return strstr(problem->traits, "unbounded") != NULL;
}

/* One instance of a problem: the places from..to. */
static void refer(const struct records *r, const struct seat *from, const struct seat *to,
	struct reference *out)
{
	double best = INFINITY;
	int refuted = 0;

	for (const struct seat *p = from; p < to; p++) {
		const struct run *run = &r->run[p->run];

		best = run->best < best ? run->best : best;
		refuted |= run->best < least_possible(run);
	}
	/* f* of an unbounded problem is that of a valley: who leaves it refutes nothing */
	if (refuted && is_unbounded(&r->problem[from->problem])) {
		refuted = 0;
		for (const struct seat *p = from; p < to; p++)
			out[p->run].escaped =
				r->run[p->run].best < least_possible(&r->run[p->run]);
	}
	for (const struct seat *p = from; p < to; p++) {
		double optimum = r->run[p->run].optimum;

		out[p->run].kind = refuted          ? BELOW_F_STAR
				   : isnan(optimum) ? BEST_FOUND
						    : F_STAR;
		out[p->run].value = out[p->run].kind == F_STAR ? optimum : best;
	}
}

struct reference *references(const struct records *r)
{
	struct reference *out = calloc(r->runs + 1, sizeof *out);
	struct seat *place = malloc((r->runs + 1) * sizeof *place);

	for (size_t i = 0; out && place && i < r->runs; i++)
		place[i] = (struct seat){ r->run[i].problem, i, r->run[i].instance };
	if (out && place)
		qsort(place, r->runs, sizeof *place, by_instance);
	for (size_t i = 0, k; out && place && i < r->runs; i = k) {
		for (k = i; k < r->runs && place[k].problem == place[i].problem &&
			    place[k].instance == place[i].instance;
			k++)
			;
		refer(r, place + i, place + k, out);
	}
	if (!place) {
		free(out);
		out = NULL;
	}
	free(place);
	return out;
}

enum { SAID = 5 }; /* problems named one by one */

static int warn_below(struct records *r, const struct run *run, size_t count)
{
	if (is_unbounded(&r->problem[run->problem]))
		return records_warn(r,
			"%s is unbounded below: %zu runs fell below its f* = %.10g, %s to "
			"%.4g; they count as "
			"unsolved",
			r->problem[run->problem].label, count, run->optimum,
			r->method[run->method].label, run->best);
	return records_warn(r,
		"f BELOW f*: on %s, %s found f = %.10g (%zu runs in all), below f* = %.10g by "
		"more than its "
		"error%s: f* or the function is wrong; nothing counts as solved there, gaps "
		"are above the best found",
		r->problem[run->problem].label, r->method[run->method].label, run->best, count,
		run->optimum,
		isnan(run->optimum_error) ? " (not recorded, taken as 1e-6)" : "");
}

int references_warn(struct records *r, const struct reference *ref, double target)
{
	size_t *below = calloc(2 * r->problems + 1, sizeof *below),
	       *start = below + r->problems, more = 0, said = 0;
	const struct run **worst = calloc(r->problems + 1, sizeof *worst);
	int bad = !below || !worst;

	for (size_t i = 0; !bad && i < r->runs; i++) {
		const struct run *run = &r->run[i];
		double gap = (run->start - run->optimum) / fmax(1, fabs(run->optimum));

		start[run->problem] += ref[i].kind == F_STAR && gap <= target;
		if (!(run->best < least_possible(run)))
			continue;
		below[run->problem]++;
		if (!worst[run->problem] || run->best < worst[run->problem]->best)
			worst[run->problem] = run;
	}
	for (size_t p = 0; !bad && p < r->problems; p++)
		if (below[p] && said++ < SAID)
			bad = warn_below(r, worst[p], below[p]);
		else
			more += below[p] > 0;
	if (!bad && more)
		bad = records_warn(r, "f BELOW f* on %zu further problems", more);
	for (size_t p = 0; !bad && p < r->problems; p++)
		if (start[p])
			bad = records_warn(r,
				"%s: %zu runs are solved at their start (gap at most %g at "
				"x0): they tell nothing",
				r->problem[p].label, start[p], target);
	free(below);
	free(worst);
	return bad ? -1 : 0;
}
