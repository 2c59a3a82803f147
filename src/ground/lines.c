/* lines.c -- a file of records line by line, in one buffer that grows to the longest line. */
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include "ground/files.h"
#include "ground/lines.h"

enum { MOST_LINE = 1 << 29 }; /* bytes */

static const char *damage_of(gzFile file)
{
	int code = Z_OK;

	gzerror(file, &code);
	return code == Z_OK || code == Z_STREAM_END ? NULL
	       : code == Z_BUF_ERROR                ? "the compressed file is cut off"
	       : code == Z_DATA_ERROR               ? "the compressed file is damaged"
						    : "it cannot be read to its end";
}

struct buffer {
	char *text;
	size_t room, have;
	size_t number; /* of the lines that were handed out */
};

static int hand_out(struct buffer *b, char *text, size_t length, int whole,
	int (*each)(void *data, struct line *line, struct why *why), void *data,
	struct why *why)
{
	struct line line = {
		.text = text, .length = length, .number = ++b->number, .whole = whole
	};

	text[length] = 0;
	if (line.number == 1 && length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) {
		line.text += 3;
		line.length -= 3;
	}
	while (line.length && !*line.text) {
		line.zeros++;
		line.text++;
		line.length--;
	}
	return each(data, &line, why);
}

static int grow(struct buffer *b)
{
	size_t room = b->room ? 2 * b->room : 1 << 20;
	char *text = realloc(b->text, room + 1);

	if (!text)
		return -1;
	b->text = text;
	b->room = room;
	return 0;
}

static int read_all(struct buffer *b, gzFile file, const char *path,
	int (*each)(void *data, struct line *line, struct why *why), void *data,
	struct why *why)
{
	int got = 1, status = 0;
	size_t seen = 0; /* bytes without a newline */

	while (!status && got > 0) {
		char *p, *newline;

		if (b->have == b->room && b->room >= MOST_LINE)
			return fail(why, "%s, line %zu: longer than %d MiB, which no record is",
				path, b->number + 1, MOST_LINE >> 20);
		if (b->have == b->room && grow(b))
			return fail(why, "%s: out of memory", path);
		got = gzread(file, b->text + b->have, (unsigned)(b->room - b->have));
		b->have += got > 0 ? (size_t)got : 0;
		p = b->text;
		while (!status && (newline = memchr(p + seen, '\n',
					   b->have - (size_t)(p - b->text) - seen))) {
			status = hand_out(b, p, (size_t)(newline - p), 1, each, data, why);
			p = newline + 1;
			seen = 0;
		}
		seen = b->have -= (size_t)(p - b->text);
		memmove(b->text, p, b->have);
	}
	return status || !b->have ? status : hand_out(b, b->text, b->have, 0, each, data, why);
}

int lines_read(const char *path, int (*each)(void *data, struct line *line, struct why *why),
	void *data, const char **damage, struct why *why)
{
	struct buffer b = { 0 };
	int fd = file_open_regular(path, why), status;
	gzFile file = fd < 0 ? NULL : gzdopen(fd, "rb");

	if (!file) {
		if (fd >= 0)
			close(fd);
		return fd < 0 ? -1 : fail(why, "%s: out of memory", path);
	}
	gzbuffer(file, 1 << 18);
	status = read_all(&b, file, path, each, data, why);
	*damage = damage_of(file);
	gzclose(file);
	free(b.text);
	return status;
}
