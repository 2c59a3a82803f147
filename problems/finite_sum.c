/* finite_sum.c -- f(x) = scale sum_i phi(r_i(x)) + (l2/2)|x|^2 + l1 |x|_1. */
#include "finite_sum.h"
#include <stdlib.h>

/* ---------------------------------------------------------- losses ------------------- */

/* Comparisons are written so that a NaN comes through. */
static double abs_value(double r, double shape, double *slope)
{
	(void)shape;
	*slope = (r > 0) - (r < 0);
	return fabs(r);
}

static double hinge_value(double r, double shape, double *slope)
{
	(void)shape;
	*slope = !(r <= 0);
	return r <= 0 ? 0 : r;
}

static double quantile_value(double r, double shape, double *slope)
{
	*slope = r < 0 ? shape - 1 : shape;
	return *slope * r;
}

static double square_value(double r, double shape, double *slope)
{
	(void)shape;
	*slope = r;
	return r * r / 2;
}

static double huber_value(double r, double shape, double *slope)
{
	double clipped = r > shape ? shape : r < -shape ? -shape : r;

	*slope = clipped;
	return clipped * (r - clipped / 2);
}

static double logistic_value(double r, double shape, double *slope)
{
	double e = exp(-fabs(r));

	(void)shape;
	*slope = r > 0 ? 1 / (1 + e) : e / (1 + e);
	return (r <= 0 ? 0 : r) + log1p(e);
}

static double abs_side(double shape, int right)
{
	(void)shape;
	return right ? 1 : -1;
}

static double hinge_side(double shape, int right)
{
	(void)shape;
	return right;
}

static double quantile_side(double shape, int right) { return right ? shape : shape - 1; }

const struct loss loss_abs = { abs_value, 1, abs_side };
const struct loss loss_hinge = { hinge_value, 1, hinge_side };
const struct loss loss_quantile = { quantile_value, 1, quantile_side };
const struct loss loss_square = { square_value, 0, NULL };
const struct loss loss_huber = { huber_value, 0, NULL };
const struct loss loss_logistic = { logistic_value, 0, NULL };

/* ---------------------------------------------------------- residuals ----------------- */

double linear_residual(const void *self, size_t i, size_t branch, const double *x)
{
	const struct linear_sum *p = self;

	(void)branch;
	return rows_dot(&p->a, i, x) - p->b[i];
}

void linear_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct linear_sum *p = self;

	(void)branch;
	(void)x;
	rows_add(&p->a, i, c, g);
}

void fitted_free(void *self)
{
	struct fitted *p = self;

	if (!p)
		return;
	rows_free(&p->model.a);
	free(p->model.b);
	free(p->minimizer);
	free(p);
}

double fitted_distance(const void *self, const double *x)
{
	const struct fitted *p = self;

	return vec_distance(p->model.a.n, x, p->minimizer);
}

/* ---------------------------------------------------------- penalties ---------------- */

double soft_threshold(double v, double t)
{
	return v > t ? v - t : v < -t ? v + t : v - v; /* v - v: NaN stays NaN */
}

double l1_norm(size_t n, const double *x)
{
	double s = 0;

	for (size_t j = 0; j < n; j++)
		s += fabs(x[j]);
	return s;
}

/* The pieces l1 x_j and -l1 x_j are 2 l1 |x_j| apart. */
void l1_base(size_t n, double l1, const double *x, double tol, double *base)
{
	for (size_t j = 0; j < n; j++)
		if (!(2 * l1 * fabs(x[j]) <= tol))
			base[j] += x[j] > 0 ? l1 : -l1;
}

void l1_hulls(size_t n, double l1, const double *x, double tol, struct nso_pieces *out)
{
	for (size_t j = 0; l1 > 0 && j < n; j++)
		if (2 * l1 * fabs(x[j]) <= tol) {
			nso_hull(out);
			*nso_row(out, j, 1) = l1;
			*nso_row(out, j, 1) = -l1;
		}
}

/* ---------------------------------------------------------- the sum ------------------ */

/* r_i, and which branch it is. */
static double largest(const struct finite_sum *p, size_t i, const double *x, size_t *at)
{
	double most = p->residual(p, i, 0, x);

	*at = 0;
	for (size_t k = 1; k < p->branches; k++) {
		double r = p->residual(p, i, k, x);

		if (r > most || isnan(r)) {
			most = r;
			*at = k;
		}
	}
	return most;
}

static double term(
	const struct finite_sum *p, size_t i, const double *x, double weight, double *g)
{
	size_t at;
	double slope, value = p->loss->value(largest(p, i, x, &at), p->shape, &slope);

	if (g && slope != 0)
		p->gradient(p, i, at, x, weight * slope, g);
	return value;
}

static double ridge(const struct finite_sum *p, const double *x, double *g)
{
	if (g)
		for (size_t j = 0; j < p->n; j++)
			g[j] = p->l2 * x[j];
	return p->l2 > 0 ? p->l2 / 2 * vec_norm2(p->n, x) : 0;
}

static double lasso(const struct finite_sum *p, const double *x, double *g)
{
	if (p->l1 == 0)
		return 0;
	for (size_t j = 0; g && j < p->n; j++)
		g[j] += p->l1 * ((x[j] > 0) - (x[j] < 0));
	return p->l1 * l1_norm(p->n, x);
}

void sum_start(const void *self, gsl_rng *rng, double *x)
{
	const struct finite_sum *p = self;

	for (size_t j = 0; j < p->n; j++)
		x[j] = 0;
	vec_perturb(rng, p->n, p->perturb, x);
}

double sum_smooth(const void *self, const double *x, double *g)
{
	const struct finite_sum *p = self;
	double penalty = ridge(p, x, g), sum = 0;

	for (size_t i = 0; i < p->m; i++)
		sum += term(p, i, x, p->scale, g);
	return p->scale * sum + penalty;
}

double sum_eval(const void *self, const double *x, double *g)
{
	double value = sum_smooth(self, x, g);

	return value + lasso(self, x, g);
}

double sum_batch(const void *self, size_t k, const size_t *terms, const double *x, double *g)
{
	const struct finite_sum *p = self;
	double weight = p->scale * (double)p->m / (double)k, sum = 0;
	double penalty = ridge(p, x, g) + lasso(p, x, g);

	for (size_t i = 0; i < k; i++)
		sum += term(p, terms[i], x, weight, g);
	return weight * sum + penalty;
}

void sum_prox(const void *self, double t, const double *v, double *p)
{
	const struct finite_sum *s = self;

	for (size_t j = 0; j < s->n; j++)
		p[j] = soft_threshold(v[j], t * s->l1);
}

/* Both slopes of phi belong to the set when the two pieces differ by at most tol there. */
static int kinked(const struct finite_sum *p, double r, double tol)
{
	double jump;

	if (!p->loss->kink)
		return 0;
	jump = p->loss->side(p->shape, 1) - p->loss->side(p->shape, 0);
	return p->scale * jump * fabs(r) <= tol;
}

/* Likewise branch k of r_i, its slopes in phi being of size `slope`. */
static int tied(const struct finite_sum *p, size_t i, size_t k, double r, double slope,
	const double *x, double tol)
{
	return p->scale * slope * (r - p->residual(p, i, k, x)) <= tol;
}

static int single(const struct finite_sum *p, size_t i, double r, double slope, const double *x,
	double tol)
{
	size_t count = 0;

	for (size_t k = 0; p->branches > 1 && k < p->branches; k++)
		count += (size_t)tied(p, i, k, r, slope, x, tol);
	return count <= 1;
}

/* One hull: every active branch with every active slope. */
static void hull(const struct finite_sum *p, size_t i, double r, const double *slope,
	const double *x, double tol, struct nso_pieces *out)
{
	double steepest = fmax(fabs(slope[0]), fabs(slope[1]));

	nso_hull(out);
	for (size_t k = 0; k == 0 || k < p->branches; k++)
		for (int s = 0; s < (slope[0] != slope[1] ? 2 : 1); s++)
			if (p->branches < 2 || tied(p, i, k, r, steepest, x, tol))
				p->gradient(
					p, i, k, x, p->scale * slope[s], nso_row(out, 0, p->n));
}

/* The slopes of phi that are active at r: twice the same away from the kink. */
static void slopes(const struct finite_sum *p, double r, double tol, double *slope)
{
	if (kinked(p, r, tol)) {
		slope[0] = p->loss->side(p->shape, 0);
		slope[1] = p->loss->side(p->shape, 1);
		return;
	}
	p->loss->value(r, p->shape, &slope[0]);
	slope[1] = slope[0];
}

void sum_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct finite_sum *p = self;
	double *base = nso_row(out, 0, p->n), slope[2], r;
	size_t at;

	for (size_t j = 0; j < p->n; j++)
		base[j] = p->l2 * x[j];
	if (p->l1 > 0)
		l1_base(p->n, p->l1, x, tol, base);
	for (int pass = 0; pass < 2; pass++) { /* the base comes before the first hull */
		for (size_t i = 0; i < p->m; i++) {
			int smooth;

			r = largest(p, i, x, &at);
			slopes(p, r, tol, slope);
			smooth =
				slope[0] == slope[1] && single(p, i, r, fabs(slope[0]), x, tol);
			if (pass == 0 && smooth)
				p->gradient(p, i, at, x, p->scale * slope[0], base);
			if (pass == 1 && !smooth)
				hull(p, i, r, slope, x, tol, out);
		}
		if (pass == 0)
			l1_hulls(p->n, p->l1, x, tol, out);
	}
}
