/* bfgs.c -- BFGS on non-smooth functions, Lewis, Overton 2013: x += t d, d = -H g, t from the
 * weak Wolfe line search, H <- (I - s y'/sy) H (I - y s'/sy) + s s'/sy. No restart. */
#include <stdlib.h>
#include <gsl/gsl_cblas.h>
#include "quasi_newton.h"
#include "vectors.h"

static const struct nso_option options[] = { QUASI_NEWTON_OPTIONS, { 0 } };

struct bfgs {
	struct quasi_newton q;
	size_t updates;
	double *H, *Hy; /* upper triangle, row-major; length n */
	double memory[];
};

static void identity(struct bfgs *s, double scale)
{
	size_t n = s->q.search.n;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i; j < n; j++)
			s->H[i * n + j] = i == j ? scale : 0;
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct bfgs *s;

	(void)x;
	if (n > SIZE_MAX / sizeof *s->memory / (n + 8))
		return NULL;
	s = malloc(sizeof *s + n * (n + 7) * sizeof *s->memory);
	if (!s)
		return NULL;
	quasi_newton_init(&s->q, n, opt, s->memory);
	s->updates = 0;
	s->Hy = s->memory + 6 * n;
	s->H = s->memory + 7 * n;
	identity(s, 1);
	return s;
}

static void direction(void *state)
{
	struct bfgs *s = state;
	int n = (int)s->q.search.n;

	cblas_dsymv(CblasRowMajor, CblasUpper, n, -1, s->H, n, s->q.g, 1, 0, s->q.d, 1);
}

static void update(void *state, double sy)
{
	struct bfgs *s = state;
	int n = (int)s->q.search.n;
	double yHy;

	if (s->updates++ == 0 && s->q.scale)
		identity(s, sy / dot(s->q.search.n, s->q.y, s->q.y));
	cblas_dsymv(CblasRowMajor, CblasUpper, n, 1, s->H, n, s->q.y, 1, 0, s->Hy, 1);
	yHy = dot(s->q.search.n, s->q.y, s->Hy);
	cblas_dsyr2(CblasRowMajor, CblasUpper, n, -1 / sy, s->q.s, 1, s->Hy, 1, s->H, n);
	cblas_dsyr(CblasRowMajor, CblasUpper, n, (1 + yHy / sy) / sy, s->q.s, 1, s->H, n);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct bfgs *s = state;

	return quasi_newton_step(&s->q, f, x, s, direction, update);
}

const struct nso_optimizer nso_optimizer_bfgs = {
	.name = "bfgs",
	.title = "BFGS",
	.reference = "Lewis, Overton 2013, Nonsmooth optimization via quasi-Newton methods",
	.rule = "x <- x - t H g, t by weak Wolfe bracketing; H <- BFGS update, never restarted",
	.cost = "subgradients of the line search, mostly 1-3",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
