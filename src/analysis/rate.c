/* rate.c -- fits C x^p or C q^x to curves: the burn-in and the floor are found and left out,
 * the slope gets a confidence interval.
 *
 * Floor: y = e^(a + b u) + F fits better than without F (F test at 0.1 %), and the tail is
 * flat. Each run has its own F; it is subtracted, and only points with e^(a + b u) > 10 F
 * count. Burn-in: the window loses points in front until no curvature is seen; orthogonality of
 * slope and curvature keeps that choice from biasing the slope. A curve that flattens without
 * reaching a floor is bent: its end is never cut off, because a slower rate would look the
 * same. */
#include <config.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cdf.h>
#include "analysis/rate.h"
#include "ground/random.h"

enum { LEAST_POINTS = 8, DRAWS = 1999, BOOTSTRAP_RUNS = 8 };
static const double above_floor = 10; /* the subtracted floor must not matter */
static const double flat = 0.3;       /* tail slope over slope before: below it is a floor */
static const double tail_share = 0.15;
static const double floor_level = 1e-3; /* of the F test */
static const double bend_level = 0.05;  /* two-sided, of the test for curvature */
static const double bend_share = 0.05;  /* change of slope that does not matter, relative */
static const double trim = 0.08;        /* share of the window that goes at a time */
static const double margin = 0.3; /* and once more when a burn-in was found: it fades out */
static const double straight_share =
	0.4;                           /* of a curve that flattens: less is no straight line */
static const double least_range = 1.1; /* log of a factor 3 in x */

struct data {
	enum law law;
	size_t runs, points, row; /* row: points in c->y */
	const double *y;
	double *u, *log_y, *mean; /* runs x points; their mean over the runs */
	double *floor, *slope, *level, *curve, *spare;
};

/* ---------------------------------------------------------------- a line --------------------
 */

struct line {
	size_t count;
	double slope, middle, level, curve; /* curve: coefficient of the squared term */
	double slope_error, level_error, curve_error;
};

/* Lag-1 autocorrelation of residuals makes an interval from one run too short by this factor.
 */
static double stretched(const double *r, size_t count, double sum2)
{
	double lag = 0, rho;

	for (size_t i = 1; i < count; i++)
		lag += r[i] * r[i - 1];
	rho = sum2 > 0 ? fmin(0.95, fmax(0, lag / sum2)) : 0;
	return sqrt((1 + rho) / (1 - rho));
}

/* Least squares in the orthogonal polynomials of degree 0, 1, 2 over the given points. */
static void fit_parabola(
	const double *u, const double *v, size_t count, double *r, struct line *out)
{
	double n = (double)count, mu = 0, mv = 0, s2 = 0, s3 = 0, s4 = 0, b = 0, c = 0, ss = 0,
	       q2, d;

	for (size_t i = 0; i < count; i++) {
		mu += u[i] / n;
		mv += v[i] / n;
	}
	for (size_t i = 0; i < count; i++) {
		d = u[i] - mu;
		s2 += d * d;
		s3 += d * d * d;
		b += d * (v[i] - mv);
	}
	b /= s2;
	q2 = s2 / n;
	for (size_t i = 0; i < count; i++) {
		d = u[i] - mu;
		d = d * d - s3 / s2 * d - q2;
		s4 += d * d;
		c += d * v[i];
	}
	c = s4 > 0 ? c / s4 : 0;
	for (size_t i = 0; i < count; i++) {
		r[i] = v[i] - mv - b * (u[i] - mu);
		ss += r[i] * r[i];
	}
	d = n > 2 ? sqrt(ss / (n - 2)) * stretched(r, count, ss) : INFINITY;
	*out = (struct line){ count, b, mu, mv, c, d / sqrt(s2), d / sqrt(n),
		s4 > 0 ? d / sqrt(s4) : INFINITY };
}

/* ---------------------------------------------------------------- the floor -----------------
 */

static double model_misfit(const double *u, const double *v, size_t count, double floor,
	double *w, struct line *line)
{
	double ss = 0, e;
	size_t used = 0;

	/* weights of the logarithm: d log(y - F) = y/(y - F) d log y */
	double sw = 0, mu = 0, mv = 0, s2 = 0, b = 0;

	for (size_t i = 0; i < count; i++) {
		double y = exp(v[i]), share = 1 - floor / y;

		w[i] = share > 0.05 ? share * share : 0;
		if (w[i] == 0)
			continue;
		used++;
		sw += w[i];
		mu += w[i] * u[i];
		mv += w[i] * (v[i] + log(share));
	}
	if (used < LEAST_POINTS)
		return INFINITY;
	mu /= sw;
	mv /= sw;
	for (size_t i = 0; i < count; i++)
		if (w[i] > 0) {
			double l = v[i] + log(1 - floor * exp(-v[i]));

			s2 += w[i] * (u[i] - mu) * (u[i] - mu);
			b += w[i] * (u[i] - mu) * (l - mv);
		}
	b /= s2;
	for (size_t i = 0; i < count; i++) {
		e = v[i] - log(exp(mv + b * (u[i] - mu)) + floor);
		ss += e * e;
	}
	*line = (struct line){ .count = used, .slope = b, .middle = mu, .level = mv };
	return ss;
}

/* The F of least misfit, by a grid and its refinement in log F. */
static double find_floor(const double *u, const double *v, size_t count, double *w,
	struct line *line, double *misfit)
{
	double low = INFINITY, best = 0, from, to, step;

	for (size_t i = 0; i < count; i++)
		low = fmin(low, v[i]);
	/* noise puts some points of a floor below it */
	from = low - 5;
	to = low + 2;
	*misfit = INFINITY;
	for (int round = 0; round < 3; round++) {
		double centre = from;

		step = (to - from) / 24;
		for (int k = 0; k <= 24; k++) {
			struct line trial;
			double f = exp(from + k * step),
			       ss = model_misfit(u, v, count, f, w, &trial);

			if (ss < *misfit && trial.slope < 0) {
				*misfit = ss;
				*line = trial;
				best = f;
				centre = from + k * step;
			}
		}
		if (best == 0)
			return 0;
		centre = log(best);
		from = centre - step;
		to = centre + step;
	}
	return best;
}

/* Is there a floor in this curve? Decided on the mean of the runs. */
static int has_floor(struct data *d)
{
	size_t n = d->points, tail = (size_t)fmax(6, tail_share * (double)n);
	struct line straight, model, end;
	double misfit, ss = 0, f, floor;

	if (n < LEAST_POINTS + 6)
		return 0;
	fit_parabola(d->u, d->mean, n, d->spare, &straight);
	for (size_t i = 0; i < n; i++)
		ss += d->spare[i] * d->spare[i];
	floor = find_floor(d->u, d->mean, n, d->spare, &model, &misfit);
	if (floor == 0 || !(misfit < ss))
		return 0;
	f = (ss - misfit) / (misfit / (double)(n - 3));
	if (gsl_cdf_fdist_Q(f, 1, (double)(n - 3)) > floor_level)
		return 0;
	fit_parabola(d->u + n - tail, d->mean + n - tail, tail, d->spare, &end);
	return end.slope - 2 * end.slope_error > model.slope || end.slope > flat * model.slope
		       ? end.slope > flat * model.slope
		       : 0;
}

/* Subtracts each run's own floor; the common end is where the first run comes near to it. */
static size_t remove_floors(struct data *d)
{
	size_t end = d->points;

	for (size_t r = 0; r < d->runs; r++) {
		double *v = d->log_y + r * d->points, misfit, f;
		struct line model;

		f = d->floor[r] = find_floor(d->u, v, d->points, d->spare, &model, &misfit);
		if (f == 0)
			continue;
		for (size_t i = 0; i < end; i++)
			if (exp(model.level + model.slope * (d->u[i] - model.middle)) <
				above_floor * f) {
				end = i;
				break;
			}
		for (size_t i = 0; i < end; i++)
			if (exp(v[i]) < 2 * f) { /* noise alone: the line is above 10 f there */
				end = i;
				break;
			}
	}
	for (size_t r = 0; r < d->runs; r++)
		for (size_t i = 0; i < end; i++) {
			double *v = d->log_y + r * d->points + i;

			*v += log(1 - d->floor[r] * exp(-*v));
		}
	return end;
}

/* ---------------------------------------------------------------- intervals -----------------
 */

static void moments(
	const double *v, const size_t *pick, size_t count, double *mean, double *error)
{
	double m = 0, s = 0;

	for (size_t i = 0; i < count; i++)
		m += v[pick ? pick[i] : i];
	m /= (double)count;
	for (size_t i = 0; i < count; i++) {
		double e = v[pick ? pick[i] : i] - m;

		s += e * e;
	}
	*mean = m;
	*error = sqrt(s / (double)(count - 1) / (double)count);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int bootstrap_t(const double *v, size_t count, double confidence, uint64_t key,
	double mean, double error, double *low, double *high)
{
	size_t *pick = malloc(count * sizeof *pick), many = 0;
	double *t = malloc(DRAWS * sizeof *t), m, e;
	gsl_rng *rng = stream(key);
	int bad = !pick || !t || !rng;

	for (size_t k = 0; !bad && k < DRAWS; k++) {
		for (size_t i = 0; i < count; i++)
			pick[i] = gsl_rng_uniform_int(rng, count);
		moments(v, pick, count, &m, &e);
		if (e > 0)
			t[many++] = (m - mean) / e;
	}
	if (!bad && many) {
		qsort(t, many, sizeof *t, ascending);
		e = mean - error * t[(size_t)((1 - confidence) / 2 * (double)(many - 1))];
		m = mean - error * t[(size_t)((1 + confidence) / 2 * (double)(many - 1))];
		/* at ten runs each of the two alone covers a little less than it should */
		*high = fmax(*high, e);
		*low = fmin(*low, m);
	}
	if (rng)
		gsl_rng_free(rng);
	free(pick);
	free(t);
	return bad ? -1 : 0;
}

int mean_interval(const double *v, size_t count, double confidence, uint64_t key, double *mean,
	double *low, double *high)
{
	double error, t;

	moments(v, NULL, count, mean, &error);
	*low = *high = *mean;
	if (!(error > 1e-12 * fabs(*mean))) /* the runs are one run */
		return 0;
	t = gsl_cdf_tdist_Pinv((1 + confidence) / 2, (double)(count - 1));
	*low = *mean - t * error;
	*high = *mean + t * error;
	return count < BOOTSTRAP_RUNS
		       ? 0
		       : bootstrap_t(v, count, confidence, key, *mean, error, low, high);
}

/* ---------------------------------------------------------------- the window ----------------
 */

/* Fits each run over the window; mean curvature, and whether chance explains it. */
static int is_bent(struct data *d, size_t first, size_t last, double *bend)
{
	size_t n = last - first;
	double mean, error, least = INFINITY, t, slope = 0,
			    range = d->u[last - 1] - d->u[first];
	struct line line;

	for (size_t r = 0; r < d->runs; r++) {
		fit_parabola(
			d->u + first, d->log_y + r * d->points + first, n, d->spare, &line);
		d->slope[r] = line.slope;
		d->level[r] = line.level;
		d->curve[r] = line.curve;
		least = fmin(least, line.curve_error);
		slope += line.slope / (double)d->runs;
	}
	if (d->runs < 3) {
		mean = (d->curve[0] + d->curve[d->runs - 1]) / 2;
		error = least;
		t = gsl_cdf_tdist_Pinv(1 - bend_level / 2, (double)n - 3);
	} else {
		moments(d->curve, NULL, d->runs, &mean, &error);
		t = gsl_cdf_tdist_Pinv(1 - bend_level / 2, (double)(d->runs - 1));
	}
	*bend = 2 * mean * range;
	return fabs(mean) > t * error && fabs(*bend) > bend_share * fabs(slope);
}

/* The slope of the mean curve over each third of the window: the largest of the three. */
static double flattest(const struct data *d, size_t first, size_t last)
{
	double most = -INFINITY;

	for (size_t k = 0; k < 3; k++) {
		size_t from = first + k * (last - first) / 3,
		       to = first + (k + 1) * (last - first) / 3;
		double drop = 0;

		for (size_t r = 0; r < d->runs; r++)
			drop += d->log_y[r * d->points + to] - d->log_y[r * d->points + from];
		most = fmax(most, drop / (double)d->runs / (d->u[to] - d->u[from]));
	}
	return most;
}

static int long_enough(const struct data *d, size_t first, size_t last)
{
	return last >= first + LEAST_POINTS &&
	       (d->law == GEOMETRIC_LAW || d->u[last - 1] - d->u[first] >= least_range);
}

/* The front goes, piece by piece, until the rest is straight. */
static int find_window(struct data *d, size_t end, struct fit *out)
{
	size_t first = 0, step;
	int bent = is_bent(d, 0, end, &out->bend), flattens = out->bend > 0;

	while (bent) {
		step = (size_t)ceil(trim * (double)(end - first));
		if (!long_enough(d, first + step, end))
			break;
		first += step;
		bent = is_bent(d, first, end, &out->bend);
	}
	/* the flat end of a curve that comes near its floor is straight too */
	if (first && flattens &&
		d->u[end - 1] - d->u[first] < straight_share * (d->u[end - 1] - d->u[0])) {
		bent = 1;
	} else if (!bent && first) {
		step = (size_t)ceil(margin * (double)(end - first));
		if (long_enough(d, first + step, end))
			bent = is_bent(d, first += step, end, &out->bend);
	}
	out->first = first;
	out->last = end - 1;
	out->burn_in = first > 0;
	return bent;
}

static int slope_interval(struct data *d, double confidence, uint64_t key, struct fit *out)
{
	struct line line;
	double error = 0, t, n = (double)(out->last + 1 - out->first);

	if (d->runs >= 3) {
		double mean;

		moments(d->level, NULL, d->runs, &mean, &out->level_error);
		out->level = mean;
		return mean_interval(
			d->slope, d->runs, confidence, key, &out->slope, &out->low, &out->high);
	}
	out->slope = out->level = 0;
	for (size_t r = 0; r < d->runs; r++) {
		fit_parabola(d->u + out->first, d->log_y + r * d->points + out->first,
			(size_t)n, d->spare, &line);
		out->slope += line.slope / (double)d->runs;
		out->level += line.level / (double)d->runs;
		error += line.slope_error / (double)d->runs;
		out->level_error += line.level_error / (double)d->runs;
	}
	t = gsl_cdf_tdist_Pinv((1 + confidence) / 2, n - 2);
	out->low = out->slope - t * error;
	out->high = out->slope + t * error;
	return 0;
}

/* ---------------------------------------------------------------- all of it -----------------
 */

static size_t usable(const struct curves *c)
{
	for (size_t i = 0; i < c->points; i++)
		for (size_t r = 0; r < c->runs; r++)
			if (!(c->y[r * c->points + i] > c->rounding) ||
				!isfinite(c->y[r * c->points + i]))
				return i;
	return c->points;
}

static int alloc(struct data *d, const struct curves *c)
{
	size_t n = d->points, m = d->runs;
	double *all = calloc(n * (3 + m) + 4 * m, sizeof *all);

	if (!all)
		return -1;
	d->u = all;
	d->mean = d->u + n;
	d->spare = d->mean + n;
	d->log_y = d->spare + n;
	d->floor = d->log_y + n * m;
	d->slope = d->floor + m;
	d->level = d->slope + m;
	d->curve = d->level + m;
	for (size_t i = 0; i < n; i++) {
		d->u[i] = d->law == POWER_LAW ? log(c->x[i]) : c->x[i];
		for (size_t r = 0; r < m; r++) {
			d->log_y[r * n + i] = log(c->y[r * c->points + i]);
			d->mean[i] += d->log_y[r * n + i] / (double)m;
		}
	}
	return 0;
}

int rate_fit(
	const struct curves *c, enum law law, double confidence, uint64_t key, struct fit *out)
{
	struct data d = { .law = law, .runs = c->runs, .points = usable(c) };
	size_t end = d.points;
	int bad = 0;

	*out = (struct fit){ .state = end < c->points ? FIT_FINISHED : FIT_SHORT,
		.slope = NAN,
		.low = NAN,
		.high = NAN,
		.floor = NAN,
		.runs = c->runs,
		.last = end ? end - 1 : 0 };
	if (!c->runs || end < LEAST_POINTS)
		return 0;
	if (alloc(&d, c))
		return -1;
	if (has_floor(&d)) {
		double sum = 0;

		end = remove_floors(&d);
		for (size_t r = 0; r < d.runs; r++)
			sum += log(d.floor[r] > 0 ? d.floor[r] : exp(d.mean[d.points - 1]));
		out->floor = exp(sum / (double)d.runs);
		out->state = FIT_SHORT;
	}
	if (long_enough(&d, 0, end)) {
		out->state = find_window(&d, end, out) ? FIT_BENT : FIT_DONE;
		out->flattest = flattest(&d, out->first, out->last);
		bad = slope_interval(&d, confidence, key, out);
		for (size_t i = out->first; i <= out->last; i++)
			out->middle += d.u[i] / (double)(out->last + 1 - out->first);
	}
	free(d.u);
	return bad;
}

double fit_line(const struct fit *f, enum law law, double x)
{
	return exp(f->level + f->slope * ((law == POWER_LAW ? log(x) : x) - f->middle));
}
