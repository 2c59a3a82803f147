/* outcome.c -- what the runs of a claim say about it. `holds`: no bound exceeded, the fitted
 * rate's 95 % interval inside the claim. `refuted`: a bound exceeded beyond rounding, or the
 * interval excludes the claim. Else `inconclusive`, with the reason. */
#include <config.h>
#include "study/kind.h"
#include <stdlib.h>
#include <string.h>

/* What the picture shows: geometric mean (or mean) of the curves. */
static double middle_of(const struct arm *a, const struct grid_of_arm *g, size_t k)
{
	double sum = 0, v;
	size_t count = 0;

	for (size_t c = 0; c < a->curves; c++) {
		v = g->y[c * g->points + k];
		if (isnan(v) || (v <= 0 && !a->test->over_mean))
			continue;
		sum += a->test->over_mean ? v : log(v);
		count++;
	}
	sum /= (double)count;
	return !count ? NAN : a->test->over_mean ? sum : exp(sum);
}

static int keep_curve(struct finding *f, struct arm *a, const struct grid_of_arm *g)
{
	const struct test_kind *kind = a->test->kind;

	f->x = calloc(3 * g->points + 1, sizeof *f->x);
	if (!f->x)
		return fail(&a->why, "out of memory");
	f->y = f->x + g->points;
	f->bound = f->y + g->points;
	f->points = g->points;
	for (size_t k = 0; k < g->points; k++) {
		f->x[k] = g->x[k];
		f->y[k] = middle_of(a, g, k);
		f->bound[k] = NAN;
		if (kind->bounded &&
			evidence_expected(a->test, a->run[a->over_horizons ? k : 0], g->x[k],
				&f->bound[k], &a->why))
			return -1;
		if (a->test->kind == &kind_factor) /* from the first point on */
			f->bound[k] = f->y[0] * pow(f->bound[k], g->x[k] - g->x[0]);
	}
	return 0;
}

static int judge_arm(struct finding *f, struct arm *a)
{
	double x[GRID];
	size_t points = common_steps(a, x);
	double *y = calloc(a->curves * points + 1, sizeof *y);
	struct grid_of_arm g = { points, x, y };
	int bad;

	if (!y)
		return fail(&a->why, "out of memory");
	bad = read_curves(a, x, points, y) || keep_curve(f, a, &g) ||
	      a->test->kind->judge(f, a, &g);
	free(y);
	return bad;
}

/* What stands at the edge of the tried values is not tuned. */
static void doubt_edge(struct finding *f, const struct entry_of_claim *o, const struct tuned *v)
{
	if (v->edge && f->verdict != INCONCLUSIVE)
		decide(f, INCONCLUSIVE,
			"%s = %g, at the edge of what was tried, is best: not tuned", o->tune,
			o->value[v->best]);
}

static int judge_one(struct outcome *o, const struct evidence *e, const struct test_of_claim *t,
	size_t p, size_t m, struct why *why)
{
	struct finding *f = finding_new(o);
	struct arm a = { 0 };
	struct tuned value = best_value(e, t, p, m);
	const struct sample *s;

	if (!f || arm_make(&a, e, t, p, m, value.best))
		return fail(why, "out of memory");
	f->test = t;
	f->problem = e->claim->problem[p].label;
	f->method = e->claim->optimizer[m].label;
	f->runs = a.runs;
	s = broken(&a);
	if (s)
		decide(f, INCONCLUSIVE, "a run ended as %s: %.150s", s->run->status,
			s->run->reason);
	else if (diverged(&a))
		decide(f, REFUTED, "a run diverged (instance %d, seed %llu)",
			diverged(&a)->instance, (unsigned long long)diverged(&a)->seed);
	else if (judge_arm(f, &a))
		decide(f, INCONCLUSIVE, "%.200s", a.why.text);
	doubt_edge(f, &e->claim->optimizer[m], &value);
	free(a.run);
	return 0;
}

/* Does the bound, over t^p, stay within 5 % from a third of the steps on? */
static int bounds_rate(const struct finding *bound, const struct finding *rate)
{
	const double *x = bound->x, *b = bound->bound;
	size_t first = bound->points / 3, last = bound->points ? bound->points - 1 : 0;

	return last > first && b[last] * pow(x[last], -rate->expected) <=
				       1.05 * b[first] * pow(x[first], -rate->expected);
}

static int same_quantity(const struct test_of_claim *a, const struct test_of_claim *b)
{
	return !strcmp(a->quantity, b->quantity) && a->least == b->least &&
	       a->mean_so_far == b->mean_so_far;
}

/* A bound C t^p with a stated C that holds outweighs a curve that still climbs to it. */
static void heed_bounds(struct outcome *o)
{
	for (size_t i = 0; i < o->findings; i++)
		for (size_t k = 0; k < o->findings; k++) {
			struct finding *f = &o->finding[i];
			const struct finding *b = &o->finding[k];

			if (f->verdict == REFUTED && f->fitted && f->law == POWER_LAW &&
				!f->test->exact && b->verdict == HOLDS &&
				b->test->kind == &kind_bound &&
				!strcmp(f->problem, b->problem) &&
				!strcmp(f->method, b->method) &&
				same_quantity(f->test, b->test) && bounds_rate(b, f))
				decide(f, INCONCLUSIVE,
					"exponent %.4g [%.4g, %.4g], but the stated bound "
					"holds: at "
					"most %.3g of it",
					f->measured, f->low, f->high, b->worst);
		}
}

static int judge_test(struct outcome *o, const struct evidence *e,
	const struct test_of_claim *t, struct why *why)
{
	const struct claim *c = e->claim;

	for (size_t m = 0; m < c->optimizers; m++) {
		if (t->of && strcmp(t->of, c->optimizer[m].label))
			continue;
		if (t->against && !strcmp(t->against, c->optimizer[m].label))
			continue;
		if (t->kind->compare) {
			if (t->kind->compare(o, e, t, m, why))
				return -1;
			continue;
		}
		for (size_t p = 0; p < c->problems; p++)
			if ((!t->on || !strcmp(t->on, c->problem[p].label)) &&
				judge_one(o, e, t, p, m, why))
				return -1;
	}
	return 0;
}

int judge(struct outcome *o, const struct evidence *e, struct why *why)
{
	*o = (struct outcome){ .claim = e->claim, .runs = e->samples };
	for (size_t i = 0; i < e->claim->tests; i++)
		if (judge_test(o, e, &e->claim->test[i], why))
			return -1;
	heed_bounds(o);
	outcome_conclude(o);
	return 0;
}
