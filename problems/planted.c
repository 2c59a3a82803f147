/* planted.c -- inverse problems built around a known solution. */
#include <stdlib.h>
#include <gsl/gsl_randist.h>
#include "planted.h"

struct planted *planted_alloc(const double *opt, size_t n, size_t m)
{
	struct planted *p = calloc(1, sizeof *p);

	if (!p)
		return NULL;
	p->model.sum = (struct finite_sum){
		.n = n, .m = m, .scale = 1 / (double)m, .loss = &loss_abs
	};
	p->d = (size_t)opt[P_N];
	p->r = 1;
	p->delta = opt[P_DELTA];
	p->model.b = calloc(m, sizeof *p->model.b);
	p->solution = calloc(n, sizeof *p->solution);
	if (!p->model.b || !p->solution) {
		planted_free(p);
		return NULL;
	}
	return p;
}

/* r_i less y_i, as the residual function gives it. */
static double branch_max(const struct planted *p, size_t i)
{
	double most = p->model.sum.residual(p, i, 0, p->solution);

	for (size_t k = 1; k < p->model.sum.branches; k++)
		most = fmax(most, p->model.sum.residual(p, i, k, p->solution));
	return most;
}

/* Without corruption f(solution) is 0 to the last bit: y is what the residual computes. With it
 * the solution is the minimizer with high probability only; certain is 0 <= f* <= f(solution).
 */
void planted_targets(
	struct planted *p, double share, int corruption, gsl_rng *rng, struct nso_facts *facts)
{
	size_t m = p->model.sum.m, bad = (size_t)(share * (double)m);

	for (size_t i = 0; i < m; i++)
		p->model.b[i] = branch_max(p, i);
	for (size_t i = 0, left = bad; i < m;
		i++) { /* a random subset of exactly `bad` terms */
		double z;

		if (gsl_rng_uniform(rng) * (double)(m - i) >= (double)left)
			continue;
		left--;
		z = 10 * gsl_ran_gaussian_ziggurat(rng, 1);
		p->model.b[i] = corruption == ADD ? p->model.b[i] + z : z * z / 10;
	}
	facts->n = p->model.sum.n;
	facts->terms = m;
	facts->minimizer = p->solution;
	facts->optimum = sum_eval(p, p->solution, NULL);
	facts->optimum_error = facts->optimum; /* f >= 0; no corruption: exactly 0 */
}

void planted_start(const void *self, gsl_rng *rng, double *x)
{
	const struct planted *p = self;

	if (p->from_zero) {
		for (size_t j = 0; j < p->model.sum.n; j++)
			x[j] = 0;
		return;
	}
	vec_unit(rng, p->model.sum.n, x);
	for (size_t j = 0; j < p->model.sum.n; j++)
		x[j] = p->solution[j] + p->delta * x[j];
}

void planted_free(void *self)
{
	struct planted *p = self;

	if (!p)
		return;
	rows_free(&p->model.a);
	rows_free(&p->b);
	free(p->model.b);
	free(p->solution);
	free(p);
}

static double distance(size_t n, const double *x, const double *y, double sign)
{
	double sum = 0;

	for (size_t j = 0; j < n; j++)
		sum += (x[j] - sign * y[j]) * (x[j] - sign * y[j]);
	return sqrt(sum);
}

double planted_distance(const void *self, const double *x)
{
	const struct planted *p = self;

	return distance(p->model.sum.n, x, p->solution, 1);
}

double planted_distance_sign(const void *self, const double *x)
{
	const struct planted *p = self;

	return fmin(distance(p->model.sum.n, x, p->solution, 1),
		distance(p->model.sum.n, x, p->solution, -1));
}

double planted_distance_square(const void *self, const double *x)
{
	const struct planted *p = self;
	double sum = 0;

	for (size_t a = 0; a < p->d; a++)
		for (size_t b = 0; b < p->d; b++) {
			double entry = 0;

			for (size_t k = 0; k < p->r; k++)
				entry += x[a + k * p->d] * x[b + k * p->d] -
					 p->solution[a + k * p->d] * p->solution[b + k * p->d];
			sum += entry * entry;
		}
	return sqrt(sum);
}

double planted_mean_length(const struct rows *a)
{
	double sum = 0;

	for (size_t i = 0; i < a->m; i++)
		sum += sqrt(rows_norm2(a, i)) / (double)a->m;
	return sum;
}
