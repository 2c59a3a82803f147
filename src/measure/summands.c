/* summands.c -- rows of a set of pieces, and the best point found in it: what the solvers
 * share. */
#include <config.h>
#include "measure/summands.h"
#include <string.h>
#include <gsl/gsl_cblas.h>

double row_dot(const struct nso_pieces *p, size_t row, const double *x)
{
	const double *a = p->data + p->row[row].at, *b = x + p->row[row].first;
	double sum = 0;

	if (p->row[row].len > 32)
		return cblas_ddot((int)p->row[row].len, a, 1, b, 1);
	for (size_t i = 0; i < p->row[row].len; i++)
		sum += a[i] * b[i];
	return sum;
}

void row_add(const struct nso_pieces *p, size_t row, double factor, double *x)
{
	const double *a = p->data + p->row[row].at;

	x += p->row[row].first;
	for (size_t i = 0; i < p->row[row].len; i++)
		x[i] += factor * a[i];
}

double pieces_scale(const struct nso_pieces *p)
{
	double scale = cblas_dnrm2((int)p->n, p->base, 1);

	for (size_t s = 0; s < p->summands; s++) {
		double largest = 0, all = 0;

		for (size_t i = 0; i < p->summand[s].rows; i++) {
			size_t row = p->summand[s].first + i;
			double norm =
				cblas_dnrm2((int)p->row[row].len, p->data + p->row[row].at, 1);

			if (!(norm <= largest)) /* NaN must not be lost */
				largest = norm;
			all = hypot(all, norm);
		}
		scale += p->summand[s].kind == HULL ? largest : all;
	}
	return scale;
}

void distance_offer(struct distance *d, size_t n, const double *w, double lower)
{
	double norm = cblas_dnrm2((int)n, w, 1);

	if (norm < d->upper) {
		d->upper = norm;
		memcpy(d->w, w, n * sizeof *w);
	}
	if (lower > d->lower)
		d->lower = lower;
}

void lightest_two(const double *weight, size_t count, size_t two[2])
{
	size_t light = 0, next;

	for (size_t i = 1; i < count; i++)
		if (weight[i] < weight[light])
			light = i;
	next = light == 0;
	for (size_t i = 0; i < count; i++)
		if (i != light && weight[i] < weight[next])
			next = i;
	two[0] = light;
	two[1] = next;
}

void join_rows(double *row, double *weight, size_t n, const size_t two[2])
{
	double light = weight[two[0]], next = weight[two[1]], *mean = row + two[1] * n;

	cblas_dscal((int)n, next / (light + next), mean, 1);
	cblas_daxpy((int)n, light / (light + next), row + two[0] * n, 1, mean, 1);
	weight[two[1]] = light + next;
}
