/* process.h -- a program of somebody else's, started with two descriptors and no way to our
 * output. */
#ifndef PROCESS_H
#define PROCESS_H

#include <sys/types.h>
#include "nsobench.h"
#include "ground/why.h"

enum { PROCESS_TAIL = 2048 };

struct process {
	pid_t keeper;         /* leader of the group that the program and its children are in */
	pid_t pid;            /* the program */
	int leash;            /* to the keeper: closing it ends the group */
	int output;           /* its stdout and stderr */
	int gone, how;        /* it has ended, with this wait status */
	size_t used, written; /* of tail; bytes of output in all */
	char tail[PROCESS_TAIL]; /* the end of its output */
};

/* How to start the file: argv for exec, NULL-terminated, in words[4]; buffer is theirs. Obeys
 * the first line (#!), and knows Python's ending. -1: the file is no program. */
int program_command(const char *path, const char *words[4], char *buffer, size_t size);

/* Starts it with `socket` as descriptor 3 and `shared` as 4, named in its environment. Both
 * stay open here. -1 and why. A file that cannot be executed is a process that ends at once. */
int process_start(
	struct process *p, const char *const *words, int socket, int shared, struct why *why);
/* Reads what it printed and whether it has ended; never waits. */
void process_look(struct process *p);
void process_kill(struct process *p); /* the whole group; then nothing of it is left */
/* "exit code 3" or "signal 9 (Killed)", and its last lines: "; its last lines: a | b". */
void process_end_text(const struct process *p, char *out, size_t size);
void process_last_lines(const struct process *p, char *out, size_t size);
double process_mib(const struct process *p); /* resident memory, 0 where unknown */

#endif
