/* order.c -- problems and methods in the order of the plan: workers finish in any order, and
 * a picture must not change with that. */
#include <math.h>
#include <stdlib.h>
#include "analysis/records.h"

struct place {
	double first; /* least place of a run in the plan */
	size_t index;
};

static int by_place(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	if (p->first != q->first)
		return p->first < q->first ? -1 : 1;
	return (p->index > q->index) - (p->index < q->index);
}

/* Sorts the list and leaves the new index of each old one in to[]. */
static int sort_entries(struct entry *list, size_t count, struct place *place, size_t *to)
{
	struct entry *sorted = calloc(count + 1, sizeof *sorted);

	if (!sorted)
		return -1;
	qsort(place, count, sizeof *place, by_place);
	for (size_t i = 0; i < count; i++) {
		sorted[i] = list[place[i].index];
		to[place[i].index] = i;
	}
	for (size_t i = 0; i < count; i++)
		list[i] = sorted[i];
	free(sorted);
	return 0;
}

static void note(struct place *place, size_t index, double at)
{
	if (at < place[index].first) /* false for an unknown one: those keep the order of reading */
		place[index].first = at;
}

int records_order(struct records *r)
{
	size_t most = r->problems + r->methods + 1;
	struct place *place = calloc(most, sizeof *place), *methods = place + r->problems;
	size_t *to = calloc(most, sizeof *to), *method_to = to + r->problems;
	int bad = !place || !to;

	for (size_t i = 0; !bad && i < r->problems; i++)
		place[i] = (struct place){ INFINITY, i };
	for (size_t i = 0; !bad && i < r->methods; i++)
		methods[i] = (struct place){ INFINITY, i };
	for (size_t i = 0; !bad && i < r->runs; i++) {
		note(place, r->run[i].problem, r->run[i].place);
		note(methods, r->run[i].method, r->run[i].place);
	}
	bad = bad || sort_entries(r->problem, r->problems, place, to) ||
		sort_entries(r->method, r->methods, methods, method_to);
	for (size_t i = 0; !bad && i < r->runs; i++) {
		r->run[i].problem = to[r->run[i].problem];
		r->run[i].method = method_to[r->run[i].method];
	}
	free(place);
	free(to);
	return bad ? -1 : 0;
}
