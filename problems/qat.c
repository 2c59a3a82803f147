/* qat.c -- quantisation-aware training: networks whose weights (and inputs of convolutions)
 * pass a fake quantiser, q(x) = clamp(round(x s), low, high)/s, s = c/(max|x| + 1e-5), with the
 * identity as its derivative (straight-through, Bengio, Leonard, Courville 2013). The value is
 * that of the quantised network, the gradient is not its gradient: probes see steps, gradients
 * do not. Per tensor; inputs over the rows of one pass (at most 256), so the full loss is not
 * exactly the mean of the losses of batches. qatnet2, qatnet2-28 and qatnet3 are the networks
 * of Xu et al. 2026. */
#include <stdlib.h>
#include "network/data.h"

enum { DATA, BITS, DROPOUT_RATE, ROWS, TEST, PRECISION, AUGMENT, WIDTH = AUGMENT, DEPTH };
static const char *const off_on[] = { "off", "on", NULL };

#define DATA_OPTION(usual)                                                                     \
	[DATA] = { "data", 0, 0, INFINITY,                                                     \
		"data set (default " usual "): glyphs, glyphs-rgb, mnist, "                    \
		"fashion-mnist, cifar-10, cifar-100",                                          \
		nso_any_text, "nsobench", 0 }
#define BITS_OPTION(word)                                                                      \
	[BITS] = { "bits", word, 0, 4, "of the fake quantiser; 2 has the levels -1, 0, 1",     \
		network_bits, "Xu et al. 2026, code", 0 }
#define DROPOUT_OPTION(rate, source)                                                           \
	[DROPOUT_RATE] = { "dropout", rate, 0, 0.95, "share dropped before the last layer",    \
		NULL, source, 0 }
#define COMMON_OPTIONS                                                                         \
	[ROWS] = { "rows", 0, 0, 1e7, "training rows; 0: all (embedded images: 4000)", NULL,   \
		"nsobench", 1 },                                                               \
	[TEST] = { "test", 0, 0, 1e7, "test rows; 0: all (embedded images: 1000)", NULL,       \
		"nsobench", 1 },                                                               \
	[PRECISION] = { "precision", 0, 0, 1, "bits of the network's arithmetic",              \
		network_precisions, "Xu et al. 2026, code", 0 }
#define AUGMENT_OPTION                                                                         \
	[AUGMENT] = { "augment", 0, 0, 1, "random crop (padding 4) and flip in sampled steps", \
		off_on, "He et al. 2016", 0 }

static const struct nso_option mlp_options[] = {
	DATA_OPTION("glyphs"),
	BITS_OPTION(0),
	DROPOUT_OPTION(0, "nsobench"),
	COMMON_OPTIONS,
	[WIDTH] = { "width", 64, 1, 1e5, "units of a hidden layer", NULL, "nsobench", 1 },
	[DEPTH] = { "depth", 2, 0, 8, "number of hidden layers", NULL, "nsobench", 1 },
	{ 0 },
};
static const struct nso_option cnn_options[] = {
	DATA_OPTION("glyphs"),
	BITS_OPTION(0),
	DROPOUT_OPTION(0, "nsobench"),
	COMMON_OPTIONS,
	AUGMENT_OPTION,
	{ 0 },
};
static const struct nso_option net2_options[] = {
	DATA_OPTION("glyphs-rgb"),
	BITS_OPTION(0),
	DROPOUT_OPTION(0.25, "Xu et al. 2026, code"),
	COMMON_OPTIONS,
	AUGMENT_OPTION,
	{ 0 },
};
static const struct nso_option net2_28_options[] = {
	DATA_OPTION("glyphs"),
	BITS_OPTION(0),
	DROPOUT_OPTION(0.25, "Xu et al. 2026, code"),
	COMMON_OPTIONS,
	AUGMENT_OPTION,
	{ 0 },
};
static const struct nso_option net3_options[] = {
	DATA_OPTION("glyphs-rgb"),
	BITS_OPTION(2),
	DROPOUT_OPTION(0, "nsobench"),
	COMMON_OPTIONS,
	AUGMENT_OPTION,
	{ 0 },
};

static struct network *begin(
	const char *usual, const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	const char *data = nso_text(opt[DATA]);

	return network_with_data(*data ? data : usual,
		(struct wish){
			.train = (size_t)opt[ROWS], .test = (size_t)opt[TEST], .noise = -1 },
		rng, facts);
}

static void *end(struct network *net, const double *opt, struct nso_facts *facts)
{
	if (opt[DROPOUT_RATE] > 0)
		plan_add(&net->plan, DROPOUT, 0)->rate = opt[DROPOUT_RATE];
	plan_add(&net->plan, DENSE, net->data.classes)->weight =
		network_quantiser((size_t)opt[BITS]);
	return network_ready(net, (int)opt[PRECISION], facts);
}

static void *make_mlp(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct network *net = begin("glyphs", opt, rng, facts);

	if (!net)
		return NULL;
	for (size_t i = 0; i < (size_t)opt[DEPTH]; i++) {
		struct layer *l = plan_add(&net->plan, DENSE, (size_t)opt[WIDTH]);

		l->weight = l->input = network_quantiser((size_t)opt[BITS]);
		plan_add(&net->plan, RELU, 0);
	}
	return end(net, opt, facts);
}

static void *convolutional(const char *usual, size_t convolutions, size_t padding,
	const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct network *net = begin(usual, opt, rng, facts);

	if (!net)
		return NULL;
	for (size_t i = 0; i < convolutions; i++)
		network_convolve(&net->plan, (size_t)16 << i, padding,
			network_quantiser((size_t)opt[BITS]));
	net->augment = opt[AUGMENT] != 0;
	return end(net, opt, facts);
}

static void *make_cnn(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	return convolutional("glyphs", 2, 1, opt, rng, facts);
}

static void *make_net2(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	return convolutional("glyphs-rgb", 2, 0, opt, rng, facts);
}

static void *make_net2_28(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	return convolutional("glyphs", 2, 0, opt, rng, facts);
}

static void *make_net3(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	return convolutional("glyphs-rgb", 3, 0, opt, rng, facts);
}

#define QAT(symbol, word, words, cite, text, table, maker)                                     \
	const struct nso_problem nso_problem_##symbol = {                                      \
		.name = word,                                                                  \
		.title = words,                                                                \
		.reference = cite,                                                             \
		.formula = text,                                                               \
		.group = "network",                                                            \
		.traits = NSO_STOCHASTIC | NSO_NETWORK | NSO_QUANTISED,                        \
		.instances = NSO_REDRAWN,                                                      \
		.options = table,                                                              \
		.make = maker,                                                                 \
		.start = network_start,                                                        \
		.eval = network_eval,                                                          \
		.batch = network_batch,                                                        \
		.draw = network_draw,                                                          \
		.score = network_accuracy,                                                     \
		.score_name = "test accuracy",                                                 \
		.free = network_free,                                                          \
	}

QAT(qat_mlp, "qat-mlp", "Quantised perceptron", "Bengio, Leonard, Courville 2013",
	"mean_i cross-entropy(q(W_L) .. relu(q(W_1) q(z_i) + b_1) .. + b_L, y_i)", mlp_options,
	make_mlp);
QAT(qat_cnn, "qat-cnn", "Quantised convolutional network", "Bengio, Leonard, Courville 2013",
	"cnn with q(K) * q(input) and q(W)", cnn_options, make_cnn);
QAT(qatnet2, "qatnet2", "S-Adam's CIFAR-100 network", "Xu et al. 2026, arXiv:2605.29547, code",
	"conv 16, 32 without padding, relu, pool, dropout, linear; q of weights and conv "
	"inputs",
	net2_options, make_net2);
QAT(qatnet2_28, "qatnet2-28", "S-Adam's Fashion-MNIST network",
	"Xu et al. 2026, arXiv:2605.29547, code",
	"conv 16, 32 without padding, relu, pool, dropout, linear; q of weights and conv "
	"inputs",
	net2_28_options, make_net2_28);
QAT(qatnet3, "qatnet3", "S-Adam's Tiny ImageNet network",
	"Xu et al. 2026, arXiv:2605.29547, code",
	"conv 16, 32, 64 without padding, relu, pool, linear; q of weights and conv inputs",
	net3_options, make_net3);
