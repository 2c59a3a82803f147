/* suite.c -- a suite file (JSON, schema nsobench-suite/1.0), read strictly: an unknown or
 * repeated key, a wrong type or a value out of range is refused with file, place, key and what
 * was expected. */
#include <config.h>
#include "ground/number.h"
#include "ground/option.h"
#include "run/plan.h"
#include <fnmatch.h>
#include <string.h>

/* ---------------------------------------------------------------- keys ----------------------- */

static const char *const top_keys[] = { "schema", "name", "title", "about", "groups" };
static const char *const group_keys[] = { "problems", "optimizers" };
static const char *const entry_keys[] = { "name", "options" };
enum { TOP = 1, GROUP = 2, ENTRY = 4 };

static size_t collect(const char **all, size_t have, const char *const *keys, size_t count)
{
	memcpy(all + have, keys, count * sizeof *keys);
	return have + count;
}

#define KEYS(table) table, sizeof table / sizeof *table

/* All may have settings besides. */
static int check_keys(const struct json *j, const cJSON *object, int allowed)
{
	const char *all[40];
	size_t count = setting_keys(all);

	if (allowed & TOP)
		count = collect(all, count, KEYS(top_keys));
	if (allowed & GROUP)
		count = collect(all, count, KEYS(group_keys));
	if (allowed & ENTRY)
		count = collect(all, count, KEYS(entry_keys));
	return json_keys(j, object, all, count);
}

/* ---------------------------------------------------------------- choices -------------------- */

static const struct nso_option *table_of(const struct choice *c)
{
	return c->problem ? c->problem->options : c->optimizer->options;
}

static const char *name_of(const struct choice *c)
{
	return c->problem ? c->problem->name : c->optimizer->name;
}

static int set_option(
	const struct json *j, const char *option, const cJSON *v, struct choice *c)
{
	struct why reason;
	char number[40];
	const char *text = cJSON_IsString(v) ? v->valuestring
			   : cJSON_IsTrue(v) ? "true"
					     : "false";

	if (cJSON_IsNumber(v)) {
		print_double(number, sizeof number, v->valuedouble);
		text = number;
	} else if (!cJSON_IsString(v) && !cJSON_IsBool(v)) {
		return json_wrong(j, v, "%s, expected a number, a word or an array of them",
			json_kind(v));
	}
	if (option_set(table_of(c), name_of(c), option, text, c->opt, &reason))
		return json_wrong(j, v, "%s", reason.text);
	return 0;
}

/* Every choice so far times every value of the array; the last value takes the place of the
 * choice itself. */
static int multiply(const struct json *j, struct choices *list, size_t first, const cJSON *v)
{
	size_t last = list->count;
	const cJSON *e;

	if (!v->child)
		return json_wrong(j, v, "an empty array, expected values");
	cJSON_ArrayForEach(e, v) for (size_t i = first; i < last; i++)
	{
		struct choice c = list->at[i];

		if (set_option(j, v->string, e, &c))
			return -1;
		if (!e->next)
			list->at[i] = c;
		else if (choices_append(list, &c))
			return fail(j->why, "out of memory");
	}
	return 0;
}

static int set_options(
	const struct json *j, struct choices *list, size_t first, const cJSON *options)
{
	const cJSON *v;

	if (!cJSON_IsObject(options))
		return json_wrong(
			j, options, "%s, expected an object of options", json_kind(options));
	cJSON_ArrayForEach(v, options)
	{
		if (cJSON_IsArray(v) && multiply(j, list, first, v))
			return -1;
		for (size_t i = first; !cJSON_IsArray(v) && i < list->count; i++)
			if (set_option(j, v->string, v, &list->at[i]))
				return -1;
	}
	return 0;
}

static int add_entry(const struct json *j, char kind, const cJSON *v, struct choices *list)
{
	const cJSON *name = cJSON_IsObject(v) ? json_get(v, "name") : v;
	const cJSON *options = cJSON_IsObject(v) ? json_get(v, "options") : NULL;
	size_t first = list->count;
	struct why reason;

	if (!cJSON_IsString(name))
		return json_wrong(
			j, name ? name : v, "expected a name, or an object with \"name\"");
	if (cJSON_IsObject(v) && check_keys(j, v, ENTRY))
		return -1;
	if (choices_add(list, kind, name->valuestring, &reason))
		return json_wrong(j, name, "%s", reason.text);
	if (options && set_options(j, list, first, options))
		return -1;
	for (size_t i = first; i < list->count; i++)
		list->at[i].settings = cJSON_IsObject(v) ? v : NULL;
	return 0;
}

/* What a group does not name, problems or optimizers, it takes from the top. */
static int add_entries(
	const struct json *j, char kind, const cJSON *group, struct choices *list)
{
	const char *key = group_keys[kind == 'o'];
	const cJSON *own = json_get(group, key), *all = own ? own : json_get(j->root, key), *v;

	if (all && !cJSON_IsArray(all))
		return json_wrong(j, all, "%s, expected an array", json_kind(all));
	cJSON_ArrayForEach(v, all) if (add_entry(j, kind, v, list)) return -1;
	return list->count ? 0 : json_wrong(j, group, "no %s", key);
}

/* ---------------------------------------------------------------- groups --------------------- */

/* -P and -O over a suite: names choose; one that the suite lacks, or that comes with options of
 * its own, runs in place of the suite's own settings. */
static int narrow(char kind, const struct texts *typed, struct choices *list, struct why *why)
{
	struct choices kept = { 0 };
	int bad = 0;

	for (size_t t = 0; !bad && t < typed->count; t++) {
		size_t before = kept.count;

		for (size_t i = 0; !bad && i < list->count; i++)
			if (!strchr(typed->at[t], ':') &&
				!fnmatch(typed->at[t], name_of(&list->at[i]), 0) &&
				choices_append(&kept, &list->at[i]))
				bad = fail(why, "out of memory");
		if (!bad && kept.count == before)
			bad = choices_add(&kept, kind, typed->at[t], why);
	}
	if (!typed->count)
		return 0;
	choices_free(list);
	*list = kept;
	return bad;
}

static int cross(const struct json *j, struct plan *plan, const struct choice *p,
	const struct choice *o, const struct settings *base, const struct typed *typed)
{
	struct settings s;
	struct why reason;
	int bad = settings_copy(&s, base) ? fail(j->why, "out of memory") : 0;

	if (!bad && o->settings && plan_refuses(o->optimizer, o->opt, &reason))
		bad = json_wrong(j, o->settings, "%s", reason.text);
	bad = bad || (p->settings && settings_read(j, p->settings, &s)) ||
	      (o->settings && settings_read(j, o->settings, &s)) ||
	      settings_apply(typed->setting, &s, j->why) || plan_cross(plan, p, o, &s, j->why);
	settings_free(&s);
	return bad;
}

static int unfold_group(const struct json *j, const cJSON *group, const struct settings *outer,
	const struct typed *typed, struct plan *plan)
{
	struct settings s;
	struct choices p = { 0 }, o = { 0 };
	int bad = settings_copy(&s, outer) ? fail(j->why, "out of memory") : 0;

	bad = bad || settings_read(j, group, &s) || add_entries(j, 'p', group, &p) ||
	      add_entries(j, 'o', group, &o) || narrow('p', &typed->problems, &p, j->why) ||
	      narrow('o', &typed->optimizers, &o, j->why);
	for (size_t i = 0; !bad && i < p.count; i++)
		for (size_t k = 0; !bad && k < o.count; k++)
			bad = cross(j, plan, &p.at[i], &o.at[k], &s, typed);
	choices_free(&p);
	choices_free(&o);
	settings_free(&s);
	return bad ? -1 : 0;
}

static int unfold(
	const struct json *j, const struct typed *typed, struct settings *s, struct plan *plan)
{
	const cJSON *groups = json_get(j->root, "groups"), *g;

	if (!groups)
		return unfold_group(j, j->root, s, typed, plan);
	if (!cJSON_IsArray(groups) || !groups->child)
		return json_wrong(j, groups, "%s, expected an array of objects",
			cJSON_IsArray(groups) ? "an empty array" : json_kind(groups));
	if (settings_read(j, j->root, s))
		return -1;
	cJSON_ArrayForEach(g, groups) if (check_keys(j, g, GROUP) ||
					  unfold_group(j, g, s, typed, plan)) return -1;
	return 0;
}

static int check_head(const struct json *j, struct plan *plan)
{
	const cJSON *schema = json_get(j->root, "schema"), *name = json_get(j->root, "name");
	const cJSON *title = json_get(j->root, "title");
	const char *text = "";

	if (check_keys(j, j->root, TOP | GROUP))
		return -1;
	if (!schema)
		return json_wrong(
			j, j->root, "\"schema\" is missing, expected \"nsobench-suite/1.0\"");
	if (json_text(j, schema, &text))
		return -1;
	if (strncmp(text, "nsobench-suite/1.", 17))
		return json_wrong(
			j, schema, "\"%s\", this program reads nsobench-suite/1.x", text);
	if (!name)
		return json_wrong(j, j->root, "\"name\" is missing");
	if (json_text(j, name, &text))
		return -1;
	if (!*text)
		return json_wrong(j, name, "an empty text, expected a name");
	plan->name = strdup(text);
	if (title && json_text(j, title, &text))
		return -1;
	plan->title = strdup(text);
	return plan->name && plan->title ? 0 : fail(j->why, "out of memory");
}

int suite_unfold(
	const char *path, const struct typed *typed, struct plan *plan, struct why *why)
{
	struct settings s = { 0 };
	struct json j;
	int bad = json_read(&j, path, why);

	if (!bad)
		bad = settings_init(&s) || !(plan->source = strdup(j.text))
			      ? fail(why, "out of memory")
		      : check_head(&j, plan) || unfold(&j, typed, &s, plan) ? -1
									    : 0;
	settings_free(&s);
	json_free(&j);
	return bad;
}

char *suite_title(const char *path)
{
	struct why ignored;
	struct json j;
	const cJSON *v;
	char *title = NULL;

	if (json_read(&j, path, &ignored))
		return NULL;
	v = json_get(j.root, "title");
	if (cJSON_IsString(v))
		title = strdup(v->valuestring);
	json_free(&j);
	return title;
}
