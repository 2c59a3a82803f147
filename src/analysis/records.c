/* records.c -- reads folders of runs (manifest.json, runs.jsonl) into arrays. The curves, nearly
 * all of the bytes, are scanned straight into numbers; the head of each line goes through cJSON. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "analysis/records.h"
#include "ground/arena.h"
#include "ground/option.h"
#include "ground/scan.h"
#include "ground/why.h"

static int room_for(void *list, size_t count, size_t *room, size_t size)
{
	void **p = list;
	size_t more = *room ? 2 * *room : 64;
	void *q;

	if (count < *room)
		return 0;
	if (!(q = realloc(*p, more * size)))
		return -1;
	*p = q;
	*room = more;
	return 0;
}

int records_warn(struct records *r, const char *format, ...)
{
	char text[640];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	if (room_for(&r->warning, r->warnings, &r->warning_room, sizeof *r->warning))
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

/* ------------------------------------------------------------------ head of a line ------------ */

static double number_of(const cJSON *object, const char *name)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsNumber(v) ? v->valuedouble : NAN;
}

static const char *text_of(struct records *r, const cJSON *object, const char *name)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(object, name);
	const char *text = cJSON_IsString(v) && v->valuestring ? v->valuestring : "";

	return arena_text(&r->arena, text, strlen(text));
}

/* A value as text: a word, a number that reads back the same, true or false. */
static const char *value_text(struct records *r, const cJSON *v)
{
	char text[40] = "";

	if (cJSON_IsString(v) && v->valuestring)
		return arena_text(&r->arena, v->valuestring, strlen(v->valuestring));
	if (cJSON_IsNumber(v))
		print_double(text, sizeof text, v->valuedouble);
	else if (cJSON_IsBool(v))
		strcpy(text, cJSON_IsTrue(v) ? "on" : "off");
	else
		strcpy(text, "auto");
	return arena_text(&r->arena, text, strlen(text));
}

struct pairs {
	const char *v[2 * (NSO_MAX_OPTIONS + 8)];
	size_t count;
};

static int pair_add(struct records *r, struct pairs *p, const char *name, const char *value)
{
	if (p->count == sizeof p->v / sizeof *p->v / 2)
		return 0;
	if (!value || !(p->v[2 * p->count] = arena_text(&r->arena, name, strlen(name))))
		return -1;
	p->v[2 * p->count++ + 1] = value;
	return 0;
}

static int pairs_of(struct records *r, const cJSON *object, struct pairs *p)
{
	const cJSON *v;

	cJSON_ArrayForEach(v, object)
		if (v->string && pair_add(r, p, v->string, value_text(r, v)))
			return -1;
	return 0;
}

/* A setting of the cell that is not an option but sets runs apart, unless it is the usual one. */
static int setting(struct records *r, struct pairs *p, const char *name, const cJSON *v,
	const char *usual)
{
	if (!v || cJSON_IsNull(v) || (cJSON_IsString(v) && !strcmp(v->valuestring, usual)))
		return 0;
	return pair_add(r, p, name, value_text(r, v));
}

/* Index of the entry with this name and these pairs, added if new; -1: no memory. */
static long entry_of(struct records *r, struct entry **list, size_t *count, size_t *room,
	const char *kind, const char *name, const struct pairs *p)
{
	char text[2048];
	size_t used = 0, *mark;
	const char *id;
	struct entry *e;

	text[0] = 0;
	for (size_t i = 0; i < p->count && used < sizeof text; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s=%s", i ? "," : "",
			p->v[2 * i], p->v[2 * i + 1]);
	id = arena_print(&r->arena, "%s %s:%s", kind, name, text);
	if (!id || !(id = arena_text(&r->arena, id, strlen(id))))
		return -1;
	mark = arena_mark(&r->arena, id);
	if (*mark != (size_t)-1)
		return (long)*mark;
	if (room_for(list, *count, room, sizeof **list))
		return -1;
	e = &(*list)[*count];
	*e = (struct entry){ .name = name, .title = "", .mark = "", .traits = "", .label = name,
		.pairs = p->count, .n = NAN, .optimum = NAN, .order = INFINITY };
	e->options = arena_text(&r->arena, text, strlen(text));
	e->pair = arena_take(&r->arena, (2 * p->count + 1) * sizeof *e->pair);
	if (!e->options || !e->pair)
		return -1;
	memcpy(e->pair, p->v, 2 * p->count * sizeof *e->pair);
	*mark = *count;
	return (long)(*count)++;
}

static const char *traits_of(struct records *r, const cJSON *list)
{
	char text[512] = "";
	const cJSON *v;

	cJSON_ArrayForEach(v, list)
		if (cJSON_IsString(v) && strlen(text) + strlen(v->valuestring) + 3 < sizeof text)
			strcat(strcat(text, *text ? ", " : ""), v->valuestring);
	return arena_text(&r->arena, text, strlen(text));
}

static int head_problem(struct records *r, const cJSON *line, struct run *run)
{
	const cJSON *problem = cJSON_GetObjectItemCaseSensitive(line, "problem");
	const cJSON *sample = cJSON_GetObjectItemCaseSensitive(line, "sample");
	const char *name = text_of(r, problem, "name");
	struct pairs p = { .count = 0 };
	struct entry *e;
	long at;

	if (!name || pairs_of(r, cJSON_GetObjectItemCaseSensitive(problem, "options"), &p) ||
		setting(r, &p, "batch", cJSON_GetObjectItemCaseSensitive(sample, "batch"), "") ||
		setting(r, &p, "noise", cJSON_GetObjectItemCaseSensitive(sample, "noise"), "") ||
		setting(r, &p, "sampling", cJSON_GetObjectItemCaseSensitive(sample, "sampling"), "reshuffle"))
		return -1;
	at = entry_of(r, &r->problem, &r->problems, &r->problem_room, "problem", name, &p);
	if (at < 0)
		return -1;
	run->problem = (size_t)at;
	e = &r->problem[at];
	run->n = number_of(problem, "n");
	run->optimum = number_of(problem, "optimum");
	run->instance = (int)fmax(0, number_of(problem, "instance"));
	if (!*e->traits && !(e->traits = traits_of(r,
			cJSON_GetObjectItemCaseSensitive(problem, "traits"))))
		return -1;
	e->n = isnan(e->n) ? run->n : e->n;
	e->optimum = isnan(e->optimum) ? run->optimum : e->optimum;
	return 0;
}

/* What a method is told that others are not: a fair mark in every legend and table. */
static const char *mark_of(struct records *r, const cJSON *knows)
{
	static const char *const words[][2] = { { "optimum", "f*" }, { "minimizer", "x*" },
		{ "smoothness", "L" } };
	char text[32] = "";
	const cJSON *v;

	cJSON_ArrayForEach(v, knows)
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			if (cJSON_IsString(v) && !strcmp(v->valuestring, words[i][0]) &&
				!strstr(text, words[i][1]))
				strcat(strcat(text, *text ? ", " : ""), words[i][1]);
	return arena_text(&r->arena, text, strlen(text));
}

static int head_method(struct records *r, const cJSON *line, struct run *run)
{
	const cJSON *o = cJSON_GetObjectItemCaseSensitive(line, "optimizer");
	const char *name = text_of(r, o, "name");
	struct pairs p = { .count = 0 };
	long at;

	if (!name || pairs_of(r, cJSON_GetObjectItemCaseSensitive(o, "options"), &p) ||
		setting(r, &p, "schedule", cJSON_GetObjectItemCaseSensitive(line, "schedule"), "constant") ||
		setting(r, &p, "average", cJSON_GetObjectItemCaseSensitive(line, "average"), "none"))
		return -1;
	if (r->tag && pair_add(r, &p, "from", arena_text(&r->arena, r->tag, strlen(r->tag))))
		return -1;
	at = entry_of(r, &r->method, &r->methods, &r->method_room, "method", name, &p);
	if (at < 0)
		return -1;
	run->method = (size_t)at;
	if (!*r->method[at].title && !(r->method[at].title = text_of(r, o, "title")))
		return -1;
	if (!*r->method[at].mark && !(r->method[at].mark = mark_of(r,
			cJSON_GetObjectItemCaseSensitive(o, "knows"))))
		return -1;
	return 0;
}

static void earlier(struct entry *e, double cell)
{
	if (cell < e->order)
		e->order = cell;
}

/* The seconds at the trace points stand apart from the curves: they differ on replay. */
static int times(struct records *r, const cJSON *list, struct run *run)
{
	struct curve *more;
	const cJSON *v;
	double *to;

	if (!run->length || cJSON_GetArraySize(list) != (int)run->length)
		return 0;
	more = arena_take(&r->arena, (run->columns + 1) * sizeof *more);
	to = arena_take(&r->arena, run->length * sizeof *to);
	if (!more || !to)
		return -1;
	memcpy(more, run->column, run->columns * sizeof *more);
	more[run->columns++] = (struct curve){ .name = "seconds", .width = 1, .v = to };
	run->column = more;
	cJSON_ArrayForEach(v, list)
		*to++ = cJSON_IsNumber(v) ? v->valuedouble : NAN;
	return 0;
}

static int head(struct records *r, const cJSON *line, struct run *run)
{
	const cJSON *counts = cJSON_GetObjectItemCaseSensitive(line, "counts");
	const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(line, "seconds");
	const cJSON *final = cJSON_GetObjectItemCaseSensitive(line, "final");
	const cJSON *budget = cJSON_GetObjectItemCaseSensitive(line, "budget");
	double seed = number_of(line, "seed");

	run->key = text_of(r, line, "key");
	run->status = text_of(r, line, "status");
	run->reason = text_of(r, line, "reason");
	if (!run->key || !run->status || !run->reason)
		return -1;
	run->seed = fabs(seed) < 9e15 ? (long long)seed : 0;
	run->place = number_of(line, "cell");
	run->steps = number_of(line, "steps");
	run->value = number_of(counts, "value");
	run->subgradient = number_of(counts, "subgradient");
	run->prox = number_of(counts, "prox");
	run->work = number_of(line, "work");
	run->wall = number_of(seconds, "wall");
	run->cpu = number_of(seconds, "cpu");
	run->start = number_of(cJSON_GetObjectItemCaseSensitive(line, "start"), "f");
	run->f = number_of(final, "f");
	run->gap = number_of(final, "gap");
	run->best = number_of(final, "best");
	run->best_gap = number_of(final, "best_gap");
	run->budget = number_of(budget, "work");
	run->budget_steps = number_of(budget, "steps");
	run->budget_seconds = number_of(budget, "seconds");
	if (times(r, cJSON_GetObjectItemCaseSensitive(seconds, "trace"), run) || head_problem(r, line, run) ||
		head_method(r, line, run))
		return -1;
	earlier(&r->problem[run->problem], number_of(line, "cell"));
	earlier(&r->method[run->method], number_of(line, "cell") + (r->tag ? 1e9 : 0));
	return 0;
}

/* ------------------------------------------------------------------ curves -------------------- */

struct reader {
	struct records *r;
	const char *name; /* of the file */
	size_t line, torn, repeated, uneven;
	char schema[64]; /* the first that was read */
	struct numbers numbers;
};

enum { MOST_COLUMNS = 64 };

/* The trace object at p; columns that are not numbers or not as long as the others are left out. */
static const char *curves(struct reader *in, const char *p, struct run *run)
{
	struct curve column[MOST_COLUMNS];
	size_t rows[MOST_COLUMNS], columns = 0, length = 0, kept = 0;
	struct arena *a = &in->r->arena;

	if (*p++ != '{')
		return NULL;
	for (p = scan_space(p); *p != '}'; p = scan_space(p)) {
		const char *name;
		size_t size;

		if (!(p = scan_text(p, &name, &size)) || *(p = scan_space(p)) != ':')
			return NULL;
		p = scan_space(p + 1);
		if (*p != '[' || columns == MOST_COLUMNS) {
			p = scan_value(p);
		} else if ((p = scan_numbers(p, &in->numbers)) && !in->numbers.odd) {
			struct curve *c = &column[columns];
			size_t bytes = in->numbers.count * sizeof *c->v;

			rows[columns++] = in->numbers.rows;
			*c = (struct curve){ .name = arena_text(a, name, size),
				.width = in->numbers.width, .v = arena_take(a, bytes + 1) };
			if (!c->name || !c->v)
				return NULL;
			if (bytes)
				memcpy(c->v, in->numbers.v, bytes);
			if (!length || !strcmp(c->name, "step"))
				length = in->numbers.rows;
		}
		if (!p)
			return NULL;
		p = scan_space(p);
		if (*p == ',')
			p = scan_space(p + 1);
		else if (*p != '}')
			return NULL;
	}
	for (size_t i = 0; i < columns; i++)
		if (rows[i] == length && length)
			column[kept++] = column[i];
		else if (rows[i])
			in->uneven++;
	run->column = arena_take(a, (kept + 1) * sizeof *column);
	if (!run->column)
		return NULL;
	if (kept)
		memcpy(run->column, column, kept * sizeof *column);
	run->columns = kept;
	run->length = kept ? length : 0;
	return p + 1;
}

/* Where the value of the member "trace" of the object at p begins; NULL: none, or a torn line. */
static char *trace_at(char *line, const char **end)
{
	const char *p = scan_space(line);

	*end = NULL;
	if (*p++ != '{')
		return NULL;
	for (p = scan_space(p); *p == '"'; p = scan_space(p + 1)) {
		const char *name;
		size_t size;

		if (!(p = scan_text(p, &name, &size)) || *(p = scan_space(p)) != ':')
			return NULL;
		p = scan_space(p + 1);
		if (size == 5 && !strncmp(name, "trace", 5) && *p == '{')
			return line + (p - line);
		if (!(p = scan_value(p)))
			return NULL;
		p = scan_space(p);
		if (*p != ',')
			break;
	}
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
		return fail(why, "%s, line %zu: no \"schema\": expected \"nsobench-run/%d.x\"", in->name,
			in->line, RUN_SCHEMA_MAJOR);
	return fail(why, "%s, line %zu: written as %.60s, this program reads nsobench-run/%d.x%s%s",
		in->name, in->line, schema, RUN_SCHEMA_MAJOR,
		*in->schema ? "; lines before it are " : "", in->schema);
}

static int keep(struct reader *in, const struct run *run)
{
	struct records *r = in->r;
	size_t *mark = arena_mark(&r->arena, run->key);

	if (*run->key && *mark < r->runs && r->run[*mark].key == run->key) {
		r->run[*mark] = *run;
		in->repeated++;
		return 0;
	}
	if (room_for(&r->run, r->runs, &r->run_room, sizeof *r->run))
		return -1;
	*mark = r->runs;
	r->run[r->runs++] = *run;
	return 0;
}

/* One line; 0 also where the line is not a record. */
static int take(struct reader *in, char *line, size_t length, struct why *why)
{
	struct run run = { .key = "" };
	const char *end, *text = scan_space(line);
	char *trace = trace_at(line, &end);
	cJSON *json;
	int status;

	if (!*text)
		return 0;
	if (trace) {
		if (!(end = curves(in, trace, &run))) {
			in->torn++;
			return 0;
		}
		*trace = '0'; /* no longer than what it stands for, which may be {} */
		memmove(trace + 1, end, length - (size_t)(end - line) + 1);
	}
	json = cJSON_Parse(line);
	if (!cJSON_IsObject(json)) {
		cJSON_Delete(json);
		in->torn++;
		return 0;
	}
	status = check_schema(in, json, why);
	if (!status && (head(in->r, json, &run) || keep(in, &run)))
		status = fail(why, "%s, line %zu: out of memory", in->name, in->line);
	cJSON_Delete(json);
	return status;
}

static int lines(struct reader *in, gzFile file, struct why *why)
{
	size_t room = 1 << 20, have = 0, start = 0;
	char *buffer = malloc(room + 1);
	int got = 1, status = 0;

	while (buffer && !status && got > 0) {
		char *p = buffer, *newline;

		if (have == room) {
			char *more = realloc(buffer, 2 * room + 1);

			if (!more)
				break;
			p = buffer = more;
			room *= 2;
		}
		size_t want = room - have < (1u << 30) ? room - have : (1u << 30);

		got = gzread(file, buffer + have, (unsigned)want);
		have += got > 0 ? (size_t)got : 0;
		while (!status && (newline = memchr(p + start, '\n', have - (size_t)(p - buffer) - start))) {
			*newline = 0;
			in->line++;
			status = take(in, p, (size_t)(newline - p), why);
			p = newline + 1;
			start = 0;
		}
		have -= (size_t)(p - buffer);
		memmove(buffer, p, have);
		start = have;
	}
	if (!status && have && buffer && got <= 0) {
		buffer[have] = 0;
		in->line++;
		status = take(in, buffer, have, why);
	}
	if (!buffer || (!status && got > 0))
		status = fail(why, "%s: out of memory", in->name);
	free(buffer);
	return status;
}

static int read_runs(struct records *r, const char *path, struct why *why)
{
	struct reader in = { .r = r, .name = path };
	gzFile file = gzopen(path, "rb");
	int status;

	if (!file)
		return fail(why, "%s: cannot be read", path);
	gzbuffer(file, 1 << 18);
	status = lines(&in, file, why);
	gzclose(file);
	free(in.numbers.v);
	if (status)
		return status;
	if ((in.torn && records_warn(r, "%s: %zu of %zu lines are torn or no JSON and were left out",
			path, in.torn, in.line)) ||
		(in.repeated && records_warn(r, "%s: %zu runs came again under the same key: the later counts",
			path, in.repeated)) ||
		(in.uneven && records_warn(r, "%s: %zu columns are not as long as the others and were left out",
			path, in.uneven)))
		return fail(why, "%s: out of memory", path);
	return 0;
}

static char *whole_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	long size;

	if (!file)
		return NULL;
	if (!fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0 && (text = malloc((size_t)size + 1))) {
		rewind(file);
		text[fread(text, 1, (size_t)size, file)] = 0;
	}
	fclose(file);
	return text;
}

static int readable(const char *path)
{
	FILE *file = fopen(path, "rb");
	int c = file ? getc(file) : EOF; /* a folder opens but does not read */

	if (file)
		fclose(file);
	return file && c != EOF;
}

int records_read(struct records *r, const char *folder, struct why *why)
{
	static const char *const names[] = { "/runs.jsonl", "/runs.jsonl.gz", "" };
	char path[4096];
	char *text;

	if (!r->folder && !(r->folder = strdup(folder)))
		return fail(why, "out of memory");
	snprintf(path, sizeof path, "%s/manifest.json", folder);
	if (!r->manifest && (text = whole_file(path))) {
		r->manifest = cJSON_Parse(text);
		free(text);
		if (!r->manifest && records_warn(r, "%s: no JSON, left out", path))
			return fail(why, "out of memory");
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s%s", folder, names[i]);
		if (readable(path)) {
			size_t before = r->runs;

			if (read_runs(r, path, why))
				return -1;
			return r->runs > before ? 0 : fail(why, "%s: no record in it", path);
		}
	}
	return fail(why, "%s: expected a folder with runs.jsonl (or runs.jsonl.gz) of 'nsobench run'",
		folder);
}

void records_free(struct records *r)
{
	free(r->folder);
	free(r->run);
	free(r->problem);
	free(r->method);
	free(r->warning);
	cJSON_Delete(r->manifest);
	arena_free(&r->arena);
	*r = (struct records){ 0 };
}
