/* bench_networks.c -- steps of networks against PyTorch on one thread, both measured in this
 * run by turns (SKIP where python3 has no torch); the share of the matrix products' peak; what
 * S-Adam's CIFAR-100 setting would take. Medians of five rounds. */
#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include "build.h"
#include "problems/network/data.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/schedule.h"

enum { ROUNDS = 5 };

static const struct {
	const char *name, *problem, *options, *optimizer, *settings;
	size_t batch;
	double steps, wanted; /* times PyTorch's rate */
} cases[] = {
	{ "mlp-adamw", "mlp", "width=256,rows=2000,test=10", "adamw", "", 128, 150, 1.5 },
	{ "mlp-s-adam", "mlp", "width=256,rows=2000,test=10", "s-adam", "k=4", 128, 60, 2 },
	{ "mlp-sam", "mlp", "width=256,rows=2000,test=10", "sam", "", 128, 80, 1.3 },
	{ "tiny-adamw", "spirals", "", "adamw", "", 64, 20000, 20 },
	{ "qatnet2-gradient", "qatnet2", "rows=1000,test=10", NULL, "", 128, 15, 1.5 },
};
enum { CASES = sizeof cases / sizeof *cases };

static int up(const void *a, const void *b)
{
	const double *p = a, *q = b;

	return (*p > *q) - (*p < *q);
}

static double median(double *v)
{
	qsort(v, ROUNDS, sizeof *v, up);
	return v[ROUNDS / 2];
}

static void check(int status, const struct why *why)
{
	if (!status)
		return;
	fprintf(stderr, "bench_networks: %s\n", why->text);
	exit(1);
}

static void prepare(struct cell *c, struct instance *in, size_t i)
{
	struct why why = { "out of memory" };

	cell_defaults(c);
	c->problem = problem_find(cases[i].problem);
	c->optimizer = optimizer_find(cases[i].optimizer ? cases[i].optimizer : "adamw");
	option_defaults(c->problem->options, c->popt);
	option_defaults(c->optimizer->options, c->oopt);
	check(option_parse(
		      c->problem->options, cases[i].problem, cases[i].options, c->popt, &why),
		&why);
	check(option_parse(
		      c->optimizer->options, "optimizer", cases[i].settings, c->oopt, &why),
		&why);
	c->batch = cases[i].batch;
	c->measures = 0;
	c->budget.work = INFINITY;
	c->budget.steps = cases[i].steps;
	c->grid = (struct grid){ GRID_LOG, 1 };
	check(instance_make(in, c->problem, c->popt, 0, &why), &why);
}

/* Milliseconds of a step, the trace's evaluations left out. */
static double run_steps(const struct cell *c, const struct instance *in)
{
	struct why why = { "the run fails" };
	struct record r = { 0 };
	double ms;

	check(cell_run(c, in, &r), &why);
	ms = 1e3 * r.wall / (double)r.steps;
	record_free(&r);
	return ms;
}

/* The same without an optimizer: forward and backward on another batch each time. */
static double run_gradients(const struct cell *c, const struct instance *in)
{
	double *x = calloc(2 * in->facts.n, sizeof *x), begin;
	size_t *rows = calloc(c->batch, sizeof *rows), steps = (size_t)c->budget.steps;
	struct why why = { "out of memory" };

	check(!x || !rows, &why);
	instance_start(in, 1, x);
	begin = seconds_now();
	for (size_t t = 0; t < steps; t++) {
		for (size_t j = 0; j < c->batch; j++)
			rows[j] = (t * 61 + j * 7) % in->facts.terms;
		instance_batch(in, c->batch, rows, x, x + in->facts.n);
	}
	begin = 1e3 * (seconds_now() - begin) / (double)steps;
	free(x);
	free(rows);
	return begin;
}

/* NAN where there is no PyTorch. */
static double torch(const char *name, char *version, size_t size)
{
	char command[4300], line[200];
	double ms = NAN;
	FILE *f;

	snprintf(command, sizeof command,
		"OMP_NUM_THREADS=1 /usr/bin/python3 '%s/bench/torch_networks.py' "
		"0.7 %s 2>/dev/null",
		SOURCEDIR, name);
	f = popen(command, "r");
	while (f && fgets(line, sizeof line, f)) {
		if (!strncmp(line, "version ", 8))
			snprintf(version, size, "%.*s", (int)strcspn(line + 8, "\n"), line + 8);
		else if (!strncmp(line, name, strlen(name)))
			ms = strtod(line + strlen(name), NULL);
	}
	if (f)
		pclose(f);
	return ms;
}

/* Thousand million operations a second of sgemm on matrices that fit the cache. */
static double peak(void)
{
	enum { N = 512 };
	float *a = calloc(3 * N * N, sizeof *a);
	double best = INFINITY;

	for (int i = 0; a && i < 8; i++) {
		double begin = seconds_now();

		cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1, a, N,
			a + N * N, N, 0, a + 2 * N * N, N);
		best = fmin(best, seconds_now() - begin);
	}
	free(a);
	return 2e-9 * N * N * N / best;
}

/* Operations of a forward and a backward pass, a row; nothing flows below the first layer. */
static double operations(const struct plan *p)
{
	double sum = 0;

	for (size_t i = 0; i < p->layers; i++) {
		const struct layer *l = &p->layer[i];
		double places =
			l->kind == CONVOLUTION ? (double)(l->out.height * l->out.width) : 1;

		sum += 2 * (i ? 3 : 2) * places * (double)l->weights;
	}
	return sum;
}

static void compare(size_t i)
{
	struct cell c;
	struct instance in = { 0 };
	double ours[ROUNDS], theirs[ROUNDS], m, t, share;
	char version[80] = "";

	prepare(&c, &in, i);
	for (size_t r = 0; r < ROUNDS; r++) {
		ours[r] = cases[i].optimizer ? run_steps(&c, &in) : run_gradients(&c, &in);
		theirs[r] = r && isnan(theirs[0])
				    ? NAN
				    : torch(cases[i].name, version, sizeof version);
	}
	m = median(ours);
	t = isnan(theirs[0]) ? NAN : median(theirs);
	share = (double)c.batch * operations(&((const struct network *)in.self)->plan) * 1e-6 /
		m;
	printf("%-17s %9.4f ms a step", cases[i].name, m);
	if (isnan(t))
		printf("; PyTorch: SKIP (no torch for /usr/bin/python3)");
	else
		printf("; PyTorch %s %9.4f ms; ratio %.2f (wanted %.1f)%s", version, t, t / m,
			cases[i].wanted, t / m < cases[i].wanted ? " TOO SLOW" : "");
	if (!cases[i].optimizer || !strcmp(cases[i].optimizer, "adamw"))
		printf("; %.0f GFLOP/s, %.0f %% of sgemm's peak", share, 100 * share / peak());
	puts("");
	fflush(stdout);
	instance_free(&in);
}

/* Xu et al. 2026: 8 epochs of 50,000 rows, batch 128, k = 8 probes. */
static void project(void)
{
	struct cell c;
	struct instance in = { 0 };
	struct why why = { "out of memory" };
	double ms;

	prepare(&c, &in, CASES - 1);
	c.optimizer = optimizer_find("s-adam");
	option_defaults(c.optimizer->options, c.oopt);
	check(option_parse(c.optimizer->options, "s-adam", "k=8", c.oopt, &why), &why);
	c.budget.steps = 50;
	ms = run_steps(&c, &in);
	printf("s-adam, k = 8, on qatnet2: %.1f ms a step of 50; 8 epochs of 50,000 rows: %.1f "
	       "minutes on "
	       "one core\n",
		ms, ms / 1e3 / 60 * 8 * ceil(50000.0 / 128));
	instance_free(&in);
}

/* Arguments: the cases wanted; none: all, and the projection. */
int main(int argc, char **argv)
{
	quiet_floats();
	for (size_t i = 0; i < CASES; i++) {
		int wanted = argc < 2;

		for (int a = 1; a < argc; a++)
			wanted |= !strcmp(argv[a], cases[i].name);
		if (wanted)
			compare(i);
	}
	if (argc < 2)
		project();
	return 0;
}
