/* ellipsoid.c -- the ellipsoid method, Yudin, Nemirovski 1976; Shor 1977, from the ball |x -
 * x0|
 * <= radius; formulas with deep cuts: Bland, Goldfarb, Todd 1981. P is the matrix of {z : (z -
 * x)'P^-1 (z - x) <= 1}. Where a minimizer lies in the ball and f is convex, f(x) - sqrt(g'Pg)
 * bounds f* from below. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { RADIUS, CUT, TOLERANCE };
enum { CENTRAL, DEEP };
static const char *const cuts[] = { "central", "deep", NULL };
static const struct nso_option options[] = {
	[RADIUS] = { "radius", NAN, 1e-300, 1e150,
		"of the first ball, where a minimizer should lie; auto: 10 (1 + |x0|)", NULL,
		"nsobench", 0 },
	[CUT] = { "cut", CENTRAL, 0, 1,
		"through the centre, or where f may still be below the best value", cuts,
		"Yudin, Nemirovski 1976; deep: Bland, Goldfarb, Todd 1981", 0 },
	[TOLERANCE] = { "tolerance", 1e-12, 0, 1,
		"converged when best f - bound is at most this times 1 + |best f|, the best "
		"point "
		"well inside the ball",
		NULL, "nsobench", 0 },
	{ 0 },
};
static const char *const columns[] = { "bound", "width", NULL };

struct ellipsoid {
	size_t n;
	double best, bound, tolerance, radius;
	int cut;
	double *P, *g, *Pg, *start, *best_x;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct ellipsoid *s;

	if (n > SIZE_MAX / sizeof *s->memory / (n + 5))
		return NULL;
	s = calloc(1, sizeof *s + (n * n + 4 * n) * sizeof *s->memory);
	if (!s)
		return NULL;
	s->n = n;
	s->best = INFINITY;
	s->bound = -INFINITY;
	s->cut = (int)opt[CUT];
	s->tolerance = opt[TOLERANCE];
	s->P = s->memory;
	s->g = s->P + n * n;
	s->Pg = s->g + n;
	s->start = s->Pg + n;
	s->best_x = s->start + n;
	memcpy(s->start, x, n * sizeof *x);
	memcpy(s->best_x, x, n * sizeof *x);
	s->radius = isnan(opt[RADIUS]) ? 10 * (1 + sqrt(dot(n, x, x))) : opt[RADIUS];
	for (size_t i = 0; i < n; i++)
		s->P[i * n + i] = s->radius * s->radius;
	return s;
}

/* The end, at the best point: an optimum where the gap is closed, unless the minimizers may lie
 * outside the ball; the bound is then none. */
static enum nso_status end(const struct ellipsoid *s, double *x)
{
	double far = sqrt(distance2(s->n, s->best_x, s->start));
	int closed = fabs(s->best - s->bound) <= s->tolerance * (1 + fabs(s->best));

	memcpy(x, s->best_x, s->n * sizeof *x);
	return closed && far < 0.99 * s->radius ? NSO_CONVERGED : NSO_STUCK;
}

/* The least ellipsoid around what the cut leaves, at depth 0 <= a < 1 of it; width =
 * sqrt(g'Pg). In one dimension it is the interval itself. */
static void shrink(struct ellipsoid *s, double a, double width, double *x)
{
	double n = (double)s->n, move = (1 + n * a) / (n + 1) / width;
	double scale = n > 1 ? n * n * (1 - a * a) / (n * n - 1) : (1 - a) * (1 - a) / 4;
	double rank = n > 1 ? 2 * move / ((1 + a) * width) : 0;

	axpy(s->n, -move, s->Pg, x);
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j <= i; j++) { /* both halves at once: P stays symmetric */
			double p = scale * (s->P[i * s->n + j] - rank * s->Pg[i] * s->Pg[j]);

			s->P[i * s->n + j] = s->P[j * s->n + i] = p;
		}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct ellipsoid *s = state;
	double value = nso_subgradient(f, x, s->g), square, width, depth = 0;

	for (size_t i = 0; i < s->n; i++)
		s->Pg[i] = dot(s->n, s->P + i * s->n, s->g);
	square = dot(s->n, s->g, s->Pg);
	if (!isfinite(value) || !isfinite(square))
		return NSO_DIVERGED;
	if (dot(s->n, s->g, s->g) == 0)
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	if (square <= 0) /* rounding has cost P its definiteness */
		return end(s, x);
	width = sqrt(square);
	if (value < s->best) {
		s->best = value;
		memcpy(s->best_x, x, s->n * sizeof *x);
	}
	s->bound = fmax(s->bound, value - width);
	nso_report(f, 0, s->bound);
	nso_report(f, 1, width);
	if (s->best - s->bound <= s->tolerance * (1 + fabs(s->best)) && nso_share(f) >= 1)
		return end(s, x);
	if (s->cut == DEEP && nso_share(f) >= 1)
		depth = fmin((value - s->best) / width, 1 - 1e-10);
	shrink(s, depth, width, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_ellipsoid = {
	.name = "ellipsoid",
	.title = "Ellipsoid",
	.reference =
		"Yudin, Nemirovski 1976; Shor 1977; Bland, Goldfarb, Todd 1981, Oper. Res. "
		"29:1039-1091",
	.rule = "x <- x - (1 + n a)/(n + 1) Pg/sqrt(g'Pg); P <- n^2 (1 - a^2)/(n^2 - 1) (P - 2 "
		"(1 + "
		"n a)/((n + 1)(1 + a)) Pg g'P/g'Pg)",
	.cost = "1 subgradient",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_CONVEX_ONLY,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
