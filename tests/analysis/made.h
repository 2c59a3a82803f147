/* made.h -- records made by hand: a run is a list of costs and gaps (f* = 0). */
#ifndef MADE_H
#define MADE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "leak.h"
#include "analysis/records.h"
#include "analysis/study.h"
#include "ground/why.h"

struct made {
	char folder[32], path[64];
	FILE *file;
	size_t runs;
	struct records r;
	struct study s;
};

static inline void made_start(struct made *m)
{
	*m = (struct made){ .folder = "made-XXXXXX" };
	cr_assert(mkdtemp(m->folder) != NULL, "no folder");
	snprintf(m->path, sizeof m->path, "%s/runs.jsonl", m->folder);
	m->file = fopen(m->path, "w");
	cr_assert(m->file != NULL, "%s", m->path);
}

static inline void made_list(FILE *file, const char *name, size_t count, const double *v)
{
	fprintf(file, "%s\"%s\":[", *name == 's' ? "" : ",", name);
	for (size_t i = 0; i < count; i++)
		if (isfinite(v[i]))
			fprintf(file, "%s%.17g", i ? "," : "", v[i]);
		else
			fprintf(file, "%snull", i ? "," : "");
	fputs("]", file);
}

/* One run of n = 1: value calls cost[i], best so far gap[i]; it spent `spent` calls in all. */
static inline void made_run(struct made *m, const char *problem, const char *method, int seed,
	double spent, size_t count, const double *cost, const double *gap)
{
	fprintf(m->file,
		"{\"schema\":\"nsobench-run/"
		"1.0\",\"key\":\"%zu\",\"problem\":{\"name\":\"%s\",\"options\":{},"
		"\"instance\":0,\"n\":1,\"optimum\":0},\"optimizer\":{\"name\":\"%s\","
		"\"title\":\"%s\",\"options\":{}},"
		"\"seed\":%d,\"status\":\"budget\",\"steps\":%.17g,\"counts\":{\"value\":%.17g,"
		"\"subgradient\":0,"
		"\"prox\":0},\"budget\":{\"work\":1000},\"seconds\":{\"wall\":1},\"trace\":{",
		m->runs++, problem, method, method, seed, spent, spent);
	made_list(m->file, "step", count, cost);
	made_list(m->file, "value", count, cost);
	made_list(m->file, "f", count, gap);
	made_list(m->file, "best", count, gap);
	fputs("}}\n", m->file);
}

static inline void made_end(struct made *m, double target)
{
	struct cost cost;
	struct why why;

	fclose(m->file);
	cr_assert(eq(int, cost_parse(&cost, "value=1", &why), 0), "%s", why.text);
	cr_assert(eq(int, records_read(&m->r, m->folder, &why), 0), "%s", why.text);
	cr_assert(eq(int, records_labels(&m->r), 0), "labels");
	cr_assert(eq(int, study_make(&m->s, &m->r, &cost, target, &why), 0), "%s", why.text);
	unlink(m->path);
	rmdir(m->folder);
}

static inline void made_free(struct made *m)
{
	study_free(&m->s);
	records_free(&m->r);
}
#endif
