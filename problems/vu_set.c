/* vu_set.c -- small maxima for V-U decomposition and manifold identification: F2d, F3d-U0 ..
 * U3, after Mifflin, Sagastizabal 2005, p. 601; Uk has a U-space of dimension k. f* = 0. */
#include <stdlib.h>
#include "nsobench.h"

struct vu {
	size_t n;
	double beta[4], minimizer[3];
};

static struct vu *blank(size_t n, struct nso_facts *facts)
{
	struct vu *p = calloc(1, sizeof *p);

	if (!p)
		return NULL;
	p->n = facts->n = n;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	return p;
}

/* Value of piece i, and its gradient. */
static double f2d_piece(int i, const double *x, double *g)
{
	g[0] = i ? 0 : x[0];
	g[1] = i ? 1 : x[1] - 1;
	return i ? x[1] : (x[0] * x[0] + x[1] * x[1]) / 2 - x[1];
}

static double f3d_piece(const struct vu *p, int i, const double *x, double *g)
{
	g[0] = g[1] = g[2] = 0;
	if (i == 0) {
		g[0] = x[0];
		g[1] = x[1] - 1;
		g[2] = 0.1 * x[2] - 1;
		return (x[0] * x[0] + x[1] * x[1] + 0.1 * x[2] * x[2]) / 2 - x[1] - x[2] -
		       p->beta[0];
	}
	g[i - 1] = i == 1 ? 2 * x[0] - 3 : 1;
	return (i == 1 ? x[0] * x[0] - 3 * x[0] : x[i - 1]) - p->beta[i];
}

static double piece(const struct vu *p, int i, const double *x, double *g)
{
	return p->n == 2 ? f2d_piece(i, x, g) : f3d_piece(p, i, x, g);
}

static int count(const struct vu *p) { return p->n == 2 ? 2 : 4; }

static double value(const struct vu *p, const double *x, double *g)
{
	double own[3], most = -INFINITY;

	for (int i = 0; i < count(p); i++) {
		double v = piece(p, i, x, own);

		if (v <= most || isnan(most))
			continue;
		most = v;
		for (size_t j = 0; g && j < p->n; j++)
			g[j] = own[j];
	}
	return most;
}

static double eval(const void *self, const double *x, double *g) { return value(self, x, g); }

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct vu *p = self;
	double level = value(p, x, NULL) - tol, own[3];

	nso_hull(out);
	for (int i = 0; i < count(p); i++) {
		double v = piece(p, i, x, own);
		double *row = v >= level ? nso_row(out, 0, p->n) : NULL;

		for (size_t j = 0; row && j < p->n; j++)
			row[j] = own[j];
	}
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct vu *p = self;

	(void)rng;
	for (size_t j = 0; j < p->n; j++)
		x[j] = p->minimizer[j] + (j % 2 ? -1.5 : 2);
}

static void *f2d_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	return blank(2, facts);
}

static void *f3d_make(struct nso_facts *facts, const double *beta, const double *minimizer)
{
	struct vu *p = blank(3, facts);

	for (int i = 0; p && i < 4; i++)
		p->beta[i] = beta[i];
	for (int i = 0; p && i < 3; i++)
		p->minimizer[i] = minimizer[i];
	return p;
}

static void *u0_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	return f3d_make(facts, (const double[]){ 0.5, -2, 0, 0 }, (const double[]){ 1, 0, 0 });
}

static void *u1_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	return f3d_make(facts, (const double[]){ 0, 10, 0, 0 }, (const double[]){ 0, 0, 0 });
}

static void *u2_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	return f3d_make(facts, (const double[]){ -5, 10, 0, 10 }, (const double[]){ 0, 0, 10 });
}

static void *u3_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	return f3d_make(
		facts, (const double[]){ -5.5, 10, 11, 20 }, (const double[]){ 0, 1, 10 });
}

static const struct nso_option none[] = { { 0 } };
static const char source[] = "Mifflin, Sagastizabal 2005, p. 601";

const struct nso_problem nso_problem_f2d = {
	.name = "f2d",
	.title = "F2d",
	.reference = source,
	.formula = "max{(x_1^2 + x_2^2)/2 - x_2, x_2}",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = none,
	.make = f2d_make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};

const struct nso_problem nso_problem_f3d_u0 = {
	.name = "f3d-u0",
	.title = "F3d-U0",
	.reference = source,
	.formula = "max{(x_1^2 + x_2^2 + x_3^2/10)/2 - x_2 - x_3 - 1/2, x_1^2 - 3 x_1 + 2, "
		   "x_2, x_3}",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_FINITE_MAX | NSO_SHARP,
	.instances = NSO_SHIFTED,
	.options = none,
	.make = u0_make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};

const struct nso_problem nso_problem_f3d_u1 = {
	.name = "f3d-u1",
	.title = "F3d-U1",
	.reference = source,
	.formula =
		"max{(x_1^2 + x_2^2 + x_3^2/10)/2 - x_2 - x_3, x_1^2 - 3 x_1 - 10, x_2, x_3}",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = none,
	.make = u1_make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};

const struct nso_problem nso_problem_f3d_u2 = {
	.name = "f3d-u2",
	.title = "F3d-U2",
	.reference = source,
	.formula = "max{(x_1^2 + x_2^2 + x_3^2/10)/2 - x_2 - x_3 + 5, x_1^2 - 3 x_1 - 10, x_2, "
		   "x_3 - 10}",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = none,
	.make = u2_make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};

const struct nso_problem nso_problem_f3d_u3 = {
	.name = "f3d-u3",
	.title = "F3d-U3",
	.reference = source,
	.formula = "max{(x_1^2 + x_2^2 + x_3^2/10)/2 - x_2 - x_3 + 5.5, x_1^2 - 3 x_1 - 10, "
		   "x_2 - 11, "
		   "x_3 - 20}",
	.group = "analytic",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED,
	.options = none,
	.make = u3_make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
