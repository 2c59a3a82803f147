/* tuned.c -- the best of the tried values, chosen on the same runs for every method alike;
 * lists that grow where the best stands at their edge. */
#include <config.h>
#include "study/arm.h"
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 8 };                /* values that a list gains at most */
static const double clearly = 0.05; /* log of the ratio to the next value that makes an edge */

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

static int edge_of(const struct entry_of_claim *entry, const double *score, size_t best)
{
	double value = entry->value[best], least = value, largest = value, next = INFINITY;

	for (size_t v = 0; v < entry->values; v++) {
		least = fmin(least, entry->value[v]);
		largest = fmax(largest, entry->value[v]);
		if (v != best)
			next = fmin(next, score[v]);
	}
	if (!(score[best] < next - clearly))
		return 0;
	return value == least ? -1 : value == largest ? 1 : 0;
}

struct tuned best_value(const struct evidence *e, const struct test_of_claim *t, size_t problem,
	size_t optimizer)
{
	const struct entry_of_claim *entry = &e->claim->optimizer[optimizer];
	double score[CLAIM_LIST];
	struct tuned out = { 0 };

	if (entry->values == 1)
		return out;
	for (size_t v = 0; v < entry->values; v++) {
		score[v] = score_of(e, t, problem, optimizer, v);
		if (!(score[v] >= score[out.best]))
			out.best = v;
	}
	for (size_t v = 0; v < entry->values; v++)
		out.good += score[v] <= score[out.best] + log(2);
	out.edge = edge_of(entry, score, out.best);
	return out;
}

/* ---------------------------------------------------------------- growing lists ----------- */

/* Is this method's value chosen for this test? */
static int concerns(const struct test_of_claim *t, const struct entry_of_claim *o)
{
	return !t->of || !strcmp(t->of, o->label) ||
	       (t->against && !strcmp(t->against, o->label));
}

static void find_edges(const struct evidence *e, int *down, int *up)
{
	const struct claim *c = e->claim;

	*down = *up = 0;
	for (size_t i = 0; i < c->tests; i++)
		for (size_t o = 0; o < c->optimizers; o++)
			for (size_t p = 0; p < c->problems; p++) {
				const struct test_of_claim *t = &c->test[i];
				int edge;

				if (c->optimizer[o].values < 2 || t->control ||
					!concerns(t, &c->optimizer[o]) ||
					(t->on && strcmp(t->on, c->problem[p].label)))
					continue;
				edge = best_value(e, t, p, o).edge;
				*down |= edge < 0;
				*up |= edge > 0;
			}
}

/* The value beyond the end of an ascending list, rounded to two digits as people write them. */
static double beyond(double end, double next)
{
	double v = end * (end / next), unit = pow(10, floor(log10(v)) - 1);

	return round(v / unit) * unit;
}

/* All lists, so that no method is given more tries than another. 0: none has room. */
static int grow(struct claim *c, int up)
{
	int grown = 0;

	for (size_t o = 0; o < c->optimizers; o++) {
		struct entry_of_claim *m = &c->optimizer[o];
		size_t end = 0, next;

		if (m->values < 2 || m->values == CLAIM_LIST)
			continue;
		for (size_t v = 1; v < m->values; v++)
			if (up ? m->value[v] > m->value[end] : m->value[v] < m->value[end])
				end = v;
		next = end ? 0 : 1;
		for (size_t v = 0; v < m->values; v++)
			if (v != end && (up ? m->value[v] > m->value[next]
					    : m->value[v] < m->value[next]))
				next = v;
		if (!(m->value[end] > 0 && m->value[next] > 0))
			continue;
		m->value[m->values++] = beyond(m->value[end], m->value[next]);
		grown = 1;
	}
	return grown;
}

int evidence_tuned(
	struct evidence *e, struct claim *c, const char *folder, int workers, struct why *why)
{
	int bad = evidence_make(e, c, folder, workers, why), down, up, grown = 1;

	for (int round = 0; !bad && grown && round < ROUNDS; round++) {
		find_edges(e, &down, &up);
		grown = (down && grow(c, 0)) | (up && grow(c, 1));
		if (grown)
			bad = evidence_more(e, folder, workers, why);
	}
	return bad;
}
