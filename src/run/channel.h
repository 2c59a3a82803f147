/* channel.h -- what one process tells another of a cell: a frame with its length, the cell, the
 * cell's key and a checksum, so that a broken process cannot pass for one that did its work. */
#ifndef CHANNEL_H
#define CHANNEL_H

#include <stddef.h>
#include <stdint.h>
#include "ground/why.h"

struct bytes { /* growing; what is to be sent, or has come */
	char *at;
	size_t used, room;
	int failed; /* memory was short: what is here is incomplete */
};
void bytes_add(struct bytes *b, const void *data, size_t length);
void bytes_free(struct bytes *b);

enum { KEY = 17 };
struct frame {
	uint64_t magic, cell, length, checksum; /* of what follows it */
	char key[KEY];
};
/* Writes all of it, also to a pipe that is full for a while; -1 where nobody reads, or
 * incomplete. */
int frame_send(int fd, size_t cell, const char *key, const struct bytes *payload);
/* Reads what is there without waiting: 1 more may come, 0 the end. */
int frame_receive(int fd, struct bytes *b);
/* Whatever follows, this will not be a frame, or more than one. */
int frame_is_noise(const struct bytes *b);
/* What has come so far: 1 a whole frame of this cell, 0 not yet, -1 it is none, and why. */
int frame_check(const struct bytes *b, size_t cell, const char *key, struct why *why);
/* The payload of a whole frame. */
static inline const char *frame_payload(const struct bytes *b)
{
	return b->at + sizeof(struct frame);
}
static inline size_t frame_length(const struct bytes *b)
{
	return b->used - sizeof(struct frame);
}

#endif
