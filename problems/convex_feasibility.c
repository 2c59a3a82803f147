/* convex_feasibility.c -- S4: f(x) = max_i dist(x, C_i) for half-spaces and balls that all
 * touch a planted point of their intersection; f* = 0. The classical setting of Polyak's step:
 * with f* known a step is the projection on the farthest set (Polyak 1969). */
#include <stdlib.h>
#include "nsobench.h"
#include "rows.h"

enum { N, SETS };
static const struct nso_option options[] = {
	[N] = { "n", 20, 1, 1e5, "dimension", NULL, "nsobench", 1 },
	[SETS] = { "sets", 40, 1, 1e5, "sets; every second is a ball, the others half-spaces",
		NULL, "nsobench", 1 },
	{ 0 },
};

struct feasibility {
	struct rows
		a; /* outward normals at the planted point; centres stand radius behind it */
	double *radius, *x;
};

static void destroy(void *self)
{
	struct feasibility *p = self;

	if (!p)
		return;
	rows_free(&p->a);
	free(p->radius);
	free(p->x);
	free(p);
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], m = (size_t)opt[SETS];
	struct feasibility *p = calloc(1, sizeof *p);

	if (!p)
		return NULL;
	p->radius = malloc(m * sizeof *p->radius);
	p->x = malloc(n * sizeof *p->x);
	if (!p->radius || !p->x || rows_dense(&p->a, m, n)) {
		destroy(p);
		return NULL;
	}
	vec_unit(rng, n, p->x);
	for (size_t i = 0; i < m; i++) {
		vec_unit(rng, n, p->a.val + i * n);
		p->radius[i] = i % 2 ? 0.5 + gsl_rng_uniform(rng) : INFINITY;
	}
	facts->n = n;
	facts->optimum = 0;
	facts->optimum_error = 1e-15; /* the distance to a ball at its boundary rounds */
	facts->minimizer = p->x;
	facts->lipschitz = 1;
	return p;
}

/* Signed distance to the boundary of set i, negative inside; the gradient is the unit normal.
 * With d = x - x*: <a, d> for a half-space, |d + r a| - r = (|d|^2 + 2 r <a, d>)/(|d + r a| +
 * r) for a ball. */
static double signed_distance(const struct feasibility *p, size_t i, const double *x, double *g)
{
	const double *a = p->a.val + i * p->a.n;
	double r = p->radius[i], along = 0, square = 0, length = 0;

	for (size_t j = 0; j < p->a.n; j++) {
		double d = x[j] - p->x[j], e = isinf(r) ? a[j] : d + r * a[j];

		along += a[j] * d;
		square += d * d;
		length += e * e;
		if (g)
			g[j] = e;
	}
	length = sqrt(length);
	for (size_t j = 0; g && length > 0 && j < p->a.n; j++)
		g[j] /= length;
	return isinf(r) ? along : (square + 2 * r * along) / (length + r);
}

static double farthest(const struct feasibility *p, const double *x, size_t *at)
{
	double most = signed_distance(p, 0, x, NULL);

	*at = 0;
	for (size_t i = 1; i < p->a.m; i++) {
		double v = signed_distance(p, i, x, NULL);

		if (v > most) {
			most = v;
			*at = i;
		}
	}
	return most;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct feasibility *p = self;
	size_t at;
	double most = farthest(p, x, &at);

	for (size_t j = 0; g && j < p->a.n; j++)
		g[j] = 0;
	if (most <= 0)
		return 0;
	if (g)
		signed_distance(p, at, x, g);
	return most;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct feasibility *p = self;
	double level = eval(self, x, NULL) - tol;

	nso_hull(out);
	if (level <= 0)
		nso_row(out, 0, 1);
	for (size_t i = 0; i < p->a.m; i++)
		if (signed_distance(p, i, x, NULL) >= level)
			signed_distance(p, i, x, nso_row(out, 0, p->a.n));
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct feasibility *p = self;

	vec_unit(rng, p->a.n, x);
	for (size_t j = 0; j < p->a.n; j++)
		x[j] = p->x[j] + 3 * x[j];
}

const struct nso_problem nso_problem_convex_feasibility = {
	.name = "convex-feasibility",
	.title = "S4: convex feasibility",
	.reference = "Polyak 1969",
	.formula = "max_i dist(x, C_i)",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = destroy,
};
