/* reference.h -- what the gaps of a run are measured from. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "analysis/records.h"

/* f* as the problem gives it. Where it gives none, or where a run found less than f* and its
 * error allow, the best value that any run found on the same instance stands for it: then
 * nothing is solved. */
struct reference {
	double value;
	enum reference_kind { F_STAR, BEST_FOUND, BELOW_F_STAR } kind;
	int escaped; /* below the f* of a problem that is unbounded elsewhere: this run solves
			nothing */
};
struct reference *references(
	const struct records *r); /* of each run; freed by the caller; NULL: no memory */
/* Adds a warning for each problem whose f* is refuted, and for those solved at the start
 * (relative gap at most target); labels must be there. -1: no memory. */
int references_warn(struct records *r, const struct reference *ref, double target);

#endif
