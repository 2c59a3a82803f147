/* file.c -- a data file whole in memory, plain or gzipped (zlib reads both). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "data.h"

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int slurp(struct file *f, gzFile in, struct reason why)
{
	size_t room = 1 << 16;
	int got, code;

	do {
		uint8_t *more = realloc(f->bytes, room);

		if (!more)
			return refuse_data(why, "%.80s: not enough memory after %zu bytes", f->name,
				f->length);
		f->bytes = more;
		more += f->length;
		got = gzread(in, more, (unsigned)(room - f->length - 1 > 1 << 30 ?
			1 << 30 : room - f->length - 1));
		if (got > 0)
			f->length += (size_t)got;
		if (room - f->length < 2)
			room *= 2;
	} while (got > 0);
	gzerror(in, &code);
	f->bytes[f->length] = 0;
	f->torn = code == Z_BUF_ERROR;
	if (got < 0 && !f->torn)
		return refuse_data(why,
			"%.80s: damaged gzip stream after %zu inflated bytes, expected a whole one",
			f->name, f->length);
	return 0;
}

int file_open(struct file *f, const char *path, struct reason why)
{
	char place[4096];
	gzFile in;
	int status;

	*f = (struct file){ 0 };
	if (nso_data_path(path, place, sizeof place))
		return refuse_data(why, "%.220s", place);
	snprintf(f->name, sizeof f->name, "%.127s", base(place));
	in = gzopen(place, "rb");
	if (!in)
		return refuse_data(why, "%.160s: cannot be opened: %s", place, strerror(errno));
	status = slurp(f, in, why);
	gzclose(in);
	if (status)
		file_close(f);
	return status;
}

void file_close(struct file *f)
{
	free(f->bytes);
	f->bytes = NULL;
}
