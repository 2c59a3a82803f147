/* stationarity.c -- distance of zero to the Clarke subdifferential, exact from its pieces, and
 * to Goldstein's delta-subdifferential conv { d f(y): |y - x| <= delta } (1977), sampled. */
#include <config.h>
#include "measure/measures.h"
#include "measure/stationarity.h"
#include "measure/summands.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

enum {
	DENSE_ROWS = 200,      /* a hull of so many rows goes straight to Wolfe's method */
	COORDINATE_STEPS = 50, /* for n up to this the samples include x +- delta e_i */
	FEWEST = 50,
	MOST = 500 /* samples: max(2n, 50), at most 500 */
};
static const size_t sample_limit = (size_t)1
				   << 26; /* doubles in a table of gradients: 512 MiB */

/* ------------------------------------------------------------------ Clarke -------------------- */

static int one_hull(const struct nso_pieces *p, struct distance *d)
{
	size_t m = p->summand[0].rows;
	double *G = malloc((m + 1) * p->n * sizeof *G), lower;
	struct nso_minnorm *s = nso_minnorm_alloc(m, p->n);

	if (!G || !s) {
		free(G);
		nso_minnorm_free(s);
		return -1;
	}
	for (size_t i = 0; i < m; i++) {
		memcpy(G + i * p->n, p->base, p->n * sizeof *G);
		row_add(p, p->summand[0].first + i, 1, G + i * p->n);
	}
	nso_minnorm_solve(s, m, G, G + m * p->n, NULL, &lower);
	distance_offer(d, p->n, G + m * p->n, lower);
	nso_minnorm_free(s);
	free(G);
	return 0;
}

static int only_hulls(const struct nso_pieces *p)
{
	for (size_t s = 0; s < p->summands; s++)
		if (p->summand[s].kind != HULL)
			return 0;
	return 1;
}

/* The cheapest way that fits; the general one follows where bounds are still apart. */
static int solve(const struct nso_pieces *p, double scale, struct distance *d)
{
	int hulls = only_hulls(p);

	if (hulls && p->summands == 1 && p->summand[0].rows <= DENSE_ROWS)
		return one_hull(p, d);
	if (hulls && simplices(p, d) < 0)
		return -1;
	if (hulls && d->upper - d->lower <= 1e-9 * (scale + d->upper))
		return 0;
	return minkowski(p, d);
}

double clarke_tolerance(double f) { return 1e-8 * (1 + fabs(f)); }

/* A summand without a row is the empty set, and so is the sum: no distance. */
static int is_valid(const struct nso_pieces *p, double scale)
{
	for (size_t s = 0; s < p->summands; s++)
		if (p->summand[s].rows == 0)
			return 0;
	return !p->overflow && isfinite(scale);
}

/* q: p with the hulls of one row added to the base, which at most points of a run leaves none.
 * Borrows the rows of p; the caller frees base and summand. -1: out of memory. */
static int fold(const struct nso_pieces *p, struct nso_pieces *q)
{
	*q = *p;
	q->summands = 0;
	q->base = malloc(p->n * sizeof *q->base);
	q->summand = malloc((p->summands + 1) * sizeof *q->summand);
	if (!q->base || !q->summand)
		return -1;
	memcpy(q->base, p->base, p->n * sizeof *q->base);
	for (size_t s = 0; s < p->summands; s++)
		if (p->summand[s].kind == HULL && p->summand[s].rows == 1)
			row_add(p, p->summand[s].first, 1, q->base);
		else
			q->summand[q->summands++] = p->summand[s];
	return 0;
}

double clarke(const struct nso_pieces *p, double *w, double *lower)
{
	double scale = pieces_scale(p);
	struct distance d = { INFINITY, 0, malloc(p->n * sizeof(double)) };
	struct nso_pieces q = { 0 };
	int bad = !d.w || !is_valid(p, scale) || fold(p, &q);

	if (lower)
		*lower = 0;
	if (!bad && q.summands == 0)
		distance_offer(&d, q.n, q.base, cblas_dnrm2((int)q.n, q.base, 1));
	else if (!bad)
		bad = solve(&q, scale, &d) < 0;
	bad |= !isfinite(d.upper);
	for (size_t i = 0; w && i < p->n; i++)
		w[i] = bad ? NAN : d.w[i];
	if (lower && !bad)
		*lower = fmin(d.lower, d.upper);
	free(q.base);
	free(q.summand);
	free(d.w);
	return bad ? NAN : d.upper;
}

/* ------------------------------------------------------------------ Goldstein ----------------- */

size_t goldstein_samples(size_t n)
{
	size_t m = n > MOST / 2 ? MOST : 2 * n;

	return m < FEWEST ? FEWEST : m;
}

static size_t fixed_points(size_t n) { return n <= COORDINATE_STEPS ? 2 * n + 1 : 1; }

size_t sample_rows(size_t n, size_t samples) { return samples + fixed_points(n); }

/* y uniform in the ball of radius delta around x: direction N/|N|, radius delta U^(1/n). */
static void ball_point(gsl_rng *rng, size_t n, const double *x, double delta, double *y)
{
	double norm, radius;

	nso_normal(rng, n, y);
	norm = cblas_dnrm2((int)n, y, 1);
	radius = delta * pow(gsl_rng_uniform_pos(rng), 1 / (double)n);
	for (size_t i = 0; i < n; i++)
		y[i] = x[i] + (norm > 0 ? radius / norm * y[i] : 0);
}

size_t sample_gradients(const struct instance *in, const double *x, double delta,
	size_t samples, gsl_rng *rng, double *y, double *G)
{
	size_t n = in->facts.n, rows = 0, fixed = fixed_points(n);

	for (size_t i = 0; i < fixed + samples; i++) {
		double *g = G + rows * n, norm;

		if (i < fixed) {
			memcpy(y, x, n * sizeof *y);
			if (i > 0)
				y[(i - 1) / 2] += i % 2 ? delta : -delta;
		} else {
			ball_point(rng, n, x, delta, y);
		}
		instance_eval(in, y, g);
		norm = cblas_dnrm2((int)n, g, 1);
		rows += isfinite(norm) != 0; /* outside the domain: no gradient there */
	}
	return rows;
}

double goldstein(const struct instance *in, const double *x, double delta, size_t samples,
	gsl_rng *rng, double *w, double *lower)
{
	size_t n = in->facts.n, m = sample_rows(n, samples), rows;
	double value = NAN, bound = 0, *G;
	struct nso_minnorm *s;

	if (lower)
		*lower = 0;
	if (m > sample_limit / n)
		return NAN;
	G = malloc((m + 2) * n * sizeof *G);
	s = nso_minnorm_alloc(m, n);
	if (G && s) {
		rows = sample_gradients(in, x, delta, samples, rng, G + m * n, G);
		if (rows)
			value = nso_minnorm_solve(s, rows, G, G + (m + 1) * n, NULL, &bound);
		if (w && rows)
			memcpy(w, G + (m + 1) * n, n * sizeof *w);
		if (lower)
			*lower = bound;
	}
	nso_minnorm_free(s);
	free(G);
	return value;
}

/* ---------------------------------------------------------------- as measures ---------------- */

static double take_clarke(const struct at *at, double *bound)
{
	return at->pieces ? clarke(at->pieces, at->w, bound) : NAN;
}

const struct measure measure_clarke = { "clarke",
	"dist(0, df(x)), least norm in the Clarke subdifferential, from the pieces within 1e-8 "
	"(1 + |f|); "
	"with a certified lower bound",
	"Clarke 1983; Wolfe 1976", "pieces",
	"one pass over the pieces, about an evaluation; then a least-norm problem",
	{ "clarke", "clarke_lower" }, NULL, 1, 1, NULL, NULL, take_clarke };

static size_t goldstein_calls(size_t n, size_t samples, size_t k)
{
	(void)k;
	return sample_rows(n, samples ? samples : goldstein_samples(n));
}

static double take_goldstein(const struct at *at, double *bound)
{
	return goldstein(at->in, at->x, at->delta, at->samples, at->rng, at->w, bound);
}

const struct measure measure_goldstein = { "goldstein",
	"upper bound of dist(0, conv of df over the ball of radius delta), from sampled "
	"gradients",
	"Goldstein 1977; Burke, Lewis, Overton 2005", "subgradient",
	"1 subgradient + one per sample (default max(2n, 50), at most 500), + 2n where n <= 50",
	{ "goldstein", "goldstein_lower" }, "measure", 0, 0, NULL, goldstein_calls,
	take_goldstein };
