/* records.h -- runs as they were recorded, by this program or another. */
#ifndef RECORDS_H
#define RECORDS_H

#include <cjson/cJSON.h>
#include "ground/calls.h"
#include "ground/arena.h"
#include "ground/why.h"

enum { RUN_SCHEMA_MAJOR = 1 };

/* A curve: length x width numbers, NAN where nothing is known. x has width n. */
struct curve {
	const char *name;
	size_t width;
	double *v;
};

/* What one run left. Unknown numbers are NAN, unknown texts "". */
struct run {
	size_t problem, method; /* index into the lists of struct records */
	double place;           /* of its cell in the plan, NAN unknown */
	const char *key, *status, *reason;
	/* what the method was given, and what it ran in: runs that differ here are not one
	 * method */
	const char *sampling, *build;
	double batch, noise, target;
	int instance;
	long long seed;
	double n, optimum, optimum_error, start, f, gap, best, best_gap;
	double steps, calls[CALL_KINDS];
	double work;      /* in passes over the whole function: counts times batch/terms */
	double wall, cpu; /* seconds */
	double budget, budget_steps, budget_epochs, budget_seconds;
	size_t length, columns;
	struct curve *column;
};

/* A problem with its options, or a method: optimizer, options, schedule, average, and those of
 * budget, target, batch, noise and build in which runs on one problem differ. */
struct entry {
	const char *id; /* all that sets it apart */
	const char *name, *title;
	const char *options; /* "lr=0.1,momentum=0.9" */
	const char *label;   /* title and the options that tell it from its like: unique in its
				list */
	const char *given;   /* the label that a user gave it, or NULL */
	const char *mark;    /* what it gets that others do not: "f*", "L"; "" if nothing */
	size_t pairs, options_only; /* pairs: with the settings behind the options, which every
				       label shows */
	const char **pair;          /* name, value, name, value ...: the options, interned */
	double n, optimum;          /* of a problem */
	double order; /* least number of a cell: the order of the suite, not of the workers */
	const char *traits;
};

struct records {
	char *folder;
	int heads; /* set by the caller: no curves are read */
	const char *const
		*columns; /* set by the caller: only these are read, ends in NULL; NULL: all */
	const char *tag;  /* what is read while this is set gets it as option `from` of its
			     methods */
	struct run *run;
	size_t runs, run_room;
	struct entry *problem, *method;
	size_t problems, problem_room, methods, method_room;
	struct names key, problem_id, method_id;
	size_t lost;     /* runs that stood in the files and could not be read */
	cJSON *manifest; /* NULL if there is none */
	const char **warning;
	size_t warnings, warning_room;
	struct arena arena;
};

/* Adds the runs in a folder (manifest.json, runs.jsonl or runs.jsonl.gz) or in one such file.
 * What other programs wrote is survived where it can be: unknown fields, missing columns,
 * damaged lines (counted in r->lost), keys that come twice (the later counts) end in a warning;
 * another MAJOR is refused, and so is what is no regular file. */
int records_read(struct records *r, const char *folder, struct why *why);
/* Lists of problems and methods in the order of the plan: workers end their cells in any order.
 */
int records_order(struct records *r); /* -1: no memory */
/* Keeps the runs on the first `problems` problems, and the problems and methods that have such;
 * -1: no memory. */
int records_keep(struct records *r, size_t problems);
int records_labels(struct records *r); /* after the last read; -1: no memory */
int records_name(struct records *r);   /* the labels alone, for fewer problems or methods */
void records_free(struct records *r);
int records_warn(struct records *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct run *records_find(struct records *r, const char *key); /* NULL: none has this key */
/* Splits methods whose runs on a problem differ in budget, target, batch, noise or build; -1:
 * no memory. */
int records_split(struct records *r);
/* The column, NULL where the run has none of that name. */
const struct curve *run_column(const struct run *run, const char *name);
const char *entry_option(
	const struct entry *e, const char *name); /* its value as text, or NULL */

#endif
