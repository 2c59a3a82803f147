/* minkowski.c -- least-norm point of base + sum of hulls, balls and spectral sets: fully corrective
 * Frank-Wolfe (Jaggi 2013, algorithm 4). The vertex of a sum is the sum of the vertices; the least-
 * norm point of the vertices so far is Wolfe's. The bound of each step is rigorous for every set. */
#include <config.h>
#include "summands.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>

enum { VERTICES = 400, STEPS = 1000 };
static const size_t matrix_limit = (size_t)1 << 25; /* doubles: 256 MiB */

struct sum {
	const struct nso_pieces *p;
	size_t most, count;
	double *G, *lambda, *w, *u; /* most x n; most; n; the longest summand's coefficients */
	gsl_eigen_symmv_workspace *eigen;
	gsl_matrix *C, *V;
	gsl_vector *value;
	struct nso_minnorm *solver;
};

static void close_sum(struct sum *s)
{
	free(s->G);
	free(s->lambda);
	nso_minnorm_free(s->solver);
	if (s->eigen)
		gsl_eigen_symmv_free(s->eigen);
	gsl_matrix_free(s->C);
	gsl_matrix_free(s->V);
	gsl_vector_free(s->value);
}

static int open_sum(struct sum *s, const struct nso_pieces *p)
{
	size_t rows = 1, order = 0, most = p->n + 2 < VERTICES ? p->n + 2 : VERTICES;

	if (most > matrix_limit / p->n)
		most = matrix_limit / p->n;
	if (most < 4)
		most = 4;
	for (size_t i = 0; i < p->summands; i++) {
		if (p->summand[i].rows > rows)
			rows = p->summand[i].rows;
		if (p->summand[i].kind == SPECTRAL && p->summand[i].order > order)
			order = p->summand[i].order;
	}
	*s = (struct sum){ .p = p, .most = most };
	s->G = malloc(most * p->n * sizeof *s->G);
	s->lambda = malloc((most + p->n + rows) * sizeof *s->lambda);
	s->solver = nso_minnorm_alloc(most, p->n);
	if (order) {
		s->eigen = gsl_eigen_symmv_alloc(order);
		s->C = gsl_matrix_alloc(order, order);
		s->V = gsl_matrix_alloc(order, order);
		s->value = gsl_vector_alloc(order);
	}
	if (!s->G || !s->lambda || !s->solver ||
		(order && (!s->eigen || !s->C || !s->V || !s->value))) {
		close_sum(s);
		return -1;
	}
	s->w = s->lambda + most;
	s->u = s->w + p->n;
	return 0;
}

static double hull_vertex(const struct nso_pieces *p, size_t first, size_t rows, const double *w,
	double *out)
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

static double ball_vertex(const struct nso_pieces *p, size_t first, size_t rows, const double *w,
	double *u, double *out)
{
	double norm;

	for (size_t i = 0; i < rows; i++)
		u[i] = row_dot(p, first + i, w);
	norm = cblas_dnrm2((int)rows, u, 1);
	for (size_t i = 0; norm > 0 && i < rows; i++)
		row_add(p, first + i, -u[i] / norm, out);
	return -norm;
}

/* The least eigenvector u of C, C_ab the product of w with row ab, gives the vertex W = u u'. */
static double spectral_vertex(struct sum *s, size_t first, size_t order, const double *w, double *out)
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
			row_add(s->p, row, gsl_matrix_get(&V.matrix, a, least) *
				gsl_matrix_get(&V.matrix, b, least), out);
	return gsl_vector_get(&value.vector, least);
}

/* The point of the sum that is lowest along w, as a new row of G; returns its product with w. */
static double vertex(struct sum *s, const double *w)
{
	const struct nso_pieces *p = s->p;
	double *out = s->G + s->count++ * p->n, value = cblas_ddot((int)p->n, p->base, 1, w, 1);

	memcpy(out, p->base, p->n * sizeof *out);
	for (size_t i = 0; i < p->summands; i++) {
		size_t first = p->summand[i].first, rows = p->summand[i].rows;

		if (p->summand[i].kind == HULL)
			value += hull_vertex(p, first, rows, w, out);
		else if (p->summand[i].kind == BALL)
			value += ball_vertex(p, first, rows, w, s->u, out);
		else
			value += spectral_vertex(s, first, p->summand[i].order, w, out);
	}
	return value;
}

static void swap_out(struct sum *s, size_t i)
{
	size_t last = --s->count;

	memmove(s->G + i * s->p->n, s->G + last * s->p->n, s->p->n * sizeof *s->G);
	s->lambda[i] = s->lambda[last];
}

/* Rows without weight go; of a full table the two lightest rows become their mean, which keeps w. */
static void make_room(struct sum *s)
{
	size_t n = s->p->n, light = 0, next;
	double sum;

	for (size_t i = s->count; i-- > 0;)
		if (s->lambda[i] == 0 && s->count > 1)
			swap_out(s, i);
	if (s->count < s->most)
		return;
	for (size_t i = 1; i < s->count; i++)
		if (s->lambda[i] < s->lambda[light])
			light = i;
	next = light == 0;
	for (size_t i = 0; i < s->count; i++)
		if (i != light && s->lambda[i] < s->lambda[next])
			next = i;
	sum = s->lambda[light] + s->lambda[next];
	cblas_dscal((int)n, s->lambda[next] / sum, s->G + next * n, 1);
	cblas_daxpy((int)n, s->lambda[light] / sum, s->G + light * n, 1, s->G + next * n, 1);
	s->lambda[next] = sum;
	swap_out(s, light);
}

static double rounding(const struct nso_pieces *p)
{
	size_t longest = 0, order = 0;

	for (size_t i = 0; i < p->rows; i++)
		if (p->row[i].len > longest)
			longest = p->row[i].len;
	for (size_t i = 0; i < p->summands; i++)
		if (p->summand[i].kind == SPECTRAL && p->summand[i].order > order)
			order = p->summand[i].order;
	return DBL_EPSILON * ((double)(longest + 10 * order + p->summands + 8) * pieces_scale(p) +
		(double)p->n * cblas_dnrm2((int)p->n, p->base, 1));
}

int minkowski(const struct nso_pieces *p, struct distance *d)
{
	double margin = rounding(p), last = INFINITY;
	struct sum s;
	int idle = 0;

	if (open_sum(&s, p))
		return -1;
	vertex(&s, p->base);
	for (int step = 0; step < STEPS && idle < 8; step++) {
		double norm = nso_minnorm_solve(s.solver, s.count, s.G, s.w, s.lambda, NULL), price;

		if (!isfinite(norm))
			break;
		make_room(&s);
		price = vertex(&s, s.w);
		distance_offer(d, p->n, s.w, norm > 0 ? fmax(0, price / norm - margin) : 0);
		if (norm <= margin || norm - price / norm <= 2 * margin + 1e-12 * norm)
			break;
		idle = norm < last * (1 - 1e-10) ? 0 : idle + 1;
		last = fmin(last, norm);
	}
	close_sum(&s);
	return 0;
}
