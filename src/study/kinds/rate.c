/* rate.c -- the exponent of a power of the step, or the factor a step of a geometric decay.
 *
 * A claim O(t^p) is about the end: it is refuted only where quantity / t^p grows over each of
 * the last two thirds and is not about to stop; it holds where the interval of the exponent is
 * inside and the last third does not contradict. An exact rate wants a straight curve. */
#include <config.h>
#include "ground/random.h"
#include "study/kind.h"

/* What is looked at, in units of the slope. */
struct rate {
	struct finding *f;
	const struct test_of_claim *t;
	const struct fit *r;
	double claimed, tolerance, limit;
	double from, to; /* steps of the fit */
	double rounding;
	const char *what;
	char text[120]; /* the measured rate with its interval */
};

/* As users read it: an exponent, or a factor per step. */
static double shown(enum law law, double slope)
{
	return law == POWER_LAW ? slope : exp(slope);
}

/* ---------------------------------------------------------------- what the curve does ----- */

static const double still = 0.05; /* an exponent that is no fall */

/* Growth that need not last: within the last third it falls to less than half; or the quantity
 * still falls, and the curve is not straight or the growth twice what it was the third before.
 * Curves that climb to their bound do the one, before the other. */
static int may_end(const struct rate *q)
{
	const struct stretch *late = &q->r->third[2], *middle = &q->r->third[1],
			     *bend = &q->r->end_bend;
	double excess = late->value - q->limit;

	if (bend->high < 0 && bend->value / 2 < -excess / 2)
		return 1;
	if (q->t->floor == FLOOR_REFUTES || q->f->law != POWER_LAW || late->low >= -still)
		return 0;
	return q->r->state != FIT_DONE || excess > 2 * (middle->value - q->limit);
}

/* Quantity over claim grows: the slopes of the whole and of the last two thirds are above the
 * limit for sure, that of each third as it stands, by more than a factor log t that the claim
 * left out would make them. */
static int grows(const struct rate *q)
{
	const struct fit *r = q->r;
	const struct stretch *late = &r->third[2], *middle = &r->third[1];
	double logarithm = q->f->law == POWER_LAW && q->t->logs == 0 && late->low < -still
				   ? q->claimed + 1 / log(fmax(3, q->to))
				   : -INFINITY,
	       limit = fmax(q->limit, logarithm);

	if (isnan(r->tail.low))
		return r->low > limit && r->state == FIT_DONE;
	if (!(r->low > limit && late->value > limit))
		return 0;
	if (q->t->floor == FLOOR_REFUTES)
		return late->low > limit && !may_end(q);
	return r->tail.low > limit && middle->value > limit && !may_end(q);
}

static int is_inside(const struct rate *q)
{
	const struct fit *r = q->r;

	if (q->t->exact)
		return r->state == FIT_DONE && r->high <= q->limit &&
		       r->low >= q->claimed - q->tolerance;
	if (r->state == FIT_DONE)
		return r->high <= q->limit && !(r->third[2].low > q->limit);
	return r->third[1].high <= q->limit && r->third[2].high <= q->limit;
}

static int is_outside(const struct rate *q)
{
	const struct fit *r = q->r;
	int below = r->high < q->claimed - q->tolerance;

	if (!q->t->exact)
		return grows(q);
	if (r->state == FIT_DONE)
		return r->low > q->limit || below;
	if (r->state == FIT_LOG)
		return 0;
	return r->low > q->limit
		       ? r->third[1].low > q->limit && r->third[2].low > q->limit
		       : below && r->third[1].high < q->limit && r->third[2].high < q->limit;
}

/* Straight over logarithms of steps, or bent to the slow side there too, and falling to its
 * end: a geometric decay bends to the fast side, one with a floor stops. */
static int is_power(const struct fit *p)
{
	const struct stretch *late = &p->third[2], *middle = &p->third[1];

	if (!isnan(p->floor) || !(p->high < -still))
		return 0;
	if (p->state == FIT_DONE)
		return 1;
	return (p->state == FIT_BENT || p->state == FIT_LOG) && p->bend > 0 && late->high < 0 &&
	       late->value < middle->value / 2;
}

/* A geometric decay is none if a power of the step describes the curve, to its end. */
static int is_sublinear(
	const struct rate *q, const struct curves *c, uint64_t key, struct fit *power)
{
	const struct fit *r = q->r;

	if (q->f->law != GEOMETRIC_LAW || (r->state == FIT_DONE && isnan(r->floor)) ||
		!(r->bend > 0 || !isnan(r->floor)))
		return 0;
	if (rate_fit(c, POWER_LAW, CONFIDENCE, key, power))
		return -1;
	return is_power(power);
}

/* ---------------------------------------------------------------- the verdict ------------- */

static int too_short(struct rate *q)
{
	const struct fit *r = q->r;
	const char *above = isnan(r->floor) ? "rounding" : "the floor that was found";

	if (r->state == FIT_FINISHED && r->points < 2)
		decide(q->f, INCONCLUSIVE, "at zero or rounding from the start: nothing falls");
	else if (r->state == FIT_FINISHED)
		decide(q->f, q->t->exact ? INCONCLUSIVE : HOLDS,
			"ends at zero or rounding after %g steps, faster than any line could "
			"show",
			q->to);
	else if (r->state == FIT_SHORT && r->points < FIT_LEAST_POINTS)
		decide(q->f, INCONCLUSIVE,
			"too few points for a line: %g above %s, at least %d are needed",
			r->points, above, FIT_LEAST_POINTS);
	else if (r->state == FIT_SHORT)
		decide(q->f, INCONCLUSIVE,
			"too few steps for a power of them: %g points above %s, whose last "
			"step is less than %g times the first",
			r->points, above, fit_least_range);
	else
		return 0;
	return 1;
}

static int stopped_by_floor(struct rate *q)
{
	const struct fit *r = q->r;

	if (isnan(r->floor) || q->t->floor == FLOOR_ALLOWED)
		return 0;
	/* what stays near rounding is arithmetic's floor, not the method's */
	if (q->t->floor == FLOOR_REFUTES && r->floor > 1e3 * q->rounding)
		decide(q->f, REFUTED, "%sstops falling at %.3g", q->text, r->floor);
	else
		decide(q->f, INCONCLUSIVE, "%sthen a floor at %.3g", q->text, r->floor);
	return 1;
}

static void judge_line(struct rate *q)
{
	const struct fit *r = q->r;
	const struct stretch *late = &r->third[2];
	int inside = is_inside(q), outside = !inside && is_outside(q);
	char why[180] = "";

	if (r->state != FIT_DONE)
		snprintf(why, sizeof why, ", %s; last third %.4g [%.4g, %.4g]",
			r->state == FIT_LOG ? "and a logarithm describes it better"
					    : "not straight",
			shown(q->f->law, late->value), shown(q->f->law, late->low),
			shown(q->f->law, late->high));
	else if (!inside && !outside && r->low > q->limit)
		snprintf(why, sizeof why,
			": above the limit, but quantity over claim need not go on to grow: "
			"last third %.4g [%.4g, %.4g]",
			shown(q->f->law, late->value), shown(q->f->law, late->low),
			shown(q->f->law, late->high));
	else if (!inside && !outside)
		snprintf(why, sizeof why, ": the interval contains the limit%s",
			r->wanders ? "; residuals wander like a random walk" : "");
	decide(q->f,
		inside    ? HOLDS
		: outside ? REFUTED
			  : INCONCLUSIVE,
		"%sover steps %g to %g%s%s%s", q->text, q->from, q->to,
		r->burn_in ? ", burn-in left out" : "",
		isnan(r->floor) ? "" : ", above a floor", why);
}

static int judge_fit(struct rate *q, const struct curves *c, uint64_t key)
{
	struct fit power;
	int sublinear = is_sublinear(q, c, key, &power);

	if (sublinear < 0)
		return -1;
	if (sublinear)
		decide(q->f, REFUTED,
			"falls like a power of the step, t^%.3g [%.3g, %.3g] over steps %g to "
			"%g: "
			"more slowly than any factor a step",
			power.slope, power.low, power.high, c->x[power.first],
			c->x[power.last]);
	else if (q->t->floor == FLOOR_REFUTES || !too_short(q)) {
		if (!stopped_by_floor(q) && !too_short(q))
			judge_line(q);
	}
	return 0;
}

/* ---------------------------------------------------------------- the arm ----------------- */

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

/* "At some factor", claimed as 1: visible is a fall by e over the window, no less. */
static double limit_of(const struct rate *q, const struct grid_of_arm *g)
{
	if (q->f->law == GEOMETRIC_LAW && q->claimed == 0 && g->points > 1)
		return -1 / (g->x[g->points - 1] - g->x[0]);
	return q->claimed + q->tolerance;
}

static void measured(struct rate *q)
{
	const struct fit *r = q->r;
	enum law law = q->f->law;

	q->f->measured = shown(law, r->slope);
	q->f->low = shown(law, r->low);
	q->f->high = shown(law, r->high);
	if (!isnan(r->slope))
		snprintf(q->text, sizeof q->text, "%s %.5g [%.5g, %.5g] ",
			law == POWER_LAW ? "exponent" : "factor", q->f->measured, q->f->low,
			q->f->high);
}

static int judge_rate(struct finding *f, struct arm *a, const struct grid_of_arm *g)
{
	const struct test_of_claim *t = a->test;
	struct curves c = { a->curves, g->points, g->x, g->y, t->rounding, t->logs };
	struct rate q = { .f = f, .t = t, .r = &f->fit };
	const struct sample *s;
	uint64_t key = hash_text(HASH_START, a->e->claim->id);

	for (size_t i = 0; i < a->runs; i++)
		c.rounding = fmax(c.rounding, a->run[i]->rounding);
	if (!g->points)
		return fail(&a->why, "the runs have no step in common");
	if (evidence_expected(t, a->run[0], a->run[0]->horizon, &f->expected, &a->why))
		return -1;
	f->fitted = 1;
	f->law = t->kind == &kind_power ? POWER_LAW : GEOMETRIC_LAW;
	if (rate_fit(&c, f->law, CONFIDENCE, key, &f->fit))
		return fail(&a->why, "out of memory");
	q.claimed = f->law == POWER_LAW ? f->expected : log(f->expected);
	q.tolerance = t->tolerance * (f->law == POWER_LAW ? 1 : fabs(q.claimed));
	q.limit = limit_of(&q, g);
	q.rounding = c.rounding;
	q.from = g->x[f->fit.first];
	q.to = g->x[f->fit.last];
	measured(&q);
	if (judge_fit(&q, &c, key))
		return fail(&a->why, "out of memory");
	s = f->verdict == HOLDS && (t->floor != FLOOR_ALLOWED || f->fit.state == FIT_FINISHED)
		    ? early_end(a, c.rounding)
		    : NULL;
	if (s)
		decide(f, t->floor == FLOOR_REFUTES ? REFUTED : INCONCLUSIVE,
			"a run ended as %s after %g of %g steps, at %.3g", s->run->status,
			s->run->steps, s->horizon, final_of(a, s, &a->why));
	return 0;
}

const struct test_kind kind_power = {
	.name = "power",
	.help = "the exponent of t^p is at most this (exact: equal); refuted where quantity / "
		"t^p "
		"grows over the last two thirds, exactly where the interval excludes it",
	.tolerance = 0.05,
	.logarithmic = 1,
	.judge = judge_rate,
};
const struct test_kind kind_linear = {
	.name = "linear",
	.help = "the factor a step of q^t is at most this (1: some factor; exact: equal); "
		"refuted "
		"likewise, and where a power of the step describes the curve",
	.tolerance = 0.02,
	.semilog = 1,
	.judge = judge_rate,
};
