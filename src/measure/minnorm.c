/* minnorm.c -- least-norm point of a polytope given by its vertices, Wolfe 1976 (Math.
 * Programming 11:128-149), and the same with a linear term, the dual of a bundle method (Kiwiel
 * 1986).
 *
 * Minimises |sum lambda_i g_i|^2/2 + sum lambda_i a_i over the unit simplex. The corral S is a
 * set of affinely independent rows; R'R = K_SS + 11' is its Cholesky factor, K the Gram matrix.
 * Prices come first from K, which squares the condition number, then from the rows themselves,
 * and with those the weights are refined: corrected semi-normal equations, Bjorck 1987. */
#include <assert.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include "nsobench.h"

struct nso_minnorm {
	size_t most, n, cap;
	/* the task under way: m rows G of length n, linear term a or NULL, all divided by scale
	 */
	size_t m;
	const double *G, *a;
	double scale;
	double *K; /* m x m, leading dimension most */
	double *R; /* column j at R + j cap: upper triangle */
	size_t k, *S;
	double *weight;    /* of the corral, length k */
	double *c, *d, *t; /* length cap: column of R, Newton step or coordinates, scratch */
	double *q;         /* R^-T 1, length cap */
	double *v;         /* prices v_i = <g_i,w> + a_i, length m */
	double *best;      /* weights of the best point so far, length m */
	double best_objective, best_gap, best_price;
	double *w, *z, *best_w; /* length n */
	char *banned;
	/* of tasks that follow each other: the last task's rows, as K has them, and its scale
	 */
	double *seen;
	char *stale; /* rows that K does not have yet */
	size_t seen_rows;
	double seen_scale;
};

void nso_minnorm_free(struct nso_minnorm *s)
{
	if (!s)
		return;
	free(s->K);
	free(s->S);
	free(s->v);
	free(s->banned);
	free(s->seen);
	free(s->stale);
	free(s);
}

struct nso_minnorm *nso_minnorm_alloc(size_t most, size_t n)
{
	struct nso_minnorm *s = calloc(1, sizeof *s);
	size_t cap = most < n + 1 ? most : n + 1; /* affinely independent rows */

	if (!s || most == 0 || most > SIZE_MAX / sizeof(double) / most / 2)
		goto fail;
	s->most = most;
	s->n = n;
	s->cap = cap;
	s->K = malloc((most * most + cap * cap) * sizeof *s->K);
	s->S = malloc(cap * sizeof *s->S);
	s->v = malloc((2 * most + 5 * cap + 3 * n) * sizeof *s->v);
	s->banned = malloc(most);
	if (!s->K || !s->S || !s->v || !s->banned)
		goto fail;
	s->R = s->K + most * most;
	s->best = s->v + most;
	s->weight = s->best + most;
	s->c = s->weight + cap;
	s->d = s->c + cap;
	s->t = s->d + cap;
	s->q = s->t + cap;
	s->w = s->q + cap;
	s->z = s->w + n;
	s->best_w = s->z + n;
	return s;
fail:
	nso_minnorm_free(s);
	return NULL;
}

static const double *row(const struct nso_minnorm *s, size_t i) { return s->G + i * s->n; }

static double linear(const struct nso_minnorm *s, size_t i)
{
	return s->a ? s->a[i] / s->scale / s->scale : 0;
}

/* ------------------------------------------------------------------ the factor ---------------- */

/* y <- R^-T y (CblasTrans) or R^-1 y (CblasNoTrans). */
static void solve(const struct nso_minnorm *s, enum CBLAS_TRANSPOSE transpose, double *y)
{
	cblas_dtrsv(CblasColMajor, CblasUpper, transpose, CblasNonUnit, (int)s->k, s->R,
		(int)s->cap, y, 1);
}

/* Entries first.. of q = R^-T 1. */
static void solve_ones(struct nso_minnorm *s, size_t first)
{
	for (size_t j = first; j < s->k; j++) {
		const double *r = s->R + j * s->cap;

		s->q[j] = (1 - cblas_ddot((int)j, r, 1, s->q, 1)) / r[j];
	}
}

/* z -= sum t_i g_i over the corral; returns sum t_i. The rows of z are scaled like the task. */
static double subtract(struct nso_minnorm *s, const double *t)
{
	double sum = 0;

	for (size_t i = 0; i < s->k; i++) {
		cblas_daxpy((int)s->n, -t[i] / s->scale, row(s, s->S[i]), 1, s->z, 1);
		sum += t[i];
	}
	return sum;
}

/* The squared pivot of row j from the rows themselves: K loses it to cancellation below 1e-8.
 * On return c is R^-T times the lifted products, and d the coordinates of g_j in the corral. */
static double careful_pivot(struct nso_minnorm *s, size_t j)
{
	double *t = s->d, *u = s->t, lift;

	memcpy(t, s->c, s->k * sizeof *t);
	solve(s, CblasNoTrans, t);
	for (size_t i = 0; i < s->n; i++)
		s->z[i] = row(s, j)[i] / s->scale;
	lift = 1 - subtract(s, t);
	for (size_t i = 0; i < s->k; i++)
		u[i] = cblas_ddot((int)s->n, row(s, s->S[i]), 1, s->z, 1) / s->scale + lift;
	solve(s, CblasTrans, u);
	for (size_t i = 0; i < s->k; i++)
		s->c[i] += u[i];
	solve(s, CblasNoTrans, u);
	lift -= subtract(s, u);
	for (size_t i = 0; i < s->k; i++)
		t[i] += u[i];
	return cblas_ddot((int)s->n, s->z, 1, s->z, 1) + lift * lift;
}

static void remove_at(struct nso_minnorm *s, size_t p)
{
	size_t cap = s->cap;

	s->k--;
	for (size_t j = p; j < s->k; j++) {
		s->S[j] = s->S[j + 1];
		s->weight[j] = s->weight[j + 1];
		memcpy(s->R + j * cap, s->R + (j + 1) * cap, (j + 2) * sizeof *s->R);
	}
	for (size_t j = p; j < s->k; j++) {
		double *r = s->R + j * cap, h = hypot(r[j], r[j + 1]);
		double cosine = r[j] / h, sine = r[j + 1] / h;

		for (size_t t = j; t < s->k; t++) {
			double *x = s->R + t * cap + j, x0 = x[0];

			x[0] = cosine * x0 + sine * x[1];
			x[1] = cosine * x[1] - sine * x0;
		}
	}
	solve_ones(s, p);
}

/* Row j joins the corral with the given weight; -1 if it depends affinely on the corral, its
 * coordinates then stand in d. */
static int append(struct nso_minnorm *s, size_t j, double weight)
{
	const double *K = s->K + j * s->most;
	double pivot2, *r;

	for (size_t i = 0; i < s->k; i++)
		s->c[i] = K[s->S[i]] + 1;
	solve(s, CblasTrans, s->c);
	pivot2 = K[j] + 1 - cblas_ddot((int)s->k, s->c, 1, s->c, 1);
	if (s->k && pivot2 < 1e-6)
		pivot2 = careful_pivot(s, j);
	if (s->k == s->cap || !(pivot2 > 1e-26)) {
		if (s->k == s->cap)
			careful_pivot(s, j);
		return -1;
	}
	r = s->R + s->k * s->cap;
	memcpy(r, s->c, s->k * sizeof *r);
	r[s->k] = sqrt(pivot2);
	s->S[s->k] = j;
	s->weight[s->k++] = weight;
	solve_ones(s, s->k - 1);
	return 0;
}

/* The affinely dependent row j takes the place of a row of the corral: w stays where it is and
 * the linear term does not grow. */
static int exchange(struct nso_minnorm *s, size_t j)
{
	double most = INFINITY;
	size_t at = s->k;

	for (size_t i = 0; i < s->k; i++)
		if (s->d[i] > 0 && s->weight[i] / s->d[i] < most) {
			most = s->weight[i] / s->d[i];
			at = i;
		}
	if (at == s->k || s->k == 1)
		return -1;
	for (size_t i = 0; i < s->k; i++)
		s->weight[i] = fmax(0, s->weight[i] - most * s->d[i]);
	remove_at(s, at);
	return append(s, j, most);
}

/* ------------------------------------------------------------------ prices -------------------- */

static void point(struct nso_minnorm *s)
{
	memset(s->w, 0, s->n * sizeof *s->w);
	for (size_t i = 0; i < s->k; i++)
		cblas_daxpy((int)s->n, s->weight[i] / s->scale, row(s, s->S[i]), 1, s->w, 1);
}

static void corral_prices(struct nso_minnorm *s, int exact, double *v)
{
	if (exact)
		point(s);
	for (size_t i = 0; i < s->k; i++) {
		size_t j = s->S[i];
		double sum = 0;

		if (exact)
			sum = cblas_ddot((int)s->n, row(s, j), 1, s->w, 1) / s->scale;
		else
			for (size_t t = 0; t < s->k; t++)
				sum += s->weight[t] * s->K[j * s->most + s->S[t]];
		v[i] = sum + linear(s, j);
	}
}

static void normalise(struct nso_minnorm *s)
{
	double sum = 0;

	for (size_t i = 0; i < s->k; i++)
		sum += s->weight[i];
	for (size_t i = 0; i < s->k; i++)
		s->weight[i] /= sum;
}

/* All prices; the objective goes to *objective. Returns the mean price of the corral. */
static double prices(struct nso_minnorm *s, int exact, double *objective)
{
	double mean = 0, constant = 0;

	normalise(s);
	if (exact) {
		point(s);
		cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)s->m, (int)s->n, 1, s->G,
			(int)s->n, s->w, 1, 0, s->v, 1);
		for (size_t i = 0; i < s->m; i++)
			s->v[i] = s->v[i] / s->scale + linear(s, i);
	} else {
		for (size_t i = 0; i < s->m; i++)
			s->v[i] = linear(s, i);
		for (size_t t = 0; t < s->k; t++)
			cblas_daxpy(
				(int)s->m, s->weight[t], s->K + s->S[t] * s->most, 1, s->v, 1);
	}
	for (size_t i = 0; i < s->k; i++) {
		mean += s->weight[i] * s->v[s->S[i]];
		constant += s->weight[i] * linear(s, s->S[i]);
	}
	*objective = (exact ? cblas_ddot((int)s->n, s->w, 1, s->w, 1) : mean - constant) / 2 +
		     constant;
	return mean;
}

/* ------------------------------------------------------------------ the method ---------------- */

/* The step from the weights to the minimiser over the affine hull of the corral, in d, where
 * the prices of the corral stand: R'R d = mu 1 - v with mu such that d sums to zero. */
static void newton(struct nso_minnorm *s)
{
	double mu;

	solve(s, CblasTrans, s->d);
	mu = cblas_ddot((int)s->k, s->q, 1, s->d, 1) / cblas_ddot((int)s->k, s->q, 1, s->q, 1);
	for (size_t i = 0; i < s->k; i++)
		s->d[i] = mu * s->q[i] - s->d[i];
	solve(s, CblasNoTrans, s->d);
}

/* Minor cycles: until the minimiser over the affine hull lies in the hull. The prices are those
 * of the point where it starts. */
static void settle(struct nso_minnorm *s, int exact)
{
	int refinements = 1 + exact;

	for (size_t i = 0; i < s->k; i++)
		s->d[i] = s->v[s->S[i]];
	while (s->k > 1) {
		double theta = 1;
		size_t at = s->k;

		newton(s);
		for (size_t i = 0; i < s->k; i++)
			if (s->weight[i] + s->d[i] < 0 && s->weight[i] < -theta * s->d[i]) {
				theta = s->weight[i] / -s->d[i];
				at = i;
			}
		for (size_t i = 0; i < s->k; i++)
			s->weight[i] = fmax(0, s->weight[i] + theta * s->d[i]);
		if (at < s->k)
			remove_at(s, at);
		else if (--refinements == 0)
			break;
		corral_prices(s, exact, s->d);
	}
	normalise(s);
}

/* The row of lowest price that is worth its while, m if there is none. */
static size_t cheapest(const struct nso_minnorm *s, double mean, double unit)
{
	size_t at = s->m;
	double least = INFINITY;

	for (size_t i = 0; i < s->m; i++)
		if (!s->banned[i] && s->v[i] < least) {
			least = s->v[i];
			at = i;
		}
	if (at < s->m &&
		least < mean - 4 * DBL_EPSILON * (unit + fabs(linear(s, at)) + fabs(mean)))
		return at;
	return s->m;
}

static void keep_best(struct nso_minnorm *s, double mean, double objective)
{
	double least = INFINITY;

	if (!(objective < s->best_objective))
		return;
	for (size_t i = 0; i < s->m; i++)
		least = fmin(least, s->v[i]);
	s->best_objective = objective;
	s->best_gap = fmax(0, mean - least);
	s->best_price = least;
	memcpy(s->best_w, s->w, s->n * sizeof *s->w);
	memset(s->best, 0, s->m * sizeof *s->best);
	for (size_t i = 0; i < s->k; i++)
		s->best[s->S[i]] = s->weight[i];
}

/* Major cycles. A row that joined without lowering the objective is banned: rounding, not
 * progress; so the loop ends, and the bound on its length is never reached in exact arithmetic
 * either. */
static void major(struct nso_minnorm *s, int exact, size_t limit)
{
	double last = INFINITY;
	size_t joined = s->m;

	memset(s->banned, 0, s->m);
	for (size_t t = 0; t < limit; t++) {
		double objective, mean = prices(s, exact, &objective), unit = 1, norm;
		size_t j;

		if (exact) {
			keep_best(s, mean, objective);
			norm = cblas_dnrm2((int)s->n, s->w, 1);
			if (norm < DBL_EPSILON && !s->a)
				return;
			unit = norm *
			       (1 + sqrt((double)s->n) / 4); /* rounding of long products */
		}
		if (!(objective < last) && joined < s->m)
			s->banned[joined] = 1;
		last = fmin(last, objective);
		for (;;) {
			j = cheapest(s, mean, unit);
			if (j == s->m)
				return;
			if (append(s, j, 0) == 0 || exchange(s, j) == 0)
				break;
			s->banned[j] = 1;
		}
		joined = j;
		settle(s, exact);
	}
}

/* The largest row norm as a power of two, by which dividing is exact; NAN for bad numbers. */
static double scale_of(const struct nso_minnorm *s)
{
	double most = 0;

	for (size_t i = 0; i < s->m; i++) {
		double norm = cblas_dnrm2((int)s->n, row(s, i), 1);

		if (!isfinite(norm) || (s->a && !isfinite(s->a[i])))
			return NAN;
		most = fmax(most, norm);
	}
	return most > 0 ? fmax(ldexp(1, ilogb(most)), DBL_MIN) : 1;
}

static int squares_fit(const struct nso_minnorm *s)
{
	return s->scale > 1e-140 && s->scale < 1e140;
}

/* The products of row i with all rows. */
static void gram_row(struct nso_minnorm *s, size_t i)
{
	size_t m = s->m, n = s->n, most = s->most;

	for (size_t t = 0; t < n; t++)
		s->z[t] = row(s, i)[t] / s->scale;
	cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)m, (int)n, 1 / s->scale, s->G, (int)n,
		s->z, 1, 0, s->K + i * most, 1);
	for (size_t j = 0; j < m; j++)
		s->K[j * most + i] = s->K[i * most + j];
}

static void gram(struct nso_minnorm *s)
{
	size_t m = s->m, n = s->n, most = s->most;

	if (!squares_fit(s)) { /* the squares of the entries would leave the range */
		for (size_t i = 0; i < m; i++)
			gram_row(s, i);
		return;
	}
	cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, (int)m, (int)n,
		1 / s->scale / s->scale, s->G, (int)n, 0, s->K, (int)most);
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < i; j++)
			s->K[i * most + j] = s->K[j * most + i];
}

/* Only the products of rows that are not what they were; all, when those are many. */
static void gram_again(struct nso_minnorm *s)
{
	size_t n = s->n, changed = 0;

	s->seen_rows = s->scale == s->seen_scale && squares_fit(s) ? s->seen_rows : 0;
	for (size_t i = 0; i < s->m; i++) {
		s->stale[i] = i >= s->seen_rows ||
			      memcmp(s->seen + i * n, row(s, i), n * sizeof *s->G) != 0;
		changed += s->stale[i] != 0;
	}
	if (changed > s->m / 8 + 1) {
		gram(s);
		memcpy(s->seen, s->G, s->m * n * sizeof *s->G);
	} else {
		for (size_t i = 0; i < s->m; i++)
			if (s->stale[i]) {
				gram_row(s, i);
				memcpy(s->seen + i * n, row(s, i), n * sizeof *s->G);
			}
	}
	s->seen_rows = s->m;
	s->seen_scale = s->scale;
}

static size_t first_row(const struct nso_minnorm *s)
{
	size_t at = 0;
	double least = INFINITY;

	for (size_t i = 0; i < s->m; i++) {
		double value = s->K[i * s->most + i] / 2 + linear(s, i);

		if (value < least) {
			least = value;
			at = i;
		}
	}
	return at;
}

/* The corral is the support of these weights. */
static int start_from(struct nso_minnorm *s, const double *start)
{
	for (size_t i = 0; i < s->m; i++)
		if (start[i] > 0)
			append(s, i, start[i]);
	return s->k > 0 ? 0 : -1;
}

static int minimise(
	struct nso_minnorm *s, size_t m, const double *G, const double *a, const double *start)
{
	s->m = m;
	s->G = G;
	s->a = a;
	s->k = 0;
	s->scale = scale_of(s);
	if (isnan(s->scale))
		return -1;
	s->best_objective = INFINITY;
	if (s->seen)
		gram_again(s);
	else
		gram(s);
	if (!start || start_from(s, start) < 0)
		append(s, first_row(s), 1);
	major(s, 0, 100 + 20 * m);
	/* One sweep over the rows costs what 500 prices from K cost: few of them for large
	 * tasks. */
	major(s, 1, 3 + (size_t)(5e6 / (double)m / (double)s->n));
	return isfinite(s->best_objective) ? 0 : -1;
}

static void answer(const struct nso_minnorm *s, double *w, double *lambda)
{
	for (size_t i = 0; i < s->n; i++)
		w[i] = s->best_w[i] * s->scale;
	if (lambda)
		memcpy(lambda, s->best, s->m * sizeof *lambda);
}

static double no_answer(const struct nso_minnorm *s, size_t m, double *w, double *lambda)
{
	for (size_t i = 0; i < s->n; i++)
		w[i] = NAN;
	for (size_t i = 0; lambda && i < m; i++)
		lambda[i] = NAN;
	return NAN;
}

int nso_minnorm_follow(struct nso_minnorm *s)
{
	s->seen_rows = 0;
	s->seen = malloc((s->most * s->n) * sizeof *s->seen);
	s->stale = malloc(s->most);
	return s->seen && s->stale ? 0 : -1;
}

double nso_minnorm_solve(struct nso_minnorm *s, size_t m, const double *G, double *w,
	double *lambda, double *lower)
{
	double norm, margin;

	assert(m > 0 && m <= s->most);
	if (lower)
		*lower = 0;
	if (minimise(s, m, G, NULL, NULL) < 0)
		return no_answer(s, m, w, lambda);
	answer(s, w, lambda);
	norm = cblas_dnrm2((int)s->n, s->best_w, 1);
	/* <g,w>/|w| is a bound for every w; its rounding error is below n u |g|, Higham
	 * 2002, 3.1. */
	margin = (double)(s->n + 8) * DBL_EPSILON;
	if (lower && norm > 0)
		*lower = fmin(norm, fmax(0, s->best_price / norm - margin)) * s->scale;
	return norm * s->scale;
}

double nso_minnorm_shifted(struct nso_minnorm *s, size_t m, const double *G, const double *a,
	double *w, double *lambda, double *gap)
{
	assert(m > 0 && m <= s->most);
	if (gap)
		*gap = INFINITY;
	if (minimise(s, m, G, a, s->seen ? lambda : NULL) < 0)
		return no_answer(s, m, w, lambda);
	answer(s, w, lambda);
	if (gap)
		*gap = s->best_gap * s->scale * s->scale;
	return s->best_objective * s->scale * s->scale;
}
