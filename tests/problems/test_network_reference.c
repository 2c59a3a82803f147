/* test_network_reference.c -- agreement with PyTorch: tests/reference/networks.txt, written by
 * networks.py beside it. Weights and data are drawn here as there. */
#include <stdlib.h>
#include <string.h>
#include <criterion/criterion.h>
#include "build.h"
#include "leak.h"
#include "problems/network/data.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"

/* ---------------------------------------------------------------- the file ------------------- */

/* The numbers of a name; *count how many. Freed by the caller. */
static double *reference(const char *name, size_t *count)
{
	const char *dir = getenv("srcdir");
	char path[1024], found[64];
	double *v = NULL;
	FILE *f;

	snprintf(path, sizeof path, "%s/tests/reference/networks.txt", dir ? dir : SOURCEDIR);
	f = fopen(path, "r");
	cr_assert_not_null(f, "%s cannot be read", path);
	while (fscanf(f, "%63s %zu", found, count) == 2) {
		v = realloc(v, *count * sizeof *v);
		for (size_t i = 0; i < *count; i++)
			cr_assert_eq(fscanf(f, "%lf", &v[i]), 1, "%s: number %zu", found, i);
		if (!strcmp(found, name))
			break;
	}
	fclose(f);
	cr_assert_str_eq(found, name, "%s stands in the file", name);
	return v;
}

static double take(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (double)(*state >> 33) / 1073741824 - 1;
}

/* ---------------------------------------------------------------- networks ------------------- */

static struct network *with_data(
	struct shape shape, size_t rows, size_t classes, uint64_t *state)
{
	struct network *net = calloc(1, sizeof *net);
	struct dataset *d = &net->data;

	d->shape = shape;
	d->classes = classes;
	cr_assert_eq(dataset_grow(d, rows, 0), 0, "room for the data");
	d->rows = rows;
	for (size_t i = 0; i < rows * shape_size(shape); i++)
		d->numbers[i] = 2 * take(state);
	for (size_t i = 0; i < rows; i++)
		d->labels[i] = (uint16_t)(i % classes);
	dataset_split(d, rows, (struct wish){ 0 });
	return net;
}

static void perceptron(struct network *net)
{
	static const size_t widths[] = { 8, 7 };

	for (size_t i = 0; i < 2; i++) {
		plan_add(&net->plan, DENSE, widths[i]);
		plan_add(&net->plan, RELU, 0);
	}
	plan_add(&net->plan, DENSE, 4);
}

static void convolutions(struct network *net, size_t a, size_t b, size_t padding, size_t bits)
{
	network_convolve(&net->plan, a, padding, network_quantiser(bits));
	network_convolve(&net->plan, b, padding, network_quantiser(bits));
	plan_add(&net->plan, DENSE, net->data.classes)->weight = network_quantiser(bits);
}

static double *parameters(const struct plan *p, uint64_t *state)
{
	double *x = calloc(p->n, sizeof *x);

	for (size_t i = 0; i < p->layers; i++)
		for (size_t j = 0; j < p->layer[i].weights + p->layer[i].biases; j++)
			x[p->layer[i].at + j] = take(state) / sqrt((double)p->layer[i].fan_in);
	return x;
}

struct run {
	struct network *net;
	double *x, *g, f;
};

static struct run evaluate(struct network *net, int precision, uint64_t *state)
{
	struct nso_facts facts = { 0 };
	struct run r = { .net = net };

	cr_assert_not_null(
		network_ready(net, precision, &facts), "network_ready: %s", facts.why);
	r.x = parameters(&net->plan, state);
	r.g = calloc(facts.n, sizeof *r.g);
	r.f = network_eval(net, r.x, r.g);
	return r;
}

static void release(struct run *r)
{
	free(r->x);
	free(r->g);
	network_free(r->net);
}

static void near(const char *what, double found, double wanted, double tolerance)
{
	cr_expect(fabs(found - wanted) <= tolerance * (1 + fabs(wanted)),
		"%s: %.17g, PyTorch %.17g, apart by %.2g", what, found, wanted,
		fabs(found - wanted));
}

static void compare(const char *name, const struct run *r, int precision)
{
	double tolerance = precision == PRECISION_64 ? 1e-10 : 1e-5, *v;
	char what[80];
	size_t count;

	snprintf(what, sizeof what, "%s.loss", name);
	v = reference(what, &count);
	near(what, r->f, *v, tolerance);
	free(v);
	snprintf(what, sizeof what, "%s.gradient", name);
	v = reference(what, &count);
	cr_assert_eq(count, r->net->plan.n, "%s: %zu parameters, PyTorch has %zu", name,
		r->net->plan.n, count);
	for (size_t i = 0; i < count; i++) {
		snprintf(what, sizeof what, "%s g[%zu]", name, i);
		near(what, r->g[i], v[i], tolerance);
	}
	free(v);
}

/* ---------------------------------------------------------------- tests ---------------------- */

Test(network_reference, mlp, .timeout = 30)
{
	for (int precision = PRECISION_32; precision <= PRECISION_64; precision++) {
		uint64_t state = 11;
		struct network *net = with_data((struct shape){ 1, 1, 6 }, 9, 4, &state);
		struct run r;

		perceptron(net);
		r = evaluate(net, precision, &state);
		compare("mlp", &r, precision);
		release(&r);
	}
	no_leak();
}

Test(network_reference, convolutions, .timeout = 30)
{
	static const struct {
		const char *name;
		size_t side, padding, bits;
		uint64_t seed;
	} cases[] = { { "cnn", 8, 1, 4, 12 }, { "qatnet", 10, 0, 0, 13 },
		{ "qatnet4", 10, 0, 2, 14 } };

	for (size_t i = 0; i < 6; i++) {
		size_t c = i / 2, side = cases[c].side;
		uint64_t state = cases[c].seed;
		struct network *net = with_data((struct shape){ side, side, 2 }, 7, 5, &state);
		struct run r;

		convolutions(net, 4, 6, cases[c].padding, cases[c].bits);
		r = evaluate(net, i % 2 ? PRECISION_64 : PRECISION_32, &state);
		compare(cases[c].name, &r, i % 2 ? PRECISION_64 : PRECISION_32);
		release(&r);
	}
	no_leak();
}

/* At full size: of each tensor the norm, and the product with a fixed random direction. */
Test(network_reference, qatnet2, .timeout = 30)
{
	for (int precision = PRECISION_32; precision <= PRECISION_64; precision++) {
		double tolerance = precision == PRECISION_64 ? 1e-10 : 1e-5, *v;
		uint64_t state = 15, direction = 16;
		struct network *net = with_data((struct shape){ 32, 32, 3 }, 4, 100, &state);
		struct run r;
		size_t count, at = 0;

		convolutions(net, 16, 32, 0, 0);
		r = evaluate(net, precision, &state);
		v = reference("qatnet2.loss", &count);
		near("qatnet2.loss", r.f, *v, tolerance);
		free(v);
		for (size_t b = 0; b < net->plan.blocks; b++) {
			double square = 0, dot = 0;
			char name[40];

			snprintf(name, sizeof name, "qatnet2.block%zu", b);
			v = reference(name, &count);
			for (; at < net->plan.block_ends[b]; at++) {
				square += r.g[at] * r.g[at];
				dot += r.g[at] * take(&direction);
			}
			near(name, sqrt(square), v[0], tolerance);
			near(name, dot, v[1], tolerance);
			free(v);
		}
		release(&r);
	}
	no_leak();
}

/* A dense layer on unit vectors shows its quantised weights one by one. */
static void quantiser(size_t word, size_t bits, const char *set, int precision)
{
	size_t count;
	char name[48];
	double *in, *out, shown[32];
	struct network *net = calloc(1, sizeof *net);
	struct nso_facts facts = { 0 };
	struct pass pass = { .data = &net->data, .part = &net->data.train };

	snprintf(name, sizeof name, "quantiser%zu.%s.%d.in", bits, set, precision ? 64 : 32);
	in = reference(name, &count);
	strcpy(strrchr(name, '.'), ".out");
	out = reference(name, &count);
	net->data.shape = (struct shape){ 1, 1, count };
	net->data.targets = 1;
	cr_assert_eq(dataset_grow(&net->data, count, 0), 0, "room for the data");
	net->data.rows = count;
	for (size_t i = 0; i < count; i++)
		net->data.numbers[i * count + i] = 1;
	dataset_split(&net->data, count, (struct wish){ 0 });
	struct layer *l = plan_add(&net->plan, DENSE, 1);

	l->no_bias = 1;
	l->weight = network_quantiser(word);
	net->plan.loss = SQUARED;
	cr_assert_not_null(
		network_ready(net, precision, &facts), "network_ready: %s", facts.why);
	net->real->outputs(net->work, &pass, 0, count, in, shown);
	for (size_t i = 0; i < count; i++)
		cr_expect_eq(shown[i], out[i], "%s: q(%.9g) = %.17g, PyTorch %.17g", name,
			in[i], shown[i], out[i]);
	free(in);
	free(out);
	network_free(net);
}

Test(network_reference, quantiser_value_by_value, .timeout = 30)
{
	static const struct {
		size_t word, bits;
	} kinds[] = { { 0, 2 }, { 2, 4 }, { 3, 8 } };

	for (size_t i = 0; i < 3; i++)
		for (int precision = PRECISION_32; precision <= PRECISION_64; precision++) {
			quantiser(kinds[i].word, kinds[i].bits, "ties", precision);
			quantiser(kinds[i].word, kinds[i].bits, "some", precision);
		}
	no_leak();
}

/* ---------------------------------------------------------------- AdamW ---------------------- */

static const struct nso_option no_options[] = { { 0 } };

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	uint64_t state = 16;
	struct network *net = with_data((struct shape){ 1, 1, 6 }, 9, 4, &state);

	(void)opt, (void)rng;
	perceptron(net);
	net->seed = state; /* start goes on from here */
	return network_ready(net, PRECISION_64, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct network *net = self;
	uint64_t state = net->seed;
	double *from = parameters(&net->plan, &state);

	(void)rng;
	memcpy(x, from, net->plan.n * sizeof *x);
	free(from);
}

static const struct nso_problem problem = { .name = "reference",
	.title = "",
	.reference = "",
	.options = no_options,
	.make = make,
	.start = start,
	.eval = network_eval,
	.free = network_free };

Test(network_reference, twenty_steps_of_adamw, .timeout = 30)
{
	struct cell c;
	struct instance in = { 0 };
	struct record r = { 0 };
	struct why why = { "" };
	size_t count;
	double *v = reference("adamw.x", &count);

	cell_defaults(&c);
	c.problem = &problem;
	c.optimizer = optimizer_find("adamw");
	option_defaults(c.optimizer->options, c.oopt);
	cr_assert_eq(option_parse(c.optimizer->options, "adamw", "lr=0.01,weight_decay=0.01",
			     c.oopt, &why),
		0, "%s", why.text);
	c.budget.steps = 20;
	c.record_x = 1;
	cr_assert_eq(instance_make(&in, &problem, c.popt, 0, &why), 0, "%s", why.text);
	cr_assert_eq(cell_run(&c, &in, &r), 0, "the run ends");
	cr_assert_eq(r.steps, 20, "20 steps, not %llu", (unsigned long long)r.steps);
	cr_assert_eq(count, r.n, "%zu parameters, PyTorch has %zu", r.n, count);
	for (size_t i = 0; i < count; i++)
		near("adamw", r.x[(r.points - 1) * r.n + i], v[i], 1e-8);
	free(v);
	record_free(&r);
	instance_free(&in);
	no_leak();
}
