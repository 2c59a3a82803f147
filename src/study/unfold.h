/* unfold.h -- what the parts of evidence share. */
#ifndef UNFOLD_H
#define UNFOLD_H

#include "study/claim.h"

/* The cells of a claim, whose options follow from the constants of each function, and a sample
 * for each. */
int unfold(struct evidence *e, struct why *why);
int score_is_distance(const struct nso_problem *p); /* to the solution */

#endif
