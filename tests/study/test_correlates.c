/* test_correlates.c -- claims that two quantities rise together: the rank correlation on
 * numbers known by hand, the measures that S-Adam's claims are about at points where they are
 * known, and verdicts on runs that are made up. */
#include <config.h>
#include "leak.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "analysis/statistics.h"
#include "measure/measure.h"
#include "study/claim.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Test(correlates, rank_correlation_by_hand, .timeout = 200)
{
	/* 1 - 6 sum d^2/(n (n^2 - 1)) with d = 1, 1, 0, 2, 2, 0: 1 - 60/210 */
	const double x[] = { 1, 2, 3, 4, 5, 6 }, y[] = { 20, 10, 30, 60, 40, 50 };
	const double up[] = { 1, 10, 1e2, 1e3, 1e4, 1e5 }, down[] = { 5, 4, 3, 2, 1, NAN };
	struct correlation c = rank_correlation(x, y, 6);

	cr_assert(lt(dbl, fabs(c.rho - (1 - 6. * 8 / 210)), 1e-12), "rho %.17g", c.rho);
	cr_assert(c.low < c.rho && c.rho < c.high, "interval [%g, %g]", c.low, c.high);
	cr_assert(lt(dbl, fabs(rank_correlation(x, up, 6).rho - 1), 1e-12), "ascending");
	c = rank_correlation(x, down, 6);
	cr_assert(lt(dbl, fabs(c.rho + 1), 1e-12), "descending: %g", c.rho);
	cr_assert(eq(sz, c.count, 5), "a pair with NaN is left out");
	cr_assert(ne(int, isnan(rank_correlation(x, y, 4).rho), 0), "four pairs are too few");
	no_leak();
}

static void make(struct instance *in, const char *name, const char *options)
{
	const struct nso_problem *p = problem_find(name);
	double opt[NSO_MAX_OPTIONS];
	struct why why = { "" };

	cr_assert(ne(ptr, (void *)p, NULL), "%s", name);
	option_defaults(p->options, opt);
	cr_assert(
		eq(int, option_parse(p->options, name, options, opt, &why), 0), "%s", why.text);
	cr_assert(eq(int, instance_make(in, p, opt, 0, &why), 0), "%s", why.text);
}

/* |x_i| has its kink at x_i = 0; max x_i^2 at x_1 = x_2 + c, where c = x_1 - |x_2|: there the
 * gap x_1^2 - x_2^2 over |2 x_1 e_1 - 2 x_2 e_2| is known by hand. */
Test(correlates, distances_to_kinks_by_hand, .timeout = 60)
{
	const double cases[][2] = { { 3, .25 }, { -1e-3, 2 }, { 1e-7, -1e-5 }, { .5, .5 } };
	struct instance in;

	for (size_t i = 0; i < 4; i++) {
		const double *x = cases[i];
		double expected = fmin(fabs(x[0]), fabs(x[1])), found;

		make(&in, "l1-norm", "n=2");
		found = kink_distance(&in, x);
		cr_assert(found >= .999 * expected && found <= 1.13 * expected,
			"l1: %g, not %g", found, expected);
		instance_free(&in);
		make(&in, "maxq", "n=2");
		expected = fabs(x[0] * x[0] - x[1] * x[1]) / (2 * hypot(x[0], x[1]));
		found = kink_distance(&in, x);
		cr_assert(found >= .999 * expected && found <= fmax(1.13 * expected, 1e-11),
			"maxq: %g, not %g", found, expected);
		instance_free(&in);
	}
	no_leak();
}

/* How many moves of one weight by `by` change the value; the biases are not quantised, and the
 * largest weight of a tensor moves its scale. */
static size_t jumps(const struct instance *in, double *x, double by)
{
	double before = instance_eval(in, x, NULL), most;
	size_t count = 0;

	for (size_t b = 0, first = 0; b < in->facts.blocks; first = in->facts.block_ends[b++]) {
		most = 0;
		for (size_t i = first; i < in->facts.block_ends[b]; i++)
			most = fmax(most, fabs(x[i]));
		for (size_t i = first; i < in->facts.block_ends[b] && b % 2 == 0; i++) {
			const double was = x[i];

			for (int sign = -1; sign <= 1 && most - fabs(was) > 2 * fabs(by);
				sign += 2) {
				x[i] = was + sign * by;
				count += instance_eval(in, x, NULL) != before;
			}
			x[i] = was;
		}
	}
	return count;
}

/* A weight moved by less than the distance leaves the quantised network as it is; one moved by
 * more does not, unless it is of a pixel that is white in all rows. */
Test(correlates, distance_to_a_jump_of_a_quantised_network, .timeout = 60)
{
	const double w[] = { 1.5 - 1e-5, .4, -.7, .1 };
	struct instance in;
	double *x, d;
	size_t beyond = 0;

	/* s = 1: thresholds -0.5 and 0.5 */
	cr_assert(lt(dbl, fabs(jump_distance(4, w, 1.5, -1, 1) - .1), 1e-12), "by hand");
	make(&in, "qat-mlp", "rows=10,test=5,width=4,depth=1,precision=64");
	x = malloc(in.facts.n * sizeof *x);
	cr_assert(ne(ptr, x, NULL), "memory");
	for (uint64_t seed = 1; seed <= 5; seed++) {
		instance_start(&in, seed, x);
		d = network_distance(&in, x);
		cr_assert(lt(dbl, 0, d), "distance %g", d);
		cr_assert(eq(sz, jumps(&in, x, .999 * d), 0), "seed %d jumps within %g",
			(int)seed, d);
		beyond += jumps(&in, x, 1.001 * d);
	}
	cr_assert(le(sz, 1, beyond), "no jump beyond the distance");
	cr_assert(le(sz, beyond, 5), "%zu jumps beyond the distance", beyond);
	free(x);
	instance_free(&in);
	no_leak();
}

/* Where f is linear within reach of the probes, the mean of D over the sphere is 0: variance
 * and mean square are the same number, and the ratio is 1; the second difference and the
 * residual are 0. At a kink that is a minimum the ratio falls while the diameter is 2 sqrt n.
 */
Test(correlates, the_ratio_is_one_on_smooth_slopes_and_falls_at_kinks, .timeout = 60)
{
	static const double slope[10] = { 3, -2, 1, 4, -5, 6, 7, -8, 9, 1 }, kink[10] = { 0 };
	static const double smooth[] = { 1, -1, 0, 0 };
	gsl_rng *rng = stream(7);
	struct instance in;

	make(&in, "l1-norm", "n=10");
	for (int i = 0; i < 4; i++) {
		struct probes how = {
			.k = 8, .draws = 200, .delta = .01, .eps = 1e-6, .index = i
		};
		double error, v = instability(&in, slope, &how, rng, &error);

		if (smooth[i] >= 0)
			cr_assert(lt(dbl, fabs(v - smooth[i]), 5 * error + 1e-9),
				"index %d on a slope: %g +- %g", i, v, error);
		v = instability(&in, kink, &how, rng, &error);
		if (i == 0)
			cr_assert(lt(dbl, v, .02), "the ratio at the kink: %g", v);
		if (i > 1)
			cr_assert(lt(dbl, .5, v), "index %d at the kink: %g", i, v);
	}
	cr_assert(lt(dbl, sampled_diameter(&in, slope, .01, 60, rng), 1e-12),
		"one gradient within reach");
	cr_assert(
		lt(dbl, 4, sampled_diameter(&in, kink, .01, 60, rng)), "many around the kink");
	instance_free(&in);
	gsl_rng_free(rng);
	no_leak();
}

/* ---------------------------------------------------------------- verdicts on made-up runs ---
 */

enum { RUNS = 6, POINTS = 40 };
struct made {
	struct claim claim;
	struct evidence e;
	struct instance in;
	struct sample sample[RUNS];
	struct run run[RUNS];
	struct curve column[RUNS][3];
	double step[POINTS], u[RUNS][POINTS], v[RUNS][POINTS];
};

static void read_claim(struct made *m, const char *test)
{
	char path[200];
	const char *tmp = getenv("TMPDIR");
	struct why why = { "" };
	FILE *f;

	snprintf(path, sizeof path, "%s/nsobench-correlates-%ld.json", tmp ? tmp : "/tmp",
		(long)getpid());
	f = fopen(path, "w");
	cr_assert(f != NULL, "%s", path);
	fprintf(f,
		"{\"schema\": \"nsobench-claim/1.0\", \"id\": \"made-up\", \"statement\": "
		"\"s\", "
		"\"source\": \"s\", \"problems\": [\"sphere\"], \"optimizers\": [\"sgd\"], "
		"\"tests\": [{%s}]}",
		test);
	fclose(f);
	cr_assert(eq(int, claim_read(&m->claim, path, &why), 0), "%s", why.text);
	unlink(path);
}

static void make_up(struct made *m, size_t runs, size_t points)
{
	m->in.problem = m->claim.problem[0].problem;
	m->e = (struct evidence){ .claim = &m->claim,
		.sample = m->sample,
		.samples = runs,
		.function = &m->in,
		.functions = 1 };
	for (size_t r = 0; r < runs; r++) {
		m->column[r][0] = (struct curve){ "step", 1, m->step };
		m->column[r][1] = (struct curve){ "u", 1, m->u[r] };
		m->column[r][2] = (struct curve){ "v", 1, m->v[r] };
		m->run[r] = (struct run){ .status = "budget",
			.reason = "",
			.steps = POINTS,
			.length = points,
			.columns = 3,
			.column = m->column[r] };
		m->sample[r] =
			(struct sample){ .horizon = POINTS, .seed = r + 1, .run = &m->run[r] };
	}
}

enum { RISING, SHUFFLED, FALLING, UNKNOWN, CONSTANT_V };
static struct outcome outcome_of(
	struct made *m, const char *test, int shape, size_t runs, size_t points, uint64_t key)
{
	gsl_rng *rng = stream(key);
	struct outcome o;
	struct why why = { "" };

	*m = (struct made){ .in = { 0 } };
	read_claim(m, test);
	make_up(m, runs, points);
	for (size_t i = 0; i < POINTS; i++)
		m->step[i] = (double)(i + 1);
	for (size_t r = 0; r < runs; r++) {
		nso_normal(rng, POINTS, m->u[r]);
		nso_normal(rng, POINTS, m->v[r]);
		for (size_t i = 0; i < POINTS && shape != SHUFFLED; i++)
			m->v[r][i] = shape == UNKNOWN ? NAN
				     : shape == CONSTANT_V
					     ? 3
					     : (shape == RISING ? 1 : -1) *
						       (m->u[r][i] + .5 * m->v[r][i]);
	}
	cr_assert(eq(int, judge(&o, &m->e, &why), 0), "%s", why.text);
	gsl_rng_free(rng);
	return o;
}

static void expect(const char *test, int shape, size_t runs, size_t points,
	enum verdict verdict, const char *says)
{
	struct made *m = calloc(1, sizeof *m);
	struct outcome o;

	cr_assert(m != NULL, "memory");
	o = outcome_of(m, test, shape, runs, points, 5);
	cr_expect(eq(int, o.verdict, verdict), "%s, shape %d: %s: %s", test, shape,
		verdict_words[o.verdict], o.finding[0].reason);
	cr_expect(ne(ptr, (void *)strstr(o.finding[0].reason, says), NULL),
		"%s: '%s', expected '%s'", test, o.finding[0].reason, says);
	outcome_free(&o);
	claim_free(&m->claim);
	free(m);
}

Test(correlates, says_no_where_it_must, .timeout = 60)
{
	static const char each[] = "\"quantity\": \"u\", \"correlates\": \"v\"",
			  pool[] = "\"quantity\": \"u\", \"correlates\": \"v\", \"pool\": true";
	static const char *const tests[] = { each, pool };

	for (int i = 0; i < 2; i++) {
		expect(tests[i], RISING, RUNS, POINTS, HOLDS, i ? "240 points" : "6 runs");
		expect(tests[i], FALLING, RUNS, POINTS, REFUTED, "Spearman -");
		expect(tests[i], UNKNOWN, RUNS, POINTS, INCONCLUSIVE, "v");
		expect(tests[i], CONSTANT_V, RUNS, POINTS, INCONCLUSIVE, "not all equal");
		expect(tests[i], RISING, 1, 4, INCONCLUSIVE, "at least");
	}
	expect(each, RISING, 2, POINTS, INCONCLUSIVE, "2 of 2 runs");
	expect("\"quantity\": \"u\", \"correlates\": \"0-v\"", RISING, RUNS, POINTS, REFUTED,
		"Spearman -");
	expect("\"quantity\": \"u\", \"correlates\": \"w\"", RISING, RUNS, POINTS, INCONCLUSIVE,
		"w");
	expect("\"quantity\": \"u\", \"correlates\": \"v\", \"from\": 38", RISING, RUNS, POINTS,
		INCONCLUSIVE, "0 of 6 runs");
	no_leak();
}

/* Shuffled numbers decide nothing but in the 5 % that an interval of 95 % allows. */
Test(correlates, shuffled_numbers_rarely_decide, .timeout = 60)
{
	struct made *m = calloc(1, sizeof *m);
	int decided[2] = { 0 };

	cr_assert(m != NULL, "memory");
	for (uint64_t key = 1; key <= 200; key++)
		for (int pool = 0; pool < 2; pool++) {
			struct outcome o = outcome_of(m,
				pool ? "\"quantity\": \"u\", \"correlates\": \"v\", \"pool\": "
				       "true"
				     : "\"quantity\": \"u\", \"correlates\": \"v\"",
				SHUFFLED, RUNS, POINTS, key);

			decided[pool] += o.verdict != INCONCLUSIVE;
			outcome_free(&o);
			claim_free(&m->claim);
		}
	free(m);
	/* 10 expected; 3 standard deviations above are 19 */
	cr_assert(le(int, decided[0], 19), "each: %d of 200", decided[0]);
	cr_assert(le(int, decided[1], 19), "pooled: %d of 200", decided[1]);
	no_leak();
}
