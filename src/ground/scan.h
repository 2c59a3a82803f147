/* scan.h -- numbers of a JSON text, several times faster than through a tree. */
#ifndef SCAN_H
#define SCAN_H

#include <stddef.h>

/* Each takes the place where it reads and returns the place behind what it read, NULL where the
 * text is not as expected. */
const char *scan_space(const char *p);
const char *scan_text(const char *p, const char **text, size_t *length); /* raw, escapes kept */
const char *scan_value(const char *p);                                   /* over any value */
/* Array of numbers and nulls, or of such arrays of one width: appended to *v (malloc'ed). */
struct numbers {
	double *v;
	size_t count, room, rows, width;
	int odd; /* not a rectangle of numbers: to be ignored */
};
const char *scan_numbers(const char *p, struct numbers *out);

/* The value of a member of the object at p; NULL: none of that name, or the object is torn
 * before it. */
const char *scan_member(const char *p, const char *name);

#endif
