/* gradient_sampling.c -- Burke, Lewis, Overton 2005: d = -(least-norm point of the hull of g(x)
 * and of gradients at points around x), Armijo along it; where that point is short, the radius
 * and the tolerance shrink. `direction=plain` is the variant of Kiwiel 2007, 4.1, which needs
 * no unit length. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum {
	SAMPLES,
	RADIUS,
	TOLERANCE,
	RADIUS_FACTOR,
	TOLERANCE_FACTOR,
	RADIUS_OPT,
	TOLERANCE_OPT,
	BETA,
	GAMMA,
	DIRECTION
};
enum { NORMALISED, PLAIN };
static const char *const directions[] = { "normalised", "plain", NULL };
static const char blo[] = "Burke, Lewis, Overton 2005, section 4";
static const struct nso_option options[] = {
	[SAMPLES] = { "samples", NAN, 1, 1e6, "gradients per step besides g(x); auto: 2n", NULL,
		blo, 1 },
	[RADIUS] = { "radius", 0.1, 0, INFINITY, "first sampling radius", NULL, blo, 0 },
	[TOLERANCE] = { "tolerance", 0.1, 0, INFINITY, "first norm that shrinks the radius",
		NULL, blo, 0 },
	[RADIUS_FACTOR] = { "radius_factor", 0.1, 0, 1, "factor of the radius", NULL, blo, 0 },
	[TOLERANCE_FACTOR] = { "tolerance_factor", 0.1, 0, 1, "factor of the tolerance", NULL,
		blo, 0 },
	[RADIUS_OPT] = { "radius_opt", 1e-6, 0, INFINITY, "radius at which it may stop", NULL,
		blo, 0 },
	[TOLERANCE_OPT] = { "tolerance_opt", 1e-6, 0, INFINITY, "norm at which it may stop",
		NULL, blo, 0 },
	[BETA] = { "beta", 1e-4, 0, 1, "sufficient decrease; 0 in the paper's runs", NULL,
		"NonSmoothSolvers.jl", 0 },
	[GAMMA] = { "gamma", 0.5, 0.01, 0.99, "factor of the step when it fails", NULL, blo,
		0 },
	[DIRECTION] = { "direction", NORMALISED, 0, 1, "unit length, or as long as w",
		directions, blo, 0 },
	{ 0 },
};
static const char *const columns[] = { "radius", "norm", NULL };

struct sampling {
	size_t n, m;
	double radius, tolerance;
	const double *opt;
	struct nso_minnorm *solver;
	double *G, *w, *y; /* (m + 1) x n; n; n */
	double options[DIRECTION + 1];
};

static void close_down(void *state)
{
	struct sampling *s = state;

	if (!s)
		return;
	nso_minnorm_free(s->solver);
	free(s->G);
	free(s);
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), m = isnan(opt[SAMPLES]) ? 2 * n : (size_t)opt[SAMPLES];
	struct sampling *s = calloc(1, sizeof *s);

	(void)x;
	if (!s || m > SIZE_MAX / sizeof *s->G / n - 4)
		goto fail;
	s->n = n;
	s->m = m;
	memcpy(s->options, opt, sizeof s->options);
	s->opt = s->options;
	s->radius = opt[RADIUS];
	s->tolerance = opt[TOLERANCE];
	s->solver = nso_minnorm_alloc(m + 1, n);
	s->G = malloc((m + 3) * n * sizeof *s->G);
	if (!s->solver || !s->G)
		goto fail;
	s->w = s->G + (m + 1) * n;
	s->y = s->w + n;
	return s;
fail:
	close_down(s);
	return NULL;
}

/* Row 0 is g(x); the others are gradients at points uniform in the ball. Rows in use, 0 for
 * NaN. */
static size_t sample(struct sampling *s, struct nso_oracle *f, const double *x, double *value)
{
	size_t rows = 1, n = s->n;

	*value = nso_subgradient(f, x, s->G);
	if (!isfinite(*value) || !isfinite(dot(n, s->G, s->G)))
		return 0;
	for (size_t i = 0; i < s->m && !nso_spent(f); i++) {
		double length, *g = s->G + rows * n;

		nso_normal(nso_rng(f), n, s->y);
		length = s->radius * pow(gsl_rng_uniform_pos(nso_rng(f)), 1 / (double)n) /
			 sqrt(dot(n, s->y, s->y));
		if (!isfinite(length))
			continue;
		for (size_t j = 0; j < n; j++)
			s->y[j] = x[j] + length * s->y[j];
		nso_subgradient(f, s->y, g);
		rows += isfinite(dot(n, g, g)) !=
			0; /* outside of the domain there is no gradient */
	}
	return rows;
}

/* Armijo: x - t w for t = 1, gamma, ... (w/|w| if normalised). 0 when no step is left. */
static int search(
	struct sampling *s, struct nso_oracle *f, double *x, double value, double norm)
{
	double unit = s->opt[DIRECTION] == NORMALISED ? 1 / norm : 1, now;

	for (double t = 1;; t *= s->opt[GAMMA]) {
		int moved = 0;

		for (size_t j = 0; j < s->n; j++) {
			s->y[j] = x[j] - t * unit * s->w[j];
			moved |= s->y[j] != x[j];
		}
		if (!moved)
			return 0;
		now = nso_value(f, s->y);
		if (now < value - s->opt[BETA] * t * unit * norm * norm) {
			memcpy(x, s->y, s->n * sizeof *x);
			return 1;
		}
		if (nso_spent(f))
			return 1; /* not the end of the method, only of the budget */
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct sampling *s = state;
	double value, norm;
	size_t rows = sample(s, f, x, &value);

	if (rows == 0)
		return NSO_DIVERGED;
	norm = nso_minnorm_solve(s->solver, rows, s->G, s->w, NULL, NULL);
	nso_report(f, 0, s->radius);
	nso_report(f, 1, norm);
	if (!isfinite(norm))
		return NSO_FAILED;
	if (rows <= s->m && nso_spent(f))
		return NSO_CONTINUE;
	if (norm > s->tolerance && search(s, f, x, value, norm))
		return NSO_CONTINUE;
	if (s->radius <= s->opt[RADIUS_OPT]) {
		if (norm <= s->opt[TOLERANCE_OPT])
			return NSO_CONVERGED;
		if (norm > s->tolerance)
			return NSO_STUCK; /* no step along w although w is long: rounding */
	}
	s->radius = fmax(s->radius * s->opt[RADIUS_FACTOR], s->opt[RADIUS_OPT]);
	s->tolerance = fmax(s->tolerance * s->opt[TOLERANCE_FACTOR], s->opt[TOLERANCE_OPT]);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_gradient_sampling = {
	.name = "gradient-sampling",
	.title = "Gradient sampling",
	.reference = "Burke, Lewis, Overton 2005; Kiwiel 2007",
	.rule = "x <- x - t w/|w|, w the least-norm point of the hull of g at x and around it",
	.cost = "samples + 1 subgradients, and values of the line search",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_VALUE | NSO_RANDOM,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = close_down,
};
