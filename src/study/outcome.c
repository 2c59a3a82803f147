/* outcome.c -- what the runs of a claim say about it. `holds`: no bound exceeded, the fitted
 * rate's 95 % interval inside the claim. `refuted`: a bound exceeded beyond rounding, or the
 * interval excludes the claim. Else `inconclusive`, with the reason. */
#include <config.h>
#include "analysis/rate.h"
#include "ground/random.h"
#include "ground/why.h"
#include "study/arm.h"
#include "study/claim.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>

const char *const verdict_words[] = { "holds", "inconclusive", "refuted" };

/* ---------------------------------------------------------------- bounds ---------------------
 */

static double rounding_of(const struct test_of_claim *t, const struct sample *s)
{
	return fmax(t->rounding, s->rounding);
}

static double slack(const struct test_of_claim *t, const struct sample *s, double bound)
{
	return t->tolerance * fabs(bound) + rounding_of(t, s);
}

static void check_point(struct finding *f, const struct test_of_claim *t,
	const struct sample *s, double step, double value, double bound, size_t *exceeded)
{
	double ratio = bound > 0 ? value / bound : value <= bound ? 1 : INFINITY;

	if (value > bound + slack(t, s, bound) || isnan(value)) {
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

static int bound_each(struct finding *f, struct arm *a)
{
	const struct test_of_claim *t = a->test;
	size_t exceeded = 0, checked = 0;

	for (size_t i = 0; i < a->runs; i++) {
		const struct sample *s = a->run[i];
		struct series v;
		double bound;

		if (series_read(a, s, &v, &a->why))
			return -1;
		for (size_t k = 0; k < v.length; k++) {
			int last = k + 1 == v.length;

			if (v.step[k] < t->from || isnan(v.value[k]) ||
				(a->over_horizons && !last))
				continue;
			if (evidence_expected(t, s, v.step[k], &bound, &a->why)) {
				free(v.step);
				return -1;
			}
			check_point(f, t, s, v.step[k], v.value[k], bound, &exceeded);
			checked++;
		}
		free(v.step);
	}
	if (!exceeded && checked)
		decide(f, HOLDS, "%zu points in %zu runs, at most %.4g of the bound", checked,
			a->runs, f->worst);
	else if (!checked)
		decide(f, INCONCLUSIVE, "no point to check");
	return 0;
}

static int factor_each(struct finding *f, struct arm *a)
{
	const struct test_of_claim *t = a->test;
	size_t exceeded = 0, checked = 0;

	for (size_t i = 0; i < a->runs; i++) {
		const struct sample *s = a->run[i];
		struct series v;
		double factor;

		if (series_read(a, s, &v, &a->why))
			return -1;
		for (size_t k = 1; k < v.length; k++) {
			double before = v.value[k - 1], now = v.value[k],
			       n = v.step[k] - v.step[k - 1];

			if (!(before > rounding_of(t, s)) || v.step[k] < t->from)
				continue;
			if (evidence_expected(t, s, v.step[k], &factor, &a->why)) {
				free(v.step);
				return -1;
			}
			check_point(
				f, t, s, v.step[k], now, pow(factor, n) * before, &exceeded);
			checked++;
		}
		free(v.step);
	}
	if (!exceeded && checked)
		decide(f, HOLDS, "%zu steps in %zu runs, at most %.6g of what is allowed",
			checked, a->runs, f->worst);
	else if (!checked)
		decide(f, INCONCLUSIVE, "no step to check: the start is at the rounding level");
	return 0;
}

static int equals_each(struct finding *f, struct arm *a)
{
	const struct test_of_claim *t = a->test;
	double expected, worst = -1;

	for (size_t i = 0; i < a->runs; i++) {
		const struct sample *s = a->run[i];
		double value = final_of(a, s, &a->why), off;

		if (isnan(value) || evidence_expected(t, s, s->horizon, &expected, &a->why))
			return -1;
		off = fabs(value - expected) / (expected != 0 ? fabs(expected) : 1);
		if (off > worst || isnan(off)) {
			worst = off;
			f->measured = value;
			f->expected = expected;
		}
	}
	f->worst = worst;
	decide(f, worst <= t->tolerance ? HOLDS : REFUTED,
		"%zu runs, %.15g where %.15g is claimed: relative error %.2g (allowed %g)",
		a->runs, f->measured, f->expected, worst, t->tolerance);
	return 0;
}

/* What the picture shows: geometric mean (or mean) of the curves, and the bound. */
static int keep_curve(
	struct finding *f, struct arm *a, const double *x, size_t points, const double *y)
{
	enum test_kind kind = a->test->kind;
	int bounded = kind == TEST_BOUND || kind == TEST_FACTOR || kind == TEST_EQUALS ||
		      kind == TEST_LEVEL;

	f->x = calloc(3 * points + 1, sizeof *f->x);
	if (!f->x)
		return fail(&a->why, "out of memory");
	f->y = f->x + points;
	f->bound = f->y + points;
	f->points = points;
	for (size_t k = 0; k < points; k++) {
		double sum = 0;
		size_t count = 0;

		for (size_t c = 0; c < a->curves; c++) {
			double v = y[c * points + k];

			if (isnan(v) || (v <= 0 && !a->test->over_mean))
				continue;
			sum += a->test->over_mean ? v : log(v);
			count++;
		}
		f->x[k] = x[k];
		f->y[k] = !count               ? NAN
			  : a->test->over_mean ? sum / (double)count
					       : exp(sum / (double)count);
		f->bound[k] = NAN;
		if (bounded && evidence_expected(a->test, a->run[a->over_horizons ? k : 0],
				       x[k], &f->bound[k], &a->why))
			return -1;
		if (kind == TEST_FACTOR) /* from the first point on */
			f->bound[k] = f->y[0] * pow(f->bound[k], x[k] - x[0]);
	}
	return 0;
}

/* ---------------------------------------------------------------- the mean under a bound -----
 */

static int bound_mean(struct finding *f, struct arm *a, size_t points, const double *y)
{
	double t = a->curves > 1 ? gsl_cdf_tdist_Pinv(1 - (1 - CONFIDENCE) / 2 / (double)points,
					   (double)(a->curves - 1))
				 : INFINITY;
	size_t over = 0, unsure = 0;

	for (size_t k = 0; k < points; k++) {
		double mean = 0, var = 0, bound = f->bound[k], n = (double)a->curves, error;

		for (size_t c = 0; c < a->curves; c++)
			mean += y[c * points + k] / n;
		for (size_t c = 0; c < a->curves; c++)
			var += pow(y[c * points + k] - mean, 2);
		error = t * sqrt(var / (n - 1) / n);
		if (isnan(mean))
			continue;
		over += !(mean - error <= bound + slack(a->test, a->run[0], bound));
		unsure += !(mean + error <= bound + slack(a->test, a->run[0], bound));
		if (mean / bound > f->worst && mean > rounding_of(a->test, a->run[0])) {
			f->worst = mean / bound;
			f->measured = mean;
			f->low = mean - error;
			f->high = mean + error;
			f->expected = bound;
		}
	}
	if (over)
		decide(f, REFUTED,
			"the mean of %zu runs exceeds the bound at %zu of %zu steps, %.3g "
			"times",
			a->curves, over, points, f->worst);
	else if (unsure)
		decide(f, INCONCLUSIVE,
			"the mean of %zu runs is below the bound, its interval is not at "
			"%zu of %zu steps",
			a->curves, unsure, points);
	else
		decide(f, HOLDS,
			"mean of %zu runs with its interval below the bound at all %zu steps, "
			"at "
			"most %.4g of it",
			a->curves, points, f->worst);
	return 0;
}

/* ---------------------------------------------------------------- rates ----------------------
 */

/* As users read it: an exponent, or a factor per step. */
static double shown(enum law law, double slope)
{
	return law == POWER_LAW ? slope : exp(slope);
}

static void judge_fit(struct finding *f, const struct test_of_claim *t, double claimed)
{
	const struct fit *r = &f->fit;
	double tolerance = t->kind == TEST_POWER ? t->tolerance : t->tolerance * fabs(claimed);
	const char *what = t->kind == TEST_POWER ? "exponent" : "factor";
	double low = shown(f->law, r->low), high = shown(f->law, r->high);
	int inside =
		r->high <= claimed + tolerance && (!t->exact || r->low >= claimed - tolerance);
	int outside =
		r->low > claimed + tolerance || (t->exact && r->high < claimed - tolerance);

	f->measured = shown(f->law, r->slope);
	f->low = low;
	f->high = high;
	if (r->state == FIT_FINISHED)
		decide(f, t->exact ? INCONCLUSIVE : HOLDS,
			"ends at zero or rounding after %g steps, faster "
			"than any line could show",
			f->x[r->last]);
	else if (r->state == FIT_SHORT)
		decide(f, INCONCLUSIVE, "too few points above the floor%s for a line",
			isnan(r->floor) ? "" : " that was found");
	else if (!isnan(r->floor) && t->floor == FLOOR_REFUTES)
		decide(f, REFUTED,
			"%s %.4g [%.4g, %.4g] at first, but it stops falling at %.3g", what,
			f->measured, low, high, r->floor);
	else if (!isnan(r->floor) && t->floor == FLOOR_UNCLEAR)
		decide(f, INCONCLUSIVE, "%s %.4g [%.4g, %.4g] at first, then a floor at %.3g",
			what, f->measured, low, high, r->floor);
	else if (r->state == FIT_BENT && !t->exact && r->flattest <= claimed + tolerance)
		decide(f, HOLDS,
			"not straight, but %s %.4g or less on every third of steps %g to %g",
			what, shown(f->law, r->flattest), f->x[r->first], f->x[r->last]);
	else if (r->state == FIT_BENT)
		decide(f, outside && r->bend <= 0 && t->exact ? REFUTED : INCONCLUSIVE,
			"no straight stretch: %s %.4g over steps %g to %g, changing by %.2g",
			what, f->measured, f->x[r->first], f->x[r->last], r->bend);
	else
		decide(f,
			inside    ? HOLDS
			: outside ? REFUTED
				  : INCONCLUSIVE,
			"%s %.5g [%.5g, %.5g] over steps %g to %g%s%s%s", what, f->measured,
			low, high, f->x[r->first], f->x[r->last],
			r->burn_in ? ", burn-in left out" : "",
			isnan(r->floor) ? "" : ", above a floor",
			inside || outside ? "" : ": the interval contains the limit");
}

/* A run that its method ended above the rounding level: what it would have done then is not
 * known. */
static const struct sample *early_end(struct arm *a, double rounding)
{
	for (size_t i = 0; i < a->runs; i++) {
		const struct sample *s = a->run[i];

		/* line searches give up some way above the last bit */
		if (s->run->steps < s->horizon && !(final_of(a, s, &a->why) <= 1e3 * rounding))
			return s;
	}
	return NULL;
}

static int rate_of(
	struct finding *f, struct arm *a, const double *x, size_t points, const double *y)
{
	struct curves c = { a->curves, points, x, y, a->test->rounding };
	const struct sample *s;
	double claimed;

	for (size_t i = 0; i < a->runs; i++)
		c.rounding = fmax(c.rounding, a->run[i]->rounding);
	if (evidence_expected(a->test, a->run[0], a->run[0]->horizon, &claimed, &a->why))
		return -1;
	f->expected = claimed;
	f->fitted = 1;
	f->law = a->test->kind == TEST_POWER ? POWER_LAW : GEOMETRIC_LAW;
	if (rate_fit(&c, f->law, CONFIDENCE, hash_text(HASH_START, a->e->claim->id), &f->fit))
		return fail(&a->why, "out of memory");
	judge_fit(f, a->test, f->law == POWER_LAW ? claimed : log(claimed));
	s = f->verdict == HOLDS &&
			    (a->test->floor != FLOOR_ALLOWED || f->fit.state == FIT_FINISHED)
		    ? early_end(a, c.rounding)
		    : NULL;
	if (s)
		decide(f, a->test->floor == FLOOR_REFUTES ? REFUTED : INCONCLUSIVE,
			"a run ended as %s after %g of %g steps, at %.3g", s->run->status,
			s->run->steps, s->horizon, final_of(a, s, &a->why));
	return 0;
}

/* ---------------------------------------------------------------- levels ---------------------
 */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Median of the last third of a run: where it ends up. */
static double plateau(const struct series *v)
{
	size_t from = v->length - (v->length + 2) / 3, count = 0;
	double *copy = malloc((v->length + 1) * sizeof *copy), m = NAN;

	for (size_t i = from; copy && i < v->length; i++)
		if (!isnan(v->value[i]))
			copy[count++] = v->value[i];
	if (count) {
		qsort(copy, count, sizeof *copy, by_size);
		m = copy[count / 2];
	}
	free(copy);
	return m;
}

static int level_of(struct finding *f, struct arm *a)
{
	const struct test_of_claim *t = a->test;
	double *level = calloc(a->runs + 1, sizeof *level), expected, limit;
	int bad = !level;

	for (size_t i = 0; !bad && i < a->runs; i++) {
		struct series v;

		if ((bad = series_read(a, a->run[i], &v, &a->why)))
			break;
		level[i] = plateau(&v);
		free(v.step);
	}
	bad = bad || evidence_expected(t, a->run[0], a->run[0]->horizon, &expected, &a->why);
	if (!bad && a->runs >= 3) {
		bad = mean_interval(
			level, a->runs, CONFIDENCE, 1, &f->measured, &f->low, &f->high);
	} else if (!bad) {
		f->measured = f->low = f->high = level[0];
	}
	free(level);
	if (bad)
		return -1;
	f->expected = expected;
	limit = expected + t->tolerance * fabs(expected) + a->run[0]->rounding;
	if (f->high <= limit &&
		(!t->exact || f->low >= expected - t->tolerance * fabs(expected)))
		decide(f, HOLDS, "ends at %.4g [%.4g, %.4g], claimed %s %.4g", f->measured,
			f->low, f->high, t->exact ? "equal to" : "at most", expected);
	else if (f->low > limit ||
		 (t->exact && f->high < expected - t->tolerance * fabs(expected)))
		decide(f, REFUTED, "ends at %.4g [%.4g, %.4g], claimed %s %.4g", f->measured,
			f->low, f->high, t->exact ? "equal to" : "at most", expected);
	else
		decide(f, INCONCLUSIVE,
			"ends at %.4g [%.4g, %.4g]: the interval contains the limit %.4g",
			f->measured, f->low, f->high, expected);
	return 0;
}

/* ---------------------------------------------------------------- all tests ------------------
 */

static int judge_arm(struct finding *f, struct arm *a)
{
	double x[GRID];
	size_t points = common_steps(a, x);
	double *y = calloc(a->curves * points + 1, sizeof *y);
	int bad = y ? read_curves(a, x, points, y) || keep_curve(f, a, x, points, y) : -1;

	if (!bad)
		switch (a->test->kind) {
		case TEST_BOUND:
			bad = a->test->over_mean ? bound_mean(f, a, points, y)
						 : bound_each(f, a);
			break;
		case TEST_FACTOR:
			bad = factor_each(f, a);
			break;
		case TEST_EQUALS:
			bad = equals_each(f, a);
			break;
		case TEST_POWER:
		case TEST_LINEAR:
			bad = rate_of(f, a, x, points, y);
			break;
		case TEST_LEVEL:
			bad = level_of(f, a);
			break;
		default:
			break;
		}
	free(y);
	return bad;
}

static int judge_one(struct outcome *o, const struct evidence *e, const struct test_of_claim *t,
	size_t p, size_t m, struct why *why)
{
	struct finding *f = finding_new(o);
	struct arm a = { 0 };
	size_t good, value = best_value(e, t, p, m, &good);
	const struct sample *s;

	if (!f || arm_make(&a, e, t, p, m, value))
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
	free(a.run);
	return 0;
}

int judge(struct outcome *o, const struct evidence *e, struct why *why)
{
	const struct claim *c = e->claim;

	*o = (struct outcome){ .claim = c, .runs = e->samples };
	for (size_t i = 0; i < c->tests; i++) {
		const struct test_of_claim *t = &c->test[i];

		for (size_t m = 0; m < c->optimizers; m++) {
			if (t->of && strcmp(t->of, c->optimizer[m].label))
				continue;
			if (t->kind == TEST_BELOW && !strcmp(t->against, c->optimizer[m].label))
				continue;
			if (t->kind == TEST_BELOW) {
				if (compare(o, e, t, m, why))
					return -1;
				continue;
			}
			for (size_t p = 0; p < c->problems; p++)
				if ((!t->on || !strcmp(t->on, c->problem[p].label)) &&
					judge_one(o, e, t, p, m, why))
					return -1;
		}
	}
	outcome_conclude(o);
	return 0;
}

void outcome_conclude(struct outcome *o)
{
	size_t count[3] = { 0 };
	const struct finding *worst = NULL;

	o->verdict = HOLDS;
	for (size_t i = 0; i < o->findings; i++) {
		const struct finding *f = &o->finding[i];

		if (f->test && f->test->control)
			continue;
		count[f->verdict]++;
		if (!worst || f->verdict > worst->verdict)
			worst = f;
		if (f->verdict > o->verdict)
			o->verdict = f->verdict;
	}
	if (!worst)
		o->verdict = INCONCLUSIVE;
	if (o->verdict == HOLDS)
		snprintf(o->reason, sizeof o->reason, "%zu of %zu tests hold", count[HOLDS],
			count[HOLDS]);
	else
		snprintf(o->reason, sizeof o->reason,
			"%zu hold, %zu inconclusive, %zu refuted; %s on %s: %.180s",
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
