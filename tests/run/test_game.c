/* test_game.c -- games: each player sees its own block, loss and turns; counts and replay. */
#include <stdlib.h>
#include <string.h>
#include <criterion/criterion.h>
#include "leak.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"

/* Two players on (x, y) in R^3: f_0 = |x - (1, y)|^2 with x in R^2 (once a round), f_1 = (y -
 * x_0)^2 (twice a round), y clipped to [-0.5, 0.5]. */
static const struct nso_option options[] = { { 0 } };
static double seen[3];
static size_t played[16], plays;

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)opt, (void)rng;
	facts->n = 3;
	return calloc(1, 1);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	(void)self, (void)rng;
	x[0] = x[1] = 0;
	x[2] = 0.25;
}

static double eval(const void *self, const double *x, double *g)
{
	(void)self;
	for (size_t i = 0; g && i < 3; i++)
		g[i] = 2 * x[i];
	return x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
}

static void block(const void *self, size_t player, size_t *first, size_t *len)
{
	(void)self;
	*first = player ? 2 : 0;
	*len = player ? 1 : 2;
}

static size_t turns(const void *self, size_t player)
{
	(void)self;
	return player + 1;
}

static double loss(const void *self, size_t player, size_t k, const size_t *terms,
	const double *x, double *g)
{
	(void)self, (void)k, (void)terms;
	memcpy(seen, x, sizeof seen);
	if (plays < sizeof played / sizeof *played)
		played[plays++] = player;
	if (player) {
		if (g)
			g[0] = 2 * (x[2] - x[0]);
		return (x[2] - x[0]) * (x[2] - x[0]);
	}
	if (g) {
		g[0] = 2 * (x[0] - 1);
		g[1] = 2 * (x[1] - x[2]);
	}
	return (x[0] - 1) * (x[0] - 1) + (x[1] - x[2]) * (x[1] - x[2]);
}

static void settle(const void *self, size_t player, double *x)
{
	(void)self;
	if (player)
		x[2] = fmin(fmax(x[2], -0.5), 0.5);
}

static const struct nso_game rules = { 2, block, turns, loss, settle };
static const struct nso_problem problem = { .name = "toy",
	.title = "",
	.reference = "",
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.free = free,
	.game = &rules };

static struct record play(const struct nso_problem *p, const char *optimizer,
	const char *settings, size_t batch, double steps)
{
	struct cell c;
	struct instance in = { 0 };
	struct record r = { 0 };
	struct why why = { "" };

	plays = 0;
	cell_defaults(&c);
	c.problem = p;
	c.optimizer = optimizer_find(optimizer);
	option_defaults(p->options, c.popt);
	option_defaults(c.optimizer->options, c.oopt);
	cr_assert_eq(option_parse(c.optimizer->options, optimizer, settings, c.oopt, &why), 0,
		"%s", why.text);
	c.batch = batch;
	c.budget.steps = steps;
	c.record_x = 1;
	cr_assert_eq(instance_make(&in, p, c.popt, 0, &why), 0, "%s", why.text);
	cr_assert_eq(cell_run(&c, &in, &r), 0, "the run ends");
	cr_assert_eq(r.status, BUDGET, "status %s %s", status_words[r.status], r.reason);
	instance_free(&in);
	return r;
}

/* One round of gradient steps of 1/4, by hand: y = .25 -> .125 -> .0625 twice, then x. */
Test(game, one_round_by_hand, .timeout = 60)
{
	struct record r = play(&problem, "sgd", "lr=0.25", 0, 1);
	const double *x = r.x + (r.points - 1) * r.n;

	cr_expect_eq(r.calls[CALL_SUBGRADIENT], 3, "%llu subgradients",
		(unsigned long long)r.calls[CALL_SUBGRADIENT]);
	cr_expect(plays == 3 && played[0] == 1 && played[1] == 1 && played[2] == 0, "%zu plays",
		plays);
	cr_expect_eq(x[2], 0.0625, "y = %g", x[2]);
	cr_expect_eq(x[0], 0.5, "x_0 = %g", x[0]);
	cr_expect_eq(x[1], 0.03125, "x_1 = %g: player 0 sees y after player 1's turns", x[1]);
	cr_expect_eq(seen[2], 0.0625, "the other's block is held at %g", seen[2]);
	record_free(&r);
	no_leak();
}

/* The fixed point is x = (1, y), y = 1, which the clipping cuts to 0.5. */
Test(game, clipped_equilibrium, .timeout = 60)
{
	struct record r = play(&problem, "sgd", "lr=0.25", 0, 100);
	const double *x = r.x + (r.points - 1) * r.n;

	cr_expect(fabs(x[0] - 1) < 1e-12 && fabs(x[1] - 0.5) < 1e-12 && x[2] == 0.5,
		"(%g, %g, %g)", x[0], x[1], x[2]);
	record_free(&r);
	no_leak();
}

/* S-Adam's k probes and its subgradient count for every turn: 2 + 1 turns a round. */
Test(game, counts_of_probes, .timeout = 60)
{
	struct record r = play(&problem, "s-adam", "k=4", 0, 10);

	cr_expect_eq(r.calls[CALL_SUBGRADIENT], 30, "%llu subgradients",
		(unsigned long long)r.calls[CALL_SUBGRADIENT]);
	cr_expect_eq(r.calls[CALL_VALUE], 120, "%llu values",
		(unsigned long long)r.calls[CALL_VALUE]);
	record_free(&r);
	no_leak();
}

/* The GAN: replay gives the same bits, the critic stays in its box, both players move. */
Test(game, gan_replays, .timeout = 60)
{
	struct record a = play(problem_find("wgan-mix"), "adam", "lr=0.01", 32, 5);
	struct record b = play(problem_find("wgan-mix"), "adam", "lr=0.01", 32, 5);
	const double *first = a.x, *last = a.x + (a.points - 1) * a.n;
	size_t generator = 4 * 64 + 64 + 64 * 64 + 64 + 64 * 2 + 2, moved[2] = { 0, 0 };

	cr_expect_eq(a.calls[CALL_SUBGRADIENT], 30, "5 rounds of 5 + 1 turns: %llu",
		(unsigned long long)a.calls[CALL_SUBGRADIENT]);
	cr_assert_eq(a.points, b.points, "as many points");
	cr_expect_eq(memcmp(a.x, b.x, a.points * a.n * sizeof *a.x), 0, "the same bits");
	for (size_t i = 0; i < a.n; i++) {
		moved[i >= generator] += first[i] != last[i];
		cr_expect(i < generator || fabs(last[i]) <= 0.1,
			"x[%zu] = %g is outside the box", i, last[i]);
	}
	cr_expect(moved[0] > generator / 2 && moved[1] > 1000, "%zu and %zu parameters moved",
		moved[0], moved[1]);
	record_free(&a);
	record_free(&b);
	no_leak();
}

Test(game, noise_is_refused, .timeout = 60)
{
	struct cell c;
	struct instance in = { 0 };
	struct why why = { "" };
	char reason[200] = "";

	cell_defaults(&c);
	c.problem = &problem;
	c.optimizer = optimizer_find("sgd");
	c.noise = 0.1;
	cr_assert_eq(instance_make(&in, &problem, c.popt, 0, &why), 0, "%s", why.text);
	cr_expect_neq(cell_lacks(&c, &in, reason, sizeof reason), 0, "noise on a game");
	cr_expect_not_null(strstr(reason, "game"), "reason: %s", reason);
	instance_free(&in);
	no_leak();
}
