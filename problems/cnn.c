/* cnn.c -- small convolutional network: twice 3 x 3 convolution, relu, 2 x 2 maximum, then a
 * linear layer, cross-entropy; after LeCun et al. 1998. */
#include <stdlib.h>
#include "network/data.h"

enum { DATA, WIDTH, DROPOUT_RATE, AUGMENT, ROWS, TEST, PRECISION };
static const char *const off_on[] = { "off", "on", NULL };
static const struct nso_option options[] = {
	[DATA] = { "data", 0, 0, INFINITY,
		"images: glyphs (the default), glyphs-rgb, mnist, "
		"fashion-mnist, cifar-10, cifar-100",
		nso_any_text, "nsobench", 0 },
	[WIDTH] = { "width", 16, 1, 1e4,
		"channels of the first convolution; the second has twice "
		"as many",
		NULL, "nsobench", 1 },
	[DROPOUT_RATE] = { "dropout", 0, 0, 0.95, "share dropped before the linear layer", NULL,
		"nsobench", 0 },
	[AUGMENT] = { "augment", 0, 0, 1, "random crop (padding 4) and flip in sampled steps",
		off_on, "He et al. 2016", 0 },
	[ROWS] = { "rows", 0, 0, 1e7, "training rows; 0: all (embedded images: 4000)", NULL,
		"nsobench", 1 },
	[TEST] = { "test", 0, 0, 1e7, "test rows; 0: all (embedded images: 1000)", NULL,
		"nsobench", 1 },
	[PRECISION] = { "precision", 0, 0, 1, "bits of the network's arithmetic",
		network_precisions, "nsobench", 0 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	const char *data = nso_text(opt[DATA]);
	struct network *net = network_with_data(*data ? data : "glyphs",
		(struct wish){
			.train = (size_t)opt[ROWS], .test = (size_t)opt[TEST], .noise = -1 },
		rng, facts);

	if (!net)
		return NULL;
	for (size_t i = 0; i < 2; i++)
		network_convolve(
			&net->plan, (size_t)opt[WIDTH] << i, 1, (struct quantiser){ 0 });
	if (opt[DROPOUT_RATE] > 0)
		plan_add(&net->plan, DROPOUT, 0)->rate = opt[DROPOUT_RATE];
	plan_add(&net->plan, DENSE, net->data.classes);
	net->augment = opt[AUGMENT] != 0;
	return network_ready(net, (int)opt[PRECISION], facts);
}

const struct nso_problem nso_problem_cnn = {
	.name = "cnn",
	.title = "Convolutional network",
	.reference = "after LeCun, Bottou, Bengio, Haffner 1998",
	.formula = "mean_i cross-entropy(W max relu(K_2 * max relu(K_1 * z_i + b_1) + b_2) + "
		   "b_3, y_i)",
	.group = "network",
	.traits = NSO_STOCHASTIC | NSO_NETWORK,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = network_start,
	.eval = network_eval,
	.batch = network_batch,
	.draw = network_draw,
	.score = network_accuracy,
	.score_name = "test accuracy",
	.free = network_free,
};
