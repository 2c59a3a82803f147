/* design.c -- synthetic regression data, and the solver that certifies optimal values. */
#include <stdlib.h>
#include <string.h>
#include "design.h"

int design_ar1(struct rows *a, size_t m, size_t n, double rho, gsl_rng *rng)
{
	if (rows_gaussian(a, m, n, rng))
		return -1;
	for (size_t i = 0; i < m; i++)
		for (size_t j = 1; j < n; j++)
			a->val[i * n + j] = rho * a->val[i * n + j - 1] +
					    sqrt(1 - rho * rho) * a->val[i * n + j];
	return 0;
}

void design_sparse(size_t n, size_t k, gsl_rng *rng, double *beta)
{
	for (size_t j = 0; j < n; j++)
		beta[j] = 0;
	for (size_t j = 0; j < k; j++)
		beta[j * n / k] = gsl_rng_uniform(rng) < 0.5 ? -1 : 1;
}

void design_response(
	const struct rows *a, const double *beta, double snr, gsl_rng *rng, double *b)
{
	double *noise = b, signal = 0, loud;

	nso_normal(rng, a->m, noise);
	loud = sqrt(vec_norm2(a->m, noise));
	for (size_t i = 0; i < a->m; i++)
		signal += rows_dot(a, i, beta) * rows_dot(a, i, beta);
	for (size_t i = 0; i < a->m; i++)
		b[i] = rows_dot(a, i, beta) + noise[i] * sqrt(signal) / (snr * loud);
}

/* One step from y to next; momentum restarts when the step turns against the last one. */
struct pace {
	size_t n;
	double *x, *y, *next, *g, t;
};

static void pace(const struct nso_problem *f, const void *self, double step, struct pace *w)
{
	double turn = 0, t;

	f->smooth(self, w->y, w->g);
	for (size_t j = 0; j < w->n; j++)
		w->next[j] = w->y[j] - step * w->g[j];
	f->prox(self, step, w->next, w->next);
	for (size_t j = 0; j < w->n; j++)
		turn += (w->y[j] - w->next[j]) * (w->next[j] - w->x[j]);
	if (turn > 0)
		w->t = 1;
	t = (1 + sqrt(1 + 4 * w->t * w->t)) / 2;
	for (size_t j = 0; j < w->n; j++) {
		w->y[j] = w->next[j] + (w->t - 1) / t * (w->next[j] - w->x[j]);
		w->x[j] = w->next[j];
	}
	w->t = t;
}

double accelerate(const struct nso_problem *f, const void *self, size_t n, double smoothness,
	double (*gap)(const void *self, const double *x), double enough, size_t most, double *x)
{
	double *memory = malloc(4 * n * sizeof *memory), best = INFINITY, now;
	struct pace w = { n, memory, memory + n, memory + 2 * n, memory + 3 * n, 1 };

	if (!memory)
		return NAN;
	memcpy(w.x, x, n * sizeof *x);
	memcpy(w.y, x, n * sizeof *x);
	for (size_t k = 0; best > enough && k < most; k++) {
		pace(f, self, 1 / smoothness, &w);
		if (k % 50 && k + 1 < most)
			continue;
		now = gap(self, w.x);
		if (now < best) {
			best = now;
			memcpy(x, w.x, n * sizeof *x);
		}
	}
	free(memory);
	return best;
}
