/* tune.h -- equal-budget search for settings: as many trials, instances and seeds for every
 * method. */
#ifndef TUNE_H
#define TUNE_H

#include "analysis/records.h"
#include "run/plan.h"

enum { MAX_AXES = 8, MAX_RUNGS = 8 };

struct axis { /* an option that is searched, between low and high */
	char name[40];
	double low, high;
	int linear;
};

struct trial {
	size_t optimizer; /* in the choices */
	double opt[NSO_MAX_OPTIONS];
	size_t place;  /* on the grid of a single axis */
	int alive;     /* still in the race */
	double rank;   /* mean over problems, NAN before the first rung */
	double budget; /* of the last rung it ran in */
};

struct tune {
	struct choices problems, optimizers;
	struct axis axis[MAX_AXES];
	size_t axes, per_method; /* trials of each method that has something to search */
	struct trial *trial;
	size_t trials;
	struct cell base;  /* budget, measures, sample */
	int *instances[2]; /* searched on; reported on */
	size_t instance_count[2], seeds[2];
	double target;
};

/* All trials: a logarithmic (or linear) grid on one axis, a Sobol sequence (Sobol 1967) on
 * several; a method that has none of the axes gets one trial, its setting as given. */
int tune_trials(struct tune *t, struct why *why);
/* The cells of the trials that are alive; on fresh instances and seeds, of the winners; of the
 * settings as given, where they are others. */
enum tune_part { TRIALS, TUNED, GIVEN };
int tune_plan(const struct tune *t, enum tune_part part, double share, struct plan *plan,
	struct why *why);
/* Ranks the trials that are alive on the records of their rung, method by method. */
int tune_rank(struct tune *t, double share, const struct records *r, struct why *why);
/* The best trial of a method, NULL if there is none. */
struct trial *tune_best(const struct tune *t, size_t optimizer);
/* Keeps the best `keep` trials of each method alive (successive halving, Jamieson, Talwalkar
 * 2016). */
void tune_keep(struct tune *t, size_t keep);
/* -1, 1: the best of a single axis lies at its low or high end; 0 otherwise. */
int tune_edge(const struct tune *t, size_t optimizer);
int tune_searched(const struct tune *t, size_t optimizer); /* has one of the axes */
/* Tuned against given on the fresh runs: medians of the gap and Wilcoxon's p over problems. */
struct tuned {
	double gap[2]; /* given, tuned: geometric mean over problems of the median best gap */
	size_t better, worse, problems;
	double p;
};
/* The tuned setting does worse than the one that was given: on more problems than better, and
 * with the larger gap or by Wilcoxon's test. */
int tune_failed(const struct tuned *v);
int tune_verdict(const struct tune *t, size_t optimizer, const struct records *r,
	struct tuned *out, struct why *why);
/* "adam:lr=0.0316" with all options that are not the default. */
void choice_text(const struct nso_option *table, const char *name, const double *opt, char *out,
	size_t size);
void tune_free(struct tune *t);

#endif
