/* location.c -- points a_i in space: geometric median (1/m) sum_i |x - a_i| (Weiszfeld 1937),
 * smallest enclosing ball max_i |x - a_i| (Sylvester 1857) with a planted solution, and
 * k-median clustering (1/m) sum_i min_k |c_k - a_i| (Bagirov's non-convex location problem);
 * points drawn or of a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "location.h"
#include "lp.h"

enum { N, M, K, DATA = K, CLUSTER_DATA };
static const double most_work = 1e8; /* m d^2 of a file that is solved in make: some seconds */

static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e4, "dimension", NULL, "nsobench", 1 },
	[M] = { "m", 60, 3, 1e6, "points", NULL, "nsobench", 1 },
	OWN_DATA_AT(DATA),
	{ 0 },
};
static const struct nso_option cluster_options[] = {
	[N] = { "n", 2, 1, 1e4, "length of a point; x holds k of them", NULL, "nsobench", 1 },
	[M] = { "m", 120, 1, 1e6, "points", NULL, "nsobench", 1 },
	[K] = { "k", 4, 1, 1000, "centres", NULL, "nsobench", 1 },
	OWN_DATA_AT(CLUSTER_DATA),
	{ 0 },
};

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
		location_free(p);
		return NULL;
	}
	p->spread = 1;
	facts->n = d * k;
	facts->lipschitz = 1;
	return p;
}

static void ball(const struct location *p, size_t first, double radius, struct nso_pieces *out)
{
	nso_ball(out);
	for (size_t j = 0; j < p->d; j++)
		*nso_row(out, first + j, 1) = radius;
}

/* ---------------------------------------------------------- geometric median --------- */

static void median_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct location *p = self;
	double weight = 1 / (double)p->a.m, *base = nso_row(out, 0, p->d);

	for (size_t i = 0; i < p->a.m; i++)
		if (!(2 * weight * location_distance(p, i, x) <= tol))
			location_add_unit(p, i, x, weight, base);
	for (size_t i = 0; i < p->a.m; i++)
		if (2 * weight * location_distance(p, i, x) <= tol)
			ball(p, 0, weight, out);
}

static double median_points(struct location *q)
{
	double d = (double)q->d;

	return d * d * (double)q->a.m > most_work ? INFINITY : location_median_solve(q, 1);
}

static double median_own(void *self) { return location_solve(self, median_points); }

static void *median_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const struct own_kind kind = { "geometric-median", options, DATA, DATA + 1,
		OWN_POINTS };
	struct location *p;
	struct own own;

	if (*nso_text(opt[DATA])) {
		p = location_load(&own, &kind, opt, 1, facts);
		if (!p)
			return NULL;
		facts->terms = p->a.m;
		return location_certify(p, &own, median_own, location_median, facts);
	}
	p = draw(opt, 1, rng, facts);
	if (!p)
		return NULL;
	facts->terms = p->a.m;
	facts->optimum_error = location_median_solve(p, 0);
	if (isnan(facts->optimum_error)) {
		location_free(p);
		return NULL;
	}
	facts->optimum = location_median(p, p->minimizer, NULL);
	facts->minimizer = p->minimizer;
	return p;
}

/* ---------------------------------------------------------- enclosing ball ----------- */

/*
 * Planted: half of the points (d + 1 at most) on the unit sphere around the solution, the last
 * of them opposite to the sum of the others, so that the solution is in their hull; the rest
 * inside. f* = 1.
 */
static void *ball_planted(const double *opt, gsl_rng *rng, struct nso_facts *facts)
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
		double r = location_distance(p, i, x);

		if (r > most || isnan(r)) {
			most = r;
			at = i;
		}
	}
	if (g) {
		memset(g, 0, p->d * sizeof *g);
		location_add_unit(p, at, x, 1, g);
	}
	return most;
}

static double ball_own(void *self) { return location_solve(self, location_ball); }

static void *ball_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const struct own_kind kind = { "enclosing-ball", options, DATA, DATA + 1,
		OWN_POINTS };
	struct location *p;
	struct own own;

	if (!*nso_text(opt[DATA]))
		return ball_planted(opt, rng, facts);
	p = location_load(&own, &kind, opt, 1, facts);
	return p ? location_certify(p, &own, ball_own, radius, facts) : NULL;
}

static void radius_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct location *p = self;
	double level = radius(self, x, NULL) - tol;

	nso_hull(out);
	for (size_t i = 0; i < p->a.m; i++)
		if (location_distance(p, i, x) >= level)
			location_add_unit(p, i, x, 1, nso_row(out, 0, p->d));
}

static double centre_distance(const void *self, const double *x)
{
	const struct location *p = self;

	return vec_distance(p->d, x, p->minimizer);
}

/* ---------------------------------------------------------- k-median ----------------- */

static void *cluster_file(const double *opt, struct nso_facts *facts)
{
	static const struct own_kind kind = { "k-median", cluster_options, CLUSTER_DATA,
		CLUSTER_DATA + 1, OWN_POINTS };
	struct own own;
	struct location *p = location_load(&own, &kind, opt, (size_t)opt[K], facts);

	if (!p)
		return NULL;
	facts->terms = p->a.m;
	if (p->k == 1)
		return location_certify(p, &own, median_own, location_median, facts);
	own_free(&own);
	own_open(facts, 0, NULL, "not convex with more than one centre");
	return p;
}

/* Points around k centres of distance about 4; f* is not known. */
static void *cluster_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t k = (size_t)opt[K];
	struct location *p;

	if (*nso_text(opt[CLUSTER_DATA]))
		return cluster_file(opt, facts);
	p = draw(opt, k, rng, facts);
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
		double r = location_distance(p, i, x + c * p->d);

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
			location_add_unit(p, i, x + c * p->d, 1 / (double)k, g + c * p->d);
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
			x[c * p->d + j] = 0.1 * p->spread * x[c * p->d + j] +
					  p->a.val[c % p->a.m * p->d + j];
}

static void start_far(const void *self, gsl_rng *rng, double *x)
{
	const struct location *p = self;

	vec_unit(rng, p->d, x);
	for (size_t j = 0; j < p->d; j++)
		x[j] = (p->origin ? p->origin[j] : 0) + 3 * p->spread * x[j];
}

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
	.eval = location_median,
	.batch = location_median_batch,
	.pieces = median_pieces,
	.score = centre_distance,
	.score_name = "distance to the solution",
	.free = location_free,
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
	.free = location_free,
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
	.free = location_free,
};
