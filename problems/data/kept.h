/* kept.h -- certified optimal values, kept in files beside the data. */
#ifndef DATA_KEPT_H
#define DATA_KEPT_H

#include <stddef.h>
#include <stdint.h>

struct kept {
	const char *path; /* of the data; the file is PATH.KEY.optimum */
	uint64_t key;
	size_t n;
	double value, error,
		*x; /* f(x), a bound of f(x) - f*, and x of length n, the caller's */
};

/* -1, and x undefined, where there is no such file, or it is not whole and of this key. A link
 * is not followed and a pipe not waited for. */
int kept_read(struct kept *k);
/* Under another name first, then renamed: readers see a whole file or none. What cannot be
 * written is not: a folder may be read-only. */
void kept_write(const struct kept *k);

#endif
