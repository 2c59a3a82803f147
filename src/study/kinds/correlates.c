/* correlates.c -- two quantities rise together along runs: Spearman's rank correlation, of each
 * run by itself, or pooled over all points. */
#include <config.h>
#include "analysis/statistics.h"
#include "ground/why.h"
#include "study/kind.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_RUNS = 3 };

/* Points of runs, and the correlation of each run; room for all runs of the evidence. */
struct points {
	const struct evidence *e;
	const struct test_of_claim *t;
	struct test_of_claim other; /* the same of the quantity that is expected */
	size_t count, runs;
	double *x, *y, *rho; /* x: what is expected; one block of memory from x on */
};

static int points_init(
	struct points *p, const struct evidence *e, const struct test_of_claim *t)
{
	size_t room = 0;

	for (size_t i = 0; i < e->samples; i++)
		room += e->sample[i].run->length;
	*p = (struct points){ .e = e,
		.t = t,
		.other = *t,
		.x = malloc((2 * room + e->samples + 1) * sizeof *p->x) };
	p->other.quantity = t->expected;
	p->y = p->x + room;
	p->rho = p->y + room;
	return p->x ? 0 : -1;
}

static int add_run(
	struct points *p, const struct arm *a, const struct sample *s, struct why *why)
{
	struct arm b = *a;
	struct series x, y;
	size_t first = p->count;

	b.test = &p->other;
	if (series_read(a, s, &y, why))
		return -1;
	if (series_read(&b, s, &x, why)) {
		free(y.step);
		return -1;
	}
	for (size_t i = 0; i < x.length; i++)
		if (y.step[i] >= p->t->from && isfinite(x.value[i]) && isfinite(y.value[i])) {
			p->x[p->count] = x.value[i];
			p->y[p->count++] = y.value[i];
		}
	free(x.step);
	free(y.step);
	p->rho[p->runs++] = rank_correlation(p->x + first, p->y + first, p->count - first).rho;
	return 0;
}

/* -1: why they decide nothing. */
static int add_runs(struct points *p, size_t problem, size_t method, struct why *why)
{
	const struct entry_of_claim *o = &p->e->claim->optimizer[method];
	struct tuned value = best_value(p->e, p->t, problem, method);
	const struct sample *s;
	struct arm a;
	int bad = 0;

	if (arm_make(&a, p->e, p->t, problem, method, value.best))
		return fail(why, "out of memory");
	s = broken(&a);
	if (s)
		bad = fail(why, "a run ended as %s: %.150s", s->run->status, s->run->reason);
	else if (value.edge)
		bad = fail(why, "%s = %g, at the edge of what was tried, is best: not tuned",
			o->tune, o->value[value.best]);
	for (size_t i = 0; i < a.runs && !bad; i++)
		bad = add_run(p, &a, a.run[i], why);
	free(a.run);
	return bad;
}

/* ---------------------------------------------------------------- the verdict ----------------
 */

static void decide_sign(struct finding *f, const char *of)
{
	decide(f,
		f->low > 0    ? HOLDS
		: f->high < 0 ? REFUTED
			      : INCONCLUSIVE,
		"Spearman %.3f [%.3f, %.3f] over %zu %s", f->measured, f->low, f->high, f->runs,
		of);
}

static void judge_pooled(struct finding *f, const struct points *p)
{
	struct correlation c = rank_correlation(p->x, p->y, p->count);

	f->measured = c.rho;
	f->low = c.low;
	f->high = c.high;
	f->runs = c.count;
	if (isnan(c.rho))
		decide(f, INCONCLUSIVE,
			"no rank correlation of %zu points: at least 5 are needed, not all "
			"equal",
			c.count);
	else
		decide_sign(f, "points");
}

static int judge_runs(struct finding *f, const struct points *p)
{
	size_t known = 0;

	for (size_t i = 0; i < p->runs; i++)
		if (!isnan(p->rho[i]))
			p->rho[known++] = p->rho[i];
	f->runs = known;
	if (known < LEAST_RUNS) {
		decide(f, INCONCLUSIVE,
			"%zu of %zu runs have a rank correlation (5 points, not all equal), "
			"at least %d are needed",
			known, p->runs, LEAST_RUNS);
		return 0;
	}
	if (mean_interval(p->rho, known, CONFIDENCE, 1, &f->measured, &f->low, &f->high))
		return -1;
	decide_sign(f, "runs");
	return 0;
}

/* For the picture. */
static int keep_points(struct finding *f, const struct points *p)
{
	f->x = malloc((2 * p->count + 1) * sizeof *f->x);
	if (!f->x)
		return -1;
	f->y = f->x + p->count;
	f->points = p->count;
	memcpy(f->x, p->x, p->count * sizeof *f->x);
	memcpy(f->y, p->y, p->count * sizeof *f->y);
	return 0;
}

/* The points since the last one; reason: why they decide nothing, or NULL. */
static int conclude(struct outcome *o, struct points *p, const char *problem,
	const char *method, const char *reason)
{
	struct finding *f = finding_new(o);

	if (!f || keep_points(f, p))
		return -1;
	f->test = p->t;
	f->problem = problem;
	f->method = method;
	f->expected = 0;
	if (reason)
		decide(f, INCONCLUSIVE, "%.250s", reason);
	else if (p->t->pool)
		judge_pooled(f, p);
	else if (judge_runs(f, p))
		return -1;
	p->count = p->runs = 0;
	return 0;
}

static int correlate_all(struct outcome *o, struct points *p, size_t method)
{
	const struct claim *c = p->e->claim;
	struct why all = { "" }, one;
	int bad = 0;

	for (size_t i = 0; i < c->problems && !bad; i++) {
		const char *label = c->problem[i].label;
		int unknown;

		if (p->t->on && strcmp(p->t->on, label))
			continue;
		unknown = add_runs(p, i, method, &one);
		if (!p->t->pool)
			bad = conclude(o, p, label, c->optimizer[method].label,
				unknown ? one.text : NULL);
		else if (unknown && !*all.text)
			fail(&all, "%.60s: %.180s", label, one.text);
	}
	if (!p->t->pool)
		return bad;
	return conclude(o, p, "all", c->optimizer[method].label, *all.text ? all.text : NULL);
}

static int correlate(struct outcome *o, const struct evidence *e, const struct test_of_claim *t,
	size_t method, struct why *why)
{
	struct points p;
	int bad = points_init(&p, e, t) || correlate_all(o, &p, method)
			  ? fail(why, "out of memory")
			  : 0;

	free(p.x);
	return bad;
}

const struct test_kind kind_correlates = {
	.name = "correlates",
	.help = "the rank correlation with this quantity is above 0, in the mean over the runs "
		"or, pooled, over all "
		"points; refuted where its interval lies below",
	.paired = 1,
	.compare = correlate,
};
