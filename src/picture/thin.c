/* thin.c -- curves with as few points as a screen can show: Ramer 1972; Douglas, Peucker 1973.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "picture/thin.h"

void scale_add(struct scale *s, double v)
{
	if (!isfinite(v) || (!s->linear && !(v > 0)))
		return;
	if (!(s->low <= s->high)) {
		s->low = s->high = v;
		return;
	}
	s->low = fmin(s->low, v);
	s->high = fmax(s->high, v);
}

/* At least a decade of logarithms: a picture is never drawn of less. */
double scale_pixel(const struct scale *s, double v)
{
	double span = s->linear ? s->high - s->low : fmax(1, log10(s->high / s->low));

	if (s->linear)
		return span > 0 ? SCREEN * (v - s->low) / span : 0;
	return v > s->low ? SCREEN * log10(v / s->low) / span : 0;
}

/* From the point to the segment a b. */
static double distance(const double *x, const double *y, size_t a, size_t b, size_t i)
{
	double dx = x[b] - x[a], dy = y[b] - y[a], length = dx * dx + dy * dy, at;

	at = length > 0 ? ((x[i] - x[a]) * dx + (y[i] - y[a]) * dy) / length : 0;
	at = fmin(1, fmax(0, at));
	return hypot(x[i] - x[a] - at * dx, y[i] - y[a] - at * dy);
}

/* The point between a and b that is furthest off, 0 where none is further than the tolerance.
 */
static size_t furthest(const double *const *x, size_t axes, const double *y, size_t a, size_t b,
	double tolerance)
{
	size_t worst = 0;

	for (size_t i = a + 1; i < b; i++)
		for (size_t k = 0; k < axes; k++) {
			double d = distance(x[k], y, a, b, i);

			if (d > tolerance) {
				tolerance = d;
				worst = i;
			}
		}
	return worst;
}

size_t thin(const double *const *x, size_t axes, const double *y, size_t length,
	double tolerance, char *keep)
{
	size_t kept = length > 1 ? 2 : length, a = 0;

	memset(keep, 0, length);
	if (!length)
		return 0;
	keep[0] = keep[length - 1] = 1;
	while (a + 1 < length) { /* from a to the next that stays; what is found splits it */
		size_t b = a + 1, worst;

		while (!keep[b])
			b++;
		worst = furthest(x, axes, y, a, b, tolerance);
		if (worst) {
			keep[worst] = 1;
			kept++;
		} else {
			a = b;
		}
	}
	return kept;
}

static int straight(const double *t, const double *v, size_t a, size_t b, const struct scale *s,
	double tolerance)
{
	for (size_t i = a + 1; i < b; i++) {
		double share = t[b] > t[a] ? (t[i] - t[a]) / (t[b] - t[a]) : 0;
		double there = v[a] + share * (v[b] - v[a]);

		if (!(fabs(scale_pixel(s, there) - scale_pixel(s, v[i])) <= tolerance))
			return 0;
	}
	return 1;
}

size_t thin_linear(const double *t, const double *v, size_t length, const struct scale *s,
	double tolerance, char *keep)
{
	size_t kept = 0;

	memset(keep, 0, length);
	for (size_t a = 0; a < length;) {
		size_t good = a + 1, stride = 1;

		keep[a] = 1;
		kept++;
		/* as far as it is straight: strides that double, then halves */
		while (good + stride < length &&
			straight(t, v, a, good + stride, s, tolerance)) {
			good += stride;
			stride *= 2;
		}
		for (; stride; stride /= 2)
			if (good + stride < length &&
				straight(t, v, a, good + stride, s, tolerance))
				good += stride;
		a = good;
	}
	return kept;
}
