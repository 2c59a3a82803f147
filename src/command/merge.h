/* merge.h -- what merge knows of each folder. */
#ifndef MERGE_H
#define MERGE_H

#include <cjson/cJSON.h>
#include "ground/text.h"
#include "ground/why.h"

/* A folder of records. Folders of one plan (suite, cells and command but for its shard) are
 * shards of it. */
struct source {
	const char *folder;
	char path[4200];     /* of its records */
	cJSON *manifest;     /* NULL: none */
	char *plan;          /* what tells plans apart; NULL without a manifest */
	size_t group, cells; /* number of the plan; cells in it, 0 unknown */
	long shard, of;      /* of 0: the whole */
	size_t damaged, first_damaged;
	const char *damage; /* of the file as a whole */
};
/* Finds the records and reads the manifest; -1 and why. */
int source_open(struct source *s, const char *folder, struct why *why);
void source_close(struct source *s);

/* The sources in groups of one plan; refuses unless `mixed` those of several suites or of
 * shards that do not fit together. */
int sources_group(struct source *s, size_t count, int mixed, struct why *why);

/* The manifest of the whole: the command that repeats it, what all have in common, each source.
 */
int merged_manifest(const struct source *s, size_t count, size_t runs, const size_t *by_status,
	struct text *out);

#endif
