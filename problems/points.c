/* points.c -- points of a file, in their own units and in none. */
#include <stdio.h>
#include <stdlib.h>
#include "location.h"

double location_distance(const struct location *p, size_t i, const double *x)
{
	return vec_distance(p->d, x, p->a.val + i * p->d);
}

void location_add_unit(const struct location *p, size_t i, const double *x, double c, double *g)
{
	const double *a = p->a.val + i * p->d;
	double size = location_distance(p, i, x);

	for (size_t j = 0; size > 0 && j < p->d; j++)
		g[j] += c * (x[j] - a[j]) / size;
}

void location_free(void *self)
{
	struct location *p = self;

	if (!p)
		return;
	rows_free(&p->a);
	free(p->minimizer);
	free(p->origin);
	free(p);
}

/* ---------------------------------------------------------- points of a file -------- */

/* Their mean, and the root of the mean square of their distance from it. */
static int measure_points(struct location *p)
{
	double deviation, square = 0;

	p->origin = calloc(p->d, sizeof *p->origin);
	for (size_t j = 0; p->origin && j < p->d; j++) {
		column_moments(p->a.val + j, p->d, p->a.m, &p->origin[j], &deviation);
		square = hypot(square, deviation);
	}
	p->spread = square;
	return p->origin ? 0 : -1;
}

struct location *location_load(struct own *own, const struct own_kind *k, const double *opt,
	size_t centres, struct nso_facts *facts)
{
	struct location *p = calloc(1, sizeof *p);

	if (!p || own_read(own, k, opt, facts)) {
		free(p);
		return NULL;
	}
	p->a = own->s.a;
	own->s.a = (struct rows){ 0 };
	p->d = p->a.n;
	p->k = centres;
	p->minimizer = calloc(p->d * p->k, sizeof *p->minimizer);
	if (p->a.col)
		snprintf(facts->why, sizeof facts->why,
			"%zu points of %zu numbers, expected at most "
			"2^24 numbers",
			p->a.m, p->d);
	if (p->a.col || !p->minimizer || measure_points(p)) {
		own_free(own);
		location_free(p);
		return NULL;
	}
	facts->n = p->d * p->k;
	facts->lipschitz = 1;
	facts->traits &= ~(unsigned)NSO_PLANTED;
	return p;
}

/* The points about 0, of size about 1: what solves it knows no units. */
static struct location *normal(const struct location *p)
{
	struct location *q = calloc(1, sizeof *q);

	if (!q)
		return NULL;
	*q = (struct location){ .d = p->d, .k = 1, .spread = 1 };
	q->minimizer = calloc(p->d, sizeof *q->minimizer);
	if (!q->minimizer || rows_dense(&q->a, p->a.m, p->d)) {
		location_free(q);
		return NULL;
	}
	for (size_t i = 0; i < p->a.m * p->d; i++)
		q->a.val[i] = (p->a.val[i] - p->origin[i % p->d]) / p->spread;
	return q;
}

/* x and the error of q's solution in p's units, with what rounding there costs. */
static double back(struct location *p, const struct location *q, double error)
{
	double size = 0;

	for (size_t j = 0; j < p->d; j++) {
		p->minimizer[j] = p->origin[j] + p->spread * q->minimizer[j];
		size = fmax(size, fabs(p->origin[j]));
	}
	return p->spread * error + 4e-16 * (size + p->spread);
}

double location_solve(struct location *p, double (*solve)(struct location *q))
{
	struct location *q = normal(p);
	double error = q ? solve(q) : NAN;

	if (q && !isnan(error))
		error = back(p, q, error);
	location_free(q);
	return error;
}

void *location_certify(struct location *p, struct own *own, double (*solve)(void *self),
	double (*f)(const void *self, const double *x, double *g), struct nso_facts *facts)
{
	int bad = own_certify(own, p, solve, f, p->d, p->minimizer, 0, facts);

	own_free(own);
	if (!bad)
		return p;
	location_free(p);
	return NULL;
}
