/* study.h -- records under one measure of cost and one target. */
#ifndef STUDY_H
#define STUDY_H

#include "analysis/reference.h"

/* What a call costs: counts weighed, or steps, or seconds. */
struct cost {
	enum { COST_CALLS, COST_STEPS, COST_SECONDS } kind;
	double weight[CALL_KINDS];
	char title[140]; /* for an axis: "cost (values + subgradients + prox calls)" */
};
int cost_parse(
	struct cost *c, const char *text, struct why *why); /* "value=1,prox=2", "steps" */

/* A run as the analysis sees it: best gap so far, relative to max(1, |f*|), against cost. */
struct track {
	const struct run *run;
	size_t length;
	double *cost, *gap; /* gap never rises, NAN before the first finite value */
	double spent;       /* cost of the whole run */
	double limit;       /* cost that it was allowed; NAN unknown */
	double scale;       /* max(1, |f*|) */
	int guessed; /* f* is unknown or refuted: gaps are above the best value found, nothing
			is solved */
	int skipped; /* not run: the problem does not offer what the method needs */
};

struct study {
	struct records *r;
	struct cost cost;
	double target; /* relative gap that counts as solved: no credit beyond it */
	struct track *track;
	size_t tracks;
	struct track **of; /* the tracks sorted by problem, method, instance, seed */
	size_t *first;  /* problem p, method m: of[first[p*methods + m]] .. before the next */
	size_t guessed; /* problems without an f* that holds: the best value found stands for it
			 */
	enum reference_kind *guess; /* of each problem, the worst of its instances */
	/* What may be compared: runs on instances and seeds that every method ran, of the
	 * problems in common. */
	struct track **shared;
	size_t *shared_first, *common, commons;
	size_t fallen;    /* runs whose counts are negative or fall: their curves end there */
	size_t left_runs; /* on problems in common, but not shared */
};
int study_make(struct study *s, struct records *r, const struct cost *cost, double target,
	struct why *why);
void study_free(struct study *s);
/* The runs of a method on a problem, skipped ones left out; returns how many, *list borrowed.
 */
size_t study_runs(
	const struct study *s, size_t problem, size_t method, struct track *const **list);
/* The same of the shared runs alone; none on a problem that is not in common. */
size_t study_shared(
	const struct study *s, size_t problem, size_t method, struct track *const **list);
int study_known(
	const struct study *s, size_t problem); /* its f* is known, and no run refutes it */
int study_share(struct study *s);               /* for study_make; -1: no memory */
double track_hit(
	const struct track *t, double target); /* cost to it, INFINITY if never reached */
double track_solved(
	const struct track *t, double target); /* the same where f* holds, else INFINITY */
double track_at(const struct track *t, double cost); /* gap after this cost, NAN before any */
size_t track_index(
	const struct track *t, double cost); /* how many trace points cost at most this */
double column_at(
	const struct curve *c, size_t i); /* NAN past it; the value of [delta, value, m] */
double track_last(
	const struct track *t, const char *column); /* last known number of a column */
double track_final(const struct track *t);          /* last gap, INFINITY if there is none */
/* Smaller is better: log cost to the target, behind all of these the log of the final gap. */
double track_score(const struct track *t, double target);

#endif
