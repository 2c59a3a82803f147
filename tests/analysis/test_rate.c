/* test_rate.c -- the fit on curves of known rate: coverage of its interval, floors, burn-in. */
#include <config.h>
#include <stdlib.h>
#include <gsl/gsl_randist.h>
#include "leak.h"
#include "analysis/rate.h"
#include "ground/random.h"

enum { MOST_POINTS = 400 };

struct truth {
	const char *name;
	enum law law;
	double slope, noise, memory; /* of the noise: AR(1) */
	double floor, burn,
		scale; /* burn-in: y (1 + burn e^(-x/scale)), or x + scale for burn < 0 */
	double spread; /* of the slope between runs */
	size_t runs;
	double horizon;
};

static size_t grid(const struct truth *t, double *x)
{
	size_t count = 0;

	for (double v = 1; v <= t->horizon && count < MOST_POINTS;
		v = t->law == POWER_LAW ? fmax(v + 1, floor(v * 1.122)) : v + t->horizon / 100)
		x[count++] = v;
	return count;
}

static void draw(const struct truth *t, gsl_rng *rng, const double *x, size_t points, double *y)
{
	for (size_t r = 0; r < t->runs; r++) {
		double c = exp(0.5 * gsl_ran_gaussian(rng, 1)),
		       e = gsl_ran_gaussian(rng, t->noise);
		double slope = t->slope + gsl_ran_gaussian(rng, t->spread), level;

		/* a run's floor is its own */
		level = t->floor * exp(0.2 * gsl_ran_gaussian(rng, 1));
		for (size_t i = 0; i < points; i++) {
			double u = t->burn < 0 ? x[i] + t->scale : x[i];
			double v = c * (t->law == POWER_LAW ? pow(u, slope) : exp(slope * u));

			if (t->burn > 0)
				v *= 1 + t->burn * exp(-x[i] / t->scale);
			e = t->memory * e +
			    sqrt(1 - t->memory * t->memory) * gsl_ran_gaussian(rng, t->noise);
			y[r * points + i] = (v + level) * exp(e);
		}
	}
}

static const struct truth truths[] = {
	{ "plain power", POWER_LAW, -0.5, 0.2, 0, 0, 0, 1, 0, 10, 1e4 },
	{ "correlated noise", POWER_LAW, -1, 0.3, 0.8, 0, 0, 1, 0, 10, 1e4 },
	{ "slopes differ", POWER_LAW, -0.5, 0.2, 0, 0, 0, 1, 0.1, 12, 1e3 },
	{ "five runs", POWER_LAW, -0.5, 0.3, 0.5, 0, 0, 1, 0.05, 5, 1e4 },
	{ "one run", POWER_LAW, -0.5, 0.3, 0, 0, 0, 1, 0, 1, 1e4 },
	{ "floor", POWER_LAW, -1, 0.2, 0, 1e-3, 0, 1, 0, 10, 1e5 },
	{ "shift", POWER_LAW, -1, 0.2, 0, 0, -1, 10, 0, 10, 1e5 },
	{ "transient", POWER_LAW, -0.5, 0.2, 0, 0, 20, 5, 0, 10, 1e4 },
	{ "transient and floor", POWER_LAW, -1, 0.2, 0, 1e-4, 20, 3, 0, 10, 1e6 },
	{ "geometric", GEOMETRIC_LAW, -0.02, 0.2, 0, 0, 0, 1, 0, 10, 1000 },
	{ "geometric, floor", GEOMETRIC_LAW, -0.02, 0.2, 0, 1e-5, 0, 1, 0, 10, 1000 },
	{ "geometric, one run", GEOMETRIC_LAW, -0.05, 0.2, 0, 0, 0, 1, 0, 1, 300 },
};
enum { TRUTHS = sizeof truths / sizeof *truths };

struct tally {
	int covered, done, wrong, through; /* wrong: not told from a slope off by a quarter */
};

static void trial(const struct truth *t, gsl_rng *rng, uint64_t key, struct tally *n)
{
	double x[MOST_POINTS], y[12 * MOST_POINTS], other;
	size_t points = grid(t, x);
	struct curves c = { t->runs, points, x, y, 0 };
	struct fit f;

	draw(t, rng, x, points, y);
	cr_assert(eq(int, rate_fit(&c, t->law, 0.95, key, &f), 0), "out of memory");
	if (f.state != FIT_DONE)
		return;
	n->done++;
	n->covered += f.low <= t->slope && t->slope <= f.high;
	other = t->slope + (t->law == POWER_LAW ? 0.25 : 0.25 * t->slope);
	n->wrong += f.low <= other && other <= f.high;
	/* the floor is crossed where the line alone would have fallen to it */
	if (t->floor > 0)
		n->through += fit_line(&f, t->law, x[f.last]) < 3 * t->floor;
}

Test(rate, interval_covers, .timeout = 120)
{
	int trials = getenv("NSOBENCH_BIG") ? 1000 : 150;
	/* 93 to 97 % of 1,000; of fewer trials the binomial spread comes on top */
	double slack = trials < 1000 ? 3 * sqrt(0.95 * 0.05 / trials) : 0;

	for (size_t k = 0; k < TRUTHS; k++) {
		gsl_rng *rng = stream(77 + k);
		struct tally n = { 0 };
		double share;

		for (int i = 0; i < trials; i++)
			trial(&truths[k], rng, (uint64_t)i, &n);
		gsl_rng_free(rng);
		share = (double)n.covered / n.done;
		if (getenv("NSOBENCH_SHOW"))
			fprintf(stderr,
				"%-22s done %.3f covered %.3f not refuted %.3f through %d\n",
				truths[k].name, (double)n.done / trials, share,
				(double)n.wrong / n.done, n.through);
		cr_expect(lt(dbl, 0.9 * trials, n.done), "%s: only %d of %d fitted",
			truths[k].name, n.done, trials);
		cr_expect(
			le(dbl, 0.93 - slack, share), "%s: covers %.3f", truths[k].name, share);
		cr_expect(
			le(dbl, share, 0.97 + slack), "%s: covers %.3f", truths[k].name, share);
		cr_expect(lt(dbl, n.wrong, 0.05 * n.done),
			"%s: %d of %d do not refute a slope off "
			"by a quarter",
			truths[k].name, n.wrong, n.done);
		cr_expect(eq(int, n.through, 0), "%s: %d fits through the floor",
			truths[k].name, n.through);
	}
	no_leak();
}

Test(rate, curve_that_flattens_is_not_refuted_silently, .timeout = 120)
{
	/* half way into a floor: the fit may find the floor or call it bent, but gives no
	 * verdict on the flat end; a sum of two powers is bent too */
	static const struct truth t = { "half a floor", POWER_LAW, -1, 0.1, 0, 3e-3, 0, 1, 0,
		10, 1e3 };
	double x[MOST_POINTS], y[10 * MOST_POINTS];
	size_t points = grid(&t, x), bad = 0;
	gsl_rng *rng = stream(5);

	for (int i = 0; i < 200; i++) {
		struct curves c = { t.runs, points, x, y, 0 };
		struct fit f;

		draw(&t, rng, x, points, y);
		cr_assert(eq(int, rate_fit(&c, t.law, 0.95, 1, &f), 0), "out of memory");
		bad += f.state == FIT_DONE && f.low > -0.8;
	}
	gsl_rng_free(rng);
	cr_assert(lt(sz, bad, 4),
		"%zu of 200 fits take the beginning of a floor for a slow rate", bad);
	no_leak();
}

Test(rate, finite_termination, .timeout = 120)
{
	double x[100], y[100];
	struct curves c = { 1, 100, x, y, 1e-14 };
	struct fit f;

	for (int i = 0; i < 100; i++) {
		x[i] = i + 1;
		y[i] = i < 5 ? pow(0.5, i) : 0;
	}
	cr_assert(eq(int, rate_fit(&c, GEOMETRIC_LAW, 0.95, 1, &f), 0), "out of memory");
	cr_assert(eq(int, f.state, FIT_FINISHED), "state %d", f.state);
	cr_assert(eq(sz, f.last, 4), "last point %zu", f.last);
	/* enough of a line before the rounding level: fitted, and not through it */
	for (int i = 0; i < 100; i++)
		y[i] = fmax(pow(0.5, i), 1e-16);
	cr_assert(eq(int, rate_fit(&c, GEOMETRIC_LAW, 0.95, 1, &f), 0), "out of memory");
	cr_assert(eq(int, f.state, FIT_DONE), "state %d", f.state);
	cr_assert(lt(dbl, fabs(f.slope + M_LN2), 1e-12), "slope %.17g", f.slope);
	cr_assert(le(sz, f.last, 46), "through the rounding level: %zu", f.last);
	no_leak();
}
