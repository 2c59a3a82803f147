/* finding.c -- what tests found, and what they say together. */
#include <config.h>
#include "ground/grow.h"
#include "study/arm.h"
#include <stdarg.h>
#include <stdlib.h>

const char *const verdict_words[] = { "inconclusive", "holds", "refuted" };

void decide(struct finding *f, enum verdict v, const char *format, ...)
{
	va_list args;

	f->verdict = v;
	va_start(args, format);
	vsnprintf(f->reason, sizeof f->reason, format, args);
	va_end(args);
}

void check_point(struct finding *f, const struct test_of_claim *t, const struct sample *s,
	double step, double value, double bound, size_t *exceeded)
{
	double ratio = bound > 0 ? value / bound : value <= bound ? 1 : INFINITY;

	if (!(value <= bound + slack(t, s, bound))) {
		if (!(*exceeded)++)
			decide(f, REFUTED,
				"%.6g exceeds %.6g at step %g (instance %d, seed %llu)", value,
				bound, step, s->instance, (unsigned long long)s->seed);
	}
	if (ratio > f->worst && value > rounding_of(t, s)) {
		f->worst = ratio;
		f->measured = value;
		f->expected = bound;
	}
}

struct finding *finding_new(struct outcome *o)
{
	if (room_for(&o->finding, o->findings + 1, &o->room, sizeof *o->finding))
		return NULL;
	o->finding[o->findings] = (struct finding){ .measured = NAN,
		.low = NAN,
		.high = NAN,
		.expected = NAN,
		.problem = "",
		.method = "",
		.reason = "not decided" };
	return &o->finding[o->findings++];
}

/* The order in which findings weigh. */
static int weight(enum verdict v) { return v == REFUTED ? 2 : v == INCONCLUSIVE; }

void outcome_conclude(struct outcome *o)
{
	size_t count[3] = { 0 };
	const struct finding *worst = NULL;

	for (size_t i = 0; i < o->findings; i++) {
		const struct finding *f = &o->finding[i];

		if (f->test && f->test->control)
			continue;
		count[f->verdict]++;
		if (!worst || weight(f->verdict) > weight(worst->verdict))
			worst = f;
	}
	o->verdict = worst ? worst->verdict : INCONCLUSIVE;
	if (o->verdict == HOLDS)
		snprintf(o->reason, sizeof o->reason, "%zu of %zu tests hold", count[HOLDS],
			count[HOLDS]);
	else
		snprintf(o->reason, sizeof o->reason,
			"%zu hold, %zu inconclusive, %zu refuted; %s on %s: %.220s",
			count[HOLDS], count[INCONCLUSIVE], count[REFUTED],
			worst ? worst->method : "", worst ? worst->problem : "",
			worst ? worst->reason : "no test");
}

void outcome_free(struct outcome *o)
{
	for (size_t i = 0; i < o->findings; i++)
		free(o->finding[i].x);
	free(o->finding);
	*o = (struct outcome){ 0 };
}
