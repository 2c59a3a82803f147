/* lines.h -- a file of whole lines that several processes may append to. */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>

/* Appends a line with one write(2): 0, or an errno and a file as it was before. */
int lines_append(int fd, const char *line, size_t length);
int lines_cut_torn(
	int fd); /* what follows the last line break was not written to its end; -1: errno */

#endif
