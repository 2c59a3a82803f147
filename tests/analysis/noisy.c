/* noisy.c -- curves whose rate is known. */
#include <config.h>
#include "analysis/noisy.h"
#include <math.h>
#include <gsl/gsl_randist.h>

size_t noisy_grid(const struct noisy *t, double *x)
{
	size_t count = 0;

	for (double v = t->kind == NOISY_LOGS ? 3 : 1; v <= t->horizon && count < NOISY_POINTS;
		v = t->law == POWER_LAW ? fmax(v + 1, floor(v * 1.122)) : v + t->horizon / 100)
		x[count++] = v;
	return count;
}

static double shape(const struct noisy *t, double slope, double x, double phase)
{
	double u = t->burn < 0 ? x + t->scale : x, v;

	if (t->kind == NOISY_STAIRS)
		return pow(10, slope * floor(log10(u) + phase));
	v = t->law == POWER_LAW ? pow(u, slope) : exp(slope * u);
	v *= t->burn > 0 ? 1 + t->burn * exp(-x / t->scale) : 1;
	if (t->kind == NOISY_CLIMBS)
		return v / (1 + t->scale * pow(x, -0.6));
	return t->kind == NOISY_LOGS ? v * log(x) : v;
}

static void draw_random(
	const struct noisy *t, gsl_rng *rng, const double *x, size_t points, double *y)
{
	double least = 1, before = 0;

	for (size_t i = 0; i < points; i++) {
		/* the least of as many numbers as there are steps since the last point */
		least = fmin(least, -expm1(log1p(-gsl_rng_uniform(rng)) / (x[i] - before)));
		before = x[i];
		y[i] = pow(least, -t->slope);
	}
}

static void draw_run(const struct noisy *t, gsl_rng *rng, double phase, const double *x,
	size_t points, double *y)
{
	double fresh = t->memory < 1 ? sqrt(1 - t->memory * t->memory) : 1, best = INFINITY;
	double c = exp(t->scatter * gsl_ran_gaussian(rng, 1)),
	       e = gsl_ran_gaussian(rng, t->noise),
	       slope = t->slope + gsl_ran_gaussian(rng, t->spread),
	       level = t->floor * exp(0.2 * gsl_ran_gaussian(rng, 1)),
	       mean = t->mean_one ? exp(-t->noise * t->noise / 2) : 1;

	for (size_t i = 0; i < points; i++) {
		e = t->memory * e + fresh * gsl_ran_gaussian(rng, t->noise);
		y[i] = mean * (c * shape(t, slope, x[i], phase) + level) * exp(e);
		best = fmin(best, y[i]);
		y[i] = t->kind == NOISY_BEST ? best : y[i];
	}
}

void noisy_draw(const struct noisy *t, gsl_rng *rng, const double *x, size_t points, double *y)
{
	double phase = gsl_rng_uniform(rng);

	for (size_t r = 0; r < t->runs; r++)
		if (t->kind == NOISY_RANDOM)
			draw_random(t, rng, x, points, y + r * points);
		else
			draw_run(t, rng, phase, x, points, y + r * points);
}
