/* saddle.c -- checks of the saddle form f(x) = g(x) + h(Kx): K' is the adjoint, |K| is not
 * exceeded (by the power method, not by random points), and what the two prox maps say are
 * subgradients of g and h make one of f. A convex function is known by its subgradients up to a
 * constant. */
#include <config.h>
#include "check/probe.h"
#include <stdlib.h>
#include <string.h>

static double product(size_t n, const double *a, const double *b)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

static void check_adjoint(struct probe *p, size_t m, double *y, double *z)
{
	const struct nso_saddle *s = p->in->problem->saddle;
	double worst = 0;

	for (int k = 0; k < 20; k++) {
		double there, back, size;

		probe_point(p, k, p->x);
		nso_normal(p->rng, m, y);
		s->forward(p->in->self, p->x, z);
		s->back(p->in->self, y, p->g);
		there = product(m, z, y);
		back = probe_dot(p, p->x, p->g);
		size = sqrt(product(m, z, z) * product(m, y, y)) + 1e-300;
		worst = fmax(worst, fabs(there - back) / size);
	}
	check_found(p->check, worst <= 1e-12, "K' is the adjoint of K",
		"<Kx, y> - <x, K'y> is at most %.1e of |Kx||y|", worst);
}

static void check_norm(struct probe *p, double *y)
{
	const struct nso_saddle *s = p->in->problem->saddle;
	double found = 0, bound = s->norm(p->in->self), length;

	nso_normal(p->rng, p->n, p->x);
	for (int k = 0; k < 200; k++) {
		length = sqrt(probe_dot(p, p->x, p->x));
		if (!(length > 0))
			break;
		for (size_t i = 0; i < p->n; i++)
			p->x[i] /= length;
		s->forward(p->in->self, p->x, y);
		s->back(p->in->self, y, p->x);
		found = fmax(found, sqrt(sqrt(probe_dot(p, p->x, p->x)))); /* |K'Kx| <= |K|^2 */
	}
	check_found(p->check, found <= bound * (1 + 1e-9), "|Kx| <= norm |x|",
		"the power method finds %.6g of %.6g", found, bound);
}

/* With x = prox_{t g}(v), (v - x)/t is a subgradient of g at x; y = prox_{s h*}(s Kx) is one of
 * h at Kx - y/s, which is Kx to the rest 1/s. So f(u) >= f(x) + <K'y + (v - x)/t, u - x>. */
static void check_subgradient(struct probe *p, size_t m, double *y, double *z)
{
	const struct nso_saddle *s = p->in->problem->saddle;
	double worst = 0, t = 0.3, near = 1e9;
	int tried = p->points < 200 ? p->points : 200;

	for (int k = 0; k < tried; k++) {
		double f;

		probe_point(p, k, p->y);
		s->primal(p->in->self, t, p->y, p->x);
		s->forward(p->in->self, p->x, z);
		for (size_t i = 0; i < m; i++)
			z[i] *= near;
		s->dual(p->in->self, near, z, y);
		s->back(p->in->self, y, p->g);
		for (size_t i = 0; i < p->n; i++)
			p->g[i] += (p->y[i] - p->x[i]) / t;
		f = instance_eval(p->in, p->x, NULL);
		for (int j = 0; j < 8; j++) {
			double length = pow(10, 1 - j % 4), above;

			probe_direction(p, p->d);
			above = probe_along(p, p->x, length, p->d) - f -
				length * probe_dot(p, p->g, p->d);
			worst = fmax(worst,
				-above / (length * (1e-9 + sqrt(probe_dot(p, p->g, p->g))) +
						 1e-7 * (1 + fabs(f))));
		}
	}
	check_found(p->check, worst <= 1e-4, "K' dh + dg is a subgradient of f",
		"at %d points, worst relative violation %.1e", tried, worst);
}

/* Both maps may overwrite their argument, and contract as the prox of a convex function does.
 */
static void check_maps(struct probe *p, size_t m, double *y, double *z)
{
	const struct nso_saddle *s = p->in->problem->saddle;
	int same;

	probe_point(p, 3, p->x);
	memcpy(p->y, p->x, p->n * sizeof *p->x);
	s->primal(p->in->self, 0.7, p->x, p->z);
	s->primal(p->in->self, 0.7, p->y, p->y);
	same = !memcmp(p->z, p->y, p->n * sizeof *p->x);
	nso_normal(p->rng, m, y);
	s->dual(p->in->self, 0.7, y, z);
	s->dual(p->in->self, 0.7, y, y);
	same = same && !memcmp(y, z, m * sizeof *y);
	check_found(p->check, same, "the prox maps of the saddle form may overwrite",
		"%zu rows", m);
}

void check_saddle(struct probe *p)
{
	size_t m = p->in->problem->saddle->rows(p->in->self);
	double *y = calloc(2 * m, sizeof *y);

	if (!y) {
		check_found(p->check, CHECK_UNTESTED, "saddle form", "out of memory");
		return;
	}
	check_adjoint(p, m, y, y + m);
	check_norm(p, y);
	check_subgradient(p, m, y, y + m);
	check_maps(p, m, y, y + m);
	free(y);
}
