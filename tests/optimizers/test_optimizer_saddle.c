/* test_optimizer_saddle.c -- the methods on the saddle form: trajectories of an independent
 * implementation (reference/saddle.py), Chambolle and Pock's bound, what is counted. */
#include <cjson/cJSON.h>
#include <string.h>
#include "leak.h"
#include "play.h"

enum { N = 7 };

static void numbers(const cJSON *list, double x[N])
{
	cr_assert(cJSON_GetArraySize(list) == N, "%d numbers", cJSON_GetArraySize(list));
	for (int i = 0; i < N; i++)
		x[i] = cJSON_GetArrayItem(list, i)->valuedouble;
}

static void begin(struct play *p, const char *optimizer, const char *options,
	const char *problem, const char *problem_options)
{
	cr_assert(play_start(p, optimizer, options, problem, problem_options, NULL, 0) == 0,
		"%s: %s", optimizer, p->why.text);
}

/* 1e-10: both are exact to rounding; ADMM's projection to 1e-12, which forty steps add up. */
static void retrace(const cJSON *of, const char *problem_options, const double *y)
{
	const char *optimizer = cJSON_GetObjectItem(of, "optimizer")->valuestring,
		   *options = cJSON_GetObjectItem(of, "options")->valuestring;
	const cJSON *point;
	struct play p;
	double expected[N];

	begin(&p, optimizer, options, "fused-lasso", problem_options);
	cr_assert(play_apart(y, p.x, N) < 1e-15, "the data are others");
	cJSON_ArrayForEach(point, cJSON_GetObjectItem(of, "x"))
	{
		size_t t = strtoul(point->string, NULL, 10);

		while (p.f.step < t)
			play_step(&p);
		numbers(point, expected);
		cr_assert(play_apart(expected, p.x, N) < 1e-10, "%s:%s, step %zu: off by %g",
			optimizer, options, t, play_apart(expected, p.x, N));
	}
	play_end(&p);
}

Test(saddle, trajectories, .timeout = 20)
{
	cJSON *all = play_read("saddle.json");
	const cJSON *of;
	double y[N];
	int cases = 0;

	numbers(cJSON_GetObjectItem(all, "start"), y);
	cJSON_ArrayForEach(of, cJSON_GetObjectItem(all, "cases"))
	{
		retrace(of, cJSON_GetObjectItem(all, "problem_options")->valuestring, y);
		cases++;
	}
	cJSON_Delete(all);
	cr_assert(cases == 7, "%d cases", cases);
	no_leak();
}

/* Chambolle, Pock 2011, theorem 1, with tau = sigma = 1/2 (|D| < 2): the mean of k iterates has
 * f - f* <= (R^2/tau + D^2/sigma)/(2k), R = |x0 - x*|, D^2 <= m lambda^2 with y0 = 0. */
Test(saddle, ergodic_bound_of_pdhg, .timeout = 20)
{
	struct play p;
	double R2 = 0, gap;

	begin(&p, "pdhg", "answer=ergodic", "tv-denoising", "n=40");
	for (size_t i = 0; i < 40; i++)
		R2 += pow(p.x[i] - p.in.facts.minimizer[i], 2);
	for (int k = 1; k <= 500; k++) {
		play_step(&p);
		gap = play_value(&p) - p.in.facts.optimum;
		cr_assert(gap <= (R2 + 39) / k, "step %d: gap %g", k, gap);
	}
	cr_assert(gap < 0.1, "gap %g", gap);
	play_end(&p);
	no_leak();
}

/* Nesterov 2005: the smoothed solution is within mu m lambda^2/2 of the optimum. */
Test(saddle, smoothing_is_within_its_error, .timeout = 20)
{
	struct play p;
	double gap;

	begin(&p, "nesterov-smoothing", "mu=0.02", "tv-denoising", "n=40");
	play_steps(&p, 3000);
	gap = play_value(&p) - p.in.facts.optimum;
	cr_assert(gap <= 0.02 * 39 / 2.0 && gap > 0, "gap %g", gap);
	play_end(&p);
	no_leak();
}

Test(saddle, every_kind_of_call_is_counted_apart, .timeout = 20)
{
	struct play p;

	begin(&p, "pdhg", "", "svm", "");
	play_steps(&p, 10);
	for (int k = 0; k < CALL_KINDS; k++)
		cr_assert(p.f.calls[k] == (k == CALL_VALUE || k == CALL_SUBGRADIENT ? 0u : 10u),
			"%s: %zu", call_names[k], (size_t)p.f.calls[k]);
	cr_assert(oracle_calls(&p.f) == 40, "%zu calls", (size_t)oracle_calls(&p.f));
	play_end(&p);
	no_leak();
}

Test(saddle, solves, .timeout = 60)
{
	static const char *const problems[] = { "tv-denoising", "fused-lasso",
		"l1-regression" };
	static const char *const methods[] = { "pdhg", "admm" };

	for (size_t i = 0; i < 3; i++)
		for (size_t m = 0; m < 2; m++) {
			struct play p;

			begin(&p, methods[m], "", problems[i], "n=20");
			play_steps(&p, 3000);
			cr_assert(play_value(&p) - p.in.facts.optimum < 1e-8, "%s on %s: %g",
				methods[m], problems[i], play_value(&p) - p.in.facts.optimum);
			play_end(&p);
		}
	no_leak();
}
