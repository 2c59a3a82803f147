/* find.h -- where the files that ship with the program lie. */
#ifndef FIND_H
#define FIND_H

#include <stddef.h>
#include "ground/why.h"

/* Kinds of files; each has a folder of its name under the roots. */
enum shipped { SUITES, CLAIMS, PLOTS, RESULTS, DATA, REPORT };

/* Folder number i of a kind: $NSOBENCH_SUITES (CLAIMS, ...) and $NSOBENCH_DATADIR/suites where
 * they are set, the installed one, the one in the source tree. NULL past the last. Valid until
 * the next call. */
const char *shipped_folder(enum shipped kind, size_t i);
/* Path of the file of that name, owned by the caller; NULL if there is none. */
char *shipped_file(enum shipped kind, const char *name, const char *ending);
/* Names of a kind's .json files, sorted, "papers/x" for one in a folder; freed with names_free.
 */
char **shipped_names(enum shipped kind, size_t *count);
void names_free(char **names, size_t count);
/* The .json file of a suite or a claim: a path that ends in .json, or the name of one that
 * ships. Owned by the caller; NULL and why, which says where to `list` them. */
char *shipped_find(enum shipped kind, const char *name, struct why *why);
/* The whole of a file of at most 64 MiB, a NUL behind its *size bytes; owned by the caller;
 * NULL and why. */
char *file_read(const char *path, size_t *size, struct why *why);

#endif
