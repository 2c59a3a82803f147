/* progress.h -- a progress bar on a terminal, else a line every ten seconds, on stderr. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "run/pool.h"

struct progress;
struct progress *progress_new(size_t cells); /* NULL is fine everywhere: no progress is shown */
void progress_step(struct progress *p, const struct tally *t);
void progress_tick(struct progress *p, const struct tally *t);
void progress_free(struct progress *p, const struct tally *t);
/* Cells that crashed, failed, or were stopped at a limit. */
size_t tally_failures(const struct tally *t);

#endif
