/* suite.c -- a suite file (JSON, schema nsobench-suite/1.0), read strictly: an unknown or repeated
 * key, a wrong type or a value out of range is refused with file, key and what was expected. */
#include <config.h>
#include "ground/option.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/plan.h"
#include "run/suite.h"
#include <fnmatch.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- choices -------------------- */

static int set_option(const struct reader *r, const char *where, const struct nso_option *table,
	const char *owner, const cJSON *v, double *opt)
{
	struct why reason;
	char text[64];

	if (cJSON_IsNumber(v))
		snprintf(text, sizeof text, "%.17g", v->valuedouble);
	if (!cJSON_IsNumber(v) && !cJSON_IsString(v))
		return wrong(r, where, "%s, expected a number, a word or an array of them", kind_of(v));
	if (option_set(table, owner, v->string, cJSON_IsNumber(v) ? text : v->valuestring, opt,
		    &reason))
		return wrong(r, where, "%s", reason.text);
	return 0;
}

/* Every choice so far times every value of the array. */
static int multiply(const struct reader *r, const char *where, struct choices *list, size_t first,
	const cJSON *v)
{
	size_t last = list->count, values = (size_t)cJSON_GetArraySize(v), k = 0;
	const struct nso_option *table;
	cJSON *e;

	if (!values)
		return wrong(r, where, "an empty array, expected values");
	cJSON_ArrayForEach(e, v) {
		for (size_t i = first; i < last; i++) {
			struct choice c = list->at[i], *to;
			char *name = e->string;
			int bad;

			table = c.problem ? c.problem->options : c.optimizer->options;
			e->string = v->string;
			bad = set_option(r, where, table,
				c.problem ? c.problem->name : c.optimizer->name, e, c.opt);
			e->string = name;
			if (bad)
				return -1;
			if (k + 1 == values) {
				list->at[i] = c; /* the last value takes the place of the old entry */
				continue;
			}
			if (list->count == list->room) {
				size_t room = 2 * list->room + 16;

				to = realloc(list->at, room * sizeof *to);
				if (!to)
					return fail(r->why, "out of memory");
				list->at = to;
				list->room = room;
			}
			list->at[list->count++] = c;
		}
		k++;
	}
	return 0;
}

static int set_options(const struct reader *r, const char *where, struct choices *list, size_t first,
	const cJSON *options)
{
	const cJSON *v, *w;
	struct place at;

	if (!cJSON_IsObject(options))
		return wrong(r, where, "%s, expected an object of options", kind_of(options));
	cJSON_ArrayForEach(v, options) {
		locate(&at, "%s.%s", where, v->string);
		for (w = v->next; w; w = w->next)
			if (!strcmp(v->string, w->string))
				return wrong(r, where, "key \"%s\" stands twice", v->string);
		if (cJSON_IsArray(v)) {
			if (multiply(r, at.text, list, first, v))
				return -1;
			continue;
		}
		for (size_t i = first; i < list->count; i++) {
			struct choice *c = &list->at[i];

			if (set_option(r, at.text, c->problem ? c->problem->options : c->optimizer->options,
				    c->problem ? c->problem->name : c->optimizer->name, v, c->opt))
				return -1;
		}
	}
	return 0;
}

static int add_entry(const struct reader *r, const char *where, char kind, const cJSON *v,
	struct choices *list)
{
	const cJSON *name = cJSON_IsObject(v) ? cJSON_GetObjectItemCaseSensitive(v, "name") : v;
	const cJSON *options = cJSON_IsObject(v) ? cJSON_GetObjectItemCaseSensitive(v, "options") : NULL;
	size_t first = list->count;
	struct why reason;
	struct place at;

	if (!cJSON_IsString(name))
		return wrong(r, where, "expected a name, or an object with \"name\"");
	if (cJSON_IsObject(v) && check_keys(r, where, v, ENTRY | SETTING))
		return -1;
	if (choices_add(list, kind, name->valuestring, &reason))
		return wrong(r, where, "%s", reason.text);
	locate(&at, "%s.options", where);
	if (options && set_options(r, at.text, list, first, options))
		return -1;
	for (size_t i = first; i < list->count; i++)
		list->at[i].settings = cJSON_IsObject(v) ? v : NULL;
	return 0;
}

static int add_entries(const struct reader *r, const char *where, char kind, const cJSON *group,
	struct choices *list)
{
	const char *key = kind == 'p' ? "problems" : "optimizers";
	const cJSON *all = cJSON_GetObjectItemCaseSensitive(group, key), *v;
	struct place at;
	int i = 0;

	if (!all)
		return 0;
	if (!cJSON_IsArray(all))
		return wrong(r, where, "\"%s\" is %s, expected an array", key, kind_of(all));
	cJSON_ArrayForEach(v, all) {
		locate(&at, "%s%s%s[%d]", where, *where ? "." : "", key, i++);
		if (add_entry(r, at.text, kind, v, list))
			return -1;
	}
	return 0;
}

/* ---------------------------------------------------------------- groups --------------------- */

/* -P and -O over a suite: names choose; one that the suite lacks, or that comes with options of its
 * own, runs in place of the suite's own settings. */
static int narrow(const struct reader *r, char kind, const char *const *typed, size_t count,
	struct choices *list)
{
	struct choices kept = { 0 };
	int bad = 0;

	if (!count)
		return 0;
	for (size_t t = 0; !bad && t < count; t++) {
		size_t before = kept.count, room;
		struct choice *more;

		for (size_t i = 0; i < list->count; i++) {
			const char *name = kind == 'p' ? list->at[i].problem->name :
							 list->at[i].optimizer->name;

			if (strchr(typed[t], ':') || fnmatch(typed[t], name, 0))
				continue;
			room = kept.count + 1;
			more = realloc(kept.at, room * sizeof *more);
			if (!more) {
				bad = fail(r->why, "out of memory");
				break;
			}
			kept.at = more;
			kept.room = room;
			kept.at[kept.count++] = list->at[i];
		}
		if (!bad && kept.count == before)
			bad = choices_add(&kept, kind, typed[t], r->why);
	}
	choices_free(list);
	*list = kept;
	return bad;
}

/* The typed lists of instances and seeds win over all that the file says. */
static int override_lists(const struct reader *r, const struct override *over, struct settings *s)
{
	int *list;
	size_t count;
	uint64_t *seeds;

	if (over->instances) {
		if (parse_list(over->instances, &list, &count, r->why))
			return -1;
		free(s->instances);
		s->instances = list;
		s->instance_count = count;
	}
	if (over->seeds > 0) {
		seeds = calloc((size_t)over->seeds, sizeof *seeds);
		if (!seeds)
			return fail(r->why, "out of memory");
		for (long i = 0; i < over->seeds; i++)
			seeds[i] = (uint64_t)i + 1;
		free(s->seeds);
		s->seeds = seeds;
		s->seed_count = (size_t)over->seeds;
	}
	return 0;
}

static int cross(const struct reader *r, struct plan *plan, const struct choice *p,
	const struct choice *o, const struct settings *base, const struct override *over)
{
	struct settings s;
	int bad = settings_copy(&s, base) ? fail(r->why, "out of memory") : 0;

	if (!bad && p->settings)
		bad = apply_settings(r, p->problem->name, p->settings, &s);
	if (!bad && o->settings)
		bad = apply_settings(r, o->optimizer->name, o->settings, &s);
	bad = bad || override_apply(over, &s.cell, r->why) || override_lists(r, over, &s);
	if (!bad)
		bad = plan_cross(plan, p, o, &s.cell, s.instances, s.instance_count, s.seeds,
			s.seed_count, r->why);
	settings_free(&s);
	return bad;
}

static int unfold_group(const struct reader *r, const char *where, const cJSON *group,
	const struct settings *outer, const struct override *over, struct plan *plan)
{
	struct settings s;
	struct choices p = { 0 }, o = { 0 };
	int bad = settings_copy(&s, outer) ? fail(r->why, "out of memory") : 0;

	bad = bad || apply_settings(r, where, group, &s) || add_entries(r, where, 'p', group, &p) ||
		add_entries(r, where, 'o', group, &o);
	if (!bad && !p.count)
		bad = wrong(r, *where ? where : "the suite", "no problems");
	if (!bad && !o.count)
		bad = wrong(r, *where ? where : "the suite", "no optimizers");
	bad = bad || narrow(r, 'p', over->problems, over->problem_count, &p) ||
		narrow(r, 'o', over->optimizers, over->optimizer_count, &o);
	for (size_t i = 0; !bad && i < p.count; i++)
		for (size_t j = 0; !bad && j < o.count; j++)
			bad = cross(r, plan, &p.at[i], &o.at[j], &s, over);
	choices_free(&p);
	choices_free(&o);
	settings_free(&s);
	return bad ? -1 : 0;
}

static int unfold(const struct reader *r, const cJSON *root, const struct override *over,
	struct settings *s, struct plan *plan)
{
	const cJSON *groups = cJSON_GetObjectItemCaseSensitive(root, "groups"), *g;
	struct place where;
	int i = 0;

	if (!groups)
		return unfold_group(r, "", root, s, over, plan);
	if (!cJSON_IsArray(groups) || !groups->child)
		return wrong(r, "groups", "%s, expected an array of objects", kind_of(groups));
	if (apply_settings(r, "", root, s))
		return -1;
	cJSON_ArrayForEach(g, groups) {
		cJSON *whole;
		int bad;

		locate(&where, "groups[%d]", i++);
		if (!cJSON_IsObject(g))
			return wrong(r, where.text, "%s, expected an object", kind_of(g));
		if (check_keys(r, where.text, g, GROUP | SETTING))
			return -1;
		/* what a group does not name, problems or optimizers, it takes from the top */
		whole = cJSON_Duplicate(g, 1);
		if (!whole)
			return fail(r->why, "out of memory");
		for (size_t k = 0; k < 2; k++) {
			const char *key = k ? "optimizers" : "problems";
			cJSON *top = cJSON_GetObjectItemCaseSensitive(root, key);

			if (top && !cJSON_GetObjectItemCaseSensitive(g, key))
				cJSON_AddItemToObject(whole, key, cJSON_Duplicate(top, 1));
		}
		bad = unfold_group(r, where.text, whole, s, over, plan);
		cJSON_Delete(whole);
		if (bad)
			return -1;
	}
	return 0;
}

static int line_of(const char *text, const char *at)
{
	int line = 1;

	for (; at && text < at && *text; text++)
		line += *text == '\n';
	return line;
}

static int check_head(const struct reader *r, const cJSON *root, struct plan *plan)
{
	const cJSON *schema = cJSON_GetObjectItemCaseSensitive(root, "schema");
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(root, "name");
	const cJSON *title = cJSON_GetObjectItemCaseSensitive(root, "title");

	if (!cJSON_IsObject(root))
		return wrong(r, "top level", "%s, expected an object", kind_of(root));
	if (check_keys(r, "top level", root, TOP | GROUP | SETTING))
		return -1;
	if (!cJSON_IsString(schema))
		return wrong(r, "schema", "missing, expected \"nsobench-suite/1.0\"");
	if (strncmp(schema->valuestring, "nsobench-suite/1.", 17))
		return wrong(r, "schema", "\"%s\", this program reads nsobench-suite/1.x",
			schema->valuestring);
	if (!cJSON_IsString(name) || !*name->valuestring)
		return wrong(r, "name", "missing, expected a text");
	if (title && !cJSON_IsString(title))
		return wrong(r, "title", "%s, expected a text", kind_of(title));
	plan->name = strdup(name->valuestring);
	plan->title = strdup(title ? title->valuestring : name->valuestring);
	return plan->name && plan->title ? 0 : fail(r->why, "out of memory");
}

int suite_unfold(const char *path, const char *text, const struct override *over, struct plan *plan,
	struct why *why)
{
	struct reader r = { path, why };
	struct settings s = { .instance_count = 1, .seed_count = 1 };
	const char *end = NULL;
	cJSON *root = cJSON_ParseWithOpts(text, &end, 1);
	int bad;

	if (!root)
		return fail(why, "%s: line %d: not JSON, near '%.20s'", path, line_of(text, end),
			end ? end : "");
	cell_defaults(&s.cell);
	s.instances = calloc(1, sizeof *s.instances);
	s.seeds = calloc(1, sizeof *s.seeds);
	bad = !s.instances || !s.seeds;
	if (!bad) {
		s.seeds[0] = 1;
		bad = check_head(&r, root, plan) || unfold(&r, root, over, &s, plan);
	}
	settings_free(&s);
	cJSON_Delete(root);
	return bad ? -1 : 0;
}

char *suite_title(const char *path)
{
	struct why ignored;
	char *text = file_read(path, &ignored), *title = NULL;
	cJSON *root = text ? cJSON_Parse(text) : NULL;
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(root, "title");

	if (cJSON_IsString(v))
		title = strdup(v->valuestring);
	cJSON_Delete(root);
	free(text);
	return title;
}
