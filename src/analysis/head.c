/* head.c -- a record but for its curves, read through cJSON: what ran, on what, how it ended.
 */
#include <limits.h>
#include <string.h>
#include "analysis/reader.h"
#include "ground/grow.h"
#include "ground/number.h"
#include "ground/text.h"

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

int pair_add(struct records *r, struct pairs *p, const char *name, const char *value)
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

	cJSON_ArrayForEach(v,
		object) if (v->string && pair_add(r, p, v->string, value_text(r, v))) return -1;
	return 0;
}

/* A setting of the cell that is not an option but sets runs apart, unless it is the usual one.
 */
static int setting(
	struct records *r, struct pairs *p, const char *name, const cJSON *v, const char *usual)
{
	if (!v || cJSON_IsNull(v) || (cJSON_IsString(v) && !strcmp(v->valuestring, usual)))
		return 0;
	return pair_add(r, p, name, value_text(r, v));
}

/* The entry with this name and these pairs, its number added to the list's table if it is new.
 */
static long entry_of(struct records *r, struct names *ids, struct entry **list, size_t *count,
	size_t *room, const char *name, const struct pairs *p)
{
	struct text id = { 0 }, options = { 0 };
	const char *interned = NULL, *text = NULL;
	size_t *number = NULL;
	struct entry *e;

	text_add(&id, "%s", name);
	text_add(&options, "%s", "");
	for (size_t i = 0; i < p->count;
		i++) { /* no value holds the separators: JSON escapes them */
		text_add(&id, "\x1e%s\x1f%s", p->v[2 * i], p->v[2 * i + 1]);
		text_add(&options, "%s%s=%s", i ? "," : "", p->v[2 * i], p->v[2 * i + 1]);
	}
	if (!id.failed && !options.failed &&
		(interned = arena_text(&r->arena, id.s, id.used)) &&
		(text = arena_text(&r->arena, options.s, options.used)))
		number = names_number(ids, interned);
	text_free(&id);
	text_free(&options);
	if (!number)
		return -1;
	if (*number < *count && (*list)[*number].id == interned)
		return (long)*number;
	for (size_t i = 0; *number != (size_t)-1 && i < *count;
		i++) /* the list was sorted since */
		if ((*list)[i].id == interned)
			return (long)(*number = i);
	if (room_for(list, *count + 1, room, sizeof **list))
		return -1;
	e = &(*list)[*count];
	*e = (struct entry){ .id = interned,
		.name = name,
		.title = "",
		.mark = "",
		.traits = "",
		.label = name,
		.options = text,
		.pairs = p->count,
		.options_only = p->count,
		.n = NAN,
		.optimum = NAN,
		.order = INFINITY };
	if (!(e->pair = arena_take(&r->arena, (2 * p->count + 1) * sizeof *e->pair)))
		return -1;
	memcpy(e->pair, p->v, 2 * p->count * sizeof *e->pair);
	*number = *count;
	return (long)(*count)++;
}

long problem_entry(struct records *r, const char *name, const struct pairs *p)
{
	return entry_of(
		r, &r->problem_id, &r->problem, &r->problems, &r->problem_room, name, p);
}

long method_entry(struct records *r, const char *name, const struct pairs *p)
{
	return entry_of(r, &r->method_id, &r->method, &r->methods, &r->method_room, name, p);
}

static const char *traits_of(struct records *r, const cJSON *list)
{
	char text[512] = "";
	const cJSON *v;

	cJSON_ArrayForEach(v, list) if (cJSON_IsString(v) &&
					strlen(text) + strlen(v->valuestring) + 3 < sizeof text)
		strcat(strcat(text, *text ? ", " : ""), v->valuestring);
	return arena_text(&r->arena, text, strlen(text));
}

static int head_problem(struct records *r, const cJSON *line, struct run *run)
{
	const cJSON *problem = cJSON_GetObjectItemCaseSensitive(line, "problem");
	const char *name = text_of(r, problem, "name");
	struct pairs p = { .count = 0 };
	struct entry *e;
	long at;

	if (!name || pairs_of(r, cJSON_GetObjectItemCaseSensitive(problem, "options"), &p))
		return -1;
	at = problem_entry(r, name, &p);
	if (at < 0)
		return -1;
	run->problem = (size_t)at;
	e = &r->problem[at];
	run->n = number_of(problem, "n");
	run->optimum = number_of(problem, "optimum");
	run->optimum_error = number_of(problem, "optimum_error");
	run->instance = (int)fmin(fmax(0, number_of(problem, "instance")), INT_MAX);
	if (!*e->traits && !(e->traits = traits_of(
				     r, cJSON_GetObjectItemCaseSensitive(problem, "traits"))))
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

	cJSON_ArrayForEach(v, knows) for (size_t i = 0; i < sizeof words / sizeof *words;
					  i++) if (cJSON_IsString(v) &&
						   !strcmp(v->valuestring, words[i][0]) &&
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
		setting(r, &p, "schedule", cJSON_GetObjectItemCaseSensitive(line, "schedule"),
			"constant") ||
		setting(r, &p, "average", cJSON_GetObjectItemCaseSensitive(line, "average"),
			"none"))
		return -1;
	if (r->tag && pair_add(r, &p, "from", arena_text(&r->arena, r->tag, strlen(r->tag))))
		return -1;
	at = method_entry(r, name, &p);
	if (at < 0)
		return -1;
	run->method = (size_t)at;
	if (!*r->method[at].title && !(r->method[at].title = text_of(r, o, "title")))
		return -1;
	if (!*r->method[at].mark && !(r->method[at].mark = mark_of(
					      r, cJSON_GetObjectItemCaseSensitive(o, "knows"))))
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
	cJSON_ArrayForEach(v, list) *to++ = cJSON_IsNumber(v) ? v->valuedouble : NAN;
	return 0;
}

/* Of the plug-ins that the problem and the method are from; "" where both are built in. */
static const char *build_of(struct records *r, const cJSON *line)
{
	static const char *const from[] = { NULL, "problem", "optimizer" };
	char text[200] = "";

	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		const cJSON *object =
			from[i] ? cJSON_GetObjectItemCaseSensitive(line, from[i]) : line;
		const cJSON *v = cJSON_GetObjectItemCaseSensitive(object, "build");
		size_t used = strlen(text);

		if (cJSON_IsString(v) && *v->valuestring)
			snprintf(text + used, sizeof text - used, "%s%.64s", used ? "/" : "",
				v->valuestring);
	}
	return arena_text(&r->arena, text, strlen(text));
}

int read_head(struct records *r, const cJSON *line, struct run *run)
{
	const cJSON *counts = cJSON_GetObjectItemCaseSensitive(line, "counts");
	const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(line, "seconds");
	const cJSON *final = cJSON_GetObjectItemCaseSensitive(line, "final");
	const cJSON *budget = cJSON_GetObjectItemCaseSensitive(line, "budget");
	const cJSON *sample = cJSON_GetObjectItemCaseSensitive(line, "sample");
	double seed = number_of(line, "seed");

	run->sampling = text_of(r, sample, "sampling");
	run->build = build_of(r, line);
	run->key = text_of(r, line, "key");
	run->status = text_of(r, line, "status");
	run->reason = text_of(r, line, "reason");
	if (!run->key || !run->status || !run->reason || !run->sampling || !run->build)
		return -1;
	run->seed = fabs(seed) < 9e15 ? (long long)seed : 0;
	run->place = number_of(line, "cell");
	run->steps = number_of(line, "steps");
	for (int k = 0; k < CALL_KINDS; k++)
		run->calls[k] = number_of(counts, call_names[k]);
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
	run->budget_epochs = number_of(budget, "epochs");
	run->budget_seconds = number_of(budget, "seconds");
	run->target = number_of(budget, "target");
	run->batch = number_of(sample, "batch");
	run->noise = number_of(sample, "noise");
	if (times(r, cJSON_GetObjectItemCaseSensitive(seconds, "trace"), run) ||
		head_problem(r, line, run) || head_method(r, line, run))
		return -1;
	earlier(&r->problem[run->problem], number_of(line, "cell"));
	earlier(&r->method[run->method], number_of(line, "cell") + (r->tag ? 1e9 : 0));
	return 0;
}
