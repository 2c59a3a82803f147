/* bench_optimizers.c -- the cost of an update: nanoseconds per parameter and bytes per second
 * of a step whose oracle costs nothing, against a loop of additions over the same number of
 * arrays, both in turn in the same run; the least of many short measurements, for noise only
 * adds. One line each: optimizer, n, ns, GB/s, ns of the additions, share. */
#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/oracle.h"

enum { ROUNDS = 21, MOST_WRITES = 3 };
static const double least_seconds = 0.002; /* of one measurement */

static const struct work {
	const char *optimizer, *options;
	size_t reads, writes; /* arrays of n doubles that one step goes through */
} works[] = {
	{ "sgd", "", 2, 1 },
	{ "sgd", "momentum=0.9", 3, 2 },
	{ "adam", "", 4, 3 },
	{ "adamw", "", 4, 3 },
	{ "adabelief", "rectify=off", 4, 3 },
	{ "eadam", "", 4, 3 },
	{ "adaml", "", 4, 3 },
	{ "lion", "", 3, 2 },
};

static size_t dimension; /* of the problem below */
static int filled;

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	facts->n = dimension;
	return malloc(1);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	(void)self;
	(void)rng;
	for (size_t i = 0; i < dimension; i++)
		x[i] = 1 + 1e-9 * (double)i;
}

/* The first call leaves a gradient, the others leave what is there: the oracle is not measured.
 */
static double eval(const void *self, const double *x, double *g)
{
	(void)self;
	(void)x;
	for (size_t i = 0; g && !filled && i < dimension; i++)
		g[i] = 0.5 - (double)(i % 97) / 101;
	filled = 1;
	return 1;
}

static const struct nso_option no_options[] = { { 0 } };
static const struct nso_problem nothing = {
	.name = "nothing",
	.options = no_options,
	.make = make,
	.start = start,
	.eval = eval,
	.free = free,
};

static void additions(size_t n, size_t writes, const double *restrict g, double *restrict a,
	double *restrict b, double *restrict c)
{
	if (writes == 1)
		for (size_t i = 0; i < n; i++)
			a[i] += g[i];
	else if (writes == 2)
		for (size_t i = 0; i < n; i++) {
			a[i] += g[i];
			b[i] += g[i];
		}
	else
		for (size_t i = 0; i < n; i++) {
			a[i] += g[i];
			b[i] += g[i];
			c[i] += g[i];
		}
}

struct bench {
	const struct work *work;
	struct cell cell;
	struct instance in;
	struct nso_oracle f;
	void *state;
	double *x, *array; /* array: one to read and MOST_WRITES to write */
};

static int prepare(struct bench *b, const struct work *w, struct why *why)
{
	b->work = w;
	cell_defaults(&b->cell);
	b->cell.problem = &nothing;
	b->cell.optimizer = optimizer_find(w->optimizer);
	if (!b->cell.optimizer)
		return fail(why, "no optimizer %s", w->optimizer);
	option_defaults(b->cell.optimizer->options, b->cell.oopt);
	if (option_parse(
		    b->cell.optimizer->options, w->optimizer, w->options, b->cell.oopt, why) ||
		instance_make(&b->in, &nothing, b->cell.popt, 0, why))
		return -1;
	b->x = malloc(dimension * sizeof *b->x);
	b->array = calloc((1 + MOST_WRITES) * dimension, sizeof *b->array);
	if (!b->x || !b->array || oracle_init(&b->f, &b->cell, &b->in))
		return fail(why, "out of memory");
	instance_start(&b->in, 0, b->x);
	filled = 0;
	b->state = b->cell.optimizer->init(&b->f, b->cell.oopt, b->x);
	return b->state ? 0 : fail(why, "out of memory");
}

static void release(struct bench *b)
{
	if (b->state)
		b->cell.optimizer->free(b->state);
	if (b->f.in)
		oracle_free(&b->f);
	if (b->in.problem)
		instance_free(&b->in);
	free(b->x);
	free(b->array);
}

static void once(struct bench *b, int step)
{
	double *a = b->array;

	if (step)
		b->cell.optimizer->step(b->state, &b->f, b->x);
	else
		additions(dimension, b->work->writes, a, a + dimension, a + 2 * dimension,
			a + 3 * dimension);
}

/* Seconds of one step, or of one round of additions. */
static double measure(struct bench *b, int step, size_t repeats)
{
	double begin = seconds_now();

	for (size_t i = 0; i < repeats; i++)
		once(b, step);
	return (seconds_now() - begin) / (double)repeats;
}

static int run(const struct work *w, struct why *why)
{
	struct bench b = { 0 };
	double step = INFINITY, sum = INFINITY, ns, bytes;
	size_t repeats;

	if (prepare(&b, w, why)) {
		release(&b);
		return -1;
	}
	measure(&b, 0, 1);
	measure(&b, 1, 2);
	repeats = 1 + (size_t)(least_seconds / measure(&b, 1, 1));
	for (int i = 0; i < ROUNDS; i++) {
		sum = fmin(sum, measure(&b, 0, repeats));
		step = fmin(step, measure(&b, 1, repeats));
	}
	ns = 1e9 * step / (double)dimension;
	bytes = (double)((w->reads + w->writes) * sizeof(double));
	printf("%-10s %-12s %9zu %8.3f %8.2f %8.3f %6.0f%%\n", w->optimizer,
		*w->options ? w->options : "-", dimension, ns, bytes / ns,
		1e9 * sum / (double)dimension, 100 * sum / step);
	fflush(stdout);
	release(&b);
	return 0;
}

int main(void)
{
	static const size_t sizes[] = { 1000, 100000, 10000000 };
	struct why why;

	quiet_floats();
	printf("%-10s %-12s %9s %8s %8s %8s %7s\n", "optimizer", "options", "n", "ns", "GB/s",
		"adds ns", "share");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (size_t j = 0; j < sizeof works / sizeof *works; j++) {
			dimension = sizes[i];
			if (run(&works[j], &why)) {
				fprintf(stderr, "bench_optimizers: %s\n", why.text);
				return 1;
			}
		}
	return 0;
}
