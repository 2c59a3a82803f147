/* planner.c -- from the command line and a suite to the plan. */
#include <config.h>
#include "ground/why.h"
#include "run/cell.h"
#include "run/plan.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* -P and -O without a suite: every pair, with the settings of the command line. */
static int plan_pairs(struct plan *plan, const struct override *over, struct why *why)
{
	static const int first[] = { 0 };
	struct choices p = { 0 }, o = { 0 };
	struct cell base;
	size_t seeds = over->seeds > 0 ? (size_t)over->seeds : 1, instance_count = 1;
	uint64_t *seed = calloc(seeds, sizeof *seed);
	int *instances = NULL, bad = !seed;

	cell_defaults(&base);
	for (size_t i = 0; seed && i < seeds; i++)
		seed[i] = i + 1;
	for (size_t i = 0; !bad && i < over->problem_count; i++)
		bad = choices_add(&p, 'p', over->problems[i], why);
	for (size_t i = 0; !bad && i < over->optimizer_count; i++)
		bad = choices_add(&o, 'o', over->optimizers[i], why);
	if (!bad && over->instances)
		bad = parse_list(over->instances, &instances, &instance_count, why);
	bad = bad || override_apply(over, &base, why);
	for (size_t i = 0; !bad && i < p.count; i++)
		for (size_t j = 0; !bad && j < o.count; j++)
			bad = plan_cross(plan, &p.at[i], &o.at[j], &base,
				instances ? instances : first, instance_count, seed, seeds, why);
	free(seed);
	free(instances);
	choices_free(&p);
	choices_free(&o);
	return bad ? -1 : 0;
}

int plan_make(struct plan *plan, const char *suite, const struct override *over, struct why *why)
{
	char *path;
	int bad;

	*plan = (struct plan){ 0 };
	if (!suite && over->problem_count && over->optimizer_count) {
		bad = plan_pairs(plan, over, why);
	} else {
		path = suite_find(suite ? suite : "quick", why);
		plan->source = path ? file_read(path, why) : NULL;
		bad = !plan->source || suite_unfold(path, plan->source, over, plan, why);
		free(path);
	}
	if (!bad && !plan->count)
		bad = fail(why, "nothing is left to run");
	if (!bad && plan_drop_repeats(plan))
		bad = fail(why, "out of memory");
	if (bad)
		plan_free(plan);
	return bad ? -1 : 0;
}
