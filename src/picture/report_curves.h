/* report_curves.h -- the curves of the report: thinned, in whole numbers, each told from the
 * point before it. */
#ifndef REPORT_CURVES_H
#define REPORT_CURVES_H

#include "picture/report_data.h"
#include "picture/thin.h"

/* Steps of a value, so many a decade or a range: 4 digits, a quarter of a pixel. The page's
 * script knows A_DECADE too. */
enum { A_DECADE = 4343, A_RANGE = 8000 };

/* A column of the traces, and on what scale it is drawn: on that of its problem. */
struct shown_column {
	const char *name;    /* "gap": that of the tracks, relative and never rising */
	struct scale *scale; /* of each problem */
	int linear;          /* some value is below 0: no logarithms */
};
enum axis { AXIS_COST, AXIS_STEPS, AXIS_SECONDS, AXES };
struct curves {
	const struct study *s;
	double floor;
	struct shown_column *column;
	size_t columns;
	struct scale *axis; /* problems x AXES */
};
int curves_make(struct curves *c, const struct study *s, double floor); /* -1: no memory */
void curves_free(struct curves *c);
/* A JSON array: index, value, and for all that follow the differences; 0 where the track has no
 * such column. -1: no memory. */
int curve_write(const struct curves *c, const struct shown_column *column,
	const struct track *track, struct text *t);
/* Cost or seconds against steps: between the points that stand it is linear in steps. Cost:
 * index, value, index, value ...; seconds: as a curve. */
int axis_write(
	const struct curves *c, enum axis axis, const struct track *track, struct text *t);
double track_step(const struct track *t, size_t i);

#endif
