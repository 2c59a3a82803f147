/* twins.c -- S-Adam in C under the name and the options of examples/own_methods.py, so that
 * both draw the same random directions: the stream of a method is keyed by them. */
#include "nsobench.h"

extern const struct nso_optimizer nso_optimizer_s_adam; /* of the program that loads this */

enum { LR, K, DELTA, DAMPING, WEIGHT_DECAY, OPTIONS };
static const char *const names[OPTIONS] = { "lr", "k", "delta", "lambda", "weight_decay" };
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, -INFINITY, INFINITY, "", NULL, "", 0 },
	[K] = { "k", 2, 1, INFINITY, "", NULL, "", 1 },
	[DELTA] = { "delta", 0.01, -INFINITY, INFINITY, "", NULL, "", 0 },
	[DAMPING] = { "damping", 2, 0, INFINITY, "", NULL, "", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 1e-2, -INFINITY, INFINITY, "", NULL, "", 0 },
	{ 0 },
};

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	const struct nso_option *table = nso_optimizer_s_adam.options;
	double all[NSO_MAX_OPTIONS];

	for (size_t i = 0; table[i].name; i++) {
		all[i] = table[i].value;
		for (size_t k = 0; k < OPTIONS; k++)
			if (same(table[i].name, names[k]))
				all[i] = opt[k];
	}
	return nso_optimizer_s_adam.init(f, all, x);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	return nso_optimizer_s_adam.step(state, f, x);
}

static void release(void *state) { nso_optimizer_s_adam.free(state); }

static const char *const columns[] = { "lgi", "damp", NULL };
static const struct nso_optimizer twin = { .name = "my-s-adam",
	.title = "S-Adam in C",
	.needs = NSO_SUBGRADIENT | NSO_VALUE | NSO_RANDOM,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = release };
static const struct nso_optimizer *const all[] = { &twin, NULL };
extern const struct nso_plugin nso_plugin;
const struct nso_plugin nso_plugin = { NULL, all };
