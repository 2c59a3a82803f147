/* smooth_plane.c -- smooth benchmark functions of two variables: Beale 1958, Booth, Matyas,
 * Himmelblau 1972; formulas and solutions as in Jamil, Yang 2013 (functions 10, 17, 71, 65). */
#include <stdlib.h>
#include "planar.h"

static void *beale_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return planar_make(opt, 3, 0.5, facts);
}

static double beale(const void *self, const double *x, double *g)
{
	static const double target[] = { 1.5, 2.25, 2.625 };
	double sum = 0, power = 1, gx = 0, gy = 0;

	(void)self;
	for (int i = 0; i < 3; i++) {
		double below = power, r;

		power *= x[1]; /* y^(i+1) */
		r = target[i] - x[0] * (1 - power);
		sum += r * r;
		gx -= 2 * r * (1 - power);
		gy += 2 * r * x[0] * (i + 1) * below;
	}
	if (g) {
		g[0] = gx;
		g[1] = gy;
	}
	return sum;
}

/* Hessian (10 8; 8 10): eigenvalues 2 and 18. */
static void *booth_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->convexity = facts->pl = 2;
	facts->smoothness = 18;
	return planar_make(opt, 1, 3, facts);
}

static double booth(const void *self, const double *x, double *g)
{
	double a = x[0] + 2 * x[1] - 7, b = 2 * x[0] + x[1] - 5;

	(void)self;
	if (g) {
		g[0] = 2 * a + 4 * b;
		g[1] = 4 * a + 2 * b;
	}
	return a * a + b * b;
}

/* Hessian (0.52 -0.48; -0.48 0.52): eigenvalues 0.04 and 1. */
static void *matyas_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	facts->convexity = facts->pl = 0.04;
	facts->smoothness = 1;
	return planar_make(opt, 0, 0, facts);
}

static double matyas(const void *self, const double *x, double *g)
{
	(void)self;
	if (g) {
		g[0] = 0.52 * x[0] - 0.48 * x[1];
		g[1] = 0.52 * x[1] - 0.48 * x[0];
	}
	return 0.26 * (x[0] * x[0] + x[1] * x[1]) - 0.48 * x[0] * x[1];
}

/* Four minimizers with f = 0; (3, 2) is the only one in whole numbers. */
static void *himmelblau_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return planar_make(opt, 3, 2, facts);
}

static double himmelblau(const void *self, const double *x, double *g)
{
	double a = x[0] * x[0] + x[1] - 11, b = x[0] + x[1] * x[1] - 7;

	(void)self;
	if (g) {
		g[0] = 4 * a * x[0] + 2 * b;
		g[1] = 2 * a + 4 * b * x[1];
	}
	return a * a + b * b;
}

static const struct nso_option beale_options[] = {
	[PLANAR_X0] = { "x0", 1, -4.5, 4.5, "first coordinate of the start", NULL,
		"MGH 1981, problem 5" },
	[PLANAR_Y0] = { "y0", 1, -4.5, 4.5, "second coordinate of the start", NULL,
		"MGH 1981, problem 5" },
	{ 0 },
};
static const struct nso_option booth_options[] = {
	[PLANAR_X0] = { "x0", -5, -1e6, 1e6, "first coordinate of the start", NULL,
		"nsobench" },
	[PLANAR_Y0] = { "y0", -5, -1e6, 1e6, "second coordinate of the start", NULL,
		"nsobench" },
	{ 0 },
};
static const struct nso_option matyas_options[] = {
	[PLANAR_X0] = { "x0", 5, -1e6, 1e6, "first coordinate of the start", NULL, "nsobench" },
	[PLANAR_Y0] = { "y0", -8, -1e6, 1e6, "second coordinate of the start", NULL,
		"nsobench" },
	{ 0 },
};
static const struct nso_option himmelblau_options[] = {
	[PLANAR_X0] = { "x0", 0, -1e3, 1e3, "first coordinate of the start", NULL, "nsobench" },
	[PLANAR_Y0] = { "y0", 0, -1e3, 1e3, "second coordinate of the start", NULL,
		"nsobench" },
	{ 0 },
};

const struct nso_problem nso_problem_beale = {
	.name = "beale",
	.title = "Beale",
	.reference = "Beale 1958; More, Garbow, Hillstrom 1981, problem 5",
	.formula = "(1.5 - x(1 - y))^2 + (2.25 - x(1 - y^2))^2 + (2.625 - x(1 - y^3))^2",
	.group = "smooth",
	.traits = NSO_SMOOTH,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = beale_options,
	.make = beale_make,
	.start = planar_start,
	.eval = beale,
	.free = free,
};

const struct nso_problem nso_problem_booth = {
	.name = "booth",
	.title = "Booth",
	.reference = "Jamil, Yang 2013, function 17",
	.formula = "(x + 2y - 7)^2 + (2x + y - 5)^2",
	.group = "smooth",
	.traits = NSO_SMOOTH | NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = booth_options,
	.make = booth_make,
	.start = planar_start,
	.eval = booth,
	.free = free,
};

const struct nso_problem nso_problem_matyas = {
	.name = "matyas",
	.title = "Matyas",
	.reference = "Jamil, Yang 2013, function 71",
	.formula = "0.26 (x^2 + y^2) - 0.48 x y",
	.group = "smooth",
	.traits = NSO_SMOOTH | NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_PL,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = matyas_options,
	.make = matyas_make,
	.start = planar_start,
	.eval = matyas,
	.free = free,
};

const struct nso_problem nso_problem_himmelblau = {
	.name = "himmelblau",
	.title = "Himmelblau",
	.reference = "Himmelblau 1972; Jamil, Yang 2013, function 65",
	.formula = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
	.group = "smooth",
	.traits = NSO_SMOOTH,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = himmelblau_options,
	.make = himmelblau_make,
	.start = planar_start,
	.eval = himmelblau,
	.free = free,
};
