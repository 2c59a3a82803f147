/* lgi_study.c -- points on and off the kinks of functions whose Clarke subdifferential is
 * known; the diameter of it against four readings of "local geometric instability"
 * (optimizers/lgi.h). */
#include <config.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "measure/measure.h"
#include "measure/stationarity.h"
#include "study/lgi_study.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_statistics.h>

const char *const lgi_index_names[LGI_INDICES] = { "ratio", "variance", "residual",
	"curvature" };

/* Functions with pieces and a known minimizer, and three smooth ones; dimensions 1 to 1000. */
static const struct {
	const char *name, *options;
} problems[] = {
	{ "l1-norm", "n=1" },
	{ "l1-norm", "n=2" },
	{ "l1-norm", "n=10" },
	{ "l1-norm", "n=100" },
	{ "l1-norm", "n=1000" },
	{ "maxq", "n=2" },
	{ "maxq", "n=10" },
	{ "maxq", "n=100" },
	{ "maxq", "n=1000" },
	{ "cb2", "" },
	{ "cb3", "" },
	{ "maxquad", "" },
	{ "chained-lq", "n=2" },
	{ "chained-lq", "n=10" },
	{ "chained-lq", "n=100" },
	{ "chained-cb3-1", "n=10" },
	{ "chained-cb3-2", "n=10" },
	{ "chained-mifflin2", "n=3" },
	{ "active-faces", "n=10" },
	{ "mxhilb", "n=10" },
	{ "guo-lewis", "" },
	{ "chebyshev-rosenbrock-2", "n=4" },
	{ "sphere-distance", "n=10" },
	{ "nonsmooth-rosenbrock", "" },
	{ "rosenbrock", "" },
	{ "sphere", "n=10" },
	{ "three-hump-camel", "" },
};
enum { PROBLEMS = sizeof problems / sizeof *problems, PLACES = 7, BISECTIONS = 200 };
static const char *const places[PLACES] = { "start", "minimizer", "near 1e-3", "near 1e-2",
	"away", "kink", "kink" };
static const double distance[PLACES] = { 0, 0, 1e-3, 1e-2, 1, 1, 1 };
static const size_t probes_in_all = 2048; /* per point and index: draws are this over k */

/* x + radius times a random direction. */
static void beside(gsl_rng *rng, size_t n, const double *x, double radius, double *y)
{
	double norm;

	nso_normal(rng, n, y);
	norm = cblas_dnrm2((int)n, y, 1);
	for (size_t i = 0; i < n; i++)
		y[i] = x[i] + radius / norm * y[i];
}

/* Bisection of the segment a b for the place where g leaves g(a) for g(b): a kink, if one
 * divides them; a smooth point else. b becomes it. */
static void bisect(const struct instance *in, double *a, double *b, double *memory)
{
	size_t n = in->facts.n;
	double *ga = memory, *gb = memory + n, *g = memory + 2 * n, *y = memory + 3 * n;

	instance_eval(in, a, ga);
	instance_eval(in, b, gb);
	for (int t = 0; t < BISECTIONS; t++) {
		double to_a = 0, to_b = 0;

		for (size_t i = 0; i < n; i++)
			y[i] = a[i] + (b[i] - a[i]) / 2;
		instance_eval(in, y, g);
		for (size_t i = 0; i < n; i++) {
			to_a = hypot(to_a, g[i] - ga[i]);
			to_b = hypot(to_b, g[i] - gb[i]);
		}
		memcpy(to_a < to_b ? a : b, y, n * sizeof *y);
		memcpy(to_a < to_b ? ga : gb, g, n * sizeof *g);
	}
}

static int place(const struct instance *in, size_t number, gsl_rng *rng, double *x)
{
	size_t n = in->facts.n;
	double *memory, scale = 1;

	if (number == 0) {
		instance_start(in, 1, x);
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		scale = fmax(scale, fabs(in->facts.minimizer[i]));
	if (number < 5) {
		beside(rng, n, in->facts.minimizer, distance[number] * scale, x);
		return 0;
	}
	memory = malloc(5 * n * sizeof *memory);
	if (!memory)
		return -1;
	beside(rng, n, in->facts.minimizer, scale, memory);
	beside(rng, n, in->facts.minimizer, scale, x);
	bisect(in, memory, x, memory + n);
	free(memory);
	return 0;
}

static int exact_diameter(const struct instance *in, const double *x, struct lgi_point *p)
{
	double *g = malloc(in->facts.n * sizeof *g), f;
	struct nso_pieces pieces;
	int bad = 0;

	if (!g)
		return -1;
	f = instance_eval(in, x, g);
	p->norm = cblas_dnrm2((int)in->facts.n, g, 1);
	free(g);
	p->diameter = 0;
	if (!in->problem->pieces)
		return 0; /* the smooth ones */
	if (pieces_init(&pieces, in->facts.n))
		return -1;
	if (!(bad = instance_pieces(in, x, clarke_tolerance(f), &pieces)))
		p->diameter = diameter(&pieces, NULL);
	pieces_free(&pieces);
	return bad || isnan(p->diameter) ? -1 : 0;
}

static int study_point(const struct instance *in, size_t number, size_t k, double delta,
	uint64_t seed, struct lgi_point *p)
{
	size_t n = in->facts.n, draws = probes_in_all / k < 16 ? 16 : probes_in_all / k;
	uint64_t key = hash_bits(hash_bits(in->key, seed), number);
	gsl_rng *where = stream(hash_text(key, "lgi point")),
		*rng = stream(hash_text(key, "lgi probes"));
	double *x = malloc(n * sizeof *x);
	int bad =
		!where || !rng || !x || place(in, number, where, x) || exact_diameter(in, x, p);

	if (!bad) {
		p->where = places[number];
		p->n = n;
		p->nearby = sampled_diameter(in, x, delta, 60, where);
	}
	for (int i = 0; i < LGI_INDICES && !bad; i++) {
		const struct probes how = {
			.k = k, .draws = draws, .delta = delta, .eps = 1e-6, .index = i
		};

		p->index[i] = instability(in, x, &how, rng, &p->error[i]);
	}
	gsl_rng_free(where);
	gsl_rng_free(rng);
	free(x);
	return bad ? -1 : 0;
}

void lgi_points_free(struct lgi_points *p)
{
	free(p->at);
	*p = (struct lgi_points){ 0 };
}

static int study_problem(size_t i, size_t k, double delta, uint64_t seed,
	struct lgi_points *out, struct why *why)
{
	const struct nso_problem *p = problem_find(problems[i].name);
	double opt[NSO_MAX_OPTIONS];
	struct instance in;
	int bad = 0;

	if (!p)
		return fail(why, "the study needs the problem %s", problems[i].name);
	option_defaults(p->options, opt);
	if (option_parse(p->options, p->name, problems[i].options, opt, why) ||
		instance_make(&in, p, opt, 0, why))
		return -1;
	for (size_t j = 0; j < PLACES && !bad; j++) {
		struct lgi_point *at = &out->at[out->count];

		if (j > 0 && !in.facts.minimizer)
			continue;
		snprintf(at->problem, sizeof at->problem, "%s%s%s", p->name,
			*problems[i].options ? ":" : "", problems[i].options);
		if (study_point(&in, j, k, delta, seed, at))
			bad = fail(why, "%s: out of memory, or no diameter", at->problem);
		else
			out->count++;
	}
	instance_free(&in);
	return bad;
}

int lgi_study(size_t k, double delta, uint64_t seed, struct lgi_points *out, struct why *why)
{
	*out = (struct lgi_points){ .at = calloc(PROBLEMS * PLACES, sizeof *out->at) };
	if (!out->at)
		return fail(why, "out of memory");
	for (size_t i = 0; i < PROBLEMS; i++)
		if (study_problem(i, k, delta, seed, out, why)) {
			lgi_points_free(out);
			return -1;
		}
	return 0;
}

struct correlation rank_correlation(const double *x, const double *y, size_t count)
{
	struct correlation c = { NAN, NAN, NAN, 0 };
	double *memory = malloc(4 * count * sizeof *memory), z, half;
	size_t m = 0;

	for (size_t i = 0; memory && i < count; i++)
		if (isfinite(x[i]) && isfinite(y[i])) {
			memory[m] = x[i];
			memory[count + m++] = y[i];
		}
	c.count = m;
	if (memory && m >= 5)
		c.rho = gsl_stats_spearman(memory, 1, memory + count, 1, m, memory + 2 * count);
	free(memory);
	if (isnan(c.rho))
		return c;
	z = atanh(fmax(-1 + 1e-12, fmin(1 - 1e-12, c.rho)));
	half = 1.959963984540054 * sqrt((1 + c.rho * c.rho / 2) / ((double)m - 3));
	c.low = tanh(z - half);
	c.high = tanh(z + half);
	return c;
}

struct share lgi_one_where_smooth(const struct lgi_points *p)
{
	struct share s = { 0, 0 };

	for (size_t i = 0; i < p->count; i++) {
		const struct lgi_point *q = &p->at[i];

		/* no other gradient within delta, and a slope: f is linear on the probes'
		 * sphere up to its curvature */
		if (q->n == 1 || q->nearby > .01 * q->norm || q->norm < .1)
			continue;
		s.of++;
		s.hits += fabs(q->index[0] - 1) <= 5 * q->error[0] + .01;
	}
	return s;
}
