/* evidence.c -- the runs of a claim: lets the workers run its cells and reads their records. */
#include <config.h>
#include "run/pool.h"
#include "study/unfold.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t *number_of_key(struct arena *keys, struct names *seen, const char *key)
{
	const char *text = arena_text(keys, key, strlen(key));

	return text ? names_number(seen, text) : NULL;
}

/* Equal cells are run once, and none whose record is there: todo is 1 for the first of each
 * other key. */
static int first_of_each(
	const struct evidence *e, struct arena *keys, struct names *seen, char *todo)
{
	const struct plan *plan = &e->plan;
	size_t *number;

	for (size_t i = 0; i < e->records.runs; i++) {
		if (!(number = number_of_key(keys, seen, e->records.run[i].key)))
			return -1;
		*number = 0;
	}
	for (size_t i = 0; i < plan->count; i++) {
		char key[17];

		cell_key(&plan->cell[i], key);
		if (!(number = number_of_key(keys, seen, key)))
			return -1;
		todo[i] = *number == (size_t)-1;
		*number = i;
	}
	return 0;
}

static int run_all(struct evidence *e, const char *folder, int workers, struct why *why)
{
	struct pool_options o = {
		.workers = workers, .timeout = INFINITY, .memory_mib = INFINITY, .quiet = 1
	};
	struct tally tally;
	char path[4200], *todo = malloc(e->plan.count);
	struct arena keys = { 0 };
	struct names seen = { 0 };
	int fd, bad = -1;

	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	fd = open(path,
		O_WRONLY | O_CREAT | O_NOFOLLOW | O_APPEND | (e->records.runs ? 0 : O_TRUNC),
		0666);
	if (!todo || first_of_each(e, &keys, &seen, todo)) {
		fail(why, "out of memory");
	} else if (fd < 0) {
		fail(why, "%s: %s", path, strerror(errno));
	} else {
		bad = pool_run(&e->plan, todo, fd, &o, &tally, why);
		if (!bad && tally.signal)
			bad = tally.signal;
	}
	if (fd >= 0)
		close(fd);
	free(todo);
	names_clear(&seen);
	arena_free(&keys);
	return bad;
}

static int attach(struct evidence *e, struct why *why)
{
	char key[17];

	for (size_t i = 0; i < e->samples; i++) {
		struct sample *a = &e->sample[i];

		cell_key(&e->plan.cell[a->cell], key);
		if (!(a->run = records_find(&e->records, key)))
			return fail(why, "%s: a run left no record", e->claim->path);
	}
	return 0;
}

void evidence_free(struct evidence *e)
{
	for (size_t i = 0; i < e->functions; i++)
		instance_free(&e->function[i]);
	free(e->function);
	free(e->sample);
	plan_free(&e->plan);
	records_free(&e->records);
	*e = (struct evidence){ 0 };
}

static int run_and_read(struct evidence *e, const char *folder, int workers, struct why *why)
{
	int bad = unfold(e, why) ? -1 : run_all(e, folder, workers, why);

	records_free(&e->records);
	e->records = (struct records){ 0 };
	if (!bad)
		bad = records_read(&e->records, folder, why) || attach(e, why) ? -1 : 0;
	if (bad)
		evidence_free(e);
	return bad;
}

int evidence_make(struct evidence *e, const struct claim *c, const char *folder, int workers,
	struct why *why)
{
	*e = (struct evidence){ .claim = c };
	return run_and_read(e, folder, workers, why);
}

int evidence_more(struct evidence *e, const char *folder, int workers, struct why *why)
{
	free(e->sample);
	e->sample = NULL;
	e->samples = e->room = 0;
	plan_free(&e->plan);
	e->plan = (struct plan){ 0 };
	return run_and_read(e, folder, workers, why);
}
