/* moreau.c -- the Moreau envelope of a weakly convex f: the inner problem f(y) + |y - x|^2/(2
 * lambda) is psi(y) + mu/2 |y - x|^2, psi = f + rho/2 |. - x|^2 convex, mu = 1/lambda - rho. A
 * cutting-plane model of psi with that fixed prox term (Kiwiel 1990 with null steps only) gives
 * a point and, by its dual, a lower bound; strong convexity turns the gap into a distance. */
#include <config.h>
#include "measure/measure.h"
#include "measure/measures.h"
#include "measure/summands.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

enum { CUTS = 400 };
static const double accuracy = 1e-12; /* of the gap, relative to 1 + |f| */

struct inner {
	const struct instance *in;
	size_t n, most, count;
	const double *x;
	double rho, mu, f, upper, lower;
	double *S, *e, *a, *lambda, *w, *y,
		*best; /* cuts; their errors at x; mu e; weights; n each */
	struct nso_minnorm *solver;
};

static void close_inner(struct inner *p)
{
	free(p->S);
	nso_minnorm_free(p->solver);
}

static int open_inner(struct inner *p)
{
	size_t n = p->n, most = 2 * n + 20 < CUTS ? 2 * n + 20 : CUTS;

	p->most = most;
	p->S = malloc((most * (n + 3) + 3 * n) * sizeof *p->S);
	p->solver = nso_minnorm_alloc(most, n);
	if (!p->S || !p->solver) {
		close_inner(p);
		return -1;
	}
	p->e = p->S + most * n;
	p->a = p->e + most;
	p->lambda = p->a + most;
	p->w = p->lambda + most;
	p->y = p->w + n;
	p->best = p->y + n;
	return 0;
}

/* The last cut takes the place of cut i. */
static void swap_out(struct inner *p, size_t i)
{
	size_t last = --p->count;

	memmove(p->S + i * p->n, p->S + last * p->n, p->n * sizeof *p->S);
	p->e[i] = p->e[last];
	p->lambda[i] = p->lambda[last];
}

/* Cuts without weight go; of a full table the lightest two become their mean, which keeps the
 * bound. */
static void make_room(struct inner *p)
{
	size_t two[2];
	double light, next;

	if (p->count < p->most)
		return;
	for (size_t i = p->count; i-- > 0;)
		if (p->lambda[i] == 0)
			swap_out(p, i);
	if (p->count < p->most)
		return;
	lightest_two(p->lambda, p->count, two);
	light = p->lambda[two[0]];
	next = p->lambda[two[1]];
	p->e[two[1]] = (next * p->e[two[1]] + light * p->e[two[0]]) / (light + next);
	join_rows(p->S, p->lambda, p->n, two);
	swap_out(p, two[0]);
}

/* The cut at y; -1 if f is not finite there or not weakly convex with this rho. */
static int cut(struct inner *p)
{
	double *s, value, d2 = 0, along = 0, error;

	make_room(p);
	s = p->S + p->count * p->n;
	value = instance_eval(p->in, p->y, s);
	if (!isfinite(value) || !isfinite(cblas_dnrm2((int)p->n, s, 1)))
		return -1;
	for (size_t i = 0; i < p->n; i++) {
		double d = p->y[i] - p->x[i];

		d2 += d * d;
		s[i] += p->rho * d;
		along += s[i] * d;
	}
	value += p->rho / 2 * d2;
	error = p->f - value + along;
	if (error < -1e-7 * (1 + fabs(p->f)))
		return -1;
	p->e[p->count++] = fmax(error, 0);
	if (value + p->mu / 2 * d2 < p->upper) {
		p->upper = value + p->mu / 2 * d2;
		memcpy(p->best, p->y, p->n * sizeof *p->y);
	}
	return 0;
}

/* Model's minimum: y = x - w/mu, and the value of the dual at these weights. */
static int model(struct inner *p)
{
	double dual = p->f;

	for (size_t i = 0; i < p->count; i++)
		p->a[i] = p->mu * p->e[i];
	if (!isfinite(nso_minnorm_shifted(
		    p->solver, p->count, p->S, p->a, p->w, p->lambda, NULL)))
		return -1;
	for (size_t i = 0; i < p->count; i++)
		dual -= p->lambda[i] * p->e[i];
	dual -= cblas_ddot((int)p->n, p->w, 1, p->w, 1) / (2 * p->mu);
	p->lower = fmax(p->lower, dual);
	for (size_t i = 0; i < p->n; i++)
		p->y[i] = p->x[i] - p->w[i] / p->mu;
	return 0;
}

static int minimise(struct inner *p)
{
	double scale = 1 + fabs(p->f), last = INFINITY;
	int idle = 0;

	memcpy(p->y, p->x, p->n * sizeof *p->y);
	for (int step = 0; step < MOREAU_STEPS && idle < 20; step++) {
		double gap;

		if (cut(p) < 0 || model(p) < 0)
			return -1;
		gap = p->upper - p->lower;
		if (gap <= accuracy * scale)
			return 0;
		idle = gap < last ? 0 : idle + 1;
		last = fmin(last, gap);
	}
	return 0;
}

double moreau(
	const struct instance *in, const double *x, double lambda, double *point, double *error)
{
	size_t n = in->facts.n;
	double rho = in->facts.traits & NSO_CONVEX ? 0 : in->facts.weak_convexity, value = NAN,
	       gap;
	struct inner p;

	if (error)
		*error = INFINITY;
	if (isnan(lambda))
		lambda = rho > 0 ? 1 / (2 * rho) : 1;
	if (!(rho >= 0) || !(lambda * rho < 1))
		return NAN;
	p = (struct inner){ .in = in,
		.n = n,
		.x = x,
		.rho = rho,
		.mu = 1 / lambda - rho,
		.f = instance_eval(in, x, NULL),
		.upper = INFINITY,
		.lower = -INFINITY };
	if (!isfinite(p.f) || open_inner(&p))
		return NAN;
	if (!minimise(&p)) {
		for (size_t i = 0; i < n; i++)
			p.w[i] = x[i] - p.best[i];
		value = cblas_dnrm2((int)n, p.w, 1) / lambda;
		gap = fmax(p.upper - p.lower, 0) +
		      8 * DBL_EPSILON * (fabs(p.f) + fabs(p.upper));
		if (error)
			*error = sqrt(2 * gap / p.mu) / lambda;
		if (point)
			memcpy(point, p.best, n * sizeof *point);
	}
	close_inner(&p);
	return value;
}

static int has_envelope(const struct instance *in)
{
	return in->facts.traits & NSO_CONVEX || in->facts.weak_convexity >= 0;
}

static size_t moreau_calls(size_t n, size_t samples, size_t k)
{
	(void)n;
	(void)samples;
	(void)k;
	return 1 + MOREAU_STEPS;
}

static double take_moreau(const struct at *at, double *bound)
{
	return moreau(at->in, at->x, NAN, NULL, bound);
}

const struct measure measure_moreau = { "moreau",
	"|x - p|/lambda, p = argmin f(y) + |y - x|^2/(2 lambda), lambda = 1/(2 rho), 1 if "
	"convex",
	"Moreau 1965; Davis, Drusvyatskiy 2019", "convex, or a known weak convexity rho",
	"1 value + at most 300 subgradients and as many small quadratic problems",
	{ "moreau", "moreau_error" }, NULL, 0, 0, has_envelope, moreau_calls, take_moreau };
