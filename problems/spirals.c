/* spirals.c -- two intertwined spirals told apart by a small relu network: Lang, Witbrock 1988.
 * Two inputs, so that the decision regions can be drawn. */
#include <stdlib.h>
#include "network/data.h"

enum { WIDTH, DEPTH, NOISE, ROWS, TEST, PRECISION };
static const struct nso_option options[] = {
	[WIDTH] = { "width", 32, 1, 1e4, "units of a hidden layer", NULL, "nsobench", 1 },
	[DEPTH] = { "depth", 2, 1, 8, "number of hidden layers", NULL, "nsobench", 1 },
	[NOISE] = { "noise", 0.02, 0, 1, "standard deviation of a point about its spiral", NULL,
		"nsobench", 0 },
	[ROWS] = { "rows", 2000, 2, 1e7, "training points", NULL, "nsobench", 1 },
	[TEST] = { "test", 1000, 2, 1e7, "test points", NULL, "nsobench", 1 },
	[PRECISION] = { "precision", 0, 0, 1, "bits of the network's arithmetic",
		network_precisions, "nsobench", 0 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct network *net = network_with_data("spirals",
		(struct wish){ .train = (size_t)opt[ROWS],
			.test = (size_t)opt[TEST],
			.noise = opt[NOISE] },
		rng, facts);

	if (!net)
		return NULL;
	for (size_t i = 0; i < (size_t)opt[DEPTH]; i++) {
		plan_add(&net->plan, DENSE, (size_t)opt[WIDTH]);
		plan_add(&net->plan, RELU, 0);
	}
	plan_add(&net->plan, DENSE, 2);
	return network_ready(net, (int)opt[PRECISION], facts);
}

const struct nso_problem nso_problem_spirals = {
	.name = "spirals",
	.title = "Two spirals",
	.reference = "Lang, Witbrock 1988",
	.formula = "mean_i cross-entropy(W_3 relu(W_2 relu(W_1 z_i + b_1) + b_2) + b_3, y_i)",
	.group = "network",
	.traits = NSO_STOCHASTIC | NSO_NETWORK,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = network_start,
	.eval = network_eval,
	.batch = network_batch,
	.score = network_accuracy,
	.score_name = "test accuracy",
	.free = network_free,
};
