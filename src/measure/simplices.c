/* simplices.c -- least-norm point of base + sum of hulls: min |base + G lambda| over a product
 * of simplices, G sparse. A sum of |h_i| is the case of segments: bounded least squares on the
 * sign box instead of 2^m vertices. Pairwise steps find the face (Lacoste-Julien, Jaggi 2015),
 * conjugate gradients solve on it, and a projected search goes there: the plan of More, Toraldo
 * 1991. */
#include <config.h>
#include "measure/summands.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

enum { ROUNDS = 300, SWEEPS = 3, CG_MOST = 4000 };

struct box {
	const struct nso_pieces *p;
	size_t rows, n;
	double *lambda, *trial, *delta, *v, *r, *d, *norm2; /* length rows */
	double *x, *y;                                      /* length n */
	double *sorted;                                     /* length rows: of one summand */
};

static int open_box(struct box *b, const struct nso_pieces *p)
{
	double *memory = calloc(8 * p->rows + 2 * p->n, sizeof *memory);

	if (!memory)
		return -1;
	*b = (struct box){ .p = p, .rows = p->rows, .n = p->n, .lambda = memory };
	b->trial = b->lambda + p->rows;
	b->delta = b->trial + p->rows;
	b->v = b->delta + p->rows;
	b->r = b->v + p->rows;
	b->d = b->r + p->rows;
	b->norm2 = b->d + p->rows;
	b->sorted = b->norm2 + p->rows;
	b->x = b->sorted + p->rows;
	b->y = b->x + p->n;
	for (size_t s = 0; s < p->summands; s++)
		for (size_t i = 0; i < p->summand[s].rows; i++)
			b->lambda[p->summand[s].first + i] = 1 / (double)p->summand[s].rows;
	for (size_t i = 0; i < p->rows; i++) {
		const double *row = p->data + p->row[i].at;

		b->norm2[i] = cblas_ddot((int)p->row[i].len, row, 1, row, 1);
	}
	return 0;
}

static double between(const struct nso_pieces *p, size_t i, size_t j) /* <row_i, row_j> */
{
	size_t low = p->row[i].first, high = low + p->row[i].len;
	size_t low2 = p->row[j].first, high2 = low2 + p->row[j].len;
	size_t from = low > low2 ? low : low2, to = high < high2 ? high : high2;

	return from >= to ? 0
			  : cblas_ddot((int)(to - from), p->data + p->row[i].at + from - low, 1,
				    p->data + p->row[j].at + from - low2, 1);
}

static void image(const struct box *b, const double *weight, const double *base, double *x)
{
	if (base)
		memcpy(x, base, b->n * sizeof *x);
	else
		memset(x, 0, b->n * sizeof *x);
	for (size_t i = 0; i < b->rows; i++)
		if (weight[i] != 0)
			row_add(b->p, i, weight[i], x);
}

/* In one summand: as much weight as is best goes from the dearest row to the cheapest. */
static void pairwise(struct box *b, size_t first, size_t rows)
{
	size_t cheap = first, dear = first;
	double least = INFINITY, most = -INFINITY, step, curve;

	for (size_t i = first; i < first + rows; i++) {
		double v = row_dot(b->p, i, b->x);

		if (v < least) {
			least = v;
			cheap = i;
		}
		if (b->lambda[i] > 0 && v > most) {
			most = v;
			dear = i;
		}
	}
	curve = b->norm2[cheap] + b->norm2[dear] - 2 * between(b->p, cheap, dear);
	if (!(most > least) || !(curve > 0))
		return;
	step = fmin(b->lambda[dear], (most - least) / curve);
	b->lambda[dear] = step < b->lambda[dear] ? b->lambda[dear] - step : 0;
	b->lambda[cheap] += step;
	row_add(b->p, cheap, step, b->x);
	row_add(b->p, dear, -step, b->x);
}

static void sweep(struct box *b, int backwards)
{
	for (size_t t = 0; t < b->p->summands; t++) {
		size_t s = backwards ? b->p->summands - 1 - t : t;

		pairwise(b, b->p->summand[s].first, b->p->summand[s].rows);
	}
}

/* Onto the directions that keep each summand's weights at sum 1 and its zero weights at zero.
 */
static void to_face(const struct box *b, double *v)
{
	for (size_t s = 0; s < b->p->summands; s++) {
		size_t first = b->p->summand[s].first, end = first + b->p->summand[s].rows,
		       free = 0;
		double mean = 0;

		for (size_t i = first; i < end; i++)
			if (b->lambda[i] > 0) {
				mean += v[i];
				free++;
			}
		for (size_t i = first; i < end; i++)
			v[i] = b->lambda[i] > 0 ? v[i] - mean / (double)free : 0;
	}
}

static void slopes(const struct box *b, const double *x, double *v)
{
	for (size_t i = 0; i < b->rows; i++)
		v[i] = b->lambda[i] > 0 ? row_dot(b->p, i, x) : 0;
	to_face(b, v);
}

/* delta: from lambda to the minimiser over the affine hull of its face. */
static void face_step(struct box *b)
{
	int m = (int)b->rows;
	double rr, first;

	memset(b->delta, 0, b->rows * sizeof *b->delta);
	slopes(b, b->x, b->r);
	cblas_dscal(m, -1, b->r, 1);
	memcpy(b->d, b->r, b->rows * sizeof *b->d);
	rr = first = cblas_ddot(m, b->r, 1, b->r, 1);
	for (size_t t = 0; t < CG_MOST && t < 3 * b->rows + 20; t++) {
		double curve, alpha, next;

		if (!(rr > 1e-30 * first))
			return;
		image(b, b->d, NULL, b->y);
		curve = cblas_ddot((int)b->n, b->y, 1, b->y, 1);
		if (!(curve > 1e-30 * rr))
			return; /* a direction in which nothing changes */
		alpha = rr / curve;
		cblas_daxpy(m, alpha, b->d, 1, b->delta, 1);
		slopes(b, b->y, b->v);
		cblas_daxpy(m, -alpha, b->v, 1, b->r, 1);
		next = cblas_ddot(m, b->r, 1, b->r, 1);
		cblas_dscal(m, next / rr, b->d, 1);
		cblas_daxpy(m, 1, b->r, 1, b->d, 1);
		rr = next;
	}
}

static int descending(const void *a, const void *b)
{
	double u = *(const double *)a, v = *(const double *)b;

	return (u < v) - (u > v);
}

/* Euclidean projection onto the unit simplex, Held, Wolfe, Crowder 1974. */
static void project(double *sorted, double *v, size_t rows)
{
	double sum = 0, shift = 0, total = 0;

	memcpy(sorted, v, rows * sizeof *v);
	qsort(sorted, rows, sizeof *sorted, descending);
	for (size_t i = 0; i < rows; i++) {
		double next = (sum + sorted[i] - 1) / (double)(i + 1);

		if (sorted[i] <= next)
			break;
		sum += sorted[i];
		shift = next;
	}
	for (size_t i = 0; i < rows; i++) {
		v[i] = fmax(0, v[i] - shift);
		total += v[i];
	}
	for (size_t i = 0; i < rows; i++)
		v[i] /= total;
}

static double try_step(struct box *b, double t)
{
	for (size_t i = 0; i < b->rows; i++)
		b->trial[i] = b->lambda[i] + t * b->delta[i];
	for (size_t s = 0; s < b->p->summands; s++)
		project(b->sorted, b->trial + b->p->summand[s].first, b->p->summand[s].rows);
	image(b, b->trial, b->p->base, b->y);
	return cblas_dnrm2((int)b->n, b->y, 1);
}

/* Longest of the halved steps that, projected, shortens x; at last the one to the first border.
 */
static void search(struct box *b)
{
	double now = cblas_dnrm2((int)b->n, b->x, 1), border = 1;

	for (size_t i = 0; i < b->rows; i++)
		if (b->lambda[i] + b->delta[i] < 0)
			border = fmin(border, -b->lambda[i] / b->delta[i]);
	for (double t = 1;; t = fmax(border, t / 2)) {
		double then = try_step(b, t);

		if (then < now) {
			memcpy(b->lambda, b->trial, b->rows * sizeof *b->lambda);
			memcpy(b->x, b->y, b->n * sizeof *b->x);
			return;
		}
		if (t <= border)
			return;
	}
}

/* min over the set of <., x>/|x|, less what rounding may have added. */
static double lower_bound(const struct box *b, double scale)
{
	const struct nso_pieces *p = b->p;
	double norm = cblas_dnrm2((int)b->n, b->x, 1);
	long double sum = cblas_ddot((int)b->n, p->base, 1, b->x, 1);
	size_t longest = 0;

	for (size_t s = 0; s < p->summands; s++) {
		double least = INFINITY;

		for (size_t i = 0; i < p->summand[s].rows; i++) {
			size_t row = p->summand[s].first + i;

			least = fmin(least, row_dot(p, row, b->x));
			if (p->row[row].len > longest)
				longest = p->row[row].len;
		}
		sum += least;
	}
	if (norm == 0)
		return 0;
	return fmax(0,
		(double)sum / norm - DBL_EPSILON * ((double)longest * scale +
							   (double)b->n * cblas_dnrm2((int)b->n,
										  p->base, 1)));
}

int simplices(const struct nso_pieces *p, struct distance *d)
{
	double scale = pieces_scale(p), last = INFINITY;
	struct box b;
	int idle = 0;

	if (open_box(&b, p))
		return -1;
	image(&b, b.lambda, p->base, b.x);
	for (int round = 0; round < ROUNDS && idle < 3; round++) {
		face_step(&b);
		search(&b);
		for (int t = 0; t < SWEEPS; t++)
			sweep(&b, t % 2);
		image(&b, b.lambda, p->base, b.x);
		distance_offer(d, p->n, b.x, lower_bound(&b, scale));
		if (d->upper <= DBL_EPSILON * scale ||
			d->upper - d->lower <= 1e-14 * scale + 1e-12 * d->upper)
			break;
		idle = d->upper < last * (1 - 1e-9) ? 0 : idle + 1;
		last = d->upper;
	}
	free(b.lambda);
	return 0;
}
