/* norm_plus.c -- a norm plus a smooth part: tilted norm and partly smooth function (Lewis,
 * Overton 2013), half-and-half (Mifflin, Sagastizabal; Lewis, Overton 2013). The kink is a
 * subspace. */
#include <stdlib.h>
#include "nsobench.h"
#include "rows.h"

enum { N, W };

/* Symmetric matrices as H diag(d) H with the reflection H = I - 2 u u' on the first k entries.
 */
struct spd {
	size_t k;
	double *d, *u; /* u NULL: no reflection */
};

struct norm_plus {
	size_t n;
	double w;
	struct spd a, b;
	double *minimizer, *ax, *bx, *scratch;
	double store[];
};

static void reflect(const struct spd *s, double *x)
{
	double c;

	if (!s->u)
		return;
	c = 2 * vec_dot(s->k, s->u, x);
	for (size_t i = 0; i < s->k; i++)
		x[i] -= c * s->u[i];
}

/* out = S x; S is zero beyond its first k coordinates. */
static void apply(const struct spd *s, size_t n, const double *x, double *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = i < s->k ? x[i] : 0;
	reflect(s, out);
	for (size_t i = 0; i < s->k; i++)
		out[i] *= s->d[i];
	reflect(s, out);
}

/* Eigenvalues from 1 to n^2 in equal ratios: condition number n^2. */
static void ladder(struct spd *s, double top)
{
	for (size_t i = 0; i < s->k; i++)
		s->d[i] = s->k > 1 ? pow(top, (double)i / (double)(s->k - 1)) : 1;
}

static struct norm_plus *blank(size_t n, struct nso_facts *facts)
{
	struct norm_plus *p = calloc(1, sizeof *p + 8 * n * sizeof *p->store);

	if (!p)
		return NULL;
	p->n = facts->n = n;
	p->minimizer = p->store;
	p->ax = p->store + n;
	p->bx = p->store + 2 * n;
	p->scratch = p->store + 3 * n;
	p->a = (struct spd){ n, p->store + 4 * n, NULL };
	p->b = (struct spd){ n, p->store + 5 * n, NULL };
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	return p;
}

static void start_random(const void *self, gsl_rng *rng, double *x)
{
	const struct norm_plus *p = self;

	nso_normal(rng, p->n, x);
}

static void start_ones(const void *self, gsl_rng *rng, double *x)
{
	const struct norm_plus *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = 1;
}

/* ---------------------------------------------------------- tilted norm -------------- */

/* f >= |Ax| >= |x|, for the least eigenvalue of A is 1. */
static void *tilted_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N];
	struct norm_plus *p = blank(n, facts);

	if (!p)
		return NULL;
	p->w = opt[W];
	p->a.u = p->store + 6 * n;
	ladder(&p->a, (double)n * (double)n);
	vec_unit(rng, n, p->a.u);
	facts->sharpness = 1;
	facts->lipschitz = (2 * p->w - 1) * (double)n * (double)n;
	return p;
}

static double tilted(const void *self, const double *x, double *g)
{
	const struct norm_plus *p = self;
	double length;

	apply(&p->a, p->n, x, p->ax);
	length = sqrt(vec_norm2(p->n, p->ax));
	if (g) {
		for (size_t i = 0; i < p->n; i++)
			p->scratch[i] = length > 0 ? p->w * p->ax[i] / length : 0;
		p->scratch[0] += p->w - 1;
		apply(&p->a, p->n, p->scratch, g);
	}
	return p->w * length + (p->w - 1) * p->ax[0];
}

static void tilted_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct norm_plus *p = self;
	double *base = nso_row(out, 0, p->n), length;

	tilted(self, x, base);
	length = sqrt(vec_norm2(p->n, p->ax));
	if (length > 0 && 2 * p->w * length > tol)
		return;
	for (size_t i = 0; i < p->n; i++)
		p->scratch[i] = i ? 0 : p->w - 1;
	apply(&p->a, p->n, p->scratch, base);
	nso_ball(out);
	for (size_t i = 0; i < p->n; i++) {
		for (size_t j = 0; j < p->n; j++)
			p->scratch[j] = i == j ? p->w : 0;
		apply(&p->a, p->n, p->scratch, nso_row(out, 0, p->n));
	}
}

/* ---------------------------------------------------------- sqrt(x'Ax) + x'Bx -------- */

static void *partly_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N];
	struct norm_plus *p = blank(n, facts);

	if (!p)
		return NULL;
	p->a.k = (n + 1) / 2;
	p->a.u = p->store + 6 * n;
	p->b.u = p->store + 7 * n;
	ladder(&p->a, (double)n * (double)n);
	ladder(&p->b, (double)n * (double)n);
	vec_unit(rng, p->a.k, p->a.u);
	vec_unit(rng, n, p->b.u);
	facts->convexity = facts->pl = 2; /* least eigenvalue of B is 1 */
	return p;
}

static void *half_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N];
	struct norm_plus *p = blank(n, facts);

	(void)rng;
	if (!p)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		p->a.d[i] = i % 2 == 0;
		p->b.d[i] = 1 / ((double)(i + 1) * (double)(i + 1));
	}
	facts->convexity = facts->pl = 2 * p->b.d[n - 1];
	return p;
}

static double partly(const void *self, const double *x, double *g)
{
	const struct norm_plus *p = self;
	double root;

	apply(&p->a, p->n, x, p->ax);
	apply(&p->b, p->n, x, p->bx);
	root = sqrt(fmax(vec_dot(p->n, x, p->ax), 0));
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = (root > 0 ? p->ax[i] / root : 0) + 2 * p->bx[i];
	return root + vec_dot(p->n, x, p->bx);
}

/* sqrt(x'Ax) = |A^(1/2) x|: at its kink the ball with rows sqrt(d_i) H e_i. */
static void partly_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct norm_plus *p = self;
	double *base = nso_row(out, 0, p->n), root;

	partly(self, x, base);
	root = sqrt(fmax(vec_dot(p->n, x, p->ax), 0));
	if (root > 0 && 2 * root > tol)
		return;
	for (size_t i = 0; i < p->n; i++)
		base[i] = 2 * p->bx[i];
	nso_ball(out);
	for (size_t i = 0; i < p->a.k; i++)
		if (p->a.d[i] > 0) {
			size_t first = p->a.u ? 0 : i, len = p->a.u ? p->a.k : 1;
			double *row = nso_row(out, first, len);

			row[i - first] = sqrt(p->a.d[i]);
			reflect(&p->a, row);
		}
}

static const struct nso_option tilted_options[] = {
	[N] = { "n", 10, 1, 1e6, "dimension", NULL, "nsobench", 1 },
	[W] = { "w", 4, 1, 1e6, "weight of the norm", NULL, "Lewis, Overton 2013" },
	{ 0 },
};
static const struct nso_option partly_options[] = {
	[N] = { "n", 10, 1, 1e6, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};
static const struct nso_option half_options[] = {
	[N] = { "n", 8, 1, 1e6, "dimension", NULL, "Lewis, Overton 2013", 1 },
	{ 0 },
};

const struct nso_problem nso_problem_tilted_norm = {
	.name = "tilted-norm",
	.title = "Tilted norm",
	.reference = "Lewis, Overton 2013",
	.formula = "w |Ax| + (w - 1) e_1'Ax, A positive definite of condition n^2",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_SHARP | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = tilted_options,
	.make = tilted_make,
	.start = start_random,
	.eval = tilted,
	.pieces = tilted_pieces,
	.free = free,
};

const struct nso_problem nso_problem_partly_smooth = {
	.name = "partly-smooth",
	.title = "Partly smooth",
	.reference = "Lewis, Overton 2013",
	.formula = "sqrt(x'Ax) + x'Bx, A zero on half of the space, B positive definite",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = partly_options,
	.make = partly_make,
	.start = start_random,
	.eval = partly,
	.pieces = partly_pieces,
	.free = free,
};

const struct nso_problem nso_problem_half_and_half = {
	.name = "half-and-half",
	.title = "Half and half",
	.reference = "Mifflin, Sagastizabal; Lewis, Overton 2013",
	.formula = "sqrt(sum of x_i^2 over odd i) + sum_i x_i^2/i^2",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL,
	.instances = NSO_SHIFTED,
	.options = half_options,
	.make = half_make,
	.start = start_ones,
	.eval = partly,
	.pieces = partly_pieces,
	.free = free,
};
