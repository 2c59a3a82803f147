/* finite_sum.c -- f(x) = scale sum_i phi(r_i(x)) + (l2/2)|x|^2 + l1 |x|_1. */
#include "finite_sum.h"

/* ------------------------------------------------------------------ losses ------------------- */

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

/* ------------------------------------------------------------------ residuals ----------------- */

double linear_residual(const void *self, size_t i, const double *x)
{
	const struct linear_sum *p = self;

	return rows_dot(&p->a, i, x) - p->b[i];
}

void linear_gradient(const void *self, size_t i, const double *x, double c, double *g)
{
	const struct linear_sum *p = self;

	(void)x;
	rows_add(&p->a, i, c, g);
}

/* ------------------------------------------------------------------ penalties ---------------- */

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

/* ------------------------------------------------------------------ the sum ------------------ */

static double term(const struct finite_sum *p, size_t i, const double *x, double weight, double *g)
{
	double slope, value = p->loss->value(p->residual(p, i, x), p->shape, &slope);

	if (g && slope != 0)
		p->gradient(p, i, x, weight * slope, g);
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

/* Both slopes of term i belong to the set when its two pieces differ by at most tol. */
static int kinked(const struct finite_sum *p, double r, double tol)
{
	double jump;

	if (!p->loss->kink)
		return 0;
	jump = p->loss->side(p->shape, 1) - p->loss->side(p->shape, 0);
	return p->scale * jump * fabs(r) <= tol;
}

void sum_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct finite_sum *p = self;
	double *base = nso_row(out, 0, p->n);

	for (size_t j = 0; j < p->n; j++)
		base[j] = p->l2 * x[j];
	if (p->l1 > 0)
		l1_base(p->n, p->l1, x, tol, base);
	for (size_t i = 0; i < p->m; i++) {
		double r = p->residual(p, i, x), slope;

		if (kinked(p, r, tol))
			continue;
		p->loss->value(r, p->shape, &slope);
		p->gradient(p, i, x, p->scale * slope, base);
	}
	l1_hulls(p->n, p->l1, x, tol, out);
	for (size_t i = 0; i < p->m; i++)
		if (kinked(p, p->residual(p, i, x), tol)) {
			nso_hull(out);
			for (int right = 0; right < 2; right++)
				p->gradient(p, i, x, p->scale * p->loss->side(p->shape, right),
					nso_row(out, 0, p->n));
		}
}
