/* test_harness.c -- options, streams, schedules, the oracle's counts and samples, budgets,
 * traces. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_cdf.h>
#include "leak.h"
#include "ground/instance.h"
#include "ground/number.h"
#include "ground/option.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "ground/words.h"
#include "measure/measures.h"
#include "run/cell.h"
#include "run/oracle.h"
#include "run/schedule.h"
#include "run/settings.h"

static struct cell cell_of(
	const char *problem, const char *popt, const char *optimizer, const char *oopt)
{
	struct cell c;
	struct why why = { "" };

	cell_defaults(&c);
	c.problem = problem_find(problem);
	c.optimizer = optimizer_find(optimizer);
	cr_assert(c.problem && c.optimizer, "%s or %s is missing", problem, optimizer);
	option_defaults(c.problem->options, c.popt);
	option_defaults(c.optimizer->options, c.oopt);
	cr_assert(eq(int, option_parse(c.problem->options, problem, popt, c.popt, &why), 0),
		"%s", why.text);
	cr_assert(eq(int, option_parse(c.optimizer->options, optimizer, oopt, c.oopt, &why), 0),
		"%s", why.text);
	return c;
}

static struct record run(const struct cell *c)
{
	struct instance in;
	struct record r;
	struct why why;

	cr_assert(eq(int, instance_make(&in, c->problem, c->popt, c->instance, &why), 0), "%s",
		why.text);
	cr_assert(eq(int, cell_run(c, &in, &r), 0), "memory");
	instance_free(&in);
	return r;
}

static const double *column(const struct record *r, const char *name)
{
	for (size_t i = 0; i < r->columns; i++)
		if (!strcmp(r->column[i].name, name))
			return r->column[i].v;
	cr_assert(0, "no column %s", name);
	return NULL;
}

/* ---------------------------------------------------------------- options -------------------- */

Test(option, doubles_read_back, .timeout = 60)
{
	gsl_rng *rng = stream(7);
	char text[40];
	double back;

	for (int i = 0; i < 100000; i++) {
		uint64_t bits = gsl_rng_get(rng);
		double v;

		memcpy(&v, &bits, sizeof v);
		if (!isfinite(v))
			continue;
		print_double(text, sizeof text, v);
		cr_assert(eq(int, parse_double(text, &back), 0), "%s", text);
		cr_assert(zero(int, memcmp(&v, &back, sizeof v)), "%s is not %a", text, v);
	}
	print_double(text, sizeof text, 0.1);
	cr_expect(zero(int, strcmp(text, "0.1")), "shortest form");
	print_double(text, sizeof text, NAN);
	cr_expect(zero(int, strcmp(text, "null")), "not a number");
	gsl_rng_free(rng);
	no_leak();
}

Test(option, nearest_names, .timeout = 60)
{
	static const char *const names[] = { "adam", "adamw", "s-adam", "subgradient" };

	cr_expect(zero(int, strcmp(nearest("adamm", names, 4), "adam")), "one letter too many");
	cr_expect(zero(int, strcmp(nearest("aadmw", names, 4), "adamw")), "transposed");
	cr_expect(
		zero(int, strcmp(nearest("subgrad", names, 4), "subgradient")), "a beginning");
	cr_expect(eq(ptr, (void *)nearest("zzzzz", names, 4), NULL), "nothing is near");
}

/* ---------------------------------------------------------------- random numbers ------------- */

/* xoshiro256** with the state that splitmix64 makes of seed 1, computed with the authors' code
 * in Python integers (the first outputs of the published algorithm). */
Test(random, reference_values, .timeout = 60)
{
	static const uint64_t expected[] = { UINT64_C(0xb3f2af6d0fc710c5),
		UINT64_C(0x853b559647364cea), UINT64_C(0x92f89756082a4514) };
	gsl_rng *rng = stream(1);

	for (int i = 0; i < 3; i++)
		cr_expect(eq(u64, gsl_rng_get(rng), expected[i]), "output %d", i);
	gsl_rng_free(rng);
}

/* Kolmogorov-Smirnov at level 1e-6 (statistic below 2.7 sqrt(n)), moments at 6 standard errors.
 */
Test(random, normal_numbers, .timeout = 60)
{
	enum { COUNT = 200001 };
	double *x = malloc(COUNT * sizeof *x), mean = 0, square = 0, lag = 0, worst = 0;
	gsl_rng *rng = stream(3);

	nso_normal(rng, COUNT, x);
	for (int i = 0; i < COUNT; i++) {
		mean += x[i] / COUNT;
		square += x[i] * x[i] / COUNT;
		lag += i ? x[i] * x[i - 1] / COUNT : 0;
	}
	cr_expect(lt(dbl, fabs(mean), 6 / sqrt(COUNT)), "mean %g", mean);
	cr_expect(lt(dbl, fabs(square - 1), 6 * sqrt(2.0 / COUNT)), "variance %g", square);
	cr_expect(lt(dbl, fabs(lag), 6 / sqrt(COUNT)), "neighbours are correlated: %g", lag);
	for (double q = -4; q <= 4; q += 0.25) {
		int below = 0;

		for (int i = 0; i < COUNT; i++)
			below += x[i] <= q;
		worst = fmax(worst, fabs((double)below / COUNT - gsl_cdf_ugaussian_P(q)));
	}
	cr_expect(lt(dbl, worst, 2.7 / sqrt(COUNT)), "distribution off by %g", worst);
	gsl_rng_free(rng);
	free(x);
	no_leak();
}

/* ---------------------------------------------------------------- schedules ------------------ */

Test(schedule, values, .timeout = 60)
{
	static const struct {
		const char *text;
		size_t t;
		double progress, rate;
	} cases[] = { { "constant", 9, 0.5, 1 }, { "inverse-sqrt", 3, 0, 0.5 },
		{ "1/sqrt(t+1)", 3, 0, 0.5 }, { "inverse", 3, 0, 0.25 },
		{ "geometric:factor=0.5", 3, 0, 0.125 }, { "cosine", 0, 0.5, 0.5 },
		{ "linear", 0, 0.25, 0.75 }, { "step:every=10,factor=0.1", 25, 0, 0.01 },
		{ "constant:warmup=4", 1, 0, 0.5 }, { "constant:warmup=4", 4, 0, 1 } };
	struct schedule s, again;
	struct why why;
	char text[128];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cr_assert(eq(int, schedule_parse(cases[i].text, &s, &why), 0), "%s", why.text);
		cr_expect(lt(dbl,
				  fabs(schedule_rate(&s, cases[i].t, cases[i].progress) -
					  cases[i].rate),
				  1e-15),
			"%s", cases[i].text);
		schedule_print(&s, text, sizeof text);
		cr_assert(eq(int, schedule_parse(text, &again, &why), 0), "%s: %s", text,
			why.text);
		cr_expect(s.kind == again.kind && s.factor == again.factor &&
				  s.every == again.every && s.warmup == again.warmup,
			"%s does not read back", text);
	}
	cr_expect(eq(int, schedule_parse("cosin", &s, &why), -1), "misspelt");
	cr_expect(ne(ptr, strstr(why.text, "did you mean 'cosine'"), NULL), "%s", why.text);
}

Test(schedule, averages_have_their_weights, .timeout = 60)
{
	double x[5] = { 3, 1, 4, 1, 5 }, avg;
	struct average a;
	struct why why;

	avg = 0;
	average_parse("uniform", &a, &why);
	for (size_t t = 1; t <= 5; t++)
		avg += average_weight(&a, t) * (x[t - 1] - avg);
	cr_expect(lt(dbl, fabs(avg - 14.0 / 5), 1e-14), "uniform %g", avg);
	avg = 0;
	average_parse("linear", &a, &why);
	for (size_t t = 1; t <= 5; t++)
		avg += average_weight(&a, t) * (x[t - 1] - avg);
	cr_expect(lt(dbl, fabs(avg - (3 + 2 + 12 + 4 + 25) / 15.0), 1e-14), "linear %g", avg);
}

/* ---------------------------------------------------------------- the oracle ----------------- */

Test(oracle, counts_are_exact, .timeout = 60)
{
	struct cell c = cell_of("chained-lq", "n=10", "s-adam", "k=2");
	struct record r;

	c.budget.work = 10000;
	r = run(&c);
	cr_expect(eq(u64, r.steps, 3333), "a step costs one subgradient and two values");
	cr_expect(eq(u64, r.calls[CALL_SUBGRADIENT], 3333), "subgradients");
	cr_expect(eq(u64, r.calls[CALL_VALUE], 6666), "values");
	cr_expect(eq(int, (int)r.status, BUDGET), "status");
	cr_expect(eq(dbl, column(&r, "work")[r.points - 1], 9999), "work");
	record_free(&r);
	no_leak();
}

Test(oracle, a_budget_is_never_exceeded, .timeout = 60)
{
	for (int work = 0; work < 12; work++) {
		struct cell c = cell_of("maxq", "n=3", "s-adam", "k=3");
		struct record r;

		c.budget.work = work;
		r = run(&c);
		/* the first step is taken whole: before it nobody knows what a step costs */
		cr_expect(le(dbl, r.work, fmax(work, work ? 4 : 0)), "work %g of %d", r.work,
			work);
		cr_expect(eq(int, (int)r.status, BUDGET), "status at %d", work);
		record_free(&r);
	}
	no_leak();
}

Test(oracle, noise_makes_one_function, .timeout = 60)
{
	struct cell c = cell_of("pl-sine", "", "sgd", "");
	struct instance in;
	struct nso_oracle f;
	struct why why;
	double x[10], y[10], g[10], before, after, slope = 0, t = 1e-6;

	c.noise = 3;
	cr_assert(eq(int, instance_make(&in, c.problem, c.popt, 0, &why), 0), "%s", why.text);
	cr_assert(eq(int, oracle_init(&f, &c, &in), 0), "memory");
	instance_start(&in, 1, x);
	oracle_draw(&f);
	nso_subgradient(&f, x, g);
	for (int i = 0; i < 10; i++) {
		slope += g[i] * (i + 1);
		y[i] = x[i] + t * (i + 1);
	}
	after = nso_value(&f, y);
	for (int i = 0; i < 10; i++)
		y[i] = x[i] - t * (i + 1);
	before = nso_value(&f, y);
	cr_expect(lt(dbl, fabs((after - before) / (2 * t) - slope), 1e-5 * fabs(slope)),
		"value and gradient disagree: %g, %g", (after - before) / (2 * t), slope);
	oracle_free(&f);
	instance_free(&in);
	no_leak();
}

Test(oracle, passes_see_every_term_once, .timeout = 60)
{
	struct cell c = cell_of("svm", "m=30,n=4", "sgd", "");
	struct instance in;
	struct nso_oracle f;
	struct why why;
	int seen[30] = { 0 }, most = 0;

	c.batch = 7; /* does not divide 30: batches straddle passes */
	cr_assert(eq(int, instance_make(&in, c.problem, c.popt, 0, &why), 0), "%s", why.text);
	cr_assert(eq(int, oracle_init(&f, &c, &in), 0), "memory");
	for (int step = 0; step < 30; step++) { /* seven passes */
		oracle_draw(&f);
		for (size_t i = 0; i < f.batch; i++)
			seen[f.terms[i]]++;
	}
	for (int i = 0; i < 30; i++) {
		most = seen[i] > most ? seen[i] : most;
		cr_expect(eq(int, seen[i], 7), "term %d came %d times", i, seen[i]);
	}
	cr_expect(eq(dbl, f.share, 7.0 / 30), "share");
	oracle_free(&f);
	instance_free(&in);
	no_leak();
}

/* ---------------------------------------------------------------- runs ----------------------- */

Test(cell, a_replay_is_bit_equal, .timeout = 60)
{
	static const char *const methods[] = { "s-adam", "adam", "polyak" };

	for (size_t k = 0; k < 3; k++) {
		struct cell c = cell_of("chained-cb3-1", "n=20", methods[k], "");
		struct record a, b;

		c.instance = 1;
		c.measures |= measure_bit("goldstein");
		a = run(&c);
		b = run(&c);
		cr_assert(eq(sz, a.points, b.points), "%s: points", methods[k]);
		for (size_t i = 0; i < a.columns; i++)
			cr_expect(zero(int, memcmp(a.column[i].v, b.column[i].v,
						    a.points * sizeof(double))),
				"%s: column %s differs", methods[k], a.column[i].name);
		record_free(&a);
		record_free(&b);
	}
	no_leak();
}

Test(cell, measures_do_not_change_the_run, .timeout = 60)
{
	struct cell c = cell_of("maxq", "n=10", "s-adam", "");
	struct record a, b;

	c.measures = 0;
	a = run(&c);
	c.measures = measure_bit("clarke") | measure_bit("goldstein");
	b = run(&c);
	cr_assert(eq(sz, a.points, b.points), "points");
	cr_expect(
		zero(int, memcmp(column(&a, "f"), column(&b, "f"), a.points * sizeof(double))),
		"the run changed");
	record_free(&a);
	record_free(&b);
	no_leak();
}

Test(cell, traces_do_not_grow_with_the_budget, .timeout = 60)
{
	struct cell c = cell_of("rosenbrock", "", "adam", "");
	struct record small, large;

	c.measures = 0;
	c.budget.work = 1e4;
	small = run(&c);
	c.budget.work = 1e6;
	large = run(&c);
	/* two more decades: 40 grid points, and at most all of the 51 targets */
	cr_expect(le(sz, large.points, small.points + 40 + 51), "%zu points, then %zu",
		small.points, large.points);
	record_free(&small);
	record_free(&large);
	no_leak();
}

Test(cell, grids, .timeout = 60)
{
	struct cell c = cell_of("maxq", "n=4", "sgd", "");
	struct record r;
	struct why why;

	c.budget = (struct budget){ INFINITY, 30, INFINITY, INFINITY, -INFINITY };
	grid_parse("all", &c.grid, &why);
	r = run(&c);
	cr_expect(eq(sz, r.points, 31), "all: %zu", r.points);
	record_free(&r);
	grid_parse("every:7", &c.grid, &why);
	r = run(&c);
	cr_assert(eq(sz, r.points, 6), "every:7: %zu", r.points); /* 0 7 14 21 28 30 */
	cr_expect(eq(dbl, column(&r, "step")[2], 14), "multiples of 7");
	record_free(&r);
	no_leak();
}

Test(cell, target_ends_a_run, .timeout = 60)
{
	struct cell c = cell_of("maxq", "n=4", "polyak", "");
	struct record r;

	c.budget.target = 1e-3;
	r = run(&c);
	cr_expect(eq(int, (int)r.status, TARGET), "status %s", status_words[r.status]);
	cr_expect(le(dbl, r.best_f, 1e-3), "best %g", r.best_f);
	record_free(&r);
	no_leak();
}

Test(cell, divergence_is_a_status, .timeout = 60)
{
	struct cell c = cell_of("rosenbrock", "", "sgd", "lr=1");
	struct record r = run(&c);

	cr_expect(eq(int, (int)r.status, DIVERGED), "status %s", status_words[r.status]);
	record_free(&r);
	no_leak();
}

Test(cell, averages_are_evaluated, .timeout = 60)
{
	struct cell c = cell_of("l1-norm", "n=1", "subgradient", "lr=0.3");
	struct record r;
	struct why why;

	average_parse("uniform", &c.average, &why);
	c.budget.work = 1000;
	r = run(&c);
	/* the iterates jump over the kink by 0.3 for ever, their mean does not */
	cr_expect(lt(dbl, column(&r, "average")[r.points - 1], 0.2), "average");
	record_free(&r);
	no_leak();
}

Test(cell, keys_tell_cells_apart, .timeout = 60)
{
	struct cell a = cell_of("maxq", "n=4", "adam", ""), b = a;
	char p[17], q[17];

	cell_key(&a, p);
	cell_key(&b, q);
	cr_expect(eq(str, p, q), "the same cell");
	b.oopt[0] *= 2;
	cell_key(&b, q);
	cr_expect(ne(str, p, q), "an option");
	b = a;
	b.seed = 2;
	cell_key(&b, q);
	cr_expect(ne(str, p, q), "the seed");
	b = a;
	b.budget.steps = 5;
	cell_key(&b, q);
	cr_expect(ne(str, p, q), "the budget");
}

/* ---------------------------------------------------------------- instances ------------------ */

Test(instance, shifted_ones_are_the_same_function_elsewhere, .timeout = 60)
{
	struct cell c = cell_of("chained-lq", "n=6", "adam", "");
	struct instance raw, moved;
	struct why why;
	double x[6], y[6], g[6], h[6];

	cr_assert(eq(int, instance_make(&raw, c.problem, c.popt, 0, &why), 0), "%s", why.text);
	cr_assert(
		eq(int, instance_make(&moved, c.problem, c.popt, 3, &why), 0), "%s", why.text);
	for (int i = 0; i < 6; i++) {
		x[i] = 0.3 * i - 1;
		y[i] = x[i] + moved.shift[i];
	}
	cr_expect(lt(dbl, fabs(instance_eval(&raw, x, g) - instance_eval(&moved, y, h)), 1e-12),
		"value");
	for (int i = 0; i < 6; i++)
		cr_expect(lt(dbl, fabs(g[i] - h[i]), 1e-12), "gradient %d", i);
	cr_expect(lt(dbl,
			  fabs(instance_eval(&moved, moved.facts.minimizer, NULL) -
				  moved.facts.optimum),
			  1e-12),
		"f(x*) = f*");
	instance_free(&raw);
	instance_free(&moved);
	no_leak();
}

/* ---------------------------------------------------------------- what was once wrong -------- */

Test(cell, the_best_of_a_sampled_run_is_a_value_of_f, .timeout = 60)
{
	struct cell c = cell_of("maxq", "n=4", "sgd", "lr=0.01");
	struct record r;
	double least = INFINITY;

	c.noise = 10; /* the sample's value falls far below f* = 0 */
	c.budget.work = 1000;
	r = run(&c);
	for (size_t i = 0; i < r.points; i++)
		least = fmin(least, column(&r, "f")[i]);
	cr_expect(
		eq(dbl, r.best_f, least), "best %g, least f of the trace %g", r.best_f, least);
	record_free(&r);
	no_leak();
}

static void *idle_init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)f, (void)opt, (void)x;
	return malloc(1);
}

static enum nso_status idle_step(void *state, struct nso_oracle *f, double *x)
{
	(void)state, (void)f, (void)x;
	return NSO_CONTINUE;
}

Test(cell, a_method_that_asks_nothing_ends, .timeout = 60)
{
	static const struct nso_optimizer idle = { .name = "idle",
		.title = "idle",
		.needs = NSO_SUBGRADIENT,
		.init = idle_init,
		.step = idle_step,
		.free = free };
	struct cell c = cell_of("maxq", "n=4", "sgd", "");
	struct record r;

	c.optimizer = &idle;
	r = run(&c);
	cr_expect(eq(int, (int)r.status, STUCK), "status %s", status_words[r.status]);
	record_free(&r);
	no_leak();
}
