/* location.c -- points a_i in space: geometric median (1/m) sum_i |x - a_i| (Weiszfeld 1937),
 * smallest enclosing ball max_i |x - a_i| (Sylvester 1857) with a planted solution, and
 * k-median clustering (1/m) sum_i min_k |c_k - a_i| (Bagirov's non-convex location problem). */
#include <stdlib.h>
#include <string.h>
#include "lp.h"
#include "nsobench.h"
#include "rows.h"

enum { N, M, K };

struct location {
	size_t d, k; /* points of length d, k centres */
	struct rows a;
	double *minimizer;
};

static void destroy(void *self)
{
	struct location *p = self;

	if (!p)
		return;
	rows_free(&p->a);
	free(p->minimizer);
	free(p);
}

static struct location *draw(const double *opt, size_t k, gsl_rng *rng, struct nso_facts *facts)
{
	size_t d = (size_t)opt[N], m = (size_t)opt[M];
	struct location *p = calloc(1, sizeof *p);

	if (!p)
		return NULL;
	p->d = d;
	p->k = k;
	p->minimizer = calloc(d * k, sizeof *p->minimizer);
	if (!p->minimizer || rows_gaussian(&p->a, m, d, rng)) {
		destroy(p);
		return NULL;
	}
	facts->n = d * k;
	facts->lipschitz = 1;
	return p;
}

static double distance(const struct location *p, size_t i, const double *x)
{
	return vec_distance(p->d, x, p->a.val + i * p->d);
}

/* g += c (x - a_i)/|x - a_i|, nothing at a_i itself. */
static void add_unit(const struct location *p, size_t i, const double *x, double c, double *g)
{
	const double *a = p->a.val + i * p->d;
	double size = distance(p, i, x);

	for (size_t j = 0; size > 0 && j < p->d; j++)
		g[j] += c * (x[j] - a[j]) / size;
}

static void ball(const struct location *p, size_t first, double radius, struct nso_pieces *out)
{
	nso_ball(out);
	for (size_t j = 0; j < p->d; j++)
		*nso_row(out, first + j, 1) = radius;
}

/* ---------------------------------------------------------- geometric median --------- */

static double median_batch(
	const void *self, size_t k, const size_t *terms, const double *x, double *g)
{
	const struct location *p = self;
	double sum = 0;

	if (g)
		memset(g, 0, p->d * sizeof *g);
	for (size_t t = 0; t < k; t++) {
		size_t i = terms ? terms[t] : t;

		sum += distance(p, i, x);
		if (g)
			add_unit(p, i, x, 1 / (double)k, g);
	}
	return sum / (double)k;
}

static double median(const void *self, const double *x, double *g)
{
	const struct location *p = self;

	return median_batch(self, p->a.m, NULL, x, g);
}

static void median_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct location *p = self;
	double weight = 1 / (double)p->a.m, *base = nso_row(out, 0, p->d);

	for (size_t i = 0; i < p->a.m; i++)
		if (!(2 * weight * distance(p, i, x) <= tol))
			add_unit(p, i, x, weight, base);
	for (size_t i = 0; i < p->a.m; i++)
		if (2 * weight * distance(p, i, x) <= tol)
			ball(p, 0, weight, out);
}

/* H = (1/m) sum (I - u u')/|x - a_i|, u the unit vector. */
static void median_hessian(const struct location *p, const double *x, double *h, double *u)
{
	memset(h, 0, p->d * p->d * sizeof *h);
	for (size_t i = 0; i < p->a.m; i++) {
		double size = distance(p, i, x),
		       weight = 1 / ((double)p->a.m * fmax(size, 1e-12));

		memset(u, 0, p->d * sizeof *u);
		add_unit(p, i, x, 1, u);
		for (size_t j = 0; j < p->d; j++) {
			h[j * p->d + j] += weight;
			for (size_t l = 0; l < p->d; l++)
				h[j * p->d + l] -= weight * u[j] * u[l];
		}
	}
}

/*
 * Newton from the centroid, halving steps that do not descend. The unit vectors u_i at the end,
 * less their mean g and divided by 1 + |g|, sum to 0 and are no longer than 1: then -(1/m) sum
 * <u_i, a_i> bounds f* from below.
 */
static int median_solve(struct location *p, struct nso_facts *facts)
{
	size_t d = p->d;
	double *memory = malloc((4 * d + d * d) * sizeof *memory), f, length, bound = 0;
	double *g = memory, *step = g + d, *u = step + d, *next = u + d, *h = next + d;

	if (!memory)
		return -1;
	for (size_t i = 0; i < p->a.m; i++)
		rows_add(&p->a, i, 1 / (double)p->a.m, p->minimizer);
	for (int k = 0; k < 60; k++) {
		f = median(p, p->minimizer, g);
		median_hessian(p, p->minimizer, h, u);
		memcpy(step, g, d * sizeof *g);
		spd_solve(d, h, step);
		for (double t = 1; t > 1e-9; t /= 2) { /* a rise by rounding is none */
			for (size_t j = 0; j < d; j++)
				next[j] = p->minimizer[j] - t * step[j];
			if (median(p, next, NULL) > f * (1 + 1e-15))
				continue;
			memcpy(p->minimizer, next, d * sizeof *next);
			break;
		}
	}
	facts->optimum = median(p, p->minimizer, g);
	length = sqrt(vec_norm2(d, g));
	for (size_t i = 0; i < p->a.m; i++) {
		for (size_t j = 0; j < d; j++)
			u[j] = -g[j];
		add_unit(p, i, p->minimizer, 1, u);
		bound -= rows_dot(&p->a, i, u) / ((1 + length) * (double)p->a.m);
	}
	facts->optimum_error = fabs(facts->optimum - bound) + 1e-15;
	facts->minimizer = p->minimizer;
	free(memory);
	return 0;
}

static void *median_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct location *p = draw(opt, 1, rng, facts);

	if (!p)
		return NULL;
	facts->terms = p->a.m;
	if (median_solve(p, facts)) {
		destroy(p);
		return NULL;
	}
	return p;
}

/* ---------------------------------------------------------- enclosing ball ----------- */

/*
 * Planted: half of the points (d + 1 at most) on the unit sphere around the solution, the last
 * of them opposite to the sum of the others, so that the solution is in their hull; the rest
 * inside. f* = 1.
 */
static void *ball_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct location *p = draw(opt, 1, rng, facts);
	size_t m = (size_t)opt[M], d = (size_t)opt[N], on = m / 2 < d + 1 ? (m + 1) / 2 : d + 1;
	double *last;

	if (!p)
		return NULL;
	on = on < 2 ? 2 : on;
	last = p->a.val + (on - 1) * d;
	vec_unit(rng, d, p->minimizer);
	memset(last, 0, d * sizeof *last);
	for (size_t i = 0; i < m; i++) {
		double size = sqrt(rows_norm2(&p->a, i));

		if (i + 1 != on)
			rows_scale(&p->a, i, (i < on ? 1 : 0.99 * gsl_rng_uniform(rng)) / size);
		if (i + 1 < on)
			rows_add(&p->a, i, -1, last);
	}
	rows_scale(&p->a, on - 1, 1 / sqrt(rows_norm2(&p->a, on - 1)));
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < d; j++)
			p->a.val[i * d + j] += p->minimizer[j];
	facts->optimum = 1;
	facts->optimum_error = 4e-15;
	facts->minimizer = p->minimizer;
	return p;
}

static double radius(const void *self, const double *x, double *g)
{
	const struct location *p = self;
	double most = -1;
	size_t at = 0;

	for (size_t i = 0; i < p->a.m; i++) {
		double r = distance(p, i, x);

		if (r > most || isnan(r)) {
			most = r;
			at = i;
		}
	}
	if (g) {
		memset(g, 0, p->d * sizeof *g);
		add_unit(p, at, x, 1, g);
	}
	return most;
}

static void radius_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct location *p = self;
	double level = radius(self, x, NULL) - tol;

	nso_hull(out);
	for (size_t i = 0; i < p->a.m; i++)
		if (distance(p, i, x) >= level)
			add_unit(p, i, x, 1, nso_row(out, 0, p->d));
}

static double centre_distance(const void *self, const double *x)
{
	const struct location *p = self;

	return vec_distance(p->d, x, p->minimizer);
}

/* ---------------------------------------------------------- k-median ----------------- */

/* Points around k centres of distance about 4; f* is not known. */
static void *cluster_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t k = (size_t)opt[K];
	struct location *p = draw(opt, k, rng, facts);

	if (!p)
		return NULL;
	facts->terms = p->a.m;
	for (size_t c = 0; c < k; c++)
		vec_unit(rng, p->d, p->minimizer + c * p->d);
	for (size_t i = 0; i < p->a.m; i++)
		for (size_t j = 0; j < p->d; j++)
			p->a.val[i * p->d + j] += 4 * p->minimizer[i % k * p->d + j];
	return p;
}

static size_t nearest(const struct location *p, size_t i, const double *x, double *least)
{
	size_t at = 0;

	*least = INFINITY;
	for (size_t c = 0; c < p->k; c++) {
		double r = distance(p, i, x + c * p->d);

		if (r < *least || isnan(r)) {
			*least = r;
			at = c;
		}
	}
	return at;
}

static double cluster_batch(
	const void *self, size_t k, const size_t *terms, const double *x, double *g)
{
	const struct location *p = self;
	double sum = 0, least;

	if (g)
		memset(g, 0, p->d * p->k * sizeof *g);
	for (size_t t = 0; t < k; t++) {
		size_t i = terms ? terms[t] : t, c = nearest(p, i, x, &least);

		sum += least;
		if (g)
			add_unit(p, i, x + c * p->d, 1 / (double)k, g + c * p->d);
	}
	return sum / (double)k;
}

static double cluster(const void *self, const double *x, double *g)
{
	const struct location *p = self;

	return cluster_batch(self, p->a.m, NULL, x, g);
}

/* The first k points, a common start of clustering methods (MacQueen 1967), moved off their
 * kinks. */
static void cluster_start(const void *self, gsl_rng *rng, double *x)
{
	const struct location *p = self;

	nso_normal(rng, p->d * p->k, x);
	for (size_t c = 0; c < p->k; c++)
		for (size_t j = 0; j < p->d; j++)
			x[c * p->d + j] =
				0.1 * x[c * p->d + j] + p->a.val[c % p->a.m * p->d + j];
}

static void start_far(const void *self, gsl_rng *rng, double *x)
{
	const struct location *p = self;

	vec_unit(rng, p->d, x);
	for (size_t j = 0; j < p->d; j++)
		x[j] *= 3;
}

static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e4, "dimension", NULL, "nsobench", 1 },
	[M] = { "m", 60, 3, 1e6, "points", NULL, "nsobench", 1 },
	{ 0 },
};
static const struct nso_option cluster_options[] = {
	[N] = { "n", 2, 1, 1e4, "length of a point; x holds k of them", NULL, "nsobench", 1 },
	[M] = { "m", 120, 1, 1e6, "points", NULL, "nsobench", 1 },
	[K] = { "k", 4, 1, 1000, "centres", NULL, "nsobench", 1 },
	{ 0 },
};

const struct nso_problem nso_problem_geometric_median = {
	.name = "geometric-median",
	.title = "Geometric median",
	.reference = "Weiszfeld 1937",
	.formula = "(1/m) sum_i |x - a_i|",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STOCHASTIC | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = median_make,
	.start = start_far,
	.eval = median,
	.batch = median_batch,
	.pieces = median_pieces,
	.score = centre_distance,
	.score_name = "distance to the solution",
	.free = destroy,
};

const struct nso_problem nso_problem_enclosing_ball = {
	.name = "enclosing-ball",
	.title = "Smallest enclosing ball",
	.reference = "Sylvester 1857; planted solution: nsobench",
	.formula = "max_i |x - a_i|",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = ball_make,
	.start = start_far,
	.eval = radius,
	.pieces = radius_pieces,
	.score = centre_distance,
	.score_name = "distance to the solution",
	.free = destroy,
};

const struct nso_problem nso_problem_k_median = {
	.name = "k-median",
	.title = "k-median clustering",
	.reference = "Bagirov, Karmitsa, Makela 2014",
	.formula = "(1/m) sum_i min_k |c_k - a_i|",
	.group = "learning",
	.traits = NSO_STOCHASTIC | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = cluster_options,
	.make = cluster_make,
	.start = cluster_start,
	.eval = cluster,
	.batch = cluster_batch,
	.free = destroy,
};
