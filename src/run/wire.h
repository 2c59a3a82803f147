/* wire.h -- nsobench-wire/1, the harness' end: frames of 64 bytes on a socket pair or in a
 * mailbox, vectors and texts in shared memory. docs/wire.md is the contract. */
#ifndef WIRE_H
#define WIRE_H

#include "nsobench.h"
#include "ground/why.h"

enum { WIRE_VERSION = 1, WIRE_MAILBOX = 1 };  /* the protocol; the features of a hello */
#define WIRE_MAGIC UINT64_C(0x6e736f77697265) /* "nsowire": also tells a foreign byte order */

enum verb {
	/* from the harness; each is answered by DONE or ERROR, hello by HELLO */
	HELLO = 1,
	DESCRIBE,
	QUIT,
	BEGIN = 8,
	STEP,
	END,
	MAKE = 16,
	START,
	EVAL,
	BATCH,
	SMOOTH,
	PROX,
	SCORE,
	DRAW,
	MINIMIZER,
	FREE,
	/* from the program */
	DONE = 32,
	ERROR,
	/* from the program between BEGIN or STEP and their DONE; each is answered by ANSWER */
	ASK_VALUE = 40,
	ASK_SUBGRADIENT,
	ASK_SMOOTH,
	ASK_PROX,
	ASK_RANDOM,
	ANSWER = 48
};

struct wire_frame {
	uint32_t verb, id;
	uint64_t a, b, c;
	double u, v;
	uint64_t length; /* of the text, in bytes */
	uint64_t count;  /* 1, 2, ... in each direction */
};

enum {                         /* places in the shared memory, bytes */
	WIRE_DOWN = 0,         /* the mailbox to the program */
	WIRE_DOWN_SLEEPS = 64, /* nonzero: it waits at the socket */
	WIRE_UP = 128,         /* the mailbox to the harness */
	WIRE_UP_SLEEPS = 192,
	WIRE_COLUMNS = 256, /* a method's trace columns, NSO_MAX_COLUMNS doubles */
	WIRE_TEXT = 4096,
	WIRE_VECTORS = 1 << 20
};

struct wire {
	int socket, shared;
	char *map;
	size_t size;
	int mailbox;             /* frames go through the mailboxes */
	uint64_t sent, received; /* frames so far */
	int impatient;           /* waits that go to sleep at once: the last one was long */
};

/* A new pair; *theirs is the program's end of the socket. -1 and why. */
int wire_open(struct wire *w, int *theirs, struct why *why);
void wire_close(struct wire *w); /* accepts a zeroed one */

/* Room for `vectors` vectors of n doubles; vector k then lies at wire_vector(). -1: no memory.
 */
int wire_room(struct wire *w, size_t vectors, size_t n);
size_t wire_stride(size_t n); /* bytes from one vector to the next */
double *wire_vector(const struct wire *w, size_t k, size_t n);
/* The n doubles at that offset; NULL where it is no place of a vector. */
double *wire_at(const struct wire *w, uint64_t offset, size_t n);
/* The text that came with a frame: valid until the next frame; NULL when it is too long. */
const char *wire_text(const struct wire *w, const struct wire_frame *f);

/* Numbers the frame and sends it; text may be NULL. -1: the other end is gone or text too long.
 */
int wire_send(struct wire *w, struct wire_frame *f, const char *text);
/* A frame that is there already: 1, else 0; -1: the socket's other end is closed or broken. */
int wire_take(struct wire *w, struct wire_frame *f);
/* Looks for a frame for some microseconds; 1: there it is. */
int wire_spin(struct wire *w, struct wire_frame *f);
/* Before and after poll() on w->socket; doze returns 1 when a frame is there after all. */
int wire_doze(struct wire *w);
void wire_wake(struct wire *w);

#endif
