/* rogue.c -- plug-ins that cannot be loaded: compiled with -DROGUE=n, each a fault of its own,
 * in the constructor (1 to 5) or in the tables (from 10 on). The harness must name the file and
 * live. */
#include <fenv.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "nsobench.h"

__attribute__((constructor)) static void wake(void)
{
#if ROGUE == 1
	raise(SIGSEGV);
#elif ROGUE == 2
	exit(0);
#elif ROGUE == 3
	for (;;)
		pause();
#elif ROGUE == 4
	for (int fd = 3; fd < 64; fd++)
		if (write(fd, "noise and more noise", 20) < 0)
			continue;
#elif ROGUE == 5 /* this one is to load, and to change nothing */
	fesetround(FE_UPWARD);
	alarm(1);
	signal(SIGINT, SIG_IGN);
	if (chdir("/") || fork() == 0)
		sleep(100);
#endif
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)f, (void)opt, (void)x;
	return malloc(1);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	(void)state;
	nso_value(f, x);
	return NSO_CONTINUE;
}

#define OPTION(id)                                                                             \
	{                                                                                      \
		id, 0, 0, 1, "", NULL, "", 0                                                   \
	}
#define FIVE(id) OPTION(id "a"), OPTION(id "b"), OPTION(id "c"), OPTION(id "d"), OPTION(id "e")
#if ROGUE == 10
static const struct nso_option table[] = { FIVE("1"), FIVE("2"), FIVE("3"), FIVE("4"),
	FIVE("5"), FIVE("6") };
#elif ROGUE == 11
static const struct nso_option table[] = { { "line\nbreak", 0, 0, 1, "", NULL, "", 0 }, { 0 } };
#elif ROGUE == 12
static const struct nso_option table[] = { { "lr", 7, 0, 1, "", NULL, "", 0 }, { 0 } };
#elif ROGUE == 13
static const char *const words[] = { "on", "off", NULL };
static const struct nso_option table[] = { { "w", 5, 0, 1, "", words, "", 0 }, { 0 } };
#elif ROGUE == 14
static const struct nso_option table[] = { { "lr", 0, 0, 1, (const char *)16, NULL, "", 0 },
	{ 0 } };
#else
static const struct nso_option table[] = { { "lr", 0.1, 0, 1, "step size", NULL, "", 0 },
	{ 0 } };
#endif
static const char *const many[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
static const char *const bad[] = { "c\",\"key\":\"", NULL };

const struct nso_optimizer nso_optimizer_rogue = {
#if ROGUE == 20
	.name = "Rogue \033[31m",
#elif ROGUE == 21
	.name = NULL,
#else
	.name = "rogue",
#endif
	.title = "rogue",
	.needs = NSO_SUBGRADIENT,
	.options = table,
	.columns = ROGUE == 22   ? bad
		   : ROGUE == 24 ? many
				 : NULL,
	.init = init,
	.step = ROGUE == 25 ? NULL : step,
	.free = free
};
