/* test_network_layers.c -- every layer's gradient against central differences in double, away
 * from kinks; at kinks the conventions that are stated in layers.inc. */
#include <stdlib.h>
#include <string.h>
#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include "problems/network/data.h"

static const size_t rows[] = { 4, 0, 2, 5, 1 };
enum { K = sizeof rows / sizeof *rows, ROWS = 7 };

static gsl_rng *seeded(void) { return gsl_rng_alloc(gsl_rng_mt19937); }

/* Normal numbers as data; classes 0: one target per output. */
static struct network *with_data(struct shape shape, size_t classes, size_t targets)
{
	struct network *net = calloc(1, sizeof *net);
	struct dataset *d = &net->data;
	gsl_rng *rng = seeded();

	d->shape = shape;
	d->classes = classes;
	d->targets = targets;
	cr_assert_eq(dataset_grow(d, ROWS, 0), 0, "room for the data");
	d->rows = ROWS;
	for (size_t i = 0; i < ROWS * shape_size(shape); i++)
		d->numbers[i] = gsl_ran_gaussian(rng, 1);
	for (size_t i = 0; i < ROWS * targets; i++)
		d->values[i] = gsl_ran_gaussian(rng, 1);
	for (size_t i = 0; i < ROWS && classes; i++)
		d->labels[i] = (uint16_t)(i % classes);
	dataset_split(d, ROWS, (struct wish){ 0 });
	gsl_rng_free(rng);
	return net;
}

static struct nso_facts ready(struct network *net, int precision)
{
	struct nso_facts facts = { 0 };

	cr_assert_not_null(
		network_ready(net, precision, &facts), "network_ready: %s", facts.why);
	return facts;
}

static double *normal(size_t n, double deviation)
{
	double *x = calloc(n, sizeof *x);
	gsl_rng *rng = seeded();

	for (size_t i = 0; i < n; i++)
		x[i] = gsl_ran_gaussian(rng, deviation);
	gsl_rng_free(rng);
	return x;
}

/* Largest difference of g and central differences, relative to 1 + |g_i|. */
static double worst(const struct network *net, const double *x0, size_t n)
{
	double *x = calloc(n, sizeof *x), *g = calloc(n, sizeof *g), most = 0, h = 1e-6;

	for (size_t i = 0; i < n; i++)
		x[i] = x0[i];
	network_batch(net, K, rows, x, g);
	for (size_t i = 0; i < n; i++) {
		double up, down, error;

		x[i] = x0[i] + h;
		up = network_batch(net, K, rows, x, NULL);
		x[i] = x0[i] - h;
		down = network_batch(net, K, rows, x, NULL);
		x[i] = x0[i];
		error = fabs((up - down) / (2 * h) - g[i]) / (1 + fabs(g[i]));
		most = error <= most ? most : error;
	}
	free(x);
	free(g);
	return most;
}

/* Gradient in double, agreement of float with it, several chunks like one. Frees net. */
static void check(const char *what, struct network *net)
{
	struct network wide = *net;
	struct nso_facts facts = ready(net, PRECISION_64);
	double *x = normal(facts.n, 0.5), *g = calloc(facts.n, sizeof *g);
	double *g32 = calloc(facts.n, sizeof *g32), f, f32, error = worst(net, x, facts.n);
	double size = 0;

	cr_expect(error < 1e-6, "%s: gradient and differences disagree by %g", what, error);
	f = network_batch(net, K, rows, x, g);
	wide.work = arithmetic_32.make(&net->plan, &net->data);
	wide.plan = net->plan;
	wide.real = &arithmetic_32;
	f32 = network_batch(&wide, K, rows, x, g32);
	cr_expect(fabs(f - f32) < 1e-5 * (1 + fabs(f)), "%s: float %.9g, double %.9g", what,
		f32, f);
	for (size_t i = 0; i < facts.n; i++) {
		cr_expect(fabs(g[i] - g32[i]) < 2e-5 * (1 + fabs(g[i])),
			"%s: g[%zu] float %g double %g", what, i, g32[i], g[i]);
		size += g[i] * g[i];
	}
	cr_expect(size > 0, "%s: the gradient is zero, so nothing was tested", what);
	arithmetic_32.free(wide.work);
	free(x);
	free(g);
	free(g32);
	network_free(net);
}

static struct network *image(void)
{
	struct network *net = with_data((struct shape){ 6, 7, 2 }, 3, 0);
	struct layer *l = plan_add(&net->plan, CONVOLUTION, 4);

	l->padding = 1;
	return net;
}

static void end(struct network *net) { plan_add(&net->plan, DENSE, 3); }

Test(network_layers, dense_and_activations, .timeout = 20)
{
	for (size_t a = 0; network_activations[a]; a++) {
		struct network *net = with_data((struct shape){ 1, 1, 5 }, 3, 0);

		plan_add(&net->plan, DENSE, 8);
		network_activate(&net->plan, a);
		plan_add(&net->plan, DENSE, 6);
		network_activate(&net->plan, a);
		end(net);
		check(network_activations[a], net);
	}
}

Test(network_layers, losses, .timeout = 20)
{
	static const char *const name[] = { "cross-entropy", "squared", "hinge" };

	for (size_t i = 0; i < 3; i++) {
		struct network *net = with_data((struct shape){ 1, 1, 5 }, 3, 0);

		plan_add(&net->plan, DENSE, 4);
		plan_add(&net->plan, RELU, 0);
		end(net);
		net->plan.loss = (enum loss_kind)i;
		check(name[i], net);
	}
	struct network *net = with_data((struct shape){ 1, 1, 5 }, 0, 2);

	plan_add(&net->plan, DENSE, 2)->no_bias = 1;
	net->plan.loss = SQUARED;
	check("squared with targets", net);
}

Test(network_layers, convolutions, .timeout = 20)
{
	for (size_t stride = 1; stride <= 2; stride++)
		for (size_t padding = 0; padding <= 2; padding++) {
			struct network *net = image();
			struct layer *l = plan_add(&net->plan, CONVOLUTION, 3);

			l->stride = stride;
			l->padding = padding;
			plan_add(&net->plan, RELU, 0);
			end(net);
			check("convolution", net);
		}
}

Test(network_layers, pools, .timeout = 20)
{
	static const enum layer_kind kind[] = { MAX_POOL, AVERAGE_POOL };

	for (size_t i = 0; i < 4; i++) {
		struct network *net = image();
		struct layer *l = plan_add(&net->plan, kind[i / 2], 0);

		l->stride = 1 + i % 2;
		plan_add(&net->plan, RELU, 0);
		end(net);
		check(i / 2 ? "average pool" : "max pool", net);
	}
}

Test(network_layers, batch_norm_and_dropout, .timeout = 20)
{
	struct network *net = image();

	plan_add(&net->plan, BATCH_NORM, 0);
	plan_add(&net->plan, RELU, 0);
	plan_add(&net->plan, DROPOUT, 0)->rate = 0.25;
	end(net);
	net->seed = 12345;
	check("batch norm, relu, dropout", net);
	net = with_data((struct shape){ 1, 1, 5 }, 3, 0);
	plan_add(&net->plan, DROPOUT, 0)->rate = 0.5;
	plan_add(&net->plan, DENSE, 16);
	plan_add(&net->plan, HARD_TANH, 0);
	plan_add(&net->plan, DROPOUT, 0)->rate = 0.5;
	plan_add(&net->plan, BATCH_NORM, 0);
	end(net);
	net->seed = 777;
	check("dropout on hard-tanh", net);
}

Test(network_layers, lstm, .timeout = 20)
{
	for (size_t layers = 1; layers <= 3; layers++) {
		struct network *net = with_data((struct shape){ 1, 1, 1 }, 4, 0);
		struct dataset *d = &net->data;
		static const uint8_t text[] = { 0, 1, 3, 2, 2, 1, 0, 3, 1, 1, 2, 0, 3, 0, 1, 2,
			3, 3, 1, 0, 2, 1, 2, 3, 0, 1, 1, 0, 2 };

		dataset_clear(d);
		*d = (struct dataset){
			.shape = { 4, 1, 4 }, .classes = 4, .text = 1, .rows = 7
		};
		d->bytes = calloc(1, sizeof text);
		for (size_t i = 0; i < sizeof text; i++)
			d->bytes[i] = text[i];
		dataset_split(d, 7, (struct wish){ 0 });
		net->plan.sequence = 1;
		for (size_t i = 0; i < layers; i++)
			plan_add(&net->plan, LSTM, 3 + i);
		plan_add(&net->plan, DENSE, 4);
		check("lstm", net);
	}
}

/* A pass in chunks is the pass at once; the same rows again cost no second gathering. */
Test(network_layers, chunks, .timeout = 20)
{
	double f[2], *g[2];
	struct nso_facts facts = { 0 };

	for (size_t i = 0; i < 2; i++) {
		struct network *net = image();
		double *x;

		plan_add(&net->plan, RELU, 0);
		end(net);
		net->plan.chunk = i ? 2 : 64;
		facts = ready(net, PRECISION_64);
		x = normal(facts.n, 0.5);
		g[i] = calloc(facts.n, sizeof **g);
		network_batch(net, K, rows, x, g[i]);
		f[i] = network_eval(net, x, g[i]);
		cr_expect_eq(network_eval(net, x, NULL), f[i],
			"the value alone equals the value with g");
		free(x);
		network_free(net);
	}
	cr_expect(fabs(f[0] - f[1]) < 1e-14 * (1 + fabs(f[0])), "chunks: %.17g, at once: %.17g",
		f[1], f[0]);
	for (size_t i = 0; i < facts.n; i++)
		cr_expect(fabs(g[0][i] - g[1][i]) < 1e-13, "chunks: g[%zu] = %g, at once %g", i,
			g[1][i], g[0][i]);
	free(g[0]);
	free(g[1]);
}

/* y = w z with z = 1: at w = 0 relu and abs have slope 0; two equal maxima: the first moves. */
Test(network_layers, conventions_at_kinks, .timeout = 20)
{
	static const struct {
		enum layer_kind kind;
		size_t in, units;
		double w[2], g[2];
	} cases[] = {
		{ RELU, 1, 0, { 0 }, { 0 } },
		{ RELU, 1, 0, { -0.0 }, { 0 } },
		{ ABSOLUTE, 1, 0, { 0 }, { 0 } },
		{ HARD_TANH, 1, 0, { 1 }, { 0 } },
		{ HARD_TANH, 1, 0, { -1 }, { 0 } },
		{ MAXOUT, 2, 2, { 0.5, 0.5 }, { 1, 0 } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct network *net = with_data((struct shape){ 1, 1, 1 }, 0, 1);
		double g[2] = { NAN, NAN };

		plan_add(&net->plan, DENSE, cases[i].in)->no_bias = 1;
		plan_add(&net->plan, cases[i].kind, cases[i].units);
		net->plan.loss = SQUARED;
		for (size_t r = 0; r < ROWS; r++)
			net->data.numbers[r] = 1;
		ready(net, PRECISION_64);
		for (size_t r = 0; r < ROWS; r++) /* d(y - t)^2/dy = 1 at y = value */
			net->data.values[r] =
				(cases[i].kind == MAXOUT             ? 0.5
					: cases[i].kind == HARD_TANH ? cases[i].w[0]
								     : 0) -
				0.5;
		network_eval(net, cases[i].w, g);
		for (size_t j = 0; j < cases[i].in; j++)
			cr_expect(fabs(g[j] - cases[i].g[j]) < 1e-15,
				"case %zu: g[%zu] = %g, expected %g", i, j, g[j],
				cases[i].g[j]);
		network_free(net);
	}
}

Test(network_layers, misfits_are_refused, .timeout = 20)
{
	struct nso_facts facts = { 0 };
	struct network *net = with_data((struct shape){ 2, 2, 1 }, 3, 0);

	plan_add(&net->plan, CONVOLUTION, 4);
	end(net);
	cr_expect_null(
		network_ready(net, PRECISION_64, &facts), "a 3 x 3 kernel on 2 x 2 pixels");
	cr_expect_not_null(strstr(facts.why, "does not fit"), "reason: %s", facts.why);
	facts.why[0] = 0;
	net = with_data((struct shape){ 1, 1, 2 }, 3, 0);
	plan_add(&net->plan, DENSE, 4);
	cr_expect_null(network_ready(net, PRECISION_64, &facts), "4 outputs for 3 classes");
	cr_expect_not_null(
		strstr(facts.why, "4 outputs for 3 classes"), "reason: %s", facts.why);
}

/* All evaluations of a step see one mask and one crop; another draw another one; eval neither.
 */
Test(network_layers, randomness_of_a_step_is_frozen, .timeout = 20)
{
	struct network *net = with_data((struct shape){ 8, 8, 1 }, 3, 0);
	struct dataset *d = &net->data;
	gsl_rng *rng = seeded();
	struct nso_facts facts;
	double *x, *g, first, plain, other[8];
	size_t differing = 0;

	dataset_clear(d);
	*d = (struct dataset){ .shape = { 8, 8, 1 },
		.classes = 3,
		.mean = { 100, 0, 0, 0 },
		.scale = { 0.01, 1, 1, 1 } };
	cr_assert_eq(dataset_grow(d, ROWS, 1), 0, "room for the data");
	d->rows = ROWS;
	for (size_t i = 0; i < ROWS * 64; i++)
		d->bytes[i] = (uint8_t)(i * 37 % 251);
	dataset_split(d, ROWS, (struct wish){ 0 });
	plan_add(&net->plan, DENSE, 20);
	plan_add(&net->plan, DROPOUT, 0)->rate = 0.25;
	end(net);
	net->augment = 1;
	facts = ready(net, PRECISION_64);
	x = normal(facts.n, 0.1);
	g = calloc(facts.n, sizeof *g);
	plain = network_batch(net, K, rows, x, NULL);
	network_draw(net, rng);
	first = network_batch(net, K, rows, x, g);
	cr_expect_neq(first, plain, "a mask or a crop changes the loss");
	cr_expect_eq(
		network_batch(net, K, rows, x, NULL), first, "the same step, the same value");
	network_eval(net, x, NULL);
	cr_expect_eq(
		network_batch(net, K, rows, x, NULL), first, "also after a full evaluation");
	cr_expect(worst(net, x, facts.n) < 1e-6, "the gradient is that of the masked loss");
	for (size_t i = 0; i < 8; i++) {
		network_draw(net, rng);
		other[i] = network_batch(net, K, rows, x, NULL);
		differing += other[i] != first;
	}
	cr_expect_eq(differing, 8, "%zu of 8 draws differ", differing);
	gsl_rng_free(rng);
	free(x);
	free(g);
	network_free(net);
}
