/* bench_oracle.c -- what the harness costs: an oracle call against the bare function, whole
 * runs in steps per second, the size of a record against the budget. Medians of interleaved
 * repetitions. */
#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/text.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/oracle.h"
#include "run/record.h"

enum { REPEATS = 9 };

static int up(const void *a, const void *b)
{
	const double *p = a, *q = b;

	return (*p > *q) - (*p < *q);
}

static double median(double *v)
{
	qsort(v, REPEATS, sizeof *v, up);
	return v[REPEATS / 2];
}

static void prepare(struct cell *c, const char *problem, const char *popt,
	const char *optimizer, const char *oopt)
{
	struct why why;

	cell_defaults(c);
	c->problem = problem_find(problem);
	c->optimizer = optimizer_find(optimizer);
	option_defaults(c->problem->options, c->popt);
	option_defaults(c->optimizer->options, c->oopt);
	if (option_parse(c->problem->options, problem, popt, c->popt, &why) ||
		option_parse(c->optimizer->options, optimizer, oopt, c->oopt, &why)) {
		fprintf(stderr, "%s\n", why.text);
		exit(1);
	}
	c->measures = 0;
}

static void open_cell(const struct cell *c, struct instance *in)
{
	struct why why;

	if (instance_make(in, c->problem, c->popt, c->instance, &why)) {
		fprintf(stderr, "%s\n", why.text);
		exit(1);
	}
}

/* The points move, or a branchy function would be flattered by its predictors. */
static void one_call(const char *problem, const char *options, long calls)
{
	struct cell c;
	struct instance in;
	struct nso_oracle f;
	double bare[REPEATS], through[REPEATS], *x, *g, sum = 0;

	prepare(&c, problem, options, "adam", "");
	open_cell(&c, &in);
	if (oracle_init(&f, &c, &in))
		exit(1);
	x = calloc(2 * f.n, sizeof *x);
	g = x + f.n;
	instance_start(&in, 1, x);
	for (int r = 0; r < REPEATS; r++) {
		double start = seconds_now();

		for (long i = 0; i < calls; i++) {
			x[0] = (double)(i & 255) * 0.01 - 1.2;
			sum += in.problem->eval(in.self, x, g) + g[0];
		}
		bare[r] = (seconds_now() - start) / (double)calls * 1e9;
		start = seconds_now();
		for (long i = 0; i < calls; i++) {
			x[0] = (double)(i & 255) * 0.01 - 1.2;
			sum += nso_subgradient(&f, x, g) + g[0];
		}
		through[r] = (seconds_now() - start) / (double)calls * 1e9;
	}
	printf("oracle call     %-14s n = %-5zu bare %7.1f ns, through the oracle %7.1f ns, "
	       "adds %5.1f ns%s\n",
		problem, f.n, median(bare), median(through), median(through) - median(bare),
		sum == 0.5 ? "!" : "");
	free(x);
	oracle_free(&f);
	instance_free(&in);
}

static void steps(const char *problem, const char *options, double work)
{
	struct cell c;
	struct instance in;
	struct record r;
	double rate[REPEATS];

	prepare(&c, problem, options, "adam", "lr=0.001");
	c.budget.work = work;
	open_cell(&c, &in);
	for (int k = 0; k < REPEATS; k++) {
		double start = seconds_now();

		if (cell_run(&c, &in, &r))
			exit(1);
		rate[k] = (double)r.steps / (seconds_now() - start);
		record_free(&r);
	}
	printf("Adam, whole run %-14s n = %-5zu %.3g steps per second\n", problem, in.facts.n,
		median(rate));
	instance_free(&in);
}

static size_t record_bytes(double work)
{
	struct cell c;
	struct instance in;
	struct record r;
	struct text t = { 0 };
	size_t used;

	prepare(&c, "rosenbrock", "", "adam", "");
	c.budget.work = work;
	open_cell(&c, &in);
	if (cell_run(&c, &in, &r))
		exit(1);
	record_json(&t, &c, &r);
	used = t.used;
	text_free(&t);
	record_free(&r);
	instance_free(&in);
	return used;
}

/* A plain loop over the same numbers is the scale for the fill. */
static void normals(void)
{
	enum { COUNT = 100000 };
	double *x = malloc(COUNT * sizeof *x), seconds[REPEATS];
	gsl_rng *rng = stream(1);

	for (int k = 0; k < REPEATS; k++) {
		double start = seconds_now();

		for (int i = 0; i < 10; i++)
			nso_normal(rng, COUNT, x);
		seconds[k] = (seconds_now() - start) / (10.0 * COUNT) * 1e9;
	}
	printf("normal numbers  %.2f ns each\n", median(seconds));
	gsl_rng_free(rng);
	free(x);
}

int main(void)
{
	quiet_floats();
	one_call("rosenbrock", "", 4000000);
	one_call("chained-lq", "n=40", 1000000);
	one_call("chained-lq", "n=1000", 50000);
	steps("rosenbrock", "", 2e6);
	steps("chained-lq", "n=1000", 1e5);
	normals();
	printf("record          %zu bytes after 1e4 calls, %zu after 1e7\n", record_bytes(1e4),
		record_bytes(1e7));
	return 0;
}
