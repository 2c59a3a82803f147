/* optimizer.c -- does an optimizer keep its promises? Short runs on four functions: its
 * status is a word of the contract, it replays bit-equal, and it survives NaN, n = 1, a start
 * at the optimum and an empty budget. */
#include <config.h>
#include "check/check.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "run/cell.h"
#include <stdlib.h>
#include <string.h>

enum { STEPS = 300 };

/* ------------------------------------------------------------------ functions of its own -- */

enum { KIND, N };
enum { ORDINARY, NOT_A_NUMBER, AT_OPTIMUM };
static const char *const kinds[] = { "ordinary", "nan", "optimum", NULL };
static const struct nso_option options[] = {
	[KIND] = { "kind", 0, 0, 2, "what is unusual", kinds, "nsobench", 0 },
	[N] = { "n", 3, 1, 100, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};

struct trap {
	size_t n;
	int kind;
	double zero[100];
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct trap *p = calloc(1, sizeof *p);

	(void)rng;
	if (!p)
		return NULL;
	p->n = facts->n = (size_t)opt[N];
	p->kind = (int)opt[KIND];
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->zero;
	facts->smoothness = 2;
	facts->lipschitz = INFINITY;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct trap *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = p->kind == AT_OPTIMUM ? 0 : 1 + (double)i;
}

/* |x|^2; with `nan` it stops being a number away from the start. */
static double eval(const void *self, const double *x, double *g)
{
	const struct trap *p = self;
	double f = 0;

	for (size_t i = 0; i < p->n; i++) {
		f += x[i] * x[i];
		if (g)
			g[i] = 2 * x[i];
	}
	if (p->kind != NOT_A_NUMBER || x[0] == 1)
		return f;
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = NAN;
	return NAN;
}

static double smooth(const void *self, const double *x, double *g) { return eval(self, x, g); }

static void prox(const void *self, double t, const double *v, double *x)
{
	const struct trap *p = self;

	(void)t;
	memmove(x, v, p->n * sizeof *x);
}

/* The same as h(Kx) with K = I and h = |z|^2, h* = |u|^2/4. */
static size_t trap_rows(const void *self) { return ((const struct trap *)self)->n; }

static double trap_norm(const void *self)
{
	(void)self;
	return 1;
}

static void trap_forward(const void *self, const double *x, double *y)
{
	const struct trap *p = self;
	double doubt = eval(p, x, NULL);

	for (size_t i = 0; i < p->n; i++)
		y[i] = isnan(doubt) ? doubt : x[i];
}

static void trap_dual(const void *self, double t, const double *v, double *u)
{
	for (size_t i = 0; i < ((const struct trap *)self)->n; i++)
		u[i] = v[i] / (1 + t / 2);
}

static void trap_back(const void *self, const double *y, double *x) { prox(self, 1, y, x); }

static const struct nso_saddle saddle = { trap_rows, trap_norm, trap_forward, trap_back, prox,
	trap_dual };

static const struct nso_problem trap = { .name = "trap",
	.title = "trap",
	.reference = "nsobench",
	.formula = "|x|^2",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_SMOOTH,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.smooth = smooth,
	.prox = prox,
	.free = free,
	.saddle = &saddle };

/* ------------------------------------------------------------------ runs ------------------ */

struct bench {
	struct check *check;
	const struct nso_optimizer *optimizer;
	const double *opt;
};

/* One run; -1 where the function cannot be made or the method needs what it does not offer. */
static int play(const struct bench *b, const struct nso_problem *p, const double *popt,
	double work, struct record *r)
{
	struct instance in;
	struct cell c;
	struct why why;
	int skipped;

	cell_defaults(&c);
	c.problem = p;
	c.optimizer = b->optimizer;
	memcpy(c.popt, popt, option_count(p->options) * sizeof *popt);
	memcpy(c.oopt, b->opt, option_count(b->optimizer->options) * sizeof *b->opt);
	c.budget.work = work;
	c.budget.steps = STEPS;
	c.measures = 0;
	if (instance_make(&in, p, popt, 0, &why))
		return -1;
	skipped = cell_run(&c, &in, r) || r->status == SKIPPED;
	instance_free(&in);
	if (skipped)
		record_free(r);
	return skipped ? -1 : 0;
}

static int same(const struct record *a, const struct record *b)
{
	int equal = a->status == b->status && a->steps == b->steps &&
		    !memcmp(a->calls, b->calls, sizeof a->calls) && a->points == b->points &&
		    a->columns == b->columns &&
		    !memcmp(&a->final_f, &b->final_f, sizeof a->final_f);

	for (size_t i = 0; equal && i < a->columns; i++)
		equal = !memcmp(
			a->column[i].v, b->column[i].v, a->points * sizeof *a->column[i].v);
	return equal;
}

static void check_run(const struct bench *b, const struct nso_problem *p, const double *popt)
{
	struct record first, second;

	if (play(b, p, popt, INFINITY, &first)) {
		check_found(
			b->check, CHECK_UNTESTED, "runs", "not on %s: it needs more", p->name);
		return;
	}
	check_found(b->check,
		first.status >= CONVERGED && first.status <= TARGET && first.status != FAILED,
		"a run ends with a sane status", "%s: %s after %lu steps, f %g -> %g", p->name,
		status_words[first.status], (unsigned long)first.steps, first.start_f,
		first.final_f);
	check_found(b->check, first.best_f <= first.start_f,
		"the best value is not above the first", "%s: %g of %g", p->name, first.best_f,
		first.start_f);
	if (!play(b, p, popt, INFINITY, &second)) {
		check_found(b->check, same(&first, &second), "replay gives the same bits",
			"%s: %zu trace points", p->name, first.points);
		record_free(&second);
	}
	record_free(&first);
}

static void check_trap(const struct bench *b, int kind, size_t n, double work, const char *what)
{
	double popt[] = { [KIND] = kind, [N] = (double)n };
	struct record r;
	int good;

	if (play(b, &trap, popt, work, &r)) {
		check_found(b->check, CHECK_UNTESTED, what, "it needs more");
		return;
	}
	good = r.status != CRASHED && r.status != MEMORY;
	if (kind == NOT_A_NUMBER) /* it must not go on as if nothing had happened */
		good = good && r.status != CONVERGED && r.status != TARGET;
	if (kind == ORDINARY && work > 0)
		good = good && isfinite(r.best_f) && r.best_f <= r.start_f;
	if (kind == AT_OPTIMUM)
		good = good && r.best_f == 0;
	if (work == 0)
		good = good && r.steps == 0;
	check_found(b->check, good, what, "%s after %lu steps, f %g -> %g",
		status_words[r.status], (unsigned long)r.steps, r.start_f, r.final_f);
	record_free(&r);
}

int check_optimizer(struct check *c, const struct nso_optimizer *optimizer, const double *opt)
{
	static const char *const names[] = { "maxq", "chained-lq", "rosenbrock",
		"tv-denoising" };
	struct bench b = { c, optimizer, opt };

	check_options(c, optimizer->options);
	check_found(c,
		optimizer->title && optimizer->reference && optimizer->rule &&
			optimizer->cost && optimizer->group,
		"title, reference, rule, cost and group are given", "%s", optimizer->name);
	for (size_t i = 0; i < (optimizer->needs & NSO_SADDLE ? 4 : 3); i++) {
		const struct nso_problem *p = problem_find(names[i]);
		double popt[NSO_MAX_OPTIONS];

		if (!p)
			continue;
		option_defaults(p->options, popt);
		check_run(&b, p, popt);
	}
	check_trap(&b, ORDINARY, 1, 2000, "works at n = 1");
	check_trap(&b, NOT_A_NUMBER, 3, 2000, "a function that turns NaN is not called solved");
	check_trap(&b, AT_OPTIMUM, 3, 2000, "a start at the optimum keeps f = 0 as the best");
	check_trap(&b, ORDINARY, 3, 0, "an empty budget means no step");
	return 0;
}
