/* bench_problems.c -- evaluations per second, subgradient included, of every problem at
 * n = 10, 1000, 100000, or at its own dimension where that is fixed. */
#include <config.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double shortest = 0.02,
		    patience = 0.5; /* seconds of one measurement, of one call */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* others may share the machine */
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Seconds of one call, the best of three; the point moves, so that kinks are crossed. */
static double measure(const struct instance *in, double *x, double *g)
{
	size_t calls = 1, n = in->facts.n;
	double best = INFINITY, before, spent;

	for (int trial = 0; trial < 3;) {
		before = now();
		for (size_t k = 0; k < calls; k++) {
			instance_eval(in, x, g);
			x[k % n] -= 1e-3 * g[k % n];
		}
		spent = now() - before;
		if (spent < shortest) {
			calls *= 4;
			continue;
		}
		best = fmin(best, spent / (double)calls);
		trial = spent > patience ? 3 : trial + 1;
	}
	return best;
}

static void measure_at(const struct nso_problem *p, double *opt)
{
	struct instance in;
	struct why why;
	double *x, seconds, begin = now();

	if (instance_make(&in, p, opt, 0, &why)) {
		printf("  %-24s unavailable: %s\n", p->name, why.text);
		return;
	}
	x = malloc(2 * in.facts.n * sizeof *x);
	if (x && now() - begin < 20 * patience) {
		instance_start(&in, 1, x);
		seconds = measure(&in, x, x + in.facts.n);
		printf("  %-24s n = %-8zu %12.4g a second %9.3g ns per coordinate\n", p->name,
			in.facts.n, 1 / seconds, 1e9 * seconds / (double)in.facts.n);
	}
	fflush(stdout);
	free(x);
	instance_free(&in);
}

/* Work and memory are linear in n: 100000 is no more than a large vector. */
static int linear(const struct nso_problem *p)
{
	static const char *const groups[] = { "large", "test29" };

	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (!strcmp(p->group, groups[i]) && strcmp(p->name, "mxhilb"))
			return 1;
	return 0;
}

int main(void)
{
	static const double sizes[] = { 10, 1000, 100000 };

	quiet_floats();
	for (size_t i = 0; problem_at(i); i++) {
		const struct nso_problem *p = problem_at(i);
		double opt[NSO_MAX_OPTIONS];
		int n = option_find(p->options, "n");

		if (p->traits & NSO_NETWORK)
			continue; /* bench_networks */
		option_defaults(p->options, opt);
		if (n < 0) {
			measure_at(p, opt);
			continue;
		}
		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
			opt[n] = sizes[k];
			if (sizes[k] >= p->options[n].min && sizes[k] <= p->options[n].max &&
				(linear(p) || k < 2))
				measure_at(p, opt);
		}
	}
	return 0;
}
