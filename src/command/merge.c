/* merge.c -- nsobench merge: unites the records of several folders, the shards of one run. */
#include <config.h>
#include "command/command.h"
#include "ground/why.h"
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

struct line {
	char key[17], *text;
};
struct lines {
	struct line *at;
	size_t count, room;
};

static int keep(struct lines *all, const char *text)
{
	const char *key = strstr(text, "\"key\":\"");
	size_t room = all->room ? 2 * all->room : 256;
	struct line *more;

	if (all->count == all->room) {
		more = realloc(all->at, room * sizeof *more);
		if (!more)
			return -1;
		all->at = more;
		all->room = room;
	}
	snprintf(all->at[all->count].key, 17, "%.16s", key ? key + 7 : "");
	all->at[all->count].text = strdup(text);
	return all->at[all->count++].text ? 0 : -1;
}

static int read_folder(struct lines *all, const char *folder, struct why *why)
{
	char path[4200], *line = NULL;
	size_t room = 0, number = 0;
	ssize_t length;
	FILE *in;
	int bad = 0;

	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	in = fopen(path, "r");
	if (!in)
		return fail(why, "%s: %s", path, strerror(errno));
	while (!bad && (length = getline(&line, &room, in)) > 0) {
		number++;
		if (line[length - 1] != '\n')
			complain(0, "merge: %s: line %zu is torn, left out", path, number);
		else if (!strstr(line, "\"schema\":\"nsobench-run/1."))
			bad = fail(why, "%s: line %zu: not a record of schema nsobench-run/1.x", path,
				number);
		else if (keep(all, line))
			bad = fail(why, "out of memory");
	}
	free(line);
	fclose(in);
	return bad;
}

static int copy_manifest(const char *from, const char *to)
{
	char path[4200], buffer[65536];
	size_t got;
	FILE *in, *out;
	int bad = 0;

	snprintf(path, sizeof path, "%s/manifest.json", from);
	in = fopen(path, "r");
	if (!in)
		return 0; /* records without a manifest are records all the same */
	snprintf(path, sizeof path, "%s/manifest.json", to);
	out = fopen(path, "w");
	while (out && (got = fread(buffer, 1, sizeof buffer, in)) > 0)
		bad |= fwrite(buffer, 1, got, out) != got;
	fclose(in);
	return !out || fclose(out) || bad ? -1 : 0;
}

static int by_key(const void *a, const void *b)
{
	const struct line *const *p = a, *const *q = b;
	int order = strcmp((*p)->key, (*q)->key);

	return order ? order : (*p > *q) - (*p < *q);
}

/* Keeps the order of reading; of lines with one key only the last. */
static int write_all(const struct lines *all, const char *folder, size_t *written, struct why *why)
{
	const struct line **order = calloc(all->count + 1, sizeof *order);
	char path[4200], *drop = calloc(all->count + 1, 1);
	FILE *out;
	int bad = !order || !drop;

	for (size_t i = 0; !bad && i < all->count; i++)
		order[i] = &all->at[i];
	if (!bad)
		qsort(order, all->count, sizeof *order, by_key);
	for (size_t i = 1; !bad && i < all->count; i++)
		if (*order[i]->key && !strcmp(order[i - 1]->key, order[i]->key))
			drop[order[i - 1] - all->at] = 1;
	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	out = bad ? NULL : fopen(path, "w");
	bad = bad || !out;
	for (size_t i = 0; !bad && i < all->count; i++)
		if (!drop[i]) {
			bad = fputs(all->at[i].text, out) < 0;
			++*written;
		}
	if (out && fclose(out))
		bad = 1;
	free(order);
	free(drop);
	return bad ? fail(why, "%s: %s", path, strerror(errno)) : 0;
}

static int merge(const struct texts *folders, const char *output, int force)
{
	struct lines all = { 0 };
	struct why why;
	char path[4200];
	size_t written = 0;
	int code = EXIT_DONE;

	snprintf(path, sizeof path, "%s/runs.jsonl", output);
	if (!force && !access(path, F_OK))
		return complain(EXIT_OUTPUT, "merge: %s holds a run already (--force replaces it)",
			output);
	for (size_t i = 0; code == EXIT_DONE && i < folders->count; i++)
		if (read_folder(&all, folders->at[i], &why))
			code = complain(EXIT_INPUT, "merge: %s", why.text);
	if (code == EXIT_DONE && mkdir(output, 0777) && errno != EEXIST)
		code = complain(EXIT_OUTPUT, "merge: %s: %s", output, strerror(errno));
	else if (code == EXIT_DONE && (write_all(&all, output, &written, &why) ||
					      copy_manifest(folders->at[0], output)))
		code = complain(EXIT_OUTPUT, "merge: %s", why.text);
	if (code == EXIT_DONE)
		fprintf(stderr, "%zu runs in %s\n", written, output);
	for (size_t i = 0; i < all.count; i++)
		free(all.at[i].text);
	free(all.at);
	return code;
}

struct request {
	const char *output;
	int force;
};

static int run(const struct command *self, int argc, char **argv)
{
	struct request q = { 0 };
	struct texts folders;
	int code = arguments_read(self, argc, argv, &q, &folders);

	if (code == GO_ON && !folders.count)
		code = complain(EXIT_USAGE, "merge: expected folders of records");
	if (code == GO_ON && !q.output)
		code = complain(EXIT_USAGE, "merge: expected -o DIR");
	if (code == GO_ON)
		code = merge(&folders, q.output, q.force);
	arguments_free(self, &q, &folders);
	return code;
}

static const struct argument arguments[] = {
	{ "output", 'o', "DIR", "where to; must not hold a run yet", ARGUMENT_TEXT, offsetof(struct request, output) },
	{ "force", 0, NULL, "replace the run in DIR", ARGUMENT_FLAG, offsetof(struct request, force) },
	{ 0 },
};

const struct command command_merge = { "merge", "unite folders of records", "DIR... -o DIR [OPTION]...",
	"Unites folders of records: every run once, a later folder's record of the same key wins.",
	arguments, .run = run };
