/* watch.h -- the stationarity measures along a run: what a cell asked for, as trace columns. */
#ifndef WATCH_H
#define WATCH_H

#include "run/cell.h"

struct watch;

/* Adds the columns of the cell's measures to the record; NULL when memory is short. */
struct watch *watch_new(
	const struct cell *c, const struct instance *in, const double *start, struct record *r);
/* Fills them for the record's last point, the iterate x with value f. Changes nothing of the
 * run. */
void watch_measure(struct watch *w, struct record *r, const double *x, double f);
void watch_free(struct watch *w);
/* Is it a column of the harness (trace.h, the measures, x, seconds)? All others are what
 * methods report. */
int column_is_ours(const char *name);

#endif
