/* saddle.c -- the saddle form of linear models with a piecewise linear loss. */
#include "saddle.h"

void saddle_shrink(const struct finite_sum *s, double t, const double *v, double *p)
{
	for (size_t j = 0; j < s->n; j++)
		p[j] = soft_threshold(v[j], t * s->l1) / (1 + t * s->l2);
}

void saddle_clamp(
	const struct finite_sum *s, const double *b, double t, const double *v, double *p)
{
	double low = s->scale * s->loss->side(s->shape, 0),
	       high = s->scale * s->loss->side(s->shape, 1);

	for (size_t i = 0; i < s->m; i++) {
		double u = v[i] - t * b[i];

		p[i] = u < low ? low : u > high ? high : u; /* NaN stays */
	}
}

double saddle_norm(const struct rows *a) { return sqrt(rows_largest(a)); }

static size_t rows(const void *self) { return ((const struct linear_sum *)self)->a.m; }

static double norm(const void *self)
{
	return saddle_norm(&((const struct linear_sum *)self)->a);
}

static void forward(const void *self, const double *x, double *y)
{
	rows_times(&((const struct linear_sum *)self)->a, x, y);
}

static void back(const void *self, const double *y, double *x)
{
	rows_back(&((const struct linear_sum *)self)->a, y, x);
}

static void primal(const void *self, double t, const double *v, double *p)
{
	saddle_shrink(self, t, v, p);
}

static void dual(const void *self, double t, const double *v, double *p)
{
	const struct linear_sum *s = self;

	saddle_clamp(&s->sum, s->b, t, v, p);
}

const struct nso_saddle linear_saddle = { rows, norm, forward, back, primal, dual };
