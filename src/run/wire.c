/* wire.c -- frames and shared memory of nsobench-wire/1. A frame costs a system call at each
 * end on the socket and 0.2 us in the mailbox, as long as the other side looks there: a side
 * that finds none for some microseconds says so and sleeps at the socket, until a byte wakes
 * it. */
#include <config.h>
#include "run/wire.h"
#include "run/cell.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

_Static_assert(sizeof(struct wire_frame) == 64, "a frame is one cache line");

/* Pure looking, then looking between offers of the processor to others: a program that waits
 * for this very core must get it. Longer waits than that are worth a system call. */
static const double spin_seconds = 3e-6, yield_seconds = 40e-6;
enum { LOOKS = 32, IMPATIENT = 16 };

/* ---------------------------------------------------------------- shared memory -------------- */

/* A file without a name: mappings of it grow, which those of POSIX' shm_open may not. */
static int unnamed_file(void)
{
#if defined HAVE_MEMFD_CREATE && defined F_SEAL_SHRINK
	int fd = memfd_create("nsobench-wire", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	/* a program that cuts the file would make the harness fault */
	if (fd >= 0)
		fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK);
	return fd;
#else
	char name[] = "/tmp/nsobench-wire-XXXXXX";
	int fd = mkstemp(name);

	if (fd >= 0) {
		unlink(name);
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
	return fd;
#endif
}

static int map(struct wire *w, size_t size)
{
	char *place;

	if (ftruncate(w->shared, (off_t)size))
		return -1;
	place = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, w->shared, 0);
	if (place == MAP_FAILED)
		return -1;
	if (w->map)
		munmap(w->map, w->size);
	w->map = place;
	w->size = size;
	return 0;
}

static uint64_t *count_at(const struct wire *w, size_t place)
{
	return &((struct wire_frame *)(void *)(w->map + place))->count;
}

int wire_open(struct wire *w, int *theirs, struct why *why)
{
	int pair[2];

	*w = (struct wire){ .socket = -1, .shared = unnamed_file() };
	if (w->shared < 0 || map(w, WIRE_VECTORS)) {
		wire_close(w);
		return fail(why, "shared memory: %s", strerror(errno));
	}
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) {
		wire_close(w);
		return fail(why, "socketpair: %s", strerror(errno));
	}
	*count_at(w, WIRE_UP) = 1; /* its hello, which comes by the socket */
	w->socket = pair[0];
	*theirs = pair[1];
	fcntl(pair[0], F_SETFD, FD_CLOEXEC);
	fcntl(pair[1], F_SETFD, FD_CLOEXEC);
	return 0;
}

void wire_close(struct wire *w)
{
	if (w->map)
		munmap(w->map, w->size);
	if (w->socket > 0)
		close(w->socket);
	if (w->shared > 0)
		close(w->shared);
	*w = (struct wire){ .socket = -1, .shared = -1 };
}

size_t wire_stride(size_t n) { return (n * sizeof(double) + 63) / 64 * 64; }

int wire_room(struct wire *w, size_t vectors, size_t n)
{
	size_t size = WIRE_VECTORS + vectors * wire_stride(n);

	return size <= w->size ? 0 : map(w, size);
}

double *wire_vector(const struct wire *w, size_t k, size_t n)
{
	return (double *)(void *)(w->map + WIRE_VECTORS + k * wire_stride(n));
}

double *wire_at(const struct wire *w, uint64_t offset, size_t n)
{
	if (offset < WIRE_VECTORS || offset % sizeof(double) || offset > w->size ||
		(w->size - offset) / sizeof(double) < n)
		return NULL;
	return (double *)(void *)(w->map + offset);
}

const char *wire_text(const struct wire *w, const struct wire_frame *f)
{
	if (f->length >= WIRE_VECTORS - WIRE_TEXT)
		return NULL;
	w->map[WIRE_TEXT + f->length] = 0;
	return w->map + WIRE_TEXT;
}

/* ---------------------------------------------------------------- frames --------------------- */

static uint32_t *sleeps_at(const struct wire *w, size_t place)
{
	return (uint32_t *)(void *)(w->map + place);
}

static int send_all(int fd, const void *what, size_t size)
{
	return send(fd, what, size, MSG_NOSIGNAL) == (ssize_t)size ? 0 : -1;
}

/* The count is written last: it tells that the rest is there. */
static int post(struct wire *w, const struct wire_frame *f)
{
	memcpy(w->map + WIRE_DOWN, f, offsetof(struct wire_frame, count));
	__atomic_store_n(count_at(w, WIRE_DOWN), f->count, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(sleeps_at(w, WIRE_DOWN_SLEEPS), __ATOMIC_SEQ_CST))
		return send_all(w->socket, "", 1);
	return 0;
}

int wire_send(struct wire *w, struct wire_frame *f, const char *text)
{
	f->length = text ? strlen(text) : 0;
	if (f->length >= WIRE_VECTORS - WIRE_TEXT)
		return -1;
	if (text)
		memcpy(w->map + WIRE_TEXT, text, f->length);
	f->count = ++w->sent;
	return w->mailbox ? post(w, f) : send_all(w->socket, f, sizeof *f);
}

static int take_mail(struct wire *w, struct wire_frame *f)
{
	if (__atomic_load_n(count_at(w, WIRE_UP), __ATOMIC_ACQUIRE) == w->received)
		return 0;
	memcpy(f, w->map + WIRE_UP, sizeof *f);
	w->received++;
	return 1;
}

int wire_take(struct wire *w, struct wire_frame *f)
{
	char bell[64];
	ssize_t got;

	if (w->mailbox && take_mail(w, f))
		return 1;
	if (w->mailbox)
		got = recv(w->socket, bell, sizeof bell, MSG_DONTWAIT);
	else
		got = recv(w->socket, f, sizeof *f, MSG_DONTWAIT | MSG_PEEK);
	if (got < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
	if (got == 0)
		return -1;
	if (w->mailbox)
		return take_mail(w, f);
	if (got < (ssize_t)sizeof *f)
		return 0;
	w->received++;
	return recv(w->socket, f, sizeof *f, 0) == sizeof *f ? 1 : -1;
}

/* ---------------------------------------------------------------- waiting -------------------- */

static inline void breathe(void)
{
#if defined __x86_64__ || defined __i386__
	__builtin_ia32_pause();
#endif
}

int wire_spin(struct wire *w, struct wire_frame *f)
{
	double start, passed = 0;

	if (!w->mailbox || w->impatient) {
		w->impatient -= w->impatient > 0;
		return wire_take(w, f) == 1;
	}
	for (start = seconds_now(); passed < yield_seconds; passed = seconds_now() - start) {
		for (int i = 0; i < LOOKS; i++) {
			if (take_mail(w, f))
				return 1;
			breathe();
		}
		if (passed > spin_seconds)
			sched_yield();
	}
	w->impatient = IMPATIENT;
	return 0;
}

int wire_doze(struct wire *w)
{
	if (!w->mailbox)
		return 0;
	__atomic_store_n(sleeps_at(w, WIRE_UP_SLEEPS), 1, __ATOMIC_SEQ_CST);
	return __atomic_load_n(count_at(w, WIRE_UP), __ATOMIC_SEQ_CST) != w->received;
}

void wire_wake(struct wire *w)
{
	if (w->mailbox)
		__atomic_store_n(sleeps_at(w, WIRE_UP_SLEEPS), 0, __ATOMIC_SEQ_CST);
}
