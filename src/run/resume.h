/* resume.h -- what a file of records holds already: for --resume. */
#ifndef RESUME_H
#define RESUME_H

#include "run/plan.h"

/*
 * Clears todo[i] of each cell whose record stands in the file. Runs that were interrupted, or
 * ended by a signal 9 that was not ours, are run again: whoever sent it meant the process, not
 * the method. A line that is not a whole record counts for nothing; a last one without its end
 * is cut off, so that what is appended does not run on from it. fd is open for reading and
 * writing. -1 and why.
 */
int resume(int fd, const struct plan *plan, char *todo, struct why *why);

#endif
