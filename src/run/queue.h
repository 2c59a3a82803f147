/* queue.h -- the cells that are to be run, longest first where that is known. */
#ifndef QUEUE_H
#define QUEUE_H

#include "run/plan.h"

struct queue {
	size_t *cell, next, count;
};
int queue_make(
	struct queue *q, const struct plan *plan, const char *todo); /* -1: memory is short */
void queue_free(struct queue *q);

#endif
