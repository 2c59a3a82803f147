/* lines.h -- a file of whole lines that several processes may append to. */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>

/* Appends a line with one write(2): 0, or an errno and a file as it was before. */
int lines_append(int fd, const char *line, size_t length);
/* What was appended survives the loss of power from here on: 0 or an errno. */
int lines_sync(int fd);
int lines_cut_torn(
	int fd); /* what follows the last line break was not written to its end; -1: errno */

#endif
