/* draw_claim.h -- the picture of what came out for a claim. */
#ifndef DRAW_CLAIM_H
#define DRAW_CLAIM_H

#include "picture/figure.h"
#include "study/claim.h"

/* NAME.gp, NAME.dat. */
int draw_claim(const struct outcome *o, struct figures *fs, struct why *why);

#endif
