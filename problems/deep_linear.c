/* deep_linear.c -- product of matrices: f = mean_i |W_L .. W_1 z_i - A z_i|^2/d; Bartlett,
 * Helmbold, Long 2018; Arora et al. 2019. Smooth, not convex; near the identity, where it
 * starts, gradient descent converges linearly. Planted: W_1 = A, the others the identity, f* =
 * 0. */
#include <stdlib.h>
#include <gsl/gsl_randist.h>
#include "network/data.h"

enum { WIDTH, DEPTH, SPREAD, ROWS, PRECISION };
static const struct nso_option options[] = {
	[WIDTH] = { "width", 10, 1, 1e4, "order d of the matrices", NULL, "nsobench", 1 },
	[DEPTH] = { "depth", 3, 1, 20, "number L of matrices", NULL, "nsobench", 1 },
	[SPREAD] = { "spread", 0.5, 0, 10, "A = I + spread G/sqrt(d), G normal", NULL,
		"nsobench", 0 },
	[ROWS] = { "rows", 500, 1, 1e7, "number of rows z_i", NULL, "nsobench", 1 },
	[PRECISION] = { "precision", PRECISION_64, 0, 1, "bits of the network's arithmetic",
		network_precisions, "nsobench", 0 },
	{ 0 },
};

struct product {
	struct network *net;
	double *planted;
};

static void identity(size_t d, size_t count, double *x)
{
	for (size_t i = 0; i < count * d * d; i++)
		x[i] = i % (d * d) % (d + 1) == 0;
}

static void product_free(void *self)
{
	struct product *p = self;

	if (!p)
		return;
	network_free(p->net);
	free(p->planted);
	free(p);
}

static int draw_data(struct dataset *data, const double *A, size_t d, size_t rows, gsl_rng *rng)
{
	data->shape = (struct shape){ 1, 1, d };
	data->targets = d;
	if (dataset_grow(data, rows, 0))
		return -1;
	for (size_t i = 0; i < rows * d; i++)
		data->numbers[i] = gsl_ran_gaussian(rng, 1);
	for (size_t i = 0; i < rows * d; i++)
		for (size_t j = 0; j < d; j++)
			data->values[i] += A[i % d * d + j] * data->numbers[i / d * d + j];
	data->rows = rows;
	dataset_split(data, rows, (struct wish){ 0 });
	return 0;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t d = (size_t)opt[WIDTH], depth = (size_t)opt[DEPTH];
	struct product *p = calloc(1, sizeof *p);

	if (!p || !(p->planted = calloc(depth * d * d, sizeof *p->planted)) ||
		!(p->net = calloc(1, sizeof *p->net))) {
		product_free(p);
		return NULL;
	}
	identity(d, depth, p->planted);
	for (size_t i = 0; i < d * d; i++)
		p->planted[i] += gsl_ran_gaussian(rng, opt[SPREAD] / sqrt((double)d));
	for (size_t i = 0; i < depth; i++)
		plan_add(&p->net->plan, DENSE, d)->no_bias = 1;
	p->net->plan.loss = SQUARED;
	if (draw_data(&p->net->data, p->planted, d, (size_t)opt[ROWS], rng) ||
		!(p->net = network_ready(p->net, (int)opt[PRECISION], facts))) {
		product_free(p);
		return NULL;
	}
	facts->optimum = 0;
	facts->optimum_error =
		opt[PRECISION] == PRECISION_64 ? 1e-28 : 1e-11; /* rounding of A z */
	facts->minimizer = p->planted;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct product *p = self;
	size_t d = p->net->data.targets;

	(void)rng;
	identity(d, p->net->plan.layers, x);
}

static double eval(const void *self, const double *x, double *g)
{
	return network_eval(((const struct product *)self)->net, x, g);
}

static double batch(const void *self, size_t k, const size_t *rows, const double *x, double *g)
{
	return network_batch(((const struct product *)self)->net, k, rows, x, g);
}

const struct nso_problem nso_problem_deep_linear = {
	.name = "deep-linear",
	.title = "Deep linear network",
	.reference = "Bartlett, Helmbold, Long 2018; Arora, Cohen, Golowich, Hu 2019",
	.formula = "mean_i |W_L .. W_1 z_i - A z_i|^2/d",
	.group = "network",
	.traits = NSO_STOCHASTIC | NSO_NETWORK | NSO_SMOOTH | NSO_PLANTED,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.batch = batch,
	.free = product_free,
};
