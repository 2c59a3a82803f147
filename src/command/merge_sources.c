/* merge_sources.c -- which folders are shards of one plan, and the manifest of them united. */
#include <config.h>
#include "command/merge.h"
#include "ground/find.h"
#include "run/manifest.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const cJSON *member(const struct source *s, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(s->manifest, name);
}

/* Words of the command that say where and how, not what: left out of the command that repeats
 * the whole. The value is one word more where the option takes one. */
static int is_where(const char *word, int *takes_value)
{
	static const struct {
		const char *word;
		int value;
	} words[] = { { "--shard", 1 }, { "-o", 1 }, { "--output", 1 }, { "-j", 1 },
		{ "--jobs", 1 }, { "--resume", 0 }, { "--force", 0 }, { "-q", 0 },
		{ "--quiet", 0 } };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i].word);

		if (strncmp(word, words[i].word, length))
			continue;
		*takes_value = words[i].value && !word[length];
		if (!word[length] || (words[i].value && (word[length] == '=' || length == 2)))
			return 1;
	}
	return 0;
}

static cJSON *whole_command(const struct source *s)
{
	const cJSON *list = member(s, "command"), *word;
	cJSON *out = cJSON_CreateArray();
	int skip = 0;

	cJSON_ArrayForEach(word, list)
	{
		int value = 0;

		if (!skip && cJSON_IsString(word) && !is_where(word->valuestring, &value))
			cJSON_AddItemToArray(out, cJSON_Duplicate(word, 1));
		skip = value;
	}
	return out;
}

/* Suite, cells and command as one text. */
static char *plan_text(const struct source *s)
{
	cJSON *o = cJSON_CreateObject();
	char *text;

	cJSON_AddItemToObject(o, "suite", cJSON_Duplicate(member(s, "suite"), 1));
	cJSON_AddItemToObject(o, "cells", cJSON_Duplicate(member(s, "cells"), 1));
	cJSON_AddItemToObject(o, "command", whole_command(s));
	text = cJSON_PrintUnformatted(o);
	cJSON_Delete(o);
	return text;
}

static int read_shard(struct source *s, struct why *why)
{
	const cJSON *v = member(s, "shard"), *cells = member(s, "cells");

	if (cJSON_IsNumber(cells) && cells->valuedouble >= 1 && cells->valuedouble < 1e9)
		s->cells = (size_t)cells->valuedouble;
	if (!v)
		return 0;
	if (cJSON_IsString(v) && sscanf(v->valuestring, "%ld/%ld", &s->shard, &s->of) == 2 &&
		s->shard >= 1 && s->shard <= s->of)
		return 0;
	return fail(why, "%s/manifest.json: \"shard\": expected \"I/N\"", s->folder);
}

int source_open(struct source *s, const char *folder, struct why *why)
{
	static const char *const names[] = { "runs.jsonl", "runs.jsonl.gz" };
	char path[4200], *text;
	size_t size, i = 0;

	*s = (struct source){ .folder = folder };
	do
		snprintf(s->path, sizeof s->path, "%s/%s", folder, names[i]);
	while (access(s->path, F_OK) && ++i < 2);
	if (i == 2)
		return fail(why, "%s: expected a folder with runs.jsonl (or runs.jsonl.gz)",
			folder);
	snprintf(path, sizeof path, "%s/manifest.json", folder);
	if (access(path, F_OK))
		return 0;
	if (!(text = file_read(path, &size, why)))
		return -1;
	s->manifest = cJSON_Parse(text);
	free(text);
	if (!cJSON_IsObject(s->manifest))
		return fail(why, "%s: no JSON object", path);
	s->plan = plan_text(s);
	return s->plan ? read_shard(s, why) : fail(why, "out of memory");
}

void source_close(struct source *s)
{
	cJSON_Delete(s->manifest);
	free(s->plan);
}

static const char *suite_name(const struct source *s)
{
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(member(s, "suite"), "name");

	return cJSON_IsString(name) ? name->valuestring : "none";
}

int sources_group(struct source *s, size_t count, int mixed, struct why *why)
{
	size_t groups = 0;

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (k < i && (!s[i].plan || !s[k].plan || strcmp(s[i].plan, s[k].plan)))
			k++;
		s[i].group = k < i ? s[k].group : groups++;
		if (!s[i].manifest || !s[0].manifest || mixed)
			continue;
		if (!cJSON_Compare(member(&s[0], "suite"), member(&s[i], "suite"), 1))
			return fail(why,
				"%s is of suite '%s', %s of '%s' or another state of it "
				"(--mixed unites them all the same)",
				s[0].folder, suite_name(&s[0]), s[i].folder, suite_name(&s[i]));
		if (k < i && s[k].of != s[i].of && s[k].of && s[i].of)
			return fail(why,
				"%s is shard %ld/%ld, %s is shard %ld/%ld: not of one run "
				"(--mixed unites them all the same)",
				s[k].folder, s[k].shard, s[k].of, s[i].folder, s[i].shard,
				s[i].of);
	}
	return 0;
}

/* ------------------------------------------------------------------ manifest ------------------ */

/* What all sources agree on; each source keeps its own. */
static void add_common(cJSON *out, const struct source *s, size_t count)
{
	static const char *const names[] = { "version", "git", "compiler", "flags", "libraries",
		"cpu", "cores", "os", "denormals", "plan", "suite" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		int same = 1;

		for (size_t k = 0; k < count; k++)
			same &= cJSON_Compare(
				member(&s[0], names[i]), member(&s[k], names[i]), 1);
		if (same && member(&s[0], names[i]))
			cJSON_AddItemToObject(
				out, names[i], cJSON_Duplicate(member(&s[0], names[i]), 1));
	}
}

static cJSON *description(const struct source *s)
{
	static const char *const names[] = { "shard", "command", "workers", "start", "end",
		"version", "git", "compiler", "flags", "libraries", "cpu", "cores", "os",
		"load_average" };
	cJSON *out = cJSON_CreateObject();

	cJSON_AddStringToObject(out, "folder", s->folder);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (member(s, names[i]))
			cJSON_AddItemToObject(
				out, names[i], cJSON_Duplicate(member(s, names[i]), 1));
	return out;
}

/* One source for each folder; a folder that is merged itself gives those it came from. */
static void add_sources(cJSON *out, const struct source *s, size_t count)
{
	cJSON *list = cJSON_AddArrayToObject(out, "sources"), *one;

	for (size_t i = 0; i < count; i++) {
		const cJSON *own = member(&s[i], "sources");

		if (!cJSON_IsArray(own))
			cJSON_AddItemToArray(list, description(&s[i]));
		cJSON_ArrayForEach(one, own)
			cJSON_AddItemToArray(list, cJSON_Duplicate(one, 1));
	}
}

static const char *extreme(const struct source *s, size_t count, const char *name, int sign)
{
	const char *best = NULL;

	for (size_t i = 0; i < count; i++) {
		const cJSON *v = member(&s[i], name);

		if (cJSON_IsString(v) && (!best || sign * strcmp(v->valuestring, best) > 0))
			best = v->valuestring;
	}
	return best;
}

/* The command of each plan: an array of words for one, an array of commands for several. */
static void add_commands(cJSON *out, const struct source *s, size_t count)
{
	cJSON *commands = cJSON_CreateArray();
	size_t cells = 0, next = 0;

	for (size_t i = 0; i < count; i++)
		if (s[i].group == next) {
			cJSON_AddItemToArray(commands, whole_command(&s[i]));
			cells += s[i].cells;
			next++;
		}
	if (next == 1) {
		cJSON_AddItemToObject(out, "command", cJSON_DetachItemFromArray(commands, 0));
		cJSON_Delete(commands);
	} else {
		cJSON_AddItemToObject(out, "commands", commands);
	}
	cJSON_AddNumberToObject(out, "cells", (double)cells);
}

int merged_manifest(const struct source *s, size_t count, size_t runs, const size_t *by_status,
	struct text *out)
{
	cJSON *o = cJSON_CreateObject(), *tally;
	const char *start = extreme(s, count, "start", -1), *end = extreme(s, count, "end", 1);
	int comparable = 1;
	char *text;

	cJSON_AddStringToObject(o, "schema", "nsobench-manifest/1.0");
	add_commands(o, s, count);
	for (size_t i = 0; i < count; i++) /* seconds of several machines or several workers */
		comparable &= cJSON_IsTrue(member(&s[i], "times_comparable")) &&
			      cJSON_Compare(member(&s[0], "cpu"), member(&s[i], "cpu"), 1);
	cJSON_AddBoolToObject(o, "times_comparable", comparable);
	add_common(o, s, count);
	if (start)
		cJSON_AddStringToObject(o, "start", start);
	if (end)
		cJSON_AddStringToObject(o, "end", end);
	cJSON_AddNumberToObject(o, "runs", (double)runs);
	tally = cJSON_AddObjectToObject(o, "status");
	for (int k = CONVERGED; k <= SKIPPED; k++)
		if (by_status[k])
			cJSON_AddNumberToObject(tally, status_words[k], (double)by_status[k]);
	add_sources(o, s, count);
	text = cJSON_Print(o);
	cJSON_Delete(o);
	text_valid(out, text ? text : "");
	text_add(out, "\n");
	cJSON_free(text);
	return text && !out->failed ? 0 : -1;
}
