/* file.c -- a data file whole in memory, plain or gzipped. What a gzip member ends with (RFC
 * 1952: CRC-32 and length) is checked by inflate itself: gzread's answers to cut and trailing
 * bytes differ between versions of zlib. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include "file.h"
#include "nsobench.h"

int refuse_data(struct reason why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why.text, why.size, format, args);
	va_end(args);
	return -1;
}

uint64_t data_hash(uint64_t h, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < length; i++)
		h = (h ^ at[i]) * UINT64_C(0x100000001b3);
	return h ^ h >> 29;
}

static int short_of_memory(const struct file *f, struct reason why)
{
	return refuse_data(why, "%.80s: not enough memory after %zu bytes", f->name, f->length);
}

/* ------------------------------------------------------------------ gzip
 * ---------------------- */

static int is_gzip(const uint8_t *raw, size_t length)
{
	return length >= 2 && raw[0] == 0x1f && raw[1] == 0x8b;
}

/* One member: 1 when it is whole, 0 when the input ends before it does, -1 when it is damaged.
 */
static int member(struct file *f, z_stream *z, size_t *room)
{
	int code;

	do {
		if (*room - f->length < 2) {
			uint8_t *more = realloc(f->bytes, 2 * *room);

			if (!more)
				return -2;
			f->bytes = more;
			*room *= 2;
		}
		z->next_out = f->bytes + f->length;
		z->avail_out = (uInt)(*room - f->length - 1 > 1 << 30 ? 1 << 30
								      : *room - f->length - 1);
		code = inflate(z, Z_NO_FLUSH);
		f->length = (size_t)(z->next_out - f->bytes);
	} while (code == Z_OK && (z->avail_in || !z->avail_out));
	return code == Z_STREAM_END ? 1 : code == Z_OK || code == Z_BUF_ERROR ? 0 : -1;
}

static int inflate_all(struct file *f, uint8_t *raw, size_t length, struct reason why)
{
	z_stream z = { .next_in = raw, .avail_in = (uInt)length };
	size_t room = 1 << 16;
	int status;

	f->bytes = malloc(room);
	if (length > UINT32_MAX || !f->bytes || inflateInit2(&z, 15 + 16) != Z_OK)
		return length > UINT32_MAX ? refuse_data(why,
						     "%.80s: %zu gzipped bytes, expected less "
						     "than 4 GiB",
						     f->name, length)
					   : short_of_memory(f, why);
	while ((status = member(f, &z, &room)) == 1 && is_gzip(z.next_in, z.avail_in))
		inflateReset(&z);
	inflateEnd(&z);
	if (status == -2)
		return short_of_memory(f, why);
	if (status < 0)
		return refuse_data(why,
			"%.80s: damaged gzip stream after %zu inflated bytes, "
			"expected a whole one",
			f->name, f->length);
	if (status == 1 && z.avail_in)
		return refuse_data(why,
			"%.80s, offset %zu: %u bytes behind the end of the gzip stream, "
			"expected none",
			f->name, length - z.avail_in, z.avail_in);
	f->bytes[f->length] = 0;
	f->flaw = status ? "" : " (the gzip stream ends in its middle)";
	return 0;
}

/* ------------------------------------------------------------------ the file
 * ------------------ */

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int named_gzip(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && !strcmp(name + n - 3, ".gz");
}

int file_take(struct file *f, const char *name, uint8_t *raw, size_t length, struct reason why)
{
	int status = 0;

	*f = (struct file){ .flaw = "" };
	snprintf(f->name, sizeof f->name, "%.127s", base(name));
	if (is_gzip(raw, length)) {
		status = inflate_all(f, raw, length, why);
		free(raw);
	} else {
		f->bytes = raw;
		f->length = length;
		raw[length] = 0;
		if (named_gzip(name))
			status = refuse_data(why,
				"%.80s: %zu bytes that are no gzip stream, expected one",
				f->name, length);
	}
	if (status)
		file_close(f);
	return status;
}

/* All of a regular file, with room for a 0 behind it. */
static uint8_t *slurp(int fd, const char *path, size_t *length, struct reason why)
{
	struct stat st;
	uint8_t *raw;
	ssize_t got = 1;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		refuse_data(why, "%.160s is no regular file", path);
		return NULL;
	}
	raw = malloc((size_t)st.st_size + 1);
	if (!raw) {
		refuse_data(why, "%.160s: not enough memory for %lld bytes", path,
			(long long)st.st_size);
		return NULL;
	}
	for (*length = 0; got > 0 && *length < (size_t)st.st_size; *length += (size_t)got) {
		got = read(fd, raw + *length, (size_t)st.st_size - *length);
		if (got >= 0)
			continue;
		refuse_data(why, "%.160s: cannot be read: %s", path, strerror(errno));
		free(raw);
		return NULL;
	}
	return raw;
}

int file_open(struct file *f, const char *path, struct reason why)
{
	char place[4096];
	size_t length;
	uint8_t *raw;
	int fd, status;

	*f = (struct file){ .flaw = "" };
	if (nso_data_path(path, place, sizeof place))
		return refuse_data(why, "%.220s", place);
	fd = open(place, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a pipe must not hang */
	if (fd < 0)
		return refuse_data(why, "%.160s: cannot be opened: %s", place, strerror(errno));
	raw = slurp(fd, place, &length, why);
	close(fd);
	status = raw ? file_take(f, place, raw, length, why) : -1;
	if (!status)
		snprintf(f->path, sizeof f->path, "%s", place);
	return status;
}

void file_close(struct file *f)
{
	free(f->bytes);
	f->bytes = NULL;
}

int file_text(const struct file *f, const char **text, struct reason why)
{
	size_t length = strlen((const char *)f->bytes);

	if (*f->flaw)
		return refuse_data(why, "%.80s: %zu bytes%s", f->name, f->length, f->flaw);
	if (f->length >= 2 && ((f->bytes[0] == 0xff && f->bytes[1] == 0xfe) ||
				      (f->bytes[0] == 0xfe && f->bytes[1] == 0xff)))
		return refuse_data(
			why, "%.80s, offset 0: UTF-16, expected ASCII or UTF-8", f->name);
	if (length != f->length)
		return refuse_data(
			why, "%.80s, offset %zu: a zero byte, expected text", f->name, length);
	*text = (const char *)f->bytes +
		(strncmp((const char *)f->bytes, "\xef\xbb\xbf", 3) ? 0 : 3);
	return 0;
}
