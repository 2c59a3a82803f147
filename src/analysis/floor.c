/* floor.c -- the level where curves stop to fall: y = e^(a + b u) + F. */
#include <config.h>
#include "analysis/rate_parts.h"
#include "analysis/trend.h"
#include <math.h>
#include <gsl/gsl_cdf.h>

static const double above_floor = 10; /* the subtracted floor must not matter */
static const double flat = 0.3;       /* tail slope over slope before: below it is a floor */
static const double tail_share = 0.15;
static const double exact = 1e-20;      /* mean squared residual, of logarithms */
static const double floor_level = 1e-3; /* of the F test */

/* Least squares of log(y - F), weighted as d log(y - F) = y/(y - F) d log y wants it. */
static int line_above(const double *u, const double *v, size_t count, double floor, double *w,
	struct line *line)
{
	double sw = 0, mu = 0, mv = 0, s2 = 0, b = 0;
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		double share = 1 - floor * exp(-v[i]);

		w[i] = share > 0.05 ? share * share : 0;
		used += w[i] > 0;
		sw += w[i];
		mu += w[i] * u[i];
		mv += w[i] > 0 ? w[i] * (v[i] + log(share)) : 0;
	}
	if (used < FIT_LEAST_POINTS)
		return -1;
	mu /= sw;
	mv /= sw;
	for (size_t i = 0; i < count; i++) {
		double d = u[i] - mu;

		s2 += w[i] * d * d;
		b += w[i] > 0 ? w[i] * d * (v[i] + log(1 - floor * exp(-v[i])) - mv) : 0;
	}
	*line = (struct line){ .count = used, .slope = b / s2, .middle = mu, .level = mv };
	return 0;
}

static double model_misfit(const double *u, const double *v, size_t count, double floor,
	double *w, struct line *line)
{
	double ss = 0;

	if (line_above(u, v, count, floor, w, line))
		return INFINITY;
	for (size_t i = 0; i < count; i++) {
		double e = v[i] -
			   log(exp(line->level + line->slope * (u[i] - line->middle)) + floor);

		ss += e * e;
	}
	return ss;
}

/* The F of least misfit, by a grid and its refinement in log F; 0: none. */
static double find_floor(const double *u, const double *v, size_t count, double *w,
	struct line *line, double *misfit)
{
	double low = INFINITY, best = 0, from, to, step;

	for (size_t i = 0; i < count; i++)
		low = fmin(low, v[i]);
	from = low - 5;
	to = low + 2; /* noise puts some points of a floor below it */
	*misfit = INFINITY;
	for (int round = 0; round < 3; round++) {
		step = (to - from) / 24;
		for (int k = 0; k <= 24; k++) {
			struct line trial;
			double f = exp(from + k * step),
			       ss = model_misfit(u, v, count, f, w, &trial);

			if (ss < *misfit && trial.slope < 0) {
				*misfit = ss;
				*line = trial;
				best = f;
			}
		}
		if (best == 0)
			return 0;
		from = log(best) - step;
		to = log(best) + step;
	}
	return best;
}

int has_floor(struct data *d)
{
	size_t n = d->points, tail = (size_t)fmax(6, tail_share * (double)n);
	struct line straight, model;
	struct trend end;
	double misfit, ss = 0, f;

	if (n < FIT_LEAST_POINTS + 6)
		return 0;
	fit_parabola(d->u, d->mean, n, d->spare, &straight);
	for (size_t i = 0; i < n; i++)
		ss += d->spare[i] * d->spare[i];
	if (ss < exact * (double)n) /* rounding: a line, or no motion at all */
		return 0;
	if (find_floor(d->u, d->mean, n, d->spare, &model, &misfit) == 0 || !(misfit < ss))
		return 0;
	f = (ss - misfit) / (misfit / (double)(n - 3));
	if (gsl_cdf_fdist_Q(f, 1, (double)(n - 3)) > floor_level)
		return 0;
	end = trend_of(d->u + n - tail, d->mean + n - tail, tail, 1, d->spare);
	return end.value > flat * model.slope;
}

static size_t near_floor(
	struct data *d, const double *v, const struct line *model, double f, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (exp(model->level + model->slope * (d->u[i] - model->middle)) <
				above_floor * f ||
			exp(v[i]) < 2 * f) /* noise alone: the line is above 10 f there */
			return i;
	return end;
}

size_t remove_floors(struct data *d)
{
	size_t end = d->points;

	for (size_t r = 0; r < d->runs; r++) {
		double *v = d->log_y + r * d->points, misfit;
		struct line model;

		d->floor[r] = find_floor(d->u, v, d->points, d->spare, &model, &misfit);
		if (d->floor[r] > 0)
			end = near_floor(d, v, &model, d->floor[r], end);
	}
	for (size_t r = 0; r < d->runs; r++)
		for (size_t i = 0; i < end; i++) {
			double *v = d->log_y + r * d->points + i;

			*v += log(1 - d->floor[r] * exp(-*v));
		}
	return end;
}
