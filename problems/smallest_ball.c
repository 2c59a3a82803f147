/* smallest_ball.c -- the smallest ball around points of a file. */
#include <stdlib.h>
#include <string.h>
#include "location.h"

/*
 * The smallest ball around some of the points, then around them and the one farthest outside,
 * until none is (Badoiu, Clarkson 2003). Its dual: with weights l of sum 1 and c = sum l_i a_i,
 * sum l_i |a_i - c|^2 is below the square of every enclosing ball's radius.
 */
struct core {
	size_t count, *at;
	double *rows, *shift, *weight; /* of the points at[]: a_i, -|a_i|^2/2, l_i */
};

/* Takes in point i; points without weight make room when all is full. -1 when it is there
 * already. */
static int take(const struct location *p, struct core *c, size_t i, size_t most)
{
	size_t kept = 0;

	for (size_t k = 0; k < c->count; k++)
		if (c->at[k] == i)
			return -1;
	for (size_t k = 0; c->count == most && k < c->count; k++) {
		if (!(c->weight[k] > 0))
			continue;
		c->at[kept] = c->at[k];
		c->shift[kept] = c->shift[k];
		memmove(c->rows + kept++ * p->d, c->rows + k * p->d, p->d * sizeof *c->rows);
	}
	c->count = c->count == most ? kept : c->count;
	if (c->count == most)
		return -1;
	c->at[c->count] = i;
	memcpy(c->rows + c->count * p->d, p->a.val + i * p->d, p->d * sizeof *c->rows);
	c->shift[c->count++] = -rows_norm2(&p->a, i) / 2;
	return 0;
}

static size_t farthest(const struct location *p, const double *x)
{
	size_t at = 0;

	for (size_t i = 1; i < p->a.m; i++)
		if (location_distance(p, i, x) > location_distance(p, at, x))
			at = i;
	return at;
}

static double core_radius(const struct location *p, const struct core *c, const double *x)
{
	double square = 0, sum = 0;

	for (size_t k = 0; k < c->count; k++) {
		square += c->weight[k] * pow(location_distance(p, c->at[k], x), 2);
		sum += c->weight[k];
	}
	return sqrt(square / sum);
}

/* The best centre in minimizer; its radius less the largest of the cores'. */
static double grow_ball(
	struct location *q, struct core *c, struct nso_minnorm *solver, double *w, size_t most)
{
	double best = INFINITY, inside = 0;
	size_t far = farthest(q, q->minimizer);

	for (int k = 0; k < 10000 && !take(q, c, far, most); k++) {
		double r;

		nso_minnorm_shifted(solver, c->count, c->rows, c->shift, w, c->weight, NULL);
		inside = fmax(inside, core_radius(q, c, w));
		far = farthest(q, w);
		r = location_distance(q, far, w);
		if (r < best) {
			best = r;
			memcpy(q->minimizer, w, q->d * sizeof *w);
		}
		if (best <= inside * (1 + 1e-15))
			break;
	}
	return best - inside;
}

double location_ball(struct location *q)
{
	size_t d = q->d, most = 4 * d + 50;
	struct nso_minnorm *solver;
	struct core c = { 0 };
	double *w, error = NAN;

	if (d > 500)
		return INFINITY;
	solver = nso_minnorm_alloc(most, d);
	w = malloc((most * (d + 2) + d) * sizeof *w);
	c.at = malloc(most * sizeof *c.at);
	if (solver && w && c.at) {
		c.rows = w + d;
		c.shift = c.rows + most * d;
		c.weight = c.shift + most;
		error = grow_ball(q, &c, solver, w, most);
	}
	nso_minnorm_free(solver);
	free(w);
	free(c.at);
	return error;
}
