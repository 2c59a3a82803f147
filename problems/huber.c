/* huber.c -- Huber's regression: its minimizer and the bound of its dual. */
#include <stdlib.h>
#include <string.h>
#include "data/solve.h"
#include "huber.h"
#include "lp.h"

/* The longest step x - t g that does not rise, t halved from 1 on; h is scratch. 0: there is
 * none. */
static int descend(struct fitted *p, double f, const double *g, double *h)
{
	size_t n = p->model.a.n;

	for (double step = 1; step > 1e-12; step /= 2) {
		for (size_t j = 0; j < n; j++)
			h[j] = p->minimizer[j] - step * g[j];
		if (sum_eval(p, h, NULL) > f)
			continue;
		memcpy(p->minimizer, h, n * sizeof *h);
		return 1;
	}
	return 0;
}

/* H = (1/m) sum w_i a_i a_i': w_i is 1 inside the quadratic zone, outside it 0 (Newton) or what
 * makes H a majorant, delta/|r_i| (Huber 1981, section 7.8). */
static void huber_hessian(const struct linear_sum *s, int majorant, const double *x, double *h)
{
	size_t n = s->a.n;

	memset(h, 0, n * n * sizeof *h);
	for (size_t i = 0; i < s->a.m; i++) {
		double r = fabs(linear_residual(s, i, 0, x));
		double weight = r <= s->sum.shape ? 1 : majorant ? s->sum.shape / r : 0;

		for (size_t j = 0; weight > 0 && j < n; j++)
			rows_add(&s->a, i, weight * s->sum.scale * s->a.val[i * n + j],
				h + j * n);
	}
}

static void huber_steps(struct fitted *p, int majorant, int most, double *g, double *h)
{
	size_t n = p->model.a.n;

	for (int k = 0; k < most; k++) {
		double f = sum_eval(p, p->minimizer, g);

		huber_hessian(&p->model, majorant, p->minimizer, h);
		spd_solve(n, h, g);
		if (!descend(p, f, g, h))
			break; /* nor would the next one */
	}
}

/* f* = max -(1/m) sum (theta_i^2/2 + theta_i b_i) over A'theta = 0, |theta_i| <= delta: the
 * clipped residuals, less what A reaches of them, and shortened to delta. NAN when memory is
 * short. */
static double huber_bound(const struct fitted *p)
{
	const struct linear_sum *s = &p->model;
	double *theta = malloc((s->a.m + s->a.n) * sizeof *theta), *c = theta + s->a.m;
	double most = 0, dual = 0, shorter;

	if (!theta)
		return NAN;
	for (size_t i = 0; i < s->a.m; i++)
		s->sum.loss->value(
			linear_residual(s, i, 0, p->minimizer), s->sum.shape, &theta[i]);
	if (isnan(solve_squares(&s->a, theta, 0, c)))
		most = NAN;
	for (size_t i = 0; i < s->a.m; i++) {
		theta[i] -= rows_dot(&s->a, i, c);
		most = fmax(most, fabs(theta[i]));
	}
	shorter = most > s->sum.shape ? s->sum.shape / most : 1;
	for (size_t i = 0; i < s->a.m; i++) {
		double t = shorter * theta[i];

		dual -= s->sum.scale * (t * t / 2 + t * s->b[i]);
	}
	free(theta);
	return dual;
}

double huber_minimize(struct fitted *p, int majorants)
{
	size_t n = p->model.a.n;
	double *g = malloc((n + n * n) * sizeof *g);

	if (!g)
		return NAN;
	huber_steps(p, 1, majorants, g, g + n);
	huber_steps(p, 0, 60, g, g + n);
	free(g);
	return huber_bound(p);
}
