/* instability.c -- S-Adam's index, Xu et al. 2026, arXiv:2605.29547, and three other readings
 * of it, as means over many draws of probes. */
#include <config.h>
#include "optimizers/lgi.h"
#include "measure/measure.h"
#include "measure/measures.h"
#include <stdlib.h>
#include <gsl/gsl_cblas.h>

/* One probe of the index along the unit vector u. */
static double probe(const struct instance *in, const double *x, double f, const double *g,
	const struct probes *how, const double *u, double *y)
{
	size_t n = in->facts.n;
	double ahead, back;

	for (size_t i = 0; i < n; i++)
		y[i] = x[i] + how->delta * u[i];
	ahead = instance_eval(in, y, NULL);
	if (how->index == LGI_CURVATURE) {
		for (size_t i = 0; i < n; i++)
			y[i] = x[i] - how->delta * u[i];
		back = instance_eval(in, y, NULL);
		return fabs(ahead + back - 2 * f) / how->delta;
	}
	ahead = (ahead - f) / how->delta;
	return how->index == LGI_RESIDUAL ? ahead - cblas_ddot((int)n, g, 1, u, 1) : ahead;
}

double instability(const struct instance *in, const double *x, const struct probes *how,
	gsl_rng *rng, double *error)
{
	const struct lgi p = {
		.k = how->k, .index = (enum lgi_index)how->index, .eps = how->eps
	};
	size_t n = in->facts.n;
	double *g = malloc((3 * n + how->k) * sizeof *g), *u, *y, *D, f, mean = 0, squares = 0;

	if (!g)
		return NAN;
	u = g + n;
	y = u + n;
	D = y + n;
	f = instance_eval(in, x, g);
	for (size_t t = 0; t < how->draws; t++) {
		double value, change;

		for (size_t i = 0; i < how->k; i++) {
			nso_normal(rng, n, u);
			cblas_dscal((int)n, 1 / cblas_dnrm2((int)n, u, 1), u, 1);
			D[i] = probe(in, x, f, g, how, u, y);
		}
		value = lgi_value(&p, D);
		change = value - mean; /* Welford 1962 */
		mean += change / (double)(t + 1);
		squares += change * (value - mean);
	}
	free(g);
	if (error)
		*error = how->draws > 1
				 ? sqrt(squares / (double)(how->draws - 1) / (double)how->draws)
				 : NAN;
	return mean;
}

/* ------------------------------------------------------------------ as measures
 * --------------- */

enum { DRAWS = 16 };
static const double ratio_eps = 1e-6; /* of the official code */

static size_t one_sided(size_t n, size_t samples, size_t k)
{
	(void)n;
	(void)samples;
	return 1 + DRAWS * k;
}

static size_t two_sided(size_t n, size_t samples, size_t k)
{
	return 2 * one_sided(n, samples, k) - 1;
}

/* All four draw from streams of the same name: the same directions. */
static double take(const struct at *at, enum lgi_index index, double *error)
{
	const struct probes how = { at->probes, DRAWS, at->reach, ratio_eps, (int)index };

	return instability(at->in, at->x, &how, at->rng, error);
}

static double take_ratio(const struct at *at, double *error)
{
	return take(at, LGI_RATIO, error);
}
static double take_variance(const struct at *at, double *error)
{
	return take(at, LGI_VARIANCE, error);
}
static double take_residual(const struct at *at, double *error)
{
	return take(at, LGI_RESIDUAL, error);
}
static double take_curvature(const struct at *at, double *error)
{
	return take(at, LGI_CURVATURE, error);
}

static const char source[] = "Xu et al. 2026, arXiv:2605.29547", stream_name[] = "measure lgi";

const struct measure measure_lgi = { "lgi",
	"mean of Var(D)/(mean D^2 + 1e-6), D_i = (f(x + delta u_i) - f(x))/delta, over 16 "
	"draws of k probes "
	"(--lgi-k 8, --lgi-delta 0.01)",
	source, "value", "1 subgradient + 16 k values", { "lgi_mean", "lgi_error" },
	stream_name, 0, 0, NULL, one_sided, take_ratio };
const struct measure measure_lgi_variance = { "lgi_variance", "the same of Var(D)", source,
	"value", "1 subgradient + 16 k values", { "lgi_variance", "lgi_variance_error" },
	stream_name, 0, 0, NULL, one_sided, take_variance };
const struct measure measure_lgi_residual = { "lgi_residual",
	"the same of the mean of (D_i - <g, u_i>)^2: what the gradient does not predict",
	"nsobench", "value", "1 subgradient + 16 k values",
	{ "lgi_residual", "lgi_residual_error" }, stream_name, 0, 0, NULL, one_sided,
	take_residual };
const struct measure measure_lgi_curvature = { "lgi_curvature",
	"the same of the mean of |f(x + delta u_i) + f(x - delta u_i) - 2 f(x)|/delta",
	"nsobench", "value", "1 subgradient + 32 k values",
	{ "lgi_curvature", "lgi_curvature_error" }, stream_name, 0, 0, NULL, two_sided,
	take_curvature };
