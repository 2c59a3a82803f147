/* game.h -- the alternating optimizer that plays a problem's game. */
#ifndef GAME_H
#define GAME_H

#include "run/oracle.h"

/* A state for game_optimizer's step and free: the cell's method once for each player. NULL when
 * memory is short or the method will not start. */
void *game_init(
	const struct cell *c, const struct instance *in, struct nso_oracle *f, double *x);
extern const struct nso_optimizer game_optimizer;

#endif
