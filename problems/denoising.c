/* denoising.c -- |x - y|^2/2 + lambda sum |x_{i+1} - x_i| (Rudin, Osher, Fatemi 1992, on a
 * line), and with lambda1 |x|_1 the fused lasso signal approximator (Tibshirani et al. 2005),
 * whose solution is the soft threshold of the former's (Friedman et al. 2007, proposition 1).
 * The minimizer comes from the taut string, exact to rounding; the proximal map likewise. y:
 * steps plus noise N(0, sigma^2), or the target of a file of data. */
#include <stdlib.h>
#include <string.h>
#include "data/own.h"
#include "taut_string.h"

enum { N, STEPS, SIGMA, LAMBDA, LAMBDA1, TV_DATA = LAMBDA1, FUSED_DATA };

struct denoising {
	size_t n;
	double lambda, lambda1;
	double *y, *minimizer;
	double store[];
};

static double eval(const void *self, const double *x, double *g)
{
	const struct denoising *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		double r = x[i] - p->y[i];

		sum += r * r / 2;
		if (g)
			g[i] = r + p->lambda1 * ((x[i] > 0) - (x[i] < 0));
	}
	for (size_t i = 1; g && i < p->n; i++) {
		double s = p->lambda * ((x[i] > x[i - 1]) - (x[i] < x[i - 1]));

		g[i] += s;
		g[i - 1] -= s;
	}
	return sum + p->lambda * total_variation(p->n, x) +
	       (p->lambda1 > 0 ? p->lambda1 * l1_norm(p->n, x) : 0);
}

static double smooth(const void *self, const double *x, double *g)
{
	const struct denoising *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		double r = x[i] - p->y[i];

		sum += r * r / 2;
		if (g)
			g[i] = r;
	}
	return sum;
}

static void prox(const void *self, double t, const double *v, double *out)
{
	const struct denoising *p = self;

	taut_string(p->n, v, t * p->lambda, out);
	for (size_t i = 0; p->lambda1 > 0 && i < p->n; i++)
		out[i] = soft_threshold(out[i], t * p->lambda1);
}

/*
 * A lower bound of f*: min over x of |x - y|^2/2 + <x, v> = <v, y> - |v|^2/2 for any v = D'u +
 * w with |u| <= lambda, |w| <= lambda1. u: running sums of y - z, z the solution without
 * lambda1, cut to the tube; w: y - D'u, which is z again, cut to lambda1.
 */
static double dual_value(const struct denoising *p, const double *z)
{
	double u = 0, value = 0;

	for (size_t i = 0; i < p->n; i++) {
		double before = u, sum = u + p->y[i] - z[i], v, w;

		u = i + 1 < p->n ? fmin(fmax(sum, -p->lambda), p->lambda) : 0;
		v = p->y[i] - (u - before);
		w = fmin(fmax(v, -p->lambda1), p->lambda1);
		v = u - before + w;
		value += v * p->y[i] - v * v / 2;
	}
	return value;
}

#define OPTION_SIGNAL                                                                          \
	[N] = { "n", 100, 1, 1e7, "length of the signal", NULL, "nsobench", 1 },               \
	[STEPS] = { "steps", 8, 1, 1e6, "pieces of the true signal", NULL, "nsobench", 1 },    \
	[SIGMA] = { "sigma", 0.3, 0, 1e6, "standard deviation of the noise", NULL,             \
		"nsobench" },                                                                  \
	[LAMBDA] = { "lambda", 1, 1e-9, 1e9, "weight of the total variation", NULL,            \
		"nsobench" }
static const struct nso_option tv_options[] = {
	OPTION_SIGNAL,
	OWN_DATA_AT(TV_DATA),
	{ 0 },
};
static const struct nso_option fused_options[] = {
	OPTION_SIGNAL,
	[LAMBDA1] = { "lambda1", 0.3, 1e-9, 1e9, "weight of the l1 norm", NULL, "nsobench" },
	OWN_DATA_AT(FUSED_DATA),
	{ 0 },
};

static struct denoising *alloc(const double *opt, size_t n, struct nso_facts *facts)
{
	struct denoising *p = calloc(1, sizeof *p + 2 * n * sizeof *p->store);

	if (!p)
		return NULL;
	p->n = facts->n = n;
	p->lambda = opt[LAMBDA];
	p->y = p->store;
	p->minimizer = p->store + n;
	return p;
}

static struct denoising *from_file(
	const struct own_kind *k, const double *opt, struct nso_facts *facts)
{
	struct denoising *p;
	struct own own;

	if (own_read(&own, k, opt, facts))
		return NULL;
	p = alloc(opt, own.s.a.m, facts);
	if (p)
		memcpy(p->y, own.s.y, p->n * sizeof *p->y);
	own_free(&own);
	return p;
}

static struct denoising *draw(
	const struct own_kind *k, const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], steps = (size_t)opt[STEPS];
	struct denoising *p;
	double level = 0;

	if (*nso_text(opt[k->data]))
		return from_file(k, opt, facts);
	p = alloc(opt, n, facts);
	if (!p)
		return NULL;
	nso_normal(rng, n, p->y);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || i * steps / n != (i - 1) * steps / n)
			level = 4 * gsl_rng_uniform(rng) - 2;
		p->y[i] = level + opt[SIGMA] * p->y[i];
	}
	return p;
}

static void *finish(struct denoising *p, struct nso_facts *facts)
{
	double bound;

	taut_string(p->n, p->y, p->lambda, p->minimizer);
	bound = dual_value(p, p->minimizer);
	for (size_t i = 0; p->lambda1 > 0 && i < p->n; i++)
		p->minimizer[i] = soft_threshold(p->minimizer[i], p->lambda1);
	facts->minimizer = p->minimizer;
	facts->optimum = eval(p, p->minimizer, NULL);
	facts->optimum_error = fabs(facts->optimum - bound) + 1e-15 * facts->optimum;
	facts->smoothness = facts->convexity = facts->pl = 1;
	return p;
}

static void *tv_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const struct own_kind own = { "tv-denoising", tv_options, TV_DATA, TV_DATA + 1,
		OWN_SIGNAL };
	struct denoising *p = draw(&own, opt, rng, facts);

	return p ? finish(p, facts) : NULL;
}

static void *fused_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const struct own_kind own = { "fused-lasso", fused_options, FUSED_DATA,
		FUSED_DATA + 1, OWN_SIGNAL };
	struct denoising *p = draw(&own, opt, rng, facts);

	if (!p)
		return NULL;
	p->lambda1 = opt[LAMBDA1];
	return finish(p, facts);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct denoising *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = p->y[i];
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct denoising *p = self;
	double *base = nso_row(out, 0, p->n);

	smooth(self, x, base);
	if (p->lambda1 > 0)
		l1_base(p->n, p->lambda1, x, tol, base);
	for (size_t i = 1; i < p->n; i++)
		if (!(2 * p->lambda * fabs(x[i] - x[i - 1]) <= tol)) {
			base[i] += x[i] > x[i - 1] ? p->lambda : -p->lambda;
			base[i - 1] -= x[i] > x[i - 1] ? p->lambda : -p->lambda;
		}
	l1_hulls(p->n, p->lambda1, x, tol, out);
	for (size_t i = 1; i < p->n; i++)
		if (2 * p->lambda * fabs(x[i] - x[i - 1]) <= tol) {
			nso_hull(out);
			for (int s = -1; s <= 1; s += 2) {
				double *row = nso_row(out, i - 1, 2);

				row[0] = -s * p->lambda;
				row[1] = s * p->lambda;
			}
		}
}

/* g = |x - y|^2/2 + lambda1 |x|_1, K the differences, h = lambda |.|_1; of one number alone K
 * is a row of zeros. */
static size_t rows(const void *self)
{
	const struct denoising *p = self;

	return p->n > 1 ? p->n - 1 : 1;
}

/* |D|^2 = 2 + 2 cos(pi/n) < 4. */
static double norm(const void *self)
{
	(void)self;
	return 2;
}

static void forward(const void *self, const double *x, double *y)
{
	const struct denoising *p = self;

	y[0] = 0 * x[0];
	for (size_t i = 1; i < p->n; i++)
		y[i - 1] = x[i] - x[i - 1];
}

static void back(const void *self, const double *y, double *x)
{
	const struct denoising *p = self;

	x[0] = p->n > 1 ? -y[0] : 0 * y[0];
	for (size_t i = 1; i < p->n; i++)
		x[i] = y[i - 1] - (i + 1 < p->n ? y[i] : 0);
}

static void primal(const void *self, double t, const double *v, double *out)
{
	const struct denoising *p = self;

	for (size_t i = 0; i < p->n; i++)
		out[i] = soft_threshold(v[i] + t * p->y[i], t * p->lambda1) / (1 + t);
}

static void dual(const void *self, double t, const double *v, double *out)
{
	const struct denoising *p = self;

	(void)t; /* an indicator: its prox is the projection on |u| <= lambda */
	for (size_t i = 0; i < rows(self); i++)
		out[i] = v[i] > p->lambda ? p->lambda : v[i] < -p->lambda ? -p->lambda : v[i];
}

static const struct nso_saddle saddle = { rows, norm, forward, back, primal, dual };

static double distance(const void *self, const double *x)
{
	const struct denoising *p = self;

	return vec_distance(p->n, x, p->minimizer);
}

const struct nso_problem nso_problem_tv_denoising = {
	.name = "tv-denoising",
	.title = "Total variation denoising",
	.reference = "Rudin, Osher, Fatemi 1992; taut string: Davies, Kovac 2001",
	.formula = "|x - y|^2/2 + lambda sum_i |x_{i+1} - x_i|",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL,
	.instances = NSO_REDRAWN,
	.options = tv_options,
	.make = tv_make,
	.start = start,
	.eval = eval,
	.smooth = smooth,
	.prox = prox,
	.pieces = pieces,
	.score = distance,
	.score_name = "distance to the solution",
	.free = free,
	.saddle = &saddle,
};

const struct nso_problem nso_problem_fused_lasso = {
	.name = "fused-lasso",
	.title = "Fused lasso signal approximator",
	.reference = "Tibshirani et al. 2005; Friedman et al. 2007",
	.formula = "|x - y|^2/2 + lambda sum_i |x_{i+1} - x_i| + lambda1 |x|_1",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL,
	.instances = NSO_REDRAWN,
	.options = fused_options,
	.make = fused_make,
	.start = start,
	.eval = eval,
	.smooth = smooth,
	.prox = prox,
	.pieces = pieces,
	.score = distance,
	.score_name = "distance to the solution",
	.free = free,
	.saddle = &saddle,
};
