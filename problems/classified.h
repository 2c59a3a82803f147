/* classified.h -- rows with labels -1 and 1, planted or from a file, and the linear
 * models (1/m) sum_i phi(1 - y_i <w, a_i>) or phi(-y_i <w, a_i>) on them. */
#ifndef CLASSIFIED_H
#define CLASSIFIED_H

#include "data/own.h"

enum { C_DATA, C_M, C_N, C_NOISE, C_PERTURB, C_OWN };
#define CLASSIFIED_OPTIONS                                                                     \
	[C_DATA] = { "data", 0, 0, 1e9,                                                        \
		"\"planted\" (default), or a file .csv or in LIBSVM's format: a path or a "    \
		"name such as a9a",                                                            \
		nso_any_text, "nsobench" },                                                    \
	[C_M] = { "m", 200, 1, 1e8, "rows of planted data", NULL, "nsobench", 1 },             \
	[C_N] = { "n", 20, 1, 1e7, "dimension of planted data", NULL, "nsobench", 1 },         \
	[C_NOISE] = { "noise", 0.1, 0, 1, "share of planted labels that are flipped", NULL,    \
		"nsobench" },                                                                  \
	[C_PERTURB] = OPTION_PERTURB

/* A struct fitted whose row i is -y_i a_i and whose b_i is -shift, minimizer zeroed; of planted
 * data. shift 1: r_i = 1 - y_i <w, a_i>; shift 0: r_i = -y_i <w, a_i>. Facts n and terms; NULL
 * on failure. */
void *classified_make(const double *opt, double shift, const struct loss *loss, gsl_rng *rng,
	struct nso_facts *facts);
int classified_file(const double *opt); /* nonzero: own_make is to make it, of a file */
/* Makes such a struct of rows a_i and targets y_i in b_i. */
void classified_shift(struct fitted *p, double shift, const double *opt);
double classified_accuracy(const void *self, const double *x);

#endif
