/* data.c -- where data files are found: as named, then in the data folder and its usual
 * subfolders, plain or gzipped. The folder is --data DIR or $NSOBENCH_DATA. */
#include <config.h>
#include "nsobench.h"
#include "ground/data.h"
#include "ground/find.h"
#include <sys/stat.h>
#include <unistd.h>

static const char *data_folder;

void data_folder_set(const char *path) { data_folder = path; }

static const char *folder(void)
{
	const char *shared;

	if (data_folder && *data_folder)
		return data_folder;
	shared = shipped_folder(DATA, 0);
	return shared && !access(shared, X_OK) ? shared : NULL;
}

/* A folder is no data file: it must not hide one of the same name elsewhere. */
static int readable(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISDIR(st.st_mode) && !access(path, R_OK);
}

int nso_data_path(const char *name, char *out, size_t size)
{
	static const char *const places[] = { "", "libsvm/", "mnist/", "fashion-mnist/",
		"cifar-10/", "cifar-100/", "text/" };
	static const char *const ends[] = { "", ".gz" };
	const char *dir = folder();

	for (size_t e = 0; e < 2; e++) {
		snprintf(out, size, "%s%s", name, ends[e]);
		if (readable(out))
			return 0;
	}
	for (size_t p = 0; dir && *name != '/' && p < sizeof places / sizeof *places; p++)
		for (size_t e = 0; e < 2; e++) {
			snprintf(out, size, "%s/%s%s%s", dir, places[p], name, ends[e]);
			if (readable(out))
				return 0;
		}
	snprintf(out, size, "no readable file '%s' here%s%s%s", name, dir ? " or under " : "",
		dir ? dir : "", dir ? "" : " (data folder: --data DIR or $NSOBENCH_DATA)");
	return -1;
}
