/* parcel.c -- a record as bytes: its numbers, the names of its columns, its columns. Only
 * numbers come from the process that ran the cell; the words of a line are put together from
 * the plan. */
#include <config.h>
#include "run/parcel.h"
#include <stdlib.h>
#include <string.h>

enum { NAME = 64 };

void parcel_pack(struct bytes *b, const struct record *r)
{
	size_t column = r->points * sizeof(double);
	char name[NAME];

	bytes_add(b, r, sizeof *r);
	for (size_t i = 0; i < r->columns; i++) {
		memset(name, 0, sizeof name);
		strncpy(name, r->column[i].name, sizeof name - 1);
		bytes_add(b, name, sizeof name);
	}
	for (size_t i = 0; i < r->columns; i++)
		bytes_add(b, r->column[i].v, column);
	bytes_add(b, r->seconds, r->seconds ? column : 0);
	bytes_add(b, r->x, r->x ? column * r->n : 0);
}

/* The next column of a parcel, as the record's own. */
static double *take(const char **at, size_t count)
{
	double *v = malloc(count * sizeof *v + 1);

	if (v && count)
		memcpy(v, *at, count * sizeof *v);
	*at += count * sizeof *v;
	return v;
}

static int well_formed(const struct record *r, size_t length, int x)
{
	size_t most = length / sizeof(double), columns = r->columns + (r->seconds != NULL);

	if (r->status <= RUNNING || r->status > SKIPPED ||
		!memchr(r->reason, 0, sizeof r->reason))
		return 0;
	if (r->columns > MAX_TRACE_COLUMNS || r->points > most ||
		(x && r->points && r->n > most / r->points))
		return 0;
	return length == sizeof *r + r->columns * NAME +
				 (columns + (x ? r->n : 0)) * r->points * sizeof(double);
}

static int copy(struct record *r, const char *at, int seconds, int x)
{
	int short_of_memory = 0;

	for (size_t i = 0; i < r->columns; i++, at += NAME)
		r->column[i].name = at;
	for (size_t i = 0; i < r->columns; i++)
		short_of_memory |= !(r->column[i].v = take(&at, r->points));
	if (seconds)
		short_of_memory |= !(r->seconds = take(&at, r->points));
	if (x)
		short_of_memory |= !(r->x = take(&at, r->points * r->n));
	return short_of_memory;
}

int parcel_open(struct record *r, const char *at, size_t length, struct why *why)
{
	int seconds, x;

	if (length >= sizeof *r)
		memcpy(r, at, sizeof *r);
	if (length < sizeof *r || !well_formed(r, length, r->x != NULL)) {
		*r = (struct record){ 0 };
		return fail(why, "its parts do not fit together");
	}
	seconds = r->seconds != NULL;
	x = r->x != NULL;
	r->seconds = r->x = NULL;
	memset(r->column, 0, sizeof r->column);
	at += sizeof *r;
	for (size_t i = 0; i < r->columns; i++)
		if (!memchr(at + i * NAME, 0, NAME)) {
			r->columns = 0;
			return fail(why, "its columns have no names");
		}
	if (copy(r, at, seconds, x)) {
		record_free(r);
		return fail(why, "out of memory");
	}
	return 0;
}
