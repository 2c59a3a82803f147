/* sam_base.c -- see sam_base.h. SGD: b <- momentum b + (g + weight_decay x), x -= lr b; AdamW:
 * first the decay, then the step (Loshchilov, Hutter 2019; PyTorch's order). */
#include "sam_base.h"
#include "wide.h"

const char *const sam_base_words[] = { "sgd", "adam", NULL };

void sam_base_init(struct sam_base *s, size_t n, const double *opt, double *memory)
{
	double lr = opt[SAM_BASE_LR];

	s->n = n;
	s->over_adam = opt[SAM_BASE] != 0;
	s->lr = isnan(lr) ? (s->over_adam ? 1e-3 : 0.1) : lr;
	s->momentum = opt[SAM_BASE_MOMENTUM];
	s->l2 = opt[SAM_BASE_WEIGHT_DECAY];
	s->g = memory;
	s->b = memory + n;
	s->adam = (struct adam){
		.n = n,
		.beta1 = opt[SAM_BASE_BETA1],
		.beta2 = opt[SAM_BASE_BETA2],
		.eps = opt[SAM_BASE_EPS],
		.decay = opt[SAM_BASE_WEIGHT_DECAY],
		.bias_correction = 1,
		.g = memory,
		.m = memory + n,
		.v = memory + 2 * n,
	};
}

static WIDE void heavy(size_t n, double lr, double momentum, double l2,
	const double *restrict g, double *restrict b, double *restrict x)
{
	for (size_t i = 0; i < n; i++) {
		b[i] = momentum * b[i] + (g[i] + l2 * x[i]);
		x[i] -= lr * b[i];
	}
}

void sam_base_update(struct sam_base *s, double rate, double *x)
{
	if (s->over_adam)
		adam_update(&s->adam, s->lr * rate, 1, x);
	else
		heavy(s->n, s->lr * rate, s->momentum, s->l2, s->g, s->b, x);
}
