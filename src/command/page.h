/* page.h -- the report of a folder without gnuplot's pictures: after a search, and while a run
 * goes on. */
#ifndef PAGE_H
#define PAGE_H

#include "command/command.h"
#include "picture/report.h"

/* Writes folder/report.html anew from the records there: beside it, then renamed. what: the
 * findings, progress and live of the page, or NULL; the rest is set here. Warnings of the
 * records stand in the page, not on stderr. */
int page_write(const char *folder, const struct view *view, const struct report *what,
	struct why *why);

/* The page of a run that goes on. It is written where the run hands out its cells, which wait
 * for it: a page that takes longer comes less often. */
struct live {
	const char *folder;
	double next; /* when, in seconds */
	int failed;  /* it could not be written, which was said: the run goes on without */
};
struct tally;
void live_start(struct live *l, const char *folder);
void live_pulse(void *live, const struct tally *t);   /* writes when it is time */
void live_end(struct live *l, const struct tally *t); /* the last one */

#endif
