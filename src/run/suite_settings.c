/* suite_settings.c -- the settings of a suite, a group or an entry: strict about keys, types, ranges. */
#include <config.h>
#include "ground/option.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/schedule.h"
#include "run/suite.h"
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int wrong(const struct reader *r, const char *where,
	const char *format, ...)
{
	char what[400];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	fail(r->why, "%s: %s: %s", r->path, where, what);
	return -1;
}

void locate(struct place *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(at->text, sizeof at->text, format, args);
	va_end(args);
}

const char *kind_of(const cJSON *v)
{
	return cJSON_IsString(v) ? "a text" : cJSON_IsNumber(v) ? "a number" :
		cJSON_IsBool(v)                                   ? "true or false" :
		cJSON_IsArray(v)                                  ? "an array" :
		cJSON_IsObject(v)                                 ? "an object" :
								    "null";
}

/* ---------------------------------------------------------------- keys ----------------------- */

static const char *const top_keys[] = { "schema", "name", "title", "about", "groups" };
static const char *const group_keys[] = { "problems", "optimizers" };
static const char *const entry_keys[] = { "name", "options" };
static const char *const setting_keys[] = { "instances", "seeds", "budget", "batch", "sampling",
	"noise", "schedule", "average", "trace", "measures", "goldstein", "record" };

static size_t collect(const char **all, const char *const *keys, size_t count, size_t have)
{
	memcpy(all + have, keys, count * sizeof *keys);
	return have + count;
}

#define KEYS(table) table, sizeof table / sizeof *table

int check_keys(const struct reader *r, const char *where, const cJSON *object, int allowed)
{
	const char *all[32], *near;
	size_t count = 0;
	const cJSON *v, *w;

	if (allowed & TOP)
		count = collect(all, KEYS(top_keys), count);
	if (allowed & GROUP)
		count = collect(all, KEYS(group_keys), count);
	if (allowed & ENTRY)
		count = collect(all, KEYS(entry_keys), count);
	if (allowed & SETTING)
		count = collect(all, KEYS(setting_keys), count);
	cJSON_ArrayForEach(v, object) {
		size_t i = 0;

		while (i < count && strcmp(all[i], v->string))
			i++;
		near = i < count ? NULL : nearest(v->string, all, count);
		if (i == count)
			return wrong(r, where, "unknown key \"%s\"%s%s%s", v->string,
				near ? "; did you mean \"" : "", near ? near : "",
				near ? "\"?" : "");
		for (w = v->next; w; w = w->next)
			if (!strcmp(v->string, w->string))
				return wrong(r, where, "key \"%s\" stands twice", v->string);
	}
	return 0;
}

static int get_number(const struct reader *r, const char *where, const cJSON *v, double min, double max,
	int whole, double *out)
{
	if (!cJSON_IsNumber(v))
		return wrong(r, where, "%s, expected a number", kind_of(v));
	if (!(v->valuedouble >= min && v->valuedouble <= max) ||
		(whole && v->valuedouble != floor(v->valuedouble)))
		return wrong(r, where, "%g, expected a %snumber from %g to %g", v->valuedouble,
			whole ? "whole " : "", min, max);
	*out = v->valuedouble;
	return 0;
}

static int get_text(const struct reader *r, const char *where, const cJSON *v, const char **out)
{
	if (!cJSON_IsString(v))
		return wrong(r, where, "%s, expected a text", kind_of(v));
	*out = v->valuestring;
	return 0;
}

/* ---------------------------------------------------------------- settings ------------------- */

static int set_instances(const struct reader *r, const char *where, const cJSON *v, struct settings *s)
{
	size_t count = cJSON_IsArray(v) ? (size_t)cJSON_GetArraySize(v) : 1, i = 0;
	int *list;
	double number = 0;
	const cJSON *e = cJSON_IsArray(v) ? v->child : v;

	if (!count)
		return wrong(r, where, "an empty array, expected instance numbers");
	list = calloc(count, sizeof *list);
	if (!list)
		return fail(r->why, "out of memory");
	for (; i < count; e = e->next) {
		if (get_number(r, where, e, 0, 1e9, 1, &number)) {
			free(list);
			return -1;
		}
		list[i++] = (int)number;
	}
	free(s->instances);
	s->instances = list;
	s->instance_count = count;
	return 0;
}

/* A number K means the seeds 1..K; an array names them. */
static int set_seeds(const struct reader *r, const char *where, const cJSON *v, struct settings *s)
{
	size_t count = cJSON_IsArray(v) ? (size_t)cJSON_GetArraySize(v) : 0, i = 0;
	uint64_t *list;
	double number = 0;
	const cJSON *e;

	if (!cJSON_IsArray(v)) {
		if (get_number(r, where, v, 1, 1e6, 1, &number))
			return -1;
		count = (size_t)number;
	}
	list = calloc(count ? count : 1, sizeof *list);
	if (!list)
		return fail(r->why, "out of memory");
	for (; i < count && !cJSON_IsArray(v); i++)
		list[i] = i + 1;
	for (e = cJSON_IsArray(v) ? v->child : NULL; e; e = e->next) {
		if (get_number(r, where, e, 0, 9007199254740992.0, 1, &number)) {
			free(list);
			return -1;
		}
		list[i++] = (uint64_t)number;
	}
	free(s->seeds);
	s->seeds = list;
	s->seed_count = count;
	return count ? 0 : wrong(r, where, "an empty array, expected seeds");
}

static int set_budget(const struct reader *r, const char *where, const cJSON *v, struct settings *s)
{
	static const char *const keys[] = { "work", "steps", "epochs", "seconds", "target" };
	struct budget b = { INFINITY, INFINITY, INFINITY, INFINITY, -INFINITY };
	double *const field[] = { &b.work, &b.steps, &b.epochs, &b.seconds, &b.target };
	const cJSON *e, *w;
	struct place at;
	size_t i;

	if (!cJSON_IsObject(v))
		return wrong(r, where, "%s, expected an object like {\"work\": 10000}", kind_of(v));
	cJSON_ArrayForEach(e, v) {
		for (i = 0; i < 5 && strcmp(keys[i], e->string); i++)
			continue;
		if (i == 5) {
			const char *near = nearest(e->string, keys, 5);

			return wrong(r, where, "unknown key \"%s\"%s%s%s", e->string,
				near ? "; did you mean \"" : "", near ? near : "",
				near ? "\"?" : "");
		}
		for (w = e->next; w; w = w->next)
			if (!strcmp(w->string, e->string))
				return wrong(r, where, "key \"%s\" stands twice", e->string);
		locate(&at, "%s.%s", where, e->string);
		if (get_number(r, at.text, e, 0, 1e18, i == 1, field[i]))
			return -1;
	}
	if (!isfinite(b.work) && !isfinite(b.steps) && !isfinite(b.epochs) && !isfinite(b.seconds))
		return wrong(r, where, "no limit, expected work, steps, epochs or seconds");
	s->cell.budget = b;
	return 0;
}

static int set_measures(const struct reader *r, const char *where, const cJSON *v, struct settings *s)
{
	const cJSON *e;
	const char *word = "";
	unsigned all = 0, one;
	struct why reason;

	if (!cJSON_IsArray(v))
		return wrong(r, where, "%s, expected an array like [\"clarke\"]", kind_of(v));
	cJSON_ArrayForEach(e, v) {
		if (get_text(r, where, e, &word))
			return -1;
		if (measures_parse(word, &one, &reason))
			return wrong(r, where, "%s", reason.text);
		all |= one;
	}
	s->cell.measures = all;
	return 0;
}

static int set_goldstein(const struct reader *r, const char *where, const cJSON *v, struct settings *s)
{
	const cJSON *e;
	double number = 0;

	if (!cJSON_IsObject(v))
		return wrong(r, where, "%s, expected {\"delta\": .., \"samples\": ..}", kind_of(v));
	cJSON_ArrayForEach(e, v) {
		if (!strcmp(e->string, "delta")) {
			if (get_number(r, where, e, 1e-300, 1e300, 0, &s->cell.goldstein_delta))
				return -1;
		} else if (!strcmp(e->string, "samples")) {
			if (get_number(r, where, e, 1, 500, 1, &number))
				return -1;
			s->cell.goldstein_samples = (int)number;
		} else {
			return wrong(r, where, "unknown key \"%s\", expected delta or samples",
				e->string);
		}
	}
	return 0;
}

static int set_record(const struct reader *r, const char *where, const cJSON *v, struct settings *s)
{
	const cJSON *e;

	if (!cJSON_IsArray(v))
		return wrong(r, where, "%s, expected [] or [\"x\"]", kind_of(v));
	s->cell.record_x = 0;
	cJSON_ArrayForEach(e, v) {
		if (!cJSON_IsString(e) || strcmp(e->valuestring, "x"))
			return wrong(r, where, "expected \"x\"");
		s->cell.record_x = 1;
	}
	return 0;
}

/* The settings that are one text, read by the parser that the command line uses too. */
static int set_word(const struct reader *r, const char *where, const cJSON *v, struct cell *c)
{
	struct why reason;
	const char *text = "";
	int bad;

	if (get_text(r, where, v, &text))
		return -1;
	if (!strcmp(v->string, "schedule"))
		bad = schedule_parse(text, &c->schedule, &reason);
	else if (!strcmp(v->string, "average"))
		bad = average_parse(text, &c->average, &reason);
	else if (!strcmp(v->string, "trace"))
		bad = grid_parse(text, &c->grid, &reason);
	else {
		bad = strcmp(text, "reshuffle") && strcmp(text, "replacement");
		if (bad)
			fail(&reason, "'%s', expected reshuffle or replacement", text);
		c->replacement = !strcmp(text, "replacement");
	}
	return bad ? wrong(r, where, "%s", reason.text) : 0;
}

static int set_amount(const struct reader *r, const char *where, const cJSON *v, struct cell *c)
{
	double number = 0;

	if (!cJSON_IsNull(v) &&
		get_number(r, where, v, 0, 1e15, !strcmp(v->string, "batch"), &number))
		return -1;
	if (!strcmp(v->string, "batch"))
		c->batch = (size_t)number;
	else
		c->noise = number;
	return 0;
}

int apply_settings(const struct reader *r, const char *where, const cJSON *object, struct settings *s)
{
	const cJSON *v;
	struct place at;
	int bad = 0;

	cJSON_ArrayForEach(v, object) {
		locate(&at, "%s%s%s", where, *where ? "." : "", v->string);
		if (!strcmp(v->string, "instances"))
			bad = set_instances(r, at.text, v, s);
		else if (!strcmp(v->string, "seeds"))
			bad = set_seeds(r, at.text, v, s);
		else if (!strcmp(v->string, "budget"))
			bad = set_budget(r, at.text, v, s);
		else if (!strcmp(v->string, "measures"))
			bad = set_measures(r, at.text, v, s);
		else if (!strcmp(v->string, "goldstein"))
			bad = set_goldstein(r, at.text, v, s);
		else if (!strcmp(v->string, "record"))
			bad = set_record(r, at.text, v, s);
		else if (!strcmp(v->string, "batch") || !strcmp(v->string, "noise"))
			bad = set_amount(r, at.text, v, &s->cell);
		else if (!strcmp(v->string, "schedule") || !strcmp(v->string, "average") ||
			!strcmp(v->string, "trace") || !strcmp(v->string, "sampling"))
			bad = set_word(r, at.text, v, &s->cell);
		if (bad)
			return -1;
	}
	return 0;
}

int settings_copy(struct settings *to, const struct settings *from)
{
	*to = *from;
	to->instances = malloc(from->instance_count * sizeof *to->instances);
	to->seeds = malloc(from->seed_count * sizeof *to->seeds);
	if (!to->instances || !to->seeds)
		return -1;
	memcpy(to->instances, from->instances, from->instance_count * sizeof *to->instances);
	memcpy(to->seeds, from->seeds, from->seed_count * sizeof *to->seeds);
	return 0;
}

void settings_free(struct settings *s)
{
	free(s->instances);
	free(s->seeds);
	s->instances = NULL;
	s->seeds = NULL;
}
