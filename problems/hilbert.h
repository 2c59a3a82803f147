/* hilbert.h -- products with the Hilbert matrix H_ij = 1/(i + j - 1), which is a Hankel matrix:
 * its n^2 entries are the 2n - 1 numbers h_k = 1/(k + 1). */
#ifndef HILBERT_H
#define HILBERT_H

#include "nsobench.h"

struct hilbert {
	size_t n;
	double *h;    /* h[i + j] = H_ij, indices from 0 */
	double *work; /* n numbers, zero after hilbert_make */
	double minimizer[];
};

struct hilbert *hilbert_make(
	size_t n, struct nso_facts *facts); /* minimizer 0; NULL: no memory */
void hilbert_rows(const struct hilbert *p, const double *x, double *y); /* y = H x */
void hilbert_start(const void *self, gsl_rng *rng, double *x);          /* ones */
void hilbert_free(void *self);

#endif
