/* worst_case.c -- functions on which no subgradient method is fast: Nesterov 2004,
 * section 3.2.1; Drori, Teboulle 2016. Both resist: of several active pieces eval returns the
 * one of smallest index, so each subgradient reveals one new coordinate at most. */
#include <stdio.h>
#include <stdlib.h>
#include "nsobench.h"
#include "rows.h"

struct worst {
	size_t n, k;
	double gamma, mu, radius, perturb;
	double minimizer[];
};

static struct worst *blank(size_t n, size_t k, double level)
{
	struct worst *p = calloc(1, sizeof *p + n * sizeof *p->minimizer);

	if (!p)
		return NULL;
	p->n = n;
	p->k = k;
	for (size_t i = 0; i < k; i++)
		p->minimizer[i] = level;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct worst *p = self;

	for (size_t i = 0; i < p->n; i++)
		x[i] = 0;
	vec_perturb(rng, p->n, p->perturb, x);
}

/* The first of the largest x_1 .. x_k; a NaN is larger than anything. */
static size_t first_largest(size_t k, const double *x)
{
	size_t at = 0;

	for (size_t i = 1; i < k; i++)
		if (x[i] > x[at] || isnan(x[i]))
			at = i;
	return at;
}

/* ---------------------------------------------------------- Nesterov ----------------- */

enum { N, K, GAMMA, MU, PERTURB };
static const struct nso_option nesterov_options[] = {
	[N] = { "n", 100, 1, 1e8, "dimension", NULL, "nsobench", 1 },
	[K] = { "k", 0, 0, 1e8, "coordinates in the max; 0: all", NULL, "nsobench", 1 },
	[GAMMA] = { "gamma", 1, 1e-12, 1e12, "weight of the max", NULL, "Nesterov 2004" },
	[MU] = { "mu", 1, 1e-12, 1e12, "modulus of strong convexity", NULL, "Nesterov 2004" },
	[PERTURB] = OPTION_PERTURB,
	{ 0 },
};

static void *nesterov_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], k = opt[K] > 0 ? (size_t)opt[K] : n;
	struct worst *p;

	(void)rng;
	if (k > n) {
		snprintf(facts->why, sizeof facts->why, "k is %zu, expected at most n = %zu", k,
			n);
		return NULL;
	}
	p = blank(n, k, -opt[GAMMA] / (opt[MU] * (double)k));
	if (!p)
		return NULL;
	p->gamma = opt[GAMMA];
	p->mu = opt[MU];
	p->perturb = opt[PERTURB];
	facts->n = n;
	facts->optimum = -p->gamma * p->gamma / (2 * p->mu * (double)k);
	facts->optimum_error = 1e-15 * fabs(facts->optimum);
	facts->minimizer = p->minimizer;
	facts->convexity = facts->pl = p->mu;
	return p;
}

static double nesterov(const void *self, const double *x, double *g)
{
	const struct worst *p = self;
	size_t at = first_largest(p->k, x);

	if (g) {
		for (size_t i = 0; i < p->n; i++)
			g[i] = p->mu * x[i];
		g[at] += p->gamma;
	}
	return p->gamma * x[at] + p->mu / 2 * vec_norm2(p->n, x);
}

static void coordinates(const struct worst *p, double weight, double level, const double *x,
	struct nso_pieces *out)
{
	for (size_t i = 0; i < p->k; i++)
		if (weight * x[i] >= level)
			*nso_row(out, i, 1) = weight;
}

static void nesterov_pieces(
	const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct worst *p = self;
	double *base = nso_row(out, 0, p->n);

	for (size_t i = 0; i < p->n; i++)
		base[i] = p->mu * x[i];
	nso_hull(out);
	coordinates(p, p->gamma, p->gamma * x[first_largest(p->k, x)] - tol, x, out);
}

const struct nso_problem nso_problem_nesterov_worst = {
	.name = "nesterov-worst",
	.title = "Nesterov's worst function",
	.reference = "Nesterov 2004, section 3.2.1",
	.formula = "gamma max_{i <= k} x_i + (mu/2)|x|^2",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_FINITE_MAX | NSO_PL | NSO_KINK_START,
	.instances = NSO_SHIFTED,
	.options = nesterov_options,
	.make = nesterov_make,
	.start = start,
	.eval = nesterov,
	.pieces = nesterov_pieces,
	.free = free,
};

/* ---------------------------------------------------------- Drori, Teboulle ---------- */

enum { STEPS, LIPSCHITZ, RADIUS, SHAKE };
static const struct nso_option drori_options[] = {
	[STEPS] = { "steps", 20, 1, 1e7, "N: no method does better in N steps; n = N + 1", NULL,
		"nsobench", 1 },
	[LIPSCHITZ] = { "L", 1, 1e-12, 1e12, "Lipschitz constant", NULL,
		"Drori, Teboulle 2016" },
	[RADIUS] = { "R", 1, 1e-12, 1e12, "distance of the start from the minimizer", NULL,
		"Drori, Teboulle 2016" },
	[SHAKE] = OPTION_PERTURB,
	{ 0 },
};

static void *drori_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[STEPS] + 1;
	struct worst *p = blank(n, n, -opt[RADIUS] / sqrt((double)n));

	(void)rng;
	if (!p)
		return NULL;
	p->gamma = opt[LIPSCHITZ];
	p->radius = opt[RADIUS];
	p->perturb = opt[SHAKE];
	facts->n = n;
	facts->lipschitz = p->gamma;
	facts->optimum = -p->gamma * p->radius / sqrt((double)n);
	facts->optimum_error = 4e-15 * p->gamma * p->radius; /* the second piece cancels */
	facts->minimizer = p->minimizer;
	return p;
}

static double cone(const struct worst *p, const double *x)
{
	return p->gamma * (sqrt(vec_norm2(p->n, x)) - p->radius * (1 + 1 / sqrt((double)p->n)));
}

static void cone_gradient(const struct worst *p, const double *x, double *g)
{
	double length = sqrt(vec_norm2(p->n, x));

	for (size_t i = 0; i < p->n; i++)
		g[i] = p->gamma * x[i] / length;
}

static double drori(const void *self, const double *x, double *g)
{
	const struct worst *p = self;
	size_t at = first_largest(p->k, x);
	double top = p->gamma * x[at], outer = cone(p, x);

	if (outer > top) {
		if (g)
			cone_gradient(p, x, g);
		return outer;
	}
	if (g) {
		for (size_t i = 0; i < p->n; i++)
			g[i] = 0;
		g[at] = p->gamma;
	}
	return top;
}

static void drori_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct worst *p = self;
	double level = drori(self, x, NULL) - tol;

	nso_hull(out);
	coordinates(p, p->gamma, level, x, out);
	if (cone(p, x) >= level && vec_norm2(p->n, x) > 0)
		cone_gradient(p, x, nso_row(out, 0, p->n));
}

const struct nso_problem nso_problem_drori_teboulle = {
	.name = "drori-teboulle",
	.title = "Drori-Teboulle worst function",
	.reference = "Drori, Teboulle 2016",
	.formula = "max{L max_i x_i, L|x| - L R (1 + 1/sqrt(N + 1))}",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_KINK_START,
	.instances = NSO_SHIFTED,
	.options = drori_options,
	.make = drori_make,
	.start = start,
	.eval = drori,
	.pieces = drori_pieces,
	.free = free,
};
