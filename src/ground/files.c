/* files.c -- files that are written beside their target and renamed, and how others are read.
 */
#include <config.h>
#include "ground/files.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

void folder_of(const char *file, char *out, size_t size)
{
	const char *slash = strrchr(file, '/');

	if (slash)
		snprintf(out, size, "%.*s", slash == file ? 1 : (int)(slash - file), file);
	else
		snprintf(out, size, ".");
}

/* What stands at the target may be replaced, or written to as it stands; -1: neither. */
static int look(struct new_file *f, mode_t *mode, struct why *why)
{
	struct stat st, behind;

	*mode = 0;
	if (lstat(f->target, &st))
		return 0;
	if (S_ISREG(st.st_mode))
		*mode = st.st_mode & 07777;
	else if (S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode))
		f->in_place = 1;
	else if (!S_ISLNK(st.st_mode) ||
		 (!stat(f->target, &behind) && !S_ISREG(behind.st_mode)))
		return fail(why, "%s: cannot be written: it is no regular file", f->target);
	return 0;
}

static int open_beside(struct new_file *f)
{
	char folder[4096];
	uint64_t draw = 0;
	int fd, tries = 0;

	folder_of(f->target, folder, sizeof folder);
	do {
		if (getentropy(&draw, sizeof draw))
			return -1;
		if ((size_t)snprintf(f->beside, sizeof f->beside, "%s/.nsobench-%016" PRIx64,
			    folder, draw) >= sizeof f->beside) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = open(
			f->beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	} while (fd < 0 && errno == EEXIST && tries++ < 16);
	return fd;
}

int file_begin(struct new_file *f, const char *path, struct why *why)
{
	mode_t mode;
	int fd;

	*f = (struct new_file){ 0 };
	if ((size_t)snprintf(f->target, sizeof f->target, "%s", path) >= sizeof f->target)
		return fail(why, "%.60s...: the name is too long", path);
	if (look(f, &mode, why))
		return -1;
	fd = f->in_place ? open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC) : open_beside(f);
	if (fd < 0 || (mode && fchmod(fd, mode)) || !(f->stream = fdopen(fd, "wb"))) {
		int error = errno;

		if (fd >= 0)
			close(fd);
		file_abandon(f);
		return fail(why, "%s: cannot be written: %s", path, strerror(error));
	}
	return 0;
}

int file_commit(struct new_file *f, struct why *why)
{
	int bad = ferror(f->stream) || fflush(f->stream) ||
		  (f->durable && !f->in_place && fsync(fileno(f->stream)));
	int error = errno;

	if (fclose(f->stream) && !bad) {
		error = errno;
		bad = 1;
	}
	f->stream = NULL;
	if (!bad && !f->in_place && rename(f->beside, f->target)) {
		error = errno;
		bad = 1;
	}
	if (bad)
		file_abandon(f);
	*f->beside = 0;
	return bad ? fail(why, "%s: cannot be written: %s", f->target, strerror(error)) : 0;
}

void file_abandon(struct new_file *f)
{
	if (f->stream)
		fclose(f->stream);
	f->stream = NULL;
	if (*f->beside)
		unlink(f->beside);
	*f->beside = 0;
}

int file_write(const char *path, const char *text, size_t length, struct why *why)
{
	struct new_file f;

	if (file_begin(&f, path, why))
		return -1;
	fwrite(text, 1, length, f.stream);
	return file_commit(&f, why);
}

int folder_make(const char *path, struct why *why)
{
	struct stat st;

	if (!mkdir(path, 0777))
		return 0;
	if (errno != EEXIST)
		return fail(why, "%s: cannot be made: %s", path, strerror(errno));
	if (!lstat(path, &st) && S_ISLNK(st.st_mode))
		return fail(why,
			"%s: is a link, not followed; '%s/' names the folder behind it", path,
			path);
	return S_ISDIR(st.st_mode) ? 0 : fail(why, "%s: is there and no folder", path);
}

int folders_make(const char *path, struct why *why)
{
	char part[4096];

	if ((size_t)snprintf(part, sizeof part, "%s", path) >= sizeof part || !*path)
		return fail(why, "'%.60s' as a folder: expected a name of 1 to 4095 characters",
			path);
	for (char *c = part + 1;; c++)
		if (*c == '/' || !*c) {
			char was = *c;

			*c = 0;
			if (mkdir(part, 0777) && errno != EEXIST)
				return fail(
					why, "%s: cannot be made: %s", part, strerror(errno));
			*c = was;
			if (!was)
				return 0;
		}
}

int folder_private(const char *folder, char *out, size_t size, struct why *why)
{
	if ((size_t)snprintf(out, size, "%s/.nsobench-XXXXXX", folder) >= size)
		return fail(why, "%.60s...: the name is too long", folder);
	return mkdtemp(out) ? 0
			    : fail(why, "%s: cannot be written: %s", folder, strerror(errno));
}

void folder_remove(const char *path)
{
	char file[8192];
	struct dirent *entry;
	DIR *dir = opendir(path);

	while (dir && (entry = readdir(dir))) {
		snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
		unlink(file); /* fails for . and .. */
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

int file_open_regular(const char *path, struct why *why)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	struct stat st;

	if (fd < 0)
		return fail(why, "%s: %s", path, strerror(errno));
	if (!fstat(fd, &st) && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return fail(why, "%s: is no regular file%s", path,
		S_ISDIR(st.st_mode) ? " but a folder" : "");
}
