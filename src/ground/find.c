/* find.c -- where suites, claims, templates and results lie: one table of roots for all. */
#include <config.h>
#include "build.h"
#include "ground/files.h"
#include "ground/find.h"
#include "ground/words.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	const char *folder, *variable, *noun, *list;
} kinds[] = {
	[SUITES] = { "suites", "NSOBENCH_SUITES", "suite", "suites" },
	[CLAIMS] = { "claims", "NSOBENCH_CLAIMS", "claim", "rates" },
	[PLOTS] = { "plots", "NSOBENCH_PLOTS", "template", "suites" },
	[DATA] = { "data", "NSOBENCH_DATA", "data set", "problems" },
	[REPORT] = { "report", "NSOBENCH_REPORT", "part of the report", "suites" },
	[RESULTS] = { "results", "NSOBENCH_RESULTS", "result", "suites" },
};
enum { LARGEST = 1 << 26 }; /* bytes of a file that is read whole */

const char *shipped_folder(enum shipped kind, size_t i)
{
	static char path[4096];
	const char *own = getenv(kinds[kind].variable), *moved = getenv("NSOBENCH_DATADIR");
	const char *const roots[] = { moved, PKGDATADIR, SOURCEDIR };

	if (own && *own && !i--)
		return own;
	for (size_t k = 0; k < sizeof roots / sizeof *roots; k++)
		if (roots[k] && *roots[k] && !i--) {
			snprintf(path, sizeof path, "%s/%s", roots[k], kinds[kind].folder);
			return path;
		}
	return NULL;
}

char *shipped_file(enum shipped kind, const char *name, const char *ending)
{
	const char *folder;
	char path[4352];

	for (size_t i = 0; (folder = shipped_folder(kind, i)); i++) {
		snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
		if (!access(path, R_OK))
			return strdup(path);
	}
	return NULL;
}

/* ---------------------------------------------------------------- names ---------------------- */

static int add_name(char ***names, size_t *count, const char *name, size_t length)
{
	char **more = realloc(*names, (*count + 1) * sizeof *more);

	if (!more)
		return -1;
	*names = more;
	more[*count] = strndup(name, length);
	return more[*count] ? (++*count, 0) : -1;
}

static void collect(const char *folder, const char *under, char ***names, size_t *count)
{
	char path[4096], name[512];
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	snprintf(path, sizeof path, "%s/%s", folder, under);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		size_t length = (size_t)snprintf(
			name, sizeof name, "%s%s%s", under, *under ? "/" : "", entry->d_name);

		if (*entry->d_name == '.' || length >= sizeof name)
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, name);
		if (!stat(path, &st) && S_ISDIR(st.st_mode)) {
			if (!*under)
				collect(folder, name, names, count);
		} else if (length > 5 && !strcmp(name + length - 5, ".json")) {
			add_name(names, count, name, length - 5);
		}
	}
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **shipped_names(enum shipped kind, size_t *count)
{
	char **names = NULL;
	const char *folder;

	*count = 0;
	for (size_t i = 0; !*count && (folder = shipped_folder(kind, i)); i++)
		collect(folder, "", &names, count);
	if (names)
		qsort(names, *count, sizeof *names, by_name);
	return names;
}

void names_free(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

char *shipped_find(enum shipped kind, const char *name, struct why *why)
{
	const char *noun = kinds[kind].noun;
	char *path, **names;
	size_t count;

	if (strlen(name) > 5 && !strcmp(name + strlen(name) - 5, ".json")) {
		if (!access(name, R_OK))
			return strdup(name);
		fail(why, "%s %s: %s", noun, name, strerror(errno));
		why->input = 1;
		return NULL;
	}
	path = shipped_file(kind, name, ".json");
	if (path)
		return path;
	names = shipped_names(kind, &count);
	fail(why,
		"no %s is named '%s'%s (see: nsobench list %s; a file of your own ends in "
		".json)",
		noun, name, did_you_mean(name, (const char *const *)names, count).text,
		kinds[kind].list);
	names_free(names, count);
	return NULL;
}

/* ---------------------------------------------------------------- reading -------------------- */

char *file_read(const char *path, size_t *size, struct why *why)
{
	struct stat st;
	char *text = NULL;
	int fd = file_open_regular(path, why);
	FILE *in = fd < 0 ? NULL : fdopen(fd, "rb");

	if (!in)
		return NULL;
	if (fstat(fd, &st))
		fail(why, "%s: %s", path, strerror(errno));
	else if (st.st_size > LARGEST)
		fail(why, "%s: %lld bytes, at most %d are read", path, (long long)st.st_size,
			(int)LARGEST);
	else if (!(text = calloc(1, (size_t)st.st_size + 1)))
		fail(why, "out of memory");
	else if ((*size = fread(text, 1, (size_t)st.st_size, in)) != (size_t)st.st_size) {
		fail(why, "%s: cannot be read whole", path);
		free(text);
		text = NULL;
	}
	fclose(in);
	return text;
}
