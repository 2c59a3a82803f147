/* report.h -- the report: one HTML file with tables, pictures, warnings. */
#ifndef REPORT_H
#define REPORT_H

#include "analysis/ranking.h"
#include "picture/figure.h"

/* Writes it; the pictures are the SVG files of fs, pictures[] as draw_kinds counts them; NULL:
 * gnuplot could not draw them, why_not says why. */
int report_write(FILE *out, const struct study *s, const struct ranking *r,
	const struct figures *fs, const size_t *pictures, const char *why_not, struct why *why);

#endif
