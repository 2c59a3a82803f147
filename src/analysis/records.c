/* records.c -- reads folders of runs (manifest.json, runs.jsonl) into arrays, line by line. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "analysis/reader.h"
#include "analysis/records.h"
#include "ground/find.h"
#include "ground/grow.h"
#include "ground/lines.h"

int records_warn(struct records *r, const char *format, ...)
{
	char text[640];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	if (room_for(&r->warning, r->warnings + 1, &r->warning_room, sizeof *r->warning))
		return -1;
	if (!(r->warning[r->warnings] = arena_text(&r->arena, text, strlen(text))))
		return -1;
	r->warnings++;
	return 0;
}

const struct curve *run_column(const struct run *run, const char *name)
{
	for (size_t i = 0; i < run->columns; i++)
		if (!strcmp(run->column[i].name, name))
			return &run->column[i];
	return NULL;
}

const char *entry_option(const struct entry *e, const char *name)
{
	for (size_t i = 0; i < e->pairs; i++)
		if (!strcmp(e->pair[2 * i], name))
			return e->pair[2 * i + 1];
	return NULL;
}

/* ------------------------------------------------------------------ lines --------------------- */

static int check_schema(struct reader *in, const cJSON *line, struct why *why)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(line, "schema");
	const char *schema = cJSON_IsString(v) ? v->valuestring : "";
	int major;

	if (sscanf(schema, "nsobench-run/%d", &major) == 1 && major == RUN_SCHEMA_MAJOR) {
		if (!*in->schema)
			snprintf(in->schema, sizeof in->schema, "%s", schema);
		return 0;
	}
	if (!*schema)
		return fail(why, "%s, line %zu: no \"schema\": expected \"nsobench-run/%d.x\"",
			in->name, in->line, RUN_SCHEMA_MAJOR);
	return fail(why,
		"%s, line %zu: written as %.60s, this program reads nsobench-run/%d.x%s%s",
		in->name, in->line, schema, RUN_SCHEMA_MAJOR,
		*in->schema ? "; lines before it are " : "", in->schema);
}

struct run *records_find(struct records *r, const char *key)
{
	const char *text = arena_text(&r->arena, key, strlen(key));
	size_t *number = text ? names_number(&r->key, text) : NULL;

	if (!number || *number == (size_t)-1)
		return NULL;
	if (*number < r->runs && r->run[*number].key == text)
		return &r->run[*number];
	for (size_t i = 0; i < r->runs; i++) /* runs were left out since */
		if (r->run[i].key == text)
			return &r->run[*number = i];
	return NULL;
}

/* Letters, digits and little else: what else stands there is no key but damage, or an attack.
 */
static int is_key(const char *text)
{
	size_t length = strlen(text);

	return length && length <= 64 &&
	       strspn(text, "0123456789abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ._:-") == length;
}

static int keep(struct reader *in, const struct run *run)
{
	struct records *r = in->r;
	struct run *before = NULL;
	size_t *number;

	if (!is_key(run->key)) {
		in->first_keyless = in->keyless++ || !*run->key ? in->first_keyless : in->line;
	} else if ((before = records_find(r, run->key))) {
		*before = *run;
		in->repeated++;
		return 0;
	}
	if (room_for(&r->run, r->runs + 1, &r->run_room, sizeof *r->run))
		return -1;
	if (is_key(run->key)) {
		if (!(number = names_number(&r->key, run->key)))
			return -1;
		*number = r->runs;
	}
	r->run[r->runs++] = *run;
	return 0;
}

static int torn(struct reader *in)
{
	if (!in->torn++)
		in->first_torn = in->line;
	return 0;
}

/* One line; 0 also where the line is not a record. */
static int take(void *data, struct line *line, struct why *why)
{
	struct reader *in = data;
	struct run run = { .key = "" };
	char *text = line->text;
	const char *trace, *end;
	cJSON *json;
	int status;

	in->line = line->number;
	in->zeros += line->zeros;
	if (memchr(text, 0, line->length))
		return torn(in);
	text += scan_space(text) - text;
	if (!*text)
		return 0;
	if ((trace = scan_member(text, "trace")) && *trace == '{') {
		end = in->r->heads ? scan_value(trace) : read_trace(in, trace, &run);
		if (!end)
			return torn(in);
		text[trace - text] =
			'0'; /* no longer than what it stands for, which may be {} */
		memmove(text + (trace - text) + 1, end,
			line->length - (size_t)(end - line->text) + 1);
	}
	json = cJSON_Parse(text);
	if (!cJSON_IsObject(json)) {
		cJSON_Delete(json);
		return torn(in);
	}
	status = check_schema(in, json, why);
	if (!status && (read_head(in->r, json, &run) || keep(in, &run)))
		status = fail(why, "%s, line %zu: out of memory", in->name, in->line);
	cJSON_Delete(json);
	return status;
}

/* How many runs the plan had, where the manifest tells and nothing was left to other shards; 0
 * unknown. */
static size_t planned(const struct records *r)
{
	const cJSON *cells = cJSON_GetObjectItemCaseSensitive(r->manifest, "cells");

	if (!cJSON_IsNumber(cells) || cells->valuedouble < 0 || cells->valuedouble > 1e12 ||
		cJSON_GetObjectItemCaseSensitive(r->manifest, "shard"))
		return 0;
	return (size_t)cells->valuedouble;
}

/* A sentence for each thing that is wrong. */
static int report_damage(
	const struct reader *in, const char *cut, struct records *r, size_t before)
{
	size_t read = r->runs - before, all = before ? 0 : planned(r);
	char of[64] = "";

	if (all > read)
		snprintf(of, sizeof of, " (%zu runs read, %zu planned)", read, all);
	r->lost += in->torn + (cut && !in->torn) + (in->zeros && !in->torn);
	if (cut && records_warn(r, "%s: %s: runs are lost%s", in->name, cut, of))
		return -1;
	if (in->torn &&
		records_warn(r,
			"%s: %zu of %zu lines are torn or no JSON and were left out, the first "
			"is "
			"line %zu: %zu runs are lost%s",
			in->name, in->torn, in->line, in->first_torn, in->torn, cut ? "" : of))
		return -1;
	if (in->zeros && records_warn(r,
				 "%s: %zu zero bytes before records, as a power cut leaves "
				 "them: a record "
				 "may be lost there",
				 in->name, in->zeros))
		return -1;
	if (in->first_keyless &&
		records_warn(r,
			"%s, line %zu: \"key\" is no key (1 to 64 letters, digits, . _ : -); "
			"such runs cannot be told from a repeat",
			in->name, in->first_keyless))
		return -1;
	if (in->repeated &&
		records_warn(r, "%s: %zu runs came again under the same key: the later counts",
			in->name, in->repeated))
		return -1;
	return in->uneven ? records_warn(r,
				    "%s: %zu columns are not as long as the others and were "
				    "left out",
				    in->name, in->uneven)
			  : 0;
}

static int read_runs(struct records *r, const char *path, struct why *why)
{
	struct reader in = { .r = r, .name = path };
	size_t before = r->runs;
	const char *cut = NULL;
	int status = lines_read(path, take, &in, &cut, why);

	free(in.numbers.v);
	if (!status && report_damage(&in, cut, r, before))
		status = fail(why, "%s: out of memory", path);
	if (!status && r->runs == before)
		status = fail(
			why, "%s: no record in it%s%s", path, cut ? ": " : "", cut ? cut : "");
	return status;
}

static int read_manifest(struct records *r, const char *folder, struct why *why)
{
	char path[4096], *text;
	const cJSON *list, *v;
	size_t size;

	snprintf(path, sizeof path, "%s/manifest.json", folder);
	if (r->manifest || access(path, F_OK))
		return 0;
	if (!(text = file_read(path, &size, why)))
		return records_warn(r, "%s, left out", why->text);
	r->manifest = cJSON_Parse(text);
	free(text);
	if (!r->manifest)
		return records_warn(r, "%s: no JSON, left out", path);
	list = cJSON_GetObjectItemCaseSensitive(r->manifest, "warnings");
	cJSON_ArrayForEach(v, list)
	{
		if (cJSON_IsString(v) && records_warn(r, "%s", v->valuestring))
			return -1;
	}
	return 0;
}

/* There, and not empty: an empty file may stand beside the one that counts. */
static int holds_something(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISDIR(st.st_mode) &&
	       (!S_ISREG(st.st_mode) || st.st_size > 0);
}

int records_read(struct records *r, const char *folder, struct why *why)
{
	static const char *const names[] = { "/runs.jsonl", "/runs.jsonl.gz", "" };
	char path[4096];

	if (!r->folder && !(r->folder = strdup(folder)))
		return fail(why, "out of memory");
	if (read_manifest(r, folder, why))
		return fail(why, "out of memory");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s%s", folder, names[i]);
		if (holds_something(path))
			return read_runs(r, path, why);
	}
	return fail(why,
		"%s: expected a folder with runs.jsonl (or runs.jsonl.gz) of 'nsobench run'",
		folder);
}

void records_free(struct records *r)
{
	free(r->folder);
	free(r->run);
	free(r->problem);
	free(r->method);
	free(r->warning);
	names_clear(&r->key);
	names_clear(&r->problem_id);
	names_clear(&r->method_id);
	cJSON_Delete(r->manifest);
	arena_free(&r->arena);
	*r = (struct records){ 0 };
}
