/* channel.c -- frames on a pipe. */
#include <config.h>
#include "ground/grow.h"
#include "ground/random.h"
#include "run/channel.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC UINT64_C(0x6e736f6672616d65)

static int reserve(struct bytes *b, size_t more)
{
	if (b->failed || more > SIZE_MAX / 4 - b->used ||
		room_for(&b->at, b->used + more, &b->room, 1))
		b->failed = 1;
	return -b->failed;
}

void bytes_add(struct bytes *b, const void *data, size_t length)
{
	if (!length || reserve(b, length))
		return;
	memcpy(b->at + b->used, data, length);
	b->used += length;
}

void bytes_free(struct bytes *b)
{
	free(b->at);
	*b = (struct bytes){ 0 };
}

static int write_all(int fd, const void *data, size_t length)
{
	const char *at = data;
	struct pollfd room = { fd, POLLOUT, 0 };
	ssize_t n;

	while (length) {
		n = write(fd, at, length);
		if (n < 0 && errno == EAGAIN)
			poll(&room, 1, -1);
		else if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			at += n;
			length -= (size_t)n;
		}
	}
	return 0;
}

int frame_send(int fd, size_t cell, const char *key, const struct bytes *payload)
{
	struct frame f;

	if (payload->failed)
		return -1;
	memset(&f, 0, sizeof f); /* the padding too */
	f.magic = MAGIC;
	f.cell = cell;
	f.length = payload->used;
	f.checksum = hash_bytes(HASH_START, payload->at, payload->used);
	strncpy(f.key, key, sizeof f.key - 1);
	return write_all(fd, &f, sizeof f) || write_all(fd, payload->at, payload->used) ? -1
											: 0;
}

int frame_receive(int fd, struct bytes *b)
{
	ssize_t n;

	if (b->room - b->used < 1 << 15 && reserve(b, 1 << 16))
		return 0;
	n = read(fd, b->at + b->used, b->room - b->used);
	if (n > 0)
		b->used += (size_t)n;
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* The head as far as it has come; 0 where it is not whole. */
static int head(const struct bytes *b, struct frame *f)
{
	memset(f, 0, sizeof *f);
	f->magic = MAGIC;
	memcpy(f, b->at, b->used < sizeof *f ? b->used : sizeof *f);
	return b->used >= sizeof *f;
}

int frame_is_noise(const struct bytes *b)
{
	struct frame f;
	int whole = b->used && head(b, &f);

	return b->failed || (b->used >= sizeof f.magic && f.magic != MAGIC) ||
	       (whole && b->used - sizeof f > f.length);
}

int frame_check(const struct bytes *b, size_t cell, const char *key, struct why *why)
{
	struct frame f;

	if (b->failed)
		return fail(why, "out of memory");
	if (!b->used)
		return 0;
	if (!head(b, &f))
		return b->used < sizeof f.magic || f.magic == MAGIC
			       ? 0
			       : fail(why, "it does not begin as one");
	if (f.magic != MAGIC)
		return fail(why, "it does not begin as one");
	if (f.cell != cell || strncmp(f.key, key, sizeof f.key))
		return fail(why, "it is of another cell");
	if (b->used - sizeof f < f.length)
		return 0;
	if (b->used - sizeof f > f.length)
		return fail(why, "more follows it");
	if (hash_bytes(HASH_START, frame_payload(b), f.length) != f.checksum)
		return fail(why, "its checksum is wrong");
	return 1;
}
