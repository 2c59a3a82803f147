/* curves.c -- the trace of a record: nearly all of its bytes, scanned straight into numbers. */
#include <string.h>
#include "analysis/reader.h"

enum { MOST_COLUMNS = 64 };

/* Others are stepped over, which takes a third of the time and no memory. */
static int is_wanted(const char *const *columns, const char *name, size_t length)
{
	for (size_t i = 0; columns && columns[i]; i++)
		if (strlen(columns[i]) == length && !strncmp(columns[i], name, length))
			return 1;
	return !columns;
}

const char *read_trace(struct reader *in, const char *p, struct run *run)
{
	struct curve column[MOST_COLUMNS];
	size_t rows[MOST_COLUMNS], columns = 0, length = 0, kept = 0;
	struct arena *a = &in->r->arena;

	if (*p++ != '{')
		return NULL;
	for (p = scan_space(p); *p != '}'; p = scan_space(p)) {
		const char *name;
		size_t size;

		if (!(p = scan_text(p, &name, &size)) || *(p = scan_space(p)) != ':')
			return NULL;
		p = scan_space(p + 1);
		if (*p != '[' || columns == MOST_COLUMNS ||
			!is_wanted(in->r->columns, name, size)) {
			p = scan_value(p);
		} else if ((p = scan_numbers(p, &in->numbers)) && !in->numbers.odd) {
			struct curve *c = &column[columns];
			size_t bytes = in->numbers.count * sizeof *c->v;

			rows[columns++] = in->numbers.rows;
			*c = (struct curve){ .name = arena_text(a, name, size),
				.width = in->numbers.width,
				.v = arena_take(a, bytes + 1) };
			if (!c->name || !c->v)
				return NULL;
			if (bytes)
				memcpy(c->v, in->numbers.v, bytes);
			if (!length || !strcmp(c->name, "step"))
				length = in->numbers.rows;
		}
		if (!p)
			return NULL;
		p = scan_space(p);
		if (*p == ',')
			p = scan_space(p + 1);
		else if (*p != '}')
			return NULL;
	}
	for (size_t i = 0; i < columns; i++)
		if (rows[i] == length && length)
			column[kept++] = column[i];
		else if (rows[i])
			in->uneven++;
	run->column = arena_take(a, (kept + 1) * sizeof *column);
	if (!run->column)
		return NULL;
	if (kept)
		memcpy(run->column, column, kept * sizeof *column);
	run->columns = kept;
	run->length = kept ? length : 0;
	return p + 1;
}
