/* ERT, profiles, ECDF and ranks on records made by hand, whose answers are known. */
#include <gsl/gsl_randist.h>
#include "made.h"
#include "analysis/ranking.h"
#include "analysis/statistics.h"
#include "analysis/study.h"

#define RUN(m, p, o, seed, spent, ...)                                                         \
	do {                                                                                   \
		const double v_[][2] = { __VA_ARGS__ };                                        \
		size_t n_ = sizeof v_ / sizeof *v_;                                            \
		double c_[64], g_[64];                                                         \
		for (size_t i_ = 0; i_ < n_; i_++) {                                           \
			c_[i_] = v_[i_][0];                                                    \
			g_[i_] = v_[i_][1];                                                    \
		}                                                                              \
		made_run(m, p, o, seed, spent, n_, c_, g_);                                    \
	} while (0)

static void is(double got, double expected, const char *what)
{
	cr_expect(got == expected || fabs(got - expected) <= 1e-12 * fabs(expected),
		"%s: %.15g, expected %.15g", what, got, expected);
}

Test(profile, ert, .timeout = 20)
{
	struct track *const *list;
	struct interval in;
	struct made m;
	struct ert e;
	size_t count;

	made_start(&m);
	RUN(&m, "p", "a", 1, 100, { 0, 1 }, { 10, 0.1 }, { 50, 1e-4 });
	RUN(&m, "p", "a", 2, 80, { 0, 1 }, { 20, 0.1 }, { 70, 0.05 });
	RUN(&m, "p", "a", 3, 100, { 0, 1 }, { 60, 0.9 });
	RUN(&m, "p", "broken", 1, 30, { 0, NAN }, { 30, NAN });
	made_end(&m, 0.1);
	count = study_runs(&m.s, 0, 0, &list);
	cr_assert(eq(sz, count, 3), "%zu runs", count);
	e = expected_cost(list, count, 0.1);
	is(e.value, (10 + 20 + 100) / 2.0, "two of three");
	cr_expect(eq(sz, e.hits, 2), "%zu hits", e.hits);
	is(expected_cost(list, count, 1e-4).value, 50 + 80 + 100, "one success");
	is(expected_cost(list, count, 1e-9).value, INFINITY, "all failed");
	is(expected_cost(list, count, 1).value, 0, "reached at the start");
	is(goal_cost(list, count, (struct goal){ 0.05, 1 }).value, (50 + 70 + 100) / 2.0,
		"a share of the first gap");
	cr_assert(eq(int, goal_interval(list, count, (struct goal){ 0.1, 0 }, &in), 0),
		"out of memory");
	is(in.value, 65, "interval");
	is(in.low, 10, "three times the run of 10");
	is(in.high, INFINITY, "three failures have 1 chance in 27, above 2.5 %");
	count = study_runs(&m.s, 0, 1, &list);
	cr_assert(eq(sz, count, 1), "%zu runs", count);
	is(expected_cost(list, count, 1).value, INFINITY, "NaN reaches nothing");
	is(track_final(list[0]), INFINITY, "final gap of NaN");
	made_free(&m);
	no_leak();
}

Test(profile, performance, .timeout = 20)
{
	static const double cost[] = { 10, 20, 30, 15, INFINITY, INFINITY, 5, NAN, 7, 7 };
	static const double first[] = { 1, 1, 1, 2, INFINITY };
	static const double second[] = { 1, 1, 2, INFINITY, INFINITY };
	static const double three[] = { 4, 2, 1, 8, 1, 2 }; /* two problems, three methods */
	double ratio[5];

	performance_ratios(cost, 5, 2, 0, -1, ratio);
	for (size_t i = 0; i < 5; i++)
		is(ratio[i], first[i], "first method");
	performance_ratios(cost, 5, 2, 1, -1, ratio);
	for (size_t i = 0; i < 5; i++)
		is(ratio[i], second[i], "second method");
	performance_ratios(cost, 5, 2, 0, 0, ratio);
	for (size_t i = 0; i < 4; i++)
		is(ratio[i], 1, "alone it is the best wherever it succeeds");
	is(ratio[4], INFINITY, "alone, failed");
	performance_ratios(three, 2, 3, 0, -1, ratio);
	is(ratio[1], 8, "against all");
	performance_ratios(three, 2, 3, 0, 1, ratio);
	is(ratio[1], 8, "against the second only");
	is(ratio[0], 2, "against the second only");
}

/* A run that reaches 0.1 at 10 calls, another that fails after 10: the simulated run length is
 * 10 k with probability 2^-k. Of the 51 targets, 16 are 0.1 or easier, all reached together. */
Test(profile, ecdf, .timeout = 20)
{
	const size_t problem[] = { 0 };
	struct made m;
	struct band b;

	made_start(&m);
	RUN(&m, "p", "a", 1, 10, { 10, 0.1 });
	RUN(&m, "p", "a", 2, 10, { 10, 1e9 });
	RUN(&m, "p", "sure", 1, 100, { 1, 1 }, { 10, 1e-8 });
	RUN(&m, "p", "never", 1, 100, { 1, 1e3 });
	made_end(&m, 0.1);
	cr_assert(eq(int, run_length_ecdf(&m.s, problem, 1, 0, 1, 1000, 1, &b), 0),
		"out of memory");
	cr_assert(eq(sz, b.points, 61), "%zu points", b.points);
	is(b.y[19], 0, "nothing before 10 calls");
	for (int k = 1; k < 5; k++) {
		size_t at = (size_t)ceil(log10(10.0 * k) * 20 - 1e-9);
		double expected = 16.0 / 51 * (1 - pow(2, -k));

		cr_expect(le(dbl, fabs(b.y[at] - expected), 16.0 / 51 * 0.06),
			"%d attempts: %g, expected %g", k, b.y[at], expected);
	}
	cr_expect(le(dbl, fabs(b.y[60] - 16.0 / 51), 1e-9), "all in the end: %g", b.y[60]);
	cr_expect(lt(dbl, b.low[25], b.y[25]), "the band has a width");
	is(b.low[60], 0, "two failures drawn have 1 chance in 4: the band reaches 0");
	band_free(&b);
	cr_assert(eq(int, run_length_ecdf(&m.s, problem, 1, 1, 1, 1000, 1, &b), 0),
		"out of memory");
	cr_expect(
		le(dbl, fabs(b.y[0] - 11.0 / 51), 1e-9), "11 targets at the start: %g", b.y[0]);
	cr_expect(le(dbl, fabs(b.y[20] - 1), 1e-9), "the rest at 10: %g", b.y[20]);
	cr_expect(
		le(dbl, fabs(band_area(&b, 1000) - (20 * 11.0 / 51 + 41) / 61), 1e-9), "area");
	band_free(&b);
	cr_assert(eq(int, run_length_ecdf(&m.s, problem, 1, 2, 1, 1000, 1, &b), 0),
		"out of memory");
	is(b.y[60], 0, "never");
	band_free(&b);
	made_free(&m);
	no_leak();
}

/* A method that jumps to the solution wins all, random search loses; two alike are tied. */
Test(profile, ranks, .timeout = 20)
{
	struct ranking r;
	struct made m;
	char name[16];

	made_start(&m);
	for (int p = 0; p < 10; p++) {
		snprintf(name, sizeof name, "p%d", p);
		RUN(&m, name, "cheat", 1, 1, { 1, 0 });
		RUN(&m, name, "twin", 1, 100, { 1, 1 }, { 50 + p, 1e-7 });
		RUN(&m, name, "other-twin", 1, 100, { 1, 1 }, { 50 + p, 1e-7 });
		RUN(&m, name, "random", 1, 100, { 1, 1 }, { 100, 0.9 });
	}
	RUN(&m, "alone", "cheat", 1, 1, { 1, 0 });
	made_end(&m, 1e-6);
	cr_assert(eq(int, rank_methods(&m.s, 1e-6, &r), 0), "out of memory");
	cr_expect(eq(sz, r.blocks, 10), "%zu blocks", r.blocks);
	cr_expect(eq(sz, r.left_out, 1), "%zu left out", r.left_out);
	is(r.mean_rank[0], 1, "the cheat");
	is(r.mean_rank[1], 2.5, "a twin");
	is(r.mean_rank[2], 2.5, "the other");
	is(r.mean_rank[3], 4, "random search");
	cr_expect(lt(dbl, r.friedman.p, 1e-5), "Friedman p = %g", r.friedman.p);
	is(r.p[1 * 4 + 2], 1, "twins do not differ");
	is(r.p[0 * 4 + 3], 6 * 2 / 1024.0, "ten of ten, six pairs");
	is(r.p[3 * 4 + 0], r.p[0 * 4 + 3], "symmetric");
	ranking_free(&r);
	made_free(&m);

	made_start(&m);
	RUN(&m, "p", "alone", 1, 100, { 1, 1 }, { 50, 1e-7 });
	made_end(&m, 1e-6);
	cr_assert(eq(int, rank_methods(&m.s, 1e-6, &r), 0), "one optimizer alone");
	is(r.friedman.p, 1, "one alone");
	is(r.mean_rank[0], 1, "one alone");
	ranking_free(&r);
	made_free(&m);
	no_leak();
}

Test(profile, chattering, .timeout = 20)
{
	struct track *const *list;
	struct made m;

	made_start(&m);
	RUN(&m, "p", "down", 1, 6, { 1, 9 }, { 2, 8 }, { 3, 7 }, { 4, 6 }, { 5, 5 }, { 6, 1 });
	RUN(&m, "p", "zigzag", 1, 9, { 1, 9 }, { 2, 9 }, { 3, 9 }, { 4, 9 }, { 5, 9 }, { 6, 9 },
		{ 7, 3 }, { 8, 5 }, { 9, 2 });
	RUN(&m, "p", "up", 1, 3, { 1, 9 }, { 2, 8 }, { 3, 9 }, { 4, 9 }, { 5, 1 }, { 6, 2 });
	made_end(&m, 1e-6);
	study_runs(&m.s, 0, 0, &list);
	is(chattering(list[0]), 1, "monotone");
	study_runs(&m.s, 0, 1, &list);
	is(chattering(list[0]), 5, "3, 5, 2 go 5 to fall by 1");
	study_runs(&m.s, 0, 2, &list);
	is(chattering(list[0]), INFINITY, "no decrease");
	made_free(&m);
	no_leak();
}
