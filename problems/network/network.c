/* network.c -- what all network problems share: a plan with its data as a function of the
 * parameters. */
#include <stdio.h>
#include <stdlib.h>
#include "network.h"

const char *const network_precisions[] = { "32", "64", NULL };
const char *const network_activations[] = { "relu", "leaky-relu", "abs", "hard-tanh", "maxout",
	NULL };

struct layer *network_activate(struct plan *p, size_t word)
{
	static const enum layer_kind kinds[] = { RELU, LEAKY_RELU, ABSOLUTE, HARD_TANH,
		MAXOUT };
	struct layer *l = plan_add(p, kinds[word], kinds[word] == MAXOUT ? 2 : 0);

	l->rate = 0.01; /* slope of leaky relu, PyTorch's default */
	return l;
}

const char *const network_bits[] = { "2", "3", "4", "8", "float", NULL };

struct quantiser network_quantiser(size_t word)
{
	static const struct quantiser q[] = { { 1.5, -2, 1 }, { 3, -4, 3 }, { 7, -8, 7 },
		{ 127, -128, 127 }, { 0, 0, 0 } };

	return q[word];
}

void network_convolve(struct plan *p, size_t channels, size_t padding, struct quantiser q)
{
	struct layer *l = plan_add(p, CONVOLUTION, channels);

	l->padding = padding;
	l->weight = l->input = q;
	plan_add(p, MAX_POOL,
		0); /* before relu: the same function and subgradient, a quarter of the work */
	plan_add(p, RELU, 0);
}

static void *refuse(struct network *net, struct nso_facts *facts, const char *why)
{
	if (!facts->why[0])
		snprintf(facts->why, sizeof facts->why, "%s", why);
	network_free(net);
	return NULL;
}

static int fits(const struct network *net, struct nso_facts *facts)
{
	const struct dataset *d = &net->data;
	size_t wanted = d->classes ? d->classes : d->targets, found = net->plan.output.channels;

	int needs_classes = net->plan.loss == CROSS_ENTROPY || net->plan.loss == HINGE;

	if (needs_classes && d->targets) {
		snprintf(facts->why, sizeof facts->why,
			"the target holds real numbers, no labels; "
			"expected labels, or loss=squared");
		return -1;
	}
	if (!d->train.rows || wanted != found || (needs_classes && !d->classes)) {
		snprintf(facts->why, sizeof facts->why,
			"%zu training rows, %zu outputs for %zu %s", d->train.rows, found,
			wanted, d->classes ? "classes" : "targets");
		return -1;
	}
	return 0;
}

void *network_ready(struct network *net, int precision, struct nso_facts *facts)
{
	net->plan.input = net->data.shape;
	net->plan.chunk = net->plan.chunk ? net->plan.chunk : 256;
	if (plan_shape(&net->plan, facts->why, sizeof facts->why) || fits(net, facts))
		return refuse(net, facts, "");
	net->real = precision == PRECISION_64 ? &arithmetic_64 : &arithmetic_32;
	net->work = net->real->make(&net->plan, &net->data);
	net->outputs =
		malloc(net->plan.chunk * shape_size(net->plan.output) * sizeof *net->outputs);
	if (!net->work || !net->outputs)
		return refuse(net, facts, "not enough memory for the network");
	facts->n = net->plan.n;
	facts->terms = net->data.train.rows;
	facts->blocks = net->plan.blocks;
	facts->block_ends = net->plan.block_ends;
	facts->block_rows = net->plan.block_rows;
	snprintf(facts->why, sizeof facts->why, "%s", net->data.note);
	return net;
}

void network_start(const void *self, gsl_rng *rng, double *x)
{
	const struct network *net = self;

	plan_start(&net->plan, rng, x);
}

double network_eval(const void *self, const double *x, double *g)
{
	const struct network *net = self;
	struct pass pass = { .data = &net->data, .part = &net->data.train };

	return net->real->loss(net->work, &pass, 0, NULL, x, g);
}

double network_batch(const void *self, size_t k, const size_t *rows, const double *x, double *g)
{
	const struct network *net = self;
	struct pass pass = { &net->data, &net->data.train, net->seed, net->augment };

	return net->real->loss(net->work, &pass, k, rows, x, g);
}

void network_draw(void *self, gsl_rng *rng)
{
	struct network *net = self;

	net->seed = (uint64_t)gsl_rng_get(rng) | 1; /* 0 says: no dropout */
}

static size_t best(size_t n, const double *z)
{
	size_t at = 0;

	for (size_t j = 1; j < n; j++)
		if (z[j] > z[at])
			at = j;
	return at;
}

double network_accuracy(const void *self, const double *x)
{
	const struct network *net = self;
	struct pass pass = { .data = &net->data, .part = &net->data.test };
	size_t n = net->plan.output.channels, right = 0, rows = net->data.test.rows;

	for (size_t at = 0; net->data.test.labels && at < rows; at += net->plan.chunk) {
		size_t k = rows - at < net->plan.chunk ? rows - at : net->plan.chunk;

		net->real->outputs(net->work, &pass, at, k, x, net->outputs);
		for (size_t j = 0; j < k; j++)
			right += best(n, net->outputs + j * n) == net->data.test.labels[at + j];
	}
	return rows && net->data.test.labels ? (double)right / (double)rows : NAN;
}

double network_test_loss(const void *self, const double *x)
{
	const struct network *net = self;
	struct pass pass = { .data = &net->data, .part = &net->data.test };

	return net->data.test.rows ? net->real->loss(net->work, &pass, 0, NULL, x, NULL) : NAN;
}

void network_free(void *self)
{
	struct network *net = self;

	if (!net)
		return;
	if (net->work)
		net->real->free(net->work);
	dataset_clear(&net->data);
	free(net->outputs);
	free(net);
}
