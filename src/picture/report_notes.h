/* report_notes.h -- what stands in the report besides numbers. */
#ifndef REPORT_NOTES_H
#define REPORT_NOTES_H

#include "analysis/ranking.h"

const char *report_title(const struct records *r); /* the suite's name, else the folder's */
void report_setting(FILE *out, const struct study *s);
void report_command(FILE *out, const struct records *r);
/* why_not: no pictures could be drawn, or NULL. */
void report_warnings(
	FILE *out, const struct study *s, const struct ranking *r, const char *why_not);

#endif
