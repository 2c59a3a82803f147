/* rows.c -- a data matrix by rows, dense or sparse, and its spectrum. */
#include <float.h>
#include <stdlib.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_sort_vector.h>
#include "nsobench.h"
#include "rows.h"

/* Eight sums side by side: the compiler may not reorder one, so one would run at its latency.
 */
double vec_dot(size_t n, const double *a, const double *b)
{
	double lane[8] = { 0 }, s = 0;
	size_t j = 0;

	for (; j + 8 <= n; j += 8)
		for (size_t k = 0; k < 8; k++)
			lane[k] += a[j + k] * b[j + k];
	for (; j < n; j++)
		s += a[j] * b[j];
	for (size_t k = 0; k < 8; k++)
		s += lane[k];
	return s;
}

double vec_distance(size_t n, const double *x, const double *y)
{
	double sum = 0;

	for (size_t j = 0; j < n; j++)
		sum += (x[j] - y[j]) * (x[j] - y[j]);
	return sqrt(sum);
}

double vec_norm2(size_t n, const double *x) { return vec_dot(n, x, x); }

int rows_dense(struct rows *a, size_t m, size_t n)
{
	*a = (struct rows){ .m = m, .n = n };
	if (n && m > SIZE_MAX / sizeof *a->val / n)
		return -1;
	a->val = calloc(m * n, sizeof *a->val);
	return a->val ? 0 : -1;
}

int rows_gaussian(struct rows *a, size_t m, size_t n, gsl_rng *rng)
{
	if (rows_dense(a, m, n))
		return -1;
	nso_normal(rng, m * n, a->val);
	return 0;
}

void rows_free(struct rows *a)
{
	free(a->start);
	free(a->col);
	free(a->val);
	*a = (struct rows){ 0 };
}

double rows_dot(const struct rows *a, size_t i, const double *x)
{
	double s = 0;

	if (!a->col)
		return vec_dot(a->n, a->val + i * a->n, x);
	for (size_t k = a->start[i]; k < a->start[i + 1]; k++)
		s += a->val[k] * x[a->col[k]];
	return s;
}

void rows_add(const struct rows *a, size_t i, double c, double *g)
{
	const double *row = a->val + i * a->n;

	if (!a->col) {
		for (size_t j = 0; j < a->n; j++)
			g[j] += c * row[j];
		return;
	}
	for (size_t k = a->start[i]; k < a->start[i + 1]; k++)
		g[a->col[k]] += c * a->val[k];
}

double rows_norm2(const struct rows *a, size_t i)
{
	if (!a->col)
		return vec_norm2(a->n, a->val + i * a->n);
	return vec_norm2(a->start[i + 1] - a->start[i], a->val + a->start[i]);
}

void rows_scale(struct rows *a, size_t i, double c)
{
	size_t from = a->col ? a->start[i] : i * a->n;
	size_t to = a->col ? a->start[i + 1] : from + a->n;

	for (size_t k = from; k < to; k++)
		a->val[k] *= c;
}

void rows_times(const struct rows *a, const double *x, double *out)
{
	for (size_t i = 0; i < a->m; i++)
		out[i] = rows_dot(a, i, x);
}

void rows_back(const struct rows *a, const double *u, double *out)
{
	for (size_t j = 0; j < a->n; j++)
		out[j] = 0;
	for (size_t i = 0; i < a->m; i++)
		rows_add(a, i, u[i], out);
}

static int transpose_sparse(const struct rows *a, struct rows *t)
{
	size_t entries = a->start[a->m];

	*t = (struct rows){ .m = a->n, .n = a->m };
	t->start = calloc(t->m + 2, sizeof *t->start);
	t->col = malloc((entries + 1) * sizeof *t->col);
	t->val = malloc((entries + 1) * sizeof *t->val);
	if (!t->start || !t->col || !t->val) {
		rows_free(t);
		return -1;
	}
	for (size_t k = 0; k < entries; k++)
		t->start[a->col[k] + 2]++;
	for (size_t j = 2; j <= t->m; j++)
		t->start[j] += t->start[j - 1];
	for (size_t i = 0; i < a->m; i++)
		for (size_t k = a->start[i]; k < a->start[i + 1]; k++) {
			size_t to = t->start[a->col[k] + 1]++;

			t->col[to] = (unsigned)i;
			t->val[to] = a->val[k];
		}
	return 0;
}

int rows_transpose(const struct rows *a, struct rows *t)
{
	if (a->col)
		return transpose_sparse(a, t);
	if (rows_dense(t, a->n, a->m))
		return -1;
	for (size_t i = 0; i < a->m; i++)
		for (size_t j = 0; j < a->n; j++)
			t->val[j * t->n + i] = a->val[i * a->n + j];
	return 0;
}

/* Gram-Schmidt twice: orthogonal to rounding (Giraud et al. 2005). Gaussian rows are
 * independent. */
int rows_orthonormal(struct rows *a, size_t m, size_t n, gsl_rng *rng)
{
	if (rows_gaussian(a, m, n, rng))
		return -1;
	for (size_t i = 0; i < m; i++)
		for (int twice = 0; twice < 2; twice++) {
			for (size_t k = 0; k < i; k++)
				rows_add(a, k, -rows_dot(a, k, a->val + i * n), a->val + i * n);
			rows_scale(a, i, 1 / sqrt(rows_norm2(a, i)));
		}
	return 0;
}

double rows_largest(const struct rows *a)
{
	double *v = malloc((2 * a->n + a->m) * sizeof *v), *w = v + a->n, *u = w + a->n;
	double value = 0, residual = 0;

	if (!v)
		return NAN;
	for (size_t j = 0; j < a->n; j++) /* not orthogonal to anything by symmetry */
		v[j] = (1 + 0.5 * sin((double)j + 1)) / sqrt((double)a->n);
	for (int k = 0; k < 500; k++) {
		double length = sqrt(vec_norm2(a->n, v));

		for (size_t j = 0; j < a->n; j++)
			v[j] /= length;
		rows_times(a, v, u);
		rows_back(a, u, w);
		value = vec_norm2(a->m, u);
		residual = 0;
		for (size_t j = 0; j < a->n; j++)
			residual += (w[j] - value * v[j]) * (w[j] - value * v[j]);
		residual = sqrt(residual);
		for (size_t j = 0; j < a->n; j++)
			v[j] = w[j];
		if (residual <= 1e-4 * value)
			break;
	}
	free(v);
	return value + residual;
}

int rows_spectrum(const struct rows *a, double *ev)
{
	size_t n = a->n;
	gsl_matrix *gram = gsl_matrix_calloc(n, n);
	gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(n);
	double *row = malloc(n * sizeof *row);
	gsl_vector_view out = gsl_vector_view_array(ev, n);
	int bad = !gram || !work || !row;

	for (size_t i = 0; !bad && i < a->m; i++) {
		for (size_t j = 0; j < n; j++)
			row[j] = 0;
		rows_add(a, i, 1, row);
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; row[j] != 0 && k <= j; k++)
				gram->data[j * gram->tda + k] += row[j] * row[k];
	}
	if (!bad) {
		gsl_eigen_symm(gram, &out.vector, work);
		gsl_sort_vector(&out.vector);
	}
	free(row);
	gsl_matrix_free(gram);
	gsl_eigen_symm_free(work);
	return bad ? -1 : 0;
}

void rows_extremes(const struct rows *a, double *least, double *most)
{
	double *ev = a->n <= 1000 ? malloc(a->n * sizeof *ev) : NULL;
	size_t j = 0;

	*least = *most = NAN;
	if (ev && !rows_spectrum(a, ev)) {
		*most = ev[a->n - 1];
		while (j < a->n - 1 && ev[j] <= (double)a->n * DBL_EPSILON * *most)
			j++;
		*least = ev[j];
	}
	free(ev);
}

void vec_unit(gsl_rng *rng, size_t n, double *x)
{
	double length;

	do {
		nso_normal(rng, n, x);
		length = sqrt(vec_norm2(n, x));
	} while (length < 1e-100);
	for (size_t j = 0; j < n; j++)
		x[j] /= length;
}

/* A random direction from the cube; its length is exact, for the sum is taken before x moves.
 */
void vec_perturb(gsl_rng *rng, size_t n, double length, double *x)
{
	gsl_rng *again = length > 0 ? gsl_rng_clone(rng) : NULL;
	double norm = 0;

	if (!again)
		return;
	for (size_t j = 0; j < n; j++)
		norm += pow(gsl_rng_uniform(again) - 0.5, 2);
	for (size_t j = 0; j < n; j++)
		x[j] += length * (gsl_rng_uniform(rng) - 0.5) / sqrt(norm);
	gsl_rng_free(again);
}
