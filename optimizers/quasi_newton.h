/* quasi_newton.h -- what BFGS and L-BFGS have in common: everything but the matrix. */
#ifndef QUASI_NEWTON_H
#define QUASI_NEWTON_H

#include "weak_wolfe.h"

enum { QN_C1, QN_C2, QN_TRIALS, QN_SCALE, QN_OPTIONS };
/* The first QN_OPTIONS rows of both option tables. Defaults: HANSO 2.2 (Overton), wolfe1,
 * wolfe2. */
#define QUASI_NEWTON_OPTIONS                                                                   \
	[QN_C1] = { "c1", 1e-4, 0, 1, "sufficient decrease", NULL, "HANSO 2.2", 0 },           \
	[QN_C2] = { "c2", 0.5, 0, 1, "share of the slope that may remain", NULL, "HANSO 2.2",  \
		0 },                                                                           \
	[QN_TRIALS] = { "trials", 60, 1, 1000, "points a line search may try", NULL,           \
		"HANSO 2.2: about 30 halvings and 30 doublings", 1 },                          \
	[QN_SCALE] = { "scale", 1, 0, 1,                                                       \
		"scale the matrix by <s,y>/|y|^2 after the first step", quasi_newton_off_on,   \
		"HANSO 2.2; Nocedal, Wright 2006, 6.20", 0 }
extern const char *const quasi_newton_off_on[];

struct quasi_newton {
	struct weak_wolfe search;
	int known; /* value and g belong to x */
	int scale;
	double value;
	double *g, *d, *s,
		*y; /* gradient, direction, last step and change of g; length n each */
};

/* memory: 6 n doubles. */
void quasi_newton_init(struct quasi_newton *q, size_t n, const double *opt, double *memory);
/* One iteration: `direction` writes -H g to q->d, `update` enters the pair q->s, q->y with
 * <s,y> > 0 into H. x moves. */
enum nso_status quasi_newton_step(struct quasi_newton *q, struct nso_oracle *f, double *x,
	void *state, void (*direction)(void *state), void (*update)(void *state, double sy));

#endif
