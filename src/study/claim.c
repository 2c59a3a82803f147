/* claim.c -- reads a claim file (JSON, schema nsobench-claim/1.0), strictly: an unknown key, a
 * wrong type, a name that does not exist is refused with its place. */
#include <config.h>
#include "ground/number.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/registry.h"
#include "ground/words.h"
#include "study/claim.h"
#include "study/kind.h"
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- keys ----------------------- */

static const char *const top_keys[] = { "schema", "id", "title", "statement", "source",
	"proved", "note", "slow", "problems", "optimizers", "tests", NULL };
static const char *const entry_keys[] = { "name", "label", "options", "tune", NULL };
static const char *const test_keys[] = { "of", "on", "against", "quantity", "take", "over",
	"from", "tolerance", "exact", "control", "pool", "why", "floor", "rounding", "log",
	"any_method", NULL };

static const char *const own_settings[] = { "steps", "horizons", "let" };
enum { OWN = sizeof own_settings / sizeof *own_settings };

/* A claim sets any row of the table by its key but limits, which are its steps and horizons;
 * NULL for those. The radius of Goldstein's measure is called by the name that it had first. */
static const char *key_of(const struct setting *row)
{
	return !strncmp(row->key, "budget.", 7)       ? NULL
	       : !strcmp(row->key, "goldstein.delta") ? "goldstein"
						      : row->key;
}

/* with: what the keys are besides, settings of runs or kinds of tests. */
enum with { WITH_SETTINGS, WITH_KINDS };
static int check_keys(
	const struct json *j, const cJSON *object, const char *const *keys, enum with with)
{
	const char *all[64];
	size_t count = 0;

	for (; keys[count]; count++)
		all[count] = keys[count];
	for (const struct setting *row = settings_table; with == WITH_SETTINGS && row->key;
		row++)
		if (key_of(row))
			all[count++] = key_of(row);
	for (size_t i = 0; with == WITH_SETTINGS && i < OWN; i++)
		all[count++] = own_settings[i];
	for (size_t i = 0; with == WITH_KINDS && test_kinds[i]; i++)
		all[count++] = test_kinds[i]->name;
	return json_keys(j, object, all, count);
}

/* A text, or the text that a number is: expressions may be written as either. The text stays in
 * the tree. */
static int take_expression(
	const struct json *j, const cJSON *object, const char *key, const char **out)
{
	cJSON *v = cJSON_GetObjectItemCaseSensitive((cJSON *)(uintptr_t)object, key);
	char text[40];

	if (!cJSON_IsNumber(v))
		return json_text(j, v, out);
	if (!v->valuestring) {
		print_double(text, sizeof text, v->valuedouble);
		v->valuestring = cJSON_malloc(strlen(text) + 1);
		if (!v->valuestring)
			return fail(j->why, "out of memory");
		strcpy(v->valuestring, text);
	}
	*out = v->valuestring;
	return 0;
}

/* ---------------------------------------------------------------- settings ------------------- */

/* What can be said before the constants of the functions are known: the kind of the value, and
 * where no expression is in it, the value itself. */
static int check_setting(const struct json *j, const cJSON *v, const struct setting *row)
{
	struct settings s = { 0 };
	struct text text = { 0 };
	struct why reason;
	int bad;

	if (row->form == FORM_NUMBER && cJSON_IsString(v))
		return 0;
	bad = setting_text(j, v, row, &text);
	if (!bad && !(text.s && strchr(text.s, '{')) &&
		setting_set(row, &s, text.s ? text.s : "none", &reason))
		bad = json_wrong(j, v, "%s", reason.text);
	settings_free(&s);
	text_free(&text);
	return bad;
}

static int check_own(const struct json *j, const cJSON *v)
{
	const cJSON *e;

	if (!strcmp(v->string, "let") ? !cJSON_IsObject(v)
				      : !strcmp(v->string, "horizons") && !cJSON_IsArray(v))
		return json_wrong(j, v, "%s, expected %s", json_kind(v),
			*v->string == 'l' ? "an object of constants"
					  : "an array of numbers of steps");
	if (*v->string == 's' && !cJSON_IsNumber(v) && !cJSON_IsString(v))
		return json_wrong(
			j, v, "%s, expected a number of steps or an expression", json_kind(v));
	cJSON_ArrayForEach(
		e, v) if (!cJSON_IsNumber(e) && !cJSON_IsString(e)) return json_wrong(j, e,
		"%s, expected a number or an expression", json_kind(e));
	return 0;
}

static int take_settings(const struct json *j, const cJSON *object, struct claim_settings *s)
{
	const cJSON **own[] = { &s->steps, &s->horizons, &s->let };

	*s = (struct claim_settings){ 0 };
	for (const struct setting *row = settings_table; row->key; row++) {
		const cJSON *v = key_of(row) ? json_get(object, key_of(row)) : NULL;

		if (v && check_setting(j, v, row))
			return -1;
		s->row[row - settings_table] = v;
	}
	for (size_t i = 0; i < OWN; i++) {
		*own[i] = json_get(object, own_settings[i]);
		if (*own[i] && check_own(j, *own[i]))
			return -1;
	}
	return 0;
}

/* ---------------------------------------------------------------- entries ----------------- */

static int read_tune(const struct json *j, const cJSON *v, struct entry_of_claim *e)
{
	const cJSON *pair = v->child, *number;

	if (!cJSON_IsObject(v) || !pair || pair->next || !cJSON_IsArray(pair))
		return json_wrong(
			j, v, "expected an object of one list like {\"lr\": [0.01, 0.1]}");
	if (option_find(e->optimizer->options, pair->string) < 0)
		return json_wrong(
			j, pair, "%s has no option \"%s\" to tune", e->name, pair->string);
	e->tune = pair->string;
	e->values = 0;
	cJSON_ArrayForEach(number, pair)
	{
		if (!cJSON_IsNumber(number) || e->values == CLAIM_LIST)
			return json_wrong(
				j, number, "expected a list of at most %d numbers", CLAIM_LIST);
		e->value[e->values++] = number->valuedouble;
	}
	return e->values ? 0 : json_wrong(j, pair, "an empty list, expected values");
}

/* A number or a switch is checked now, an expression when its constants are known. */
static int check_options(
	const struct json *j, const struct nso_option *table, const struct entry_of_claim *e)
{
	double value[NSO_MAX_OPTIONS];
	struct why reason;
	const cJSON *v;
	char text[40];

	if (e->options && !cJSON_IsObject(e->options))
		return json_wrong(
			j, e->options, "%s, expected an object", json_kind(e->options));
	option_defaults(table, value);
	cJSON_ArrayForEach(v, e->options)
	{
		if (!cJSON_IsNumber(v) && !cJSON_IsString(v) && !cJSON_IsBool(v))
			return json_wrong(
				j, v, "%s, expected a number or a text", json_kind(v));
		if (cJSON_IsNumber(v))
			print_double(text, sizeof text, v->valuedouble);
		else
			snprintf(text, sizeof text, "%s", cJSON_IsTrue(v) ? "on" : "off");
		if ((!cJSON_IsString(v) || option_find(table, v->string) < 0) &&
			option_set(table, e->name, v->string, text, value, &reason))
			return json_wrong(j, v, "%s", reason.text);
	}
	return 0;
}

static int name_entry(const struct json *j, const cJSON *v, char kind, struct entry_of_claim *e)
{
	struct why reason;

	if (cJSON_IsString(v))
		e->name = v->valuestring;
	else if (check_keys(j, v, entry_keys, WITH_SETTINGS) ||
		 json_get_text(j, v, "name", 1, &e->name) ||
		 json_get_text(j, v, "label", 0, &e->label))
		return -1;
	e->label = e->label ? e->label : e->name;
	e->problem = kind == 'p' ? problem_find(e->name) : NULL;
	e->optimizer = kind == 'o' ? optimizer_find(e->name) : NULL;
	if (e->problem || e->optimizer)
		return 0;
	unknown_name(kind == 'p' ? "problem" : "optimizer", e->name, &reason);
	return json_wrong(j, cJSON_IsString(v) ? v : json_get(v, "name"), "%s", reason.text);
}

static int read_entry(const struct json *j, const cJSON *v, char kind, struct entry_of_claim *e)
{
	const cJSON *tune = cJSON_IsObject(v) ? json_get(v, "tune") : NULL;

	*e = (struct entry_of_claim){ .values = 1 };
	if (name_entry(j, v, kind, e))
		return -1;
	if (cJSON_IsString(v))
		return 0;
	e->options = json_get(v, "options");
	if (take_settings(j, v, &e->set) ||
		check_options(j, kind == 'p' ? e->problem->options : e->optimizer->options, e))
		return -1;
	if (tune && kind == 'p')
		return json_wrong(j, tune, "a problem has nothing to tune");
	return tune ? read_tune(j, tune, e) : 0;
}

static int read_entries(const struct json *j, const char *key, char kind,
	struct entry_of_claim *list, size_t *count)
{
	const cJSON *v, *array = json_get(j->root, key);

	if (!cJSON_IsArray(array) || !array->child)
		return json_wrong(j, array ? array : j->root,
			"\"%s\": expected an array with at least one name", key);
	cJSON_ArrayForEach(v, array)
	{
		if (*count == CLAIM_ENTRIES)
			return json_wrong(j, v, "too many, at most %d", CLAIM_ENTRIES);
		if (read_entry(j, v, kind, &list[*count]))
			return -1;
		for (size_t i = 0; i < *count; i++)
			if (!strcmp(list[i].label, list[*count].label))
				return json_wrong(
					j, v, "the label \"%s\" stands twice", list[i].label);
		++*count;
	}
	return 0;
}

/* ---------------------------------------------------------------- tests ------------------- */

static int take_label(const struct json *j, const cJSON *test, const char *key, int must,
	const struct entry_of_claim *list, size_t count, const char **out)
{
	const char *names[CLAIM_ENTRIES];

	if (json_get_text(j, test, key, must, out))
		return -1;
	for (size_t i = 0; *out && i < count; i++) {
		names[i] = list[i].label;
		if (!strcmp(*out, list[i].label))
			return 0;
	}
	return *out ? json_wrong(j, json_get(test, key), "no label is \"%s\"%s", *out,
			      did_you_mean(*out, names, count).text)
		    : 0;
}

static int read_words(const struct json *j, const cJSON *v, struct test_of_claim *t)
{
	static const char *const floors[] = { "unclear", "allowed", "refutes", NULL };
	static const char *const takes[] = { "last", "least", "mean", NULL };
	static const char *const overs[] = { "each", "mean", NULL };
	int take = 0, floor = 0;

	if (json_get_word(j, v, "floor", floors, &floor) ||
		json_get_word(j, v, "take", takes, &take) ||
		json_get_word(j, v, "over", overs, &t->over_mean))
		return -1;
	t->least = take == 1;
	t->mean_so_far = take == 2;
	t->floor = floor;
	return 0;
}

static int read_kind(const struct json *j, const cJSON *v, struct test_of_claim *t)
{
	int found = 0;

	for (size_t i = 0; test_kinds[i]; i++) {
		if (!json_get(v, test_kinds[i]->name))
			continue;
		found++;
		t->kind = test_kinds[i];
	}
	if (found != 1)
		return json_wrong(j, v, "%d expectations, expected one of %s", found,
			listed(test_kind_names).text);
	t->tolerance = t->kind->tolerance;
	return take_expression(j, v, t->kind->name, &t->expected);
}

static int read_test(
	const struct json *j, const struct claim *c, const cJSON *v, struct test_of_claim *t)
{
	*t = (struct test_of_claim){ .quantity = "gap", .from = 1, .why = "" };
	return check_keys(j, v, test_keys, WITH_KINDS) || read_kind(j, v, t) ||
			       take_label(j, v, "of", 0, c->optimizer, c->optimizers, &t->of) ||
			       take_label(j, v, "on", 0, c->problem, c->problems, &t->on) ||
			       take_label(j, v, "against", t->kind == &kind_below, c->optimizer,
				       c->optimizers, &t->against) ||
			       json_get_text(j, v, "quantity", 0, &t->quantity) ||
			       json_get_text(j, v, "why", 0, &t->why) || read_words(j, v, t) ||
			       json_get_number(j, v, "from", &t->from) ||
			       json_get_number(j, v, "tolerance", &t->tolerance) ||
			       json_get_number(j, v, "rounding", &t->rounding) ||
			       json_get_number(j, v, "log", &t->logs) ||
			       json_get_text(j, v, "any_method", 0, &t->any_method) ||
			       json_get_flag(j, v, "exact", &t->exact) ||
			       json_get_flag(j, v, "control", &t->control) ||
			       json_get_flag(j, v, "pool", &t->pool)
		       ? -1
		       : 0;
}

static int read_tests(const struct json *j, struct claim *c)
{
	const cJSON *v, *array = json_get(j->root, "tests");

	if (!cJSON_IsArray(array) || !array->child)
		return json_wrong(j, array ? array : j->root,
			"\"tests\": expected an array with at least one test");
	cJSON_ArrayForEach(v, array)
	{
		if (c->tests == CLAIM_TESTS)
			return json_wrong(j, v, "too many, at most %d", CLAIM_TESTS);
		if (read_test(j, c, v, &c->test[c->tests]))
			return -1;
		if (c->test[c->tests].logs != 0 && c->test[c->tests].kind != &kind_power)
			return json_wrong(j, json_get(v, "log"), "belongs to a power");
		c->tests++;
	}
	return 0;
}

/* ---------------------------------------------------------------- the file ------------------- */

/* The id names the folder and the pictures. */
static int check_id(const struct json *j, const char *id)
{
	return is_file_name(id) ? 0
				: json_wrong(j, json_get(j->root, "id"),
					  "\"%.80s\", expected at most %d letters, digits, "
					  "'.', '_', '-', neither '.' nor '-' in front",
					  id, FILE_NAME - 1);
}

static int read_head(const struct json *j, struct claim *c)
{
	const char *schema = "";
	const cJSON *top = j->root;

	if (check_keys(j, top, top_keys, WITH_SETTINGS) ||
		json_get_text(j, top, "schema", 1, &schema))
		return -1;
	if (strncmp(schema, "nsobench-claim/1.", 17))
		return json_wrong(j, json_get(top, "schema"),
			"\"%s\", expected nsobench-claim/1.0", schema);
	if (json_get_text(j, top, "id", 1, &c->id) || check_id(j, c->id) ||
		json_get_text(j, top, "statement", 1, &c->statement) ||
		json_get_text(j, top, "source", 1, &c->source) ||
		json_get_text(j, top, "title", 0, &c->title) ||
		json_get_text(j, top, "note", 0, &c->note) ||
		json_get_flag(j, top, "proved", &c->proved) ||
		json_get_flag(j, top, "slow", &c->slow))
		return -1;
	c->title = c->title ? c->title : c->id;
	c->note = c->note ? c->note : "";
	return take_settings(j, top, &c->set);
}

static int read_top(const struct json *j, struct claim *c)
{
	return read_head(j, c) || read_entries(j, "problems", 'p', c->problem, &c->problems) ||
			       read_entries(
				       j, "optimizers", 'o', c->optimizer, &c->optimizers) ||
			       read_tests(j, c)
		       ? -1
		       : 0;
}

int claim_read(struct claim *c, const char *path, struct why *why)
{
	*c = (struct claim){ .path = strdup(path) };
	if (!c->path) {
		fail(why, "out of memory");
	} else if (!json_read(&c->json, c->path, why)) {
		if (!read_top(&c->json, c))
			return 0;
	}
	claim_free(c);
	return -1;
}

void claim_free(struct claim *c)
{
	json_free(&c->json);
	free(c->path);
	*c = (struct claim){ 0 };
}
