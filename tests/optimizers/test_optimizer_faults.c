/* test_optimizer_faults.c -- every optimizer of the registry under bad luck: NaN and Inf, one
 * dimension, a start at the optimum, a zero gradient, no budget; and no step may allocate. */
#include <stdlib.h>
#include <string.h>
#include "leak.h"
#include "play.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"

/* Counts the calls of malloc and its kin while `counting`; glibc lets a program stand in for
 * them. */
#if defined __GLIBC__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define COUNTS_ALLOCATIONS 1
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
static volatile int counting;
static volatile size_t allocations;

void *malloc(size_t size)
{
	allocations += (size_t)counting;
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	allocations += (size_t)counting;
	return __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	allocations += (size_t)counting;
	return __libc_realloc(p, size);
}
#else
#define COUNTS_ALLOCATIONS 0
static volatile int counting;
static volatile size_t allocations;
#endif

/* A whole run through the harness, at most `steps` steps; its record must be freed. */
static struct record run(const struct nso_optimizer *o, const char *problem,
	const char *problem_options, double steps)
{
	struct cell cell;
	struct instance in;
	struct record r;
	struct why why;

	cell_defaults(&cell);
	cell.optimizer = o;
	cell.problem = playground(problem);
	option_defaults(o->options, cell.oopt);
	option_defaults(cell.problem->options, cell.popt);
	cr_assert(option_parse(cell.problem->options, problem, problem_options, cell.popt,
			  &why) == 0,
		"%s", why.text);
	cell.budget.steps = steps;
	cell.budget.work = 50 * steps;
	cell.budget.seconds = 10;
	playground_calls = 0;
	cr_assert(instance_make(&in, cell.problem, cell.popt, 0, &why) == 0, "%s", why.text);
	cr_assert(cell_run(&cell, &in, &r) == 0, "out of memory");
	instance_free(&in);
	return r;
}

/* NaN or Inf from call 3 or 7 on: the run ends by itself with a word for it. */
Test(faults, poisoned_oracle, .timeout = 60)
{
	static const char *const poisons[] = { "a=0,b=3,n=1", "a=0,b=7,n=5", "a=inf,b=3,n=5",
		"a=-inf,b=7,n=2" };
	size_t tried = 0;

	for (size_t k = 0; optimizer_at(k); k++)
		for (size_t i = 0; i < sizeof poisons / sizeof *poisons; i++) {
			const struct nso_optimizer *o = optimizer_at(k);
			struct record r = run(o, "poisoned", poisons[i], 300);

			cr_assert(r.status != MEMORY && r.status != RUNNING &&
					  r.status != TIMEOUT,
				"%s on %s: status %s", o->name, poisons[i],
				status_words[r.status]);
			tried += r.status == DIVERGED;
			record_free(&r);
		}
	cr_assert(tried > 100, "only %zu runs were called diverged", tried);
	no_leak();
}

/* A first-order method sees the NaN itself, and its x stays what it was. */
Test(faults, poison_stays_out_of_x, .timeout = 60)
{
	size_t tried = 0;

	for (size_t k = 0; optimizer_at(k); k++)
		for (int call = 1; call <= 4; call++) {
			const struct nso_optimizer *o = optimizer_at(k);
			enum nso_status status = NSO_CONTINUE;
			char poison[32];
			struct play p;

			if (!strcmp(o->group, "nonsmooth") || !strcmp(o->group, "wrapped") ||
				!strcmp(o->group, "baseline") ||
				o->needs & (NSO_PROX | NSO_SMOOTHNESS | NSO_SADDLE))
				continue;
			snprintf(poison, sizeof poison, "a=0,b=%d", call);
			playground_calls = 0;
			cr_assert(play_start(&p, o->name, "", "poisoned", poison, NULL, 3) == 0,
				"%s: %s", o->name, p.why.text);
			status = play_steps(&p, 10);
			cr_assert(status == NSO_DIVERGED, "%s, call %d: status %d", o->name,
				call, status);
			for (size_t j = 0; j < 3; j++)
				cr_assert(isfinite(p.x[j]), "%s, call %d: x[%zu] = %g", o->name,
					call, j, p.x[j]);
			play_end(&p);
			tried++;
		}
	cr_assert(tried > 100, "only %zu runs", tried);
	no_leak();
}

/* One dimension, smooth and not; a start at the optimum; a gradient that is zero everywhere. */
Test(faults, quiet_places, .timeout = 60)
{
	static const struct {
		const char *problem, *options;
		double start;
	} places[] = {
		{ "quadratic", "n=1", 1 },
		{ "absolute", "n=1", 1 },
		{ "quadratic", "n=3", 0 },
		{ "absolute", "n=3", 0 },
		{ "norm", "n=4", 0 },
		{ "constant", "n=3", 2 },
		{ "constant", "n=1", 0 },
	};
	size_t tried = 0;

	for (size_t k = 0; optimizer_at(k); k++)
		for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
			const struct nso_optimizer *o = optimizer_at(k);
			double start[4];
			struct play p;
			enum nso_status status = NSO_CONTINUE;
			size_t n = (size_t)(places[i].options[2] - '0');

			if (o->needs & (NSO_PROX | NSO_MINIMIZER | NSO_SMOOTHNESS | NSO_SADDLE))
				continue;
			for (size_t j = 0; j < n; j++)
				start[j] = places[i].start;
			cr_assert(play_start(&p, o->name, "", places[i].problem, "", start,
					  n) == 0,
				"%s: %s", o->name, p.why.text);
			for (int t = 0; t < 60 && status == NSO_CONTINUE; t++)
				status = play_step(&p);
			for (size_t j = 0; j < n; j++)
				cr_assert(isfinite(p.x[j]), "%s on %s: x[%zu] = %g", o->name,
					places[i].problem, j, p.x[j]);
			cr_assert(status != NSO_DIVERGED, "%s on %s: diverged", o->name,
				places[i].problem);
			play_end(&p);
			tried++;
		}
	cr_assert(tried > 200, "only %zu runs", tried);
	no_leak();
}

/* Nothing varies: an index of 0 over 0 is 0. */
Test(faults, index_without_eps, .timeout = 60)
{
	double start[2] = { 1, 1 };
	struct play p;

	cr_assert(play_start(&p, "s-adam", "lgi_eps=0", "constant", "", start, 2) == 0, "%s",
		p.why.text);
	cr_assert(play_step(&p) == NSO_CONTINUE, "the step fails");
	cr_assert(p.f.reported[0] == 0 && p.f.reported[1] == 1, "index %g, damping %g",
		p.f.reported[0], p.f.reported[1]);
	play_end(&p);
	no_leak();
}

Test(faults, no_budget, .timeout = 60)
{
	for (size_t k = 0; optimizer_at(k); k++) {
		struct record r = run(optimizer_at(k), "ellipse", "n=3", 0);

		cr_assert(r.status == BUDGET || r.status == SKIPPED, "%s: %s",
			optimizer_at(k)->name, status_words[r.status]);
		cr_assert(r.steps == 0 && r.calls[CALL_VALUE] + r.calls[CALL_SUBGRADIENT] == 0,
			"%s spends without a budget", optimizer_at(k)->name);
		record_free(&r);
	}
	no_leak();
}

Test(faults, steps_do_not_allocate, .timeout = 60)
{
	size_t tried = 0, found;
	void *block;

	if (!COUNTS_ALLOCATIONS)
		cr_skip("allocations cannot be counted here");
	counting = 1;
	block = malloc(1);
	counting = 0;
	found = allocations;
	free(block);
	cr_assert(found == 1, "the counter does not count");
	for (size_t k = 0; optimizer_at(k); k++) {
		const struct nso_optimizer *o = optimizer_at(k);
		const char *f = o->needs & NSO_SADDLE ? "tv-denoising" : "manhattan";
		struct play p;

		if (o->needs & (NSO_PROX | NSO_MINIMIZER | NSO_SMOOTHNESS))
			continue;
		cr_assert(play_start(&p, o->name, "", f, "n=20", NULL, 20) == 0, "%s: %s",
			o->name, p.why.text);
		allocations = 0;
		counting = 1;
		play_steps(&p, 40);
		counting = 0;
		cr_assert(allocations == 0, "%s: %zu allocations in 40 steps", o->name,
			(size_t)allocations);
		play_end(&p);
		tried++;
	}
	cr_assert(tried > 30, "only %zu methods", tried);
	no_leak();
}
