/* test_optimizers_nonsmooth.c -- the field's own methods: targets on the standard problems,
 * invariances, agreement with GSL called directly, bounds of the theory, and functions that
 * misbehave. */
#include <config.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_multimin.h>
#include "leak.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/oracle.h"

/* ---------------------------------------------------------------- functions of this file
 * ------- */

enum { WHAT, ANGLE };
enum {
	SMOOTH_CB3,
	HUGE_SLOPE,
	NOT_A_NUMBER,
	INFINITE,
	NAN_LATER,
	ZERO,
	ABS,
	FALLING,
	L1_PLANE,
	LASSO
};
static const struct nso_option my_options[] = {
	[WHAT] = { "what", 0, 0, 100, "which function", NULL, "test", 1 },
	[ANGLE] = { "angle", 0, -10, 10, "rotation of the plane", NULL, "test", 0 },
	{ 0 },
};
struct mine {
	int what;
	double c, s;
	double minimizer[8];
};

static size_t dimension(int what)
{
	return what == ABS || what == FALLING ? 1 : what == LASSO ? 8 : 2;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct mine *p = calloc(1, sizeof *p);

	(void)rng;
	if (!p)
		return NULL;
	p->what = (int)opt[WHAT];
	p->c = cos(opt[ANGLE]);
	p->s = sin(opt[ANGLE]);
	facts->n = dimension(p->what);
	facts->minimizer = p->minimizer;
	facts->optimum = 0;
	facts->smoothness = 8; /* of LASSO's smooth part */
	for (size_t i = 0; p->what == LASSO && i < 8; i++)
		p->minimizer[i] = copysign(fmax(0, 1 - 1 / (double)(i + 1)), i % 2 ? -1 : 1);
	return p;
}

static void begin(const void *self, gsl_rng *rng, double *x)
{
	const struct mine *p = self;

	(void)rng;
	for (size_t i = 0; i < dimension(p->what); i++)
		x[i] = p->what == ABS ? 1.3 : 0;
	if (p->what == SMOOTH_CB3) { /* the raw start (2, 1.5), turned back */
		x[0] = p->c * 2 + p->s * 1.5;
		x[1] = -p->s * 2 + p->c * 1.5;
	} else if (p->what == L1_PLANE || p->what == NAN_LATER) {
		x[0] = 1.03;
		x[1] = -.77;
	}
}

static double lasso_part(const double *x, double *g)
{
	double sum = 0;

	for (size_t i = 0; i < 8; i++) { /* (i+1)/2 (x_i -+ 1)^2, L = 8 */
		double d = x[i] - (i % 2 ? -1 : 1);

		sum += (double)(i + 1) * d * d / 2;
		if (g)
			g[i] = (double)(i + 1) * d;
	}
	return sum;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct mine *p = self;
	double u = p->c * x[0], v = 0, value[3], slope[3][2];
	size_t at = 0;

	switch (p->what) {
	case NOT_A_NUMBER:
	case INFINITE:
		if (g)
			g[0] = g[1] = NAN;
		return p->what == INFINITE ? INFINITY : NAN;
	case NAN_LATER: /* outside of a disc that all methods leave or approach */
		if (g) {
			g[0] = -2;
			g[1] = -1;
		}
		return x[0] * x[0] + x[1] * x[1] < 4 ? -2 * x[0] - x[1] : NAN;
	case ZERO:
		if (g)
			g[0] = g[1] = 0;
		return 0;
	case ABS:
		if (g)
			g[0] = x[0] > 0 ? 1 : x[0] < 0 ? -1 : 0;
		return fabs(x[0]);
	case FALLING:
		if (g)
			g[0] = -1;
		return -x[0];
	case HUGE_SLOPE:
		if (g) {
			g[0] = 1e300 * (x[0] > 0 ? 1 : -1);
			g[1] = 1e300;
		}
		return 1e300 * (fabs(x[0]) + x[1]);
	case L1_PLANE:
		for (size_t i = 0; g && i < 2; i++)
			g[i] = x[i] > 0 ? 1 : -1;
		return fabs(x[0]) + fabs(x[1]);
	case LASSO:
		value[0] = lasso_part(x, g);
		for (size_t i = 0; i < 8; i++) {
			value[0] += fabs(x[i]);
			if (g)
				g[i] += x[i] > 0 ? 1 : x[i] < 0 ? -1 : 0;
		}
		return value[0];
	}
	u -= p->s * x[1];
	v = p->s * x[0] + p->c * x[1];
	value[0] = u * u * u * u + v * v;
	slope[0][0] = 4 * u * u * u;
	slope[0][1] = 2 * v;
	value[1] = (2 - u) * (2 - u) + (2 - v) * (2 - v);
	slope[1][0] = 2 * (u - 2);
	slope[1][1] = 2 * (v - 2);
	value[2] = 2 * exp(v - u);
	slope[2][0] = -value[2];
	slope[2][1] = value[2];
	for (size_t i = 1; i < 3; i++)
		if (value[i] > value[at])
			at = i;
	if (g) {
		g[0] = p->c * slope[at][0] + p->s * slope[at][1];
		g[1] = -p->s * slope[at][0] + p->c * slope[at][1];
	}
	return value[at];
}

static double smooth(const void *self, const double *x, double *g)
{
	const struct mine *p = self;

	if (p->what != LASSO)
		return eval(self, x, g);
	return lasso_part(x, g);
}

static void prox(const void *self, double t, const double *v, double *out)
{
	const struct mine *p = self;

	for (size_t i = 0; i < dimension(p->what); i++)
		out[i] = p->what == LASSO ? copysign(fmax(0, fabs(v[i]) - t), v[i]) : v[i];
}

static const struct nso_problem my_problem = {
	.name = "mine",
	.title = "mine",
	.reference = "test",
	.formula = "-",
	.group = "small",
	.options = my_options,
	.make = make,
	.start = begin,
	.eval = eval,
	.smooth = smooth,
	.prox = prox,
	.free = free,
};

/* ---------------------------------------------------------------- running a method
 * ------------- */

struct drive {
	struct cell cell;
	struct instance in;
	struct nso_oracle f;
	void *state;
	double x[64];
	enum nso_status status;
	size_t steps;
};

static void drive_on(struct drive *d, const char *optimizer, const char *options,
	const struct nso_problem *problem, const char *problem_options)
{
	struct why why = { "" };

	memset(d, 0, sizeof *d);
	cell_defaults(&d->cell);
	d->cell.problem = problem;
	d->cell.optimizer = optimizer_find(optimizer);
	d->cell.budget.work = 1e6;
	cr_assert(ne(ptr, (void *)d->cell.optimizer, NULL), "%s is not registered", optimizer);
	option_defaults(problem->options, d->cell.popt);
	option_defaults(d->cell.optimizer->options, d->cell.oopt);
	cr_assert(eq(int,
			  option_parse(problem->options, "problem", problem_options,
				  d->cell.popt, &why),
			  0),
		"%s", why.text);
	cr_assert(eq(int,
			  option_parse(d->cell.optimizer->options, optimizer, options,
				  d->cell.oopt, &why),
			  0),
		"%s", why.text);
	cr_assert(eq(int, instance_make(&d->in, problem, d->cell.popt, 0, &why), 0), "%s",
		why.text);
	cr_assert(eq(int, oracle_init(&d->f, &d->cell, &d->in), 0), "out of memory");
	cr_assert(le(sz, d->in.facts.n, 64), "room for x");
	instance_start(&d->in, 1, d->x);
	d->f.call_limit = INFINITY;
	d->state = d->cell.optimizer->init(&d->f, d->cell.oopt, d->x);
	cr_assert(ne(ptr, d->state, NULL), "%s: init", optimizer);
}

static enum nso_status drive_step(struct drive *d)
{
	d->f.rate = 1;
	d->f.step = ++d->steps;
	oracle_draw(&d->f);
	return d->status = d->cell.optimizer->step(d->state, &d->f, d->x);
}

static void drive_off(struct drive *d)
{
	d->cell.optimizer->free(d->state);
	oracle_free(&d->f);
	instance_free(&d->in);
}

static double value_of(const struct drive *d) { return instance_eval(&d->in, d->x, NULL); }

/* ---------------------------------------------------------------- targets
 * ---------------------- */

static const struct {
	const char *optimizer, *problem;
	double calls;
} targets[] = {
	{ "bfgs", "cb2", 1000 },
	{ "bfgs", "cb3", 1000 },
	{ "bfgs", "maxquad", 1000 },
	{ "r-algorithm", "cb2", 1000 },
	{ "r-algorithm", "cb3", 1000 },
	{ "r-algorithm", "maxquad", 1000 },
	{ "proximal-bundle", "cb2", 33 }, /* the published bundle code's counts */
	{ "proximal-bundle", "cb3", 16 },
	{ "proximal-bundle", "maxquad", 75 },
	{ "proximal-bundle", "mxhilb", 100 },
	{ "proximal-bundle", "nonsmooth-rosenbrock", 200 }, /* not convex */
	{ "proximal-bundle", "chained-crescent-1", 400 },
	{ "proximal-bundle", "chained-crescent-2", 400 },
	{ "gradient-sampling", "cb2", 20000 },
	{ "gradient-sampling", "cb3", 20000 },
	{ "gradient-sampling", "maxquad", 20000 },
};

Test(nonsmooth, targets, .timeout = 120)
{
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		const struct nso_problem *p = problem_find(targets[i].problem);
		struct drive d;
		double best;

		cr_assert(ne(ptr, (void *)p, NULL), "%s is not registered", targets[i].problem);
		drive_on(&d, targets[i].optimizer, "", p, "");
		best = d.in.facts.optimum;
		best += 1e-6 * (1 + fabs(best));
		while (value_of(&d) > best && drive_step(&d) == NSO_CONTINUE &&
			(double)oracle_calls(&d.f) < targets[i].calls) {
		}
		cr_assert(le(dbl, value_of(&d), best),
			"%s on %s: %.17g after %zu calls, status %d", targets[i].optimizer,
			targets[i].problem, value_of(&d), (size_t)oracle_calls(&d.f),
			(int)d.status);
		cr_assert(le(dbl, (double)oracle_calls(&d.f), targets[i].calls),
			"%s on %s: %zu calls", targets[i].optimizer, targets[i].problem,
			(size_t)oracle_calls(&d.f));
		drive_off(&d);
	}
	no_leak();
}

/* ---------------------------------------------------------------- properties
 * ------------------- */

Test(nonsmooth, turning_the_plane_turns_the_iterates, .timeout = 120)
{
	static const char *const methods[] = { "bfgs", "lbfgs", "r-algorithm",
		"proximal-bundle" };

	for (size_t m = 0; m < 4; m++) {
		struct drive a, b;
		double c = cos(.7), s = sin(.7);

		drive_on(&a, methods[m], "", &my_problem, "what=0");
		drive_on(&b, methods[m], "", &my_problem, "what=0,angle=0.7");
		for (int t = 0; t < 8; t++) {
			double u, v;

			drive_step(&a);
			drive_step(&b);
			u = c * b.x[0] - s * b.x[1];
			v = s * b.x[0] + c * b.x[1];
			cr_assert(lt(dbl, fabs(u - a.x[0]) + fabs(v - a.x[1]), 1e-8),
				"%s, step %d: (%g, %g) turned is not (%g, %g)", methods[m], t,
				u, v, a.x[0], a.x[1]);
		}
		drive_off(&a);
		drive_off(&b);
	}
	no_leak();
}

Test(nonsmooth, steps_of_bfgs_are_weak_wolfe, .timeout = 120)
{
	static const char *const methods[] = { "bfgs", "lbfgs" };

	for (size_t m = 0; m < 2; m++) {
		struct drive d;
		size_t tested = 0;

		drive_on(&d, methods[m], "", problem_find("maxquad"), "");
		for (int t = 0; t < 60; t++) {
			double x[10], g[2][10], f[2], slope[2] = { 0 };

			memcpy(x, d.x, sizeof x);
			f[0] = instance_eval(&d.in, x, g[0]);
			if (drive_step(&d) != NSO_CONTINUE)
				break;
			f[1] = instance_eval(&d.in, d.x, g[1]);
			for (size_t i = 0; i < 10; i++) {
				slope[0] += g[0][i] * (d.x[i] - x[i]);
				slope[1] += g[1][i] * (d.x[i] - x[i]);
			}
			cr_assert(lt(dbl, f[1], f[0] + 1e-4 * slope[0] + 1e-12),
				"%s, step %d: no sufficient decrease", methods[m], t);
			cr_assert(lt(dbl, .5 * slope[0] - 1e-9, slope[1]),
				"%s, step %d: slope %g of %g", methods[m], t, slope[1],
				slope[0]);
			tested++;
		}
		cr_assert(lt(sz, 40, tested), "%s: only %zu steps", methods[m], tested);
		drive_off(&d);
	}
	no_leak();
}

/* Until the memory is full, and without scaling, L-BFGS is BFGS (Nocedal, Wright 2006, 7.2). */
Test(nonsmooth, lbfgs_with_all_pairs_is_bfgs, .timeout = 120)
{
	struct drive a, b;

	drive_on(&a, "bfgs", "scale=off", problem_find("rosenbrock"), "");
	drive_on(&b, "lbfgs", "scale=off,memory=50", problem_find("rosenbrock"), "");
	for (int t = 0; t < 12; t++) {
		drive_step(&a);
		drive_step(&b);
		cr_assert(lt(dbl, fabs(a.x[0] - b.x[0]) + fabs(a.x[1] - b.x[1]), 1e-8),
			"step %d: (%.17g, %.17g), BFGS (%.17g, %.17g)", t, b.x[0], b.x[1],
			a.x[0], a.x[1]);
	}
	cr_assert(
		eq(sz, (size_t)oracle_calls(&a.f), (size_t)oracle_calls(&b.f)), "calls differ");
	drive_off(&a);
	drive_off(&b);
	no_leak();
}

Test(nonsmooth, ingd_ends_goldstein_stationary, .timeout = 120)
{
	/* |x1| + |x2| with delta = 0.02: zero is in the hull of gradients within delta of x
	 * only if both coordinates are within delta of zero; before, every step falls by delta
	 * |m|/4. */
	static const char *const variants[] = { "variant=zhang,delta=0.02,epsilon=1e-3",
		"variant=perturbed,delta=0.02,epsilon=1e-3" };

	for (size_t v = 0; v < 2; v++) {
		struct drive d;
		double last, now;

		drive_on(&d, "ingd", variants[v], &my_problem, "what=8");
		do {
			last = value_of(&d);
			drive_step(&d);
			now = value_of(&d);
			if (d.status == NSO_CONTINUE)
				cr_assert(
					le(dbl, now, last - .02 * d.f.reported[0] / 4 + 1e-15),
					"%s, step %zu: fell by %g only", variants[v], d.steps,
					last - now);
		} while (d.status == NSO_CONTINUE && d.steps < 2000);
		cr_assert(eq(int, (int)d.status, NSO_CONVERGED), "%s: status %d", variants[v],
			(int)d.status);
		cr_assert(fabs(d.x[0]) <= .02 && fabs(d.x[1]) <= .02, "%s: (%g, %g)",
			variants[v], d.x[0], d.x[1]);
		drive_off(&d);
	}
	no_leak();
}

/* Beck, Teboulle 2009, theorems 3.1 and 4.4; with backtracking L becomes eta L. */
Test(nonsmooth, proximal_methods_keep_their_bounds, .timeout = 120)
{
	static const struct {
		const char *name, *options;
		double factor;
		int fast;
	} runs[] = {
		{ "prox-gradient", "", 1, 0 },
		{ "prox-gradient", "backtracking=on,lr=1", 2, 0 },
		{ "fista", "", 1, 1 },
		{ "fista", "backtracking=on,lr=1", 2, 1 },
	};

	for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
		struct drive d;
		double R2 = 0, best, bound;

		drive_on(&d, runs[r].name, runs[r].options, &my_problem, "what=9");
		best = instance_eval(&d.in, d.in.facts.minimizer, NULL);
		for (size_t i = 0; i < 8; i++)
			R2 += pow(d.x[i] - d.in.facts.minimizer[i], 2);
		for (double k = 1; k <= 200; k++) {
			drive_step(&d);
			bound = runs[r].factor * 8 * R2 *
				(runs[r].fast ? 2 / ((k + 1) * (k + 1)) : 1 / (2 * k));
			cr_assert(le(dbl, value_of(&d) - best, bound + 1e-14),
				"%s %s, step %g: gap %g above %g", runs[r].name,
				runs[r].options, k, value_of(&d) - best, bound);
		}
		cr_assert(lt(dbl, value_of(&d) - best, 1e-8), "%s %s: gap %g", runs[r].name,
			runs[r].options, value_of(&d) - best);
		drive_off(&d);
	}
	no_leak();
}

Test(nonsmooth, restarts_make_fista_linear, .timeout = 120)
{
	static const char *const options[] = { "", "restart=gradient", "restart=function" };
	double gap[3];

	for (size_t r = 0; r < 3; r++) {
		struct drive d;

		drive_on(&d, "fista", options[r], &my_problem, "what=9");
		for (int k = 0; k < 60; k++)
			drive_step(&d);
		gap[r] = fmax(
			value_of(&d) - instance_eval(&d.in, d.in.facts.minimizer, NULL), 1e-16);
		drive_off(&d);
	}
	cr_assert(lt(dbl, gap[1], gap[0] / 10), "gradient restart: %g, without %g", gap[1],
		gap[0]);
	cr_assert(lt(dbl, gap[2], gap[0] / 10), "function restart: %g, without %g", gap[2],
		gap[0]);
	no_leak();
}

Test(nonsmooth, the_cheat_is_at_the_minimizer_after_one_value, .timeout = 120)
{
	struct drive d;

	drive_on(&d, "oracle-cheat", "", problem_find("cb3"), "");
	cr_assert(eq(int, (int)drive_step(&d), NSO_CONVERGED), "one step");
	cr_assert(value_of(&d) == 2 && (size_t)oracle_calls(&d.f) == 1, "f* = 2");
	drive_off(&d);
}

Test(nonsmooth, random_search_never_rises_and_arrives, .timeout = 120)
{
	struct drive d;
	double last;

	drive_on(&d, "random-search", "", &my_problem, "what=8");
	for (int t = 0; t < 3000; t++) {
		last = value_of(&d);
		drive_step(&d);
		cr_assert(le(dbl, value_of(&d), last), "step %d: f rose", t);
	}
	cr_assert(lt(dbl, last, 1e-6), "f = %g after 3000 values", last);
	cr_assert(eq(sz, (size_t)d.f.calls[CALL_VALUE], 3001), "one value a step");
	drive_off(&d);
	no_leak();
}

/* ---------------------------------------------------------------- GSL called directly
 * ---------- */

static size_t direct_calls;

static double direct_f(const gsl_vector *v, void *p)
{
	const struct instance *in = p;
	double x[2] = { gsl_vector_get(v, 0), gsl_vector_get(v, 1) };

	direct_calls++;
	return instance_eval(in, x, NULL);
}

static void direct_fdf(const gsl_vector *v, void *p, double *f, gsl_vector *g)
{
	const struct instance *in = p;
	double x[2] = { gsl_vector_get(v, 0), gsl_vector_get(v, 1) }, y[2];

	direct_calls++;
	*f = instance_eval(in, x, y);
	gsl_vector_set(g, 0, y[0]);
	gsl_vector_set(g, 1, y[1]);
}

static void direct_df(const gsl_vector *v, void *p, gsl_vector *g)
{
	double f;

	direct_fdf(v, p, &f, g);
}

static void same_as_descent(const char *name, const gsl_multimin_fdfminimizer_type *type)
{
	struct drive d;
	gsl_multimin_fdfminimizer *m = gsl_multimin_fdfminimizer_alloc(type, 2);
	gsl_vector *x = gsl_vector_alloc(2);
	gsl_multimin_function_fdf f = { direct_f, direct_df, direct_fdf, 2, &d.in };

	drive_on(&d, name, "step_size=0.05,tol=0.2", problem_find("rosenbrock"), "");
	gsl_vector_set(x, 0, d.x[0]);
	gsl_vector_set(x, 1, d.x[1]);
	direct_calls = 0;
	gsl_multimin_fdfminimizer_set(m, &f, x, 0.05, 0.2);
	for (int t = 0; t < 15; t++) {
		gsl_multimin_fdfminimizer_iterate(m);
		drive_step(&d);
		cr_assert(
			d.x[0] == gsl_vector_get(m->x, 0) && d.x[1] == gsl_vector_get(m->x, 1),
			"%s, step %d", name, t);
		cr_assert(eq(sz, (size_t)oracle_calls(&d.f), direct_calls), "%s: calls", name);
	}
	gsl_multimin_fdfminimizer_free(m);
	gsl_vector_free(x);
	drive_off(&d);
}

Test(nonsmooth, wrappers_do_what_gsl_does, .timeout = 120)
{
	struct drive d;
	gsl_multimin_fminimizer *m;
	gsl_vector *x = gsl_vector_alloc(2), *sides = gsl_vector_alloc(2);
	gsl_multimin_function f = { direct_f, 2, &d.in };

	same_as_descent("gsl-bfgs2", gsl_multimin_fdfminimizer_vector_bfgs2);
	same_as_descent("gsl-conjugate-fr", gsl_multimin_fdfminimizer_conjugate_fr);
	m = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
	drive_on(&d, "gsl-nmsimplex2", "step_size=0.5", problem_find("rosenbrock"), "");
	gsl_vector_set(x, 0, d.x[0]);
	gsl_vector_set(x, 1, d.x[1]);
	gsl_vector_set_all(sides, 0.5);
	direct_calls = 0;
	gsl_multimin_fminimizer_set(m, &f, x, sides);
	for (int t = 0; t < 60; t++) {
		gsl_multimin_fminimizer_iterate(m);
		drive_step(&d);
		cr_assert(
			d.x[0] == gsl_vector_get(m->x, 0) && d.x[1] == gsl_vector_get(m->x, 1),
			"simplex, step %d", t);
		cr_assert(eq(sz, (size_t)oracle_calls(&d.f), direct_calls), "simplex: calls");
	}
	gsl_multimin_fminimizer_free(m);
	gsl_vector_free(x);
	gsl_vector_free(sides);
	drive_off(&d);
	no_leak();
}

/* ---------------------------------------------------------------- misbehaviour
 * ----------------- */

static const char *const all_methods[] = { "bfgs", "lbfgs", "gradient-sampling",
	"proximal-bundle", "r-algorithm", "ingd", "prox-gradient", "fista", "gsl-bfgs2",
	"gsl-conjugate-fr", "gsl-nmsimplex2", "random-search", "oracle-cheat" };
enum { METHODS = sizeof all_methods / sizeof *all_methods };

/* NaN is no convergence and not for ever to be continued; random search may hope. */
static int is_said(const struct drive *d, const char *method)
{
	return !strcmp(method, "random-search")
		       ? d->status == NSO_CONTINUE
		       : d->status == NSO_DIVERGED || d->status == NSO_FAILED ||
				 d->status == NSO_STUCK;
}

Test(nonsmooth, bad_functions_end_in_a_status, .timeout = 120)
{
	for (size_t m = 0; m < METHODS; m++)
		for (int what = 0; what <= LASSO; what++) {
			char options[32];
			struct drive d;

			snprintf(options, sizeof options, "what=%d", what);
			drive_on(&d, all_methods[m], "", &my_problem, options);
			d.f.call_limit = 3000;
			while (d.steps < 4000 && drive_step(&d) == NSO_CONTINUE &&
				!nso_spent(&d.f)) {
			}
			cr_assert(lt(sz, (size_t)oracle_calls(&d.f), 3200),
				"%s on function %d: %zu calls of 3000", all_methods[m], what,
				(size_t)oracle_calls(&d.f));
			if (what == NOT_A_NUMBER || what == INFINITE)
				cr_assert(is_said(&d, all_methods[m]),
					"%s on function %d: status %d", all_methods[m], what,
					(int)d.status);
			drive_off(&d);
		}
	no_leak();
}

Test(nonsmooth, a_zero_gradient_is_convergence, .timeout = 120)
{
	static const char *const methods[] = { "bfgs", "lbfgs", "gradient-sampling",
		"proximal-bundle", "r-algorithm", "ingd", "prox-gradient", "fista", "gsl-bfgs2",
		"gsl-conjugate-fr" };

	for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
		struct drive d;

		drive_on(&d, methods[m], "", &my_problem, "what=5");
		while (drive_step(&d) == NSO_CONTINUE && d.steps < 20) {
		}
		cr_assert(eq(int, (int)d.status, NSO_CONVERGED), "%s: status %d", methods[m],
			(int)d.status);
		cr_assert(d.x[0] == 0 && d.x[1] == 0, "%s moved", methods[m]);
		drive_off(&d);
	}
	no_leak();
}

Test(nonsmooth, methods_with_inner_loops_keep_the_budget, .timeout = 120)
{
	static const char *const runs[][2] = { { "gradient-sampling", "samples=5000" },
		{ "ingd", "" }, { "r-algorithm", "h=1e-6,growth=mean" }, { "bfgs", "" },
		{ "proximal-bundle", "" } };

	for (size_t m = 0; m < sizeof runs / sizeof *runs; m++) {
		struct drive d;

		drive_on(&d, runs[m][0], runs[m][1], problem_find("maxquad"), "");
		d.f.call_limit = 57;
		while (!nso_spent(&d.f) && drive_step(&d) == NSO_CONTINUE) {
		}
		cr_assert(le(sz, (size_t)oracle_calls(&d.f), 59), "%s: %zu calls of 57",
			runs[m][0], (size_t)oracle_calls(&d.f));
		drive_off(&d);
	}
	no_leak();
}

/* Without lifting it takes a far linearisation for the truth and stops where f still falls. */
Test(nonsmooth, bundle_lifts_what_is_not_convex, .timeout = 120)
{
	static const char *const options[] = { "", "gamma=0" };
	double gap[2];

	for (size_t i = 0; i < 2; i++) {
		struct drive d;

		drive_on(&d, "proximal-bundle", options[i],
			problem_find("nonsmooth-rosenbrock"), "");
		while (drive_step(&d) == NSO_CONTINUE && d.steps < 500) {
		}
		gap[i] = value_of(&d) - d.in.facts.optimum;
		cr_assert(eq(int, (int)d.status, NSO_CONVERGED));
		drive_off(&d);
	}
	cr_assert(lt(dbl, gap[0], 1e-8), "lifted: gap %g", gap[0]);
	cr_assert(gt(dbl, gap[1], 1), "not lifted: gap %g", gap[1]);
	no_leak();
}

Test(nonsmooth, bundle_with_room_for_three_uses_the_aggregate, .timeout = 120)
{
	struct drive d;
	double gap;

	drive_on(&d, "proximal-bundle", "bundle=3", problem_find("maxquad"), "");
	while (drive_step(&d) == NSO_CONTINUE && d.steps < 3000) {
	}
	gap = value_of(&d) - d.in.facts.optimum;
	cr_assert(lt(dbl, gap, 1e-4), "three subgradients, aggregation: gap %g in %zu steps",
		gap, d.steps);
	drive_off(&d);
	no_leak();
}
