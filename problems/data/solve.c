/* solve.c -- minimizers of convex models on users' rows, with lower bounds. */
#include <stdlib.h>
#include <string.h>
#include "solve.h"

static const double dependent = 1e-13, most_work = 2e10;

/* ---------------------------------------------------------- least squares ------------ */

/* Orthonormal rows q[0 .. rank), column j of A being sum_k r[j][k] q[k]; at[k]: the column of q[k]. */
struct basis {
	size_t n, length, rank;
	double *q, *r, *y;
	size_t *at;
};

/* Takes the parts along the basis out of v, twice, and adds them to c. */
static void project(const struct basis *w, double *v, double *c)
{
	for (int twice = 0; twice < 2; twice++)
		for (size_t k = 0; k < w->rank; k++) {
			double *q = w->q + k * w->length, part = vec_dot(w->length, q, v);

			c[k] += part;
			for (size_t i = 0; i < w->length; i++)
				v[i] -= part * q[i];
		}
}

static void extend(struct basis *w, size_t j)
{
	double *v = w->q + w->rank * w->length, *r = w->r + j * w->n;
	double before = sqrt(vec_norm2(w->length, v)), after;

	project(w, v, r);
	after = sqrt(vec_norm2(w->length, v));
	if (!(after > dependent * before))
		return;
	for (size_t i = 0; i < w->length; i++)
		v[i] /= after;
	r[w->rank] = after;
	w->at[w->rank++] = j;
}

/* x += R^-1 c */
static void back(const struct basis *w, double *c, double *x)
{
	for (size_t k = w->rank; k-- > 0;) {
		const double *r = w->r + w->at[k] * w->n;

		c[k] /= r[k];
		x[w->at[k]] += c[k];
		for (size_t l = 0; l < k; l++)
			c[l] -= c[k] * r[l];
	}
}

/* b less what the basis reaches, in v; a second round for what rounding left of x. */
static double fit(const struct rows *a, const double *b, double l2, struct basis *w, double *x)
{
	double *v = w->y, *c = v + w->length, bound = 0;

	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < a->m; i++)
			v[i] = b[i] - rows_dot(a, i, x);
		for (size_t j = 0; a->m + j < w->length; j++)
			v[a->m + j] = -sqrt(l2) * x[j];
		memset(c, 0, w->n * sizeof *c);
		project(w, v, c);
		bound = vec_norm2(w->length, v) / 2;
		if (round < 2)
			back(w, c, x);
	}
	return bound;
}

double solve_squares(const struct rows *a, const double *b, double l2, double *x)
{
	size_t n = a->n, length = a->m + (l2 > 0 ? n : 0), most = n < length ? n : length;
	struct basis w = { .n = n, .length = length };
	double bound = NAN, work = 4 * (double)length * (double)n * (double)most;

	memset(x, 0, n * sizeof *x);
	if (a->col || work > most_work)
		return -INFINITY;
	w.q = malloc((most + 1) * length * sizeof *w.q);
	w.r = calloc(n * n, sizeof *w.r);
	w.y = malloc((length + n) * sizeof *w.y);
	w.at = malloc((most + 1) * sizeof *w.at);
	if (w.q && w.r && w.y && w.at) {
		for (size_t j = 0; j < n && w.rank < most; j++) {
			double *v = w.q + w.rank * length;

			memset(v, 0, length * sizeof *v);
			for (size_t i = 0; i < a->m; i++)
				v[i] = a->val[i * n + j];
			if (l2 > 0)
				v[a->m + j] = sqrt(l2);
			extend(&w, j);
		}
		bound = fit(a, b, l2, &w, x);
	}
	free(w.q);
	free(w.r);
	free(w.y);
	free(w.at);
	return bound;
}

/* ---------------------------------------------------------- lasso -------------------- */

static void residual(const struct linear_sum *s, const double *x, double *r)
{
	for (size_t i = 0; i < s->a.m; i++)
		r[i] = linear_residual(s, i, 0, x);
}

static void pass(const struct linear_sum *s, const struct rows *t, const double *square, double *r,
	double *x)
{
	for (size_t j = 0; j < t->m; j++) {
		double from = x[j], to;

		if (!(square[j] > 0))
			continue; /* an empty column: x_j stays 0 */
		to = soft_threshold(square[j] * from - rows_dot(t, j, r), s->sum.l1) /
			(square[j] + s->sum.l2);
		if (to != from)
			rows_add(t, j, to - from, r);
		x[j] = to;
	}
}

double solve_lasso(const struct linear_sum *s, double (*gap)(const void *self, const double *x),
	double enough, double *x)
{
	size_t m = s->a.m, n = s->a.n;
	double *r = malloc((m + n) * sizeof *r), *square = r + m, reached = INFINITY;
	double work = 0, once = 4 * (double)(s->a.col ? s->a.start[m] : m * n) + (double)n;
	struct rows t;

	if (!r || rows_transpose(&s->a, &t)) {
		free(r);
		return NAN;
	}
	for (size_t j = 0; j < n; j++)
		square[j] = rows_norm2(&t, j);
	while (reached > enough && work < most_work / 10) {
		residual(s, x, r); /* anew: updates drift */
		for (int k = 0; k < 10; k++, work += once)
			pass(s, &t, square, r, x);
		reached = gap(s, x);
	}
	free(r);
	rows_free(&t);
	return reached;
}
