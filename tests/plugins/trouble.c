/* trouble.c -- everything that goes wrong in other people's code, one optimizer each, and a problem
 * that answers NaN away from its start: what the harness must survive. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include "nsobench.h"

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)f, (void)opt, (void)x;
	return malloc(1);
}

static enum nso_status crash(void *state, struct nso_oracle *f, double *x)
{
	(void)state, (void)f, (void)x;
	raise(SIGSEGV);
	return NSO_CONTINUE;
}

static enum nso_status hang(void *state, struct nso_oracle *f, double *x)
{
	(void)state, (void)x;
	while (nso_dim(f))
		usleep(1000);
	return NSO_CONTINUE;
}

/* Slowly, and for 500 steps: a signal meets a run under way, and a second try ends. */
static enum nso_status doze(void *state, struct nso_oracle *f, double *x)
{
	(void)state;
	usleep(4000);
	nso_value(f, x);
	return nso_step(f) < 500 ? NSO_CONTINUE : NSO_CONVERGED;
}

static enum nso_status hog(void *state, struct nso_oracle *f, double *x)
{
	volatile char *block = malloc((size_t)1 << 24);

	(void)state;
	for (size_t i = 0; block && i < (size_t)1 << 24; i += 1024)
		block[i] = 1;
	nso_value(f, x);
	usleep(2000);
	return NSO_CONTINUE;
}

static enum nso_status leave(void *state, struct nso_oracle *f, double *x)
{
	(void)state, (void)f, (void)x;
	_exit(7);
}

static enum nso_status give_up(void *state, struct nso_oracle *f, double *x)
{
	(void)state, (void)f, (void)x;
	return NSO_FAILED;
}

static enum nso_status walk(void *state, struct nso_oracle *f, double *x)
{
	(void)state;
	nso_value(f, x);
	x[0] += 1;
	return NSO_CONTINUE;
}

#define TROUBLE(id, text, action)                                                              \
	static const struct nso_optimizer id = { .name = text,                                \
		.title = text,                                                                 \
		.needs = NSO_SUBGRADIENT,                                                      \
		.init = init,                                                                  \
		.step = action,                                                                \
		.free = free }
TROUBLE(crash_, "crash", crash);
TROUBLE(hang_, "hang", hang);
TROUBLE(doze_, "doze", doze);
TROUBLE(hog_, "hog", hog);
TROUBLE(leave_, "leave", leave);
TROUBLE(give_up_, "give-up", give_up);
TROUBLE(walk_, "walk", walk);

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt, (void)rng;
	facts->n = 1;
	return malloc(1);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	(void)self, (void)rng;
	x[0] = 0;
}

static double eval(const void *self, const double *x, double *g)
{
	(void)self;
	if (g)
		g[0] = x[0] > 2 ? NAN : -1;
	return x[0] > 2 ? NAN : -x[0];
}

static const struct nso_problem cliff = { .name = "cliff",
	.title = "NaN beyond 2",
	.formula = "-x for x <= 2, else NaN",
	.make = make,
	.start = start,
	.eval = eval,
	.free = free };

static const struct nso_problem *const problems[] = { &cliff, NULL };
static const struct nso_optimizer *const optimizers[] = { &crash_, &hang_, &doze_, &hog_, &leave_,
	&give_up_, &walk_, NULL };
extern const struct nso_plugin nso_plugin;
const struct nso_plugin nso_plugin = { problems, optimizers };
