/* libsvm.c -- reads data sets in LIBSVM's text format, plain or gzipped: Chang, Lin 2011. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "nsobench.h"
#include "libsvm.h"

struct reader {
	const char *path;
	size_t line;
	struct rows *a;
	double *label;
	size_t row_room, room, used;
	int zero_one, minus_one; /* which kind of negative label has been seen */
	char *why;
	size_t size;
};

/* The last part of the path: the reason has little room. */
static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int refuse(struct reader *r, const char *found, const char *expected)
{
	int length = (int)strcspn(found, " \t\r\n");

	snprintf(r->why, r->size, "%.80s, line %zu: found \"%.*s\"%s, expected %s",
		base(r->path), r->line, length > 24 ? 24 : length, found,
		length > 24 ? "..." : "", expected);
	return -1;
}

/* The whole file, uncompressed, with a 0 behind it. */
static char *slurp(const char *path, size_t *length, char *why, size_t size)
{
	gzFile file = gzopen(path, "rb");
	size_t room = 1 << 16, used = 0;
	char *text = NULL, *more;
	int got = 1, code;

	if (!file) {
		snprintf(why, size, "%.160s: cannot be opened: %s", path, strerror(errno));
		return NULL;
	}
	while (got > 0 && (more = realloc(text, room))) {
		size_t want = room - used - 1 < 1 << 30 ? room - used - 1 : 1 << 30;

		text = more;
		got = gzread(file, text + used, (unsigned)want);
		if (got > 0)
			used += (size_t)got;
		if (room - used < 2)
			room *= 2;
	}
	code = gzclose(file); /* Z_BUF_ERROR: the stream ended in its middle */
	if (got == 0 && code == Z_OK) {
		text[used] = 0;
		*length = used;
		return text;
	}
	free(text);
	snprintf(why, size, "%.80s: %s", base(path),
		got > 0 ? "memory is short"
		: code == Z_BUF_ERROR
			? "the gzip stream ends in its middle: expected a whole file"
			: "damaged gzip stream: expected LIBSVM text, plain or gzipped");
	return NULL;
}

static int grow(struct reader *r)
{
	if (r->a->m + 2 > r->row_room) {
		size_t room = r->row_room ? 2 * r->row_room : 1024;
		size_t *start = realloc(r->a->start, room * sizeof *start);
		double *label;

		if (start)
			r->a->start = start;
		label = realloc(r->label, room * sizeof *label);
		if (label)
			r->label = label;
		if (!start || !label)
			return -1;
		r->row_room = room;
	}
	if (r->used == r->room) {
		size_t room = r->room ? 2 * r->room : 1 << 14;
		unsigned *col = realloc(r->a->col, room * sizeof *col);
		double *val;

		if (col)
			r->a->col = col;
		val = realloc(r->a->val, room * sizeof *val);
		if (val)
			r->a->val = val;
		if (!col || !val)
			return -1;
		r->room = room;
	}
	return 0;
}

static int at_gap(const char *s) { return *s == 0 || *s == ' ' || *s == '\t'; }

/* A finite decimal number followed by a gap. strtod alone would take "0x1p3", "inf" and "nan".
 */
static int number(const char *s, char **end, double *v)
{
	size_t length = strspn(s, "+-.0123456789eE");

	*v = strtod(s, end);
	return length && *end == s + length && at_gap(*end) && isfinite(*v) ? 0 : -1;
}

static int label(struct reader *r, const char *s, char **end)
{
	static const char expected[] = "a label: -1 and +1, or 0 and 1";
	double v;

	if (number(s, end, &v) || (v != 0 && fabs(v) != 1))
		return refuse(r, s, expected);
	r->zero_one |= v == 0;
	r->minus_one |= v == -1;
	if (r->zero_one && r->minus_one)
		return refuse(r, s, "labels of one kind: -1 and +1, or 0 and 1, not both");
	r->label[r->a->m] = v > 0 ? 1 : -1;
	return 0;
}

static int entry(struct reader *r, const char *s, char **end, unsigned long *last)
{
	unsigned long index = 0;
	double v;

	errno = 0;
	*end = (char *)s;
	if (isdigit((unsigned char)*s))
		index = strtoul(s, end, 10);
	if (*end == s || **end != ':')
		return refuse(r, s, "index:value");
	if (errno || index > INT_MAX)
		return refuse(r, s, "an index up to 2147483647");
	if (index == 0)
		return refuse(r, s, "an index from 1 on");
	if (index <= *last)
		return refuse(r, s, "ascending indices");
	if (number(*end + 1, end, &v))
		return refuse(r, s, "index:value with a finite value");
	*last = index;
	if (grow(r))
		return -1;
	r->a->col[r->used] = (unsigned)(index - 1);
	r->a->val[r->used++] = v;
	if (index > r->a->n)
		r->a->n = index;
	return 0;
}

static int row(struct reader *r, char *s)
{
	unsigned long last = 0;
	char *end;

	if (grow(r))
		return -1;
	s += strspn(s, " \t");
	r->a->start[r->a->m] = r->used;
	if (label(r, s, &end))
		return -1;
	for (s = end + strspn(end, " \t"); *s; s = end + strspn(end, " \t"))
		if (entry(r, s, &end, &last))
			return -1;
	r->a->start[++r->a->m] = r->used;
	return 0;
}

static int parse(struct reader *r, char *text, size_t length)
{
	for (char *s = text, *next; s < text + length; s = next) {
		char *end = memchr(s, '\n', (size_t)(text + length - s));

		if (!end)
			end = text + length;
		next = end + 1;
		r->line++;
		*end = 0;
		if (strlen(s) != (size_t)(end - s))
			return refuse(r, s, "text, not binary data");
		if (end > s && end[-1] == '\r')
			end[-1] = 0;
		if (row(r, s))
			return -1;
	}
	if (r->a->m && r->a->n)
		return 0;
	snprintf(r->why, r->size, "%.80s: %s, expected LIBSVM rows \"label index:value ...\"",
		base(r->path), r->a->m ? "no row has an entry" : "the file is empty");
	return -1;
}

int libsvm_read(const char *path, struct rows *a, double **out, char *why, size_t size)
{
	struct reader r = { .path = path, .a = a, .why = why, .size = size };
	size_t length = 0;
	char *text;

	*a = (struct rows){ 0 };
	*out = NULL;
	snprintf(why, size, "%.80s: memory is short", base(path));
	text = slurp(path, &length, why, size);
	if (text && !parse(&r, text, length)) {
		free(text);
		*out = r.label;
		why[0] = 0;
		return 0;
	}
	free(text);
	free(r.label);
	rows_free(a);
	return -1;
}
