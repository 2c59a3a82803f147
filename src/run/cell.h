/* cell.h -- all that determines one run, the run itself, and all that it leaves. */
#ifndef CELL_H
#define CELL_H

#include "ground/calls.h"
#include "ground/instance.h"
#include "run/schedule.h"

enum status { /* the words of a record; the first five are enum nso_status */
	RUNNING,
	CONVERGED,
	STUCK,
	FAILED,
	DIVERGED,
	BUDGET,
	TARGET,
	CRASHED,
	TIMEOUT,
	MEMORY,
	INTERRUPTED,
	SKIPPED
};
extern const char *const status_words[];

struct budget { /* INFINITY: no such limit. Whichever is reached first ends the run. */
	double work, steps, epochs, seconds;
	double target; /* gap f - f* at which the run ends; -INFINITY: none */
};

/* All that determines one run. Names and tables are borrowed and live as long as the program.
 */
struct cell {
	size_t number; /* place in the plan; tables keep that order, the key does not see it */
	const char *suite; /* its name, or NULL */
	const struct nso_problem *problem;
	const struct nso_optimizer *optimizer;
	double popt[NSO_MAX_OPTIONS], oopt[NSO_MAX_OPTIONS];
	int instance;
	uint64_t seed;
	size_t batch;    /* terms per step; 0: the whole function */
	int replacement; /* terms drawn with replacement; else a reshuffled pass after the other
			  */
	double noise; /* standard deviation of each coordinate of the gradient noise, 0: none */
	struct schedule schedule;
	struct average average;
	struct budget budget;
	struct grid grid;
	unsigned measures;      /* bit i: measure_table[i] */
	double goldstein_delta; /* radius, relative to max(1, |x0|_inf) */
	int goldstein_samples;  /* 0: max(2n, 50), at most 500 */
	size_t lgi_k;           /* probes in a draw of the lgi measures */
	double lgi_delta;       /* their length; radius of diameter_nearby */
	int record_x;
};
void cell_defaults(struct cell *c);

/* One column of a trace. */
struct column {
	const char *name;
	double *v;
};
enum { MAX_TRACE_COLUMNS = 40 };

/* How many kinds the records of this method name. */
static inline int call_kinds(const struct nso_optimizer *o)
{
	return o->needs & NSO_SADDLE ? CALL_KINDS : CALLS_OF_ALL;
}

/* All that one run leaves. Owned by the caller of cell_run, freed by record_free. */
struct record {
	enum status status;
	char reason[320]; /* for skipped, failed, crashed ... */
	char note[240];   /* what the problem says of its data, or "" */
	size_t n, terms;
	double optimum, optimum_error;
	unsigned traits;
	uint64_t steps, calls[CALL_KINDS];
	double work, wall, cpu, oracle_seconds, optimizer_seconds;
	long peak_rss_kib;
	double start_f, final_f, best_f;
	double goldstein_delta; /* absolute */
	int goldstein_samples;
	size_t lgi_k; /* 0: probes of the lgi measures are the usual ones */
	double lgi_delta;
	size_t points, room, columns;
	struct column column[MAX_TRACE_COLUMNS];
	double *seconds; /* of each point: outside the columns, because times differ on replay
			  */
	double *x;       /* points x n with record_x, else NULL */
};
void record_free(struct record *r);

/* Runs the cell; the record says how it ended. -1 only when memory is short. */
int cell_run(const struct cell *c, const struct instance *in, struct record *r);
/* The status that a program's trouble gives, with its reason in r; the one given where there is
 * none. The trouble is then forgotten. */
enum status cell_trouble(enum status status, struct record *r);
/* Why the optimizer cannot run on this problem; 0 when it can. */
int cell_lacks(const struct cell *c, const struct instance *in, char *reason, size_t size);
void quiet_floats(void); /* flush denormals to zero, one BLAS thread: each worker's first act */
double seconds_now(void); /* monotonic */

#endif
