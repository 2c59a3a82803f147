/* toys.c -- functions whose constants are proved in a line: S1 distance to the sphere, S2 l1
 * norm with sines, S5 a saddle with a kink that descends, Guo and Lewis' |x_2| + x_1^2, Asl and
 * Overton's function on which gradient descent fails (arXiv 1711.08517). */
#include <stdlib.h>
#include "nsobench.h"
#include "rows.h"

enum { N, A, PERTURB = 0, DELTA = 1 };
static const struct nso_option any_options[] = {
	[N] = { "n", 10, 1, 1e8, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};
static const struct nso_option sphere_options[] = {
	[N] = { "n", 10, 1, 1e8, "dimension", NULL, "nsobench", 1 },
	[DELTA] = { "delta", 0.5, 0, 1e6, "distance of the start from the sphere", NULL,
		"nsobench" },
	{ 0 },
};
static const struct nso_option asl_options[] = {
	[N] = { "n", 10, 2, 1e8, "dimension", NULL, "nsobench", 1 },
	[A] = { "a", 100, 0, 1e12, "slope of |x_1|; large: gradient descent fails", NULL,
		"Asl, Overton 2020" },
	{ 0 },
};
static const struct nso_option none[] = { { 0 } };
static const struct nso_option saddle_options[] = {
	[PERTURB] = OPTION_PERTURB,
	{ 0 },
};

struct toy {
	size_t n;
	double a; /* the slope of Asl and Overton's, the perturbation of the saddle's start */
	double minimizer[];
};

static struct toy *blank(size_t n, struct nso_facts *facts)
{
	struct toy *p = calloc(1, sizeof *p + n * sizeof *p->minimizer);

	if (!p)
		return NULL;
	p->n = facts->n = n;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	return p;
}

static double sign(double v) { return (v > 0) - (v < 0); }

static void start_alternating(const void *self, gsl_rng *rng, double *x)
{
	const struct toy *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = i % 2 ? -2 : 2;
}

/* Both slopes +-weight e_at of a kink weight |x_at|. */
static void interval(struct nso_pieces *out, size_t at, double weight)
{
	nso_hull(out);
	*nso_row(out, at, 1) = weight;
	*nso_row(out, at, 1) = -weight;
}

/* ---------------------------------------------------------- S1 ----------------------- */

/* |q| with q of Hessian 2 I is 2-weakly convex; ||x|^2 - 1| = ||x| - 1| (|x| + 1) >= dist. x =
 * 0 is stationary at distance 1 = 2 sharpness/rho: the tube free of stationary points is no
 * wider. */
static void *sphere_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct toy *p = blank((size_t)opt[N], facts);

	(void)rng;
	if (!p)
		return NULL;
	p->a = opt[DELTA];
	p->minimizer[0] = 1;
	facts->weak_convexity = 2;
	facts->sharpness = 1;
	return p;
}

static double sphere(const void *self, const double *x, double *g)
{
	const struct toy *p = self;
	double r = vec_norm2(p->n, x) - 1;

	for (size_t i = 0; g && i < p->n; i++)
		g[i] = 2 * sign(r) * x[i];
	return fabs(r);
}

static void sphere_start(const void *self, gsl_rng *rng, double *x)
{
	const struct toy *p = self;

	vec_unit(rng, p->n, x);
	for (size_t i = 0; i < p->n; i++)
		x[i] *= 1 + p->a;
}

static void sphere_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct toy *p = self;

	if (2 * sphere(self, x, NULL) > tol) {
		sphere(self, x, nso_row(out, 0, p->n));
		return;
	}
	nso_hull(out);
	for (int s = -2; s <= 2; s += 4) {
		double *row = nso_row(out, 0, p->n);

		for (size_t i = 0; i < p->n; i++)
			row[i] = s * x[i];
	}
}

static double sphere_distance(const void *self, const double *x)
{
	const struct toy *p = self;

	return fabs(sqrt(vec_norm2(p->n, x)) - 1);
}

/* ---------------------------------------------------------- S2 ----------------------- */

/* (sin^2)''/2 = cos 2x >= -1; |x|_1 >= |x|; |slope| <= 1 + 1/2. */
static void *sines_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->weak_convexity = facts->sharpness = 1;
	facts->lipschitz = 1.5 * sqrt(opt[N]);
	return blank((size_t)opt[N], facts);
}

static double sines(const void *self, const double *x, double *g)
{
	const struct toy *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		double s = sin(x[i]);

		sum += fabs(x[i]) + s * s / 2;
		if (g)
			g[i] = sign(x[i]) + s * cos(x[i]);
	}
	return sum;
}

static void sines_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct toy *p = self;
	double *base = nso_row(out, 0, p->n);

	for (size_t i = 0; i < p->n; i++)
		base[i] = sin(x[i]) * cos(x[i]) + (2 * fabs(x[i]) <= tol ? 0 : sign(x[i]));
	for (size_t i = 0; i < p->n; i++)
		if (2 * fabs(x[i]) <= tol)
			interval(out, i, 1);
}

/* ---------------------------------------------------------- S5 ----------------------- */

/* At 0 the Clarke subdifferential [-1, 1] x [-1, 1] holds 0, yet -|x_2| descends. */
static void *saddle_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct toy *p = blank(2, facts);

	(void)rng;
	if (!p)
		return NULL;
	p->a = opt[PERTURB];
	p->minimizer[1] = 0.5;
	facts->optimum = -0.25;
	return p;
}

static double saddle(const void *self, const double *x, double *g)
{
	(void)self;
	if (g) {
		g[0] = sign(x[0]);
		g[1] = 2 * x[1] - sign(x[1]);
	}
	return fabs(x[0]) - fabs(x[1]) + x[1] * x[1];
}

static void saddle_start(const void *self, gsl_rng *rng, double *x)
{
	const struct toy *p = self;

	x[0] = 1;
	x[1] = 0;
	vec_perturb(rng, 2, p->a, x);
}

static void saddle_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	double *base = nso_row(out, 0, 2);

	(void)self;
	base[0] = 2 * fabs(x[0]) <= tol ? 0 : sign(x[0]);
	base[1] = 2 * x[1] - (2 * fabs(x[1]) <= tol ? 0 : sign(x[1]));
	for (size_t i = 0; i < 2; i++)
		if (2 * fabs(x[i]) <= tol)
			interval(out, i, 1);
}

/* ---------------------------------------------------------- Guo, Lewis --------------- */

static void *guo_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	return blank(2, facts);
}

static double guo(const void *self, const double *x, double *g)
{
	(void)self;
	if (g) {
		g[0] = 2 * x[0];
		g[1] = sign(x[1]);
	}
	return x[0] * x[0] + fabs(x[1]);
}

static void guo_start(const void *self, gsl_rng *rng, double *x)
{
	(void)self;
	(void)rng;
	x[0] = 1;
	x[1] = 0.7;
}

static void guo_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	double *base = nso_row(out, 0, 2);

	(void)self;
	base[0] = 2 * x[0];
	if (2 * fabs(x[1]) > tol)
		base[1] = sign(x[1]);
	else
		interval(out, 1, 1);
}

/* ---------------------------------------------------------- Asl, Overton ------------- */

static void *asl_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct toy *p = blank((size_t)opt[N], facts);

	(void)rng;
	if (!p)
		return NULL;
	p->a = opt[A];
	facts->optimum = facts->optimum_error = NAN; /* unbounded below */
	facts->minimizer = NULL;
	facts->lipschitz = sqrt(p->a * p->a + opt[N] - 1);
	return p;
}

static double asl(const void *self, const double *x, double *g)
{
	const struct toy *p = self;
	double sum = p->a * fabs(x[0]);

	for (size_t i = 1; i < p->n; i++)
		sum += x[i];
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = i ? 1 : p->a * sign(x[0]);
	return sum;
}

static void asl_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct toy *p = self;
	double *base = nso_row(out, 0, p->n);
	int kink = 2 * p->a * fabs(x[0]) <= tol;

	asl(self, x, base);
	if (!kink)
		return;
	base[0] = 0;
	interval(out, 0, p->a);
}

const struct nso_problem nso_problem_sphere_distance = {
	.name = "sphere-distance",
	.title = "S1: distance to the sphere",
	.reference = "constants proved in the file",
	.formula = "||x|^2 - 1|",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_RANDOM_START,
	.instances = NSO_SHIFTED,
	.options = sphere_options,
	.make = sphere_make,
	.start = sphere_start,
	.eval = sphere,
	.pieces = sphere_pieces,
	.score = sphere_distance,
	.score_name = "distance to the solutions",
	.free = free,
};

const struct nso_problem nso_problem_sine_l1 = {
	.name = "sine-l1",
	.title = "S2: l1 norm with sines",
	.reference = "constants proved in the file",
	.formula = "sum_i |x_i| + sin(x_i)^2/2",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX | NSO_SHARP,
	.instances = NSO_SHIFTED,
	.options = any_options,
	.make = sines_make,
	.start = start_alternating,
	.eval = sines,
	.pieces = sines_pieces,
	.free = free,
};

const struct nso_problem nso_problem_kinked_saddle = {
	.name = "kinked-saddle",
	.title = "S5: kinked saddle",
	.reference = "constants proved in the file",
	.formula = "|x_1| - |x_2| + x_2^2",
	.group = "analytic",
	.traits = NSO_KINK_START,
	.instances = NSO_SHIFTED,
	.options = saddle_options,
	.make = saddle_make,
	.start = saddle_start,
	.eval = saddle,
	.pieces = saddle_pieces,
	.free = free,
};

const struct nso_problem nso_problem_guo_lewis = {
	.name = "guo-lewis",
	.title = "Guo-Lewis",
	.reference = "Guo, Lewis 2018",
	.formula = "|x_2| + x_1^2",
	.group = "analytic",
	.traits = NSO_CONVEX,
	.instances = NSO_SHIFTED,
	.options = none,
	.make = guo_make,
	.start = guo_start,
	.eval = guo,
	.pieces = guo_pieces,
	.free = free,
};

const struct nso_problem nso_problem_asl_overton = {
	.name = "asl-overton",
	.title = "Asl-Overton",
	.reference = "Asl, Overton 2020, arXiv:1711.08517",
	.formula = "a |x_1| + sum_{i >= 2} x_i",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_UNBOUNDED,
	.instances = NSO_SHIFTED,
	.options = asl_options,
	.make = asl_make,
	.start = start_alternating,
	.eval = asl,
	.pieces = asl_pieces,
	.free = free,
};
