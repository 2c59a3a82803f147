/* registry.c -- the names: built-in entries from registry.def, then plug-ins. */
#include <config.h>
#include "ground/entry.h"
#include "ground/registry.h"
#include "ground/words.h"
#include <stdlib.h>
#include <string.h>

#define PROBLEM(name)   extern const struct nso_problem nso_problem_##name;
#define OPTIMIZER(name) extern const struct nso_optimizer nso_optimizer_##name;
#include "registry.def"
#undef PROBLEM
#undef OPTIMIZER

enum { MAX_ENTRIES = MOST_GUESTS / 2 };

static const struct nso_problem *problems[MAX_ENTRIES + 1] = {
#define PROBLEM(name) &nso_problem_##name,
#define OPTIMIZER(name)
#include "registry.def"
#undef PROBLEM
#undef OPTIMIZER
};

static const struct nso_optimizer *optimizers[MAX_ENTRIES + 1] = {
#define PROBLEM(name)
#define OPTIMIZER(name) &nso_optimizer_##name,
#include "registry.def"
#undef PROBLEM
#undef OPTIMIZER
};

const struct nso_problem *problem_at(size_t i) { return i < MAX_ENTRIES ? problems[i] : NULL; }

const struct nso_optimizer *optimizer_at(size_t i)
{
	return i < MAX_ENTRIES ? optimizers[i] : NULL;
}

const struct nso_problem *problem_find(const char *name)
{
	for (size_t i = 0; problems[i]; i++)
		if (!strcmp(problems[i]->name, name))
			return problems[i];
	return NULL;
}

const struct nso_optimizer *optimizer_find(const char *name)
{
	for (size_t i = 0; optimizers[i]; i++)
		if (!strcmp(optimizers[i]->name, name))
			return optimizers[i];
	return NULL;
}

void unknown_name(const char *kind, const char *name, struct why *why)
{
	const char *names[2 * MAX_ENTRIES];
	size_t count = 0;

	if (strcmp(kind, "optimizer"))
		for (size_t i = 0; problems[i]; i++)
			names[count++] = problems[i]->name;
	if (strcmp(kind, "problem"))
		for (size_t i = 0; optimizers[i]; i++)
			names[count++] = optimizers[i]->name;
	fail(why, "no %s is named '%s'%s (see: nsobench list)", kind, name,
		did_you_mean(name, names, count).text);
}

/* ---------------------------------------------------------------- plug-ins ------------------- */

/* Place of a new entry at the end of a list; NULL and why where it is full or memory is short.
 */
static void *place_of(const void *const *list, const char *kind, size_t size, size_t *end,
	const struct origin *from, struct why *why)
{
	void *copy = calloc(1, size);

	for (*end = 0; list[*end];)
		++*end;
	if (*end < MAX_ENTRIES && copy)
		return copy;
	fail(why, copy ? "%s: more than %d %ss" : "%s: out of memory", from->path, MAX_ENTRIES,
		kind);
	free(copy);
	return NULL;
}

int add_problem(const struct nso_problem *p, const struct origin *from, struct why *why)
{
	struct nso_problem *copy;
	size_t end;

	if (problem_check(p, from->path, why))
		return -1;
	if (problem_find(p->name))
		return fail(
			why, "%s: a problem named '%s' is there already", from->path, p->name);
	copy = place_of(
		(const void *const *)problems, "problem", sizeof *copy, &end, from, why);
	if (!copy)
		return -1;
	*copy = *p;
	copy->title = p->title ? p->title : p->name;
	origin_note(copy, from);
	problems[end] = copy;
	return 0;
}

int add_optimizer(const struct nso_optimizer *o, const struct origin *from, struct why *why)
{
	struct nso_optimizer *copy;
	size_t end;

	if (optimizer_check(o, from->path, why))
		return -1;
	if (optimizer_find(o->name))
		return fail(why, "%s: an optimizer named '%s' is there already", from->path,
			o->name);
	copy = place_of(
		(const void *const *)optimizers, "optimizer", sizeof *copy, &end, from, why);
	if (!copy)
		return -1;
	*copy = *o;
	copy->title = o->title ? o->title : o->name;
	origin_note(copy, from);
	optimizers[end] = copy;
	return 0;
}
