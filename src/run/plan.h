/* plan.h -- the array of cells that a run works off. */
#ifndef PLAN_H
#define PLAN_H

#include "run/settings.h"

struct plan {
	struct cell *cell;
	size_t count, room;
	char *name, *title; /* of the suite */
	char *source;       /* the suite's text as it was read, NULL without a file */
};

struct choice { /* a problem or an optimizer with its options, and the settings that hang on it
		 */
	const struct nso_problem *problem;
	const struct nso_optimizer *optimizer;
	double opt[NSO_MAX_OPTIONS];
	const void *settings; /* the suite's object, or NULL */
};
struct choices {
	struct choice *at;
	size_t count, room;
};

/* What the command line says over a suite or without one. */
struct typed {
	struct texts problems, optimizers;
	const char *setting[SETTINGS]; /* by rows of the table; NULL: not given */
};

/* NAME[:opt=val,...] or a shell pattern; appends what matches. kind 'p' or 'o'. */
int choices_add(struct choices *list, char kind, const char *text, struct why *why);
int choices_append(struct choices *list, const struct choice *c); /* -1: memory */
void choices_free(struct choices *list);

/* Title of a suite file; owned by the caller, NULL if it cannot be read. */
char *suite_title(const char *path);

/* Unfolds suite (NULL: none); what is typed wins over it, and without a suite says all. */
int plan_make(struct plan *plan, const char *suite, const struct typed *typed, struct why *why);
void plan_free(struct plan *plan);

/* suite.c: unfolds a suite file. */
int suite_unfold(
	const char *path, const struct typed *typed, struct plan *plan, struct why *why);
/* Does anything of this run depend on its seed? If not, one seed says all. */
int cell_is_random(const struct cell *c);
int plan_drop_repeats(struct plan *plan); /* a cell that comes twice is run once; -1: memory */
int plan_append(struct plan *plan, const struct cell *cell);
/* 0, or -1 and why these options of the method do not go together. */
int plan_refuses(const struct nso_optimizer *o, const double *opt, struct why *why);
/* Adds the cells of two choices under the settings: instances times seeds. */
int plan_cross(struct plan *plan, const struct choice *p, const struct choice *o,
	const struct settings *s, struct why *why);

#endif
