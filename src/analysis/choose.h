/* choose.h -- some of the records, in an order of one's own, under names of one's own. */
#ifndef CHOOSE_H
#define CHOOSE_H

#include "analysis/records.h"
#include "ground/text.h"

/* Whether a pattern fits: the label, the name, or "name:option=value,...", where name and
 * values may be shell patterns and numbers are compared as numbers. */
int entry_matches(const struct entry *e, const char *pattern);
/* Keeps the problems and methods that one of the patterns fits (none given: all), in the order
 * of the patterns; labels tell the rest apart. -1 and why: a pattern fits nothing. After
 * records_labels. */
int records_choose(struct records *r, const struct texts *problems, const struct texts *methods,
	struct why *why);
/* "PATTERN=LABEL": what the one entry that the pattern fits is called from now on. */
int records_rename(struct records *r, const struct texts *names, struct why *why);

#endif
