/* kind.h -- the kinds of tests: each is one file in kinds/ that ends in its constants. */
#ifndef KIND_H
#define KIND_H

#include "study/arm.h"

/* The curves of an arm over the steps that its runs have in common. */
struct grid_of_arm {
	size_t points;
	const double *x, *y; /* y: curves x points */
};

struct test_kind {
	const char *name; /* the key in the claim's file; its value is what is expected */
	const char *help; /* what it says, what refutes it */
	double tolerance; /* unless the test gives its own */
	int bounded;      /* what is expected is a value at each step: pictures draw it */
	int logarithmic;  /* looks at steps in equal ratios */
	int semilog;      /* pictures draw it over a linear axis of steps */
	int paired; /* what is expected is a quantity like the first: pictures draw points */
	/* One method on one problem. 0; -1 with the arm's reason: the finding stays
	 * inconclusive with it. NULL: compare is called instead. */
	int (*judge)(struct finding *f, struct arm *a, const struct grid_of_arm *g);
	/* A method on all problems, or against another: makes its own findings. */
	int (*compare)(struct outcome *o, const struct evidence *e,
		const struct test_of_claim *t, size_t method, struct why *why);
};
extern const struct test_kind kind_bound, kind_factor, kind_power, kind_below;
/* Those that a claim may ask for; NULL ends the table. Listed in src/local.mk. */
extern const struct test_kind *const test_kinds[];
extern const char *const test_kind_names[];

#endif
