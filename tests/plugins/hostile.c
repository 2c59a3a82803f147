/* hostile.c -- a plug-in whose texts try to do more than show. With -DHOSTILE_PROBLEM,
 * _OPTIMIZER, _OPTION or _COLUMN a name does too, and the plug-in is refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

#define BAIT                                                                                   \
	"'; system('touch canary30'); \033[31m`touch "                                         \
	"canary31`\n<script>canary()</script>{%s}\"$(touch canary32)\" \xff"
#ifdef HOSTILE_PROBLEM
#define PROBLEM BAIT
#else
#define PROBLEM "bait"
#endif
#ifdef HOSTILE_OPTIMIZER
#define OPTIMIZER "../../canary33"
#else
#define OPTIMIZER "hook"
#endif
#ifdef HOSTILE_OPTION
#define OPTION "lr\"},\"x\":{\""
#else
#define OPTION "lr"
#endif
#ifdef HOSTILE_COLUMN
#define COLUMN "a`touch canary34`"
#else
#define COLUMN "length"
#endif

static const char *const words[] = { BAIT, "=1+1", NULL };
static const char *const columns[] = { COLUMN, NULL };
static const struct nso_option options[] = {
	{ .name = OPTION, .value = 0.1, .min = 0, .max = 10, .help = BAIT, .source = BAIT },
	{ .name = "way", .value = 0, .max = 1, .help = BAIT, .source = BAIT, .words = words },
	{ 0 },
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	double *lr = malloc((nso_dim(f) + 1) * sizeof *lr);

	(void)x;
	if (lr)
		*lr = opt[0];
	return lr;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	double *s = state, *g = s + 1, sum = 0;

	nso_subgradient(f, x, g);
	for (size_t i = 0; i < nso_dim(f); i++) {
		x[i] -= *s * g[i];
		sum = hypot(sum, g[i]);
	}
	nso_report(f, 0, *s * sum);
	return NSO_CONTINUE;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt, (void)rng;
	facts->n = 2;
	facts->optimum = 0;
	return malloc(1);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	(void)self, (void)rng;
	x[0] = x[1] = 1;
}

static double eval(const void *self, const double *x, double *g)
{
	(void)self;
	if (g)
		memcpy(g, x, 2 * sizeof *g);
	return (x[0] * x[0] + x[1] * x[1]) / 2;
}

static double score(const void *self, const double *x)
{
	(void)self;
	return x[0];
}

static const struct nso_problem bait = { .name = PROBLEM,
	.title = BAIT,
	.reference = BAIT,
	.formula = BAIT,
	.group = BAIT,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.score = score,
	.score_name = BAIT,
	.free = free };
static const struct nso_optimizer hook = { .name = OPTIMIZER,
	.title = BAIT,
	.reference = BAIT,
	.rule = BAIT,
	.cost = BAIT,
	.group = BAIT,
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free };
static const struct nso_problem *const problems[] = { &bait, NULL };
static const struct nso_optimizer *const optimizers[] = { &hook, NULL };
extern const struct nso_plugin nso_plugin;
const struct nso_plugin nso_plugin = { problems, optimizers };
