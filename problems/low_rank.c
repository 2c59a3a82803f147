/* low_rank.c -- recovery of XX' for X (n x r) with orthonormal columns, up to an orthogonal
 * matrix: Charisopoulos et al. 2021 (quadratic sensing, matrix sensing, robust PCA, matrix
 * completion); Chen, Chi, Goldsmith 2015 (covariance estimation). The score is |XX' -
 * solution|_F. */
#include <stdio.h>
#include "planted.h"

enum { RANK = P_OWN, FIXED_RANK = P_M }; /* without m the rank stands in its place */
enum { OBSERVED = P_CORRUPT };           /* matrix completion */

static struct planted *draw(
	const double *opt, size_t r, size_t m, gsl_rng *rng, struct nso_facts *facts)
{
	size_t d = (size_t)opt[P_N];
	struct planted *p;
	struct rows q;

	if (r > d) {
		snprintf(facts->why, sizeof facts->why, "r is %zu, expected at most n = %zu", r,
			d);
		return NULL;
	}
	p = planted_alloc(opt, d * r, m);
	if (!p)
		return NULL;
	p->r = r;
	if (rows_orthonormal(&q, r, d, rng)) {
		planted_free(p);
		return NULL;
	}
	for (size_t j = 0; j < d * r; j++)
		p->solution[j] = q.val[j];
	rows_free(&q);
	return p;
}

/* ---------------------------------------------------------- quadratic sensing -------- */

/* <l'X, r'X> with l = p - q, r = p + q of Gaussian p, q: |p'X|^2 - |q'X|^2, free of the trace.
 */
static double form(const void *self, size_t i, size_t branch, const double *x)
{
	const struct planted *p = self;
	double sum = 0;

	(void)branch;
	for (size_t k = 0; k < p->r; k++)
		sum += rows_dot(&p->model.a, i, x + k * p->d) *
		       rows_dot(&p->b, i, x + k * p->d);
	return sum - p->model.b[i];
}

static void form_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct planted *p = self;

	(void)branch;
	for (size_t k = 0; k < p->r; k++) {
		size_t at = k * p->d;

		rows_add(&p->model.a, i, c * rows_dot(&p->b, i, x + at), g + at);
		rows_add(&p->b, i, c * rows_dot(&p->model.a, i, x + at), g + at);
	}
}

/* |sum_k (l'd_k)(r'd_k)| <= (|l'D|^2 + |r'D|^2)/2. */
static void *quadratic_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct planted *p = draw(opt, (size_t)opt[RANK], (size_t)opt[P_M], rng, facts);

	if (!p)
		return NULL;
	p->model.sum.residual = form;
	p->model.sum.gradient = form_gradient;
	if (rows_gaussian(&p->model.a, p->model.sum.m, p->d, rng) ||
		rows_gaussian(&p->b, p->model.sum.m, p->d, rng)) {
		planted_free(p);
		return NULL;
	}
	for (size_t i = 0; i < p->model.sum.m; i++) {
		rows_scale(&p->model.a, i, sqrt(2));
		rows_scale(&p->b, i, sqrt(2));
	}
	planted_targets(p, opt[P_CORRUPT], ADD, rng, facts);
	facts->weak_convexity =
		(rows_largest(&p->model.a) + rows_largest(&p->b)) / (double)p->model.sum.m;
	return p;
}

/* ---------------------------------------------------------- covariance --------------- */

static double energy(const void *self, size_t i, size_t branch, const double *x)
{
	const struct planted *p = self;
	double sum = 0;

	(void)branch;
	for (size_t k = 0; k < p->r; k++) {
		double u = rows_dot(&p->model.a, i, x + k * p->d);

		sum += u * u;
	}
	return sum - p->model.b[i];
}

static void energy_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct planted *p = self;

	(void)branch;
	for (size_t k = 0; k < p->r; k++)
		rows_add(&p->model.a, i, 2 * c * rows_dot(&p->model.a, i, x + k * p->d),
			g + k * p->d);
}

static void *covariance_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct planted *p = draw(opt, (size_t)opt[RANK], (size_t)opt[P_M], rng, facts);

	if (!p)
		return NULL;
	p->model.sum.residual = energy;
	p->model.sum.gradient = energy_gradient;
	if (rows_gaussian(&p->model.a, p->model.sum.m, p->d, rng)) {
		planted_free(p);
		return NULL;
	}
	planted_targets(p, opt[P_CORRUPT], ADD, rng, facts);
	facts->weak_convexity = 2 * rows_largest(&p->model.a) / (double)p->model.sum.m;
	return p;
}

/* ---------------------------------------------------------- matrix sensing ----------- */

/* sum_k x_k'A_i x_k; A_i is row i of a, symmetric, d x d. */
static double sensing(const void *self, size_t i, size_t branch, const double *x)
{
	const struct planted *p = self;
	const double *matrix = p->model.a.val + i * p->d * p->d;
	double sum = 0;

	(void)branch;
	for (size_t k = 0; k < p->r; k++)
		for (size_t row = 0; row < p->d; row++)
			sum += x[k * p->d + row] *
			       vec_dot(p->d, matrix + row * p->d, x + k * p->d);
	return sum - p->model.b[i];
}

static void sensing_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct planted *p = self;
	const double *matrix = p->model.a.val + i * p->d * p->d;

	(void)branch;
	for (size_t k = 0; k < p->r; k++)
		for (size_t row = 0; row < p->d; row++)
			g[k * p->d + row] +=
				2 * c * vec_dot(p->d, matrix + row * p->d, x + k * p->d);
}

/* (1/m) sum |<A_i, DD'>| <= |A(DD')|/sqrt(m) <= sigma_max(A) |D|^2/sqrt(m). */
static void *sensing_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct planted *p = draw(opt, (size_t)opt[RANK], (size_t)opt[P_M], rng, facts);
	size_t d = (size_t)opt[P_N];

	if (!p)
		return NULL;
	p->model.sum.residual = sensing;
	p->model.sum.gradient = sensing_gradient;
	if (rows_gaussian(&p->model.a, p->model.sum.m, d * d, rng)) {
		planted_free(p);
		return NULL;
	}
	for (size_t i = 0; i < p->model.sum.m; i++)
		for (size_t a = 0; a < d; a++)
			for (size_t b = 0; b < a; b++)
				p->model.a.val[(i * d + a) * d + b] =
					p->model.a.val[(i * d + b) * d + a];
	planted_targets(p, opt[P_CORRUPT], ADD, rng, facts);
	facts->weak_convexity = 2 * sqrt(rows_largest(&p->model.a) / (double)p->model.sum.m);
	return p;
}

/* ---------------------------------------------------------- robust PCA --------------- */

/* Term i is the entry (i / n, i mod n). */
static double entry(const void *self, size_t i, size_t branch, const double *x)
{
	const struct planted *p = self;
	double sum = 0;

	(void)branch;
	for (size_t k = 0; k < p->r; k++)
		sum += x[k * p->d + i / p->d] * x[k * p->d + i % p->d];
	return sum - p->model.b[i];
}

static void entry_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct planted *p = self;

	(void)branch;
	for (size_t k = 0; k < p->r; k++) {
		g[k * p->d + i / p->d] += c * x[k * p->d + i % p->d];
		g[k * p->d + i % p->d] += c * x[k * p->d + i / p->d];
	}
}

/* |DD'|_1 <= (sum of the lengths of D's rows)^2 <= n |D|^2; the scale is 1. */
static void *pca_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t d = (size_t)opt[P_N];
	struct planted *p = draw(opt, (size_t)opt[FIXED_RANK], d * d, rng, facts);

	if (!p)
		return NULL;
	p->model.sum.scale = 1;
	p->model.sum.residual = entry;
	p->model.sum.gradient = entry_gradient;
	planted_targets(p, opt[P_CORRUPT], ADD, rng, facts);
	for (size_t a = 0; a < d; a++) /* a symmetric sparse matrix */
		for (size_t b = 0; b < a; b++)
			p->model.b[a * d + b] = p->model.b[b * d + a];
	facts->optimum = sum_eval(p, p->solution, NULL);
	facts->weak_convexity = 2 * (double)d;
	return p;
}

/* ---------------------------------------------------------- matrix completion -------- */

/* f = |P_Omega(XX' - M)|_F: a itself holds the mask, 0 or 1. */
static double completion(const void *self, const double *x, double *g)
{
	const struct planted *p = self;
	double sum = 0, length;

	for (size_t j = 0; g && j < p->model.sum.n; j++)
		g[j] = 0;
	for (size_t i = 0; i < p->model.sum.m; i++) {
		double v = p->model.a.val[i] * entry(p, i, 0, x);

		sum += v * v;
		if (g)
			entry_gradient(p, i, 0, x, v, g);
	}
	length = sqrt(sum);
	for (size_t j = 0; g && length > 0 && j < p->model.sum.n; j++)
		g[j] /= length;
	return length;
}

static void completion_pieces(
	const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct planted *p = self;

	if (2 * completion(self, x, NULL) > tol) {
		completion(self, x, nso_row(out, 0, p->model.sum.n));
		return;
	}
	nso_ball(out);
	for (size_t i = 0; i < p->model.sum.m; i++)
		if (p->model.a.val[i] > 0)
			entry_gradient(p, i, 0, x, 1, nso_row(out, 0, p->model.sum.n));
}

/* |P(DD')|_F <= |D|^2: weakly convex with 2. */
static void *completion_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t d = (size_t)opt[P_N];
	struct planted *p = draw(opt, (size_t)opt[FIXED_RANK], d * d, rng, facts);

	if (!p)
		return NULL;
	p->model.sum.residual = entry;
	if (rows_dense(&p->model.a, d, d)) {
		planted_free(p);
		return NULL;
	}
	for (size_t a = 0; a < d; a++)
		for (size_t b = 0; b <= a; b++)
			p->model.a.val[a * d + b] = p->model.a.val[b * d + a] =
				gsl_rng_uniform(rng) < opt[OBSERVED] ? 1 : 0;
	planted_targets(p, 0, ADD, rng, facts);
	facts->terms = 0;
	facts->optimum = 0;
	facts->weak_convexity = 2;
	return p;
}

#define OPTION_RANK                                                                            \
	{                                                                                      \
		"r", 2, 1, 100, "rank", NULL, "nsobench", 1                                    \
	}
static const struct nso_option options[] = {
	PLANTED_OPTIONS(20, 320, "Charisopoulos et al. 2021: m = 8 n r"),
	[RANK] = OPTION_RANK,
	{ 0 },
};
static const struct nso_option sensing_options[] = {
	PLANTED_OPTIONS(15, 240, "nsobench: m = 8 n r"),
	[RANK] = OPTION_RANK,
	{ 0 },
};
static const struct nso_option pca_options[] = {
	[P_N] = OPTION_DIMENSION(20),
	[P_DELTA] = OPTION_DELTA,
	[P_CORRUPT] = OPTION_CORRUPT,
	[FIXED_RANK] = OPTION_RANK,
	{ 0 },
};
static const struct nso_option completion_options[] = {
	[P_N] = OPTION_DIMENSION(20),
	[P_DELTA] = OPTION_DELTA,
	[OBSERVED] = { "observed", 0.5, 0.01, 1, "share of the entries that are seen", NULL,
		"nsobench" },
	[FIXED_RANK] = OPTION_RANK,
	{ 0 },
};

const struct nso_problem nso_problem_quadratic_sensing = {
	.name = "quadratic-sensing",
	.title = "Robust quadratic sensing",
	.reference = "Charisopoulos et al. 2021",
	.formula = "(1/m) sum_i |<l_i'X, r_i'X> - y_i|",
	.group = "weakly-convex",
	.traits =
		NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = quadratic_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance_square,
	.score_name = "error of the product",
	.free = planted_free,
};

const struct nso_problem nso_problem_covariance_estimation = {
	.name = "covariance-estimation",
	.title = "Robust covariance estimation",
	.reference = "Chen, Chi, Goldsmith 2015",
	.formula = "(1/m) sum_i ||a_i'X|^2 - y_i|",
	.group = "weakly-convex",
	.traits =
		NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = covariance_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance_square,
	.score_name = "error of the product",
	.free = planted_free,
};

const struct nso_problem nso_problem_matrix_sensing = {
	.name = "matrix-sensing",
	.title = "Robust matrix sensing",
	.reference = "Charisopoulos et al. 2021",
	.formula = "(1/m) sum_i |<A_i, XX'> - y_i|",
	.group = "weakly-convex",
	.traits =
		NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = sensing_options,
	.make = sensing_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance_square,
	.score_name = "error of the product",
	.free = planted_free,
};

const struct nso_problem nso_problem_robust_pca = {
	.name = "robust-pca",
	.title = "Robust PCA",
	.reference = "Charisopoulos et al. 2021",
	.formula = "|XX' - W|_1",
	.group = "weakly-convex",
	.traits =
		NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = pca_options,
	.make = pca_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance_square,
	.score_name = "error of the product",
	.free = planted_free,
};

const struct nso_problem nso_problem_matrix_completion = {
	.name = "matrix-completion",
	.title = "Matrix completion",
	.reference = "Charisopoulos et al. 2021",
	.formula = "|P_Omega(XX' - M)|_F",
	.group = "weakly-convex",
	.traits = NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = completion_options,
	.make = completion_make,
	.start = planted_start,
	.eval = completion,
	.pieces = completion_pieces,
	.score = planted_distance_square,
	.score_name = "error of the product",
	.free = planted_free,
};
