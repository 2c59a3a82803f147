/* saddle.c -- the saddle form of linear models with a piecewise linear loss. */
#include "saddle.h"

static size_t rows(const void *self) { return ((const struct linear_sum *)self)->a.m; }

static double norm(const void *self)
{
	return sqrt(rows_largest(&((const struct linear_sum *)self)->a));
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
	const struct finite_sum *s = self;

	for (size_t j = 0; j < s->n; j++)
		p[j] = soft_threshold(v[j], t * s->l1) / (1 + t * s->l2);
}

/* h*(u) = <b, u> for u between the slopes of scale phi. */
static void dual(const void *self, double t, const double *v, double *p)
{
	const struct linear_sum *l = self;
	const struct finite_sum *s = &l->sum;
	double low = s->scale * s->loss->side(s->shape, 0),
	       high = s->scale * s->loss->side(s->shape, 1);

	for (size_t i = 0; i < s->m; i++) {
		double u = v[i] - t * l->b[i];

		p[i] = u < low ? low : u > high ? high : u; /* NaN stays */
	}
}

const struct nso_saddle linear_saddle = { rows, norm, forward, back, primal, dual };
