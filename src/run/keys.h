/* keys.h -- the keys of a plan's cells, to be found again: sorted once, then halved. */
#ifndef KEYS_H
#define KEYS_H

#include "run/plan.h"

struct keys {
	struct cell_place {
		char key[17];
		size_t cell;
	} * at; /* by key, equal keys by cell */
	size_t count;
};
int keys_make(struct keys *k, const struct plan *plan); /* -1: memory is short */
/* The first of the entries with this key (16 characters count), count where there is none. */
size_t keys_find(const struct keys *k, const char *key);
void keys_free(struct keys *k);

#endif
