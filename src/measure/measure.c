/* measure.c -- prox-gradient mapping, directional slopes, and Goldstein's curve. */
#include <config.h>
#include "ground/instance.h"
#include "measure/measure.h"
#include "measure/measures.h"
#include "measure/stationarity.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

double prox_gradient(const struct instance *in, const double *x, double t)
{
	size_t n = in->facts.n;
	double *g, sum = 0;

	if (!in->problem->prox || !(g = malloc(n * sizeof *g)))
		return NAN;
	if (isnan(t))
		t = in->facts.smoothness > 0 ? 1 / in->facts.smoothness : 1;
	instance_smooth(in, x, g);
	for (size_t i = 0; i < n; i++)
		g[i] = x[i] - t * g[i];
	instance_prox(in, t, g, g);
	for (size_t i = 0; i < n; i++)
		sum = hypot(sum, x[i] - g[i]);
	free(g);
	return sum / t;
}

/* ------------------------------------------------------------------ directional --------------- */

static double slope(const struct instance *in, const double *x, double f, double scale,
	const double *d, double *y)
{
	double most = -INFINITY, t = 1e-4 * scale;

	for (int k = 0; k < SLOPE_LENGTHS; k++, t /= 10) {
		double there;

		for (size_t i = 0; i < in->facts.n; i++)
			y[i] = x[i] + t * d[i];
		there = instance_eval(in, y, NULL);
		if (isnan(there))
			return INFINITY;
		most = fmax(most, (there - f + 4 * DBL_EPSILON * (fabs(f) + fabs(there))) / t);
	}
	return most;
}

/* Direction number i of those listed in measure.h; 0 when it has no length. */
static int choose(const double *g, size_t n, size_t axes, size_t i, gsl_rng *rng, double *d)
{
	double norm;

	if (i < axes) {
		memset(d, 0, n * sizeof *d);
		d[i / 2] = i % 2 ? -1 : 1;
		return 1;
	}
	if (i < axes + 2)
		for (size_t j = 0; j < n; j++)
			d[j] = i == axes ? -g[j] : g[j];
	else
		nso_normal(rng, n, d);
	norm = cblas_dnrm2((int)n, d, 1);
	if (!(norm > 0) || !isfinite(norm))
		return 0;
	cblas_dscal((int)n, 1 / norm, d, 1);
	return 1;
}

size_t direction_axes(size_t n) { return n <= 50 ? 2 * n : 0; }

double directional(
	const struct instance *in, const double *x, size_t samples, gsl_rng *rng, double *d)
{
	size_t n = in->facts.n, axes = direction_axes(n);
	double least = INFINITY, scale = 1, f, *g = malloc(3 * n * sizeof *g);

	if (!g)
		return NAN;
	f = instance_eval(in, x, g);
	for (size_t i = 0; i < n; i++)
		scale = fmax(scale, fabs(x[i]));
	for (size_t i = 0; isfinite(f) && i < axes + 2 + samples; i++) {
		double v;

		if (!choose(g, n, axes, i, rng, g + n))
			continue;
		v = slope(in, x, f, scale, g + n, g + 2 * n);
		if (v < least) {
			least = v;
			if (d)
				memcpy(d, g + n, n * sizeof *d);
		}
	}
	free(g);
	return least < INFINITY ? least : NAN;
}

/* ------------------------------------------------------------------ the curve ----------------- */

/* Rows that carry the minimum move to the front; how many they are. */
static size_t keep_support(double *G, size_t n, size_t rows, const double *lambda)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows; i++)
		if (lambda[i] > 0) {
			memmove(G + kept * n, G + i * n, n * sizeof *G);
			kept++;
		}
	return kept;
}

int goldstein_curve(const struct instance *in, const double *x, size_t count,
	const double *delta, size_t samples, gsl_rng *rng, double *value, double *lower,
	size_t *rows)
{
	size_t n = in->facts.n, fresh = sample_rows(n, samples), kept = 0, held = 0;
	size_t most = fresh + (n + 1 < fresh * count ? n + 1 : fresh * count);
	double *G = malloc((most + 2) * n * sizeof *G), *lambda = malloc(most * sizeof *lambda),
	       bound;
	struct nso_minnorm *s = nso_minnorm_alloc(most, n);
	int bad = !G || !lambda || !s;

	for (size_t i = 0; i < count && !bad; i++) {
		kept = held + sample_gradients(in, x, delta[i], samples, rng, G + most * n,
				      G + held * n);
		value[i] =
			kept ? nso_minnorm_solve(s, kept, G, G + (most + 1) * n, lambda, &bound)
			     : NAN;
		if (lower)
			lower[i] = kept ? bound : 0;
		if (rows)
			rows[i] = kept;
		held = isfinite(value[i]) ? keep_support(G, n, kept, lambda) : 0;
		/* the hull kept its old minimum: what is above it is rounding */
		if (i > 0 && value[i] > value[i - 1])
			value[i] = value[i - 1];
	}
	nso_minnorm_free(s);
	free(lambda);
	free(G);
	return bad ? -1 : 0;
}

/* ------------------------------------------------------------------ as measures --------------- */

static int offers_prox(const struct instance *in) { return in->problem->prox != NULL; }

static size_t prox_calls(size_t n, size_t samples, size_t k)
{
	(void)n;
	(void)samples;
	(void)k;
	return 2;
}

static double take_prox_gradient(const struct at *at, double *bound)
{
	(void)bound;
	return prox_gradient(at->in, at->x, NAN);
}

const struct measure measure_prox_gradient = { "prox_gradient",
	"|x - prox_{t h}(x - t grad s(x))|/t for f = s + h, t = 1/L", "Nesterov 2013",
	"smooth + prox", "1 gradient of s + 1 prox", { "prox_gradient", NULL }, NULL, 0, 0,
	offers_prox, prox_calls, take_prox_gradient };

static size_t directional_calls(size_t n, size_t samples, size_t k)
{
	(void)samples;
	(void)k;
	return 1 + SLOPE_LENGTHS * (direction_axes(n) + 2 + DIRECTIONS);
}

static double take_directional(const struct at *at, double *bound)
{
	(void)bound;
	return directional(at->in, at->x, DIRECTIONS, at->rng, NULL);
}

const struct measure measure_directional = { "directional",
	"least over sampled directions of the largest (f(x + t d) - f(x))/t, t = 1e-4 .. 1e-7; "
	"below 0: "
	"no local minimum",
	"nsobench", "value",
	"1 subgradient + 4 values along each of 202 directions, + 2n directions where n <= 50",
	{ "directional", NULL }, "measure directional", 0, 0, NULL, directional_calls,
	take_directional };
