/* test_optimizer_lgi.c -- the probes of S-Adam: where they fall, what they cost, and whether
 * the index has the expected values that are known in closed form. Random comparisons are made
 * at 4.9 standard errors: a right program fails one of them with probability 1e-6. */
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include <gsl/gsl_cdf.h>
#include "leak.h"
#include "play.h"
#include "ground/instance.h"
#include "run/oracle.h"

static const double sigmas = 4.9;

struct sample {
	double mean, error, most; /* error: of the mean */
};

/* Index and damping over many steps with lr = 0, which leaves x where it is. */
static void collect(struct play *p, size_t steps, struct sample s[2])
{
	double sum[2] = { 0 }, squares[2] = { 0 };

	s[0] = s[1] = (struct sample){ 0 };
	for (size_t t = 0; t < steps; t++) {
		cr_assert(play_step(p) == NSO_CONTINUE, "the run ended");
		for (int i = 0; i < 2; i++) {
			double v = p->f.reported[i];

			sum[i] += v;
			squares[i] += v * v;
			s[i].most = fmax(s[i].most, v);
		}
	}
	for (int i = 0; i < 2; i++) {
		double mean = s[i].mean = sum[i] / (double)steps;

		s[i].error = sqrt(fmax(squares[i] / (double)steps - mean * mean, 0) /
				  (double)(steps - 1));
	}
}

/* The ratio Var/E D^2 at kinks, in smooth places and on a step of a staircase. */
Test(lgi, expected_index, .timeout = 60)
{
	cJSON *all = play_read("vectors.json");
	const cJSON *of;
	size_t compared = 0;
	enum { K = 2000, STEPS = 40 };

	cJSON_ArrayForEach(
		of, cJSON_GetObjectItem(cJSON_GetObjectItem(all, "lgi_table"), "points"))
	{
		const char *problem = cJSON_GetObjectItem(of, "problem")->valuestring;
		size_t n = (size_t)cJSON_GetObjectItem(of, "n")->valueint;
		double expected = cJSON_GetObjectItem(of, "value")->valuedouble;
		double *zero = calloc(n, sizeof *zero), slack;
		struct sample s[2];
		struct play p;

		cr_assert(
			zero && play_start(&p, "s-adam",
					"lr=0,k=2000,variance=population,lgi_eps=0,delta=0.001",
					problem, "", zero, n) == 0,
			"%s", p.why.text);
		collect(&p, STEPS, s);
		slack = 6e-5 +
			2.0 / K; /* the table's digits; the bias of a ratio of k numbers */
		cr_assert(fabs(s[0].mean - expected) <= sigmas * s[0].error + slack,
			"%s, n = %zu: %.6f +- %.6f, expected %.6f", problem, n, s[0].mean,
			s[0].error, expected);
		play_end(&p);
		free(zero);
		compared++;
	}
	cr_assert(compared >= 20, "only %zu places", compared);
	cJSON_Delete(all);
	no_leak();
}

/* Where f is smooth: the mean and bounds of the index, the mean of the damping, and that the
 * control adamw-damped has that damping. */
Test(lgi, expected_damping, .timeout = 60)
{
	enum { N = 400, STEPS = 2500 };
	cJSON *all = play_read("vectors.json");
	const cJSON *of, *list = cJSON_GetObjectItem(
				 cJSON_GetObjectItem(all, "lgi_table"), "expected_damping");
	double zero[1] = { 0 };

	cJSON_ArrayForEach(of, list)
	{
		double lambda = cJSON_GetObjectItem(of, "lambda")->valuedouble;
		double expected = cJSON_GetObjectItem(of, "value")->valuedouble;
		double k = cJSON_GetObjectItem(of, "k")->valuedouble;
		struct sample s[2], *index = &s[0], *damp = &s[1];
		char options[80], control[80];
		struct play p;

		snprintf(options, sizeof options, "lr=0,k=%g,lambda=%g", k, lambda);
		snprintf(control, sizeof control, "lr=1,k=%g,lambda=%g,eps=0,weight_decay=0", k,
			lambda);
		cr_assert(play_start(&p, "adamw-damped", control, "linear", "", zero, 1) == 0,
			"%s", p.why.text);
		play_step(&p);
		cr_assert(fabs(-p.x[0] - expected) < 6e-6, "k = %g: %.7f, expected %.7f", k,
			-p.x[0], expected);
		expected = -p.x[0];
		play_end(&p);

		cr_assert(play_start(&p, "s-adam", options, "linear", "", NULL, N) == 0, "%s",
			p.why.text);
		collect(&p, STEPS, s);
		cr_assert(fabs(damp->mean - expected) <= sigmas * damp->error + 1.0 / N,
			"k = %g: damping %.5f +- %.5f, expected %.5f", k, damp->mean,
			damp->error, expected);
		cr_assert(fabs(index->mean - 1) <= sigmas * index->error + 1.0 / N,
			"k = %g: index %.5f +- %.5f, expected 1", k, index->mean, index->error);
		cr_assert(index->most <= k / (k - 1) * (1 + 1e-12), "k = %g: index %g", k,
			index->most);
		cr_assert(fabs(index->error * sqrt((double)STEPS) /
					  sqrt(2 / ((k - 1) * (k + 2))) -
				  1) < 0.15,
			"k = %g: spread %g", k, index->error * sqrt((double)STEPS));
		play_end(&p);
	}
	cJSON_Delete(all);
	no_leak();
}

/* In one dimension u is +-1: no spread with probability 2^(1-k). */
Test(lgi, one_dimension, .timeout = 60)
{
	enum { STEPS = 4000 };

	for (int k = 2; k <= 6; k++) {
		double none = 0, chance = pow(2, 1 - k), start[1] = { 0.3 };
		char options[80];
		struct play p;

		snprintf(options, sizeof options, "lr=0,k=%d,lgi_eps=0", k);
		cr_assert(play_start(&p, "s-adam", options, "linear", "", start, 1) == 0, "%s",
			p.why.text);
		for (int t = 0; t < STEPS; t++) {
			play_step(&p);
			none += p.f.reported[0] < 1e-6;
			if (k == 2)
				cr_assert(p.f.reported[0] < 1e-6 ||
						  fabs(p.f.reported[0] - 2) < 1e-6,
					"k = 2: index %g", p.f.reported[0]);
		}
		cr_assert(fabs(none - STEPS * chance) <=
				  sigmas * sqrt(STEPS * chance * (1 - chance)),
			"k = %d: %g of %d without spread, expected %g", k, none, STEPS,
			STEPS * chance);
		play_end(&p);
	}
	no_leak();
}

/* Directions are uniform on the circle: chi-square over 16 sectors. */
Test(lgi, uniform_directions, .timeout = 60)
{
	enum { SECTORS = 16, STEPS = 1000, K = 32 };
	double start[2] = { 0.3, -0.2 }, chi = 0, each = (double)STEPS * K / SECTORS;
	size_t count[SECTORS] = { 0 };
	struct play p;

	playground_calls = 0;
	cr_assert(
		play_start(&p, "s-adam", "lr=0,k=32,delta=0.5", "recorded", "", start, 2) == 0,
		"%s", p.why.text);
	for (int t = 0; t < STEPS; t++) {
		playground_calls = 0;
		play_step(&p);
		cr_assert(playground_calls == K + 1, "%zu calls", playground_calls);
		for (int i = 1; i <= K; i++) {
			double angle = atan2(playground_seen[i][1] - start[1],
				playground_seen[i][0] - start[0]);

			count[(size_t)((angle / M_PI + 1) / 2 * SECTORS) % SECTORS]++;
		}
	}
	for (int i = 0; i < SECTORS; i++)
		chi += ((double)count[i] - each) * ((double)count[i] - each) / each;
	cr_assert(gsl_cdf_chisq_Q(chi, SECTORS - 1) > 1e-6, "chi-square %g of %d", chi,
		SECTORS - 1);
	play_end(&p);
	no_leak();
}

static double length(const double *a, const double *b, size_t from, size_t to)
{
	double sum = 0;

	for (size_t i = from; i < to; i++)
		sum += (a[i] - b[i]) * (a[i] - b[i]);
	return sqrt(sum);
}

/* Each probe is delta away, as a whole or in each block; the index is what its values say. */
Test(lgi, probes, .timeout = 60)
{
	enum { N = 12, K = 5 };
	static const double delta = 0.02;
	struct play p;
	double x[N];

	for (int block = 0; block < 2; block++) {
		double D[K], mean = 0, square = 0, spread = 0;

		cr_assert(play_start(&p, "s-adam",
				  block ? "sphere=block,k=5,delta=0.02" : "k=5,delta=0.02",
				  "recorded-blocks", "a=1,b=3", NULL, N) == 0,
			"%s", p.why.text);
		memcpy(x, p.x, sizeof x);
		playground_calls = 0;
		play_step(&p);
		cr_assert(p.f.calls[CALL_VALUE] == K && p.f.calls[CALL_SUBGRADIENT] == 1,
			"%lu values, %lu subgradients", (unsigned long)p.f.calls[CALL_VALUE],
			(unsigned long)p.f.calls[CALL_SUBGRADIENT]);
		for (int i = 0; i < K; i++) {
			const double *y = playground_seen[i + 1];

			if (block) {
				cr_assert(fabs(length(y, x, 0, N / 3) - delta) < 1e-12,
					"first block");
				cr_assert(fabs(length(y, x, N / 3, N) - delta) < 1e-12,
					"second block");
			} else {
				cr_assert(fabs(length(y, x, 0, N) - delta) < 1e-12,
					"joint sphere");
			}
			D[i] = (instance_eval(&p.in, y, NULL) - instance_eval(&p.in, x, NULL)) /
			       delta;
			mean += D[i] / K;
			square += D[i] * D[i] / K;
		}
		for (int i = 0; i < K; i++)
			spread += (D[i] - mean) * (D[i] - mean) / (K - 1);
		cr_assert(fabs(p.f.reported[0] - spread / (square + 1e-6)) < 1e-9,
			"index %.12g", p.f.reported[0]);
		cr_assert(fabs(p.f.reported[1] - exp(-2 * p.f.reported[0])) < 1e-12,
			"damping %.12g", p.f.reported[1]);
		play_end(&p);
	}
	no_leak();
}

/* Without damping there is nothing to probe for; with an interval only some steps do. */
Test(lgi, cost, .timeout = 60)
{
	static const struct {
		const char *options;
		size_t values;
	} rows[] = {
		{ "lambda=0", 0 },
		{ "k=1", 0 },
		{ "k=1,index=variance", 0 },
		{ "k=3", 300 },
		{ "k=3,interval=10", 33 },
		{ "k=1,index=residual", 100 },
		{ "k=3,index=curvature", 600 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct play p;

		cr_assert(
			play_start(&p, "s-adam", rows[i].options, "ellipse", "", NULL, 4) == 0,
			"%s", p.why.text);
		play_steps(&p, 100);
		cr_assert(p.f.calls[CALL_VALUE] == rows[i].values &&
				  p.f.calls[CALL_SUBGRADIENT] == 100,
			"%s: %lu values", rows[i].options,
			(unsigned long)p.f.calls[CALL_VALUE]);
		play_end(&p);
	}
	no_leak();
}

/* Gradient and probes see one sample: with noise on a linear f nothing is left to explain,
 * while the value changes from step to step. */
Test(lgi, one_sample_per_step, .timeout = 60)
{
	struct play p;
	double first = 0, start[3] = { 1, 2, 3 };

	cr_assert(play_start(&p, "s-adam", "lr=0,index=residual,k=4", "linear", "", start, 3) ==
			  0,
		"%s", p.why.text);
	oracle_free(&p.f);
	p.cell.noise = 5;
	cr_assert(oracle_init(&p.f, &p.cell, &p.in) == 0, "out of memory");
	for (int t = 0; t < 20; t++) {
		play_step(&p);
		cr_assert(p.f.reported[0] < 1e-18, "residual %g", p.f.reported[0]);
		if (t == 0)
			first = p.f.xi[0];
	}
	cr_assert(first != p.f.xi[0], "the noise does not change");
	play_end(&p);
	no_leak();
}

/* The two-sided second difference sees a kink and no slope; the published index sees neither
 * so. */
Test(lgi, curvature_sees_kinks, .timeout = 60)
{
	double zero[1] = { 0 }, off[1] = { 3 };
	struct play p;

	cr_assert(play_start(&p, "s-adam", "index=curvature,lr=0,k=3", "absolute", "", zero,
			  1) == 0,
		"%s", p.why.text);
	play_step(&p);
	cr_assert(fabs(p.f.reported[0] - 2) < 1e-9, "at the kink of |x|: %g", p.f.reported[0]);
	play_end(&p);
	cr_assert(play_start(&p, "s-adam", "index=curvature,lr=0,k=3", "absolute", "", off,
			  1) == 0,
		"%s", p.why.text);
	play_step(&p);
	cr_assert(fabs(p.f.reported[0]) < 1e-9, "far from it: %g", p.f.reported[0]);
	play_end(&p);
	no_leak();
}
