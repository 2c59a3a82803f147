/* lp.c -- small linear programs: Mehrotra 1992, and the step from his interior point to a
 * vertex. */
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_sort.h>
#include "nsobench.h"
#include "lp.h"

void spd_solve(size_t n, double *s, double *b)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, s[i * n + i]);
	for (size_t j = 0; j < n; j++) { /* S = LL', L in the lower triangle */
		double pivot = s[j * n + j] - vec_norm2(j, s + j * n);

		s[j * n + j] = pivot > 1e-18 * most ? sqrt(pivot) : INFINITY;
		for (size_t i = j + 1; i < n; i++)
			s[i * n + j] = (s[i * n + j] - vec_dot(j, s + i * n, s + j * n)) /
				       s[j * n + j];
	}
	for (size_t i = 0; i < n; i++)
		b[i] = (b[i] - vec_dot(i, s + i * n, b)) / s[i * n + i];
	for (size_t i = n; i-- > 0;) {
		for (size_t k = i + 1; k < n; k++)
			b[i] -= s[k * n + i] * b[k];
		b[i] /= s[i * n + i];
	}
}

/* z and its slack s = u - z, their multipliers v and w, all positive. */
struct point {
	size_t p, q;
	double *z, *s, *v, *w, *y;
	double *dz, *ds, *dv, *dw, *dy;
	double *rd, *rp, *ru, *rzv, *rsw; /* residuals of the Newton system */
	double *normal, *memory;
};

static int alloc(struct point *t, size_t p, size_t q)
{
	double **part[] = { &t->z, &t->s, &t->v, &t->w, &t->dz, &t->ds, &t->dv, &t->dw, &t->rd,
		&t->ru, &t->rzv, &t->rsw };
	double *at = calloc(12 * q + 3 * p + p * p, sizeof *at);

	*t = (struct point){ .p = p, .q = q, .memory = at };
	if (!at)
		return -1;
	for (size_t i = 0; i < 12; i++, at += q)
		*part[i] = at;
	t->y = at;
	t->dy = at + p;
	t->rp = at + 2 * p;
	t->normal = at + 3 * p;
	return 0;
}

static double complementarity(const struct point *t, double step, double dual_step)
{
	double sum = 0;

	for (size_t j = 0; j < t->q; j++)
		sum += (t->z[j] + step * t->dz[j]) * (t->v[j] + dual_step * t->dv[j]) +
		       (t->s[j] + step * t->ds[j]) * (t->w[j] + dual_step * t->dw[j]);
	return sum / (2 * (double)t->q);
}

static void residuals(struct point *t, const struct rows *a, const double *b, const double *c,
	const double *u)
{
	for (size_t i = 0; i < t->p; i++)
		t->rp[i] = b[i];
	for (size_t j = 0; j < t->q; j++) {
		rows_add(a, j, -t->z[j], t->rp);
		t->rd[j] = c[j] - rows_dot(a, j, t->y) - t->v[j] + t->w[j];
		t->ru[j] = u[j] - t->z[j] - t->s[j];
	}
}

/* The Newton direction for the complementarity residuals rzv and rsw. */
static void direction(struct point *t, const struct rows *a)
{
	size_t p = t->p;

	for (size_t i = 0; i < p * p; i++)
		t->normal[i] = 0;
	for (size_t i = 0; i < p; i++)
		t->dy[i] = t->rp[i];
	for (size_t j = 0; j < t->q; j++) {
		double weight = 1 / (t->v[j] / t->z[j] + t->w[j] / t->s[j]);

		t->dz[j] =
			weight * (t->rzv[j] / t->z[j] -
					 (t->rsw[j] - t->w[j] * t->ru[j]) / t->s[j] - t->rd[j]);
		for (size_t k = 0; k < p; k++)
			if (a->val[j * p + k] != 0)
				rows_add(a, j, weight * a->val[j * p + k], t->normal + k * p);
		rows_add(a, j, -t->dz[j], t->dy);
		t->ds[j] = weight;
	}
	spd_solve(p, t->normal, t->dy);
	for (size_t j = 0; j < t->q; j++) {
		t->dz[j] += t->ds[j] * rows_dot(a, j, t->dy);
		t->ds[j] = t->ru[j] - t->dz[j];
		t->dv[j] = (t->rzv[j] - t->v[j] * t->dz[j]) / t->z[j];
		t->dw[j] = (t->rsw[j] - t->w[j] * t->ds[j]) / t->s[j];
	}
}

/* Longest step in [0, 1] that keeps x + step dx >= 0. */
static double longest(size_t q, const double *x, const double *dx)
{
	double step = 1;

	for (size_t j = 0; j < q; j++)
		if (dx[j] < 0 && x[j] + dx[j] < 0)
			step = fmin(step, -x[j] / dx[j]);
	return step;
}

static void advance(struct point *t, double share)
{
	double step = share * fmin(longest(t->q, t->z, t->dz), longest(t->q, t->s, t->ds));
	double dual_step = share * fmin(longest(t->q, t->v, t->dv), longest(t->q, t->w, t->dw));

	for (size_t j = 0; j < t->q; j++) {
		t->z[j] += step * t->dz[j];
		t->s[j] += step * t->ds[j];
		t->v[j] += dual_step * t->dv[j];
		t->w[j] += dual_step * t->dw[j];
	}
	for (size_t i = 0; i < t->p; i++)
		t->y[i] += dual_step * t->dy[i];
}

/* Predictor, centring after its success, corrector. */
static void iterate(struct point *t, const struct rows *a, double mu)
{
	double step, dual_step, sigma;

	for (size_t j = 0; j < t->q; j++) {
		t->rzv[j] = -t->z[j] * t->v[j];
		t->rsw[j] = -t->s[j] * t->w[j];
	}
	direction(t, a);
	step = fmin(longest(t->q, t->z, t->dz), longest(t->q, t->s, t->ds));
	dual_step = fmin(longest(t->q, t->v, t->dv), longest(t->q, t->w, t->dw));
	sigma = pow(complementarity(t, step, dual_step) / mu, 3);
	for (size_t j = 0; j < t->q; j++) {
		t->rzv[j] = sigma * mu - t->z[j] * t->v[j] - t->dz[j] * t->dv[j];
		t->rsw[j] = sigma * mu - t->s[j] * t->w[j] - t->ds[j] * t->dw[j];
	}
	direction(t, a);
	advance(t, 0.9995);
}

static void begin(struct point *t, const double *c, const double *u)
{
	double scale = 0;

	for (size_t j = 0; j < t->q; j++)
		scale = fmax(scale, fabs(c[j]));
	for (size_t j = 0; j < t->q; j++) {
		t->z[j] = t->s[j] = u[j] / 2;
		t->v[j] = t->w[j] = scale > 0 ? scale : 1;
	}
}

/* Complementarity and infeasibility together: what the iteration drives to 0. */
static double merit(const struct point *t)
{
	double sum = (double)t->q * complementarity(t, 0, 0);

	for (size_t i = 0; i < t->p; i++)
		sum += fabs(t->rp[i]);
	for (size_t j = 0; j < t->q; j++)
		sum += fabs(t->rd[j]) + fabs(t->ru[j]);
	return sum;
}

double lp_solve(const struct rows *a, const double *b, const double *c, const double *u,
	double *z, double *y)
{
	struct point t;
	double best = INFINITY, lost = INFINITY;

	if (alloc(&t, a->n, a->m))
		return INFINITY;
	begin(&t, c, u);
	for (int k = 0, idle = 0; k < 100 && idle < 5; k++) {
		residuals(&t, a, b, c, u);
		idle++;
		if (merit(&t) < best) {
			best = merit(&t);
			idle = 0;
			lost = 0;
			for (size_t j = 0; j < t.q; j++)
				z[j] = t.z[j];
			for (size_t i = 0; i < t.p; i++) {
				y[i] = t.y[i];
				lost += fabs(t.rp[i]);
			}
		}
		iterate(&t, a, complementarity(&t, 0, 0));
	}
	free(t.memory);
	return lost;
}

int lp_vertex(const struct rows *k, const double *d, double *x)
{
	size_t n = k->n, *order = malloc(k->m * sizeof *order);
	double *memory = malloc((k->m + n * n + 2 * n) * sizeof *memory), *s = memory + k->m;
	gsl_permutation *swap = gsl_permutation_alloc(n);
	gsl_matrix_view matrix;
	gsl_vector_view right, out;
	int sign, bad = !order || !memory || !swap || k->m < n;

	if (!bad) {
		for (size_t i = 0; i < k->m; i++)
			memory[i] = fabs(rows_dot(k, i, x) - d[i]);
		gsl_sort_index(order, memory, 1, k->m);
		for (size_t i = 0; i < n * n; i++)
			s[i] = 0;
		for (size_t i = 0; i < n; i++) {
			rows_add(k, order[i], 1, s + i * n);
			s[n * n + i] = d[order[i]];
		}
		matrix = gsl_matrix_view_array(s, n, n);
		right = gsl_vector_view_array(s + n * n, n);
		out = gsl_vector_view_array(s + n * n + n, n);
		gsl_linalg_LU_decomp(&matrix.matrix, swap, &sign);
		for (size_t i = 0; i < n; i++)
			bad |= !(fabs(s[i * n + i]) > 1e-12 * fabs(s[0]));
	}
	if (!bad) {
		gsl_linalg_LU_solve(&matrix.matrix, swap, &right.vector, &out.vector);
		for (size_t j = 0; j < n; j++)
			x[j] = gsl_vector_get(&out.vector, j);
	}
	free(order);
	free(memory);
	gsl_permutation_free(swap);
	return bad ? -1 : 0;
}

void lp_vertex_if(const struct rows *k, const double *d, double *x,
	double (*f)(const void *self, const double *x), const void *self)
{
	size_t size = k->n * sizeof *x;
	double *old = malloc(size), before = f(self, x);

	if (!old)
		return;
	memcpy(old, x, size);
	lp_vertex(k, d, x);
	if (!(f(self, x) <= before + 1e-10 * fabs(before)))
		memcpy(x, old, size);
	free(old);
}

/* ---------------------------------------------------------- quantile regression ------ */

struct quantile {
	const struct rows *a;
	const double *b;
	double shape;
};

static double quantile(const void *self, const double *x)
{
	const struct quantile *q = self;
	double sum = 0;

	for (size_t i = 0; i < q->a->m; i++) {
		double r = rows_dot(q->a, i, x) - q->b[i];

		sum += (r < 0 ? q->shape - 1 : q->shape) * r;
	}
	return sum;
}

/*
 * phi(r) = max{s r, (s - 1) r} = max of theta r over s - 1 <= theta <= s, so f* = max -<b,
 * theta>/m over A'theta = 0; with theta = s - 1 + z a program in 0 <= z <= 1 whose multipliers
 * are x.
 */
double lp_quantile(const struct rows *a, const double *b, double s, double *x)
{
	size_t m = a->m, n = a->n;
	double *memory = malloc((2 * m + n) * sizeof *memory), lost, dual, length = 0;
	double *one = memory, *z = memory + m, *right = memory + 2 * m;

	if (!memory)
		return NAN;
	for (size_t i = 0; i < m; i++)
		one[i] = 1;
	rows_back(a, one, right);
	for (size_t j = 0; j < n; j++)
		right[j] *= 1 - s;
	lost = lp_solve(a, right, b, one, z, x);
	for (size_t j = 0; j < n; j++)
		length += fabs(x[j]);
	lost *= length;
	dual = (1 - s) * vec_dot(m, one, b) - vec_dot(m, b, z) - lost;
	free(memory);
	lp_vertex_if(a, b, x, quantile, &(struct quantile){ a, b, s });
	return isfinite(lost) ? dual / (double)m : -INFINITY;
}
