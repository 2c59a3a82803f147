/* char_lstm.c -- the next character of a text, by one to three LSTM layers and a linear one:
 * mean cross-entropy in nats a character; Graves 2013; the task of Xia, Massei 2023 (AdamL) in
 * small. Windows of `steps` characters, each from a zero state. */
#include <stdio.h>
#include <stdlib.h>
#include "network/data.h"

enum { DATA, WIDTH, DEPTH, STEPS, DROPOUT_RATE, ROWS, TEST, PRECISION };
static const struct nso_option options[] = {
	[DATA] = { "data", 0, 0, INFINITY,
		"text: grammar (the default, embedded) or a file .txt", nso_any_text,
		"nsobench", 0 },
	[WIDTH] = { "width", 64, 1, 1e4, "units of an LSTM layer", NULL, "nsobench", 1 },
	[DEPTH] = { "depth", 1, 1, 3, "number of LSTM layers", NULL, "Xia, Massei 2023", 1 },
	[STEPS] = { "steps", 32, 1, 1000, "characters of a window", NULL, "nsobench", 1 },
	[DROPOUT_RATE] = { "dropout", 0, 0, 0.95, "share dropped after each LSTM layer", NULL,
		"nsobench", 0 },
	[ROWS] = { "rows", 0, 0, 1e7, "training windows; 0: all (grammar: 1000)", NULL,
		"nsobench", 1 },
	[TEST] = { "test", 0, 0, 1e7, "test windows; 0: all (grammar: a quarter as many)", NULL,
		"nsobench", 1 },
	[PRECISION] = { "precision", 0, 0, 1, "bits of the network's arithmetic",
		network_precisions, "nsobench", 0 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	const char *data = nso_text(opt[DATA]);
	struct network *net = network_with_data(*data ? data : "grammar",
		(struct wish){ .train = (size_t)opt[ROWS],
			.test = (size_t)opt[TEST],
			.steps = (size_t)opt[STEPS],
			.noise = -1 },
		rng, facts);

	if (!net)
		return NULL;
	net->plan.sequence = 1;
	for (size_t i = 0; i < (size_t)opt[DEPTH]; i++) {
		plan_add(&net->plan, LSTM, (size_t)opt[WIDTH]);
		if (opt[DROPOUT_RATE] > 0)
			plan_add(&net->plan, DROPOUT, 0)->rate = opt[DROPOUT_RATE];
	}
	plan_add(&net->plan, DENSE, net->data.classes);
	if (!net->data.text) {
		snprintf(facts->why, sizeof facts->why,
			"data %s are no text, expected grammar or a file "
			".txt",
			data);
		network_free(net);
		return NULL;
	}
	return network_ready(net, (int)opt[PRECISION], facts);
}

const struct nso_problem nso_problem_char_lstm = {
	.name = "char-lstm",
	.title = "Character LSTM",
	.reference = "Graves 2013, arXiv:1308.0850; Xia, Massei 2023",
	.formula = "mean over characters of -log p(next | window so far)",
	.group = "network",
	.traits = NSO_STOCHASTIC | NSO_NETWORK | NSO_SMOOTH,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = network_start,
	.eval = network_eval,
	.batch = network_batch,
	.draw = network_draw,
	.score = network_test_loss,
	.score_name = "test loss",
	.free = network_free,
};
