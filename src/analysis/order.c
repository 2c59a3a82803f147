/* order.c -- problems and methods in the order of the plan: workers finish in any order, and
 * a picture must not change with that. And which of them are kept. */
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
	if (at < place[index]
			 .first) /* false for an unknown one: those keep the order of reading */
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

/* Drops the entries that no run uses; used[i] becomes the new place of entry i. */
static size_t squeeze(struct entry *list, size_t count, size_t *used)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (used[i]) {
			used[i] = kept;
			list[kept++] = list[i];
		}
	return kept;
}

int records_keep(struct records *r, size_t problems)
{
	size_t *used = calloc(r->problems + r->methods + 1, sizeof *used),
	       *method = used + r->problems, runs = 0;

	if (!used)
		return -1;
	for (size_t i = 0; i < r->runs; i++)
		if (r->run[i].problem < problems) {
			used[r->run[i].problem] = method[r->run[i].method] = 1;
			r->run[runs++] = r->run[i];
		}
	r->methods = squeeze(r->method, r->methods, method);
	r->problems = squeeze(r->problem, r->problems, used);
	for (size_t i = 0; i < runs; i++) {
		r->run[i].method = method[r->run[i].method];
		r->run[i].problem = used[r->run[i].problem];
	}
	free(used);
	r->runs = runs;
	return 0;
}
