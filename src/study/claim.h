/* claim.h -- a claim about convergence: who says what about which method on which class of
 * functions, the runs that could refute it, and what came out. Claims are files,
 * claims/ID.json. */
#ifndef CLAIM_H
#define CLAIM_H

#include "analysis/rate.h"
#include "analysis/records.h"
#include "ground/expression.h"
#include "run/plan.h"

/* ------------------------------------------------------------------ the file -------------- */

enum { CLAIM_ENTRIES = 40, CLAIM_TESTS = 40, CLAIM_LIST = 64 };

/* Settings of runs; what an entry leaves open the claim itself says. JSON values, borrowed: by
 * rows of the table of settings, and those that only claims have. */
struct claim_settings {
	const cJSON *row[SETTINGS];
	const cJSON *steps, *horizons, *let;
};

struct entry_of_claim { /* a problem or an optimizer */
	const char *label, *name;
	const cJSON *options;
	const struct nso_problem *problem;
	const struct nso_optimizer *optimizer;
	const char *tune; /* the option whose values are tried, or NULL */
	size_t values;
	double value[CLAIM_LIST];
	struct claim_settings set;
};

struct test_kind; /* study/kind.h */
struct test_of_claim {
	const struct test_kind *kind;
	const char *of, *on, *against;   /* labels of optimizers and problems; NULL: all */
	const char *quantity, *expected; /* expressions */
	const char *why;                 /* of the tolerance */
	int least, mean_so_far;          /* of the quantity over the trace so far */
	int over_mean;                   /* the bound holds for the mean over the runs */
	int exact, control, pool;
	enum {
		FLOOR_UNCLEAR,
		FLOOR_ALLOWED,
		FLOOR_REFUTES
	} floor; /* what a floor says about a rate */
	double tolerance, from, rounding;
	double logs; /* of `power`: the claim is t^p (log t)^logs */
	/* why any method meets this test, a frozen one too: said of tests that tell nothing
	 * apart and that stand for the bound alone; NULL: it does */
	const char *any_method;
};

struct claim {
	const char *id, *title, *statement, *source, *note;
	int proved, slow;
	struct claim_settings set;
	struct entry_of_claim problem[CLAIM_ENTRIES], optimizer[CLAIM_ENTRIES];
	size_t problems, optimizers, tests;
	struct test_of_claim test[CLAIM_TESTS];
	struct json json;
	char *path;
};
/* Reads and checks; -1 and a reason that names file, place, what was found and what is
 * expected. */
int claim_read(struct claim *c, const char *path, struct why *why);
void claim_free(struct claim *c);

/* ------------------------------------------------------------------ the runs -------------- */

struct sample {                           /* one run of one arm */
	size_t problem, optimizer, value; /* indices; value: of the tuned option */
	double horizon;
	int instance;
	uint64_t seed;
	size_t cell, function; /* in the plan; in the list of instances */
	struct scope constants;
	double rounding; /* below it a difference of values is noise of the arithmetic */
	const struct run *run;
};

struct evidence {
	const struct claim *claim;
	struct plan plan;
	struct sample *sample;
	size_t samples, room, functions;
	struct instance *function;
	struct records records;
};
/* Unfolds the claim into cells, runs them with `workers` processes, reads the records. folder
 * is where they are left. 0; -1 and why; a positive number: the signal that stopped it. */
int evidence_make(struct evidence *e, const struct claim *c, const char *folder, int workers,
	struct why *why);
/* Once more, after the claim's lists of values have grown: what was run is not run again. */
int evidence_more(struct evidence *e, const char *folder, int workers, struct why *why);
void evidence_free(struct evidence *e);
/* The quantity of a test along a run: step[] and value[] have the length of its trace; NAN
 * where it is not known. -1 where it is known nowhere. */
int evidence_quantity(const struct evidence *e, const struct test_of_claim *t,
	const struct sample *s, double *step, double *value, struct why *why);
/* What the test expects of this run at step t. */
int evidence_expected(const struct test_of_claim *t, const struct sample *s, double step,
	double *out, struct why *why);

/* ------------------------------------------------------------------ the verdict ----------- */

/* Born inconclusive: what no test decided holds nothing. */
enum verdict { INCONCLUSIVE, HOLDS, REFUTED };
extern const char *const verdict_words[];

struct finding { /* one test on one problem and one method */
	const struct test_of_claim *test;
	const char *problem, *method, *against; /* labels; problem "all" when pooled */
	enum verdict verdict;
	char reason[300];
	double measured, low, high, expected, worst; /* worst: largest ratio to the bound */
	size_t runs;
	/* for pictures: the mean curve and what was expected of it */
	size_t points;
	double *x, *y, *bound;
	int fitted;
	enum law law;
	struct fit fit;
};

struct outcome {
	const struct claim *claim;
	enum verdict verdict;
	char reason[400];
	struct finding *finding;
	size_t findings, room, runs;
	double seconds;
};
int judge(struct outcome *o, const struct evidence *e, struct why *why);
void outcome_free(struct outcome *o);
struct finding *finding_new(struct outcome *o); /* inconclusive; NULL: no memory */
void outcome_conclude(struct outcome *o);       /* verdict and reason from the findings */

#endif
