/* registry.c -- the names: built-in entries from registry.def, then plug-ins. */
#include <config.h>
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "ground/words.h"
#include <dlfcn.h>
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

/* ---------------------------------------------------------------- plug-ins ------------------- */

/* What users type and what names files and columns is plain: see quote.h. */
static int plain(const char *what, const char *name, const char *path, struct why *why)
{
	return is_file_name(name) ? 0
				  : fail(why, "%s: %s '%.80s', expected at most %d letters, digits, '.', '_', '-', "
				    "neither '.' nor '-' in front", path, what, name, FILE_NAME - 1);
}

static int check_table(const struct nso_option *table, const char *name, const char *path, struct why *why)
{
	if (option_count(table) > NSO_MAX_OPTIONS)
		return fail(why, "%s: '%s' has more than %d options", path, name, NSO_MAX_OPTIONS);
	for (size_t i = 0; i < option_count(table); i++)
		if (plain("option", table[i].name, path, why))
			return -1;
	return 0;
}

static int add_problem(const struct nso_problem *p, const char *path, struct why *why)
{
	size_t i = 0;

	if (!p->name || !p->make || !p->start || !p->eval || !p->free)
		return fail(why, "%s: problem '%s' lacks one of name, make, start, eval, free", path,
			p->name ? p->name : "?");
	if (problem_find(p->name))
		return fail(why, "%s: a problem named '%s' is there already", path, p->name);
	if (plain("problem", p->name, path, why) || check_table(p->options, p->name, path, why))
		return -1;
	while (problems[i])
		i++;
	if (i == MAX_ENTRIES)
		return fail(why, "%s: more than %d problems", path, MAX_ENTRIES);
	problems[i] = p;
	return 0;
}

static int add_optimizer(const struct nso_optimizer *o, const char *path, struct why *why)
{
	size_t i = 0;

	if (!o->name || !o->init || !o->step || !o->free)
		return fail(why, "%s: optimizer '%s' lacks one of name, init, step, free", path,
			o->name ? o->name : "?");
	if (optimizer_find(o->name))
		return fail(why, "%s: an optimizer named '%s' is there already", path, o->name);
	if (plain("optimizer", o->name, path, why) || check_table(o->options, o->name, path, why))
		return -1;
	for (i = 0; o->columns && o->columns[i]; i++)
		if (plain("column", o->columns[i], path, why))
			return -1;
	i = 0;
	while (optimizers[i])
		i++;
	if (i == MAX_ENTRIES)
		return fail(why, "%s: more than %d optimizers", path, MAX_ENTRIES);
	optimizers[i] = o;
	return 0;
}

/* nso_optimizer_FILE or nso_problem_FILE: a built-in file compiles unchanged into a plug-in. */
static int add_by_file_name(void *so, const char *path, struct why *why)
{
	const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	char stem[128], symbol[160];
	const void *found;

	snprintf(stem, sizeof stem, "%.*s", (int)strcspn(base, "."), base);
	for (char *c = stem; *c; c++)
		if (*c == '-')
			*c = '_';
	snprintf(symbol, sizeof symbol, "nso_optimizer_%s", stem);
	if ((found = dlsym(so, symbol)))
		return add_optimizer(found, path, why);
	snprintf(symbol, sizeof symbol, "nso_problem_%s", stem);
	if ((found = dlsym(so, symbol)))
		return add_problem(found, path, why);
	return fail(why, "%s exports none of nso_plugin, nso_optimizer_%s, nso_problem_%s", path, stem,
		stem);
}

int plugin_load(const char *path, struct why *why)
{
	char here[4096];
	void *so;
	const unsigned *abi;
	const struct nso_plugin *plugin;

	/* without a slash dlopen would search the system's folders, not this one */
	snprintf(here, sizeof here, "%s%s", strchr(path, '/') ? "" : "./", path);
	so = dlopen(here, RTLD_NOW | RTLD_LOCAL);
	if (!so)
		return fail(why, "plug-in %s", dlerror());
	abi = dlsym(so, "nso_abi");
	if (!abi || *abi != NSO_ABI) {
		fail(why, "plug-in %s was built for NSO_ABI %u, this program has %u: recompile it",
			path, abi ? *abi : 0, NSO_ABI);
		dlclose(so);
		return -1;
	}
	plugin = dlsym(so, "nso_plugin");
	if (!plugin)
		return add_by_file_name(so, path, why);
	for (size_t i = 0; plugin->problems && plugin->problems[i]; i++)
		if (add_problem(plugin->problems[i], path, why))
			return -1;
	for (size_t i = 0; plugin->optimizers && plugin->optimizers[i]; i++)
		if (add_optimizer(plugin->optimizers[i], path, why))
			return -1;
	return 0;
}
