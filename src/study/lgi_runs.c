/* lgi_runs.c -- runs of S-Adam: its damping at each point against the distance to the nearest
 * place where the function is not differentiable, or, for a quantised network, jumps. */
#include <config.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "measure/measure.h"
#include "measure/summands.h"
#include "run/cell.h"
#include "run/schedule.h"
#include "study/lgi_study.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_cdf.h>

static const char kinked[] = "lr=0.05,k=8", network[] = "lr=0.01,k=8";
static const struct {
	const char *name, *options, *method;
	double steps;
} runs[LGI_TRAILS] = {
	{ "l1-norm", "n=10", kinked, 1500 },
	{ "maxq", "n=10", kinked, 1500 },
	{ "mxhilb", "n=10", kinked, 1500 },
	{ "cb2", "", kinked, 1500 },
	{ "cb3", "", kinked, 1500 },
	{ "maxquad", "", kinked, 1500 },
	{ "chained-lq", "n=10", kinked, 1500 },
	{ "chained-cb3-1", "n=10", kinked, 1500 },
	{ "chained-mifflin2", "n=10", kinked, 1500 },
	{ "chebyshev-rosenbrock-2", "n=4", kinked, 1500 },
	{ "qat-mlp", "rows=100,test=10,width=4,depth=1", network, 300 },
};
enum { POINTS = 60, DRAWS = 4, PER_DECADE = 20, FIRST_DECADE = -13, LAST_DECADE = 2 };

/* ------------------------------------------------------------------ distances
 * ----------------- */

static double rows_apart(const struct nso_pieces *p, size_t a, size_t b, double *y)
{
	memset(y, 0, p->n * sizeof *y);
	row_add(p, a, 1, y);
	row_add(p, b, -1, y);
	return cblas_dnrm2((int)p->n, y, 1);
}

/* Longest distance of two rows of one summand; NAN where a summand is no hull. */
static double widest(const struct nso_pieces *p, double *y)
{
	double most = 0;

	for (size_t s = 0; s < p->summands; s++) {
		size_t first = p->summand[s].first, end = first + p->summand[s].rows;

		if (p->summand[s].kind != HULL)
			return NAN;
		for (size_t a = first; a < end; a++)
			for (size_t b = a + 1; b < end; b++)
				most = fmax(most, rows_apart(p, a, b, y));
	}
	return most;
}

double kink_distance(const struct instance *in, const double *x)
{
	double least = INFINITY, f = instance_eval(in, x, NULL), *y;
	size_t known = 0;
	struct nso_pieces p;

	if (!in->problem->pieces || !(y = malloc(in->facts.n * sizeof *y)))
		return NAN;
	if (pieces_init(&p, in->facts.n)) {
		free(y);
		return NAN;
	}
	for (int i = FIRST_DECADE * PER_DECADE; i <= LAST_DECADE * PER_DECADE; i++) {
		double gap = (1 + fabs(f)) * pow(10, (double)i / PER_DECADE), wide;

		if (instance_pieces(in, x, gap, &p) || isnan(wide = widest(&p, y))) {
			least = NAN;
			break;
		}
		if (p.rows > known && wide > 0)
			least = fmin(least, gap / wide);
		known = p.rows;
	}
	pieces_free(&p);
	free(y);
	return least < INFINITY ? least : NAN;
}

double jump_distance(size_t n, const double *w, double steps, double low, double high)
{
	double most = 0, least = INFINITY, s;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(w[i]));
	s = steps / (most + 1e-5);
	for (size_t i = 0; i < n; i++) {
		/* thresholds lie halfway between levels, none beyond the last ones */
		double at = fmin(fmax(floor(w[i] * s), low), high - 1) + .5;

		least = fmin(least, fabs(w[i] * s - at) / s);
	}
	return least;
}

/* Tensors of a perceptron alternate: weights, which are quantised to 2 bits (problems/qat.c:
 * scale 1.5, clamped to -2 .. 1), and biases, which are not. Level -2 is never reached, since s
 * follows the largest weight and keeps |w s| below 1.5: its threshold is no jump. */
double network_distance(const struct instance *in, const double *x)
{
	double least = INFINITY;

	for (size_t b = 0, begin = 0; b < in->facts.blocks; begin = in->facts.block_ends[b++])
		if (b % 2 == 0)
			least = fmin(least, jump_distance(in->facts.block_ends[b] - begin,
						    x + begin, 1.5, -1, 1));
	return least;
}

/* ------------------------------------------------------------------ a run
 * --------------------- */

static int column_of(const struct record *r, const char *name)
{
	for (size_t i = 0; i < r->columns; i++)
		if (!strcmp(r->column[i].name, name))
			return (int)i;
	return -1;
}

/* S-Adam reports at step t what it saw at the iterate t - 1. */
static void take_points(
	const struct instance *in, const struct record *r, gsl_rng *rng, struct lgi_trail *out)
{
	struct probes how = { .k = 8, .draws = DRAWS, .delta = 0.01, .eps = 1e-6 };
	int damp = column_of(r, "damp");

	for (size_t i = 1; i <= POINTS; i++) {
		size_t t = i * (r->points - 1) / POINTS;
		const double *x = r->x + (t - 1) * r->n;
		struct lgi_step *at = &out->at[out->count];

		if (damp < 0 || t < 1)
			continue;
		at->damp = r->column[damp].v[t];
		at->distance =
			in->problem->pieces ? kink_distance(in, x) : network_distance(in, x);
		how.index = 0;
		at->ratio = instability(in, x, &how, rng, NULL);
		how.index = 3;
		at->curvature = instability(in, x, &how, rng, NULL);
		at->step = t;
		out->count++;
	}
}

static int one_run(
	const struct instance *in, struct cell *c, struct lgi_trail *out, struct why *why)
{
	gsl_rng *rng = stream(hash_text(hash_bits(in->key, c->seed), "lgi runs"));
	struct record r;
	int bad = 0;

	if (!rng)
		return fail(why, "out of memory");
	if (cell_run(c, in, &r) || r.status != BUDGET)
		bad = fail(why, "%s: the run ended as %s %s", out->problem,
			status_words[r.status], r.reason);
	else
		take_points(in, &r, rng, out);
	out->run_ends[c->seed - 1] = out->count;
	record_free(&r);
	gsl_rng_free(rng);
	return bad;
}

int lgi_trail(size_t number, size_t seeds, struct lgi_trail *out, struct why *why)
{
	const struct nso_problem *p = problem_find(runs[number].name);
	struct cell c;
	struct instance in;
	int bad = 0;

	*out = (struct lgi_trail){ .runs = seeds };
	cell_defaults(&c);
	c.problem = p;
	c.optimizer = optimizer_find("s-adam");
	if (!p || !c.optimizer || seeds > LGI_RUNS)
		return fail(why, "the study needs %s, s-adam and at most %d runs",
			runs[number].name, LGI_RUNS);
	option_defaults(p->options, c.popt);
	option_defaults(c.optimizer->options, c.oopt);
	if (option_parse(p->options, p->name, runs[number].options, c.popt, why) ||
		option_parse(
			c.optimizer->options, "s-adam", runs[number].method, c.oopt, why) ||
		instance_make(&in, p, c.popt, 0, why))
		return -1;
	c.budget =
		(struct budget){ INFINITY, runs[number].steps, INFINITY, INFINITY, -INFINITY };
	c.grid = (struct grid){ GRID_ALL, 1 };
	c.measures = 0;
	c.record_x = 1;
	snprintf(out->problem, sizeof out->problem, "%s", p->name);
	out->n = in.facts.n;
	out->at = calloc(seeds * POINTS, sizeof *out->at);
	if (!out->at)
		bad = fail(why, "out of memory");
	for (c.seed = 1; c.seed <= seeds && !bad; c.seed++)
		bad = one_run(&in, &c, out, why);
	instance_free(&in);
	if (bad)
		lgi_trail_free(out);
	return bad;
}

void lgi_trail_free(struct lgi_trail *t)
{
	free(t->at);
	*t = (struct lgi_trail){ 0 };
}

/* ------------------------------------------------------------------ what follows
 * -------------- */

struct correlation mean_of_runs(const double *v, size_t count)
{
	struct correlation c = { NAN, NAN, NAN, 0 };
	double sum = 0, squares = 0, half;

	for (size_t i = 0; i < count; i++)
		if (isfinite(v[i])) {
			sum += v[i];
			squares += v[i] * v[i];
			c.count++;
		}
	if (!c.count)
		return c;
	c.rho = sum / (double)c.count;
	if (c.count < 2)
		return c;
	squares = fmax(0, squares - sum * c.rho) / (double)(c.count - 1);
	half = gsl_cdf_tdist_Pinv(.975, (double)(c.count - 1)) *
	       sqrt(squares / (double)c.count);
	c.low = c.rho - half;
	c.high = c.rho + half;
	return c;
}

static double value_of(const struct lgi_step *s, enum lgi_view view)
{
	return view == VIEW_DAMP ? s->damp : view == VIEW_RATIO ? s->ratio : s->curvature;
}

struct correlation trail_correlation(const struct lgi_trail *t, enum lgi_view view)
{
	double x[POINTS], y[POINTS], rho[LGI_RUNS];

	for (size_t r = 0, at = 0; r < t->runs; r++) {
		size_t count = 0;

		for (; at < t->run_ends[r]; at++, count++) {
			x[count] = value_of(&t->at[at], view);
			y[count] = t->at[at].distance;
		}
		rho[r] = rank_correlation(x, y, count).rho;
	}
	return mean_of_runs(rho, t->runs);
}
