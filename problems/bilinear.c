/* bilinear.c -- robust blind deconvolution and bilinear sensing of rank r:
 * (1/m) sum_i |<l_i'W, r_i'X> - y_i| for W (n x r) and X (n2 x r): Charisopoulos, Davis, Diaz,
 * Drusvyatskiy 2021. Gaussian l_i, r_i; orthonormal columns. The solution is known up to an
 * invertible r x r matrix, so the score measures the product WX'. */
#include <stdio.h>
#include "planted.h"

enum { N2 = P_OWN, RANK };
static const struct nso_option options[] = {
	PLANTED_OPTIONS(25, 400, "Charisopoulos et al. 2021: m = 8 (n + n2) r"),
	[N2] = { "n2", 0, 0, 1e6, "length of the second factor; 0: as the first", NULL,
		"nsobench", 1 },
	[RANK] = { "r", 1, 1, 100, "rank; 1 is blind deconvolution", NULL, "nsobench", 1 },
	{ 0 },
};

/* Columns of W, then columns of X. */
static double product(const void *self, size_t i, size_t branch, const double *x)
{
	const struct planted *p = self;
	double sum = 0;

	(void)branch;
	for (size_t k = 0; k < p->r; k++)
		sum += rows_dot(&p->model.a, i, x + k * p->d) *
		       rows_dot(&p->b, i, x + p->r * p->d + k * p->e);
	return sum - p->model.b[i];
}

static void product_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct planted *p = self;

	(void)branch;
	for (size_t k = 0; k < p->r; k++) {
		size_t w = k * p->d, v = p->r * p->d + k * p->e;

		rows_add(&p->model.a, i, c * rows_dot(&p->b, i, x + v), g + w);
		rows_add(&p->b, i, c * rows_dot(&p->model.a, i, x + w), g + v);
	}
}

static int columns(struct planted *p, size_t length, double *to, gsl_rng *rng)
{
	struct rows q;

	if (rows_orthonormal(&q, p->r, length, rng))
		return -1;
	for (size_t j = 0; j < p->r * length; j++)
		to[j] = q.val[j];
	rows_free(&q);
	return 0;
}

/* Second order: |sum_k (l'dW_k)(r'dX_k)| <= (|l'dW|^2 + |r'dX|^2)/2. */
static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t d = (size_t)opt[P_N], e = opt[N2] > 0 ? (size_t)opt[N2] : d;
	size_t r = (size_t)opt[RANK], m = (size_t)opt[P_M];
	struct planted *p;

	if (r > d || r > e) {
		snprintf(facts->why, sizeof facts->why,
			"r is %zu, expected at most n and n2 (%zu)", r, d < e ? d : e);
		return NULL;
	}
	p = planted_alloc(opt, r * (d + e), m);
	if (!p)
		return NULL;
	p->e = e;
	p->r = r;
	p->model.sum.residual = product;
	p->model.sum.gradient = product_gradient;
	if (rows_gaussian(&p->model.a, m, d, rng) || rows_gaussian(&p->b, m, e, rng) ||
		columns(p, d, p->solution, rng) || columns(p, e, p->solution + r * d, rng)) {
		planted_free(p);
		return NULL;
	}
	planted_targets(p, opt[P_CORRUPT], ADD, rng, facts);
	facts->weak_convexity =
		fmax(rows_largest(&p->model.a), rows_largest(&p->b)) / (double)m;
	return p;
}

static double score(const void *self, const double *x)
{
	const struct planted *p = self;
	const double *v = x + p->r * p->d, *vbar = p->solution + p->r * p->d;
	double sum = 0;

	for (size_t a = 0; a < p->d; a++)
		for (size_t b = 0; b < p->e; b++) {
			double entry = 0;

			for (size_t k = 0; k < p->r; k++)
				entry += x[a + k * p->d] * v[b + k * p->e] -
					 p->solution[a + k * p->d] * vbar[b + k * p->e];
			sum += entry * entry;
		}
	return sqrt(sum);
}

const struct nso_problem nso_problem_blind_deconvolution = {
	.name = "blind-deconvolution",
	.title = "Robust blind deconvolution",
	.reference = "Charisopoulos, Davis, Diaz, Drusvyatskiy 2021",
	.formula = "(1/m) sum_i |<l_i'W, r_i'X> - y_i|",
	.group = "weakly-convex",
	.traits =
		NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = score,
	.score_name = "error of the product",
	.free = planted_free,
};
