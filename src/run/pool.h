/* pool.h -- runs the cells of a plan in worker processes and appends their records to one file.
 */
#ifndef POOL_H
#define POOL_H

#include "run/plan.h"

struct tally;
struct pool_options {
	int workers;
	double timeout;    /* seconds per cell, INFINITY: none */
	double memory_mib; /* resident memory per worker, INFINITY: none */
	int quiet;         /* no progress */
	/* Called now and then while cells run, which wait until it returns; or NULL. */
	void (*pulse)(void *pulsed, const struct tally *t);
	void *pulsed;
};

struct tally {
	size_t by_status[SKIPPED + 1];
	size_t cells, done;
	int signal;       /* that stopped the run, 0 if none */
	char reason[320]; /* of the last cell that was skipped or failed */
};

/* todo[i] != 0: cell i is to be run. Records are appended to fd, one write each. -1 and why
 * when the pool itself cannot go on (fork, write). */
int pool_run(const struct plan *plan, const char *todo, int fd, const struct pool_options *o,
	struct tally *tally, struct why *why);

#endif
