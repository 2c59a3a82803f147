/* check.c -- does a problem keep its promises? Values: start, optimum, NaN, replay; the option
 * table and the facts. The rest of the checks stands in check_slope.c, check_pieces.c and
 * check_parts.c. */
#include <config.h>
#include "check/check.h"
#include "check/probe.h"
#include "ground/option.h"
#include "ground/random.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int probe_open(struct probe *p, struct check *c, struct instance *in)
{
	size_t n = in->facts.n;
	double *memory = calloc(7 * n, sizeof *memory);
	clock_t before;
	double seconds;

	*p = (struct probe){ .check = c, .in = in, .n = n };
	p->rng = stream(hash_text(in->key, "check"));
	p->centre = memory;
	if (!memory || !p->rng || pieces_init(&p->pieces, n))
		return -1;
	p->x = memory + n;
	p->y = memory + 2 * n;
	p->d = memory + 3 * n;
	p->g = memory + 4 * n;
	p->h = memory + 5 * n;
	p->z = memory + 6 * n;
	p->coarse = (in->facts.traits & NSO_NETWORK) != 0;
	instance_start(in, 1, p->centre);
	instance_eval(in, p->centre, p->g);
	before = clock();
	instance_eval(in, p->centre, p->g);
	seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
	p->points = seconds < 5e-5 ? 1000 : seconds < 1e-3 ? 100 : seconds < 0.02 ? 8 : 3;
	return 0;
}

static void probe_close(struct probe *p)
{
	free(p->centre);
	gsl_rng_free(p->rng);
	pieces_free(&p->pieces);
}

/* ------------------------------------------------------------------ values --------------- */

static int all_finite(size_t n, const double *x)
{
	for (size_t i = 0; i < n; i++)
		if (!isfinite(x[i]))
			return 0;
	return 1;
}

static void check_start(struct probe *p)
{
	double f = instance_eval(p->in, p->centre, p->g), bare;

	check_found(p->check, all_finite(p->n, p->centre), "start is finite", "n = %zu", p->n);
	check_found(p->check, isfinite(f) && all_finite(p->n, p->g),
		"value and subgradient at the start are finite", "f = %.17g", f);
	bare = instance_eval(p->in, p->centre, NULL);
	check_found(p->check, bare == f, "value is the same with and without a subgradient",
		"%.17g and %.17g", bare, f);
	instance_start(p->in, 1, p->x);
	instance_eval(p->in, p->x, p->h);
	check_found(p->check,
		!memcmp(p->x, p->centre, p->n * sizeof *p->x) &&
			!memcmp(p->h, p->g, p->n * sizeof *p->g),
		"start and subgradient are the same on replay", "seed 1");
}

/* Least f on a short walk down from the start: steps along -g that shrink by a third of a
 * decade in fifty. */
static double descend(struct probe *p)
{
	double f, least = INFINITY, reach = 1;

	memcpy(p->x, p->centre, p->n * sizeof *p->x);
	for (size_t i = 0; i < p->n; i++)
		reach = fmax(reach, fabs(p->x[i]));
	for (int k = 0; k < p->points; k++) {
		double length;

		f = instance_eval(p->in, p->x, p->g);
		length = sqrt(probe_dot(p, p->g, p->g));
		least = f < least ? f : least;
		if (!isfinite(f) || !(length > 0) || !isfinite(length))
			break;
		for (size_t i = 0; i < p->n; i++)
			p->x[i] -= reach * pow(10, -(double)k / 150) * p->g[i] / length;
	}
	return least;
}

static void check_optimum(struct probe *p)
{
	const struct nso_facts *facts = &p->in->facts;
	double slack =
		facts->optimum_error + (p->coarse ? 1e-5 : 1e-9) * (1 + fabs(facts->optimum));
	double least = INFINITY, f;

	if (isnan(facts->optimum)) {
		check_found(p->check, CHECK_UNTESTED, "f(x*) = f*", "f* is not known");
		return;
	}
	check_found(p->check, facts->optimum_error >= 0, "f* comes with its error", "error %g",
		facts->optimum_error);
	if (facts->minimizer) {
		f = instance_eval(p->in, facts->minimizer, NULL);
		check_found(p->check, fabs(f - facts->optimum) <= slack, "f(x*) = f*",
			"f(x*) = %.17g, f* = %.17g", f, facts->optimum);
	} else {
		check_found(p->check, CHECK_UNTESTED, "f(x*) = f*", "no minimizer is given");
	}
	if (facts->traits & NSO_UNBOUNDED)
		return;
	for (int k = 0; k < p->points; k++) {
		probe_point(p, k, p->x);
		f = instance_eval(p->in, p->x, NULL);
		least = f < least ? f : least;
	}
	check_found(p->check, least >= facts->optimum - slack, "f(x) >= f* at random points",
		"least f = %.17g at %d points, f* = %.17g", least, p->points, facts->optimum);
	least = descend(p);
	check_found(p->check, least >= facts->optimum - slack, "f(x) >= f* on the way down",
		"least f = %.17g in %d steps, f* = %.17g", least, p->points, facts->optimum);
}

static void check_nan(struct probe *p)
{
	size_t where[] = { 0, p->n / 2, p->n - 1 }, lost = p->n;

	for (size_t k = 0; k < 3; k++) {
		memcpy(p->x, p->centre, p->n * sizeof *p->x);
		p->x[where[k]] = NAN;
		if (!isnan(instance_eval(p->in, p->x, p->g)) ||
			!isnan(instance_eval(p->in, p->x, NULL)))
			lost = where[k];
	}
	if (lost < p->n)
		check_found(p->check, CHECK_FAILED, "NaN in x becomes NaN in f",
			"lost at coordinate %zu of %zu", lost + 1, p->n);
	else
		check_found(p->check, CHECK_HELD, "NaN in x becomes NaN in f", "3 coordinates");
}

/* ------------------------------------------------------------------ tables --------------- */

void check_options(struct check *c, const struct nso_option *o)
{
	size_t count = option_count(o);

	check_found(c, count <= NSO_MAX_OPTIONS, "number of options", "%zu", count);
	for (size_t i = 0; i < count; i++) {
		int auto_default = isnan(o[i].value);
		int in_range = auto_default || option_is_text(&o[i]) ||
			       (o[i].value >= o[i].min && o[i].value <= o[i].max);
		int whole = auto_default || !(option_whole(&o[i]) || o[i].words) ||
			    o[i].value == floor(o[i].value);

		check_found(c, in_range && whole && o[i].help && o[i].source,
			"option has a default in range, help and a source", "%s", o[i].name);
	}
}

static void check_facts(struct probe *p)
{
	const struct nso_facts *f = &p->in->facts;
	const struct nso_problem *problem = p->in->problem;
	int named = problem->title && problem->reference && problem->formula && problem->group;

	check_found(p->check, named, "title, reference, formula and group are given", "%s",
		problem->name);
	check_found(p->check,
		!(f->convexity > 0) || f->traits & NSO_STRONGLY_CONVEX || isnan(f->convexity),
		"strong convexity is a trait when its constant is given", "mu = %g",
		f->convexity);
	check_found(p->check, !(f->traits & NSO_STRONGLY_CONVEX) || f->traits & NSO_CONVEX,
		"strongly convex implies convex", "traits %#x", f->traits);
	check_found(p->check, !problem->smooth == !problem->prox,
		"smooth and prox come together", "%s", problem->smooth ? "both" : "none");
}

int check_problem(struct check *c, const struct nso_problem *problem, const double *opt,
	int number, struct why *why)
{
	struct instance in;
	struct probe p;

	check_options(c, problem->options);
	if (instance_make(&in, problem, opt, number, why))
		return -1;
	if (probe_open(&p, c, &in)) {
		probe_close(&p);
		instance_free(&in);
		return fail(why, "%s: out of memory", problem->name);
	}
	check_facts(&p);
	check_start(&p);
	check_optimum(&p);
	check_nan(&p);
	check_slopes(&p);
	check_subdifferential(&p);
	check_structure(&p);
	probe_close(&p);
	instance_free(&in);
	return 0;
}
