/* instance.h -- one function of a problem: options, instance, shift and rotation. */
#ifndef INSTANCE_H
#define INSTANCE_H

#include "ground/pieces.h"
#include "ground/why.h"

/* One function: a problem, its options, and for instances >= 1 of textbook problems the shift
 * and the rotation (a product of Householder reflections) that the harness applies. */
struct instance {
	const struct nso_problem *problem;
	void *self;
	double opt[NSO_MAX_OPTIONS];
	int number;
	struct nso_facts facts;
	double *shift;  /* NULL: the raw function */
	double *mirror; /* `mirrors` unit vectors, or NULL */
	size_t mirrors;
	double *minimizer; /* the shifted one; facts.minimizer points here */
	double *y, *h;     /* scratch, length n each */
	uint64_t key;      /* hash of problem, options, instance */
};
/* Facts of which nothing but the traits is known yet. */
struct nso_facts facts_unknown(unsigned traits);
int instance_make(struct instance *in, const struct nso_problem *p, const double *opt,
	int number, struct why *why);
void instance_free(struct instance *in);
void instance_start(const struct instance *in, uint64_t seed, double *x);
double instance_eval(const struct instance *in, const double *x, double *g);
double instance_batch(
	const struct instance *in, size_t k, const size_t *terms, const double *x, double *g);
double instance_smooth(const struct instance *in, const double *x, double *g);
void instance_prox(const struct instance *in, double t, const double *v, double *p);
int instance_pieces(
	const struct instance *in, const double *x, double tol, struct nso_pieces *out);
double instance_score(const struct instance *in, const double *x);
unsigned instance_offers(const struct instance *in); /* bits of `needs` */

#endif
