/* smooth_any.c -- benchmark functions of any dimension: sphere; Rastrigin 1974; Ackley 1987,
 * which has a kink at its minimizer; power of the norm, whose Lojasiewicz exponent is 1 - 1/p.
 */
#include <stdlib.h>
#include <gsl/gsl_math.h>
#include "nsobench.h"
#include "rows.h"

enum { N, P };

struct any {
	size_t n;
	double p, from;
	double minimizer[];
};

static struct any *any(const double *opt, struct nso_facts *facts, double from)
{
	size_t n = (size_t)opt[N];
	struct any *s = calloc(1, sizeof *s + n * sizeof *s->minimizer);

	if (!s)
		return NULL;
	s->n = facts->n = n;
	s->from = from;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = s->minimizer;
	return s;
}

/* Signs alternate: a start on the diagonal would make every coordinate of a run the same. */
static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct any *s = self;

	(void)rng;
	for (size_t i = 0; i < s->n; i++)
		x[i] = i % 2 ? -s->from : s->from;
}

static void *sphere_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->smoothness = facts->convexity = facts->pl = 2;
	return any(opt, facts, 1);
}

static double sphere(const void *self, const double *x, double *g)
{
	const struct any *s = self;

	for (size_t i = 0; g && i < s->n; i++)
		g[i] = 2 * x[i];
	return vec_norm2(s->n, x);
}

/* f'' = 2 + 40 pi^2 cos(2 pi x). */
static void *rastrigin_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->smoothness = 2 + 40 * M_PI * M_PI;
	facts->weak_convexity = 40 * M_PI * M_PI - 2;
	return any(opt, facts, 3.2);
}

static double rastrigin(const void *self, const double *x, double *g)
{
	const struct any *s = self;
	double sum = 0;

	for (size_t i = 0; i < s->n; i++) {
		double half = sin(M_PI * x[i]);

		sum += x[i] * x[i] +
		       20 * half * half; /* 10 - 10 cos(2 pi x) without cancellation */
		if (g)
			g[i] = 2 * x[i] + 20 * M_PI * sin(2 * M_PI * x[i]);
	}
	return sum;
}

/* The first summand has slope at most 4/sqrt(n) in norm, the second 2 pi e/sqrt(n). */
static void *ackley_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->lipschitz = (4 + 2 * M_PI * M_E) / sqrt(opt[N]);
	return any(opt, facts, 2.5);
}

static double ackley(const void *self, const double *x, double *g)
{
	const struct any *s = self;
	double n = (double)s->n, r = sqrt(vec_norm2(s->n, x) / n), dip = 0, wave;

	for (size_t i = 0; i < s->n; i++)
		dip += 2 * gsl_pow_2(sin(M_PI * x[i])) / n; /* 1 - mean cos(2 pi x) */
	wave = exp(1 - dip);
	for (size_t i = 0; g && i < s->n; i++)
		g[i] = (r > 0 ? 4 * exp(-0.2 * r) * x[i] / (n * r) : 0) +
		       2 * M_PI / n * wave * sin(2 * M_PI * x[i]);
	return -20 * expm1(-0.2 * r) - M_E * expm1(-dip);
}

static void ackley_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct any *s = self;
	double n = (double)s->n, r = sqrt(vec_norm2(s->n, x) / n),
	       *base = nso_row(out, 0, s->n);

	ackley(self, x, base);
	if (r > 0 && 8 * r > tol) /* opposite slopes of the cone 4 r */
		return;
	for (size_t i = 0; r > 0 && i < s->n; i++)
		base[i] -= 4 * exp(-0.2 * r) * x[i] / (n * r);
	nso_ball(out);
	for (size_t i = 0; i < s->n; i++)
		*nso_row(out, i, 1) = 4 / sqrt(n);
}

static void *power_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct any *s = any(opt, facts, 1);

	(void)rng;
	if (!s)
		return NULL;
	s->p = opt[P];
	if (s->p == 2) {
		facts->smoothness = facts->convexity = facts->pl = 2;
		facts->traits |= NSO_PL | NSO_STRONGLY_CONVEX;
	}
	return s;
}

static double power(const void *self, const double *x, double *g)
{
	const struct any *s = self;
	double r = sqrt(vec_norm2(s->n, x));

	for (size_t i = 0; g && i < s->n; i++)
		g[i] = r > 0 ? s->p * pow(r, s->p - 2) * x[i] : x[i];
	return pow(r, s->p);
}

static const struct nso_option options[] = {
	[N] = { "n", 10, 1, 1e8, "dimension", NULL, "nsobench", 1 },
	{ 0 },
};
static const struct nso_option power_options[] = {
	[N] = { "n", 10, 1, 1e8, "dimension", NULL, "nsobench", 1 },
	[P] = { "p", 4, 1.01, 20, "exponent; PL only for 2", NULL, "nsobench" },
	{ 0 },
};

const struct nso_problem nso_problem_sphere = {
	.name = "sphere",
	.title = "Sphere",
	.reference = "De Jong 1975, function 1",
	.formula = "|x|^2",
	.group = "smooth",
	.traits = NSO_SMOOTH | NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = sphere_make,
	.start = start,
	.eval = sphere,
	.free = free,
};

const struct nso_problem nso_problem_rastrigin = {
	.name = "rastrigin",
	.title = "Rastrigin",
	.reference = "Rastrigin 1974; Muhlenbein, Schomisch, Born 1991",
	.formula = "sum_i x_i^2 + 10 - 10 cos(2 pi x_i)",
	.group = "smooth",
	.traits = NSO_SMOOTH | NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = options,
	.make = rastrigin_make,
	.start = start,
	.eval = rastrigin,
	.free = free,
};

const struct nso_problem nso_problem_ackley = {
	.name = "ackley",
	.title = "Ackley",
	.reference = "Ackley 1987; Back 1996",
	.formula = "20 - 20 exp(-0.2 |x|/sqrt(n)) + e - exp(mean_i cos(2 pi x_i))",
	.group = "smooth",
	.traits = NSO_SHARP,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = options,
	.make = ackley_make,
	.start = start,
	.eval = ackley,
	.pieces = ackley_pieces,
	.free = free,
};

const struct nso_problem nso_problem_power_norm = {
	.name = "power-norm",
	.title = "Power of the norm",
	.reference = "Lojasiewicz exponent 1 - 1/p",
	.formula = "|x|^p",
	.group = "pl",
	.traits = NSO_SMOOTH | NSO_CONVEX,
	.instances = NSO_SHIFTED,
	.options = power_options,
	.make = power_make,
	.start = start,
	.eval = power,
	.free = free,
};
