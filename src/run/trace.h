/* trace.h -- growing the columns of a record while its cell runs. */
#ifndef TRACE_H
#define TRACE_H

#include "run/cell.h"

/* What the harness itself writes of every run, in this order, after TRACE_WORK the calls by
 * kind (call_names); then come the method's own columns. */
enum { TRACE_STEP, TRACE_WORK, TRACE_F, TRACE_BEST, TRACE_AVERAGE, TRACE_GAP, TRACE_NAMES };
extern const char *const trace_names[TRACE_NAMES];

/* A new column, before the first point; its number, -1 when there are too many. */
int trace_column(struct record *r, const char *name);
/* A new point, every column NAN; -1 when memory is short. */
int trace_point(struct record *r, int with_x);
void trace_set(struct record *r, int column, double v); /* of the last point */

#endif
