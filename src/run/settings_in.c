/* settings_in.c -- settings as suites and claims say them: JSON values by the rows of the
 * table. */
#include <config.h>
#include "ground/number.h"
#include "run/settings.h"
#include <string.h>

/* Keys that are objects of several rows, "budget.work" and its like. */
static const char *const objects[] = { "budget", "goldstein", "lgi" };
enum { OBJECTS = sizeof objects / sizeof *objects };

size_t setting_keys(const char **keys)
{
	size_t count = 0;

	for (; count < OBJECTS; count++)
		keys[count] = objects[count];
	for (const struct setting *row = settings_table; row->key; row++)
		if (!strchr(row->key, '.'))
			keys[count++] = row->key;
	return count;
}

/* ---------------------------------------------------------------- values --------------------- */

static int add_item(const struct json *j, const cJSON *v, int words, struct text *out)
{
	const char *word = "";
	char number[40];
	double d = 0;

	if (words ? json_text(j, v, &word) : json_number(j, v, 0, 9007199254740992.0, 1, &d))
		return -1;
	if (!words)
		print_double(number, sizeof number, d);
	text_add(out, "%s", words ? word : number);
	return 0;
}

/* The items with commas between; a list of one number ends in a comma, which tells it from a
 * number. */
static int add_list(const struct json *j, const cJSON *v, int words, struct text *out)
{
	const cJSON *e;

	if (!cJSON_IsArray(v))
		return json_wrong(j, v, "%s, expected an array%s", json_kind(v),
			words ? "" : " or a number");
	if (!v->child && !words)
		return json_wrong(j, v, "an empty array, expected numbers");
	cJSON_ArrayForEach(e, v)
	{
		if (add_item(j, e, words, out))
			return -1;
		if (e->next || (!words && !e->prev->next && e == v->child))
			text_add(out, ",");
	}
	return 0;
}

int setting_text(
	const struct json *j, const cJSON *v, const struct setting *row, struct text *out)
{
	const char *word = "";
	char number[40];

	if (row->form == FORM_NUMBERS && cJSON_IsNumber(v))
		return add_item(j, v, 0, out);
	if (row->form == FORM_NUMBERS || row->form == FORM_WORDS)
		return add_list(j, v, row->form == FORM_WORDS, out);
	if (row->form == FORM_WORD) {
		if (json_text(j, v, &word))
			return -1;
		text_add(out, "%s", word);
		return 0;
	}
	if (cJSON_IsNull(v) && row->print) { /* as records say it: no sample, no noise */
		text_add(out, "0");
		return 0;
	}
	if (!cJSON_IsNumber(v))
		return json_wrong(j, v, "%s, expected a number", json_kind(v));
	print_double(number, sizeof number, v->valuedouble);
	text_add(out, "%s", number);
	return 0;
}

static int set(
	const struct json *j, const cJSON *v, const struct setting *row, struct settings *s)
{
	struct text text = { 0 };
	struct why reason;
	int bad = setting_text(j, v, row, &text);

	if (!bad && text.failed)
		bad = fail(j->why, "out of memory");
	if (!bad && setting_set(row, s,
			    text.s                    ? text.s
			    : row->form == FORM_WORDS ? "none"
						      : "",
			    &reason))
		bad = json_wrong(j, v, "%s", reason.text);
	text_free(&text);
	return bad;
}

/* ---------------------------------------------------------------- objects -------------------- */

static const struct setting *find_row(const char *object, const char *key)
{
	size_t length = strlen(object);

	for (const struct setting *row = settings_table; row->key; row++)
		if (length ? !strncmp(row->key, object, length) && row->key[length] == '.' &&
					!strcmp(row->key + length + 1, key)
			   : !strcmp(row->key, key))
			return row;
	return NULL;
}

static int check_members(const struct json *j, const char *object, const cJSON *v)
{
	const char *keys[SETTINGS];
	size_t count = 0, length = strlen(object);

	for (const struct setting *row = settings_table; row->key; row++)
		if (!strncmp(row->key, object, length) && row->key[length] == '.')
			keys[count++] = row->key + length + 1;
	return json_keys(j, v, keys, count);
}

/* A budget replaces the one that holds outside: what it does not name has no limit. */
static int read_object(
	const struct json *j, const char *object, const cJSON *v, struct settings *s)
{
	struct budget *b = &s->cell.budget;
	const cJSON *e;

	if (check_members(j, object, v))
		return -1;
	if (!strcmp(object, "budget"))
		*b = (struct budget){ INFINITY, INFINITY, INFINITY, INFINITY, -INFINITY };
	cJSON_ArrayForEach(e, v) if (set(j, e, find_row(object, e->string), s)) return -1;
	if (!isfinite(b->work) && !isfinite(b->steps) && !isfinite(b->epochs) &&
		!isfinite(b->seconds))
		return json_wrong(j, v, "no limit, expected work, steps, epochs or seconds");
	return 0;
}

int settings_read(const struct json *j, const cJSON *object, struct settings *s)
{
	const struct setting *row;
	const cJSON *v;

	cJSON_ArrayForEach(v, object)
	{
		for (size_t i = 0; i < OBJECTS; i++)
			if (!strcmp(v->string, objects[i]) && read_object(j, objects[i], v, s))
				return -1;
		row = find_row("", v->string);
		if (row && set(j, v, row, s))
			return -1;
	}
	return 0;
}
