/* nonsmooth_rosenbrock.c -- f = w |y - x^2| + |1 - x|, or with `tail=square` w |x^2 - y| + (1 -
 * x)^2, Lewis, Overton 2013 (w = 8). Not convex (weakly convex with rho = 2w); f* = 0 at (1,
 * 1). */
#include <stdlib.h>
#include "planar.h"

enum { WEIGHT = PLANAR_Y0 + 1, TAIL };
enum { ABSOLUTE, SQUARE };
static const char *const tails[] = { "absolute", "square", NULL };
static const struct nso_option options[] = {
	[PLANAR_X0] = { "x0", -1.2, -1e300, 1e300, "start, first coordinate", NULL,
		"Rosenbrock 1960", 0 },
	[PLANAR_Y0] = { "y0", 1, -1e300, 1e300, "start, second coordinate", NULL,
		"Rosenbrock 1960", 0 },
	[WEIGHT] = { "w", 10, 0, 1e300, "weight of the curved valley's wall", NULL,
		"the root of Rosenbrock's 100; Lewis, Overton 2013 use 8", 0 },
	[TAIL] = { "tail", ABSOLUTE, 0, 1, "|1 - x| or (1 - x)^2", tails, "nsobench", 0 },
	{ 0 },
};

struct valley {
	struct planar planar;
	double w;
	int square;
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct valley *p = malloc(sizeof *p);

	(void)rng;
	if (!p)
		return NULL;
	p->planar = (struct planar){ { opt[PLANAR_X0], opt[PLANAR_Y0] }, { 1, 1 } };
	p->w = opt[WEIGHT];
	p->square = opt[TAIL] == SQUARE;
	facts->n = 2;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->planar.minimizer;
	facts->weak_convexity = 2 * p->w;
	return p;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct valley *p = self;
	double r = x[1] - x[0] * x[0], s = x[0] - 1;

	if (g) {
		g[1] = copysign(p->w, r);
		g[0] = -2 * x[0] * g[1] + (p->square ? 2 * s : copysign(1, s));
	}
	return p->w * fabs(r) + (p->square ? s * s : fabs(s));
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct valley *p = self;
	double r = x[1] - x[0] * x[0], s = x[0] - 1;

	if (p->square)
		*nso_row(out, 0, 1) = 2 * s;
	nso_hull(out);
	for (int sign = -1; sign <= 1; sign += 2)
		if (2 * p->w * sign * r >= -tol) {
			double *row = nso_row(out, 0, 2);

			row[0] = -2 * x[0] * sign * p->w;
			row[1] = sign * p->w;
		}
	if (p->square)
		return;
	nso_hull(out);
	for (int sign = -1; sign <= 1; sign += 2)
		if (2 * sign * s >= -tol)
			*nso_row(out, 0, 1) = sign;
}

const struct nso_problem nso_problem_nonsmooth_rosenbrock = {
	.name = "nonsmooth-rosenbrock",
	.title = "Nonsmooth Rosenbrock",
	.reference = "Lewis, Overton 2013, section 5 (tail=square, w=8)",
	.formula = "w |x_2 - x_1^2| + |1 - x_1|",
	.group = "analytic",
	.traits = NSO_WEAKLY_CONVEX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = options,
	.make = make,
	.start = planar_start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
