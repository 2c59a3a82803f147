/* libsvm.c -- rows in LIBSVM's text format, "label index:value ... # comment": Chang, Lin 2011;
 * the word qid:N of ranking data (SVMlight, Joachims 1999) is passed over. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "samples.h"

enum { MOST_COLUMNS = 100000000 };

struct reader {
	const struct file *f;
	struct samples *s;
	struct reason why;
	size_t line, row_room, room, used;
	int from; /* number of the first column */
};

static int refuse(const struct reader *r, const char *found, const char *expected)
{
	int length = (int)strcspn(found, " \t\r\n#");

	return refuse_data(r->why, "%.80s, line %zu: found \"%.*s\"%s, expected %s", r->f->name,
		r->line, length > 24 ? 24 : length, found, length > 24 ? "..." : "", expected);
}

static int grow_rows(struct reader *r)
{
	size_t room = r->row_room ? 2 * r->row_room : 1024;
	size_t *start = realloc(r->s->a.start, room * sizeof *start);
	double *y;

	if (start)
		r->s->a.start = start;
	y = realloc(r->s->y, room * sizeof *y);
	if (y)
		r->s->y = y;
	r->row_room = room;
	return start && y ? 0 : -1;
}

static int grow_entries(struct reader *r)
{
	size_t room = r->room ? 2 * r->room : 1 << 14;
	unsigned *col = realloc(r->s->a.col, room * sizeof *col);
	double *val;

	if (col)
		r->s->a.col = col;
	val = realloc(r->s->a.val, room * sizeof *val);
	if (val)
		r->s->a.val = val;
	r->room = room;
	return col && val ? 0 : -1;
}

static int grow(struct reader *r)
{
	if ((r->s->a.m + 2 > r->row_room && grow_rows(r)) ||
		(r->used == r->room && grow_entries(r)))
		return refuse_data(
			r->why, "%.80s, line %zu: not enough memory", r->f->name, r->line);
	return 0;
}

static int at_gap(const char *s) { return !*s || strchr(" \t\r\n#", *s) != NULL; }

/* A finite decimal number followed by a gap. strtod alone would take "0x1p3", "inf" and "nan".
 */
static int number(const char *s, const char **end, double *v)
{
	size_t length = strspn(s, "+-.0123456789eE");
	char *stop;

	*v = strtod(s, &stop);
	*end = stop;
	return length && stop == s + length && at_gap(stop) && isfinite(*v) ? 0 : -1;
}

static int label(struct reader *r, const char *s, const char **end)
{
	static const char expected[] = "a label: one finite number";

	if (number(s, end, &r->s->y[r->s->a.m]))
		return refuse(r, s, expected);
	s = *end + strspn(*end, " \t");
	if (!strncmp(s, "qid:", 4)) {
		*end = s + 4 + strspn(s + 4, "0123456789");
		if (*end == s + 4 || !at_gap(*end))
			return refuse(r, s, "qid: and a number");
	}
	return 0;
}

static int entry(struct reader *r, const char *s, const char **end, long *last)
{
	char *stop = (char *)s;
	long index = 0;
	double v;

	errno = 0;
	if (isdigit((unsigned char)*s))
		index = strtol(s, &stop, 10);
	if (stop == s || *stop != ':')
		return refuse(r, s, "index:value");
	index -= r->from;
	if (errno || index >= MOST_COLUMNS)
		return refuse(r, s, "an index up to 100000000");
	if (index < 0)
		return refuse(r, s,
			"an index from 1 on; the option index=zero reads files that count "
			"from 0");
	if (index <= *last)
		return refuse(r, s, "ascending indices, each once");
	if (number(stop + 1, end, &v))
		return refuse(r, s, "index:value with a finite value");
	*last = index;
	if (grow(r))
		return -1;
	r->s->a.col[r->used] = (unsigned)index;
	r->s->a.val[r->used++] = v;
	if ((size_t)index + 1 > r->s->a.n)
		r->s->a.n = (size_t)index + 1;
	return 0;
}

static const char *gap(const char *s) { return s + strspn(s, " \t"); }

static int row(struct reader *r, const char *s)
{
	const char *end;
	long last = -1;

	if (grow(r))
		return -1;
	r->s->a.start[r->s->a.m] = r->used;
	if (label(r, s, &end))
		return -1;
	for (s = gap(end); !strchr("\r\n#", *s); s = gap(end))
		if (entry(r, s, &end, &last))
			return -1;
	r->s->a.start[++r->s->a.m] = r->used;
	return 0;
}

static int parse(struct reader *r, const char *s)
{
	for (; *s; s += *s != 0) {
		r->line++;
		s = gap(s);
		if (!strchr("\r\n#", *s) && row(r, s))
			return -1;
		s += strcspn(s, "\r\n");
		s += *s == '\r' && s[1] == '\n';
	}
	if (r->s->a.m && r->s->a.n)
		return 0;
	return refuse_data(r->why, "%.80s: %s, expected LIBSVM rows \"label index:value ...\"",
		r->f->name, r->s->a.m ? "no row has an entry" : "the file is empty");
}

int read_libsvm(struct samples *s, const struct file *f, struct how how, struct reason why)
{
	struct reader r = { .f = f, .s = s, .why = why, .from = how.index != INDEX_ZERO };
	const char *text;

	*s = (struct samples){ 0 };
	if (!file_text(f, &text, why) && !parse(&r, text)) {
		snprintf(s->said, sizeof s->said, "LIBSVM format, columns counted from %d",
			r.from);
		return 0;
	}
	samples_free(s);
	return -1;
}
