/* scratch.h -- each test in a folder of its own, which is the data folder. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <criterion/criterion.h>
#include "ground/data.h"
#include "leak.h"

static char folder[64];

static inline void enter(void)
{
	strcpy(folder, "/tmp/nsobench-table-XXXXXX");
	cr_assert_not_null(mkdtemp(folder), "a folder under /tmp");
	data_folder_set(folder);
}

static inline void leave(void)
{
	char command[200];

	snprintf(command, sizeof command, "chmod -R u+w %s && rm -rf %s", folder, folder);
	cr_expect_eq(system(command), 0, "%s", command);
	no_leak();
}

static inline const char *at(const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static inline void put_bytes(const char *name, const void *bytes, size_t length)
{
	FILE *f = fopen(at(name), "wb");

	cr_assert_not_null(f, "%s", at(name));
	cr_assert_eq(fwrite(bytes, 1, length, f), length, "%s", at(name));
	fclose(f);
}

static inline void put(const char *name, const char *bytes)
{
	put_bytes(name, bytes, strlen(bytes));
}

#endif
