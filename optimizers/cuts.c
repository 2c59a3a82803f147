/* cuts.c -- min v over v >= b_j + <g_j, d>, |d_i| <= radius, by the revised simplex method on
 * the dual, Dantzig 1963: a new cut is a new column of it, so that every solve starts from the
 * last basis. Dual: min -<b, lambda> + radius sum(p + q), G'lambda + p - q = 0, sum lambda = 1,
 * all >= 0; its multipliers are (d, -v). */
#include <stdlib.h>
#include <string.h>
#include "cuts.h"
#include "vectors.h"

enum { REFRESH = 50 };                  /* pivots until the inverse is made anew */
static const double slack = 1e-11;      /* a reduced cost above -slack counts as none */
static const double least_pivot = 1e-9; /* relative to the largest of its column */
static const double shaken = 1e-9;
static const double feasible = 1e-10; /* how far Harris lets a variable fall below zero */

struct cuts *cuts_alloc(size_t n, const double *opt, const double *x0)
{
	size_t most, rows = n + 1;
	struct cuts *c = calloc(1, sizeof *c);
	double longest = 0;

	most = 10 * (n + 10) < 2000 ? 10 * (n + 10) : 2000;
	most = isnan(opt[CUTS_MOST]) ? most : (size_t)opt[CUTS_MOST];
	most = most < n + 2 ? n + 2 : most;
	if (!c || most > SIZE_MAX / sizeof *c->G / 4 / (n + 4))
		goto fail;
	for (size_t i = 0; i < n; i++)
		longest = fmax(longest, fabs(x0[i]));
	*c = (struct cuts){ .n = n,
		.most = most,
		.radius = isnan(opt[CUTS_RADIUS]) ? 10 * (1 + longest) : opt[CUTS_RADIUS],
		.tolerance = opt[CUTS_TOLERANCE],
		.best = INFINITY,
		.bound = -INFINITY };
	c->basis = malloc(rows * sizeof *c->basis);
	c->G = malloc((most * (n + 1) + 4 * n + 2 * rows * rows + 4 * rows) * sizeof *c->G);
	if (!c->basis || !c->G)
		goto fail;
	c->b = c->G + most * n;
	c->start = c->b + most;
	c->best_x = c->start + n;
	c->g = c->best_x + n;
	c->d = c->g + n;
	c->inverse = c->d + n;
	c->scratch = c->inverse + rows * rows;
	c->basic = c->scratch + rows * rows;
	c->column = c->basic + rows;
	c->multiplier = c->column + rows;
	memcpy(c->start, x0, n * sizeof *x0);
	memcpy(c->best_x, x0, n * sizeof *x0);
	return c;
fail:
	cuts_free(c);
	return NULL;
}

void cuts_free(struct cuts *c)
{
	if (!c)
		return;
	free(c->G);
	free(c->basis);
	free(c);
}

/* Column j of the dual's matrix, n + 1 numbers, and its cost. */
static double column(const struct cuts *c, size_t j, double *a)
{
	memset(a, 0, (c->n + 1) * sizeof *a);
	if (j < c->most) {
		memcpy(a, c->G + j * c->n, c->n * sizeof *a);
		a[c->n] = 1;
		return -c->b[j];
	}
	a[(j - c->most) % c->n] = j - c->most < c->n ? 1 : -1;
	return c->radius;
}

static double cost(const struct cuts *c, size_t j)
{
	return j < c->most ? -c->b[j] : c->radius;
}

static double reduced_cost(const struct cuts *c, size_t j)
{
	const double *m = c->multiplier;

	if (j < c->most)
		return -c->b[j] - dot(c->n, c->G + j * c->n, m) - m[c->n];
	return j - c->most < c->n ? c->radius - m[j - c->most]
				  : c->radius + m[j - c->most - c->n];
}

/* Row operations that bring column k of [A | I] to e_k; the two of them are one matrix each. */
static void eliminate(size_t rows, size_t k, double *A, double *I)
{
	double p = 1 / A[k * rows + k];

	for (size_t j = 0; j < rows; j++) {
		A[k * rows + j] *= p;
		I[k * rows + j] *= p;
	}
	for (size_t i = 0; i < rows; i++) {
		double by = A[i * rows + k];

		if (i == k || by == 0)
			continue;
		for (size_t j = 0; j < rows; j++) {
			A[i * rows + j] -= by * A[k * rows + j];
			I[i * rows + j] -= by * I[k * rows + j];
		}
	}
}

/* The inverse of the basis from its columns, Gauss and Jordan with row pivots; the basic
 * variables with it. -1: the basis is singular. */
static int refresh(struct cuts *c)
{
	size_t rows = c->n + 1;
	double *A = c->scratch, *I = c->inverse;

	memset(I, 0, rows * rows * sizeof *I);
	for (size_t j = 0; j < rows; j++) {
		I[j * rows + j] = 1;
		column(c, c->basis[j], c->column);
		for (size_t i = 0; i < rows; i++)
			A[i * rows + j] = c->column[i];
	}
	for (size_t k = 0; k < rows; k++) {
		size_t at = k;

		for (size_t i = k + 1; i < rows; i++)
			if (fabs(A[i * rows + k]) > fabs(A[at * rows + k]))
				at = i;
		if (!(fabs(A[at * rows + k]) > 1e-300))
			return -1;
		for (size_t j = 0; at != k && j < rows; j++) {
			double a = A[k * rows + j], b = I[k * rows + j];

			A[k * rows + j] = A[at * rows + j];
			I[k * rows + j] = I[at * rows + j];
			A[at * rows + j] = a;
			I[at * rows + j] = b;
		}
		eliminate(rows, k, A, I);
	}
	c->age = 0;
	for (size_t i = 0; i < rows; i++) /* the right-hand side is (0, .., 0, 1) */
		c->basic[i] = fmax(I[i * rows + c->n], 0);
	return 0;
}

/* The first basis: the one cut, and for each coordinate the side of the box that it descends
 * to. */
static int begin(struct cuts *c)
{
	for (size_t i = 0; i < c->n; i++)
		c->basis[i] = c->most + (c->G[i] > 0 ? c->n : 0) + i;
	c->basis[c->n] = 0;
	return refresh(c);
}

static void price(struct cuts *c)
{
	size_t rows = c->n + 1;

	memset(c->multiplier, 0, rows * sizeof *c->multiplier);
	for (size_t i = 0; i < rows; i++)
		axpy(rows, cost(c, c->basis[i]), c->inverse + i * rows, c->multiplier);
}

/* The column to enter: of the least reduced cost, or the first one below zero (Bland 1977:
 * never cycles); SIZE_MAX at the optimum. */
static size_t entering(const struct cuts *c, int first)
{
	size_t at = SIZE_MAX;
	double least = 0;

	for (size_t k = 0; k < c->count + 2 * c->n; k++) {
		size_t j = k < c->count ? k : c->most + (k - c->count);
		double r = reduced_cost(c, j);

		if (r < -slack * (1 + fabs(cost(c, j))) && r < least) {
			least = r;
			at = j;
			if (first)
				break;
		}
	}
	return at;
}

/* The row to leave, by Harris' ratio test (Harris 1973): of all that the least ratio lets leave
 * when a basic variable may be `feasible` below zero, the largest pivot; else, to end a cycle,
 * the exact least ratio with ties by the lesser number (Bland). */
static size_t leaving(const struct cuts *c, const double *u, int first)
{
	size_t rows = c->n + 1, at = SIZE_MAX;
	double ratio = INFINITY, most = 0, give = first ? 0 : feasible;

	for (size_t i = 0; i < rows; i++)
		most = fmax(most, fabs(u[i]));
	for (size_t i = 0; i < rows; i++)
		if (u[i] > least_pivot * most)
			ratio = fmin(ratio, (c->basic[i] + give) / u[i]);
	for (size_t i = 0; i < rows; i++) {
		if (u[i] <= least_pivot * most || c->basic[i] / u[i] > ratio)
			continue;
		if (at == SIZE_MAX || (first ? c->basis[i] < c->basis[at] : u[i] > u[at]))
			at = i;
	}
	return at;
}

/* Column j enters; -1: none can leave. */
static int pivot(struct cuts *c, size_t j, int first)
{
	size_t rows = c->n + 1, out;
	double *u = c->scratch, *turned, by;

	column(c, j, c->column);
	for (size_t i = 0; i < rows; i++)
		u[i] = dot(rows, c->inverse + i * rows, c->column);
	out = leaving(c, u, first);
	if (out == SIZE_MAX)
		return -1;
	turned = c->inverse + out * rows;
	by = c->basic[out] / u[out];
	for (size_t k = 0; k < rows; k++)
		turned[k] /= u[out];
	for (size_t i = 0; i < rows; i++) {
		if (i == out)
			continue;
		axpy(rows, -u[i], turned, c->inverse + i * rows);
		c->basic[i] = fmax(c->basic[i] - by * u[i], 0);
	}
	c->basic[out] = by;
	c->basis[out] = j;
	return 0;
}

/* All basic variables a little above what they are, each by another amount, so that no pivot
 * leaves the value as it is: the right-hand side is (0, .., 0, 1), and its bases cycle. They
 * are set right after the solve. */
static void shake(struct cuts *c)
{
	for (size_t i = 0; i <= c->n; i++)
		c->basic[i] += shaken * (1 + fmod((double)(i + 1) * 0.6180339887498949, 1));
}

/* Pivots to the optimum; -1 where the basis breaks down or no end is found. */
static int solve(struct cuts *c)
{
	size_t most = 2000 + 50 * (c->n + 1);

	for (size_t k = 1; k <= most; k++) {
		int careful = k > most / 2;
		size_t in;

		if (k % (2 * REFRESH) == 0)
			shake(c);
		price(c);
		in = entering(c, careful);
		if (in == SIZE_MAX)
			return 0;
		if (pivot(c, in, careful) || (++c->age >= REFRESH && refresh(c)))
			return -1;
	}
	return -1;
}

/* Where a basis breaks down its inverse has drifted: it is made anew once. */
int cuts_minimise(struct cuts *c)
{
	if (c->count == 1 && begin(c))
		return -1;
	if (solve(c) && (refresh(c) || solve(c)))
		return -1;
	for (size_t i = 0; i <= c->n; i++)
		c->basic[i] = fmax(c->inverse[i * (c->n + 1) + c->n], 0);
	memcpy(c->d, c->multiplier, c->n * sizeof *c->d);
	c->bound = fmax(c->bound, -c->multiplier[c->n]);
	return isfinite(dot(c->n, c->d, c->d)) ? 0 : -1;
}

/* Where there is no room the cut goes that is farthest below the model's minimum; never one of
 * the basis. */
static size_t place(struct cuts *c)
{
	size_t at = SIZE_MAX;
	double most = -INFINITY;

	if (c->count < c->most)
		return c->count++;
	for (size_t j = 0; j < c->count; j++) {
		double r = reduced_cost(c, j);
		int held = 0;

		for (size_t i = 0; r > most && i <= c->n && !held; i++)
			held = c->basis[i] == j;
		if (r > most && !held) {
			most = r;
			at = j;
		}
	}
	return at;
}

double cuts_see(struct cuts *c, struct nso_oracle *f, const double *x)
{
	double value = nso_subgradient(f, x, c->g), at_start;
	size_t j;

	at_start = value - dot_difference(c->n, c->g, x, c->start);
	if (!isfinite(at_start) || !isfinite(dot(c->n, c->g, c->g)))
		return NAN;
	if (value < c->best) {
		c->best = value;
		memcpy(c->best_x, x, c->n * sizeof *x);
	}
	j = place(c);
	if (j == SIZE_MAX) /* a basis of cuts alone leaves room for one more: cannot be */
		return NAN;
	memcpy(c->G + j * c->n, c->g, c->n * sizeof *c->g);
	c->b[j] = at_start;
	return value;
}

int cuts_closed(const struct cuts *c)
{
	return c->best - c->bound <= c->tolerance * (1 + fabs(c->best));
}

/* A bound above the best value by more than rounding, or a best point at the side of the box: f
 * is not convex, or the box holds no minimizer. */
enum nso_status cuts_end(const struct cuts *c, double *x)
{
	int sure = c->bound - c->best <= 1e-8 * (1 + fabs(c->best)) && cuts_closed(c);

	for (size_t i = 0; i < c->n; i++)
		sure = sure && fabs(c->best_x[i] - c->start[i]) < 0.99 * c->radius;
	memcpy(x, c->best_x, c->n * sizeof *x);
	return sure ? NSO_CONVERGED : NSO_STUCK;
}
