/* max_eigenvalue.c -- f(x) = lambda_max(A_0 + sum_j x_j A_j), symmetric matrices of order m;
 * convex, Overton 1988. Planted: A_0 has the largest eigenvalue 1 r times at the solution x*,
 * and the A_j are orthogonal to a positive definite W on that eigenspace, so 0 = (<A_j, W>)_j
 * lies in the relative interior of the subdifferential: f* = 1. */
#include <stdio.h>
#include <stdlib.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include "nsobench.h"
#include "rows.h"

enum { N, M, R };
static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e4, "dimension", NULL, "nsobench", 1 },
	[M] = { "m", 20, 1, 500, "order of the matrices", NULL, "nsobench", 1 },
	[R] = { "r", 3, 1, 500, "multiplicity of the largest eigenvalue at the solution", NULL,
		"nsobench", 1 },
	{ 0 },
};

struct max_eigenvalue {
	size_t n, m;
	struct rows a; /* row 0 is A_0, row j is A_j: m x m in full */
	double *minimizer;
	gsl_matrix *sum, *vectors;
	gsl_vector *values;
	gsl_eigen_symmv_workspace *work;
};

static void destroy(void *self)
{
	struct max_eigenvalue *p = self;

	if (!p)
		return;
	rows_free(&p->a);
	free(p->minimizer);
	gsl_matrix_free(p->sum);
	gsl_matrix_free(p->vectors);
	gsl_vector_free(p->values);
	gsl_eigen_symmv_free(p->work);
	free(p);
}

/* Adds sum_k weight_k q_k q_k' to the matrix s; q_k are columns of the orthogonal q. */
static void add_spectral(const gsl_matrix *q, size_t k, double weight, double *s)
{
	for (size_t a = 0; a < q->size1; a++)
		for (size_t b = 0; b < q->size1; b++)
			s[a * q->size1 + b] +=
				weight * gsl_matrix_get(q, a, k) * gsl_matrix_get(q, b, k);
}

/* A random symmetric matrix with entries N(0, 1/m), the diagonal N(0, 2/m). */
static void symmetric(gsl_rng *rng, size_t m, double *s)
{
	nso_normal(rng, m * m, s);
	for (size_t a = 0; a < m; a++)
		for (size_t b = 0; b <= a; b++)
			s[a * m + b] = s[b * m + a] =
				(s[a * m + b] + s[b * m + a]) / sqrt(2 * (double)m);
}

/* The orthogonal factor of a Gaussian matrix, in p->vectors. */
static int orthogonal(struct max_eigenvalue *p, gsl_rng *rng)
{
	gsl_matrix *upper = gsl_matrix_alloc(p->m, p->m);

	if (!upper)
		return -1;
	nso_normal(rng, p->m * p->m, p->sum->data);
	gsl_linalg_QR_decomp(p->sum, p->values);
	gsl_linalg_QR_unpack(p->sum, p->values, p->vectors, upper);
	gsl_matrix_free(upper);
	return 0;
}

static int plant(struct max_eigenvalue *p, size_t r, gsl_rng *rng)
{
	size_t square = p->m * p->m;
	double *w = calloc(square, sizeof *w);

	if (!w || orthogonal(p, rng)) {
		free(w);
		return -1;
	}
	for (size_t k = 0; k < p->m; k++) {
		double u = gsl_rng_uniform(rng);

		add_spectral(p->vectors, k, k < r ? 1 : 0.9 - 1.9 * u, p->a.val);
		if (k < r)
			add_spectral(p->vectors, k, 0.5 + u, w);
	}
	vec_unit(rng, p->n, p->minimizer);
	for (size_t j = 1; j <= p->n; j++) {
		double *a = p->a.val + j * square, c;

		symmetric(rng, p->m, a);
		c = vec_dot(square, a, w) / vec_norm2(square, w);
		for (size_t k = 0; k < square; k++) {
			a[k] -= c * w[k];
			p->a.val[k] -= p->minimizer[j - 1] * a[k];
		}
	}
	free(w);
	return 0;
}

/* |g|^2 = sum <A_j, W>^2 <= sum |A_j|_2^2 for the W of trace 1. */
static double lipschitz(const struct max_eigenvalue *p)
{
	double sum = 0;

	for (size_t j = 1; j <= p->n; j++) {
		gsl_matrix_const_view a =
			gsl_matrix_const_view_array(p->a.val + j * p->m * p->m, p->m, p->m);

		gsl_matrix_memcpy(p->sum, &a.matrix);
		gsl_eigen_symmv(p->sum, p->values, p->vectors, p->work);
		sum += fmax(
			pow(gsl_vector_max(p->values), 2), pow(gsl_vector_min(p->values), 2));
	}
	return sqrt(sum);
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], m = (size_t)opt[M], r = (size_t)opt[R];
	struct max_eigenvalue *p;

	if (r > m) {
		snprintf(facts->why, sizeof facts->why, "r is %zu, expected at most m = %zu", r,
			m);
		return NULL;
	}
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->n = facts->n = n;
	p->m = m;
	p->minimizer = calloc(n, sizeof *p->minimizer);
	p->sum = gsl_matrix_alloc(m, m);
	p->vectors = gsl_matrix_alloc(m, m);
	p->values = gsl_vector_alloc(m);
	p->work = gsl_eigen_symmv_alloc(m);
	if (!p->minimizer || !p->sum || !p->vectors || !p->values || !p->work ||
		rows_dense(&p->a, n + 1, m * m) || plant(p, r, rng)) {
		destroy(p);
		return NULL;
	}
	facts->optimum = 1;
	facts->optimum_error = 1e-13 * (double)m;
	facts->minimizer = p->minimizer;
	facts->lipschitz = lipschitz(p);
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct max_eigenvalue *p = self;

	(void)rng;
	for (size_t j = 0; j < p->n; j++)
		x[j] = 0;
}

/* Eigenvalues descending and their vectors; NAN in the first where the matrix is not finite. */
static void decompose(const struct max_eigenvalue *p, const double *x)
{
	double *s = p->sum->data, check = 0;

	for (size_t k = 0; k < p->m * p->m; k++)
		s[k] = p->a.val[k];
	for (size_t j = 0; j < p->n; j++)
		rows_add(&p->a, j + 1, x[j], s);
	for (size_t k = 0; k < p->m * p->m; k++)
		check += fabs(s[k]);
	gsl_matrix_set_identity(p->vectors);
	gsl_vector_set_all(p->values, NAN);
	if (!isfinite(check)) /* GSL's iteration would not end */
		return;
	gsl_eigen_symmv(p->sum, p->values, p->vectors, p->work);
	gsl_eigen_symmv_sort(p->values, p->vectors, GSL_EIGEN_SORT_VAL_DESC);
}

/* v_a'A_j v_b for all j, times weight. */
static void forms(const struct max_eigenvalue *p, size_t a, size_t b, double weight, double *g)
{
	for (size_t j = 1; j <= p->n; j++) {
		const double *s = p->a.val + j * p->m * p->m;
		double sum = 0;

		for (size_t k = 0; k < p->m; k++) {
			double row = 0;

			for (size_t l = 0; l < p->m; l++)
				row += s[k * p->m + l] * gsl_matrix_get(p->vectors, l, b);
			sum += row * gsl_matrix_get(p->vectors, k, a);
		}
		g[j - 1] = weight * sum;
	}
}

static double eval(const void *self, const double *x, double *g)
{
	const struct max_eigenvalue *p = self;

	decompose(p, x);
	if (g)
		forms(p, 0, 0, 1, g);
	return gsl_vector_get(p->values, 0);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct max_eigenvalue *p = self;
	double level = eval(self, x, NULL) - tol;
	size_t r = 1;

	while (r < p->m && gsl_vector_get(p->values, r) >= level)
		r++;
	nso_spectral(out, r);
	for (size_t a = 0; a < r; a++)
		for (size_t b = a; b < r; b++)
			forms(p, a, b, a == b ? 1 : 2, nso_row(out, 0, p->n));
}

const struct nso_problem nso_problem_max_eigenvalue = {
	.name = "max-eigenvalue",
	.title = "Largest eigenvalue",
	.reference = "Overton 1988; planted solution: nsobench",
	.formula = "lambda_max(A_0 + sum_j x_j A_j)",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_PLANTED,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = destroy,
};
