/* trace.c -- the columns of a record: one row per grid point, each measure a column of its own.
 */
#include <config.h>
#include "run/trace.h"
#include <stdlib.h>

const char *const trace_names[TRACE_NAMES] = { "step", "work", "f", "best", "average", "gap" };

void record_free(struct record *r)
{
	for (size_t i = 0; i < r->columns; i++)
		free(r->column[i].v);
	free(r->seconds);
	free(r->x);
	r->columns = r->points = r->room = 0;
	r->seconds = r->x = NULL;
}

int trace_column(struct record *r, const char *name)
{
	if (r->columns == MAX_TRACE_COLUMNS)
		return -1;
	r->column[r->columns] = (struct column){ name, NULL };
	return (int)r->columns++;
}

static int grow(double **v, size_t count)
{
	double *more = realloc(*v, count * sizeof *more);

	if (!more)
		return -1;
	*v = more;
	return 0;
}

int trace_point(struct record *r, int with_x)
{
	size_t room = r->room ? 2 * r->room : 128;

	if (r->points == r->room) {
		for (size_t i = 0; i < r->columns; i++)
			if (grow(&r->column[i].v, room))
				return -1;
		if (grow(&r->seconds, room) || (with_x && grow(&r->x, room * r->n)))
			return -1;
		r->room = room;
	}
	for (size_t i = 0; i < r->columns; i++)
		r->column[i].v[r->points] = NAN;
	r->points++;
	return 0;
}

void trace_set(struct record *r, int column, double v)
{
	if (column >= 0)
		r->column[column].v[r->points - 1] = v;
}
