/* program.h -- plug-ins that are programs: found, described, started once in each process that
 * uses them, watched. Their entries are ordinary problems and optimizers. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "nsobench.h"
#include "ground/origin.h"
#include "ground/why.h"
#include "run/process.h"
#include "run/wire.h"

/* A process serves methods or problems, never both: no call comes while it waits for another.
 */
enum role { METHODS, PROBLEMS, ROLES };

struct link { /* a running process of a program */
	struct process process;
	struct wire wire;
	pid_t owner; /* who started it; a fork of that process must start its own */
	int running;
	unsigned round; /* how often it was started: what an earlier one held is lost */
	uint32_t last_id;
};

/* Entries of programs. The registry copies `entry`; its name stays where it is and tells whose
 * it is. */
struct program_method {
	struct nso_optimizer entry;
};
struct program_problem {
	struct nso_problem entry;
	unsigned offers;
};
enum {
	OFFERS_BATCH = 1 << 0,
	OFFERS_DRAW = 1 << 1,
	OFFERS_SCORE = 1 << 2,
	OFFERS_PROX = 1 << 3
};

/* What came of a description; the arrays and all in them live as long as the harness. */
struct description {
	struct program_method *method[64];
	struct program_problem *problem[64];
	size_t methods, problems;
};

struct program {
	const char *path, *name; /* absolute; and as users know it */
	const char *words[4];    /* what is executed; may point into line */
	char line[1024];         /* the file's first one */
	struct link link[ROLES];
	struct description brings;
};

/* Reads the text (and changes it). -1 and why: line, what was found, what was expected. */
int describe_parse(char *text, struct description *d, struct why *why);

void program_method_bind(struct program_method *m); /* fills in the functions */
void program_problem_bind(struct program_problem *q);

/* Describes the program and enters what it brings into the registry. -1 and why. */
int program_load(const struct origin *from, struct why *why);

/* What went wrong with a program since the last program_forget: the kind and one sentence. */
enum trouble {
	NO_TROUBLE,
	TROUBLE_REFUSED,
	TROUBLE_FAILED,
	TROUBLE_DIVERGED,
	TROUBLE_CRASHED,
	TROUBLE_TIMEOUT,
	TROUBLE_MEMORY
};
enum trouble program_trouble(char *reason, size_t size);
void program_forget(void);
/* What may explain a run that diverged: the last value that was no number; or "". */
const char *program_remark(void);
/* Starts the program behind the entry, if there is one: that it takes its time is not the
 * method's. */
void program_prepare(const struct nso_optimizer *o);
/* From now on: seconds until a program that does not answer is ended, its resident memory. */
void program_limits(double seconds, double mib);
/* Ends all programs that this process has started. */
void programs_stop(void);

/* ------------------------------------------------------------------ for the entries ----------- */

struct program *program_of(
	const char *name);           /* whose entry has this very name, by its address */
int program_keep(struct program *p); /* it lives as long as the harness; -1: too many */
void program_end(struct program *p, enum role role);
/* The process of that role, started if need be; NULL: trouble was noted. */
struct link *program_link(struct program *p, enum role role);
/* Sends a request (text may be NULL) and waits for the next frame. 0, or -1: trouble was noted
 * and the process is gone, or it answered ERROR, which is noted too. */
int program_call(struct program *p, struct link *l, struct wire_frame *f, const char *text);
/* Notes that it broke the protocol and ends it; -1. */
int program_nonsense(struct program *p, struct link *l, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Notes a trouble that leaves it running; -1. */
int program_note(struct program *p, enum trouble kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void program_remark_value(const struct program *p, double v);
/* The options as lines of a BEGIN or MAKE. */
struct text;
void program_options(struct text *t, const struct nso_option *table, const double *opt);
void program_number(
	struct text *t, const char *key, double v); /* "key 0.1\n", also nan and inf */

#endif
