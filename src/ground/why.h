/* why.h -- why a call to the outside world failed: one sentence, for the user. */
#ifndef WHY_H
#define WHY_H

#include <stdio.h>

/* Functions that meet the outside world return -1 (or NULL) and leave one sentence in why. */
struct why {
	char text[640];
	int input; /* the fault lies in a file that was read, not in what was typed */
};
int fail(struct why *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
