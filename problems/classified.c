/* classified.c -- rows with labels -1 and 1, planted or from a LIBSVM file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "classified.h"
#include "libsvm.h"

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

static double *from_file(const char *name, struct rows *a, char *why, size_t size)
{
	char path[4096];
	double *y = NULL;

	if (nso_data_path(name, path, sizeof path))
		snprintf(why, size, "%.238s", path); /* says which places were tried */
	else
		libsvm_read(path, a, &y, why, size);
	return y;
}

void classified_free(void *self)
{
	struct classified *p = self;

	if (!p)
		return;
	rows_free(&p->model.a);
	free(p->model.b);
	free(p->w);
	free(p);
}

void *classified_make(const double *opt, double shift, const struct loss *loss, gsl_rng *rng,
	struct nso_facts *facts)
{
	const char *name = nso_text(opt[C_DATA]);
	struct classified *p = calloc(1, sizeof *p);
	struct linear_sum *s = &p->model;
	double *y;

	if (!p)
		return NULL;
	if (!*name || !strcmp(name, "planted"))
		y = planted(opt, rng, &s->a);
	else
		y = from_file(name, &s->a, facts->why, sizeof facts->why);
	s->b = y ? malloc(s->a.m * sizeof *s->b) : NULL;
	p->w = y ? calloc(s->a.n, sizeof *p->w) : NULL;
	if (!s->b || !p->w) {
		free(y);
		classified_free(p);
		return NULL;
	}
	for (size_t i = 0; i < s->a.m; i++) {
		s->b[i] = -shift;
		rows_scale(&s->a, i, -y[i]);
	}
	free(y);
	s->sum = (struct finite_sum){ .n = s->a.n,
		.m = s->a.m,
		.scale = 1 / (double)s->a.m,
		.perturb = opt[C_PERTURB],
		.loss = loss,
		.residual = linear_residual,
		.gradient = linear_gradient };
	facts->n = s->a.n;
	facts->terms = s->a.m;
	return p;
}

double classified_accuracy(const void *self, const double *x)
{
	const struct classified *p = self;
	size_t right = 0;

	for (size_t i = 0; i < p->model.a.m; i++)
		right += rows_dot(&p->model.a, i, x) < 0; /* -y <w, a> < 0 */
	return (double)right / (double)p->model.a.m;
}
