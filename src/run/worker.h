/* worker.h -- the process that runs cells one after the other; plug-ins' cells in children of
 * its own. */
#ifndef WORKER_H
#define WORKER_H

#include "run/ending.h"
#include "run/plan.h"

struct reply { /* begins each frame from worker to parent; the record's line follows */
	int status;
	char reason[320];
};
/* Reads numbers of cells from `in` and answers each with a frame on `out`, until there are no
 * more. */
void worker_main(
	const struct plan *plan, const struct limits *l, pid_t parent, int in, int out);
/* Is its problem or its method a plug-in's, loaded or a program? Then the worker keeps the
 * limits. */
int cell_is_a_guests(const struct cell *c);

#endif
