/* kept.c -- certified optimal values in files beside the data: one line of numbers, then x, in
 * hexadecimal, so that reading gives back the same bits. */
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "kept.h"

static const char schema[] = "nsobench-optimum/1";
enum { MOST = 1000000 }; /* a longer x is not kept */

static int name(const struct kept *k, const char *ending, char *out, size_t size)
{
	int length =
		snprintf(out, size, "%s.%016" PRIx64 ".optimum%s", k->path, k->key, ending);

	return length > 0 && (size_t)length < size ? 0 : -1;
}

static int parse(FILE *f, struct kept *k)
{
	uint64_t key;
	size_t n;
	int end = 0;

	if (fscanf(f, "nsobench-optimum/1 %" SCNx64 " %zu %la %la", &key, &n, &k->value,
		    &k->error) != 4 ||
		key != k->key || n != k->n || isnan(k->error) || !(k->error >= 0) ||
		!isfinite(k->value))
		return -1;
	for (size_t j = 0; j < n; j++)
		if (fscanf(f, "%la", &k->x[j]) != 1 || !isfinite(k->x[j]))
			return -1;
	return fscanf(f, " end%n", &end) == EOF || end == 0 ? -1 : 0;
}

int kept_read(struct kept *k)
{
	char path[4200];
	struct stat st;
	FILE *f;
	int fd, status = -1;

	if (name(k, "", path, sizeof path))
		return -1;
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !(f = fdopen(fd, "r"))) {
		close(fd);
		return -1;
	}
	status = parse(f, k);
	fclose(f);
	return status;
}

static int print(FILE *f, const struct kept *k)
{
	fprintf(f, "%s %016" PRIx64 " %zu %a %a\n", schema, k->key, k->n, k->value, k->error);
	for (size_t j = 0; j < k->n; j++)
		fprintf(f, "%a\n", k->x[j]);
	fputs("end\n", f);
	return ferror(f);
}

/* Nobody may write there: it is meant so, and holds for root too. */
static int locked(const char *path)
{
	char folder[4096] = ".";
	const char *slash = strrchr(path, '/');
	struct stat st;

	if (slash)
		snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path),
			path);
	return stat(folder, &st) || !(st.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH));
}

void kept_write(const struct kept *k)
{
	char path[4200], part[4200], ending[40];
	FILE *f;
	int fd, bad;

	snprintf(ending, sizeof ending, ".%ld.part", (long)getpid());
	if (k->n > MOST || locked(k->path) || name(k, "", path, sizeof path) ||
		name(k, ending, part, sizeof part))
		return;
	fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return;
	f = fdopen(fd, "w");
	if (!f) {
		close(fd);
		unlink(part);
		return;
	}
	bad = print(f, k);
	bad |= fclose(f);
	if (bad || rename(part, path))
		unlink(part);
}
