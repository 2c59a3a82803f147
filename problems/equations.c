/* equations.c -- largest absolute value, or sum of absolute values, of sparse equations. */
#include "equations.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct equations {
	const struct equations_form *form;
	size_t n, rows;
	double minimizer[];
};

static double largest(const struct equations *p, const double *x, size_t *at)
{
	double top = -1;

	*at = 0;
	for (size_t i = 0; i < p->rows; i++) {
		double v = fabs(p->form->row(p->n, x, i, NULL));

		if (v > top || isnan(v)) {
			top = v;
			*at = i;
		}
	}
	return top;
}

static double lower_entry(const struct window *w, size_t i)
{
	return i > w->first ? w->g[i - 1 - w->first] : 0;
}

/* One Newton step for tridiagonal F: elimination without pivoting. work holds 2n numbers. */
static void newton_step(const struct equations *p, double *x, double *work)
{
	double *upper = work, *right = work + p->n;
	size_t n = p->n;

	for (size_t i = 0; i < n; i++) {
		struct window w;
		double f = p->form->row(n, x, i, &w), lower = lower_entry(&w, i), pivot;

		pivot = w.g[i - w.first] - (i ? lower * upper[i - 1] : 0);
		upper[i] = i + 1 < n ? w.g[i + 1 - w.first] / pivot : 0;
		right[i] = (-f - (i ? lower * right[i - 1] : 0)) / pivot;
	}
	for (size_t i = n - 1; i-- > 0;)
		right[i] -= upper[i] * right[i + 1];
	for (size_t i = 0; i < n; i++)
		x[i] += right[i];
}

/* Newton's method from the start, as long as it makes progress; -1 when no root is met. */
static int find_root(struct equations *p, struct nso_facts *facts)
{
	double *work = malloc(3 * p->n * sizeof *work), *x = work + 2 * p->n, best = INFINITY,
	       f;
	size_t at;

	if (!work)
		return -1;
	for (size_t i = 0; i < p->n; i++)
		x[i] = p->form->start(p->n, i);
	for (int k = 0; k < 60; k++) {
		newton_step(p, x, work);
		f = largest(p, x, &at);
		if (f < best) {
			best = f;
			memcpy(p->minimizer, x, p->n * sizeof *x);
		}
	}
	free(work);
	if (!(best < 1e-8))
		return -1;
	facts->optimum = 0;
	facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	return 0;
}

void *equations_make(const struct equations_form *form, double n, struct nso_facts *facts)
{
	struct equations *p;

	if (form->divisor > 1 && fmod(n, (double)form->divisor) != 0) {
		snprintf(facts->why, sizeof facts->why, "n = %.0f, expected a multiple of %zu",
			n, form->divisor);
		return NULL;
	}
	p = calloc(1, sizeof *p + (size_t)n * sizeof *p->minimizer);
	if (!p)
		return NULL;
	p->form = form;
	p->n = facts->n = (size_t)n;
	p->rows = form->rows ? form->rows(p->n) : p->n;
	if (form->root)
		find_root(p, facts);
	return p;
}

double *equations_minimizer(void *self)
{
	struct equations *p = self;

	return p->minimizer;
}

void equations_start(const void *self, gsl_rng *rng, double *x)
{
	const struct equations *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = p->form->start(p->n, i);
}

static double sum(const struct equations *p, const double *x, double *g)
{
	double f = 0;

	for (size_t i = 0; i < p->rows; i++) {
		struct window w;
		double v = p->form->row(p->n, x, i, g ? &w : NULL);

		f += fabs(v);
		for (size_t j = 0; g && j < w.len; j++)
			g[w.first + j] += copysign(1, v) * w.g[j];
	}
	return f;
}

double equations_eval(const void *self, const double *x, double *g)
{
	const struct equations *p = self;
	int square = p->form->kind == LARGEST_SQUARE;
	struct window w;
	double top, v;
	size_t at;

	if (g)
		memset(g, 0, p->n * sizeof *g);
	if (p->form->kind == SUM)
		return sum(p, x, g);
	top = largest(p, x, &at);
	if (g) {
		v = p->form->row(p->n, x, at, &w);
		for (size_t j = 0; j < w.len; j++)
			g[w.first + j] = (square ? 2 * v : copysign(1, v)) * w.g[j];
	}
	return square ? top * top : top;
}

static void add_row(const struct window *w, double factor, struct nso_pieces *out)
{
	double *row = nso_row(out, w->first, w->len);

	for (size_t j = 0; j < w->len; j++)
		row[j] = factor * w->g[j];
}

/* Row i of a maximum: F_i and -F_i, or F_i^2, where they reach `least`. */
static void reach(const struct equations *p, const double *x, size_t i, double least,
	struct nso_pieces *out)
{
	double v = p->form->row(p->n, x, i, NULL);
	int square = p->form->kind == LARGEST_SQUARE;
	struct window w;

	if ((square ? v * v : fabs(v)) < least)
		return;
	p->form->row(p->n, x, i, &w);
	if (square)
		add_row(&w, 2 * v, out);
	if (!square && v >= least)
		add_row(&w, 1, out);
	if (!square && -v >= least)
		add_row(&w, -1, out);
}

void equations_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct equations *p = self;
	double least;

	if (p->form->kind == SUM) {
		for (size_t i = 0; i < p->rows; i++) {
			struct window w;
			double v = p->form->row(p->n, x, i, &w);

			nso_hull(out);
			if (2 * v >= -tol)
				add_row(&w, 1, out);
			if (2 * v <= tol)
				add_row(&w, -1, out);
		}
		return;
	}
	least = equations_eval(self, x, NULL) - tol;
	nso_hull(out);
	for (size_t i = 0; i < p->rows; i++)
		reach(p, x, i, least, out);
}
