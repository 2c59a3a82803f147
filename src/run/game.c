/* game.c -- problems that are games: one instance of the method for each player, all in turn.
 * Each player's oracle is a view of the run's: its own block of x, its own loss, the others
 * held fixed; all calls count in the run's oracle. One step of the run is one round. */
#include <config.h>
#include "run/game.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>

struct seat {
	struct nso_oracle f;
	struct instance in; /* the player's facts; nothing of it is owned */
	struct table *table;
	size_t player, first, len, turns;
	size_t blocks, *block_ends;
	const size_t *block_rows;
	double *y;
	void *state;
};

struct table {
	const struct cell *cell;
	const struct nso_game *game;
	struct nso_oracle *run;
	double *x; /* what all players hold */
	size_t seats;
	struct seat seat[];
};

/* ---------------------------------------------------------------- one player ----------------- */

static double seat_eval(const void *self, const double *y, double *g)
{
	const struct seat *s = self;
	struct table *t = s->table;

	memcpy(t->x + s->first, y, s->len * sizeof *y);
	return t->game->loss(s->in.self, s->player, t->run->batch,
		t->run->batch ? t->run->terms : NULL, t->x, g);
}

/* The tensors that lie in the player's block, counted from its start. */
static void own_blocks(struct seat *s, const struct nso_facts *facts)
{
	for (size_t i = 0; i < facts->blocks; i++)
		if (facts->block_ends[i] > s->first &&
			facts->block_ends[i] <= s->first + s->len) {
			if (facts->block_rows && s->blocks == 0)
				s->block_rows = facts->block_rows + i;
			s->block_ends[s->blocks++] = facts->block_ends[i] - s->first;
		}
}

static int sit_down(struct seat *s, const struct instance *in)
{
	struct table *t = s->table;

	t->game->block(in->self, s->player, &s->first, &s->len);
	s->turns = t->game->turns(in->self, s->player);
	s->block_ends = calloc(in->facts.blocks + 1, sizeof *s->block_ends);
	s->y = calloc(s->len, sizeof *s->y);
	if (!s->block_ends || !s->y)
		return -1;
	own_blocks(s, &in->facts);
	s->in = *in;
	s->in.facts = facts_unknown(in->facts.traits);
	s->in.facts.n = s->len;
	s->in.facts.terms = in->facts.terms;
	s->in.facts.blocks = s->blocks;
	s->in.facts.block_ends = s->block_ends;
	s->in.facts.block_rows = s->block_rows;
	s->f = (struct nso_oracle){ .entry = t->cell->optimizer,
		.in = &s->in,
		.eval = seat_eval,
		.self = s,
		.n = s->len,
		.rate = 1,
		.best = INFINITY,
		.ceiling = DBL_MAX,
		.next_target = -INFINITY,
		.call_limit = INFINITY,
		.deadline = t->run->deadline,
		.share = t->run->share,
		.batch = t->run->batch,
		.method = t->run->method };
	for (int i = 0; i < NSO_MAX_COLUMNS; i++)
		s->f.reported[i] = NAN;
	memcpy(s->y, t->x + s->first, s->len * sizeof *s->y);
	s->state = t->cell->optimizer->init(&s->f, t->cell->oopt, s->y);
	memcpy(t->x + s->first, s->y, s->len * sizeof *s->y);
	return s->state ? 0 : -1;
}

static enum nso_status turn(struct seat *s)
{
	struct table *t = s->table;
	enum nso_status status;

	s->f.step++;
	s->f.rate = t->run->rate;
	status = t->cell->optimizer->step(s->state, &s->f, s->y);
	memcpy(t->x + s->first, s->y, s->len * sizeof *s->y);
	if (t->game->settle)
		t->game->settle(s->in.self, s->player, t->x);
	memcpy(s->y, t->x + s->first, s->len * sizeof *s->y);
	return status;
}

/* ---------------------------------------------------------------- the round ------------------ */

static void add_up(struct table *t)
{
	struct nso_oracle *run = t->run;

	memset(run->calls, 0, sizeof run->calls);
	memset(run->timing, 0, sizeof run->timing);
	for (size_t i = 0; i < t->seats; i++) {
		const struct nso_oracle *f = &t->seat[i].f;

		run->alarm |= f->alarm;
		for (int k = 0; k < CALL_KINDS; k++) {
			run->calls[k] += f->calls[k];
			run->timing[k].seconds += f->timing[k].seconds;
			run->timing[k].timed += f->timing[k].timed;
		}
	}
	memcpy(run->reported, t->seat[0].f.reported, sizeof run->reported);
}

/* The sample of the first turn is the run's; every further turn draws its own. */
static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct table *t = state;
	enum nso_status status = NSO_CONTINUE;
	int drawn = 1;

	memcpy(t->x, x, f->n * sizeof *x);
	for (size_t i = t->seats;
		i-- > 0 && status == NSO_CONTINUE;) /* critics before generators */
		for (size_t k = 0; k < t->seat[i].turns && status == NSO_CONTINUE; k++) {
			if (!drawn)
				oracle_draw(f);
			drawn = 0;
			status = turn(&t->seat[i]);
		}
	memcpy(x, t->x, f->n * sizeof *x);
	add_up(t);
	return status;
}

static void leave(void *state)
{
	struct table *t = state;

	if (!t)
		return;
	for (size_t i = 0; i < t->seats; i++) {
		if (t->seat[i].state)
			t->cell->optimizer->free(t->seat[i].state);
		free(t->seat[i].y);
		free(t->seat[i].block_ends);
	}
	free(t->x);
	free(t);
}

void *game_init(
	const struct cell *c, const struct instance *in, struct nso_oracle *f, double *x)
{
	const struct nso_game *game = in->problem->game;
	struct table *t = calloc(1, sizeof *t + game->players * sizeof *t->seat);

	if (!t || !(t->x = calloc(f->n, sizeof *t->x))) {
		leave(t);
		return NULL;
	}
	t->cell = c;
	t->game = game;
	t->run = f;
	memcpy(t->x, x, f->n * sizeof *x);
	for (; t->seats < game->players; t->seats++) {
		t->seat[t->seats].table = t;
		t->seat[t->seats].player = t->seats;
		if (sit_down(&t->seat[t->seats], in)) {
			t->seats++;
			leave(t);
			return NULL;
		}
	}
	memcpy(x, t->x, f->n * sizeof *x);
	add_up(t);
	return t;
}

const struct nso_optimizer game_optimizer = { .name = "game", .step = step, .free = leave };
