/* minkowski.c -- least-norm point of base + sum of hulls, balls and spectral sets: fully
 * corrective Frank-Wolfe (Jaggi 2013, algorithm 4). The least-norm point of the vertices so far
 * is Wolfe's. The bound of each step is rigorous for every set. */
#include <config.h>
#include "measure/summands.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

enum { VERTICES = 400, STEPS = 1000 };
static const size_t matrix_limit = (size_t)1 << 25; /* doubles: 256 MiB */

struct sum {
	const struct nso_pieces *p;
	size_t most, count;
	double *G, *lambda, *w; /* most x n; most; n */
	struct support *support;
	struct nso_minnorm *solver;
};

static void close_sum(struct sum *s)
{
	free(s->G);
	free(s->lambda);
	nso_minnorm_free(s->solver);
	support_close(s->support);
}

static int open_sum(struct sum *s, const struct nso_pieces *p)
{
	size_t most = p->n + 2 < VERTICES ? p->n + 2 : VERTICES;

	if (most > matrix_limit / p->n)
		most = matrix_limit / p->n;
	if (most < 4)
		most = 4;
	*s = (struct sum){ .p = p, .most = most };
	s->G = malloc(most * p->n * sizeof *s->G);
	s->lambda = malloc((most + p->n) * sizeof *s->lambda);
	s->solver = nso_minnorm_alloc(most, p->n);
	s->support = support_open(p);
	if (!s->G || !s->lambda || !s->solver || !s->support) {
		close_sum(s);
		return -1;
	}
	s->w = s->lambda + most;
	return 0;
}

/* The point of the sum that is lowest along w, as a new row of G; returns its product with w.
 */
static double vertex(struct sum *s, const double *w)
{
	const struct nso_pieces *p = s->p;
	double *out = s->G + s->count++ * p->n, value = cblas_ddot((int)p->n, p->base, 1, w, 1);

	memcpy(out, p->base, p->n * sizeof *out);
	for (size_t b = 0; b < p->summands; b++)
		value += support_vertex(s->support, b, w, out);
	return value;
}

static void swap_out(struct sum *s, size_t i)
{
	size_t last = --s->count;

	memmove(s->G + i * s->p->n, s->G + last * s->p->n, s->p->n * sizeof *s->G);
	s->lambda[i] = s->lambda[last];
}

/* Rows without weight go; of a full table the two lightest rows become their mean, which keeps
 * w. */
static void make_room(struct sum *s)
{
	size_t two[2];

	for (size_t i = s->count; i-- > 0;)
		if (s->lambda[i] == 0 && s->count > 1)
			swap_out(s, i);
	if (s->count < s->most)
		return;
	lightest_two(s->lambda, s->count, two);
	join_rows(s->G, s->lambda, s->p->n, two);
	swap_out(s, two[0]);
}

static double rounding(const struct nso_pieces *p)
{
	size_t longest = 0, order = 0;

	for (size_t i = 0; i < p->rows; i++)
		if (p->row[i].len > longest)
			longest = p->row[i].len;
	for (size_t i = 0; i < p->summands; i++)
		if (p->summand[i].kind == SPECTRAL && p->summand[i].order > order)
			order = p->summand[i].order;
	return DBL_EPSILON *
	       ((double)(longest + 10 * order + p->summands + 8) * pieces_scale(p) +
		       (double)p->n * cblas_dnrm2((int)p->n, p->base, 1));
}

int minkowski(const struct nso_pieces *p, struct distance *d)
{
	double margin = rounding(p), last = INFINITY;
	struct sum s;
	int idle = 0;

	if (open_sum(&s, p))
		return -1;
	vertex(&s, p->base);
	for (int step = 0; step < STEPS && idle < 8; step++) {
		double norm = nso_minnorm_solve(s.solver, s.count, s.G, s.w, s.lambda, NULL),
		       price;

		if (!isfinite(norm))
			break;
		make_room(&s);
		price = vertex(&s, s.w);
		distance_offer(d, p->n, s.w, norm > 0 ? fmax(0, price / norm - margin) : 0);
		if (norm <= margin || norm - price / norm <= 2 * margin + 1e-12 * norm)
			break;
		idle = norm < last * (1 - 1e-10) ? 0 : idle + 1;
		last = fmin(last, norm);
	}
	close_sum(&s);
	return 0;
}
