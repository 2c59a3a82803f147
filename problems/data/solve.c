/* solve.c -- minimizers of convex models on users' rows, with lower bounds. */
#include <stdlib.h>
#include <string.h>
#include "solve.h"

static const double dependent = 1e-13, most_work = 2e10;

/* ---------------------------------------------------------- basis ------------------- */

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

/* Column j, brought to entries near 1, without what the columns before it reach. */
static void extend(struct basis *w, const struct rows *column, double l2, size_t j)
{
	double *v = w->q + w->rank * w->length, *r = w->r + j * w->n, most = sqrt(l2), before,
	       after;

	memset(v, 0, w->length * sizeof *v);
	rows_add(column, j, 1, v);
	if (l2 > 0)
		v[column->n + j] = sqrt(l2);
	for (size_t i = 0; i < column->n; i++)
		most = fmax(most, fabs(v[i]));
	w->unit[j] = most > 0 ? ldexp(1, ilogb(most)) : 1;
	for (size_t i = 0; i < w->length; i++)
		v[i] /= w->unit[j];
	before = sqrt(vec_norm2(w->length, v));
	project(w, v, r);
	after = sqrt(vec_norm2(w->length, v));
	if (!(after > dependent * before))
		return;
	for (size_t i = 0; i < w->length; i++)
		v[i] /= after;
	r[w->rank] = after;
	w->at[w->rank++] = j;
}

int basis_make(struct basis *w, const struct rows *a, double l2)
{
	size_t n = a->n, length = a->m + (l2 > 0 ? n : 0), most = n < length ? n : length;
	struct rows column;

	*w = (struct basis){ .n = n, .length = length };
	if (rows_transpose(a, &column))
		return -1;
	w->q = malloc((most + 1) * length * sizeof *w->q);
	w->r = calloc(n * n, sizeof *w->r);
	w->unit = malloc(n * sizeof *w->unit);
	w->at = malloc((most + 1) * sizeof *w->at);
	for (size_t j = 0; w->q && w->r && w->unit && w->at && j < n && w->rank < most; j++)
		extend(w, &column, l2, j);
	rows_free(&column);
	return w->q && w->r && w->unit && w->at ? 0 : -1;
}

void basis_free(struct basis *w)
{
	free(w->q);
	free(w->r);
	free(w->unit);
	free(w->at);
}

int basis_rows(const struct basis *w, struct rows *q)
{
	struct rows columns = { .m = w->rank, .n = w->length, .val = w->q };

	return rows_transpose(&columns, q);
}

void basis_back(const struct basis *w, const double *z, double *x)
{
	for (size_t j = 0; j < w->n; j++)
		x[j] = 0;
	for (size_t k = w->rank; k-- > 0;) {
		double c = z[k];

		for (size_t l = k + 1; l < w->rank; l++)
			c -= w->r[w->at[l] * w->n + k] * x[w->at[l]];
		x[w->at[k]] = c / w->r[w->at[k] * w->n + k];
	}
	for (size_t k = 0; k < w->rank; k++)
		x[w->at[k]] /= w->unit[w->at[k]];
}

/* ---------------------------------------------------------- least squares ----------- */

/* v = (b, 0) less its part in the basis, in three rounds of which the later mend what rounding
 * left. */
static double fit(
	const struct rows *a, const double *b, double l2, const struct basis *w, double *x)
{
	double *v = malloc((w->length + 2 * w->n) * sizeof *v), *c = v + w->length,
	       *d = c + w->n;
	double bound = NAN;

	for (int round = 0; v && round < 3; round++) {
		for (size_t i = 0; i < a->m; i++)
			v[i] = b[i] - rows_dot(a, i, x);
		for (size_t j = 0; a->m + j < w->length; j++)
			v[a->m + j] = -sqrt(l2) * x[j];
		memset(c, 0, w->n * sizeof *c);
		project(w, v, c);
		bound = vec_norm2(w->length, v) / 2;
		basis_back(w, c, d);
		for (size_t j = 0; round < 2 && j < w->n; j++)
			x[j] += d[j];
	}
	free(v);
	return bound;
}

double solve_squares(const struct rows *a, const double *b, double l2, double *x)
{
	double n = (double)a->n, m = (double)a->m, bound = NAN;
	struct basis w;

	memset(x, 0, a->n * sizeof *x);
	if (a->col || 4 * (m + n) * n * fmin(m + n, n) > most_work)
		return -INFINITY;
	if (!basis_make(&w, a, l2))
		bound = fit(a, b, l2, &w, x);
	basis_free(&w);
	return bound;
}

/* ---------------------------------------------------------- models of Ax ------------ */

static double turned(struct fitted *f, const struct basis *w,
	double (*solve)(struct fitted *turned),
	double (*eval)(const void *self, const double *x, double *g))
{
	struct fitted t = *f;
	double error = NAN;

	t.minimizer = calloc(w->rank + 1, sizeof *t.minimizer);
	if (!t.minimizer || basis_rows(w, &t.model.a)) {
		free(t.minimizer);
		return NAN;
	}
	t.model.sum.n = w->rank;
	error = solve(&t);
	if (!isnan(error)) {
		basis_back(w, t.minimizer, f->minimizer);
		error += fmax(eval(f, f->minimizer, NULL) - eval(&t, t.minimizer, NULL), 0);
	}
	rows_free(&t.model.a);
	free(t.minimizer);
	return error;
}

double solve_turned(struct fitted *f, double (*solve)(struct fitted *turned),
	double (*eval)(const void *self, const double *x, double *g))
{
	struct basis w;
	double error = NAN;

	if (!basis_make(&w, &f->model.a, 0))
		error = turned(f, &w, solve, eval);
	basis_free(&w);
	return error;
}

/* ---------------------------------------------------------- lasso ------------------- */

static void residual(const struct linear_sum *s, const double *x, double *r)
{
	for (size_t i = 0; i < s->a.m; i++)
		r[i] = linear_residual(s, i, 0, x);
}

static void pass(const struct linear_sum *s, const struct rows *t, const double *square,
	double *r, double *x)
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
