/* hilbert.c -- products with the Hilbert matrix H_ij = 1/(i + j - 1). */
#include <stdlib.h>
#include <string.h>
#include "hilbert.h"
#include "large.h"

void hilbert_free(void *self)
{
	struct hilbert *p = self;

	if (p)
		free(p->h);
	free(p);
}

struct hilbert *hilbert_make(size_t n, struct nso_facts *facts)
{
	struct hilbert *p = calloc(1, sizeof *p + n * sizeof *p->minimizer);

	if (!p || !(p->h = calloc(3 * n, sizeof *p->h))) {
		free(p);
		return NULL;
	}
	p->work = p->h + 2 * n;
	p->n = facts->n = n;
	for (size_t k = 0; k < 2 * n; k++)
		p->h[k] = 1 / (double)(k + 1);
	facts->minimizer = p->minimizer;
	return p;
}

/* Eight rows side by side: their entries of one column stand next to each other in h. */
WIDE void hilbert_rows(const struct hilbert *p, const double *x, double *y)
{
	size_t i = 0;

	for (; i + 8 <= p->n; i += 8) {
		double sum[8] = { 0 };

		for (size_t j = 0; j < p->n; j++)
			for (size_t k = 0; k < 8; k++)
				sum[k] += x[j] * p->h[i + j + k];
		memcpy(y + i, sum, sizeof sum);
	}
	for (; i < p->n; i++) {
		y[i] = 0;
		for (size_t j = 0; j < p->n; j++)
			y[i] += x[j] * p->h[i + j];
	}
}

void hilbert_start(const void *self, gsl_rng *rng, double *x)
{
	const struct hilbert *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = 1;
}
