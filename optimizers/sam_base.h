/* sam_base.h -- what a method of the SAM family hands its gradient to: SGD with momentum or
 * AdamW, both as in PyTorch. */
#ifndef SAM_BASE_H
#define SAM_BASE_H

#include "nsobench.h"
#include "adam_core.h"

enum {
	SAM_BASE,
	SAM_BASE_LR,
	SAM_BASE_MOMENTUM,
	SAM_BASE_BETA1,
	SAM_BASE_BETA2,
	SAM_BASE_EPS,
	SAM_BASE_WEIGHT_DECAY,
	SAM_BASE_OPTIONS
};
/* The rows of an option table from row AT on. */
#define SAM_BASE_ROWS(AT)                                                                      \
	[(AT) + SAM_BASE] = { "base", 0, 0, 1, "what steps along the gradient",                \
		sam_base_words, "PyTorch", 0 },                                                \
		[(AT) + SAM_BASE_LR] = { "lr", NAN, 0, INFINITY,                               \
			"step size; auto: 0.1 over sgd, 0.001 over "                           \
			"adam",                                                                \
			NULL, "davda54/sam, example; PyTorch", 0 },                            \
		[(AT) + SAM_BASE_MOMENTUM] = { "momentum", 0.9, 0, 1, "sgd: heavy ball", NULL, \
			"davda54/sam, example", 0 },                                           \
		[(AT) + SAM_BASE_BETA1] = { "beta1", 0.9, 0, 1 - 1e-12,                        \
			"adam: decay of the mean of g", NULL, "PyTorch", 0 },                  \
		[(AT) + SAM_BASE_BETA2] = { "beta2", 0.999, 0, 1 - 1e-15,                      \
			"adam: decay of the mean of g^2", NULL, "PyTorch", 0 },                \
		[(AT) + SAM_BASE_EPS] = { "eps", 1e-8, 0, INFINITY, "adam: added to sqrt(v^)", \
			NULL, "PyTorch", 0 },                                                  \
		[(AT) + SAM_BASE_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY,             \
			"sgd: added to the gradient; adam: decoupled", NULL, "PyTorch, SGD",   \
			0 }
extern const char *const sam_base_words[];

struct sam_base {
	size_t n;
	int over_adam;
	double lr, momentum, l2;
	double *g, *b; /* the gradient to step along; momentum of SGD */
	struct adam adam;
};

/* opt: the rows from SAM_BASE on. memory: 3 n doubles, zeroed; g is the first n of them. */
void sam_base_init(struct sam_base *s, size_t n, const double *opt, double *memory);

/* One step of the base along s->g. */
void sam_base_update(struct sam_base *s, double rate, double *x);

#endif
