/* mlp.c -- multilayer perceptron: f(x) = mean_i loss(W_L a(... a(W_1 z_i + b_1) ...) + b_L,
 * y_i); Rumelhart, Hinton, Williams 1986. */
#include <stdlib.h>
#include "network/data.h"

enum {
	DATA,
	WIDTH,
	DEPTH,
	ACTIVATION,
	LOSS,
	BATCH_NORM_ON,
	DROPOUT_RATE,
	ROWS,
	TEST,
	PRECISION,
	HOW
};
static const char *const losses[] = { "cross-entropy", "squared", "hinge", NULL };
static const char *const off_on[] = { "off", "on", NULL };
static const struct nso_option options[] = {
	[DATA] = { "data", 0, 0, INFINITY,
		"data set: glyphs (the default), blobs, spirals, mnist, "
		"fashion-mnist, cifar-10, a file .csv or .libsvm",
		nso_any_text, "nsobench", 0 },
	[WIDTH] = { "width", 64, 1, 1e5, "units of a hidden layer", NULL, "nsobench", 1 },
	[DEPTH] = { "depth", 2, 0, 8, "number of hidden layers", NULL, "nsobench", 1 },
	[ACTIVATION] = { "activation", 0, 0, 4, "after each hidden layer", network_activations,
		"nsobench", 0 },
	[LOSS] = { "loss", 0, 0, 2, "loss of a row", losses, "nsobench", 0 },
	[BATCH_NORM_ON] = { "batch_norm", 0, 0, 1, "normalise before each activation", off_on,
		"nsobench", 0 },
	[DROPOUT_RATE] = { "dropout", 0, 0, 0.95, "share of the hidden units dropped in a step",
		NULL, "nsobench", 0 },
	[ROWS] = { "rows", 0, 0, 1e7, "training rows; 0: all (embedded images: 4000)", NULL,
		"nsobench", 1 },
	[TEST] = { "test", 0, 0, 1e7, "test rows; 0: all (embedded data: 1000)", NULL,
		"nsobench", 1 },
	[PRECISION] = { "precision", 0, 0, 1, "bits of the network's arithmetic",
		network_precisions, "nsobench", 0 },
	HOW_OPTIONS_AT(HOW),
	{ 0 },
};

static void layers(struct network *net, const double *opt)
{
	struct plan *p = &net->plan;
	int maxout = opt[ACTIVATION] == 4;

	for (size_t i = 0; i < (size_t)opt[DEPTH]; i++) {
		plan_add(p, DENSE, (size_t)opt[WIDTH] * (maxout ? 2 : 1));
		if (opt[BATCH_NORM_ON] != 0)
			plan_add(p, BATCH_NORM, 0);
		network_activate(p, (size_t)opt[ACTIVATION]);
		if (opt[DROPOUT_RATE] > 0)
			plan_add(p, DROPOUT, 0)->rate = opt[DROPOUT_RATE];
	}
	plan_add(p, DENSE, net->data.classes ? net->data.classes : net->data.targets);
	p->loss = (enum loss_kind)opt[LOSS];
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	const char *data = nso_text(opt[DATA]);
	struct network *net = network_with_data(*data ? data : "glyphs",
		(struct wish){
			(size_t)opt[ROWS], (size_t)opt[TEST], 0, -1, how_from(opt, HOW) },
		rng, facts);

	if (!net)
		return NULL;
	layers(net, opt);
	return network_ready(net, (int)opt[PRECISION], facts);
}

const struct nso_problem nso_problem_mlp = {
	.name = "mlp",
	.title = "Multilayer perceptron",
	.reference = "Rumelhart, Hinton, Williams 1986",
	.formula = "mean_i loss(W_L a(.. a(W_1 z_i + b_1) ..) + b_L, y_i)",
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
