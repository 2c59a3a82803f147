/* arm.h -- what the tests of claims share: the runs of one method on one problem. */
#ifndef ARM_H
#define ARM_H

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

/* Below it nothing is compared; what a bound may be exceeded by. */
double rounding_of(const struct test_of_claim *t, const struct sample *s);
double slack(const struct test_of_claim *t, const struct sample *s, double bound);

void decide(struct finding *f, enum verdict v, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A value of one run against what bounds it: refutes at the first excess, keeps the worst
 * ratio.
 */
void check_point(struct finding *f, const struct test_of_claim *t, const struct sample *s,
	double step, double value, double bound, size_t *exceeded);

/* The value of what is tuned that ends lowest, chosen on the same runs for every method alike.
 */
struct tuned {
	size_t best, good; /* index; how many end within a factor 2 of it */
	int edge;          /* -1, 1: it is the least or the largest tried and clearly better
			    * than the next; 0 */
};
struct tuned best_value(const struct evidence *e, const struct test_of_claim *t, size_t problem,
	size_t optimizer);
/* As evidence_make; where a best value stands at the edge of its list, all lists grow on that
 * side by one value in the ratio of the last two, some times at most. */
int evidence_tuned(
	struct evidence *e, struct claim *c, const char *folder, int workers, struct why *why);

#endif
