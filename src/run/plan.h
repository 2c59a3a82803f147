/* plan.h -- the array of cells that a run works off. */
#ifndef PLAN_H
#define PLAN_H

#include "nsobench.h"
#include "ground/why.h"
#include "run/cell.h"


struct plan {
	struct cell *cell;
	size_t count, room;
	char *name, *title; /* of the suite */
	char *source;       /* the suite's text as it was read, NULL without a file */
};

struct choice { /* a problem or an optimizer with its options, and the settings that hang on it */
	const struct nso_problem *problem;
	const struct nso_optimizer *optimizer;
	double opt[NSO_MAX_OPTIONS];
	const void *settings; /* the suite's object, or NULL */
};
struct choices {
	struct choice *at;
	size_t count, room;
};

/* What the command line says over a suite or without one; unset fields are NULL, 0 or negative. */
struct override {
	const char **problems, **optimizers;
	size_t problem_count, optimizer_count;
	const char *schedule, *average, *trace, *measures, *instances;
	double work, steps, epochs, seconds, target, noise; /* NAN: not given */
	long batch, seeds;                                  /* -1: not given */
	int replacement, record_x;
};

/* NAME[:opt=val,...] or a shell pattern; appends what matches. kind 'p' or 'o'. */
int choices_add(struct choices *list, char kind, const char *text, struct why *why);
void choices_free(struct choices *list);

/* The file of a suite: a path, or the name of one that ships. Owned by the caller; NULL and why. */
char *suite_find(const char *name, struct why *why);
/* Names of the suites that ship, sorted; count through *count. Freed by the caller, each and all. */
char **suite_names(size_t *count);
/* The whole of a small file, terminated; owned by the caller; NULL and why. */
char *file_read(const char *path, struct why *why);
/* Title of a suite file; owned by the caller, NULL if it cannot be read. */
char *suite_title(const char *path);

/* Unfolds suite (NULL: none) with the overrides; NULL arguments of both kinds are taken from it. */
int plan_make(struct plan *plan, const char *suite, const struct override *over, struct why *why);
void plan_free(struct plan *plan);

/* suite.c: unfolds the text of a suite file. The callback gets each cell of the cross product. */
int suite_unfold(const char *path, const char *text, const struct override *over, struct plan *plan,
	struct why *why);
/* Does anything of this run depend on its seed? If not, one seed says all. */
int cell_is_random(const struct cell *c);
int plan_drop_repeats(struct plan *plan); /* a cell that comes twice is run once; -1: memory */
int plan_append(struct plan *plan, const struct cell *cell);
/* Cross product of the choices under the settings of `base` and the overrides. */
int plan_cross(struct plan *plan, const struct choice *p, const struct choice *o,
	const struct cell *base, const int *instances, size_t instance_count, const uint64_t *seeds,
	size_t seed_count, struct why *why);
int override_apply(const struct override *over, struct cell *cell, struct why *why);
/* "0,2,5-7" to a list; owned by the caller. */
int parse_list(const char *text, int **list, size_t *count, struct why *why);

#endif
