/* choice.c -- what users type for problems and optimizers. */
#include <config.h>
#include "ground/grow.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "run/plan.h"
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

int choices_append(struct choices *list, const struct choice *c)
{
	if (room_for(&list->at, list->count + 1, &list->room, sizeof *list->at))
		return -1;
	list->at[list->count++] = *c;
	return 0;
}

static int add_one(struct choices *list, const struct nso_problem *p,
	const struct nso_optimizer *o, const char *options, struct why *why)
{
	struct choice c = { .problem = p, .optimizer = o };
	const struct nso_option *table = p ? p->options : o->options;

	option_defaults(table, c.opt);
	if (option_parse(table, p ? p->name : o->name, options, c.opt, why))
		return -1;
	return choices_append(list, &c) ? fail(why, "out of memory") : 0;
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
