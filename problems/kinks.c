/* kinks.c -- f(x) = sum_i sum_j |x_j - k_ij| - f*: separable and polyhedral, each coordinate
 * with its own kinks; minimized by the medians. After the function of that name in libnano. */
#include <stdlib.h>
#include <gsl/gsl_sort.h>
#include "nsobench.h"
#include "rows.h"

enum { N, M };
static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e6, "dimension", NULL, "nsobench", 1 },
	[M] = { "m", 7, 1, 1e4, "kinks of each coordinate", NULL, "nsobench", 1 },
	{ 0 },
};

struct kinks {
	size_t n, m;
	double offset;
	double *minimizer, *k; /* k: m in a row for each coordinate, ascending */
	double store[];
};

static double coordinate(const struct kinks *p, size_t j, double x)
{
	double sum = 0;

	for (size_t i = 0; i < p->m; i++)
		sum += fabs(x - p->k[j * p->m + i]);
	return sum;
}

/* An odd number of kinks leaves slope 1 at least on both sides of the median, and f - f* is
 * then at least |x - x*|_1 >= |x - x*|. */
static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], m = (size_t)opt[M];
	struct kinks *p = calloc(1, sizeof *p + (n + n * m) * sizeof *p->store);

	if (!p)
		return NULL;
	p->n = facts->n = n;
	p->m = m;
	p->minimizer = p->store;
	p->k = p->store + n;
	for (size_t i = 0; i < n * m; i++)
		p->k[i] = 2 * gsl_rng_uniform(rng) - 1;
	for (size_t j = 0; j < n; j++) {
		gsl_sort(p->k + j * m, 1, m);
		p->minimizer[j] = p->k[j * m + (m - 1) / 2];
		p->offset += coordinate(p, j, p->minimizer[j]);
	}
	facts->optimum = 0;
	facts->optimum_error = 0; /* the same sum in the same order is subtracted */
	facts->minimizer = p->minimizer;
	facts->lipschitz = (double)m * sqrt((double)n);
	if (m % 2) {
		facts->sharpness = 1;
		facts->traits |= NSO_SHARP;
	}
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct kinks *p = self;

	(void)rng;
	for (size_t j = 0; j < p->n; j++)
		x[j] = j % 2 ? -2 : 2;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct kinks *p = self;
	double sum = 0;

	for (size_t j = 0; j < p->n; j++) {
		sum += coordinate(p, j, x[j]);
		if (!g)
			continue;
		g[j] = 0;
		for (size_t i = 0; i < p->m; i++)
			g[j] += (x[j] > p->k[j * p->m + i]) - (x[j] < p->k[j * p->m + i]);
	}
	return sum - p->offset;
}

static int active(const struct kinks *p, size_t j, size_t i, const double *x, double tol)
{
	return 2 * fabs(x[j] - p->k[j * p->m + i]) <= tol;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct kinks *p = self;
	double *base = nso_row(out, 0, p->n);

	for (size_t j = 0; j < p->n; j++)
		for (size_t i = 0; i < p->m; i++)
			if (!active(p, j, i, x, tol))
				base[j] += x[j] > p->k[j * p->m + i] ? 1 : -1;
	for (size_t j = 0; j < p->n; j++) {
		size_t count = 0;

		for (size_t i = 0; i < p->m; i++)
			count += (size_t)active(p, j, i, x, tol);
		if (!count)
			continue;
		nso_hull(out);
		*nso_row(out, j, 1) = (double)count;
		*nso_row(out, j, 1) = -(double)count;
	}
}

const struct nso_problem nso_problem_kinks = {
	.name = "kinks",
	.title = "Kinks",
	.reference = "libnano, function kinks",
	.formula = "sum_ij |x_j - k_ij| - f*",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
