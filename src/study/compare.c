/* compare.c -- methods against each other: log ratios of what they end with, over the same
 * runs. */
#include <config.h>
#include "analysis/rate.h"
#include "ground/expression.h"
#include "ground/why.h"
#include "study/arm.h"
#include "study/claim.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Mean log of the final quantity of a method at one value of what is tuned. */
static double score_of(const struct evidence *e, const struct test_of_claim *t, size_t p,
	size_t o, size_t value)
{
	struct arm a;
	double sum = 0;

	if (arm_make(&a, e, t, p, o, value))
		return NAN;
	for (size_t i = 0; i < a.runs; i++) {
		double v = final_of(&a, a.run[i], &a.why);

		sum += isnan(v) ? INFINITY : log(fmax(v, fmax(a.run[i]->rounding, 1e-300)));
	}
	sum /= (double)a.runs;
	free(a.run);
	return sum;
}

/* The value that ends lowest on this problem, chosen on the same runs for every method alike;
 * how many of the values end within a factor 2 of it. */
size_t best_value(const struct evidence *e, const struct test_of_claim *t, size_t p, size_t o,
	size_t *good)
{
	const struct entry_of_claim *entry = &e->claim->optimizer[o];
	double score[CLAIM_LIST];
	size_t best = 0;

	*good = 0;
	if (entry->values == 1)
		return 0;
	for (size_t v = 0; v < entry->values; v++) {
		score[v] = score_of(e, t, p, o, v);
		if (!(score[v] >= score[best]))
			best = v;
	}
	for (size_t v = 0; v < entry->values; v++)
		*good += score[v] <= score[best] + log(2);
	return best;
}

static size_t index_of(const struct entry_of_claim *list, size_t count, const char *label)
{
	size_t i = 0;

	while (i < count && strcmp(list[i].label, label))
		i++;
	return i;
}

/* Log ratios of the final quantities over the same instance and seed; how many. */
static size_t log_ratios(struct arm *a, struct arm *b, double *out)
{
	size_t count = 0;

	for (size_t i = 0; i < a->runs; i++)
		for (size_t k = 0; k < b->runs; k++) {
			const struct sample *s = a->run[i], *r = b->run[k];
			double least = fmax(1e-300, fmax(s->rounding, r->rounding)), x, y;

			if (s->instance != r->instance || s->seed != r->seed ||
				s->horizon != r->horizon)
				continue;
			x = fmax(least, final_of(a, s, &a->why));
			y = fmax(least, final_of(b, r, &b->why));
			/* who diverges loses by ten decades, no more */
			out[count++] =
				fmin(23, fmax(-23, isinf(x) && isinf(y) ? 0 : log(x / y)));
		}
	return count;
}

static void judge_ratios(struct finding *f, const double *v, size_t count, const char *what)
{
	double limit = log(f->expected * (1 + f->test->tolerance));

	f->runs = count;
	if (count >= 3) {
		if (mean_interval(v, count, CONFIDENCE, 1, &f->measured, &f->low, &f->high))
			return;
	} else {
		f->measured = f->low = f->high = count ? v[0] : NAN;
	}
	if (count < 3 && f->test->pool)
		decide(f, INCONCLUSIVE, "only %zu %s", count, what);
	else
		decide(f,
			f->high <= limit ? HOLDS
			: f->low > limit ? REFUTED
					 : INCONCLUSIVE,
			"ends at %.4g [%.4g, %.4g] times the other, over %zu %s; claimed at "
			"most %.4g%s",
			exp(f->measured), exp(f->low), exp(f->high), count, what, f->expected,
			f->high > limit && f->low <= limit ? ": not decided" : "");
	f->measured = exp(f->measured);
	f->low = exp(f->low);
	f->high = exp(f->high);
}

static int ratios_on(const struct evidence *e, const struct test_of_claim *t, size_t p,
	size_t m, size_t other, double *v, size_t *count, char *note, size_t size,
	struct why *why)
{
	struct arm a = { 0 }, b = { 0 };
	const struct entry_of_claim *list = e->claim->optimizer;
	size_t good_a, good_b, va = best_value(e, t, p, m, &good_a),
			       vb = best_value(e, t, p, other, &good_b);
	const struct sample *s = NULL;

	if (arm_make(&a, e, t, p, m, va) || arm_make(&b, e, t, p, other, vb)) {
		free(a.run);
		return fail(why, "out of memory");
	}
	*count = 0;
	*note = 0;
	s = broken(&a) ? broken(&a) : broken(&b);
	if (s)
		snprintf(note, size, "a run ended as %s: %.120s", s->run->status,
			s->run->reason);
	else
		*count = log_ratios(&a, &b, v);
	if (!s && (list[m].tune || list[other].tune)) {
		size_t used = 0;

		if (list[m].tune)
			used = (size_t)snprintf(note, size,
				"; %s %s = %g (%zu of %zu within 2x)", list[m].label,
				list[m].tune, list[m].value[va], good_a, list[m].values);
		if (list[other].tune && used < size)
			snprintf(note + used, size - used, "; %s %s = %g (%zu of %zu)",
				list[other].label, list[other].tune, list[other].value[vb],
				good_b, list[other].values);
	}
	free(a.run);
	free(b.run);
	return 0;
}

int compare(struct outcome *o, const struct evidence *e, const struct test_of_claim *t,
	size_t m, struct why *why)
{
	const struct claim *c = e->claim;
	size_t other = index_of(c->optimizer, c->optimizers, t->against), count = 0, pooled = 0;
	double *v = calloc(e->samples + 1, sizeof *v), mean[CLAIM_ENTRIES], expected = NAN;
	struct scope none = { 0 };
	char note[200];
	int bad = v ? evaluate(t->expected, &none, &expected, why) : fail(why, "out of memory");

	for (size_t p = 0; !bad && p < c->problems; p++) {
		struct finding *f;

		if (t->on && strcmp(t->on, c->problem[p].label))
			continue;
		bad = ratios_on(e, t, p, m, other, v, &count, note, sizeof note, why);
		if (bad)
			break;
		if (t->pool) {
			double sum = 0;

			for (size_t i = 0; i < count; i++)
				sum += v[i] / (double)count;
			if (count)
				mean[pooled++] = sum;
			continue;
		}
		f = finding_new(o);
		if (!f)
			bad = fail(why, "out of memory");
		else {
			f->test = t;
			f->problem = c->problem[p].label;
			f->method = c->optimizer[m].label;
			f->against = t->against;
			f->expected = expected;
			if (count) {
				judge_ratios(f, v, count, "pairs of runs");
				strncat(f->reason, note,
					sizeof f->reason - strlen(f->reason) - 1);
			} else {
				decide(f, INCONCLUSIVE, "%s",
					*note ? note : "no pairs of runs");
			}
		}
	}
	if (!bad && t->pool) {
		struct finding *f = finding_new(o);

		if (!f)
			bad = fail(why, "out of memory");
		else {
			f->test = t;
			f->problem = "all";
			f->method = c->optimizer[m].label;
			f->against = t->against;
			f->expected = expected;
			judge_ratios(f, mean, pooled, "problems");
		}
	}
	free(v);
	return bad;
}
