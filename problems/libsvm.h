/* libsvm.h -- reads data sets in LIBSVM's text format, plain or gzipped. */
#ifndef LIBSVM_H
#define LIBSVM_H

#include "rows.h"

/*
 * Reads the classification data set at path: one row a line, "label index:value ...", indices
 * from 1 on and ascending, labels -1 and +1 or 0 and 1 (0 becomes -1). *label gets m numbers,
 * -1 or 1; both are the caller's to free. -1 and the file, the line, what was found and what
 * was expected in why (size bytes) on failure.
 */
int libsvm_read(const char *path, struct rows *a, double **label, char *why, size_t size);

#endif
