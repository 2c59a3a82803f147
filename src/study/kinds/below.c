/* below.c -- methods against each other: log ratios of what they end with, over the same
 * instances and seeds. */
#include <config.h>
#include "study/kind.h"
#include <stdlib.h>
#include <string.h>

static const double most = 23; /* who diverges loses by ten decades, no more */

/* One comparison: a method, the other, a problem. */
struct match {
	const struct evidence *e;
	const struct test_of_claim *t;
	size_t one, other;
	double *ratio; /* logarithms, room for every sample */
	size_t count;
	char note[200]; /* what was tuned; why there is no comparison */
	int undecided;
	struct why *why;
};

static size_t index_of(const struct entry_of_claim *list, size_t count, const char *label)
{
	size_t i = 0;

	while (i < count && strcmp(list[i].label, label))
		i++;
	return i;
}

static double log_ratio(double x, double y, double least)
{
	if (isnan(x) || isnan(y))
		return NAN;
	if (isinf(x) && isinf(y))
		return 0;
	return fmin(most, fmax(-most, log(fmax(least, x) / fmax(least, y))));
}

static void pair_runs(struct match *m, struct arm *a, struct arm *b)
{
	for (size_t i = 0; i < a->runs; i++)
		for (size_t k = 0; k < b->runs; k++) {
			const struct sample *s = a->run[i], *r = b->run[k];
			double v;

			if (s->instance != r->instance || s->seed != r->seed ||
				s->horizon != r->horizon)
				continue;
			v = log_ratio(final_of(a, s, &a->why), final_of(b, r, &b->why),
				fmax(1e-300, fmax(s->rounding, r->rounding)));
			m->undecided |= isnan(v);
			m->ratio[m->count++] = v;
		}
	if (m->undecided)
		snprintf(m->note, sizeof m->note, "what a run ends with is not known");
}

static void note_tuned(struct match *m, size_t o, const struct tuned *v)
{
	const struct entry_of_claim *entry = &m->e->claim->optimizer[o];
	size_t used = strlen(m->note);

	if (!entry->tune)
		return;
	m->undecided |= v->edge;
	snprintf(m->note + used, sizeof m->note - used, "; %s %s = %g (%s%zu of %zu within 2x)",
		entry->label, entry->tune, entry->value[v->best],
		v->edge ? "the edge of what was tried: not tuned, " : "", v->good,
		entry->values);
}

static int meet(struct match *m, size_t p)
{
	struct arm a = { 0 }, b = { 0 };
	struct tuned va = best_value(m->e, m->t, p, m->one),
		     vb = best_value(m->e, m->t, p, m->other);
	const struct sample *s;

	m->count = 0;
	m->undecided = 0;
	*m->note = 0;
	if (arm_make(&a, m->e, m->t, p, m->one, va.best) ||
		arm_make(&b, m->e, m->t, p, m->other, vb.best)) {
		free(a.run);
		return fail(m->why, "out of memory");
	}
	s = broken(&a) ? broken(&a) : broken(&b);
	if (s) {
		m->undecided = 1;
		snprintf(m->note, sizeof m->note, "a run ended as %s: %.120s", s->run->status,
			s->run->reason);
	} else {
		pair_runs(m, &a, &b);
		note_tuned(m, m->one, &va);
		note_tuned(m, m->other, &vb);
	}
	free(a.run);
	free(b.run);
	return 0;
}

static void few_ratios(struct finding *f, const double *v, size_t count)
{
	f->low = f->high = v[0];
	f->measured = 0;
	for (size_t i = 0; i < count; i++) {
		f->measured += v[i] / (double)count;
		f->low = fmin(f->low, v[i]);
		f->high = fmax(f->high, v[i]);
	}
}

static int judge_ratios(struct finding *f, const double *v, size_t count, const char *what,
	const struct match *m)
{
	double limit = log(f->expected * (1 + f->test->tolerance));

	f->runs = count;
	if (!count || m->undecided || (count < 3 && f->test->pool)) {
		decide(f, INCONCLUSIVE, "%zu %s%s%s", count, what, *m->note ? ": " : "",
			m->note + (m->note[0] == ';' ? 2 : 0));
		return 0;
	}
	if (count < 3)
		few_ratios(f, v, count);
	else if (mean_interval(v, count, CONFIDENCE, 1, &f->measured, &f->low, &f->high))
		return fail(m->why, "out of memory");
	f->verdict = f->high <= limit ? HOLDS : f->low > limit ? REFUTED : INCONCLUSIVE;
	f->measured = exp(f->measured);
	f->low = exp(f->low);
	f->high = exp(f->high);
	decide(f, f->verdict,
		"ends at %.4g [%.4g, %.4g] times the other, over %zu %s; claimed at most "
		"%.4g%s%s",
		f->measured, f->low, f->high, count, what, f->expected,
		f->verdict == INCONCLUSIVE ? ": not decided" : "",
		f->test->pool ? "" : m->note);
	return 0;
}

static int conclude(struct outcome *o, const struct match *m, const char *problem,
	double expected, const double *v, size_t count)
{
	struct finding *f = finding_new(o);

	if (!f)
		return fail(m->why, "out of memory");
	f->test = m->t;
	f->problem = problem;
	f->method = m->e->claim->optimizer[m->one].label;
	f->against = m->t->against;
	f->expected = expected;
	return judge_ratios(f, v, count, m->t->pool ? "problems" : "pairs of runs", m);
}

/* A problem that cannot be compared leaves the whole undecided: the rest is no fair sample. */
static int meet_all(struct outcome *o, struct match *m, double expected)
{
	const struct claim *c = m->e->claim;
	double mean[CLAIM_ENTRIES] = { 0 };
	size_t pooled = 0;
	char note[sizeof m->note] = "";

	for (size_t p = 0; p < c->problems; p++) {
		if (m->t->on && strcmp(m->t->on, c->problem[p].label))
			continue;
		if (meet(m, p))
			return -1;
		if (!m->t->pool &&
			conclude(o, m, c->problem[p].label, expected, m->ratio, m->count))
			return -1;
		if (m->undecided && !*note)
			snprintf(note, sizeof note, "%.60s: %.130s", c->problem[p].label,
				m->note + (m->note[0] == ';' ? 2 : 0));
		for (size_t i = 0; i < m->count; i++)
			mean[pooled] += m->ratio[i] / (double)m->count;
		pooled += m->count > 0;
	}
	if (!m->t->pool)
		return 0;
	m->undecided = *note != 0;
	memcpy(m->note, note, sizeof note);
	return conclude(o, m, "all", expected, mean, pooled);
}

static int compare(struct outcome *o, const struct evidence *e, const struct test_of_claim *t,
	size_t method, struct why *why)
{
	const struct claim *c = e->claim;
	struct match m = { .e = e,
		.t = t,
		.one = method,
		.other = index_of(c->optimizer, c->optimizers, t->against),
		.ratio = calloc(e->samples + 1, sizeof *m.ratio),
		.why = why };
	struct scope none = { 0 };
	double expected;
	int bad = !m.ratio ? fail(why, "out of memory")
			   : evaluate(t->expected, &none, &expected, why) ||
				     meet_all(o, &m, expected);

	free(m.ratio);
	return bad ? -1 : 0;
}

const struct test_kind kind_below = {
	.name = "below",
	.help = "the method ends at most so many times as high as `against`, on the same "
		"instances "
		"and seeds; refuted where the interval of the mean log ratio excludes it",
	.compare = compare,
};
