/* location.c -- points a_i in space: geometric median (1/m) sum_i |x - a_i| (Weiszfeld 1937),
 * smallest enclosing ball max_i |x - a_i| (Sylvester 1857) with a planted solution, and
 * k-median clustering (1/m) sum_i min_k |c_k - a_i| (Bagirov's non-convex location problem); points
 * drawn or of a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "data/own.h"
#include "lp.h"

enum { N, M, K, DATA = K, CLUSTER_DATA };
static const double most_work = 1e8; /* m d^2 of a file that is solved in make: some seconds */

struct location {
	size_t d, k; /* points of length d, k centres */
	struct rows a;
	double *minimizer;
	double spread, *origin; /* of the points of a file: about 1 around 0 (NULL) else */
};

static void destroy(void *self)
{
	struct location *p = self;

	if (!p)
		return;
	rows_free(&p->a);
	free(p->minimizer);
	free(p->origin);
	free(p);
}

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
		destroy(p);
		return NULL;
	}
	p->spread = 1;
	facts->n = d * k;
	facts->lipschitz = 1;
	return p;
}

/* ---------------------------------------------------------- points of a file --------- */

/* Their mean, and the root of the mean square of their distance from it. */
static int measure_points(struct location *p)
{
	double deviation, square = 0;

	p->origin = calloc(p->d, sizeof *p->origin);
	for (size_t j = 0; p->origin && j < p->d; j++) {
		column_moments(p->a.val + j, p->d, p->a.m, &p->origin[j], &deviation);
		square = hypot(square, deviation);
	}
	p->spread = square;
	return p->origin ? 0 : -1;
}

static struct location *load(struct own *own, const struct own_kind *k, const double *opt,
	size_t centres, struct nso_facts *facts)
{
	struct location *p = calloc(1, sizeof *p);

	if (!p || own_read(own, k, opt, facts)) {
		free(p);
		return NULL;
	}
	p->a = own->s.a;
	own->s.a = (struct rows){ 0 };
	p->d = p->a.n;
	p->k = centres;
	p->minimizer = calloc(p->d * p->k, sizeof *p->minimizer);
	if (p->a.col)
		snprintf(facts->why, sizeof facts->why, "%zu points of %zu numbers, expected at most "
			"2^24 numbers", p->a.m, p->d);
	if (p->a.col || !p->minimizer || measure_points(p)) {
		own_free(own);
		destroy(p);
		return NULL;
	}
	facts->n = p->d * p->k;
	facts->lipschitz = 1;
	facts->traits &= ~(unsigned)NSO_PLANTED;
	return p;
}

/* The points about 0, of size about 1: what solves it knows no units. */
static struct location *normal(const struct location *p)
{
	struct location *q = calloc(1, sizeof *q);

	if (!q)
		return NULL;
	*q = (struct location){ .d = p->d, .k = 1, .spread = 1 };
	q->minimizer = calloc(p->d, sizeof *q->minimizer);
	if (!q->minimizer || rows_dense(&q->a, p->a.m, p->d)) {
		destroy(q);
		return NULL;
	}
	for (size_t i = 0; i < p->a.m * p->d; i++)
		q->a.val[i] = (p->a.val[i] - p->origin[i % p->d]) / p->spread;
	return q;
}

/* x and the error of q's solution in p's units, with what rounding there costs. */
static double back(struct location *p, const struct location *q, double error)
{
	double size = 0;

	for (size_t j = 0; j < p->d; j++) {
		p->minimizer[j] = p->origin[j] + p->spread * q->minimizer[j];
		size = fmax(size, fabs(p->origin[j]));
	}
	return p->spread * error + 4e-16 * (size + p->spread);
}

/* own_certify for a minimizer that solve finds among the points of q. */
static double solve_normal(struct location *p, double (*solve)(struct location *q))
{
	struct location *q = normal(p);
	double error = q ? solve(q) : NAN;

	if (q && !isnan(error))
		error = back(p, q, error);
	destroy(q);
	return error;
}

static void *certify(struct location *p, struct own *own, double (*solve)(void *self),
	double (*f)(const void *self, const double *x, double *g), struct nso_facts *facts)
{
	int bad = own_certify(own, p, solve, f, p->d, p->minimizer, 0, facts);

	own_free(own);
	if (!bad)
		return p;
	destroy(p);
	return NULL;
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

/* Newton from the centroid, halving steps that do not descend. memory: 4 d + d^2 numbers. */
static void median_newton(struct location *p, double *memory)
{
	size_t d = p->d;
	double *g = memory, *step = g + d, *u = step + d, *next = u + d, *h = next + d, f;

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
}

/* The nearest point, where it is no worse: the median of a file may be one of its points. */
static void to_point(struct location *p)
{
	size_t at = 0;

	for (size_t i = 1; i < p->a.m; i++)
		if (distance(p, i, p->minimizer) < distance(p, at, p->minimizer))
			at = i;
	if (median(p, p->a.val + at * p->d, NULL) <= median(p, p->minimizer, NULL))
		memcpy(p->minimizer, p->a.val + at * p->d, p->d * sizeof *p->minimizer);
}

/*
 * The unit vectors u_i at x, less their mean g and divided by 1 + |g|, sum to 0 and are no longer than
 * 1: then -(1/m) sum <u_i, a_i> bounds f* from below. Points at x itself have any u of length 1 at most:
 * v, which takes most of g away. g, u, v: room for d numbers each.
 */
static double median_bound(const struct location *p, const double *x, double *g, double *u, double *v)
{
	size_t d = p->d, here = 0;
	double m = (double)p->a.m, length, part = 0, bound = 0;

	median(p, x, g);
	for (size_t i = 0; i < p->a.m; i++)
		here += distance(p, i, x) == 0;
	length = sqrt(vec_norm2(d, g));
	if (here && length > 0)
		part = fmin(m / (double)here, 1 / length);
	for (size_t j = 0; j < d; j++)
		v[j] = -part * g[j];
	for (size_t j = 0; here && j < d; j++)
		g[j] += (double)here / m * v[j];
	length = sqrt(vec_norm2(d, g));
	for (size_t i = 0; i < p->a.m; i++) {
		int at_x = here && distance(p, i, x) == 0;

		for (size_t j = 0; j < d; j++)
			u[j] = at_x ? v[j] - g[j] : -g[j];
		add_unit(p, i, x, 1, u);
		bound -= rows_dot(&p->a, i, u) / ((1 + length) * m);
	}
	return bound;
}

/* f(x) less a lower bound of f*; NAN when memory is short. */
static double median_solve(struct location *p, int may_be_a_point)
{
	size_t d = p->d;
	double *memory = malloc((4 * d + d * d) * sizeof *memory), bound;

	if (!memory)
		return NAN;
	median_newton(p, memory);
	if (may_be_a_point)
		to_point(p);
	bound = median_bound(p, p->minimizer, memory, memory + d, memory + 2 * d);
	free(memory);
	return fabs(median(p, p->minimizer, NULL) - bound) + 1e-15;
}

static double median_points(struct location *q)
{
	double d = (double)q->d;

	return d * d * (double)q->a.m > most_work ? INFINITY : median_solve(q, 1);
}

static double median_own(void *self) { return solve_normal(self, median_points); }

static void *median_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const struct own_kind kind = { "geometric-median", options, DATA, DATA + 1, OWN_POINTS };
	struct location *p;
	struct own own;

	if (*nso_text(opt[DATA])) {
		p = load(&own, &kind, opt, 1, facts);
		if (!p)
			return NULL;
		facts->terms = p->a.m;
		return certify(p, &own, median_own, median, facts);
	}
	p = draw(opt, 1, rng, facts);
	if (!p)
		return NULL;
	facts->terms = p->a.m;
	facts->optimum_error = median_solve(p, 0);
	if (isnan(facts->optimum_error)) {
		destroy(p);
		return NULL;
	}
	facts->optimum = median(p, p->minimizer, NULL);
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

/*
 * The smallest ball around some of the points, then around them and the one farthest outside, until none
 * is (Badoiu, Clarkson 2003). Its dual: with weights l of sum 1 and c = sum l_i a_i,
 * sum l_i |a_i - c|^2 is below the square of every enclosing ball's radius.
 */
struct core {
	size_t count, *at;
	double *rows, *shift, *weight; /* of the points at[]: a_i, -|a_i|^2/2, l_i */
};

/* Takes in point i; points without weight make room when all is full. -1 when it is there already. */
static int take(const struct location *p, struct core *c, size_t i, size_t most)
{
	size_t kept = 0;

	for (size_t k = 0; k < c->count; k++)
		if (c->at[k] == i)
			return -1;
	for (size_t k = 0; c->count == most && k < c->count; k++) {
		if (!(c->weight[k] > 0))
			continue;
		c->at[kept] = c->at[k];
		c->shift[kept] = c->shift[k];
		memmove(c->rows + kept++ * p->d, c->rows + k * p->d, p->d * sizeof *c->rows);
	}
	c->count = c->count == most ? kept : c->count;
	if (c->count == most)
		return -1;
	c->at[c->count] = i;
	memcpy(c->rows + c->count * p->d, p->a.val + i * p->d, p->d * sizeof *c->rows);
	c->shift[c->count++] = -rows_norm2(&p->a, i) / 2;
	return 0;
}

static size_t farthest(const struct location *p, const double *x)
{
	size_t at = 0;

	for (size_t i = 1; i < p->a.m; i++)
		if (distance(p, i, x) > distance(p, at, x))
			at = i;
	return at;
}

static double core_radius(const struct location *p, const struct core *c, const double *x)
{
	double square = 0, sum = 0;

	for (size_t k = 0; k < c->count; k++) {
		square += c->weight[k] * pow(distance(p, c->at[k], x), 2);
		sum += c->weight[k];
	}
	return sqrt(square / sum);
}

/* The best centre in minimizer; its radius less the largest of the cores'. */
static double grow_ball(struct location *q, struct core *c, struct nso_minnorm *solver, double *w,
	size_t most)
{
	double best = INFINITY, inside = 0;
	size_t far = farthest(q, q->minimizer);

	for (int k = 0; k < 10000 && !take(q, c, far, most); k++) {
		double r;

		nso_minnorm_shifted(solver, c->count, c->rows, c->shift, w, c->weight, NULL);
		inside = fmax(inside, core_radius(q, c, w));
		far = farthest(q, w);
		r = distance(q, far, w);
		if (r < best) {
			best = r;
			memcpy(q->minimizer, w, q->d * sizeof *w);
		}
		if (best <= inside * (1 + 1e-15))
			break;
	}
	return best - inside;
}

static double ball_points(struct location *q)
{
	size_t d = q->d, most = 4 * d + 50;
	struct nso_minnorm *solver;
	struct core c = { 0 };
	double *w, error = NAN;

	if (d > 500)
		return INFINITY;
	solver = nso_minnorm_alloc(most, d);
	w = malloc((most * (d + 2) + d) * sizeof *w);
	c.at = malloc(most * sizeof *c.at);
	if (solver && w && c.at) {
		c.rows = w + d;
		c.shift = c.rows + most * d;
		c.weight = c.shift + most;
		error = grow_ball(q, &c, solver, w, most);
	}
	nso_minnorm_free(solver);
	free(w);
	free(c.at);
	return error;
}

static double ball_own(void *self) { return solve_normal(self, ball_points); }

static void *ball_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const struct own_kind kind = { "enclosing-ball", options, DATA, DATA + 1, OWN_POINTS };
	struct location *p;
	struct own own;

	if (!*nso_text(opt[DATA]))
		return ball_planted(opt, rng, facts);
	p = load(&own, &kind, opt, 1, facts);
	return p ? certify(p, &own, ball_own, radius, facts) : NULL;
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

static void *cluster_file(const double *opt, struct nso_facts *facts)
{
	static const struct own_kind kind = { "k-median", cluster_options, CLUSTER_DATA,
		CLUSTER_DATA + 1, OWN_POINTS };
	struct own own;
	struct location *p = load(&own, &kind, opt, (size_t)opt[K], facts);

	if (!p)
		return NULL;
	facts->terms = p->a.m;
	if (p->k == 1)
		return certify(p, &own, median_own, median, facts);
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
				0.1 * p->spread * x[c * p->d + j] + p->a.val[c % p->a.m * p->d + j];
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
