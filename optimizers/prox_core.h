/* prox_core.h -- the prox-gradient step with a known or a searched step size; prox-gradient and
 * FISTA share it. Beck, Teboulle 2009. */
#ifndef PROX_CORE_H
#define PROX_CORE_H

#include "nsobench.h"

enum { PROX_LR, PROX_BACKTRACKING, PROX_ETA, PROX_TOLERANCE, PROX_OPTIONS };
#define PROX_CORE_OPTIONS                                                                      \
	[PROX_LR] = { "lr", NAN, 1e-300, INFINITY,                                             \
		"step size, the first one when backtracking; "                                 \
		"auto: 1/L",                                                                   \
		NULL, "Beck, Teboulle 2009", 0 },                                              \
	[PROX_BACKTRACKING] = { "backtracking", 0, 0, 1,                                       \
		"shorten the step until the model holds", prox_off_on, "Beck, Teboulle 2009",  \
		0 },                                                                           \
	[PROX_ETA] = { "eta", 2, 1.0001, 1e6, "divisor of the step when backtracking", NULL,   \
		"Beck, Teboulle 2009", 0 },                                                    \
	[PROX_TOLERANCE] = { "tolerance", 0, 0, INFINITY,                                      \
		"converged when |x - p|/lr is at most this", NULL, "nsobench", 0 }
extern const char *const prox_off_on[];

struct prox_core {
	size_t n;
	double lr, eta, tolerance;
	int backtracking;
	double *g, *scratch; /* n each; scratch only for backtracking */
};

/* memory: 2 n doubles. -1: no step size is known. */
int prox_core_init(
	struct prox_core *c, struct nso_oracle *f, const double *opt, double *memory);

/* p = prox_{lr h}(y - lr grad s(y)), y and p apart. The length of the prox-gradient mapping
 * |y - p|/lr; NAN when the smooth part or its gradient is not finite. */
double prox_core_step(struct prox_core *c, struct nso_oracle *f, const double *y, double *p);

#endif
