/* weak_wolfe.c -- bracketing line search for the weak Wolfe conditions, Lewis, Overton 2013,
 * algorithm 2.6: double until the bracket closes, then halve. The accepted point is the last
 * one with sufficient decrease, so nothing but one bracket is kept. */
#include "weak_wolfe.h"
#include "vectors.h"

static void go(struct weak_wolfe *s, const double *x, const double *d, double t)
{
	for (size_t i = 0; i < s->n; i++)
		s->trial[i] = x[i] + t * d[i];
}

/* Back to the lower end of the bracket, whose gradient was overwritten by later trials. */
static enum search fall_back(struct weak_wolfe *s, struct nso_oracle *f, const double *x,
	const double *d, double lower, enum search why)
{
	s->step = lower;
	go(s, x, d, lower);
	if (lower > 0)
		s->value = nso_subgradient(f, s->trial, s->g);
	return why;
}

enum search weak_wolfe(struct weak_wolfe *s, struct nso_oracle *f, const double *x,
	const double *d, double slope)
{
	double low = 0, high = INFINITY, start = s->value, t = 1;

	for (size_t i = 0; i < s->most; i++) {
		double value;

		go(s, x, d, t);
		value = nso_subgradient(f, s->trial, s->g);
		if (value == -INFINITY) {
			s->step = t;
			s->value = value;
			return SEARCH_UNBOUNDED;
		}
		if (!(value < start + s->c1 * t * slope)) { /* also for NaN */
			high = t;
		} else if (!(dot(s->n, s->g, d) > s->c2 * slope)) {
			low = t;
		} else {
			s->step = t;
			s->value = value;
			return SEARCH_FOUND;
		}
		if (nso_spent(f))
			return fall_back(s, f, x, d, low, SEARCH_SPENT);
		t = high < INFINITY ? low + (high - low) / 2 : 2 * low;
		if (!(t > low && t < high))
			break;
	}
	if (high == INFINITY)
		return fall_back(s, f, x, d, low, SEARCH_UNBOUNDED);
	return fall_back(s, f, x, d, low, low > 0 ? SEARCH_LOWER : SEARCH_STUCK);
}
