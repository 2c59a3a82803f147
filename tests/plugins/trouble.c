/* trouble.c -- everything that goes wrong in other people's code, one optimizer each, and a
 * problem that answers NaN away from its start: what the harness must survive. */
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
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

/* What breaks the process a method runs in; each goes on as if nothing had happened. */

static enum nso_status go_on(struct nso_oracle *f, const double *x)
{
	nso_value(f, x);
	return nso_step(f) < 20 ? NSO_CONTINUE : NSO_CONVERGED;
}

/* A copy of the process runs on from here, and a grandchild in a session of its own stays
 * behind. */
static enum nso_status fork_(void *state, struct nso_oracle *f, double *x)
{
	(void)state;
	if (nso_step(f) == 3 && fork() == 0 && fork() == 0) {
		setsid();
		for (int i = 0; i < 3000; i++)
			usleep(10000);
		_exit(0);
	}
	return go_on(f, x);
}

/* Rings in the next cell, if the process lives on. */
static enum nso_status alarm_(void *state, struct nso_oracle *f, double *x)
{
	const struct itimerval soon = { .it_value = { 0, 20000 } };

	(void)state;
	setitimer(ITIMER_REAL, &soon, NULL);
	return go_on(f, x);
}

static enum nso_status surroundings(void *state, struct nso_oracle *f, double *x)
{
	sigset_t all;

	(void)state;
	fesetround(FE_UPWARD);
	setlocale(LC_ALL, "de_DE.UTF-8");
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_IGN);
	if (chdir("/"))
		return NSO_FAILED;
	return go_on(f, x);
}

static enum nso_status close_(void *state, struct nso_oracle *f, double *x)
{
	(void)state;
	for (int fd = 0; fd < 256; fd++)
		close(fd);
	return go_on(f, x);
}

static enum nso_status scribble(void *state, struct nso_oracle *f, double *x)
{
	static const char text[] =
		"{\"schema\":\"nsobench-run/1.0\",\"key\":\"0123456789abcdef\"\n";

	(void)state;
	for (int fd = 3; fd < 256; fd++)
		if (write(fd, text, strlen(text)) < 0)
			continue;
	return go_on(f, x);
}

static enum nso_status strange(void *state, struct nso_oracle *f, double *x)
{
	(void)state, (void)f, (void)x;
	return (enum nso_status)77;
}

static enum nso_status report(void *state, struct nso_oracle *f, double *x)
{
	(void)state;
	for (size_t i = 0; i < 12; i++)
		nso_report(f, i, (double)i);
	return go_on(f, x);
}

#define TROUBLE(id, text, action)                                                              \
	static const struct nso_optimizer id = { .name = text,                                 \
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
TROUBLE(fork__, "fork", fork_);
TROUBLE(alarm__, "alarm", alarm_);
TROUBLE(surroundings_, "surroundings", surroundings);
TROUBLE(close__, "close", close_);
TROUBLE(scribble_, "scribble", scribble);
TROUBLE(strange_, "strange", strange);

/* Texts that would end a text of JSON, start a command or a tag; and more reports than columns.
 */
static const char *const hostile_words[] = { "a\"b", "$(touch x)", NULL };
static const struct nso_option hostile_options[] = {
	{ "quote", 1, 0, 2, "help with \"quotes\" and \\", NULL, "`id`", 0 },
	{ "word", 1, 0, 1, "", hostile_words, "", 0 },
	{ 0 },
};
static const char *const hostile_columns[] = { "column.1", "b", "c", "d", NULL };
static const struct nso_optimizer hostile = { .name = "hostile",
	.title = "\"title\" $(touch x) `id` <script> \\",
	.needs = NSO_SUBGRADIENT,
	.options = hostile_options,
	.columns = hostile_columns,
	.init = init,
	.step = report,
	.free = free };

/* Reports what the harness reports: a record cannot hold both. */
static const char *const twice_columns[] = { "gap", NULL };
static const struct nso_optimizer twice = { .name = "twice",
	.title = "twice",
	.needs = NSO_SUBGRADIENT,
	.columns = twice_columns,
	.init = init,
	.step = report,
	.free = free };

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
static const struct nso_optimizer *const optimizers[] = { &crash_, &hang_, &doze_, &hog_,
	&leave_, &give_up_, &walk_, &fork__, &alarm__, &surroundings_, &close__, &scribble_,
	&strange_, &hostile, &twice, NULL };
extern const struct nso_plugin nso_plugin;
const struct nso_plugin nso_plugin = { problems, optimizers };
