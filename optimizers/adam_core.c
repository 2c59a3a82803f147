/* adam_core.c -- the fused update of Adam: Kingma, Ba 2015, algorithm 1; with eps_hat the form
 * at the end of their section 2, which TensorFlow and S-Adam's official code use; decoupled
 * decay after Loshchilov, Hutter 2019 in PyTorch's order (first the decay, then the step). */
#include <math.h>
#include "adam_core.h"
#include "wide.h"

struct pass { /* what is constant over the coordinates */
	double beta1, beta2, eps, l2, keep, step, root;
};

static WIDE void update(size_t n, const struct pass *p, const double *restrict g,
	double *restrict m, double *restrict v, double *restrict x)
{
	double b1 = p->beta1, b2 = p->beta2, a1 = 1 - b1, a2 = 1 - b2;
	double eps = p->eps, l2 = p->l2, keep = p->keep, step = p->step, root = p->root;

	for (size_t i = 0; i < n; i++) {
		double gi = g[i] + l2 * x[i];

		m[i] = b1 * m[i] + a1 * gi;
		v[i] = b2 * v[i] + a2 * gi * gi;
		x[i] = keep * x[i] - step * m[i] / (root * sqrt(v[i]) + eps);
	}
}

void adam_update(struct adam *s, double lr, double damp, double *x)
{
	double t = (double)++s->t;
	double bc1 = s->bias_correction ? 1 - pow(s->beta1, t) : 1;
	double bc2 = s->bias_correction ? sqrt(1 - pow(s->beta2, t)) : 1;
	struct pass p = {
		.beta1 = s->beta1,
		.beta2 = s->beta2,
		.eps = s->eps,
		.l2 = s->l2,
		.keep = 1 - lr * s->decay,
		.step = damp * (s->eps_hat ? lr * bc2 / bc1 : lr / bc1),
		.root = s->eps_hat ? 1 : 1 / bc2,
	};

	update(s->n, &p, s->g, s->m, s->v, x);
}
