/* slope.c -- checks of one subgradient: differences of f at differentiable points, and
 * the inequalities that hold under the constants and traits a problem claims. */
#include <config.h>
#include "check/probe.h"

/* Central difference of f at x along d. With two steps, h and h/2, and from either side: where
 * they disagree a kink is near or f is rough, and nothing can be said. Returns 0 when they
 * agree. A kink within h/100 of x shows only from the sides. */
static int slope(
	struct probe *p, const double *x, double f, const double *d, double h, double *found)
{
	double ahead = probe_along(p, x, h / 2, d), behind = probe_along(p, x, -h / 2, d);
	double wide = (probe_along(p, x, h, d) - probe_along(p, x, -h, d)) / (2 * h);
	double near = (ahead - behind) / h, bend = (ahead - 2 * f + behind) / (h / 2);
	double scale = fabs(wide) + fabs(near) + sqrt(probe_dot(p, p->g, p->g)) + 1e-300;

	*found = near;
	return fabs(wide - near) <= (p->coarse ? 3e-3 : 1e-5) * scale &&
			       fabs(bend) <=
				       (p->coarse ? 3e-2 : 1e-4) * scale + 1e-14 * fabs(f) / h
		       ? 0
		       : -1;
}

static void check_differences(struct probe *p)
{
	int tried = p->points < 200 ? p->points : 200, agreed = 0, judged = 0;
	double worst = 0, step = p->coarse ? 3e-3 : 1e-6, tolerance = p->coarse ? 3e-2 : 1e-4;

	for (int k = 0; k < tried; k++) {
		double f, found, norm, size, error;

		probe_point(p, k, p->x);
		f = instance_eval(p->in, p->x, p->g);
		probe_direction(p, p->d);
		if (k % 4 == 3) /* an axis: finds a single wrong entry better */
			for (size_t i = 0; i < p->n; i++)
				p->d[i] = i == gsl_rng_get(p->rng) % p->n;
		size = sqrt(probe_dot(p, p->x, p->x) / (double)p->n);
		if (!isfinite(f) || slope(p, p->x, f, p->d, step * (1 + size), &found))
			continue;
		norm = sqrt(probe_dot(p, p->g, p->g));
		/* rounding of f puts a floor under what a difference can show */
		error = fabs(found - probe_dot(p, p->g, p->d)) - 1e-15 * fabs(f) / step;
		judged++;
		agreed += error <= tolerance * (norm + fabs(found));
		worst = fmax(worst, error / (norm + fabs(found) + 1e-300));
	}
	if (p->in->facts.traits & NSO_QUANTISED || judged < tried / 10)
		check_found(p->check, CHECK_UNTESTED,
			"subgradient agrees with differences of f",
			"%d of %d points are smooth enough", judged, tried);
	else
		check_found(p->check, agreed == judged,
			"subgradient agrees with differences of f",
			"at %d of %d points, worst relative error %.1e", agreed, judged, worst);
}

/* Worst violation of f(y) >= f(x) + <g, y-x> + curvature/2 |y-x|^2, relative to the terms. */
static double below(struct probe *p, double curvature)
{
	double worst = -INFINITY;

	for (int k = 0; k < p->points; k++) {
		double fx, fy, linear = 0, square, size;

		probe_point(p, k, p->x);
		probe_point(p, (int)(gsl_rng_get(p->rng) % 8), p->y);
		fx = instance_eval(p->in, p->x, p->g);
		fy = instance_eval(p->in, p->y, NULL);
		for (size_t i = 0; i < p->n; i++)
			linear += p->g[i] * (p->y[i] - p->x[i]);
		square = probe_distance(p, p->x, p->y);
		square *= curvature / 2 * square;
		size = fabs(fx) + fabs(fy) + fabs(linear) + fabs(square) + 1e-300;
		if (isfinite(size))
			worst = fmax(worst, (fx + linear + square - fy) / size);
	}
	return worst;
}

static void check_curvature(struct probe *p)
{
	const struct nso_facts *facts = &p->in->facts;
	double tolerance = p->coarse ? 1e-4 : 1e-9, worst;

	if (facts->traits & NSO_CONVEX) {
		double mu = facts->convexity > 0 ? facts->convexity : 0;

		worst = below(p, mu);
		check_found(p->check, worst <= tolerance, "subgradient inequality (convex)",
			"mu = %g, worst relative violation %.1e", mu, fmax(worst, 0));
	}
	if (facts->weak_convexity > 0) {
		worst = below(p, -facts->weak_convexity);
		check_found(p->check, worst <= tolerance,
			"subgradient inequality (weakly convex)",
			"rho = %g, worst relative violation %.1e", facts->weak_convexity,
			fmax(worst, 0));
	}
}

static void check_lipschitz(struct probe *p)
{
	double constant = p->in->facts.lipschitz, most = 0;

	if (isnan(constant))
		return;
	for (int k = 0; k < p->points; k++) {
		probe_point(p, k, p->x);
		if (isfinite(instance_eval(p->in, p->x, p->g)))
			most = fmax(most, sqrt(probe_dot(p, p->g, p->g)));
	}
	check_found(p->check, most <= constant * (1 + 1e-9),
		"subgradients keep the Lipschitz constant", "longest %.6g, constant %.6g", most,
		constant);
}

static void check_smoothness(struct probe *p)
{
	double constant = p->in->facts.smoothness, most = 0;
	int split = p->in->problem->smooth != NULL;

	if (isnan(constant))
		return;
	for (int k = 0; k < p->points; k++) {
		double distance;

		probe_point(p, k, p->x);
		probe_point(p, (int)(gsl_rng_get(p->rng) % 8), p->y);
		(split ? instance_smooth : instance_eval)(p->in, p->x, p->g);
		(split ? instance_smooth : instance_eval)(p->in, p->y, p->h);
		distance = probe_distance(p, p->x, p->y);
		if (distance > 0)
			most = fmax(most, probe_distance(p, p->g, p->h) / distance);
	}
	check_found(p->check, most <= constant * (1 + 1e-6),
		"gradients keep the smoothness constant", "largest quotient %.6g, L = %.6g",
		most, constant);
}

static void check_pl(struct probe *p)
{
	const struct nso_facts *facts = &p->in->facts;
	double least = INFINITY;

	if (isnan(facts->pl) || isnan(facts->optimum))
		return;
	for (int k = 0; k < p->points; k++) {
		double gap;

		probe_point(p, k, p->x);
		gap = instance_eval(p->in, p->x, p->g) - facts->optimum;
		if (gap > 1e-12 * (1 + fabs(facts->optimum)))
			least = fmin(least, probe_dot(p, p->g, p->g) / (2 * gap));
	}
	check_found(p->check, least >= facts->pl * (1 - 1e-9), "|g|^2 >= 2 mu (f - f*)",
		"least quotient %.6g, mu = %.6g", least, facts->pl);
}

void check_slopes(struct probe *p)
{
	check_differences(p);
	check_curvature(p);
	check_lipschitz(p);
	check_smoothness(p);
	check_pl(p);
}
