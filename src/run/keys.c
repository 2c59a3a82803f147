/* keys.c -- the keys of a plan's cells, sorted. */
#include <config.h>
#include "run/keys.h"
#include <stdlib.h>
#include <string.h>

static int by_key(const void *a, const void *b)
{
	const struct cell_place *p = a, *q = b;
	int order = memcmp(p->key, q->key, 16);

	return order ? order : (p->cell > q->cell) - (p->cell < q->cell);
}

int keys_make(struct keys *k, const struct plan *plan)
{
	*k = (struct keys){ calloc(plan->count + 1, sizeof *k->at), plan->count };
	if (!k->at)
		return -1;
	for (size_t i = 0; i < k->count; i++) {
		cell_key(&plan->cell[i], k->at[i].key);
		k->at[i].cell = i;
	}
	qsort(k->at, k->count, sizeof *k->at, by_key);
	return 0;
}

size_t keys_find(const struct keys *k, const char *key)
{
	size_t low = 0, high = k->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (memcmp(k->at[middle].key, key, 16) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < k->count && !memcmp(k->at[low].key, key, 16) ? low : k->count;
}

void keys_free(struct keys *k)
{
	free(k->at);
	*k = (struct keys){ 0 };
}
