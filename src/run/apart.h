/* apart.h -- somebody else's code in a process of its own: whatever it does to that process,
 * its files or its children, nothing of it stays. */
#ifndef APART_H
#define APART_H

#include "run/channel.h"
#include "run/ending.h"

struct apart {              /* what became of it */
	enum status killed; /* TIMEOUT, MEMORY: the limit that it broke; else RUNNING */
	int how;            /* as waitpid says */
	int noise;          /* it was ended because what it sent is no frame */
	double seconds;
	struct bytes said; /* a frame, if all went well; freed by the caller */
};
/*
 * Runs work(arg, channel) in a child that has no descriptor of this process but an empty 0, 1
 * and 2 (stderr both) and the channel; it is to send one frame. Then ends what the child left
 * running: children that this process had before stay. A SIGTERM that sets stop_request here is
 * passed on. -1 and why where there can be no child.
 */
int apart_run(struct apart *a, void (*work)(void *arg, int channel), void *arg,
	const struct limits *l, struct why *why);

#endif
