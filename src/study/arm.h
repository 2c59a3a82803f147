/* arm.h -- what the parts of the verdict share. */
#ifndef ARM_H
#define ARM_H

#include <stdio.h>
#include "ground/why.h"
#include "study/claim.h"

enum { GRID = 240 };
#define CONFIDENCE 0.95

/* The runs of a method on a problem, at one value of what is tuned. */
struct arm {
	const struct evidence *e;
	const struct test_of_claim *test;
	const struct sample *
		*run;        /* by instance, seed, horizon; freed by whoever made the arm */
	size_t runs, curves; /* curves: runs over different horizons are one curve */
	int over_horizons;
	struct why why;
};
int arm_make(struct arm *a, const struct evidence *e, const struct test_of_claim *t,
	size_t problem, size_t optimizer, size_t value);
/* A run that did not go to its end for a reason that is no result; one that diverged; or NULL.
 */
const struct sample *broken(const struct arm *a);
const struct sample *diverged(const struct arm *a);

struct series {
	size_t length;
	double *step, *value; /* step is freed by the caller, value lies behind it */
};
int series_read(
	const struct arm *a, const struct sample *s, struct series *out, struct why *why);
double final_of(
	const struct arm *a, const struct sample *s, struct why *why); /* INFINITY: diverged */
/* Steps (or horizons) that the runs have in common, at most GRID; values, curves x points. */
size_t common_steps(const struct arm *a, double *x);
int read_curves(struct arm *a, const double *x, size_t points, double *y);

void decide(struct finding *f, enum verdict v, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* compare.c: the value of what is tuned that ends lowest, and how many end within a factor 2 of
 * it; the findings of a `below` test. */
size_t best_value(const struct evidence *e, const struct test_of_claim *t, size_t p, size_t o,
	size_t *good);
int compare(struct outcome *o, const struct evidence *e, const struct test_of_claim *t,
	size_t m, struct why *why);

#endif
