/* symmetric.c -- see symmetric.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include "symmetric.h"

struct symmetric {
	gsl_eigen_symmv_workspace
		*eigen; /* of the largest dimension; smaller ones use a part */
	double *copy, *vectors, *values;
};

struct symmetric *symmetric_alloc(size_t most)
{
	struct symmetric *w = calloc(1, sizeof *w);

	if (!w)
		return NULL;
	w->eigen = gsl_eigen_symmv_alloc(most);
	w->copy = malloc(most * most * sizeof *w->copy);
	w->vectors = malloc(most * most * sizeof *w->vectors);
	w->values = malloc(most * sizeof *w->values);
	if (w->eigen && w->copy && w->vectors && w->values)
		return w;
	symmetric_free(w);
	return NULL;
}

void symmetric_free(struct symmetric *w)
{
	if (!w)
		return;
	if (w->eigen)
		gsl_eigen_symmv_free(w->eigen);
	free(w->copy);
	free(w->vectors);
	free(w->values);
	free(w);
}

void symmetric_add(size_t dim, size_t others, double share, const double *G, int flip,
	double keep, double *S)
{
	int m = (int)dim, k = (int)others;

	cblas_dgemm(CblasRowMajor, flip ? CblasTrans : CblasNoTrans,
		flip ? CblasNoTrans : CblasTrans, m, m, k, share, G, flip ? m : k, G,
		flip ? m : k, keep, S, m);
}

void symmetric_eigen(
	struct symmetric *w, size_t dim, const double *S, double *Q, double *lambda)
{
	gsl_eigen_symmv_workspace part = *w->eigen;
	gsl_matrix_view A = gsl_matrix_view_array(w->copy, dim, dim);
	gsl_matrix_view V = gsl_matrix_view_array(Q, dim, dim);
	gsl_vector_view values = gsl_vector_view_array(w->values, dim);

	part.size = dim;
	memcpy(w->copy, S, dim * dim * sizeof *S);
	gsl_eigen_symmv(&A.matrix, &values.vector, &V.matrix, &part);
	gsl_eigen_symmv_sort(&values.vector, &V.matrix, GSL_EIGEN_SORT_VAL_DESC);
	if (lambda)
		memcpy(lambda, w->values, dim * sizeof *lambda);
}

void symmetric_power(struct symmetric *w, size_t dim, const double *S, double power, double *P)
{
	int m = (int)dim;

	symmetric_eigen(w, dim, S, w->vectors, NULL);
	for (size_t j = 0; j < dim; j++) {
		double to = w->values[j] > 0 ? pow(w->values[j], power) : 0;

		for (size_t i = 0; i < dim; i++)
			w->copy[i * dim + j] = to * w->vectors[i * dim + j];
	}
	cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, m, m, 1, w->copy, m, w->vectors,
		m, 0, P, m);
}

void symmetric_orthogonal(struct symmetric *w, size_t dim, double *A, double *Q)
{
	gsl_matrix_view a = gsl_matrix_view_array(A, dim, dim);
	gsl_matrix_view q = gsl_matrix_view_array(Q, dim, dim);
	gsl_matrix_view r = gsl_matrix_view_array(w->copy, dim, dim);
	gsl_vector_view tau = gsl_vector_view_array(w->values, dim);

	gsl_linalg_QR_decomp(&a.matrix, &tau.vector);
	gsl_linalg_QR_unpack(&a.matrix, &tau.vector, &q.matrix, &r.matrix);
}

void symmetric_apply(
	size_t rows, size_t cols, const double *S, int flip, const double *g, double *out)
{
	int r = (int)rows, c = (int)cols;

	if (flip)
		cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, r, c, c, 1, g, c, S, c,
			0, out, c);
	else
		cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, r, c, r, 1, S, r, g, c,
			0, out, c);
}
