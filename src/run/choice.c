/* choice.c -- what users type for problems, optimizers and lists of numbers. */
#include <config.h>
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/plan.h"
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct choice *new_choice(struct choices *list)
{
	size_t room = list->room ? 2 * list->room : 16;
	struct choice *more;

	if (list->count == list->room) {
		more = realloc(list->at, room * sizeof *more);
		if (!more)
			return NULL;
		list->at = more;
		list->room = room;
	}
	list->at[list->count] = (struct choice){ 0 };
	return &list->at[list->count++];
}

static int add_one(struct choices *list, const struct nso_problem *p, const struct nso_optimizer *o,
	const char *options, struct why *why)
{
	struct choice *c = new_choice(list);
	const struct nso_option *table = p ? p->options : o->options;

	if (!c)
		return fail(why, "out of memory");
	c->problem = p;
	c->optimizer = o;
	option_defaults(table, c->opt);
	return option_parse(table, p ? p->name : o->name, options, c->opt, why);
}

int choices_add(struct choices *list, char kind, const char *text, struct why *why)
{
	char name[128];
	const char *options = strchr(text, ':'), *entry;
	size_t before = list->count;

	snprintf(name, sizeof name, "%.*s", (int)strcspn(text, ":"), text);
	options = options ? options + 1 : "";
	for (size_t i = 0; kind == 'p' ? !!problem_at(i) : !!optimizer_at(i); i++) {
		entry = kind == 'p' ? problem_at(i)->name : optimizer_at(i)->name;
		if (!fnmatch(name, entry, 0) &&
			add_one(list, kind == 'p' ? problem_at(i) : NULL,
				kind == 'p' ? NULL : optimizer_at(i), options, why))
			return -1;
	}
	if (list->count > before)
		return 0;
	if (strpbrk(name, "*?["))
		return fail(why, "no %s matches '%s' (see: nsobench list)",
			kind == 'p' ? "problem" : "optimizer", name);
	unknown_name(kind == 'p' ? "problem" : "optimizer", name, why);
	return -1;
}

void choices_free(struct choices *list)
{
	free(list->at);
	*list = (struct choices){ 0 };
}

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
		if (end == at || (*end && *end != ',') || from < 0 || to < from || to - from > 9999) {
			free(*list);
			return fail(why, "'%s' is not a list of numbers, expected like 0,2,5-7", text);
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

