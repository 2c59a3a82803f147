/* lines.c -- appending whole lines. The lock is for runs that share a file: shards with
 * --resume. */
#include <config.h>
#include "run/lines.h"
#include <errno.h>
#include <unistd.h>
#include <sys/file.h>

/* None is left half there: what a full disk took of one is cut off again. */
int lines_append(int fd, const char *line, size_t length)
{
	off_t end;
	ssize_t written;
	int error;

	if (!length)
		return ENOMEM;
	flock(fd, LOCK_EX);
	end = lseek(fd, 0, SEEK_END);
	written = write(fd, line, length);
	error = written < 0 ? errno : written != (ssize_t)length ? ENOSPC : 0;
	if (written > 0 && error && end >= 0 && ftruncate(fd, end))
		error = errno;
	flock(fd, LOCK_UN);
	return error;
}

/* A pipe or a device has nothing to keep. */
int lines_sync(int fd)
{
	while (fdatasync(fd))
		if (errno != EINTR)
			return errno == EINVAL || errno == EROFS ? 0 : errno;
	return 0;
}

/* Where the last line ends; behind it stands what was not written to its end. */
static off_t last_end(int fd)
{
	char block[4096];
	off_t end = lseek(fd, 0, SEEK_END);
	ssize_t n;

	while (end > 0) {
		off_t start = end > (off_t)sizeof block ? end - (off_t)sizeof block : 0;

		n = pread(fd, block, (size_t)(end - start), start);
		if (n != end - start)
			return -1;
		while (n > 0 && block[n - 1] != '\n')
			n--;
		if (n > 0)
			return start + n;
		end = start;
	}
	return end;
}

int lines_cut_torn(int fd)
{
	off_t end;
	int bad;

	flock(fd, LOCK_EX); /* another run may be writing its line */
	end = last_end(fd);
	bad = end < 0 || (end < lseek(fd, 0, SEEK_END) && ftruncate(fd, end));
	flock(fd, LOCK_UN);
	return bad;
}
