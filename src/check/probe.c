/* probe.c -- the points and directions at which a problem is checked, and what was found there.
 */
#include <config.h>
#include "check/probe.h"
#include <stdarg.h>
#include <time.h>

void check_found(
	struct check *c, enum verdict verdict, const char *what, const char *format, ...)
{
	char detail[400];
	va_list args;

	va_start(args, format);
	vsnprintf(detail, sizeof detail, format, args);
	va_end(args);
	c->count[verdict]++;
	c->found(c, verdict, what, detail);
}

/* ------------------------------------------------------------------ probing -------------- */

void probe_point(struct probe *p, int k, double *x)
{
	static const double spread[] = { 1, 0.1, 1e-3, 3 };
	const double *m = p->in->facts.minimizer;
	const double *centre = m && k % 2 ? m : p->centre;

	for (size_t i = 0; i < p->n; i++)
		x[i] = centre[i] + spread[k / 2 % 4] * (1 + fabs(centre[i])) *
					   (2 * gsl_rng_uniform(p->rng) - 1);
}

void probe_direction(struct probe *p, double *d)
{
	double norm;

	nso_normal(p->rng, p->n, d);
	norm = sqrt(probe_dot(p, d, d));
	for (size_t i = 0; i < p->n; i++)
		d[i] /= norm;
}

double probe_dot(const struct probe *p, const double *a, const double *b)
{
	double sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += a[i] * b[i];
	return sum;
}

double probe_distance(const struct probe *p, const double *a, const double *b)
{
	double sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += (a[i] - b[i]) * (a[i] - b[i]);
	return sqrt(sum);
}

double probe_along(struct probe *p, const double *x, double t, const double *d)
{
	for (size_t i = 0; i < p->n; i++)
		p->z[i] = x[i] + t * d[i];
	return instance_eval(p->in, p->z, NULL);
}

/* Scratch, the start, and from the time of one call how many points can be afforded. */
