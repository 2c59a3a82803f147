/* shelf.c -- where suites, claims, templates, results and data lie: the one table. */
#include <config.h>
#include "build.h"
#include "ground/files.h"
#include "ground/option.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

static const struct {
	const char *folder, *variable; /* under DATADIR; names a folder that goes before it, or NULL */
	const char *noun, *listed;     /* for messages: "suite", and where the names are listed */
} shelves[] = {
	[SUITES] = { "suites", "NSOBENCH_SUITES", "suite", "nsobench list suites" },
	[CLAIMS] = { "claims", "NSOBENCH_CLAIMS", "claim", "nsobench list rates" },
	[TEMPLATES] = { "plots", NULL, "template", "nsobench plot --help" },
	[RESULTS] = { "results", NULL, "result", "nsobench report --help" },
	[DATA_SETS] = { "data", "NSOBENCH_DATA", "data set", "nsobench data --help" },
};

static const char *variable(const char *name)
{
	const char *value = name ? getenv(name) : NULL;

	return value && *value ? value : NULL;
}

int shelf_folder(enum shelf p, size_t i, char *out, size_t size)
{
	const char *own = variable(shelves[p].variable), *moved = variable("NSOBENCH_DATADIR");
	const char *root;

	if (own && !i)
		return snprintf(out, size, "%s", own) > 0;
	i -= own != NULL;
	root = moved ? (i ? NULL : moved) : i == 0 ? PKGDATADIR : i == 1 ? SOURCEDIR : NULL;
	return root && snprintf(out, size, "%s/%s", root, shelves[p].folder) > 0;
}

static int is_json(const char *name)
{
	size_t length = strlen(name);

	return length > 5 && !strcmp(name + length - 5, ".json");
}

static void collect(const char *folder, const char *under, char ***names, size_t *count)
{
	char path[8192], name[512], **more;
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	snprintf(path, sizeof path, "%s/%s", folder, under);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (*entry->d_name == '.')
			continue;
		snprintf(name, sizeof name, "%s%s%s", under, *under ? "/" : "", entry->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, name);
		if (!stat(path, &st) && S_ISDIR(st.st_mode)) {
			if (!*under)
				collect(folder, name, names, count);
			continue;
		}
		if (!is_json(name) || !(more = realloc(*names, (*count + 1) * sizeof *more)))
			continue;
		name[strlen(name) - 5] = 0;
		*names = more;
		*count += (more[*count] = strdup(name)) != NULL;
	}
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **shelf_names(enum shelf p, size_t *count)
{
	char **names = NULL, folder[4096];

	*count = 0;
	for (size_t i = 0; !*count && shelf_folder(p, i, folder, sizeof folder); i++)
		collect(folder, "", &names, count);
	if (names)
		qsort(names, *count, sizeof *names, by_name);
	return names;
}

static void no_such(enum shelf p, const char *name, struct why *why)
{
	size_t count;
	char **names = shelf_names(p, &count);
	const char *near = nearest(name, (const char *const *)names, count);

	fail(why, "no %s is named '%s'%s%s%s (see: %s; a file ends in .json)", shelves[p].noun, name,
		near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", shelves[p].listed);
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

char *shelf_find(enum shelf p, const char *name, struct why *why)
{
	char folder[4096], path[8192];

	if (is_json(name)) {
		if (!access(name, R_OK))
			return strdup(name);
		fail(why, "%s %s: %s", shelves[p].noun, name, strerror(errno));
		return NULL;
	}
	for (size_t i = 0; shelf_folder(p, i, folder, sizeof folder); i++) {
		snprintf(path, sizeof path, "%s/%s.json", folder, name);
		if (!access(path, R_OK))
			return strdup(path);
	}
	no_such(p, name, why);
	return NULL;
}
