/* planner.c -- from the command line and a suite to the plan. */
#include <config.h>
#include "ground/find.h"
#include "ground/registry.h"
#include "run/plan.h"
#include <stdlib.h>

/* -P and -O without a suite: every pair, with the settings of the command line. */
static int plan_pairs(struct plan *plan, const struct typed *typed, struct why *why)
{
	struct choices p = { 0 }, o = { 0 };
	struct settings s;
	int bad = settings_init(&s) ? fail(why, "out of memory") : 0;

	for (size_t i = 0; !bad && i < typed->problems.count; i++)
		bad = choices_add(&p, 'p', typed->problems.at[i], why);
	for (size_t i = 0; !bad && i < typed->optimizers.count; i++)
		bad = choices_add(&o, 'o', typed->optimizers.at[i], why);
	bad = bad || settings_apply(typed->setting, &s, why);
	for (size_t i = 0; !bad && i < p.count; i++)
		for (size_t j = 0; !bad && j < o.count; j++)
			bad = plan_cross(plan, &p.at[i], &o.at[j], &s, why);
	settings_free(&s);
	choices_free(&p);
	choices_free(&o);
	return bad ? -1 : 0;
}

/* A name that is no suite's is often a problem's or a method's. */
static int suite_or_entry(const char *name, struct why *why)
{
	if (problem_find(name))
		return fail(why, "%s is a problem: -P %s", name, name);
	if (optimizer_find(name))
		return fail(why, "%s is an optimizer: -O %s", name, name);
	return -1;
}

int plan_make(struct plan *plan, const char *suite, const struct typed *typed, struct why *why)
{
	char *path;
	int bad;

	*plan = (struct plan){ 0 };
	if (!suite && typed->problems.count && typed->optimizers.count) {
		bad = plan_pairs(plan, typed, why);
	} else {
		path = shipped_find(SUITES, suite ? suite : "quick", why);
		bad = path    ? suite_unfold(path, typed, plan, why)
		      : suite ? suite_or_entry(suite, why)
			      : -1;
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
