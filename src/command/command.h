/* command.h -- what the commands share besides their arguments. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdint.h>
#include "analysis/study.h"
#include "command/arguments.h"

/* How records are looked at, for the commands that read them. */
struct view {
	double target;
	struct cost cost;
};
extern const struct argument view_arguments[]; /* --target, --cost */
void view_init(struct view *v);
void print_warnings(const struct records *r); /* on stderr */
/* The code of a command that did its work: EXIT_INPUT instead of 0 where runs could not be
 * read. */
int loss(int code, const struct records *r);
/* Which of the records, in which order, under which names. */
struct chosen {
	struct texts problems, optimizers, labels;
};
extern const struct argument chosen_arguments[]; /* -P, -O, --label */
/* Reads a folder and makes a study of it; warnings go to stderr. */
int open_study(struct study *s, struct records *r, const char *folder, const struct view *v,
	struct why *why);
/* The same of what was chosen: 0, or an exit code and why. */
int open_chosen(struct study *s, struct records *r, const char *folder, const struct view *v,
	const struct chosen *chosen, struct why *why);

/* How many workers run for how long, for the commands that run cells. */
struct running {
	long jobs;
	double timeout, memory;
	int quiet;
};
extern const struct argument running_arguments[]; /* -j, --timeout, --memory, -q */
void running_init(struct running *r);
struct pool_options; /* run/pool.h */
struct pool_options running_pool(const struct running *r);

/* "png,svg" to "png svg" at `at` (FORMATS bytes), each known and once; for a row that is
 * read. */
int read_formats(const char *text, void *at, struct why *why);

#endif
