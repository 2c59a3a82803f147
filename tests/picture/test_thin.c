/* test_thin.c -- what a thinned curve leaves out lies where it says. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdint.h>
#include "leak.h"
#include "picture/thin.h"

enum { LONG = 3000 };

static uint64_t state = 7;

static double uniform(void)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (double)(state >> 11) / 9007199254740992.0;
}

/* From point i to what is left of the curve: to every segment, not only to its own. */
static double off(const double *x, const double *y, const char *keep, size_t length, size_t i)
{
	double least = INFINITY;

	for (size_t a = 0; a + 1 < length; a++) {
		size_t b = a + 1;
		double dx, dy, t;

		if (!keep[a])
			continue;
		while (!keep[b])
			b++;
		dx = x[b] - x[a];
		dy = y[b] - y[a];
		t = dx * dx + dy * dy > 0
			    ? ((x[i] - x[a]) * dx + (y[i] - y[a]) * dy) / (dx * dx + dy * dy)
			    : 0;
		t = fmin(1, fmax(0, t));
		least = fmin(least, hypot(x[i] - x[a] - t * dx, y[i] - y[a] - t * dy));
	}
	return least;
}

Test(thin, stays_within_the_tolerance_along_every_axis, .timeout = 60)
{
	double steps[LONG], seconds[LONG], y[LONG];
	const double *const x[] = { steps, seconds };
	char keep[LONG];
	size_t kept, count = 0;

	for (size_t i = 0; i < LONG; i++) { /* a staircase under a rough clock */
		steps[i] = 500 * log10(1 + (double)i);
		seconds[i] = i ? seconds[i - 1] + uniform() : 0;
		y[i] = i && uniform() < 0.97 ? y[i - 1] : 2000 / (1 + 0.01 * (double)i);
	}
	kept = thin(x, 2, y, LONG, 0.25, keep);
	cr_assert(lt(sz, kept, LONG / 4), "kept %zu", kept);
	for (size_t i = 0; i < LONG; i++) {
		count += keep[i] != 0;
		cr_assert(le(dbl, off(steps, y, keep, LONG, i), 0.25), "point %zu", i);
		cr_assert(le(dbl, off(seconds, y, keep, LONG, i), 0.25), "point %zu", i);
	}
	cr_assert(eq(sz, count, kept), "what is counted is what is marked");
	cr_assert(keep[0] && keep[LONG - 1], "both ends stay");
	no_leak();
}

Test(thin, drops_what_is_straight_and_keeps_a_dent, .timeout = 10)
{
	double x[100], y[100];
	const double *const axes[] = { x };
	char keep[100];

	for (size_t i = 0; i < 100; i++)
		y[i] = 3 * (x[i] = (double)i);
	cr_assert(eq(sz, thin(axes, 1, y, 100, 0.25, keep), 2), "a straight line is its ends");
	y[40] += 2; /* 0.63 pixels off the line */
	cr_assert(eq(sz, thin(axes, 1, y, 100, 0.25, keep), 5), "a dent and its edges");
	cr_assert(keep[40], "the dent itself");
	cr_assert(eq(sz, thin(axes, 1, y, 0, 0.25, keep), 0), "nothing of nothing");
	cr_assert(eq(sz, thin(axes, 1, y, 1, 0.25, keep), 1), "one point");
}

Test(thin, an_axis_is_straight_between_what_stays, .timeout = 10)
{
	double t[400], v[400];
	struct scale s = { 1, 0, 0 };
	char keep[400];
	size_t a = 0;

	for (size_t i = 0; i < 400; i++) {
		t[i] = (double)i;
		v[i] = i < 200 ? 3 * t[i] : 600 + 50 * (t[i] - 200);
		scale_add(&s, v[i]);
	}
	cr_assert(eq(dbl, s.low, 3), "0 has no logarithm");
	cr_assert(le(sz, thin_linear(t, v, 400, &s, 0.1, keep), 5), "two straight parts");
	for (size_t b = 1; b < 400; b++) {
		if (!keep[b])
			continue;
		for (size_t i = a; i <= b; i++) {
			double there = v[a] + (t[i] - t[a]) / (t[b] - t[a]) * (v[b] - v[a]);

			cr_assert(le(dbl, fabs(scale_pixel(&s, there) - scale_pixel(&s, v[i])),
					  0.1 + 1e-9),
				"point %zu", i);
		}
		a = b;
	}
}
