/* origin.h -- where a problem or an optimizer comes from that is not built in. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include <stdint.h>

enum { MOST_GUESTS = 2048 };
struct origin {
	const char *path; /* of the plug-in; lives as long as the program */
	uint64_t build;   /* hash of that file: it enters the keys of its cells */
	int apart; /* its code runs inside this process: each of its cells gets one of its own
		    */
};
const struct origin *entry_origin(const void *entry); /* NULL for what is built in */
/* At most MOST_GUESTS of them: the registry sees to it. */
void origin_note(const void *entry, const struct origin *origin);

#endif
