/* manifest.h -- DIR/manifest.json: what a run was made of. */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "run/pool.h"

struct manifest {
	const struct plan *plan;
	const struct tally *tally; /* NULL while the run is under way */
	int argc, workers;
	char **argv;
	char start[32];    /* UTC */
	const char *shard; /* "2/8" or NULL */
};
void utc_now(char out[32]);
/* Written beside and renamed, so that it is never half there. */
int manifest_write(const char *folder, const struct manifest *m, struct why *why);
/* Adds a sentence to the "warnings" of the manifest in the folder, which whoever reads the
 * records says again. */
int manifest_warn(const char *folder, const char *text, struct why *why);
/* For --resume: the run in the folder is of this plan, or has no manifest; -1 and why, which
 * names both. */
int manifest_agrees(const char *folder, const struct plan *plan, struct why *why);
/* The command that made the run, "nsobench run" first, each word and the list freed by the
 * caller; NULL and why. */
char **manifest_command(const char *folder, int *count, struct why *why);
/* CPU model as the system names it, "unknown" if it does not. */
void cpu_name(char *out, size_t size);
const char *blas_kernel(void);

#endif
