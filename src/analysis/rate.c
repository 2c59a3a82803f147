/* rate.c -- fits C x^p (log x)^q or C q^x to curves: the burn-in and the floor are found and
 * left out, the slope gets a confidence interval.
 *
 * Floor (floor.c): y = e^(a + b u) + F fits better than without F (F test at 0.1 %), and the
 * tail is flat. Each run has its own F; it is subtracted, and only points with e^(a + b u) >
 * 10 F count. Burn-in: the window loses points in front until no curvature is seen;
 * orthogonality of slope and curvature keeps that choice from biasing the slope. A curve that
 * flattens without reaching a floor is bent: its end is never cut off, because a slower rate
 * would look the same. A curve that needs a burn-in as a power but none with a logarithm is no
 * power law that this data could tell. */
#include <config.h>
#include "analysis/rate_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const double fit_least_range = 3;
/* a bend that is seen is cut off in front, one that is not biases the slope: seen early; a form
 * with a logarithm is ruled out only for sure */
static const double bend_seen = 0.9, bend_sure = 0.99;
static const double lead = 0.2; /* of curves that never rise: the best so far of noise first
				 * gains a lead over the values, which then is steady */
static const double bend_share = 0.05; /* change of slope that does not matter, relative */
static const double trim = 0.08;       /* share of the window that goes at a time */
static const double margin = 0.3; /* and once more when a burn-in was found: it fades out */
static const double straight_share = 0.4; /* of the curve: less is no straight line */
static const size_t least_third = 6;      /* points */

/* ---------------------------------------------------------------- the window -------------- */

/* Is there curvature that chance does not explain, and of a size that matters? -1: no memory.
 */
static int is_bent(struct data *d, size_t first, size_t last, double confidence, double *bend)
{
	double range = d->u[last - 1] - d->u[first], slope = 0;
	struct stretch curve;
	struct line line;

	fit_parabola(d->u + first, d->mean + first, last - first, d->spare, &line);
	slope = line.slope;
	if (stretch_of(d, first, last, 2, confidence, &curve, NULL))
		return -1;
	*bend = 2 * curve.value * range;
	return (curve.low > 0 || curve.high < 0) && fabs(*bend) > bend_share * fabs(slope);
}

static int long_enough(const struct data *d, size_t first, size_t last)
{
	return last >= first + FIT_LEAST_POINTS &&
	       (d->law == GEOMETRIC_LAW ||
		       d->u[last - 1] - d->u[first] >= log(fit_least_range));
}

static int is_monotone(const struct data *d, size_t end)
{
	for (size_t r = 0; r < d->runs; r++)
		for (size_t i = 1; i < end; i++)
			if (d->log_y[r * d->points + i] > d->log_y[r * d->points + i - 1])
				return 0;
	return 1;
}

/* The front goes, piece by piece, until the rest is straight. 1: it never is. */
static int find_window(struct data *d, size_t end, struct fit *out)
{
	size_t first = is_monotone(d, end) ? (size_t)(lead * (double)end) : 0, begin, step;
	int bent;

	first = begin = long_enough(d, first, end) ? first : 0;
	bent = is_bent(d, first, end, bend_seen, &out->bend);

	while (bent == 1) {
		step = (size_t)ceil(trim * (double)(end - first));
		if (!long_enough(d, first + step, end))
			break;
		first += step;
		bent = is_bent(d, first, end, bend_seen, &out->bend);
	}
	/* the flat end of a curve that comes near its floor is straight too; so is each stair
	 */
	if (first > begin &&
		d->u[end - 1] - d->u[first] < straight_share * (d->u[end - 1] - d->u[0])) {
		bent = bent < 0 ? -1 : 1;
	} else if (!bent && first > begin) {
		step = (size_t)ceil(margin * (double)(end - first));
		if (long_enough(d, first + step, end))
			bent = is_bent(d, first += step, end, bend_seen, &out->bend);
	}
	out->first = first;
	out->last = end - 1;
	out->burn_in = first > begin;
	return bent;
}

static void divide_logs(struct data *d, double power, size_t from, size_t end)
{
	for (size_t r = 0; r < d->runs; r++)
		for (size_t i = from; i < end; i++)
			d->log_y[r * d->points + i] -= power * log(d->u[i]);
	mean_curve(d);
}

/* x^p log x and x^p / log x: is one of them straight where x^p is not? */
static int find_logs(struct data *d, size_t end, struct fit *out)
{
	size_t from = 0;
	double bend;
	int bent;

	while (from < end && d->u[from] < log(3))
		from++;
	if (d->law != POWER_LAW || !long_enough(d, from, end) || out->first <= from)
		return 0;
	bent = is_bent(d, from, end, bend_seen, &bend);
	for (int power = -1; bent == 1 && power <= 1 && !out->logs; power += 2) {
		divide_logs(d, power, from, end);
		bent = is_bent(d, from, end, bend_sure, &bend);
		divide_logs(d, -power, from, end);
		if (!bent)
			out->logs = power;
		bent = bent < 0 ? -1 : 1;
	}
	return bent < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- what is fitted ---------- */

static int fit_thirds(struct data *d, size_t end, struct fit *out)
{
	size_t size = end / FIT_THIRDS > least_third ? end / FIT_THIRDS : least_third;

	for (size_t k = 0; k < FIT_THIRDS; k++)
		out->third[k] = (struct stretch){ NAN, NAN, NAN };
	out->tail = out->end_bend = out->third[0];
	for (size_t k = 0; k < FIT_THIRDS && (k + 1) * size <= end; k++)
		if (stretch_of(d, end - (k + 1) * size, end - k * size, 1, d->confidence,
			    &out->third[FIT_THIRDS - 1 - k], NULL))
			return -1;
	if (end < 2 * size)
		return 0;
	if (stretch_of(d, end - 2 * size, end, 1, d->confidence, &out->tail, NULL) ||
		stretch_of(d, end - size, end, 2, d->confidence, &out->end_bend, NULL))
		return -1;
	out->end_bend.value *= 2 * (d->u[end - 1] - d->u[end - size]);
	out->end_bend.low *= 2 * (d->u[end - 1] - d->u[end - size]);
	out->end_bend.high *= 2 * (d->u[end - 1] - d->u[end - size]);
	return 0;
}

static int fit_window(struct data *d, struct fit *out)
{
	struct stretch s;
	size_t n = out->last + 1 - out->first;
	struct line line;
	double ss = 0;

	if (stretch_of(d, out->first, out->last + 1, 1, d->confidence, &s, &out->wanders))
		return -1;
	out->slope = s.value;
	out->low = s.low;
	out->high = s.high;
	fit_parabola(d->u + out->first, d->mean + out->first, n, d->spare, &line);
	for (size_t i = 0; i < n; i++)
		ss += d->spare[i] * d->spare[i];
	out->middle = line.middle;
	out->level = line.level;
	out->level_error = sqrt(ss / (double)(n - 2) / (double)n);
	for (size_t r = 0; r < d->runs; r++) {
		fit_parabola(d->u + out->first, d->log_y + r * d->points + out->first, n,
			d->spare, &line);
		d->value[r] = line.level;
	}
	if (d->runs >= 3)
		moments(d->value, d->runs, &ss, &out->level_error);
	return 0;
}

static int fit_all(struct data *d, size_t end, struct fit *out)
{
	int bent = find_window(d, end, out);

	if (bent < 0 || find_logs(d, end, out) || fit_thirds(d, end, out) || fit_window(d, out))
		return -1;
	out->state = bent ? FIT_BENT : out->logs ? FIT_LOG : FIT_DONE;
	return 0;
}

/* ---------------------------------------------------------------- all of it --------------- */

/* Did the curve end at rounding, or is it not known further? */
static int ended(const struct curves *c, size_t end)
{
	for (size_t r = 0; end < c->points && r < c->runs; r++)
		if (isnan(c->y[r * c->points + end]))
			return 0;
	return end < c->points;
}

/* The points first .. end - 1 where every run is known and above rounding. */
static size_t usable(const struct curves *c, size_t first)
{
	for (size_t i = first; i < c->points; i++)
		for (size_t r = 0; r < c->runs; r++)
			if (!(c->y[r * c->points + i] > c->rounding) ||
				!isfinite(c->y[r * c->points + i]))
				return i;
	return c->points;
}

static int alloc(struct data *d, const struct curves *c, size_t first)
{
	size_t n = d->points, m = d->runs;
	double *all = calloc(n * (6 + m) + 2 * m, sizeof *all);

	if (!all)
		return -1;
	d->u = all;
	d->mean = d->u + n;
	d->spare = d->mean + n;
	d->log_y = d->spare + 4 * n;
	d->floor = d->log_y + n * m;
	d->value = d->floor + m;
	for (size_t i = 0; i < n; i++) {
		double x = c->x[first + i];

		d->u[i] = d->law == POWER_LAW ? log(x) : x;
		for (size_t r = 0; r < m; r++)
			d->log_y[r * n + i] = log(c->y[r * c->points + first + i]) -
					      (c->logs != 0 ? c->logs * log(log(x)) : 0);
	}
	mean_curve(d);
	return 0;
}

static double shared_floor(const struct data *d, double last)
{
	double sum = 0;

	for (size_t r = 0; r < d->runs; r++)
		sum += log(d->floor[r] > 0 ? d->floor[r] : exp(last));
	return exp(sum / (double)d->runs);
}

static void shift(struct fit *out, size_t first)
{
	out->first += first;
	out->last += first;
}

int rate_fit(
	const struct curves *c, enum law law, double confidence, uint64_t key, struct fit *out)
{
	struct data d = { .law = law, .runs = c->runs, .confidence = confidence, .key = key };
	size_t first = 0, end;
	int bad = 0;

	while (law == POWER_LAW && c->logs != 0 && first < c->points && c->x[first] < 3)
		first++;
	end = usable(c, first);
	d.points = end - first;
	*out = (struct fit){ .state = ended(c, end) ? FIT_FINISHED : FIT_SHORT,
		.slope = NAN,
		.low = NAN,
		.high = NAN,
		.floor = NAN,
		.runs = c->runs,
		.points = (double)d.points,
		.last = end ? end - 1 : 0 };
	if (!c->runs || d.points < FIT_LEAST_POINTS)
		return 0;
	if (alloc(&d, c, first))
		return -1;
	end = d.points;
	if (has_floor(&d)) {
		double last = d.mean[d.points - 1];

		end = remove_floors(&d);
		mean_curve(&d);
		out->floor = shared_floor(&d, last);
		out->state = FIT_SHORT;
		out->points = (double)end;
	}
	if (long_enough(&d, 0, end)) {
		bad = fit_all(&d, end, out);
		shift(out, first);
	}
	free(d.u);
	return bad;
}

double fit_line(const struct fit *f, enum law law, double x)
{
	return exp(f->level + f->slope * ((law == POWER_LAW ? log(x) : x) - f->middle));
}
