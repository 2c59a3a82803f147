/* ending.h -- how a process that runs a cell may end: by a limit, a signal, an exit; and the
 * record of it. */
#ifndef ENDING_H
#define ENDING_H

#include <sys/types.h>
#include "run/cell.h"

struct limits {
	double timeout;    /* seconds of one cell, INFINITY: none */
	double memory_mib; /* resident memory of the process that runs it, INFINITY: none */
};
double resident_mib(pid_t pid); /* resident memory of a process, 0 where unknown */
/* TIMEOUT or MEMORY where the process, busy since then, is beyond a limit; else RUNNING. */
enum status limit_broken(const struct limits *l, pid_t pid, double since);
/* The record of a cell whose process ended. killed: why it was made to end (TIMEOUT, MEMORY,
 * INTERRUPTED), RUNNING if it was not; how: as waitpid says; said: what it left instead of a
 * record, or NULL. */
void ending_record(struct record *r, const struct limits *l, enum status killed, int how,
	double seconds, const char *said);

#endif
