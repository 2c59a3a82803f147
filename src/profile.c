/* profile.c -- cost to targets over many runs: ERT, run-length ECDF, performance and data profiles. */
#include <stdlib.h>
#include <string.h>
#include "analysis.h"

struct ert expected_cost(struct track *const *list, size_t count, double target)
{
	struct ert e = { .value = INFINITY, .runs = count };
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		double hit = track_hit(list[i], target);

		e.hits += isfinite(hit);
		sum += isfinite(hit) ? hit : list[i]->spent;
	}
	if (e.hits)
		e.value = sum / (double)e.hits;
	return e;
}
