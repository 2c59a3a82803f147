/* steiner2.c -- Steiner 2: a tree of eight fixed and six free points in the plane with weighted
 * edges, f the sum of the weighted lengths; Fletcher; Luksan, Vlcek 2000, problem 18. Free
 * point j is (x_j, x_{j+6}). Convex; at the minimizer some free points coincide with fixed
 * ones, where a norm has its kink. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

enum { FREE = 6, EDGES = 2 * FREE + 1 };

/* Edge from free point `from` to free point `to`, or to the fixed point (u, v) if to < 0. */
static const struct edge {
	double weight;
	int from, to;
	double u, v;
} edges[EDGES] = {
	{ 1, 0, -1, 0, 0 },
	{ 1, 5, -1, 5.5, -1 },
	{ 2, 0, -1, 0, 2 },
	{ 1, 1, -1, 2, 3 },
	{ 1, 2, -1, 3, -1 },
	{ 5, 3, -1, 4, -0.5 },
	{ 1, 4, -1, 5, 2 },
	{ 1, 5, -1, 6, 2 },
	{ 1, 0, 1, 0, 0 },
	{ 1, 1, 2, 0, 0 },
	{ 2, 2, 3, 0, 0 },
	{ 3, 3, 4, 0, 0 },
	{ 2, 4, 5, 0, 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt;
	(void)rng;
	facts->n = 2 * FREE;
	facts->optimum = 16.70383755367904;
	facts->optimum_error = 1e-13;
	return malloc(1); /* nothing to remember, but NULL would mean failure */
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	static const double u[FREE] = { 0, 2, 3, 4, 5, 6 }, v[FREE] = { 2, 3, -1, -0.5, 2, 2 };

	(void)self;
	(void)rng;
	x[0] = (u[0] + u[1]) / 3;
	x[FREE] = (v[0] + v[1]) / 3;
	for (size_t i = 1; i < FREE - 1; i++) {
		x[i] = (x[i - 1] + u[i] + u[i + 1]) / 3;
		x[i + FREE] = (x[i + FREE - 1] + v[i] + v[i + 1]) / 3;
	}
	x[FREE - 1] = (x[FREE - 2] + 11.5) / 3;
	x[2 * FREE - 1] = (x[2 * FREE - 2] + 1) / 3;
}

/* The edge as a vector in dx, dy; its weighted length. */
static double length(const struct edge *e, const double *x, double *dx, double *dy)
{
	*dx = x[e->from] - (e->to < 0 ? e->u : x[e->to]);
	*dy = x[e->from + FREE] - (e->to < 0 ? e->v : x[e->to + FREE]);
	return e->weight * sqrt(*dx * *dx + *dy * *dy);
}

static void add_edge(const struct edge *e, double gx, double gy, double *g)
{
	g[e->from] += gx;
	g[e->from + FREE] += gy;
	if (e->to >= 0) {
		g[e->to] -= gx;
		g[e->to + FREE] -= gy;
	}
}

static double eval(const void *self, const double *x, double *g)
{
	double f = 0;

	(void)self;
	if (g)
		memset(g, 0, 2 * FREE * sizeof *g);
	for (const struct edge *e = edges; e < edges + EDGES; e++) {
		double dx, dy, v = length(e, x, &dx, &dy);

		f += v;
		if (g && v != 0) /* at the kink 0 is a subgradient of the norm */
			add_edge(e, e->weight * e->weight * dx / v,
				e->weight * e->weight * dy / v, g);
	}
	return f;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	double *base = nso_row(out, 0, 2 * FREE), dx, dy;

	(void)self;
	for (const struct edge *e = edges; e < edges + EDGES; e++) {
		double v = length(e, x, &dx, &dy), w2 = e->weight * e->weight;

		if (2 * v > tol)
			add_edge(e, w2 * dx / v, w2 * dy / v, base);
	}
	for (const struct edge *e = edges; e < edges + EDGES; e++)
		if (2 * length(e, x, &dx, &dy) <= tol) {
			nso_ball(out);
			add_edge(e, e->weight, 0, nso_row(out, 0, 2 * FREE));
			add_edge(e, 0, e->weight, nso_row(out, 0, 2 * FREE));
		}
}

const struct nso_problem nso_problem_steiner2 = {
	.name = "steiner2",
	.title = "Steiner 2",
	.reference = "Luksan, Vlcek 2000, problem 18",
	.formula = "sum of the weighted edge lengths of a tree with 6 free and 8 fixed points "
		   "in the plane",
	.group = "small",
	.traits = NSO_CONVEX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
