/* test_measure.c -- Moreau envelopes, prox-gradient mappings, directional slopes, diameters and
 * the instability index at points where they are known, and HANSO's stopping measure. */
#include <config.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include "leak.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "measure/measure.h"
#include "measure/measures.h"
#include "measure/stationarity.h"
#include "run/cell.h"
#include "run/oracle.h"
#include "run/schedule.h"

static void open_it(struct instance *in, const char *name, const char *options)
{
	const struct nso_problem *p = problem_find(name);
	double opt[NSO_MAX_OPTIONS];
	struct why why = { "" };

	cr_assert(ne(ptr, (void *)p, NULL), "%s is not registered", name);
	option_defaults(p->options, opt);
	cr_assert(
		eq(int, option_parse(p->options, name, options, opt, &why), 0), "%s", why.text);
	cr_assert(eq(int, instance_make(in, p, opt, 0, &why), 0), "%s", why.text);
}

static double clarke_at(const struct instance *in, const double *x)
{
	struct nso_pieces p;
	double value;

	cr_assert(eq(int, pieces_init(&p, in->facts.n), 0), "memory");
	cr_assert(eq(int,
			  instance_pieces(
				  in, x, clarke_tolerance(instance_eval(in, x, NULL)), &p),
			  0),
		"pieces");
	value = clarke(&p, NULL, NULL);
	pieces_free(&p);
	return value;
}

Test(measure, moreau_of_the_l1_norm_is_huber, .timeout = 60)
{
	struct instance in;
	const double x[] = { 3, -.2, .7, 0, -1e-3 }, lambdas[] = { 1, .5, .01 };

	open_it(&in, "l1-norm", "n=5");
	for (size_t k = 0; k < 3; k++) {
		double exact = 0, error, value, p[5];

		for (size_t i = 0; i < 5; i++)
			exact = hypot(exact, fmin(1, fabs(x[i]) / lambdas[k]));
		value = moreau(&in, x, lambdas[k], p, &error);
		cr_assert(le(dbl, fabs(value - exact), error),
			"lambda %g: %.17g, not %.17g +- %g", lambdas[k], value, exact, error);
		cr_assert(lt(dbl, fabs(value - exact), 1e-6), "lambda %g: %.17g, not %.17g",
			lambdas[k], value, exact);
		cr_assert(lt(dbl, error, 1e-4), "lambda %g: error bound %g", lambdas[k], error);
	}
	instance_free(&in);
	no_leak();
}

Test(measure, moreau_of_a_sphere, .timeout = 60)
{
	/* ||x|^2 - 1|, rho = 2, lambda = 1/4: from |x| = r the prox lies at |p| = 1 for r in
	 * (1/2, 3/2) (2r + 4 (r - s) = 0 and -2r + 4 (r - s) = 0 at r = 1); beyond at 2 s/3 */
	struct instance in;
	const double radii[] = { 1.2, .8, 3, 1.5 }, exact[] = { .8, .8, 4, 2 };

	open_it(&in, "sphere-distance", "n=3");
	for (size_t k = 0; k < 4; k++) {
		double x[3] = { radii[k] * .6, 0, -radii[k] * .8 }, p[3], error, value;

		value = moreau(&in, x, NAN, p, &error);
		cr_assert(le(dbl, fabs(value - exact[k]), error),
			"radius %g: %.17g, not %g +- %g", radii[k], value, exact[k], error);
		cr_assert(lt(dbl, error, 1e-3), "radius %g: error bound %g", radii[k], error);
		cr_assert(le(dbl, clarke_at(&in, p), value + error),
			"radius %g: dist(0, df(p)) %g", radii[k], clarke_at(&in, p));
	}
	instance_free(&in);
	no_leak();
}

Test(measure, moreau_needs_weak_convexity, .timeout = 60)
{
	struct instance in;
	double x[2] = { .3, .3 }, error;

	open_it(&in, "kinked-saddle", "");
	cr_assert(ne(int, isnan(moreau(&in, x, NAN, NULL, &error)), 0), "no rho is known");
	instance_free(&in);
	open_it(&in, "sphere-distance", "n=2");
	cr_assert(ne(int, isnan(moreau(&in, x, .5, NULL, &error)), 0), "lambda rho = 1");
	in.facts.weak_convexity = .1; /* a lie, found out by a cut above the function */
	x[1] = 0;
	cr_assert(ne(int, isnan(moreau(&in, x, .2, NULL, &error)), 0), "rho too small");
	instance_free(&in);
	no_leak();
}

Test(measure, prox_gradient_vanishes_at_the_lasso_solution, .timeout = 60)
{
	struct instance in;
	double x[20], g[20], exact = 0, value, lambda;

	open_it(&in, "lasso", "n=20,m=30");
	value = prox_gradient(&in, in.facts.minimizer, NAN);
	cr_assert(lt(dbl, value, 1e-9), "at the solution: %g", value);
	/* Far from all kinks it is the gradient: t lambda is less than every |x - t g|. */
	for (size_t i = 0; i < 20; i++)
		x[i] = i % 2 ? 100 : -100;
	instance_eval(&in, x, g);
	lambda = 1e-6 / in.facts.smoothness;
	for (size_t i = 0; i < 20; i++)
		exact = hypot(exact, g[i]);
	value = prox_gradient(&in, x, lambda);
	cr_assert(lt(dbl, fabs(value / exact - 1), 1e-6), "far away: %g, |g| %g", value, exact);
	instance_free(&in);
	open_it(&in, "maxq", "n=2");
	cr_assert(ne(int, isnan(prox_gradient(&in, x, NAN)), 0), "maxq has no prox");
	instance_free(&in);
	no_leak();
}

Test(measure, directional_tells_saddles_from_minima, .timeout = 60)
{
	struct instance in;
	gsl_rng *rng = stream(3);
	const double origin[4] = { 0 }, beside[] = { 0, -1 };
	double v, d[4];

	open_it(&in, "kinked-saddle", ""); /* |x1| - |x2| + x2^2 */
	v = directional(&in, origin, DIRECTIONS, rng, d);
	cr_assert(lt(dbl, clarke_at(&in, origin), 1e-12), "Clarke stationary");
	cr_assert(lt(dbl, fabs(v + 1), 1e-3), "and falling with slope -1: %g", v);
	cr_assert(eq(dbl, fabs(d[1]), 1), "along the second axis");
	instance_free(&in);
	open_it(&in, "chebyshev-rosenbrock-2", "n=2");
	cr_assert(lt(dbl, clarke_at(&in, beside), 1e-12), "(0,-1) is Clarke stationary");
	v = directional(&in, beside, 3000, rng, NULL);
	cr_assert(lt(dbl, fabs(v + .25 / sqrt(5)), .01),
		"(1,2) falls with slope -1/(4 sqrt 5): %g", v);
	cr_assert(lt(dbl, -1e-6, directional(&in, in.facts.minimizer, 3000, rng, NULL)),
		"minimum");
	instance_free(&in);
	open_it(&in, "l1-norm", "n=4");
	v = directional(&in, origin, DIRECTIONS, rng, NULL);
	cr_assert(lt(dbl, fabs(v - 1), 1e-12), "|x|_1 rises with slope 1 at least: %.17g", v);
	instance_free(&in);
	gsl_rng_free(rng);
	no_leak();
}

static double diameter_at(const struct instance *in, const double *x, double *upper)
{
	struct nso_pieces p;
	double value;

	cr_assert(eq(int, pieces_init(&p, in->facts.n), 0), "memory");
	cr_assert(eq(int, instance_pieces(in, x, 1e-9, &p), 0), "pieces");
	value = diameter(&p, upper);
	pieces_free(&p);
	return value;
}

Test(measure, diameters, .timeout = 60)
{
	struct instance in;
	struct nso_pieces p;
	gsl_rng *rng = stream(5);
	static double x[1000];
	double upper, v;

	open_it(&in, "l1-norm",
		"n=1000"); /* a cube of side 2 in as many dimensions as x has zeros */
	for (size_t zeros = 1000; zeros >= 1; zeros /= 10) {
		for (size_t i = 0; i < 1000; i++)
			x[i] = i < zeros ? 0 : 1;
		v = diameter_at(&in, x, &upper);
		cr_assert(lt(dbl, fabs(v / (2 * sqrt((double)zeros)) - 1), 1e-12),
			"%zu zeros: %.17g", zeros, v);
		cr_assert(lt(dbl, fabs(upper / v - 1), 1e-12), "%zu zeros: bound %g", zeros,
			upper);
	}
	instance_free(&in);
	open_it(&in, "maxq", "n=10"); /* hull of 2 t e_i: 2 t sqrt 2 */
	for (size_t i = 0; i < 10; i++)
		x[i] = i < 4 ? 3 : 1;
	v = diameter_at(&in, x, &upper);
	cr_assert(lt(dbl, fabs(v - 6 * sqrt(2)), 1e-12), "ties: %.17g", v);
	v = sampled_diameter(&in, x, 1e-6, 400, rng);
	cr_assert(lt(dbl, fabs(v - 6 * sqrt(2)), 1e-4), "sampled: %.17g", v);
	x[0] = 4;
	cr_assert(eq(dbl, diameter_at(&in, x, &upper), 0), "no tie");
	instance_free(&in);

	/* a ball of radius 2 in the plane and the 2 x 2 spectraplex, whose rows here are
	 * orthonormal up to the doubling: a disc of diameter sqrt 2 in (W11, sqrt 2 W12, W22)
	 */
	cr_assert(eq(int, pieces_init(&p, 5), 0), "memory");
	nso_ball(&p);
	*nso_row(&p, 0, 1) = 2;
	*nso_row(&p, 1, 1) = 2;
	v = diameter(&p, &upper);
	cr_assert(lt(dbl, fabs(v - 4), 1e-12), "ball: %.17g", v);
	cr_assert(le(dbl, v, upper), "bound of the ball");
	pieces_clear(&p);
	nso_spectral(&p, 2);
	*nso_row(&p, 2, 1) = 1;
	*nso_row(&p, 3, 1) = sqrt(2);
	*nso_row(&p, 4, 1) = 1;
	v = diameter(&p, &upper);
	cr_assert(lt(dbl, fabs(v - sqrt(2)), 1e-9), "spectraplex: %.17g", v);
	cr_assert(le(dbl, v, upper), "bound of the spectraplex");
	pieces_free(&p);
	gsl_rng_free(rng);
	no_leak();
}

/* Overlapping segments, against all pairs of vertices of the zonotope. */
Test(measure, diameter_of_a_zonotope, .timeout = 60)
{
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
	int found = 0;

	for (int t = 0; t < 60; t++) {
		double step[6][3], exact = 0, upper, v;
		struct nso_pieces p;

		cr_assert(eq(int, pieces_init(&p, 3), 0), "memory");
		for (size_t b = 0; b < 6; b++) {
			double *row;

			nso_hull(&p);
			nso_row(&p, 0, 3);
			row = nso_row(&p, 0, 3);
			for (size_t i = 0; i < 3; i++)
				row[i] = step[b][i] = gsl_rng_uniform(r) - .5;
		}
		for (unsigned mask = 0; mask < 64;
			mask++) { /* a difference of vertices: all signs */
			double d[3] = { 0 };

			for (size_t b = 0; b < 6; b++)
				cblas_daxpy(3, mask >> b & 1 ? 1 : -1, step[b], 1, d, 1);
			exact = fmax(exact, cblas_dnrm2(3, d, 1));
		}
		v = diameter(&p, &upper);
		cr_assert(le(dbl, v, exact + 1e-12), "zonotope %d: %.17g, only %.17g", t, v,
			exact);
		found += v > exact - 1e-12;
		cr_assert(le(dbl, exact, upper + 1e-12), "zonotope %d: bound %g below %g", t,
			upper, exact);
		pieces_free(&p);
	}
	cr_assert(lt(int, 56, found), "only %d of 60 found", found); /* the search is local */
	gsl_rng_free(r);
	no_leak();
}

Test(measure, instability_index_has_its_closed_forms, .timeout = 60)
{
	/* population values for many probes: 1 on a slope, 1 - 8/pi^2 at |x_1| = 0 in the plane
	 * (as half of |x|_1 it would be 0.0094), 0 at a round minimum */
	static const struct {
		const char *problem, *options;
		double x[2], exact;
	} cases[] = {
		{ "rosenbrock", "", { -1.2, 1 }, 1 }, { "l1-norm", "n=2", { 5, 3 }, 1 },
		{ "l1-norm", "n=2", { 0, 0 }, 0.0094 }, { "sphere", "n=2", { 0, 0 }, 0 },
		{ "guo-lewis", "", { 0, 0 }, 1 - 8 / (M_PI * M_PI) }, /* |x_2| + x_1^2 */
	};
	const struct probes how = { .k = 2000, .draws = 20, .delta = 1e-5, .eps = 1e-14 };
	gsl_rng *rng = stream(11);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct instance in;
		double error, v;

		open_it(&in, cases[i].problem, cases[i].options);
		v = instability(&in, cases[i].x, &how, rng, &error);
		cr_assert(lt(dbl, fabs(v - cases[i].exact), 5 * error + 2e-3),
			"%s: %g +- %g, not %g", cases[i].problem, v, error, cases[i].exact);
		instance_free(&in);
	}
	gsl_rng_free(rng);
	no_leak();
}

Test(measure, goldstein_curves_fall, .timeout = 60)
{
	static const double delta[] = { 1e-6, 1e-4, 1e-2, .1, 1 };
	static const char *const names[] = { "maxquad", "cb3", "chained-lq",
		"chebyshev-rosenbrock-2" };
	gsl_rng *rng = stream(7);

	for (size_t k = 0; k < 4; k++) {
		struct instance in;
		double x[200], value[5], lower[5], norm, g[200];
		size_t rows[5];

		open_it(&in, names[k], "");
		cr_assert(le(sz, in.facts.n, 200), "room for x");
		instance_start(&in, 1, x);
		for (size_t i = 0; i < in.facts.n; i++)
			x[i] += .01 * sin((double)i + 1); /* off every kink */
		instance_eval(&in, x, g);
		norm = cblas_dnrm2((int)in.facts.n, g, 1);
		cr_assert(
			eq(int, goldstein_curve(&in, x, 5, delta, 60, rng, value, lower, rows),
				0),
			"memory");
		cr_assert(lt(dbl, fabs(value[0] / norm - 1), 1e-3), "%s: |g| = %g, at 1e-6 %g",
			names[k], norm, value[0]);
		for (size_t i = 0; i < 5; i++) {
			cr_assert(le(dbl, lower[i], value[i] * (1 + 1e-12)), "%s: certificate",
				names[k]);
			cr_assert(i == 0 || value[i] <= value[i - 1], "%s: rises at %g",
				names[k], delta[i]);
		}
		instance_free(&in);
	}
	gsl_rng_free(rng);
	no_leak();
}

/* HANSO 2.2's stopping test: the least-norm point of the hull of the last min(100, 2n, n + 10)
 * gradients that were taken within evaldist = 1e-4 of x is at most normtol = 1e-4. */
enum { HISTORY = 100, WIDEST = 60 };
struct hanso {
	size_t n, room, count, next;
	double x[HISTORY][WIDEST], g[HISTORY][WIDEST];
};

static void remember(struct hanso *h, const struct instance *in, const double *x)
{
	memcpy(h->x[h->next], x, h->n * sizeof *x);
	instance_eval(in, x, h->g[h->next]);
	h->next = (h->next + 1) % h->room;
	if (h->count < h->room)
		h->count++;
}

static double stopping_measure(const struct hanso *h, const double *x)
{
	static double G[HISTORY * WIDEST];
	double w[WIDEST], norm;
	size_t rows = 0;
	struct nso_minnorm *s = nso_minnorm_alloc(HISTORY, h->n);

	for (size_t i = 0; i < h->count; i++) {
		double distance = 0;

		for (size_t j = 0; j < h->n; j++)
			distance = hypot(distance, x[j] - h->x[i][j]);
		if (distance <= 1e-4)
			memcpy(G + rows++ * h->n, h->g[i], h->n * sizeof *G);
	}
	norm = nso_minnorm_solve(s, rows, G, w, NULL, NULL);
	nso_minnorm_free(s);
	return norm;
}

Test(measure, hanso_stops_bfgs_at_solutions, .timeout = 60)
{
	static const struct {
		const char *name, *options;
	} problems[] = { { "cb2", "" }, { "cb3", "" }, { "maxquad", "" },
		{ "chained-lq", "n=20" }, { "nonsmooth-rosenbrock", "" } };

	for (size_t k = 0; k < 5; k++) {
		const struct nso_optimizer *bfgs = optimizer_find("bfgs");
		static struct hanso h;
		struct cell cell;
		struct instance in;
		struct nso_oracle f;
		double x[WIDEST], measure = INFINITY, gap;
		void *state;
		int t = 0;

		open_it(&in, problems[k].name, problems[k].options);
		memset(&h, 0, sizeof h);
		h.n = in.facts.n;
		h.room = 2 * h.n < h.n + 10 ? 2 * h.n : h.n + 10;
		h.room = h.room < HISTORY ? h.room : HISTORY;
		cell_defaults(&cell);
		cell.problem = in.problem;
		cell.optimizer = bfgs;
		option_defaults(bfgs->options, cell.oopt);
		cr_assert(eq(int, oracle_init(&f, &cell, &in), 0), "memory");
		f.call_limit = INFINITY;
		instance_start(&in, 1, x);
		state = bfgs->init(&f, cell.oopt, x);
		while (measure > 1e-4 && t++ < 2000 &&
			bfgs->step(state, &f, x) == NSO_CONTINUE) {
			remember(&h, &in, x);
			measure = stopping_measure(&h, x);
		}
		gap = instance_eval(&in, x, NULL) - in.facts.optimum;
		cr_assert(le(dbl, measure, 1e-4), "%s: not stopped, %g", problems[k].name,
			measure);
		cr_assert(lt(dbl, gap, 1e-3), "%s: stopped at a gap of %g", problems[k].name,
			gap);
		bfgs->free(state);
		oracle_free(&f);
		instance_free(&in);
	}
	no_leak();
}

/* |x|_1 as 0 + |x|_1, counting what is asked of it. */
static size_t asked, count_n;

static void *count_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->n = (size_t)opt[0];
	return malloc(1);
}

static void count_start(const void *self, gsl_rng *rng, double *x)
{
	(void)self;
	(void)rng;
	for (size_t i = 0; i < count_n; i++)
		x[i] = 1 + (double)i;
}

static double count_eval(const void *self, const double *x, double *g)
{
	double sum = 0;

	(void)self;
	asked++;
	for (size_t i = 0; i < count_n; i++) {
		sum += fabs(x[i]);
		if (g)
			g[i] = x[i] < 0 ? -1 : 1;
	}
	return sum;
}

static double count_smooth(const void *self, const double *x, double *g)
{
	(void)self;
	(void)x;
	asked++;
	memset(g, 0, count_n * sizeof *g);
	return 0;
}

static void count_prox(const void *self, double t, const double *v, double *p)
{
	(void)self;
	asked++;
	for (size_t i = 0; i < count_n; i++)
		p[i] = copysign(fmax(fabs(v[i]) - t, 0), v[i]);
}

static void count_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	(void)self;
	(void)tol;
	asked++;
	for (size_t i = 0; i < count_n; i++)
		nso_row(out, i, 1)[0] += x[i] < 0 ? -1 : 1;
}

static const struct nso_option count_options[] = { { "n", 3, 1, 1000, "", NULL, "", 1 },
	{ 0 } };
static const struct nso_problem counting = { .name = "counting",
	.title = "counting",
	.traits = NSO_CONVEX,
	.options = count_options,
	.make = count_make,
	.start = count_start,
	.eval = count_eval,
	.smooth = count_smooth,
	.prox = count_prox,
	.pieces = count_pieces,
	.free = free };

/* Calls that measures make at the points of one short run. */
static size_t calls_of(unsigned measures, size_t n, int samples, size_t *points)
{
	const double opt[NSO_MAX_OPTIONS] = { (double)n };
	struct instance in;
	struct record r;
	struct cell c;
	struct why why = { "" };

	cell_defaults(&c);
	c.problem = &counting;
	c.optimizer = optimizer_find("subgradient");
	c.popt[0] = (double)n;
	option_defaults(c.optimizer->options, c.oopt);
	c.budget.work = 5;
	c.grid = (struct grid){ GRID_ALL, 1 };
	c.measures = measures;
	c.goldstein_samples = samples;
	count_n = n;
	cr_assert(eq(int, instance_make(&in, &counting, opt, 0, &why), 0), "%s", why.text);
	asked = 0;
	cr_assert(eq(int, cell_run(&c, &in, &r), 0), "run");
	*points = r.points;
	record_free(&r);
	instance_free(&in);
	return asked;
}

/* What `show` and the announcement of a run say of a measure's cost is what it costs. */
Test(measure, costs_are_what_is_said, .timeout = 60)
{
	static const size_t ns[] = { 3, 50, 70 };

	for (size_t i = 0; i < 3; i++)
		for (unsigned k = 0; measure_table[k]; k++)
			for (int samples = 0; samples <= 7; samples += 7) {
				size_t points, none = calls_of(0, ns[i], samples, &points);
				const struct measure *m = measure_table[k];
				size_t calls =
					calls_of(1u << k, ns[i], samples, &points) - none;
				size_t said =
					points * measure_calls(m, ns[i], (size_t)samples, 8);

				cr_assert(eq(sz, points, 6), "%zu points", points);
				if (!strcmp(m->name,
					    "score")) /* the problem's own, not an evaluation */
					continue;
				cr_assert(le(sz, 1, calls), "%s costs nothing", m->name);
				if (!strcmp(m->name, "moreau"))
					cr_assert(le(sz, calls, said), "moreau: %zu, said %zu",
						calls, said);
				else
					cr_assert(eq(sz, calls, said),
						"%s: %zu, said %zu (n = %zu)", m->name, calls,
						said, ns[i]);
			}
	no_leak();
}
