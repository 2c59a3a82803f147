/* report.h -- the report: one HTML file that readers explore, with tables and warnings. */
#ifndef REPORT_H
#define REPORT_H

#include "analysis/ranking.h"
#include "picture/figure.h"

/* What a report shows besides the study. */
struct report {
	const struct figures *figures;
	const size_t *pictures; /* as draw_kinds counts them; NULL: none could be drawn, */
	const char *why_not;    /* for this reason; NULL: none were asked for */
	const int *highlit;     /* of each method: set apart; NULL: none is */
	double floor;           /* smaller gaps are drawn at it */
	const char *findings; /* HTML in front of all: what a study of its own found; or NULL */
	const char *progress; /* of a run that goes on, one line; or NULL */
	int live;             /* the page loads itself again */
};
/* At most 2 MB: where the curves of all runs take more, fewer runs bring theirs along, and the
 * page says so. */
int report_write(FILE *out, const struct study *s, const struct ranking *r,
	const struct report *report, struct why *why);
/* The same to a file, which is replaced when it is whole; ranks the methods. */
int report_file(
	const char *path, const struct study *s, const struct report *report, struct why *why);

#endif
