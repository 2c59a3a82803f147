/* report_data.h -- the records as the report's page takes them: one JSON text. */
#ifndef REPORT_DATA_H
#define REPORT_DATA_H

#include "analysis/study.h"
#include "ground/text.h"
#include "picture/style.h"

/* How many runs of a method on a problem bring their curves along: of the gap, and of all that
 * else was recorded. */
struct extent {
	size_t gaps, others;
};
/* Appends to a JSON object, behind what stands in it: "cost", "target", "floor", "problems",
 * "methods", "runs", "grids", "curves". rank: mean rank of each method, or NULL. -1: no memory.
 */
int report_data(const struct study *s, const struct looks *looks, double floor,
	struct extent extent, struct text *t);
/* The most runs of a method on a problem. */
size_t most_runs(const struct study *s);

#endif
