/* registry.c -- the names: built-in entries from registry.def, then plug-ins. */
#include <config.h>
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "ground/words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROBLEM(name)   extern const struct nso_problem nso_problem_##name;
#define OPTIMIZER(name) extern const struct nso_optimizer nso_optimizer_##name;
#include "registry.def"
#undef PROBLEM
#undef OPTIMIZER

enum { MAX_ENTRIES = 1024 };

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

const struct nso_problem *problem_at(size_t i)
{
	return i < MAX_ENTRIES ? problems[i] : NULL;
}

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

/* ---------------------------------------------------------------- more of them --------------- */

static int well_formed_table(const struct nso_option *table)
{
	return option_count(table) <= NSO_MAX_OPTIONS;
}

int add_problem(const struct nso_problem *p, const char *path, struct why *why)
{
	size_t i = 0;

	if (!p->name || !p->make || !p->start || !p->eval || !p->free)
		return fail(why, "%s: problem '%s' lacks one of name, make, start, eval, free", path,
			p->name ? p->name : "?");
	if (problem_find(p->name))
		return fail(why, "%s: a problem named '%s' is there already", path, p->name);
	if (!well_formed_table(p->options))
		return fail(why, "%s: '%s' has more than %d options", path, p->name, NSO_MAX_OPTIONS);
	while (problems[i])
		i++;
	if (i == MAX_ENTRIES)
		return fail(why, "%s: more than %d problems", path, MAX_ENTRIES);
	problems[i] = p;
	return 0;
}

int add_optimizer(const struct nso_optimizer *o, const char *path, struct why *why)
{
	size_t i = 0;

	if (!o->name || !o->init || !o->step || !o->free)
		return fail(why, "%s: optimizer '%s' lacks one of name, init, step, free", path,
			o->name ? o->name : "?");
	if (optimizer_find(o->name))
		return fail(why, "%s: an optimizer named '%s' is there already", path, o->name);
	if (!well_formed_table(o->options))
		return fail(why, "%s: '%s' has more than %d options", path, o->name, NSO_MAX_OPTIONS);
	while (optimizers[i])
		i++;
	if (i == MAX_ENTRIES)
		return fail(why, "%s: more than %d optimizers", path, MAX_ENTRIES);
	optimizers[i] = o;
	return 0;
}
