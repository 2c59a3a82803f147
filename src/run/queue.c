/* queue.c -- in which order cells run. */
#include <config.h>
#include "ground/option.h"
#include "run/queue.h"
#include <stdlib.h>

static double expected_cost(const struct cell *c)
{
	int n = option_find(c->problem->options, "n");
	const struct budget *b = &c->budget;
	double work = fmin(b->work, fmin(b->steps * 3, 1e12));

	return work * (n < 0 ? 10 : 10 + c->popt[n]) *
	       (c->problem->traits & NSO_NETWORK ? 1e4 : 1);
}

struct rank {
	double cost;
	size_t cell;
};

static int by_cost(const void *a, const void *b)
{
	const struct rank *p = a, *q = b;

	if (p->cost != q->cost)
		return p->cost < q->cost ? 1 : -1;
	return p->cell < q->cell ? -1 : p->cell > q->cell;
}

void queue_free(struct queue *q)
{
	free(q->cell);
	*q = (struct queue){ 0 };
}

/* Longest first, so that no worker is left alone with a long cell at the end. */
int queue_make(struct queue *q, const struct plan *plan, const char *todo)
{
	struct rank *rank = calloc(plan->count + 1, sizeof *rank);

	*q = (struct queue){ .cell = calloc(plan->count + 1, sizeof *q->cell) };
	if (!rank || !q->cell) {
		free(rank);
		queue_free(q);
		return -1;
	}
	for (size_t i = 0; i < plan->count; i++)
		if (todo[i])
			rank[q->count++] = (struct rank){ expected_cost(&plan->cell[i]), i };
	qsort(rank, q->count, sizeof *rank, by_cost);
	for (size_t i = 0; i < q->count; i++)
		q->cell[i] = rank[i].cell;
	free(rank);
	return 0;
}
