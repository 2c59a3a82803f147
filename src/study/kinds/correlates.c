/* correlates.c -- the claim that S-Adam's instability index measures the Clarke
 * subdifferential's diameter, judged by rank correlations over the points of lgi_study.c. Two
 * other indices are the controls: they show that the points could tell. */
#include <config.h>
#include "ground/why.h"
#include "study/kind.h"
#include "study/lgi_study.h"
#include <stdio.h>
#include <stdlib.h>

enum { PROBES = 8 }; /* published default of k */
static const struct {
	double delta;
	const char *points;
} settings[] = { { 1e-4, "points on and off kinks, delta = 1e-4" },
	{ 1e-2, "points on and off kinks, delta = 1e-2" } };
static const struct test_of_claim
	exact = { .kind = &kind_correlates,
		.quantity = "rank correlation with the diameter of df(x)",
		.expected = "above 0",
		.why = "" },
	nearby = { .kind = &kind_correlates,
		.quantity = "rank correlation with the diameter within delta",
		.expected = "above 0",
		.why = "" },
	control = { .kind = &kind_correlates,
		.quantity = "rank correlation with the diameter within delta",
		.expected = "above 0",
		.why = "",
		.control = 1 };

static int correlate(struct outcome *o, const struct lgi_points *p, const char *points,
	const struct test_of_claim *test, size_t index, double *memory)
{
	struct finding *f = finding_new(o);
	struct correlation c;

	if (!f)
		return -1;
	for (size_t i = 0; i < p->count; i++) {
		memory[i] = p->at[i].index[index];
		memory[p->count + i] = test == &exact ? p->at[i].diameter : p->at[i].nearby;
	}
	c = rank_correlation(memory, memory + p->count, p->count);
	f->test = test;
	f->problem = points;
	f->method = lgi_index_names[index];
	f->measured = c.rho;
	f->low = c.low;
	f->high = c.high;
	f->expected = 0;
	f->runs = c.count;
	f->verdict = c.low > 0 ? HOLDS : c.high < 0 ? REFUTED : INCONCLUSIVE;
	snprintf(f->reason, sizeof f->reason,
		"Spearman %.3f [%.3f, %.3f] over %zu points, k = %d", c.rho, c.low, c.high,
		c.count, PROBES);
	return 0;
}

static int judge_points(struct outcome *o, const struct lgi_points *p, const char *points)
{
	double *memory = malloc((2 * p->count + 1) * sizeof *memory);
	int bad = !memory || correlate(o, p, points, &exact, 0, memory) ||
		  correlate(o, p, points, &nearby, 0, memory);

	for (size_t i = 1; !bad && i < LGI_INDICES; i++)
		bad = correlate(o, p, points, &control, i, memory);
	free(memory);
	return bad ? -1 : 0;
}

int study_correlates(const struct claim *c, struct outcome *o, struct why *why)
{
	int bad = 0;

	*o = (struct outcome){ .claim = c };
	for (size_t i = 0; !bad && i < sizeof settings / sizeof *settings; i++) {
		struct lgi_points p;

		if (lgi_study(PROBES, settings[i].delta, 1, &p, why))
			return -1;
		o->runs += p.count;
		bad = judge_points(o, &p, settings[i].points);
		lgi_points_free(&p);
	}
	if (bad)
		return fail(why, "out of memory");
	outcome_conclude(o);
	return 0;
}

const struct test_kind kind_correlates = {
	.name = "correlates",
	.help = "a rank correlation is above 0; refuted where its interval lies below: the "
		"claim "
		"with \"study\": \"lgi\"",
};
