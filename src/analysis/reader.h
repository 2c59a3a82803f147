/* reader.h -- the parts of reading records: the head of a line, its curves, lists that grow. */
#ifndef READER_H
#define READER_H

#include "nsobench.h"
#include "analysis/records.h"
#include "ground/scan.h"

struct reader {
	struct records *r;
	const char *name; /* of the file */
	size_t line, torn, zeros, repeated, uneven, keyless;
	size_t first_torn, first_keyless; /* lines */
	char schema[64];                  /* the first that was read */
	struct numbers numbers;
};

/* Names and values, interned. */
struct pairs {
	const char *v[2 * (NSO_MAX_OPTIONS + 24)];
	size_t count;
};
int pair_add(struct records *r, struct pairs *p, const char *name, const char *value);
/* Index of the problem or method with this name and these pairs, added if new; -1: no memory.
 */
long problem_entry(struct records *r, const char *name, const struct pairs *p);
long method_entry(struct records *r, const char *name, const struct pairs *p);

/* Fills the run from the line without its trace; -1: no memory. */
int read_head(struct records *r, const cJSON *line, struct run *run);
/* The trace object at p; columns that are not numbers or not as long as the others are left
 * out. Behind it, NULL where it is torn. */
const char *read_trace(struct reader *in, const char *p, struct run *run);

#endif
