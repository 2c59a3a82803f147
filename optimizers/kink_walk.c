/* kink_walk.c -- not a method: is told the minimizer and visits points on and off the kinks of
 * f, so that what is measured at the points of a trace can be compared there. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

static const struct nso_option options[] = { { 0 } };
/* Step 1 is the minimizer; steps 2.. lie beside it, these times max(1, |minimizer|_inf) away.
 */
static const double distances[] = { 1e-3, 1e-2, 1 };
enum { BESIDE = sizeof distances / sizeof *distances, BISECTIONS = 200 };

struct kink_walk {
	size_t n;
	double scale;
	double *a, *b, *ga, *gb, *y,
		*g; /* length n: ends of a segment, their gradients; middle */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct kink_walk *s = calloc(1, sizeof *s + 6 * n * sizeof *s->memory);

	(void)opt;
	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->scale = 1;
	s->a = s->memory;
	s->b = s->a + n;
	s->ga = s->b + n;
	s->gb = s->ga + n;
	s->y = s->gb + n;
	s->g = s->y + n;
	for (size_t i = 0; i < n; i++)
		s->scale = fmax(s->scale, fabs(nso_known(f)->minimizer[i]));
	return s;
}

/* The minimizer plus the radius times a random direction. */
static void beside(const struct kink_walk *s, struct nso_oracle *f, double radius, double *x)
{
	double norm = 0;

	nso_normal(nso_rng(f), s->n, x);
	for (size_t i = 0; i < s->n; i++)
		norm = hypot(norm, x[i]);
	for (size_t i = 0; i < s->n; i++)
		x[i] = nso_known(f)->minimizer[i] + radius / norm * x[i];
}

static double apart(size_t n, const double *u, const double *v)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum = hypot(sum, u[i] - v[i]);
	return sum;
}

/* Bisects the segment a b for the place where the gradient leaves that of a for that of b: a
 * kink, if one divides them; a smooth point else. b becomes it. */
static void bisect(struct kink_walk *s, struct nso_oracle *f)
{
	size_t size = s->n * sizeof *s->y;

	nso_subgradient(f, s->a, s->ga);
	nso_subgradient(f, s->b, s->gb);
	for (int t = 0; t < BISECTIONS && !nso_spent(f); t++) {
		int to_a;

		for (size_t i = 0; i < s->n; i++)
			s->y[i] = s->a[i] + (s->b[i] - s->a[i]) / 2;
		if (!memcmp(s->y, s->a, size) || !memcmp(s->y, s->b, size))
			return;
		nso_subgradient(f, s->y, s->g);
		to_a = apart(s->n, s->g, s->ga) < apart(s->n, s->g, s->gb);
		memcpy(to_a ? s->a : s->b, s->y, size);
		memcpy(to_a ? s->ga : s->gb, s->g, size);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct kink_walk *s = state;
	size_t t = nso_step(f);

	if (t == 1) {
		memcpy(x, nso_known(f)->minimizer, s->n * sizeof *x);
	} else if (t <= 1 + BESIDE) {
		beside(s, f, distances[t - 2] * s->scale, x);
	} else {
		beside(s, f, s->scale, s->a);
		beside(s, f, s->scale, s->b);
		bisect(s, f);
		memcpy(x, s->b, s->n * sizeof *x);
	}
	return isfinite(nso_value(f, x)) ? NSO_CONTINUE : NSO_FAILED;
}

const struct nso_optimizer nso_optimizer_kink_walk = {
	.name = "kink-walk",
	.title = "Walk over kinks (is told the minimizer)",
	.reference = "nsobench",
	.rule = "x <- the minimizer, then points 1e-3, 1e-2 and 1 times max(1, "
		"|minimizer|_inf) from it, then kinks "
		"found by bisection: points to measure at, not a method",
	.cost = "1 value; from step 5 on at most 202 subgradients besides",
	.group = "baseline",
	.needs = NSO_VALUE | NSO_SUBGRADIENT | NSO_MINIMIZER | NSO_RANDOM,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
