/* wolfe.c -- Wolfe: f = 5 sqrt(9x^2 + 16y^2) for x > |y|, 9x + 16|y| for 0 < x <= |y|, 9x +
 * 16|y| - x^9 for x <= 0, Wolfe 1975; Luksan, Vlcek 2000, problem 10. Convex; f* = -8 at (-1,
 * 0). The pieces join smoothly, kinks lie on y = 0, x <= 0 only. Steepest descent with exact
 * line search converges to (0, 0), which is not even stationary: gradients near
 * it fill the arc (15 cos t, 20 sin t), 9 <= 15 cos t, of an ellipse whose hull pieces() gives
 * by inscribed chords, at most 20 (1 - cos(step / 2)) < 1.4e-4 from the arc. */
#include <stdlib.h>
#include "small.h"

/* Rows 0 and 1 are the two sides of |y|; in x > |y| both are the same smooth function. */
static double row(const double *data, const double *x, size_t i, double *g)
{
	double sign = i == 0 ? 1 : -1, a = x[0], b = x[1], f = 9 * a + 16 * sign * b,
	       square = a * a;

	(void)data;
	if (a > fabs(b)) {
		f = 5 * sqrt(9 * a * a + 16 * b * b);
		if (g) {
			g[0] = 225 * a / f;
			g[1] = 400 * b / f;
		}
		return f;
	}
	if (g) {
		g[0] = 9;
		g[1] = 16 * sign;
	}
	if (a <= 0) {
		double power = square * square * square * square;

		f -= power * a;
		if (g)
			g[0] -= 9 * power;
	}
	return f;
}

static const struct small_form form = {
	.n = 2,
	.groups = (const struct small_group[]){ { 1, 2, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.options = small_planar,
	.start = (const double[]){ 3, 2 },
	.minimizer = (const double[]){ -1, 0 },
	.optimum = -8,
	.optimum_error = 0,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

enum { chords = 256 };

/* Within tol of the origin every point of the arc is a limit of gradients. */
static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	double end = asin(0.8);

	if (20 * hypot(x[0], x[1]) > tol) {
		small_pieces(self, x, tol, out);
		return;
	}
	nso_hull(out);
	for (int k = 0; k <= chords; k++) {
		double t = end * (2.0 * k / chords - 1), *v = nso_row(out, 0, 2);

		v[0] = 15 * cos(t);
		v[1] = 20 * sin(t);
	}
}

const struct nso_problem nso_problem_wolfe = {
	.name = "wolfe",
	.title = "Wolfe",
	.reference = "Wolfe 1975; Luksan, Vlcek 2000, problem 10",
	.formula = "5 sqrt(9 x_1^2 + 16 x_2^2) if x_1 > |x_2|, else 9 x_1 + 16 |x_2| - "
		   "min(x_1, 0)^9",
	.group = "small",
	.traits = NSO_CONVEX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = small_planar,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = pieces,
	.free = free,
};
