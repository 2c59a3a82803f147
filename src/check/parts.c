/* parts.c -- checks of what a problem offers beside its value: the terms of a sum and
 * their batches, the smooth part and the prox. */
#include <config.h>
#include "check/probe.h"
#include <stdlib.h>
#include <string.h>

static double relative(const struct probe *p, const double *a, const double *b)
{
	return probe_distance(p, a, b) / (1e-12 + sqrt(probe_dot(p, b, b)));
}

/* The mean over all terms is f, over one term repeated that term, for value and subgradient. */
static void check_terms(struct probe *p, size_t terms, size_t *list)
{
	double tolerance = p->coarse ? 1e-3 : 1e-9, whole, mean, once, twice;

	probe_point(p, 2, p->x);
	for (size_t i = 0; i < terms; i++)
		list[i] = i;
	whole = instance_eval(p->in, p->x, p->g);
	mean = instance_batch(p->in, terms, list, p->x, p->h);
	check_found(p->check,
		fabs(mean - whole) <= tolerance * (1 + fabs(whole)) &&
			relative(p, p->h, p->g) <= tolerance,
		"the mean of all terms is f", "%.17g and %.17g, subgradients differ by %.1e",
		mean, whole, relative(p, p->h, p->g));
	list[1] = list[0] = terms / 2;
	once = instance_batch(p->in, 1, list, p->x, p->g);
	twice = instance_batch(p->in, 2, list, p->x, p->h);
	check_found(p->check,
		fabs(once - twice) <= tolerance * (1 + fabs(once)) &&
			probe_distance(p, p->h, p->g) <=
				tolerance * (1e-6 + sqrt(probe_dot(p, p->g, p->g))),
		"a term drawn twice counts twice", "%.17g and %.17g", once, twice);
}

/* p = prox_{t h}(v) minimizes h(u) + |u - v|^2/(2t) over u: no random u, near or far, is
 * better. */
static void check_prox(struct probe *p)
{
	int tried = p->points < 200 ? p->points : 200, better = 0;
	double t = 0.7, worst = 0;

	for (int k = 0; k < tried; k++) {
		double length = pow(10, -(double)(k % 5)), at, there, distance;

		if (k % 20 == 0) { /* a new v in y, its prox in x */
			t = k % 40 ? 0.05 : 0.7;
			probe_point(p, k, p->y);
			instance_prox(p->in, t, p->y, p->x);
		}
		distance = probe_distance(p, p->x, p->y);
		at = instance_eval(p->in, p->x, NULL) - instance_smooth(p->in, p->x, NULL) +
		     distance * distance / (2 * t);
		probe_direction(p, p->d);
		there = probe_along(p, p->x, length, p->d);
		distance = probe_distance(p, p->z, p->y);
		there += distance * distance / (2 * t) - instance_smooth(p->in, p->z, NULL);
		better += there < at - 1e-9 * (1 + fabs(at));
		worst = fmax(worst, at - there);
	}
	check_found(p->check, !better, "no point is better than the prox",
		"%d of %d trials better, by %.1e at most", better, tried, worst);
	instance_prox(p->in, t, p->y, p->x);
	instance_prox(p->in, t, p->y, p->y);
	check_found(p->check, !memcmp(p->x, p->y, p->n * sizeof *p->x),
		"prox may overwrite its argument", "t = %g", t);
}

static void check_smooth_part(struct probe *p)
{
	double worst = 0, step = p->coarse ? 1e-3 : 1e-5;

	for (int k = 0; k < 20; k++) {
		double ahead, behind, error;

		probe_point(p, k, p->x);
		instance_smooth(p->in, p->x, p->g);
		probe_direction(p, p->d);
		probe_along(p, p->x, step, p->d);
		ahead = instance_smooth(p->in, p->z, NULL);
		probe_along(p, p->x, -step, p->d);
		behind = instance_smooth(p->in, p->z, NULL);
		error = fabs((ahead - behind) / (2 * step) - probe_dot(p, p->g, p->d)) -
			1e-15 * fabs(ahead) / step;
		worst = fmax(worst, error / (1e-6 + sqrt(probe_dot(p, p->g, p->g))));
	}
	check_found(p->check, worst <= (p->coarse ? 3e-2 : 1e-4),
		"gradient of the smooth part agrees with its differences",
		"worst relative error %.1e", worst);
}

void check_structure(struct probe *p)
{
	size_t terms = p->in->facts.terms;

	if (p->in->problem->batch && terms > 1) {
		size_t *list = malloc(terms * sizeof *list);

		if (list)
			check_terms(p, terms, list);
		else
			check_found(p->check, CHECK_UNTESTED, "the mean of all terms is f",
				"out of memory");
		free(list);
	}
	if (p->in->problem->smooth && p->in->problem->prox) {
		check_smooth_part(p);
		check_prox(p);
	}
	if (p->in->problem->saddle)
		check_saddle(p);
	if (p->in->problem->score)
		check_found(p->check, isfinite(instance_score(p->in, p->centre)),
			"score at the start is finite", "%s = %g",
			p->in->problem->score_name ? p->in->problem->score_name : "unnamed",
			instance_score(p->in, p->centre));
}
