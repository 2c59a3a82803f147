/* report_curves.c -- the curves of the report: thinned, in whole numbers, each told from the
 * point before it. Such differences are short, and deflate makes little of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "picture/report_curves.h"

/* A value is off by less than half a pixel: thinning takes one part, rounding another, and what
 * is interpolated between steps a third. */
static const double thinned = 0.25, interpolated = 0.12;

/* The column of a track where it has one of single numbers. */
static const struct curve *numbers(const struct track *t, const char *name)
{
	const struct curve *c = run_column(t->run, name);

	return c && c->width == 1 ? c : NULL;
}

/* Where the points of a track are on an axis. */
struct along {
	const struct track *track;
	const struct curve *step, *seconds;
};

static struct along along(const struct track *t)
{
	return (struct along){ t, numbers(t, "step"), numbers(t, "seconds") };
}

static double axis_at(const struct along *on, enum axis axis, size_t i)
{
	const struct run *run = on->track->run;
	double step = on->step && isfinite(on->step->v[i]) ? on->step->v[i] : (double)i, v;

	if (axis == AXIS_STEPS)
		return step;
	v = axis == AXIS_COST ? on->track->cost[i]
	    : on->seconds     ? on->seconds->v[i]
			      : run->wall * step / fmax(1, run->steps);
	return isfinite(v) ? v : 0;
}

double track_step(const struct track *t, size_t i)
{
	struct along on = along(t);

	return axis_at(&on, AXIS_STEPS, i);
}

/* The values of a column along a track: NULL as curve stands for the gap. */
struct values {
	const struct track *track;
	const struct curve *curve;
	int gap;
};

static struct values values(const struct shown_column *column, const struct track *t)
{
	int gap = !strcmp(column->name, "gap");

	return (struct values){ t, gap ? NULL : run_column(t->run, column->name), gap };
}

static double value_at(const struct values *v, size_t i)
{
	return v->gap ? v->track->gap[i] : column_at(v->curve, i);
}

/* ------------------------------------------------------------------ scales -------------------- */

/* Counts and times are axes; the gap of the tracks stands for the others of the gap. */
static int is_shown(const struct curve *c)
{
	static const char *const others[] = { "step", "work", "seconds", "best", "gap",
		"best_gap", "x", "time" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!strcmp(c->name, others[i]))
			return 0;
	for (int k = 0; k < CALL_KINDS; k++)
		if (!strcmp(c->name, call_names[k]))
			return 0;
	return c->width == 1 || c->width == 3;
}

static int add_column(struct curves *c, const char *name)
{
	struct shown_column *more;

	for (size_t i = 0; i < c->columns; i++)
		if (!strcmp(c->column[i].name, name))
			return 0;
	if (!(more = realloc(c->column, (c->columns + 1) * sizeof *more)))
		return -1;
	c->column = more;
	more[c->columns] = (struct shown_column){ .name = name,
		.scale = malloc((c->s->r->problems + 1) * sizeof *more->scale) };
	return more[c->columns++].scale ? 0 : -1;
}

static int any_below(const struct study *s, const struct shown_column *column)
{
	for (size_t k = 0; k < s->tracks; k++) {
		struct values of = values(column, s->of[k]);

		for (size_t i = 0; i < s->of[k]->length; i++)
			if (value_at(&of, i) < 0)
				return 1;
	}
	return 0;
}

/* The range in which a column is drawn: down to the least value, up to where curves begin and
 * end, unless they run away. */
static void column_range(const struct curves *c, struct shown_column *column)
{
	column->linear = any_below(c->s, column);
	for (size_t p = 0; p < c->s->r->problems; p++)
		column->scale[p] = (struct scale){ 1, 0, column->linear };
	for (size_t k = 0; k < c->s->tracks; k++) {
		const struct track *t = c->s->of[k];
		struct scale *scale = &column->scale[t->run->problem];
		struct values of = values(column, t);
		double first = NAN, last = NAN, low = NAN;

		for (size_t i = 0; i < t->length; i++) {
			double v = value_at(&of, i);

			if (!isfinite(v))
				continue;
			v = column->linear ? v : fmax(v, c->floor);
			first = isnan(first) ? v : first;
			low = fmin(low, v);
			last = v;
		}
		scale_add(scale, first);
		scale_add(scale, low);
		if (strcmp(t->run->status, "diverged"))
			scale_add(scale, last);
	}
	for (size_t p = 0; p < c->s->r->problems; p++)
		if (!(column->scale[p].low <= column->scale[p].high))
			column->scale[p] = (struct scale){ 1, 1, column->linear };
}

static void axis_ranges(const struct curves *c)
{
	for (size_t i = 0; i < c->s->r->problems * AXES; i++)
		c->axis[i] = (struct scale){ 1, 0, 0 };
	for (size_t k = 0; k < c->s->tracks; k++) {
		struct along on = along(c->s->of[k]);

		for (int a = 0; a < AXES; a++)
			for (size_t i = 0; i < on.track->length; i++)
				scale_add(&c->axis[on.track->run->problem * AXES + (size_t)a],
					axis_at(&on, a, i));
	}
	for (size_t i = 0; i < c->s->r->problems * AXES; i++)
		if (!(c->axis[i].low <= c->axis[i].high))
			c->axis[i] = (struct scale){ 1, 1, 0 };
}

int curves_make(struct curves *c, const struct study *s, double floor)
{
	*c = (struct curves){ .s = s,
		.floor = floor,
		.axis = calloc(s->r->problems * AXES + 1, sizeof *c->axis) };
	if (!c->axis || add_column(c, "gap"))
		return -1;
	for (size_t k = 0; k < s->tracks; k++)
		for (size_t i = 0; i < s->of[k]->run->columns; i++) {
			const struct curve *curve = &s->of[k]->run->column[i];

			if (is_shown(curve) && add_column(c, curve->name))
				return -1;
		}
	axis_ranges(c);
	for (size_t i = 0; i < c->columns; i++)
		column_range(c, &c->column[i]);
	return 0;
}

void curves_free(struct curves *c)
{
	for (size_t i = 0; i < c->columns; i++)
		free(c->column[i].scale);
	free(c->column);
	free(c->axis);
	*c = (struct curves){ 0 };
}

/* ------------------------------------------------------------------ one curve ----------------- */

/* Room for the points of a track: pixels along each axis, of the value, and what stays. */
struct points {
	double *x[AXES], *y, *v;
	size_t *at, count;
	char *keep;
};

static int points_make(struct points *p, size_t length)
{
	double *all = malloc((AXES + 2) * (length + 1) * sizeof *all);

	*p = (struct points){
		.at = malloc((length + 1) * sizeof *p->at), .keep = malloc(length + 1), .y = all
	};
	if (!all || !p->at || !p->keep)
		return -1;
	p->v = all + length + 1;
	for (size_t a = 0; a < AXES; a++)
		p->x[a] = all + (a + 2) * (length + 1);
	return 0;
}

static void points_free(struct points *p)
{
	free(p->at);
	free(p->keep);
	free(p->y);
}

/* What the page makes of the value again. */
static long long whole(const struct scale *s, double v)
{
	double span = s->high > s->low ? s->high - s->low : 1;

	if (s->linear)
		return llround(fmin(fmax((v - s->low) / span, -1e5), 1e5) * A_RANGE);
	return llround(A_DECADE * log10(fmin(fmax(v, 1e-30), 1e30)));
}

static void gather(const struct curves *c, const struct shown_column *column,
	const struct track *track, struct points *p)
{
	const struct scale *axis = &c->axis[track->run->problem * AXES],
			   *scale = &column->scale[track->run->problem];
	struct values of = values(column, track);
	struct along on = along(track);
	size_t n = 0;

	for (size_t i = 0; i < track->length; i++) {
		double v = value_at(&of, i), y;

		if (!isfinite(v))
			continue;
		y = scale_pixel(scale, v);
		for (int a = 0; a < AXES; a++)
			p->x[a][n] = scale_pixel(&axis[a], axis_at(&on, a, i));
		p->y[n] = fmin(fmax(y, -9 * SCREEN), 10 * SCREEN); /* far off the picture */
		p->v[n] = v;
		p->at[n++] = i;
	}
	p->count = n;
}

int curve_write(const struct curves *c, const struct shown_column *column,
	const struct track *track, struct text *t)
{
	const struct scale *scale = &column->scale[track->run->problem];
	long long before = 0;
	struct points p;
	size_t at = 0;
	int bad = points_make(&p, track->length);

	if (!bad) {
		gather(c, column, track, &p);
		thin((const double *const *)p.x, AXES, p.y, p.count, thinned, p.keep);
		text_add(t, p.count ? "[" : "0");
		for (size_t i = 0; i < p.count; i++) {
			long long v = whole(scale, p.v[i]);

			if (!p.keep[i])
				continue;
			text_add(t, "%s%zu,%lld", i ? "," : "", p.at[i] - at, v - before);
			at = p.at[i];
			before = v;
		}
		text_add(t, p.count ? "]" : "");
	}
	points_free(&p);
	return bad;
}

int axis_write(
	const struct curves *c, enum axis axis, const struct track *track, struct text *t)
{
	const struct scale *scale = &c->axis[track->run->problem * AXES + axis];
	struct along on = along(track);
	long long before = 0;
	struct points p;
	size_t at = 0;
	int bad = points_make(&p, track->length);

	if (bad) {
		points_free(&p);
		return -1;
	}
	for (size_t i = 0; i < track->length; i++) {
		p.x[0][i] = axis_at(&on, AXIS_STEPS, i);
		p.v[i] = axis_at(&on, axis, i);
	}
	thin_linear(p.x[0], p.v, track->length, scale, interpolated, p.keep);
	text_add(t, "[");
	for (size_t i = 0; i < track->length; i++) {
		long long v = whole(scale, p.v[i]);

		if (!p.keep[i])
			continue;
		if (axis == AXIS_COST)
			text_add(t, "%s%zu,%.6g", i ? "," : "", i, p.v[i]);
		else
			text_add(t, "%s%zu,%lld", i ? "," : "", i - at, v - before);
		at = i;
		before = v;
	}
	text_add(t, "]");
	points_free(&p);
	return 0;
}
