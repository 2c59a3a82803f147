/* settings.c -- the table of a cell's settings, and what follows from it: reading a setting
 * from text, the record's part, the key. */
#include <config.h>
#include "ground/number.h"
#include "ground/words.h"
#include "measure/measures.h"
#include "run/settings.h"
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- lists ---------------------- */

int parse_list(const char *text, int **list, size_t *count, struct why *why)
{
	const char *at = text;
	char *end;
	long from, to;

	*list = NULL;
	*count = 0;
	while (*at) {
		from = to = strtol(at, &end, 10);
		if (end != at && *end == '-') {
			at = end + 1;
			to = strtol(at, &end, 10);
		}
		if (end == at || (*end && *end != ',') || from < 0 || to < from ||
			to > 1000000000 || to - from > 9999) {
			free(*list);
			return fail(why, "'%s' is not a list of numbers, expected like 0,2,5-7",
				text);
		}
		int *more = realloc(*list, (*count + (size_t)(to - from) + 1) * sizeof **list);

		if (!more) {
			free(*list);
			return fail(why, "out of memory");
		}
		for (*list = more; from <= to; from++)
			(*list)[(*count)++] = (int)from;
		at = *end ? end + 1 : end;
	}
	return *count ? 0 : fail(why, "an empty list, expected numbers like 0,2,5-7");
}

static int set_instances(struct settings *s, const char *text, struct why *why)
{
	int *list;
	size_t count;

	if (parse_list(text, &list, &count, why))
		return -1;
	free(s->instances);
	s->instances = list;
	s->instance_count = count;
	return 0;
}

static size_t instance_number(const struct cell *c, double *out)
{
	*out = c->instance;
	return 1;
}

static int seed_at(const char **at, double *seed)
{
	char word[32];
	size_t length = strcspn(*at, ",");

	snprintf(word, sizeof word, "%.*s", (int)length, *at);
	*at += length + ((*at)[length] == ',');
	return parse_double(word, seed) || !(*seed >= 0 && *seed <= 9007199254740992.0) ||
	       *seed != floor(*seed);
}

/* "K": the seeds 1..K; with a comma, "7," or "1,5,9": these. */
static int set_seeds(struct settings *s, const char *text, struct why *why)
{
	int listed = strchr(text, ',') != NULL;
	const char *at = text;
	double seed = 0;
	size_t count = 1;
	uint64_t *list;

	for (const char *c = text; *c; c++)
		count += *c == ',';
	if (!listed && (seed_at(&at, &seed) || seed < 1 || seed > 1e6))
		return fail(why, "'%s', expected a whole number from 1 to 1000000", text);
	if (!listed)
		count = (size_t)seed;
	list = calloc(count, sizeof *list);
	if (!list)
		return fail(why, "out of memory");
	for (size_t i = 0; i < count; i++)
		list[i] = i + 1;
	for (count = listed ? 0 : count; listed && *at; list[count++] = (uint64_t)seed)
		if (seed_at(&at, &seed)) {
			free(list);
			return fail(why, "'%s', expected whole numbers from 0 to 2^53", text);
		}
	free(s->seeds);
	s->seeds = list;
	s->seed_count = count;
	return 0;
}

/* ---------------------------------------------------------------- words ---------------------- */

static int text_or_nothing(struct text *t, const char *word)
{
	text_json(t, word);
	return 1;
}

static int set_sampling(struct settings *s, const char *text, struct why *why)
{
	static const char *const words[] = { "reshuffle", "replacement", NULL };
	int i = word_find(text, words);

	if (i < 0)
		return word_refuse("sampling", text, words, why);
	s->cell.replacement = i;
	return 0;
}

static int print_sampling(const struct cell *c, struct text *t)
{
	return c->batch ? text_or_nothing(t, c->replacement ? "replacement" : "reshuffle") : 0;
}

static size_t sampling_number(const struct cell *c, double *out)
{
	*out = c->replacement;
	return 1;
}

static int set_schedule(struct settings *s, const char *text, struct why *why)
{
	return schedule_parse(text, &s->cell.schedule, why);
}

static int print_schedule(const struct cell *c, struct text *t)
{
	char word[128];

	schedule_print(&c->schedule, word, sizeof word);
	return text_or_nothing(t, word);
}

static size_t schedule_numbers(const struct cell *c, double *out)
{
	out[0] = c->schedule.kind;
	out[1] = c->schedule.factor;
	out[2] = c->schedule.every;
	out[3] = c->schedule.warmup;
	return 4;
}

static int set_average(struct settings *s, const char *text, struct why *why)
{
	return average_parse(text, &s->cell.average, why);
}

static int print_average(const struct cell *c, struct text *t)
{
	char word[128];

	average_print(&c->average, word, sizeof word);
	return text_or_nothing(t, word);
}

static size_t average_numbers(const struct cell *c, double *out)
{
	out[0] = c->average.kind;
	out[1] = c->average.parameter;
	return 2;
}

static int set_trace(struct settings *s, const char *text, struct why *why)
{
	return grid_parse(text, &s->cell.grid, why);
}

static size_t trace_numbers(const struct cell *c, double *out)
{
	out[0] = c->grid.kind;
	out[1] = c->grid.number;
	return 2;
}

static int set_measures(struct settings *s, const char *text, struct why *why)
{
	return measures_parse(text, &s->cell.measures, why);
}

static size_t measures_number(const struct cell *c, double *out)
{
	*out = c->measures;
	return 1;
}

static int set_record(struct settings *s, const char *text, struct why *why)
{
	static const char *const words[] = { "none", "x", NULL };
	int i = *text ? word_find(text, words) : 0;

	if (i < 0)
		return word_refuse("record", text, words, why);
	s->cell.record_x = i;
	return 0;
}

static size_t record_number(const struct cell *c, double *out)
{
	*out = c->record_x;
	return 1;
}

/* ---------------------------------------------------------------- numbers -------------------- */

static int set_number(
	const struct setting *row, struct cell *c, const char *text, struct why *why)
{
	char *at = (char *)c + row->at;
	double v;

	if (parse_double(text, &v) || !(v >= row->min && v <= row->max) ||
		(row->whole && v != floor(v)))
		return fail(why, "%s, expected a %snumber from %g to %g", text,
			row->whole ? "whole " : "", row->min, row->max);
	if (row->as == AS_DOUBLE)
		*(double *)(void *)at = v;
	else if (row->as == AS_SIZE)
		*(size_t *)(void *)at = (size_t)v;
	else
		*(int *)(void *)at = (int)v;
	return 0;
}

/* Without a sample, or without noise, the record says null. */
static int print_sample(struct text *t, double v)
{
	text_double(t, v > 0 ? v : NAN);
	return 1;
}

static int print_batch(const struct cell *c, struct text *t)
{
	return print_sample(t, (double)c->batch);
}
static int print_noise(const struct cell *c, struct text *t)
{
	return print_sample(t, c->noise);
}

/* ---------------------------------------------------------------- the table ------------------ */

#define CELL(field) offsetof(struct cell, field)

const struct setting settings_table[] = {
	{ "instances", "instances", "LIST",
		"0 is the textbook problem, others are shifted or redrawn: 0,1-5", NULL,
		FORM_NUMBERS, AS_SPECIAL, .set = set_instances, .numbers = instance_number },
	{ "seeds", "seeds", "N",
		"seeds 1..N where anything is random; with a comma a list of them", NULL,
		FORM_NUMBERS, AS_SPECIAL, .set = set_seeds },
	{ "batch", "batch", "K", "K terms of a finite sum in each step; 0: the whole function",
		"sample.batch", FORM_NUMBER, AS_SIZE, CELL(batch), 0, 1e15, 1,
		.print = print_batch },
	{ "sampling", "sampling", "WORD",
		"reshuffle: passes over all terms; replacement: independent draws",
		"sample.sampling", FORM_WORD, AS_SPECIAL, .set = set_sampling,
		.print = print_sampling, .numbers = sampling_number },
	{ "noise", "noise", "SIGMA", "normal noise on each coordinate of the gradient",
		"sample.noise", FORM_NUMBER, AS_DOUBLE, CELL(noise), 0, 1e300, 0,
		.print = print_noise },
	{ "schedule", "schedule", "S",
		"of the step size: constant, inverse-sqrt, inverse, geometric:factor=F, "
		"cosine, linear, step:every=K,factor=F; each with warmup=K",
		"schedule", FORM_WORD, AS_SPECIAL, .set = set_schedule, .print = print_schedule,
		.numbers = schedule_numbers },
	{ "average", "average", "A",
		"of the iterates: none, uniform, linear, polynomial:gamma=G, "
		"exponential:beta=B",
		"average", FORM_WORD, AS_SPECIAL, .set = set_average, .print = print_average,
		.numbers = average_numbers },
	{ "budget.work", "budget", "WORK",
		"oracle calls: a value or a subgradient is 1, on k of m terms k/m",
		"budget.work", FORM_NUMBER, AS_DOUBLE, CELL(budget.work), 0, 1e18, 0 },
	{ "budget.steps", "steps", "N", "steps of the method", "budget.steps", FORM_NUMBER,
		AS_DOUBLE, CELL(budget.steps), 0, 1e18, 1 },
	{ "budget.epochs", "epochs", "E", "passes over the terms", "budget.epochs", FORM_NUMBER,
		AS_DOUBLE, CELL(budget.epochs), 0, 1e18, 0 },
	{ "budget.seconds", "seconds", "S", "seconds of one run", "budget.seconds", FORM_NUMBER,
		AS_DOUBLE, CELL(budget.seconds), 0, 1e18, 0 },
	{ "budget.target", "target", "GAP", "end a run once f - f* <= GAP", "budget.target",
		FORM_NUMBER, AS_DOUBLE, CELL(budget.target), 0, 1e300, 0 },
	{ "trace", "trace", "GRID",
		"when a point is recorded: log:N a decade of calls (20), all, every:K steps",
		NULL, FORM_WORD, AS_SPECIAL, .set = set_trace, .numbers = trace_numbers },
	{ "measures", "measure", "M,...",
		"at each point of the trace: clarke, goldstein, ... or none (nsobench list "
		"measures)",
		NULL, FORM_WORDS, AS_SPECIAL, .set = set_measures, .numbers = measures_number },
	{ "goldstein.delta", "goldstein-delta", "D",
		"radius of the Goldstein measure, relative to max(1, |x0|_inf)", NULL,
		FORM_NUMBER, AS_DOUBLE, CELL(goldstein_delta), 1e-300, 1e300, 0 },
	{ "goldstein.samples", "goldstein-samples", "N",
		"its sampled gradients (default max(2n, 50), at most 500)", NULL, FORM_NUMBER,
		AS_INT, CELL(goldstein_samples), 1, 500, 1 },
	{ "record", "record", "x", "keep the iterates", NULL, FORM_WORDS, AS_SPECIAL,
		.set = set_record, .numbers = record_number },
	{ "lgi.k", "lgi-k", "K", "probes in a draw of the lgi measures (8)", NULL, FORM_NUMBER,
		AS_SIZE, CELL(lgi_k), 2, 1e6, 1, .later = 1 },
	{ "lgi.delta", "lgi-delta", "D",
		"their length, and the radius of diameter_nearby (0.01)", NULL, FORM_NUMBER,
		AS_DOUBLE, CELL(lgi_delta), 1e-300, 1e300, 0, .later = 1 },
	{ 0 },
};

_Static_assert(
	sizeof settings_table / sizeof *settings_table <= SETTINGS, "more settings than room");

int setting_set(
	const struct setting *row, struct settings *s, const char *text, struct why *why)
{
	return row->set ? row->set(s, text, why) : set_number(row, &s->cell, text, why);
}

int setting_find(const char *key)
{
	for (int i = 0; settings_table[i].key; i++)
		if (!strcmp(settings_table[i].key, key))
			return i;
	return -1;
}

static int is_limit(const struct setting *row)
{
	return !strncmp(row->key, "budget.", 7) && strcmp(row->key, "budget.target");
}

int settings_apply(const char *const text[SETTINGS], struct settings *s, struct why *why)
{
	struct budget *b = &s->cell.budget;
	struct why reason;

	for (const struct setting *row = settings_table; row->key; row++)
		if (text[row - settings_table] && is_limit(row))
			b->work = b->steps = b->epochs = b->seconds = INFINITY;
	for (const struct setting *row = settings_table; row->key; row++) {
		const char *typed = text[row - settings_table];

		if (typed && setting_set(row, s, typed, &reason))
			return fail(why, "--%s: %s", row->option, reason.text);
	}
	return 0;
}

/* ---------------------------------------------------------------- defaults ------------------- */

void cell_defaults(struct cell *c)
{
	*c = (struct cell){ .seed = 1,
		.schedule = { CONSTANT, 0.1, 30, 0 },
		.budget = { 10000, INFINITY, INFINITY, INFINITY, -INFINITY },
		.grid = { GRID_LOG, 20 },
		.measures = measures_default(),
		.goldstein_delta = 1e-3,
		.lgi_k = 8,
		.lgi_delta = 0.01 }; /* of most of S-Adam's experiments, of its code */
}

int settings_init(struct settings *s)
{
	*s = (struct settings){ .instance_count = 1, .seed_count = 1 };
	cell_defaults(&s->cell);
	s->instances = calloc(1, sizeof *s->instances);
	s->seeds = calloc(1, sizeof *s->seeds);
	if (!s->instances || !s->seeds)
		return -1;
	*s->seeds = 1;
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
