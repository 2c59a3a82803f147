/* plan.c -- an array of cells: the cross product of problems, optimizers, instances and seeds.
 */
#include <config.h>
#include "ground/grow.h"
#include "run/keys.h"
#include "run/plan.h"
#include <stdlib.h>
#include <string.h>

int plan_append(struct plan *plan, const struct cell *cell)
{
	if (room_for(&plan->cell, plan->count + 1, &plan->room, sizeof *plan->cell))
		return -1;
	plan->cell[plan->count++] = *cell;
	return 0;
}

void plan_free(struct plan *plan)
{
	free(plan->cell);
	free(plan->name);
	free(plan->title);
	free(plan->source);
	*plan = (struct plan){ 0 };
}

int cell_is_random(const struct cell *c)
{
	return c->batch || c->noise > 0 || c->optimizer->needs & NSO_RANDOM ||
	       c->problem->traits & (NSO_RANDOM_START | NSO_NETWORK) ||
	       (c->instance > 0 && c->problem->instances & NSO_SHIFTED);
}

int plan_refuses(const struct nso_optimizer *o, const double *opt, struct why *why)
{
	const char *objection = o->refuses ? o->refuses(opt) : NULL;

	return objection ? fail(why, "%s: %s", o->name, objection) : 0;
}

int plan_cross(struct plan *plan, const struct choice *p, const struct choice *o,
	const struct settings *s, struct why *why)
{
	struct cell c = s->cell;

	if (plan_refuses(o->optimizer, o->opt, why))
		return -1;

	c.suite = plan->name;
	c.problem = p->problem;
	c.optimizer = o->optimizer;
	memcpy(c.popt, p->opt, sizeof c.popt);
	memcpy(c.oopt, o->opt, sizeof c.oopt);
	for (size_t i = 0; i < s->instance_count; i++)
		for (size_t k = 0; k < s->seed_count; k++) {
			c.instance = s->instances[i];
			c.seed = s->seeds[k];
			if (k && !cell_is_random(&c))
				break;
			if (plan_append(plan, &c))
				return fail(why, "out of memory");
		}
	return 0;
}

/* The same setting may come from two patterns; a cell is run once, where it came first. */
int plan_drop_repeats(struct plan *plan)
{
	char *twice = calloc(plan->count + 1, 1);
	struct keys keys = { 0 };
	size_t kept = 0;

	if (!twice || keys_make(&keys, plan)) {
		free(twice);
		return -1;
	}
	for (size_t i = 1; i < keys.count; i++)
		if (!memcmp(keys.at[i - 1].key, keys.at[i].key, 16))
			twice[keys.at[i].cell] = 1;
	for (size_t i = 0; i < plan->count; i++)
		if (!twice[i]) {
			plan->cell[kept] = plan->cell[i];
			plan->cell[kept].number = kept;
			kept++;
		}
	plan->count = kept;
	keys_free(&keys);
	free(twice);
	return 0;
}
