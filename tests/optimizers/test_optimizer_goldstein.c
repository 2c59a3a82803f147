/* test_optimizer_goldstein.c -- the methods for Goldstein stationarity: where they look, what
 * they draw, and whether their certificates hold. */
#include <string.h>
#include "leak.h"
#include "play.h"

static void start(struct play *p, const char *optimizer, const char *options,
	const char *problem, const char *problem_options, const double *x0, size_t n)
{
	playground_calls = 0;
	cr_assert(play_start(p, optimizer, options, problem, problem_options, x0, n) == 0,
		"%s:%s: %s", optimizer, options, p->why.text);
}

/* Every gradient of O2NC lies on the way from the last iterate to the next, half of it on
 * average. */
Test(goldstein, points_of_o2nc, .timeout = 20)
{
	enum { STEPS = 2000 };
	double x0[2] = { 3, -2 }, last[2], sum = 0, square = 0;
	struct play p;
	int moves = 0;

	start(&p, "o2nc", "answer=iterate,delta=0.01,period=5", "recorded", "a=1,b=3", x0, 2);
	for (int t = 0; t < STEPS; t++) {
		double move[2], way[2], length, part;

		memcpy(last, p.x, sizeof last);
		cr_assert(play_step(&p) == NSO_CONTINUE, "step %d fails", t);
		for (int i = 0; i < 2; i++) {
			move[i] = p.x[i] - last[i];
			way[i] = playground_seen[t % PLAYGROUND_SEEN][i] - last[i];
		}
		length = hypot(move[0], move[1]);
		cr_assert(length <= 0.01 / 5 * (1 + 1e-9), "step %d is %g long", t, length);
		if (length == 0)
			continue;
		part = (way[0] * move[0] + way[1] * move[1]) / (length * length);
		cr_assert(fabs(way[0] * move[1] - way[1] * move[0]) < 1e-9 * length,
			"step %d: not on the way", t);
		cr_assert(part > -1e-9 && part < 1 + 1e-9, "step %d: %g of the way", t, part);
		sum += part;
		square += part * part;
		moves++;
	}
	play_end(&p);
	cr_assert(moves > STEPS / 2, "only %d moves", moves);
	/* four standard deviations of the mean of 1600 uniform numbers, and of their squares */
	cr_assert(fabs(sum / moves - 0.5) < 0.03, "mean %g", sum / moves);
	cr_assert(fabs(square / moves - 1 / 3.0) < 0.03, "mean square %g", square / moves);
	no_leak();
}

/* On a line of slope 1 the moves are known, and so is what scales them. */
Test(goldstein, scalings_are_exponential, .timeout = 20)
{
	enum { STEPS = 4000 };
	double x0[1] = { 0 }, move = 0, sum = 0, square = 0;
	struct play p;

	start(&p, "exponentiated-o2nc", "lr=0.1,beta=0.5", "linear", "", x0, 1);
	for (int t = 0; t < STEPS; t++) {
		double last = p.x[0], s;

		play_step(&p);
		move = 0.5 * (move - 0.1);
		s = (p.x[0] - last) / move;
		cr_assert(s > 0, "step %d: %g", t, s);
		sum += s;
		square += s * s;
	}
	play_end(&p);
	cr_assert(fabs(sum / STEPS - 1) < 0.07, "mean %g", sum / STEPS);
	cr_assert(fabs(square / STEPS - 2) < 0.3, "mean square %g", square / STEPS);
	no_leak();
}

/* The two values stand on both sides of a point, nu away; their difference is the slope on
 * average. */
Test(goldstein, zeroth_order_estimates, .timeout = 20)
{
	enum { N = 5, STEPS = 4000 };
	double x0[N] = { 1, 2, 3, 4, 5 }, last[N];
	struct play p;

	start(&p, "zeroth-order-goldstein", "scaling=none,answer=iterate,nu=0.25", "recorded",
		"", x0, N);
	for (int t = 0; t < 20; t++) {
		double square = 0, apart = 0;

		play_step(&p);
		for (int i = 0; i < N; i++) {
			double up = playground_seen[2 * t][i],
			       down = playground_seen[2 * t + 1][i];

			apart += fabs((up + down) / 2 - p.x[i]);
			square += (up - down) * (up - down) / 4;
		}
		cr_assert(apart < 1e-12, "step %d: not around z", t);
		cr_assert(
			fabs(sqrt(square) - 0.25) < 1e-12, "step %d: %g away", t, sqrt(square));
	}
	play_end(&p);
	start(&p, "zeroth-order-goldstein",
		"scaling=none,answer=iterate,nu=0.25,lr=1e-3,delta=1e12,period=1000000",
		"linear", "", x0, N);
	play_steps(&p, STEPS);
	memcpy(last, p.x, sizeof last);
	play_step(&p);
	for (int i = 0; i < N; i++) { /* the last move is lr times the sum of all estimates */
		double slope = -(p.x[i] - last[i]) / (1e-3 * STEPS);

		cr_assert(fabs(slope - 1) < 0.15, "slope %d: %g", i, slope);
	}
	play_end(&p);
	no_leak();
}

/* |grad f(mean)| <= certificate + L radius where the gradient has the Lipschitz constant L. */
Test(goldstein, certificates_hold, .timeout = 20)
{
	static const char *const methods[][2] = {
		{ "o2nc", "delta=0.3,period=20" },
		{ "exponentiated-o2nc", "answer=mean,lr=1e-4" },
		{ "derandomised-o2nc", "lr=0.01,period=30" },
	};
	double x0[3] = { 1, -2, 0.5 };

	for (size_t k = 0; k < 3; k++) {
		struct play p;
		double least = INFINITY;

		start(&p, methods[k][0], methods[k][1], "ellipse", "", x0, 3);
		for (int t = 0; t < 400; t++) {
			double norm;

			play_step(&p);
			norm = sqrt(
				p.x[0] * p.x[0] + 4 * p.x[1] * p.x[1] + 9 * p.x[2] * p.x[2]);
			cr_assert(norm <= p.f.reported[0] + 3 * p.f.reported[1] + 1e-9,
				"%s, step %d: |g| = %g, certificate %g, radius %g",
				methods[k][0], t, norm, p.f.reported[0], p.f.reported[1]);
			least = fmin(least, p.f.reported[0]);
		}
		cr_assert(least < 3, "%s certifies only %g", methods[k][0], least);
		play_end(&p);
	}
	no_leak();
}

/* NTDescent on a sharp function of one kink in every direction: the gap falls to rounding. */
Test(goldstein, ntd_is_fast, .timeout = 20)
{
	double x0[3] = { 1.037, -0.4713, 0.7219 };
	struct play p;

	start(&p, "ntd", "", "manhattan", "", x0, 3);
	play_steps(&p, 60);
	cr_assert(play_value(&p) < 1e-10, "f = %g after 60 steps", play_value(&p));
	play_end(&p);
	no_leak();
}

/* Blocks count for themselves: two coordinates and four. */
Test(goldstein, blocks, .timeout = 20)
{
	double x0[6] = { 2, 2, 2, 2, 2, 2 };
	struct play p;

	start(&p, "cautious-lion", "lr=0.3", "recorded-blocks", "", x0, 6);
	play_step(&p);
	for (int i = 0; i < 6; i++)
		cr_assert(fabs(p.x[i] - (2 - 0.3 * (i < 2 ? 2 / 3.0 : 4 / 5.0))) < 1e-12,
			"C-Lion: x[%d] = %.15g", i, p.x[i]);
	play_end(&p);
	start(&p, "mars", "lr=1,eps=1", "recorded-blocks", "", x0, 6);
	play_step(&p); /* c is as long as 1 in each block; x moves by c/(c + eps) */
	for (int i = 0; i < 6; i++) {
		double c = 1 / sqrt(i < 2 ? 2 : 4);

		cr_assert(fabs(p.x[i] - (2 - c / (c + 1))) < 1e-12, "MARS: x[%d] = %.15g", i,
			p.x[i]);
	}
	play_end(&p);
	no_leak();
}

/* What LookSAM and Sophia save. */
Test(goldstein, costs, .timeout = 20)
{
	static const struct {
		const char *optimizer, *options;
		unsigned subgradients;
	} costs[] = {
		{ "looksam", "k=4", 15 },
		{ "sophia", "k=4", 15 },
		{ "sophia", "k=4,estimator=squares", 12 },
		{ "momentum-sam", "", 12 },
		{ "mars", "exact=on", 23 },
		{ "sa-sam", "", 35 },
	};
	double x0[2] = { 1, 2 };

	for (size_t k = 0; k < sizeof costs / sizeof *costs; k++) {
		struct play p;

		start(&p, costs[k].optimizer, costs[k].options, "quadratic", "", x0, 2);
		play_steps(&p, 12);
		cr_assert(p.f.calls[CALL_SUBGRADIENT] == costs[k].subgradients,
			"%s:%s: %u subgradients", costs[k].optimizer, costs[k].options,
			(unsigned)p.f.calls[CALL_SUBGRADIENT]);
		play_end(&p);
	}
	no_leak();
}
