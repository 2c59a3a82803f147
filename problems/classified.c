/* classified.c -- rows with labels -1 and 1, planted or from a file. */
#include <stdlib.h>
#include <string.h>
#include "classified.h"

/* a_i ~ N(0, I), y_i = sign <a_i, w> for a unit vector w, a share of the labels flipped. */
static double *planted(const double *opt, gsl_rng *rng, struct rows *a)
{
	size_t m = (size_t)opt[C_M], n = (size_t)opt[C_N];
	double *y = malloc(m * sizeof *y), *w = malloc(n * sizeof *w);

	if (!y || !w || rows_gaussian(a, m, n, rng)) {
		free(y);
		free(w);
		return NULL;
	}
	vec_unit(rng, n, w);
	for (size_t i = 0; i < m; i++) {
		y[i] = rows_dot(a, i, w) < 0 ? -1 : 1;
		if (gsl_rng_uniform(rng) < opt[C_NOISE])
			y[i] = -y[i];
	}
	free(w);
	return y;
}

int classified_file(const double *opt)
{
	const char *name = nso_text(opt[C_DATA]);

	return *name && strcmp(name, "planted");
}

void classified_shift(struct fitted *p, double shift, const double *opt)
{
	struct linear_sum *s = &p->model;

	for (size_t i = 0; i < s->a.m; i++) {
		rows_scale(&s->a, i, -s->b[i]);
		s->b[i] = -shift;
	}
	s->sum.perturb = opt[C_PERTURB];
}

void *classified_make(const double *opt, double shift, const struct loss *loss, gsl_rng *rng,
	struct nso_facts *facts)
{
	struct fitted *p = calloc(1, sizeof *p);
	struct linear_sum *s = &p->model;

	if (!p)
		return NULL;
	s->b = planted(opt, rng, &s->a);
	p->minimizer = s->b ? calloc(s->a.n, sizeof *p->minimizer) : NULL;
	if (!p->minimizer) {
		fitted_free(p);
		return NULL;
	}
	s->sum = (struct finite_sum){ .n = s->a.n,
		.m = s->a.m,
		.scale = 1 / (double)s->a.m,
		.loss = loss,
		.residual = linear_residual,
		.gradient = linear_gradient };
	classified_shift(p, shift, opt);
	facts->n = s->a.n;
	facts->terms = s->a.m;
	return p;
}

double classified_accuracy(const void *self, const double *x)
{
	const struct fitted *p = self;
	size_t right = 0;

	for (size_t i = 0; i < p->model.a.m; i++)
		right += rows_dot(&p->model.a, i, x) < 0; /* -y <w, a> < 0 */
	return (double)right / (double)p->model.a.m;
}
