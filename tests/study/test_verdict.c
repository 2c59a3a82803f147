/* test_verdict.c -- verdicts on curves whose truth is known: false claims are refuted and never
 * hold, true ones are not refuted. NSOBENCH_BIG=1 NSOBENCH_SHOW=1 prints the table of
 * docs/claims.md. */
#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "leak.h"
#include "analysis/noisy.h"
#include "analysis/records.h"
#include "ground/instance.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "study/claim.h"
#include "study/kind.h"

enum { MOST_RUNS = 40 };

/* A curve, and a test of a claim about it. */
struct trial {
	struct noisy made;
	const char *test;
	int truth;      /* of the claim */
	double refuted; /* share of the trials, at least; 0: .95 of false claims; -1: none */
};

static const struct trial trials_of[] = {
	/* exponents off by a quarter */
	{ { "exponent off by .25", POWER_LAW, .slope = -0.25, .noise = 0.2, .runs = 10,
		  .scatter = 0.5, .horizon = 1e4 },
		"\"power\": -0.5", 0, 0 },
	{ { "the same, exactly", POWER_LAW, .slope = -0.75, .noise = 0.2, .runs = 10,
		  .scatter = 0.5, .horizon = 1e4 },
		"\"power\": -0.5, \"exact\": true", 0, 0 },
	{ { "the same, memory .8", POWER_LAW, .slope = -0.75, .noise = 0.2, .memory = 0.8,
		  .runs = 10, .scatter = 0.5, .horizon = 1e4 },
		"\"power\": -1", 0, 0.9 },
	{ { "the same, best so far", POWER_LAW, .slope = -0.25, .noise = 0.2, .runs = 10,
		  .scatter = 0.5, .horizon = 1e4, .kind = NOISY_BEST },
		"\"power\": -0.5", 0, 0.9 },
	{ { "the same, five runs", POWER_LAW, .slope = -0.25, .noise = 0.3, .memory = 0.5,
		  .runs = 5, .scatter = 0.5, .horizon = 1e4 },
		"\"power\": -0.5", 0, 0.8 },
	{ { "the same, one run", POWER_LAW, .slope = -0.25, .noise = 0.2, .runs = 1,
		  .horizon = 1e4 },
		"\"power\": -0.5", 0, 0.7 },
	{ { "the same, one run, random walk", POWER_LAW, .slope = -0.25, .noise = 0.05,
		  .memory = 1, .runs = 1, .horizon = 1e4 },
		"\"power\": -0.5", 0, -1 },
	{ { "the same, with a logarithm", POWER_LAW, .slope = -0.25, .noise = 0.2, .runs = 10,
		  .scatter = 0.5, .horizon = 1e5, .kind = NOISY_LOGS },
		"\"power\": -0.5, \"log\": 1", 0, 0 },
	{ { "factor's logarithm off by .25", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.2,
		  .runs = 10, .scatter = 0.5, .horizon = 1000 },
		"\"linear\": \"exp(-0.025)\"", 0, 0 },
	{ { "linear, is a power", GEOMETRIC_LAW, .slope = 0, .noise = 0.1, .burn = -2,
		  .runs = 5, .scatter = 0.5, .horizon = 2000 },
		"\"linear\": \"1\"", 0, 0 },
	/* constants off by a tenth */
	{ { "bound .9 of the mean", POWER_LAW, .slope = -0.5, .noise = 0.2, .runs = 40,
		  .horizon = 1e4, .mean_one = 1 },
		"\"bound\": \"0.9/sqrt(t)\", \"over\": \"mean\"", 0, 0 },
	{ { "bound .9 of every run", POWER_LAW, .slope = -0.5, .runs = 3, .horizon = 1e4 },
		"\"bound\": \"0.9/sqrt(t)\"", 0, 0 },
	{ { "level 1.1 for 1", POWER_LAW, .slope = 0, .noise = 0.05, .runs = 10,
		  .horizon = 1e4 },
		"\"level\": \"1.1\", \"exact\": true", 0, 0 },
	{ { "ends at .9 of it", POWER_LAW, .slope = 0, .runs = 3, .horizon = 1e4 },
		"\"equals\": \"0.9\"", 0, 0 },
	/* a method that does nothing, and one that guesses */
	{ { "frozen, power", POWER_LAW, .slope = 0, .runs = 10, .scatter = 0.5,
		  .horizon = 1e4 },
		"\"power\": -0.5", 0, 0 },
	{ { "frozen, linear", GEOMETRIC_LAW, .slope = 0, .runs = 10, .scatter = 0.5,
		  .horizon = 1000 },
		"\"linear\": \"1\"", 0, 0 },
	{ { "frozen, bound", POWER_LAW, .slope = 0, .runs = 3, .horizon = 1e4 },
		"\"bound\": \"1/sqrt(t)\"", 0, 0 },
	{ { "random search in 10 dimensions, power", POWER_LAW, .slope = -0.2, .runs = 10,
		  .horizon = 1e4, .kind = NOISY_RANDOM },
		"\"power\": -0.5", 0, 0.85 },
	/* hardly falling looks like a floor, which this claim leaves unclear */
	{ { "random search in 10 dimensions, linear", GEOMETRIC_LAW, .slope = -0.2, .runs = 10,
		  .horizon = 1000, .kind = NOISY_RANDOM },
		"\"linear\": \"1\"", 0, 0.35 },
	{ { "the same, a floor refutes", GEOMETRIC_LAW, .slope = -0.2, .runs = 10,
		  .horizon = 1000, .kind = NOISY_RANDOM },
		"\"linear\": \"1\", \"floor\": \"refutes\"", 0, 0 },
	{ { "a floor that refutes", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.2, .floor = 1e-4,
		  .runs = 10, .scatter = 0.5, .horizon = 1000 },
		"\"linear\": \"exp(-0.02)\", \"floor\": \"refutes\"", 0, 0 },
	/* true claims */
	{ { "exponent", POWER_LAW, .slope = -0.5, .noise = 0.2, .runs = 10, .scatter = 0.5,
		  .horizon = 1e4 },
		"\"power\": -0.5", 1, 0 },
	{ { "exponent, exactly, without tolerance", POWER_LAW, .slope = -0.5, .noise = 0.2,
		  .runs = 10, .scatter = 0.5, .horizon = 1e4 },
		"\"power\": -0.5, \"exact\": true, \"tolerance\": 0", 1, 0 },
	{ { "exponent, memory .97, one run", POWER_LAW, .slope = -0.5, .noise = 0.3,
		  .memory = 0.97, .runs = 1, .horizon = 1e4 },
		"\"power\": -0.5, \"exact\": true, \"tolerance\": 0", 1, 0 },
	{ { "exponent, random walk, one run", POWER_LAW, .slope = -0.5, .noise = 0.05,
		  .memory = 1, .runs = 1, .horizon = 1e4 },
		"\"power\": -0.5, \"exact\": true, \"tolerance\": 0.02", 1, 0 },
	{ { "exponent, best so far", POWER_LAW, .slope = -0.5, .noise = 0.3, .runs = 10,
		  .scatter = 0.5, .horizon = 1e4, .kind = NOISY_BEST },
		"\"power\": -0.5, \"exact\": true", 1, 0 },
	{ { "exponent, stairs", POWER_LAW, .slope = -0.5, .noise = 0.1, .runs = 10,
		  .scatter = 0.5, .horizon = 1e4, .kind = NOISY_STAIRS },
		"\"power\": -0.5, \"exact\": true", 1, 0 },
	{ { "logarithm that is claimed", POWER_LAW, .slope = -0.5, .noise = 0.2, .runs = 10,
		  .scatter = 0.5, .horizon = 1e5, .kind = NOISY_LOGS },
		"\"power\": -0.5, \"log\": 1, \"exact\": true", 1, 0 },
	{ { "exponent up to a logarithm", POWER_LAW, .slope = -0.5, .noise = 0.2, .runs = 10,
		  .scatter = 0.5, .horizon = 1e5, .kind = NOISY_LOGS },
		"\"power\": -0.5", 1, 0 },
	{ { "climbs to its bound, half way", POWER_LAW, .slope = -0.5, .noise = 0.05, .runs = 5,
		  .scale = 30, .horizon = 1e3, .kind = NOISY_CLIMBS },
		"\"power\": -0.5", 1, 0 },
	{ { "climbs to its bound", POWER_LAW, .slope = -0.5, .noise = 0.05, .runs = 5,
		  .scale = 30, .horizon = 5e4, .kind = NOISY_CLIMBS },
		"\"power\": -0.5", 1, 0 },
	{ { "factor", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.2, .runs = 10, .scatter = 0.5,
		  .horizon = 1000 },
		"\"linear\": \"exp(-0.02)\"", 1, 0 },
	{ { "factor, above a floor", GEOMETRIC_LAW, .slope = -0.02, .noise = 0.2, .floor = 1e-4,
		  .runs = 10, .scatter = 0.5, .horizon = 1000 },
		"\"linear\": \"exp(-0.02)\", \"floor\": \"allowed\"", 1, 0 },
	{ { "bound that the mean attains", POWER_LAW, .slope = -0.5, .noise = 0.2, .runs = 40,
		  .horizon = 1e4, .mean_one = 1 },
		"\"bound\": \"1/sqrt(t)\", \"over\": \"mean\"", 1, 0 },
	{ { "level", POWER_LAW, .slope = 0, .noise = 0.05, .runs = 10, .horizon = 1e4 },
		"\"level\": \"1\", \"exact\": true", 1, 0 },
};
enum { TRIALS = sizeof trials_of / sizeof *trials_of };

/* ---------------------------------------------------------------- evidence that is made up ---
 */

/* What evidence_make leaves, with curves of our own in the place of runs. */
struct made {
	struct claim claim;
	struct evidence e;
	struct instance in;
	struct sample sample[MOST_RUNS];
	struct run run[MOST_RUNS];
	struct curve column[MOST_RUNS][2];
	double x[NOISY_POINTS], y[MOST_RUNS * NOISY_POINTS];
};

static void read_claim(struct made *m, const struct trial *t, size_t number)
{
	char path[200];
	const char *tmp = getenv("TMPDIR");
	struct why why;
	FILE *f;

	snprintf(path, sizeof path, "%s/nsobench-verdict-%ld-%zu.json", tmp ? tmp : "/tmp",
		(long)getpid(), number);
	f = fopen(path, "w");
	cr_assert(f != NULL, "%s", path);
	fprintf(f,
		"{\"schema\": \"nsobench-claim/1.0\", \"id\": \"made-up\", \"statement\": "
		"\"s\", "
		"\"source\": \"s\", \"problems\": [\"sphere\"], \"optimizers\": [\"sgd\"], "
		"\"tests\": [{%s}]}",
		t->test);
	fclose(f);
	cr_assert(eq(int, claim_read(&m->claim, path, &why), 0), "%s", why.text);
	unlink(path);
}

static void make_up(struct made *m, const struct trial *t)
{
	size_t points = noisy_grid(&t->made, m->x);

	m->in.problem = m->claim.problem[0].problem;
	m->e = (struct evidence){ .claim = &m->claim,
		.sample = m->sample,
		.samples = t->made.runs,
		.function = &m->in,
		.functions = 1 };
	for (size_t r = 0; r < t->made.runs; r++) {
		m->column[r][0] = (struct curve){ "step", 1, m->x };
		m->column[r][1] = (struct curve){ "gap", 1, m->y + r * points };
		m->run[r] = (struct run){ .status = "budget",
			.reason = "",
			.steps = m->x[points - 1],
			.length = points,
			.columns = 2,
			.column = m->column[r] };
		m->sample[r] = (struct sample){
			.horizon = m->x[points - 1], .seed = r + 1, .run = &m->run[r]
		};
	}
}

/* A power of the step over an even grid: what `linear` must not take for a factor. */
static void bend(const struct noisy *t, size_t points, const double *x, double *y)
{
	if (t->law == GEOMETRIC_LAW && t->burn < 0)
		for (size_t i = 0; i < t->runs * points; i++)
			y[i] *= pow(x[i % points], t->burn);
}

static void run_trials(const struct trial *t, size_t number, int trials, int *count)
{
	struct made *m = calloc(1, sizeof *m);
	gsl_rng *rng = stream(100 + number);
	size_t points;

	cr_assert(m && rng, "out of memory");
	read_claim(m, t, number);
	make_up(m, t);
	points = noisy_grid(&t->made, m->x);
	for (int i = 0; i < trials; i++) {
		struct outcome o;
		struct why why;

		noisy_draw(&t->made, rng, m->x, points, m->y);
		bend(&t->made, points, m->x, m->y);
		cr_assert(eq(int, judge(&o, &m->e, &why), 0), "%s", why.text);
		count[o.verdict]++;
		outcome_free(&o);
	}
	claim_free(&m->claim);
	gsl_rng_free(rng);
	free(m);
}

static void check(const struct trial *t, const int *count, int trials)
{
	double refuted = t->refuted != 0 ? t->refuted : 0.95,
	       spread = trials < 1000 ? 3 * sqrt(0.05 * 0.95 / trials) : 0;

	if (t->truth)
		cr_expect(le(dbl, count[REFUTED], (0.05 + spread) * trials),
			"%s is true and refuted in %d of %d trials", t->made.name,
			count[REFUTED], trials);
	else
		cr_expect(eq(int, count[HOLDS], 0), "%s is false and holds in %d of %d trials",
			t->made.name, count[HOLDS], trials);
	if (!t->truth && refuted > 0)
		cr_expect(le(dbl, (refuted - spread) * trials, count[REFUTED]),
			"%s is false and refuted in %d of %d trials only", t->made.name,
			count[REFUTED], trials);
}

Test(verdict, false_claims_never_hold_true_ones_are_not_refuted, .timeout = 1200)
{
	int trials = getenv("NSOBENCH_BIG") ? 1000 : 60;

	for (size_t k = 0; k < TRIALS; k++) {
		const struct trial *t = &trials_of[k];
		int count[3] = { 0 };

		run_trials(t, k, trials, count);
		if (getenv("NSOBENCH_SHOW"))
			printf("| %s | %s | %zu | %.1f | %.1f | %.1f |\n",
				t->truth ? "true" : "false", t->made.name, t->made.runs,
				100.0 * count[HOLDS] / trials,
				100.0 * count[INCONCLUSIVE] / trials,
				100.0 * count[REFUTED] / trials);
		check(t, count, trials);
	}
	no_leak();
}

/* ---------------------------------------------------------------- what decides nothing -------
 */

static enum verdict verdict_of(const char *test, double (*y)(double x), size_t runs)
{
	struct trial t = { { "", POWER_LAW, .runs = runs, .horizon = 1e4 }, test, 0, 0 };
	struct made *m = calloc(1, sizeof *m);
	enum verdict v;
	struct outcome o;
	struct why why;
	size_t points;

	cr_assert(m != NULL, "out of memory");
	read_claim(m, &t, 1000);
	make_up(m, &t);
	points = noisy_grid(&t.made, m->x);
	for (size_t i = 0; i < runs * points; i++)
		m->y[i] = y(m->x[i % points]);
	cr_assert(eq(int, judge(&o, &m->e, &why), 0), "%s", why.text);
	v = o.verdict;
	outcome_free(&o);
	claim_free(&m->claim);
	free(m);
	return v;
}

static double unknown(double x)
{
	(void)x;
	return NAN;
}

static double unknown_later(double x) { return x < 100 ? 1 / x : NAN; }

static double nothing(double x)
{
	(void)x;
	return 0;
}

static double tenth(double x) { return 0.1 / x; }

Test(verdict, what_is_not_known_holds_nothing, .timeout = 60)
{
	cr_expect(
		ne(int, verdict_of("\"power\": -0.5", unknown, 3), HOLDS), "power of nothing");
	cr_expect(ne(int, verdict_of("\"linear\": 1", unknown, 3), HOLDS), "factor of nothing");
	cr_expect(ne(int, verdict_of("\"bound\": 1", unknown, 3), HOLDS), "bound of nothing");
	cr_expect(ne(int, verdict_of("\"bound\": 1, \"over\": \"mean\"", unknown, 3), HOLDS),
		"mean of nothing");
	cr_expect(ne(int, verdict_of("\"level\": 1", unknown, 3), HOLDS), "level of nothing");
	cr_expect(ne(int, verdict_of("\"power\": -2", unknown_later, 3), HOLDS),
		"a curve that is not known to its end did not end at zero");
	cr_expect(ne(int, verdict_of("\"power\": -0.5", nothing, 3), HOLDS),
		"what is zero from the start does not fall");
	cr_expect(eq(int, verdict_of("\"bound\": \"1/t\", \"over\": \"mean\"", tenth, 1),
			  INCONCLUSIVE),
		"a mean of one run has no interval");
	cr_expect(
		eq(int, verdict_of("\"bound\": \"1/t\", \"over\": \"mean\"", tenth, 2), HOLDS),
		"a mean of two runs has one");
	no_leak();
}

Test(verdict, finding_is_born_inconclusive, .timeout = 60)
{
	struct outcome o = { 0 };
	struct finding *f = finding_new(&o);

	cr_assert(f != NULL, "out of memory");
	cr_expect(eq(int, f->verdict, INCONCLUSIVE), "verdict %d", f->verdict);
	outcome_conclude(&o);
	cr_expect(eq(int, o.verdict, INCONCLUSIVE), "verdict %d", o.verdict);
	outcome_free(&o);
	no_leak();
}

/* Errors list the names of the table that is searched. */
Test(verdict, kinds_are_named_as_they_are_listed, .timeout = 20)
{
	size_t i = 0;

	for (; test_kinds[i]; i++)
		cr_assert_str_eq(test_kinds[i]->name, test_kind_names[i]);
	cr_assert(i > 5 && !test_kind_names[i], "%zu kinds", i);
}
