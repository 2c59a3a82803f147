/* test_rate.c -- the fit on curves of known rate: coverage of its interval over noise of many
 * kinds, floors, burn-in. NSOBENCH_BIG=1 NSOBENCH_SHOW=1 prints the table of docs/claims.md. */
#include <config.h>
#include <stdlib.h>
#include "leak.h"
#include "analysis/noisy.h"
#include "analysis/rate.h"
#include "ground/random.h"

struct truth {
	struct noisy made;
	double logs;   /* that the fit is told of */
	double fitted; /* share of the trials that get an interval, at least; 0: .9 */
	double most;  /* coverage, at most; 0: .97. More where a walk is assumed that is none */
	double blind; /* share of the intervals that do not tell a slope off by a quarter, at
		       * most; 0: .05 */
};

static const struct truth truths[] = {
	{ .made = { "plain power", POWER_LAW, .slope = -0.5, .noise = 0.2, .scatter = 0.5,
		  .runs = 10, .horizon = 1e4 } },
	{ .made = { "correlated noise", POWER_LAW, .slope = -1, .noise = 0.3, .memory = 0.8,
		  .scatter = 0.5, .runs = 10, .horizon = 1e4 },
		.fitted = 0.88 },
	{ .made = { "slopes differ", POWER_LAW, .slope = -0.5, .noise = 0.2, .spread = 0.1,
		  .scatter = 0.5, .runs = 12, .horizon = 1e3 } },
	{ .made = { "five runs", POWER_LAW, .slope = -0.5, .noise = 0.3, .memory = 0.5,
		  .spread = 0.05, .scatter = 0.5, .runs = 5, .horizon = 1e4 } },
	{ .made = { "one run", POWER_LAW, .slope = -0.5, .noise = 0.3, .scatter = 0.5,
		  .runs = 1, .horizon = 1e4 } },
	{ .made = { "floor", POWER_LAW, .slope = -1, .noise = 0.2, .floor = 1e-3,
		  .scatter = 0.5, .runs = 10, .horizon = 1e5 } },
	{ .made = { "shift", POWER_LAW, .slope = -1, .noise = 0.2, .burn = -1, .scale = 10,
		  .scatter = 0.5, .runs = 10, .horizon = 1e5 },
		.fitted = 0.75 },
	{ .made = { "transient", POWER_LAW, .slope = -0.5, .noise = 0.2, .burn = 20, .scale = 5,
		  .scatter = 0.5, .runs = 10, .horizon = 1e4 } },
	{ .made = { "transient and floor", POWER_LAW, .slope = -1, .noise = 0.2, .floor = 1e-4,
		  .burn = 20, .scale = 3, .scatter = 0.5, .runs = 10, .horizon = 1e6 },
		.most = 0.98 },
	{ .made = { "geometric", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.2, .scatter = 0.5,
		  .runs = 10, .horizon = 1000 },
		.most = 0.98 },
	{ .made = { "geometric, floor", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.2,
		  .floor = 1e-5, .scatter = 0.5, .runs = 10, .horizon = 1000 } },
	{ .made = { "geometric, one run", GEOMETRIC_LAW, .slope = -0.05, .noise = 0.2,
		  .scatter = 0.5, .runs = 1, .horizon = 300 } },
	{ .made = { "one run, memory .5", POWER_LAW, .slope = -0.5, .noise = 0.3, .memory = .5,
		  .scatter = 0.5, .runs = 1, .horizon = 1e4 },
		.blind = 0.15 },
	{ .made = { "one run, memory .8", POWER_LAW, .slope = -0.5, .noise = 0.3, .memory = .8,
		  .scatter = 0.5, .runs = 1, .horizon = 1e4 },
		.most = 0.99,
		.blind = 0.8 },
	{ .made = { "one run, memory .97", POWER_LAW, .slope = -0.5, .noise = 0.3,
		  .memory = .97, .scatter = 0.5, .runs = 1, .horizon = 1e4 },
		.most = 0.99 },
	{ .made = { "one run, memory .995", POWER_LAW, .slope = -0.5, .noise = 0.3,
		  .memory = .995, .scatter = 0.5, .runs = 1, .horizon = 1e4 } },
	{ .made = { "one run, random walk", POWER_LAW, .slope = -0.5, .noise = 0.05,
		  .memory = 1, .scatter = 0.5, .runs = 1, .horizon = 1e4 } },
	{ .made = { "geometric, memory .97", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.2,
		  .memory = .97, .scatter = 0.5, .runs = 1, .horizon = 1000 },
		.most = 1 },
	{ .made = { "geometric, random walk", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.05,
		  .memory = 1, .scatter = 0.5, .runs = 1, .horizon = 1000 } },
	{ .made = { "best so far, one run", POWER_LAW, .slope = -0.5, .noise = 0.3,
		  .scatter = 0.5, .runs = 1, .horizon = 1e4, .kind = NOISY_BEST },
		.fitted = 0.85,
		.most = 1,
		.blind = 1 },
	{ .made = { "best so far", POWER_LAW, .slope = -0.5, .noise = 0.3, .scatter = 0.5,
		  .runs = 10, .horizon = 1e4, .kind = NOISY_BEST } },
	{ .made = { "best so far, memory .8", POWER_LAW, .slope = -0.5, .noise = 0.3,
		  .memory = .8, .scatter = 0.5, .runs = 10, .horizon = 1e4,
		  .kind = NOISY_BEST },
		.fitted = 0.8 },
	{ .made = { "stairs, one run", POWER_LAW, .slope = -0.5, .noise = 0.1, .scatter = 0.5,
		  .runs = 1, .horizon = 1e4, .kind = NOISY_STAIRS },
		.most = 1,
		.blind = 1 },
	{ .made = { "stairs of one phase", POWER_LAW, .slope = -0.5, .noise = 0.2,
		  .scatter = 0.5, .runs = 10, .horizon = 1e4, .kind = NOISY_STAIRS },
		.fitted = 0.2,
		.most = 1,
		.blind = 1 },
	{ .made = { "logarithm untold", POWER_LAW, .slope = -0.5, .noise = 0.2, .scatter = 0.5,
		  .runs = 10, .horizon = 1e5, .kind = NOISY_LOGS },
		.fitted = -1 },
	{ .made = { "logarithm untold, one run", POWER_LAW, .slope = -0.5, .noise = 0.2,
		  .scatter = 0.5, .runs = 1, .horizon = 1e5, .kind = NOISY_LOGS },
		.fitted = -1 },
	{ .made = { "logarithm", POWER_LAW, .slope = -0.5, .noise = 0.2, .scatter = 0.5,
		  .runs = 10, .horizon = 1e5, .kind = NOISY_LOGS },
		.logs = 1 },
};
enum { TRUTHS = sizeof truths / sizeof *truths };

struct tally {
	int covered, done, wrong, through; /* wrong: not told from a slope off by a quarter */
};

static void trial(const struct truth *t, gsl_rng *rng, uint64_t key, struct tally *n)
{
	const struct noisy *m = &t->made;
	double x[NOISY_POINTS], y[12 * NOISY_POINTS], other;
	size_t points = noisy_grid(m, x);
	struct curves c = { m->runs, points, x, y, 0, t->logs };
	struct fit f;

	noisy_draw(m, rng, x, points, y);
	cr_assert(eq(int, rate_fit(&c, m->law, 0.95, key, &f), 0), "out of memory");
	if (f.state != FIT_DONE)
		return;
	n->done++;
	n->covered += f.low <= m->slope && m->slope <= f.high;
	other = m->slope + (m->law == POWER_LAW ? 0.25 : 0.25 * m->slope);
	n->wrong += f.low <= other && other <= f.high;
	/* the floor is crossed where the line alone would have fallen to it */
	if (m->floor > 0)
		n->through += fit_line(&f, m->law, x[f.last]) < 3 * m->floor;
}

/* Of few trials the binomial spread comes on top, three times its standard error. */
static double spread_of(double share, int trials)
{
	return trials < 1000 ? 3 * sqrt(share * (1 - share) / trials) : 0;
}

static void check(const struct truth *t, const struct tally *n, int trials)
{
	double fitted = t->fitted != 0 ? t->fitted : 0.9, most = t->most > 0 ? t->most : 0.97,
	       blind = t->blind > 0 ? t->blind : 0.05, done = n->done,
	       share = n->covered / fmax(1, done);

	cr_expect(le(dbl, fitted * trials - 3 * sqrt(trials) / 2, done),
		"%s: only %d of %d fitted", t->made.name, n->done, trials);
	cr_expect(le(dbl, (done - n->covered) / trials, 0.07 + spread_of(0.07, trials)),
		"%s: %d intervals miss the truth", t->made.name, n->done - n->covered);
	if (fitted < 0) /* inconclusive is the answer */
		return;
	cr_expect(le(dbl, 0.93 - spread_of(0.95, trials), share), "%s: covers %.3f",
		t->made.name, share);
	cr_expect(le(dbl, share, most + spread_of(0.95, trials)), "%s: covers %.3f",
		t->made.name, share);
	cr_expect(le(dbl, n->wrong, (blind + spread_of(blind, trials)) * done),
		"%s: %d of %d do not refute a slope off by a quarter", t->made.name, n->wrong,
		n->done);
	cr_expect(eq(int, n->through, 0), "%s: %d fits through the floor", t->made.name,
		n->through);
}

/* A row of the table in docs/claims.md. */
static void show(const struct truth *t, const struct tally *n, int trials)
{
	printf("| %s | %zu | %.1f | %.1f | %.1f |\n", t->made.name, t->made.runs,
		100.0 * n->covered / fmax(1, n->done), 100 - 100.0 * n->done / trials,
		100.0 * (n->done - n->covered) / trials);
}

Test(rate, interval_covers, .timeout = 300)
{
	int trials = getenv("NSOBENCH_BIG") ? 1000 : 100;

	for (size_t k = 0; k < TRUTHS; k++) {
		gsl_rng *rng = stream(77 + k);
		struct tally n = { 0 };

		for (int i = 0; i < trials; i++)
			trial(&truths[k], rng, (uint64_t)i, &n);
		gsl_rng_free(rng);
		if (getenv("NSOBENCH_SHOW"))
			show(&truths[k], &n, trials);
		check(&truths[k], &n, trials);
	}
	no_leak();
}

Test(rate, curve_that_flattens_is_not_refuted_silently, .timeout = 120)
{
	/* half way into a floor: the fit may find the floor or call it bent, but gives no
	 * verdict on the flat end; a sum of two powers is bent too */
	static const struct noisy t = { "half a floor", POWER_LAW, .slope = -1, .noise = 0.1,
		.floor = 3e-3, .scatter = 0.5, .runs = 10, .horizon = 1e3 };
	double x[NOISY_POINTS], y[10 * NOISY_POINTS];
	size_t points = noisy_grid(&t, x), bad = 0;
	gsl_rng *rng = stream(5);

	for (int i = 0; i < 200; i++) {
		struct curves c = { t.runs, points, x, y, 0, 0 };
		struct fit f;

		noisy_draw(&t, rng, x, points, y);
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
	struct curves c = { 1, 100, x, y, 1e-14, 0 };
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
