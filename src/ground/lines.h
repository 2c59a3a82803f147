/* lines.h -- the lines of a file of records, plain or gzipped. */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>
#include "ground/why.h"

struct line {
	char *text;    /* terminated, without newline and byte order mark; may be changed */
	size_t length; /* a NUL within is damage */
	size_t number; /* from 1 */
	size_t zeros;  /* NUL bytes that stood before it, as a power cut leaves them */
	int whole;     /* it ended in a newline */
};
/* Calls each with every line of a regular file until it returns no 0, which is returned. -1 and
 * why where the file cannot be opened or a line is longer than any record; *damage (NULL: none)
 * says how a file that was read ended before its time. */
int lines_read(const char *path, int (*each)(void *data, struct line *line, struct why *why),
	void *data, const char **damage, struct why *why);

#endif
