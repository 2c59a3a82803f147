/* interval.c -- confidence intervals of a mean over runs, and of a line through them. */
#include <config.h>
#include "ground/random.h"
#include "analysis/rate_parts.h"
#include "analysis/trend.h"
#include <stdlib.h>
#include <gsl/gsl_cdf.h>

enum { DRAWS = 1999, BOOTSTRAP_RUNS = 8 };
static const double together_level = 0.01; /* of the test that runs deviate together */

void moments(const double *v, size_t count, double *mean, double *error)
{
	double m = 0, s = 0;

	for (size_t i = 0; i < count; i++)
		m += v[i];
	m /= (double)count;
	for (size_t i = 0; i < count; i++)
		s += (v[i] - m) * (v[i] - m);
	*mean = m;
	*error = sqrt(s / (double)(count - 1) / (double)count);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static size_t draw_t(
	const double *v, size_t count, double mean, gsl_rng *rng, double *draw, double *t)
{
	size_t many = 0;
	double m, e;

	for (size_t k = 0; k < DRAWS; k++) {
		for (size_t i = 0; i < count; i++)
			draw[i] = v[gsl_rng_uniform_int(rng, count)];
		moments(draw, count, &m, &e);
		if (e > 0)
			t[many++] = (m - mean) / e;
	}
	qsort(t, many, sizeof *t, ascending);
	return many;
}

/* Widens [low, high]: at ten runs each of the two intervals alone covers a little too little.
 */
static int bootstrap_t(const double *v, size_t count, double confidence, uint64_t key,
	double mean, double error, double *low, double *high)
{
	double *t = malloc((DRAWS + count) * sizeof *t);
	gsl_rng *rng = stream(key);
	size_t many;
	int bad = !t || !rng;

	many = bad ? 0 : draw_t(v, count, mean, rng, t + DRAWS, t);
	if (many) {
		double last = (double)(many - 1);

		*high = fmax(*high, mean - error * t[(size_t)((1 - confidence) / 2 * last)]);
		*low = fmin(*low, mean - error * t[(size_t)((1 + confidence) / 2 * last)]);
	}
	if (rng)
		gsl_rng_free(rng);
	free(t);
	return bad ? -1 : 0;
}

int mean_interval(const double *v, size_t count, double confidence, uint64_t key, double *mean,
	double *low, double *high)
{
	double error, t;

	moments(v, count, mean, &error);
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

void fit_parabola(const double *u, const double *v, size_t count, double *r, struct line *out)
{
	double n = (double)count, mu = 0, mv = 0, s2 = 0, s3 = 0, s4 = 0, b = 0, c = 0, q2, d;

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
		r[i] = v[i] - mv - b * d;
		d = d * d - s3 / s2 * d - q2;
		s4 += d * d;
		c += d * v[i];
	}
	*out = (struct line){ count, b, mu, mv, s4 > 0 ? c / s4 : 0 };
}

void mean_curve(struct data *d)
{
	for (size_t i = 0; i < d->points; i++) {
		d->mean[i] = 0;
		for (size_t r = 0; r < d->runs; r++)
			d->mean[i] += d->log_y[r * d->points + i] / (double)d->runs;
	}
}

/* Do the runs deviate from their lines together, more than chance has it? Compares the
 * residuals of the mean with those of each run against the mean; correlated noise counts for
 * fewer points. */
static int together(struct data *d, size_t first, size_t last)
{
	size_t n = last - first, m = d->runs;
	double common = 0, own = 0, lag = 0, before, share, rho, points, *own_r = d->spare + n;
	struct line line;

	fit_parabola(d->u + first, d->mean + first, n, d->spare, &line);
	for (size_t i = 0; i < n; i++)
		common += d->spare[i] * d->spare[i];
	for (size_t r = 0; r < m; r++) {
		fit_parabola(d->u + first, d->log_y + r * d->points + first, n, own_r, &line);
		before = 0;
		for (size_t i = 0; i < n; i++) {
			share = own_r[i] - d->spare[i];
			own += share * share;
			lag += share * before;
			before = share;
		}
	}
	if (!(own > 0))
		return common > 0;
	rho = fmin(0.99, fmax(0, lag / own));
	points = fmax(1, (double)(n - 2) * (1 - rho * rho) / (1 + rho * rho));
	return gsl_cdf_fdist_Q((double)m * common / (own / (double)(m - 1)), points,
		       points * (double)(m - 1)) < together_level;
}

static void hull(struct stretch *s, const struct trend *t, double confidence)
{
	double half = trend_width(t, confidence);

	s->low = fmin(s->low, t->value - half);
	s->high = fmax(s->high, t->value + half);
}

int stretch_of(struct data *d, size_t first, size_t last, int degree, double confidence,
	struct stretch *out, int *wanders)
{
	size_t n = last - first;
	struct trend t;
	struct line line;

	*out = (struct stretch){ NAN, NAN, NAN };
	if (wanders)
		*wanders = 0;
	for (size_t r = 0; r < d->runs; r++) {
		fit_parabola(
			d->u + first, d->log_y + r * d->points + first, n, d->spare, &line);
		d->value[r] = degree == 1 ? line.slope : line.curve;
	}
	if (d->runs >= 3 && mean_interval(d->value, d->runs, confidence, d->key, &out->value,
				    &out->low, &out->high))
		return -1;
	/* a burn-in that the runs share must show as a bend, not as a doubt about it */
	if (d->runs >= 3 && (degree == 2 || !together(d, first, last)))
		return 0;
	t = trend_of(d->u + first, d->mean + first, n, degree, d->spare);
	if (d->runs < 3)
		*out = (struct stretch){ t.value, t.value, t.value };
	hull(out, &t, confidence);
	if (wanders)
		*wanders = t.memory == 1;
	return 0;
}
