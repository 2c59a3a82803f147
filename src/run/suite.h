/* suite.h -- what the two halves of the suite reader share. */
#ifndef SUITE_H
#define SUITE_H

#include "ground/why.h"
#include "run/cell.h"
#include <stdint.h>
#include <stdio.h>
#include <cjson/cJSON.h>

struct reader {
	const char *path; /* of the file, for messages */
	struct why *why;
};

/* Where a value stands, "groups[1].budget.work"; cut if it is longer than anybody reads. */
struct place {
	char text[256];
};
void locate(struct place *at, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "FILE: where: what" into why; -1. */
int wrong(const struct reader *r, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
const char *kind_of(const cJSON *v); /* "a text", "an array" ... */

/* Which keys an object may have; each once. */
enum { TOP = 1, GROUP = 2, ENTRY = 4, SETTING = 8 };
int check_keys(const struct reader *r, const char *where, const cJSON *object, int allowed);

/* Settings under which a group unfolds: a cell as a template, and two lists. */
struct settings {
	struct cell cell;
	int *instances;
	size_t instance_count;
	uint64_t *seeds;
	size_t seed_count;
};
/* What the object's setting keys say, over what s holds. */
int apply_settings(const struct reader *r, const char *where, const cJSON *object, struct settings *s);
int settings_copy(struct settings *to, const struct settings *from); /* -1: memory */
void settings_free(struct settings *s);

#endif
