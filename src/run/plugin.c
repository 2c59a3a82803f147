/* plugin.c -- problems and optimizers of the user's: from shared objects, and from programs that speak
 * nsobench-wire/1. */
#include <config.h>
#include "build.h"
#include "ground/registry.h"
#include "run/plugin.h"
#include "run/program.h"
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <link.h>
#endif

/* ---------------------------------------------------------------- shared objects ------------- */

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

static int load_shared_object(const char *path, struct why *why)
{
	char here[8192];
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

/* ---------------------------------------------------------------- either ---------------------- */

/* ELF files are both: those that name an interpreter of theirs are started, not loaded. */
static int is_shared_object(const char *path)
{
	char magic[4] = "";
	int shared;
	FILE *f = fopen(path, "rb");

	if (!f)
		return 1; /* dlopen says what is wrong with it */
	shared = fread(magic, 1, 4, f) == 4 &&
		(!memcmp(magic, "\177ELF", 4) || !memcmp(magic, "\xcf\xfa\xed\xfe", 4));
#ifdef __linux__
	ElfW(Ehdr) head;
	ElfW(Phdr) part;

	rewind(f);
	if (shared && fread(&head, sizeof head, 1, f) == 1) {
		shared = head.e_type == ET_DYN;
		for (size_t i = 0; shared && i < head.e_phnum; i++)
			if (!fseek(f, (long)(head.e_phoff + i * head.e_phentsize), SEEK_SET) &&
				fread(&part, sizeof part, 1, f) == 1 && part.p_type == PT_INTERP)
				shared = 0;
	}
#endif
	fclose(f);
	return shared;
}

/* A name that is no file here may be one of the programs that come with us: torch_optim.py. */
static const char *find(const char *path, char *place, size_t size)
{
	static const char *const folders[] = { SOURCEDIR "/examples", PKGDATADIR "/examples" };

	for (size_t i = 0; !strchr(path, '/') && access(path, F_OK) && i < 2; i++) {
		snprintf(place, size, "%s/%s", folders[i], path);
		if (!access(place, R_OK))
			return place;
	}
	return path;
}

int plugin_load(const char *typed, struct why *why)
{
	char place[4096];
	const char *path = find(typed, place, sizeof place);

	return is_shared_object(path) ? load_shared_object(path, why) : program_load(path, why);
}
