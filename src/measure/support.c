/* support.c -- lowest points of a sum of hulls, balls and spectral sets along a direction: the
 * vertex of a sum is the sum of the vertices. */
#include <config.h>
#include "measure/summands.h"
#include <stdlib.h>
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_eigen.h>

struct support {
	const struct nso_pieces *p;
	double *u; /* coefficients of the longest summand */
	gsl_eigen_symmv_workspace *eigen;
	gsl_matrix *C, *V;
	gsl_vector *value;
};

void support_close(struct support *s)
{
	if (!s)
		return;
	free(s->u);
	if (s->eigen)
		gsl_eigen_symmv_free(s->eigen);
	gsl_matrix_free(s->C);
	gsl_matrix_free(s->V);
	gsl_vector_free(s->value);
	free(s);
}

struct support *support_open(const struct nso_pieces *p)
{
	size_t rows = 1, order = 0;
	struct support *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->p = p;
	for (size_t i = 0; i < p->summands; i++) {
		if (p->summand[i].rows > rows)
			rows = p->summand[i].rows;
		if (p->summand[i].kind == SPECTRAL && p->summand[i].order > order)
			order = p->summand[i].order;
	}
	s->u = malloc(rows * sizeof *s->u);
	if (order) {
		s->eigen = gsl_eigen_symmv_alloc(order);
		s->C = gsl_matrix_alloc(order, order);
		s->V = gsl_matrix_alloc(order, order);
		s->value = gsl_vector_alloc(order);
	}
	if (s->u && (!order || (s->eigen && s->C && s->V && s->value)))
		return s;
	support_close(s);
	return NULL;
}

static double hull_vertex(
	const struct nso_pieces *p, size_t first, size_t rows, const double *w, double *out)
{
	double least = INFINITY;
	size_t at = first;

	for (size_t i = first; i < first + rows; i++) {
		double v = row_dot(p, i, w);

		if (v < least) {
			least = v;
			at = i;
		}
	}
	row_add(p, at, 1, out);
	return least;
}

static double ball_vertex(const struct nso_pieces *p, size_t first, size_t rows,
	const double *w, double *u, double *out)
{
	double norm;

	for (size_t i = 0; i < rows; i++)
		u[i] = row_dot(p, first + i, w);
	norm = cblas_dnrm2((int)rows, u, 1);
	for (size_t i = 0; norm > 0 && i < rows; i++)
		row_add(p, first + i, -u[i] / norm, out);
	return -norm;
}

/* The least eigenvector u of C, C_ab the product of w with row ab, gives the vertex W = u u'.
 */
static double spectral_vertex(
	struct support *s, size_t first, size_t order, const double *w, double *out)
{
	gsl_matrix_view C = gsl_matrix_submatrix(s->C, 0, 0, order, order);
	gsl_matrix_view V = gsl_matrix_submatrix(s->V, 0, 0, order, order);
	gsl_vector_view value = gsl_vector_subvector(s->value, 0, order);
	size_t row = first, least;

	for (size_t a = 0; a < order; a++)
		for (size_t b = a; b < order; b++, row++) {
			double v = row_dot(s->p, row, w) / (a == b ? 1 : 2);

			gsl_matrix_set(&C.matrix, a, b, v);
			gsl_matrix_set(&C.matrix, b, a, v);
		}
	s->eigen->size = order; /* the workspace serves every smaller order too */
	gsl_eigen_symmv(&C.matrix, &value.vector, &V.matrix, s->eigen);
	least = gsl_vector_min_index(&value.vector);
	row = first;
	for (size_t a = 0; a < order; a++)
		for (size_t b = a; b < order; b++, row++)
			row_add(s->p, row,
				gsl_matrix_get(&V.matrix, a, least) *
					gsl_matrix_get(&V.matrix, b, least),
				out);
	return gsl_vector_get(&value.vector, least);
}

double support_vertex(struct support *s, size_t b, const double *w, double *out)
{
	const struct nso_pieces *p = s->p;
	size_t first = p->summand[b].first, rows = p->summand[b].rows;

	if (p->summand[b].kind == HULL)
		return hull_vertex(p, first, rows, w, out);
	if (p->summand[b].kind == BALL)
		return ball_vertex(p, first, rows, w, s->u, out);
	return spectral_vertex(s, first, p->summand[b].order, w, out);
}
