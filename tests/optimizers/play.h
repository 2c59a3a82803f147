/* play.h -- runs an optimizer step by step on a small function, with the harness' own oracle.
 */
#ifndef PLAY_H
#define PLAY_H

#include "ground/instance.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/oracle.h"

struct cJSON;

struct play {
	struct cell cell;
	struct instance in;
	struct nso_oracle f;
	void *state;
	double *x; /* length n; the test may change it between steps */
	struct why why;
};

/* The optimizer with options as a user types them, on a function of the playground or the
 * registry. x0 has length n; NULL: the standard start, n as the options say (0). -1 and why on
 * failure. */
int play_start(struct play *p, const char *optimizer, const char *options, const char *problem,
	const char *problem_options, const double *x0, size_t n);
enum nso_status play_step(struct play *p);
/* Steps until `steps` are done or one does not return NSO_CONTINUE. */
enum nso_status play_steps(struct play *p, size_t steps);
double play_value(const struct play *p); /* f(x), not counted */
void play_end(struct play *p);           /* accepts one that did not start */

/* x after some steps from a start of length n; a start that fails ends the test. */
void play_run(const char *optimizer, const char *options, const char *problem,
	const char *problem_options, const double *start, size_t n, size_t steps, double *x);
/* Largest difference of two points, relative to the largest number of a; infinite if one is not
 * finite. */
double play_apart(const double *a, const double *b, size_t n);

/* playground.c */
enum { PLAYGROUND_SEEN = 64, PLAYGROUND_N = 64 };
const struct nso_problem *playground(
	const char *name);      /* also the registry's; NULL if unknown */
extern size_t playground_calls; /* set to 0 before what counts calls */
extern double playground_seen[PLAYGROUND_SEEN]
			     [PLAYGROUND_N]; /* the last points of `recorded` */

/* A file of tests/reference; the test fails when it is not there. The caller deletes it. */
struct cJSON *play_read(const char *name);

#endif
