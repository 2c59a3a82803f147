/* adam_core.h -- the moments and the update that Adam, AdamW and S-Adam share: one pass over
 * memory. */
#ifndef ADAM_CORE_H
#define ADAM_CORE_H

#include <stddef.h>

struct adam {
	size_t n, t; /* dimension; updates done */
	double lr, beta1, beta2, eps;
	double l2;           /* weight decay added to the gradient (Adam) */
	double decay;        /* decoupled weight decay (AdamW) */
	int eps_hat;         /* eps is added to the uncorrected sqrt(v) */
	int bias_correction; /* 0: m and v as they are */
	double *g, *m, *v;   /* length n each; g is the gradient of the step */
};

/* t += 1; x <- (1 - lr decay) x - damp lr m^/(sqrt(v^) + eps). The decay is not damped. */
void adam_update(struct adam *s, double lr, double damp, double *x);

#endif
