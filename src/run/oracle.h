/* oracle.h -- the counter between optimizer and problem: every call of a run goes through it.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "run/cell.h"

extern volatile int stop_request; /* set by a signal handler: runs end as interrupted */

struct timing {
	uint64_t timed;
	double seconds;
};

struct nso_oracle {
	const struct nso_optimizer *entry; /* who asks */
	const struct instance *in;
	double (*eval)(
		const void *self, const double *x, double *g); /* the direct road, or NULL */
	const void *self;
	size_t n;
	uint64_t calls[CALL_KINDS];
	uint64_t countdown;    /* calls until the next one that is timed */
	double best, ceiling;  /* least value seen; above the ceiling (or NaN) alarm is set */
	double next_target;    /* a value below this sets hit */
	int alarm, hit, exact; /* exact: answers are of f itself, not of a sample */
	double call_limit, deadline, share;
	size_t step;
	double rate;
	size_t batch;
	int replacement;
	size_t *terms, *order,
		at; /* the sample; the permutation of a pass and the place in it */
	double noise, *xi;
	gsl_rng *sample, *method;
	double reported[NSO_MAX_COLUMNS];
	struct timing timing[CALL_KINDS];
	double clock_cost;
};
int oracle_init(struct nso_oracle *f, const struct cell *c, const struct instance *in);
void oracle_free(struct nso_oracle *f);
void oracle_draw(struct nso_oracle *f); /* the sample of the next step */
double oracle_seconds(const struct nso_oracle *f);
static inline uint64_t oracle_calls(const struct nso_oracle *f)
{
	uint64_t sum = 0;

	for (int k = 0; k < CALL_KINDS; k++)
		sum += f->calls[k];
	return sum;
}

#endif
