/* lbfgs.c -- limited-memory BFGS, Liu, Nocedal 1989 (two-loop recursion, Nocedal 1980), with
 * the weak Wolfe line search of Lewis, Overton 2013. On non-smooth functions it can stall: Asl,
 * Overton 2021. */
#include <stdlib.h>
#include <string.h>
#include "quasi_newton.h"
#include "vectors.h"

enum { MEMORY = QN_OPTIONS };
static const struct nso_option options[] = {
	QUASI_NEWTON_OPTIONS,
	[MEMORY] = { "memory", 10, 1, 1000, "pairs kept", NULL, "SciPy, L-BFGS-B: maxcor", 1 },
	{ 0 },
};

struct lbfgs {
	struct quasi_newton q;
	size_t most, count, next;    /* pairs: room, held, place of the next one */
	double *s, *y, *rho, *alpha; /* most x n each; 1/<s,y>; scratch */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), m = (size_t)opt[MEMORY];
	struct lbfgs *s = malloc(sizeof *s + (6 * n + 2 * m * n + 2 * m) * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	quasi_newton_init(&s->q, n, opt, s->memory);
	s->most = m;
	s->count = s->next = 0;
	s->s = s->memory + 6 * n;
	s->y = s->s + m * n;
	s->rho = s->y + m * n;
	s->alpha = s->rho + m;
	return s;
}

/* Pair number k, 0 the youngest. */
static size_t place(const struct lbfgs *s, size_t k)
{
	return (s->next + s->most - 1 - k) % s->most;
}

static void direction(void *state)
{
	struct lbfgs *s = state;
	size_t n = s->q.search.n;
	double *d = s->q.d;

	for (size_t i = 0; i < n; i++)
		d[i] = -s->q.g[i];
	for (size_t k = 0; k < s->count; k++) {
		size_t p = place(s, k);

		s->alpha[k] = s->rho[p] * dot(n, s->s + p * n, d);
		axpy(n, -s->alpha[k], s->y + p * n, d);
	}
	if (s->count && s->q.scale) { /* Nocedal, Wright 2006, 7.20 */
		size_t p = place(s, 0);
		double gamma = 1 / (s->rho[p] * dot(n, s->y + p * n, s->y + p * n));

		for (size_t i = 0; i < n; i++)
			d[i] *= gamma;
	}
	for (size_t k = s->count; k-- > 0;) {
		size_t p = place(s, k);
		double beta = s->rho[p] * dot(n, s->y + p * n, d);

		axpy(n, s->alpha[k] - beta, s->s + p * n, d);
	}
}

static void update(void *state, double sy)
{
	struct lbfgs *s = state;
	size_t n = s->q.search.n;

	memcpy(s->s + s->next * n, s->q.s, n * sizeof *s->s);
	memcpy(s->y + s->next * n, s->q.y, n * sizeof *s->y);
	s->rho[s->next] = 1 / sy;
	s->next = (s->next + 1) % s->most;
	if (s->count < s->most)
		s->count++;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct lbfgs *s = state;

	return quasi_newton_step(&s->q, f, x, s, direction, update);
}

const struct nso_optimizer nso_optimizer_lbfgs = {
	.name = "lbfgs",
	.title = "L-BFGS",
	.reference = "Liu, Nocedal 1989; line search of Lewis, Overton 2013",
	.rule = "x <- x - t H g, H from the last `memory` pairs, t by weak Wolfe bracketing",
	.cost = "subgradients of the line search, mostly 1-3",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
