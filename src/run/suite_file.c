/* suite_file.c -- where suites lie: the installed folder, the source tree, a path. */
#include <config.h>
#include "build.h"
#include "ground/option.h"
#include "ground/why.h"
#include "run/plan.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

/* Where suites lie: the installed folder, then the source tree of an uninstalled program. */
static const char *const suite_folders[] = { PKGDATADIR "/suites", SOURCEDIR "/suites", NULL };

static const char *suite_folder(size_t i)
{
	const char *own = getenv("NSOBENCH_SUITES");

	if (own && *own)
		return i ? suite_folders[i - 1] : own;
	return suite_folders[i];
}

static void collect(const char *folder, const char *under, char ***names, size_t *count)
{
	char path[4096], name[512], **more;
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	snprintf(path, sizeof path, "%s/%s", folder, under);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		size_t length = strlen(entry->d_name);

		if (*entry->d_name == '.')
			continue;
		snprintf(name, sizeof name, "%s%s%s", under, *under ? "/" : "", entry->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, name);
		if (!stat(path, &st) && S_ISDIR(st.st_mode)) {
			if (!*under)
				collect(folder, name, names, count);
			continue;
		}
		if (length < 6 || strcmp(entry->d_name + length - 5, ".json"))
			continue;
		name[strlen(name) - 5] = 0;
		more = realloc(*names, (*count + 1) * sizeof *more);
		if (more)
			(*names = more)[(*count)++] = strdup(name);
	}
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **suite_names(size_t *count)
{
	char **names = NULL;

	*count = 0;
	for (size_t i = 0; suite_folder(i) && !*count; i++)
		collect(suite_folder(i), "", &names, count);
	if (names)
		qsort(names, *count, sizeof *names, by_name);
	return names;
}

char *suite_find(const char *name, struct why *why)
{
	char path[4096], **names;
	size_t count;
	const char *near;

	if (strlen(name) > 5 && !strcmp(name + strlen(name) - 5, ".json")) {
		if (access(name, R_OK)) {
			fail(why, "suite %s: %s", name, strerror(errno));
			return NULL;
		}
		return strdup(name);
	}
	for (size_t i = 0; suite_folder(i); i++) {
		snprintf(path, sizeof path, "%s/%s.json", suite_folder(i), name);
		if (!access(path, R_OK))
			return strdup(path);
	}
	names = suite_names(&count);
	near = nearest(name, (const char *const *)names, count);
	fail(why, "no suite is named '%s'%s%s%s (see: nsobench list suites; a file ends in .json)",
		name, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return NULL;
}

char *file_read(const char *path, struct why *why)
{
	FILE *in = fopen(path, "rb");
	char *text = NULL;
	long size;

	if (!in) {
		fail(why, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (fseek(in, 0, SEEK_END) || (size = ftell(in)) < 0 || size > 1 << 26 ||
		fseek(in, 0, SEEK_SET) || !(text = calloc(1, (size_t)size + 1)) ||
		fread(text, 1, (size_t)size, in) != (size_t)size) {
		fail(why, "%s: cannot be read as a suite", path);
		free(text);
		text = NULL;
	}
	fclose(in);
	return text;
}

