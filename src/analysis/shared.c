/* shared.c -- the runs of a method on a problem, and which of them may be compared: those on
 * problems, instances and seeds that all methods ran. */
#include <stdlib.h>
#include "analysis/study.h"

size_t study_runs(
	const struct study *s, size_t problem, size_t method, struct track *const **list)
{
	size_t k = problem * s->r->methods + method;

	*list = s->of + s->first[k];
	return s->first[k + 1] - s->first[k];
}

int study_known(const struct study *s, size_t problem) { return s->guess[problem] == F_STAR; }

static long long instance_of(const struct run *run) { return run->instance; }
static long long seed_of(const struct run *run) { return run->seed; }

/* Of a list sorted by what `of` tells: the first that is not below. */
static size_t first_from(struct track *const *list, size_t count,
	long long (*of)(const struct run *), long long least)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (of(list[middle]->run) < least)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The runs of a method on a problem that are on this instance: a stretch of the list, sorted by
 * seed. */
static size_t on_instance(
	struct track *const *list, size_t count, int instance, struct track *const **out)
{
	size_t low = first_from(list, count, instance_of, instance);

	*out = list + low;
	return first_from(list, count, instance_of, (long long)instance + 1) - low;
}

static int has_seed(struct track *const *list, size_t count, long long seed)
{
	size_t at = first_from(list, count, seed_of, seed);

	return at < count && list[at]->run->seed == seed;
}

/* Every method has a run on this instance and seed. One that ran an instance once stands for
 * all seeds: the plan repeats only what is random. */
static int all_have(const struct study *s, const struct run *run, size_t own)
{
	for (size_t m = 0; m < s->r->methods; m++) {
		struct track *const *list, *const *here;
		size_t count;

		if (m == run->method)
			continue;
		count = study_runs(s, run->problem, m, &list);
		count = on_instance(list, count, run->instance, &here);
		if (!count || (count > 1 && own > 1 && !has_seed(here, count, run->seed)))
			return 0;
	}
	return 1;
}

/* The shared runs of a method on a problem, appended; how many. */
static size_t take(struct study *s, size_t problem, size_t method, size_t at)
{
	struct track *const *list, *const *here;
	size_t count = study_runs(s, problem, method, &list), taken = 0, own = 0;

	for (size_t i = 0; i < count; i++) {
		const struct run *run = list[i]->run;

		if (!i || run->instance != list[i - 1]->run->instance)
			own = on_instance(list, count, run->instance, &here);
		if (all_have(s, run, own))
			s->shared[at + taken++] = list[i];
	}
	return taken;
}

int study_share(struct study *s)
{
	size_t methods = s->r->methods, problems = s->r->problems, at = 0;

	s->shared = calloc(s->tracks + 1, sizeof(struct track *));
	s->shared_first = calloc(problems * methods + 1, sizeof *s->shared_first);
	s->common = calloc(problems + 1, sizeof *s->common);
	if (!s->shared || !s->shared_first || !s->common)
		return -1;
	for (size_t p = 0; p < problems; p++) {
		size_t *first = s->shared_first + p * methods, before = at, least = (size_t)-1,
		       all = 0;

		for (size_t m = 0; m < methods; m++) {
			struct track *const *list;
			size_t taken = take(s, p, m, at);

			all += study_runs(s, p, m, &list);
			first[m] = at;
			at += taken;
			least = taken < least ? taken : least;
		}
		if (methods && least) {
			s->common[s->commons++] = p;
			s->left_runs += all - (at - before);
			continue;
		}
		for (size_t m = 0; m < methods; m++)
			first[m] = before;
		at = before;
	}
	s->shared_first[problems * methods] = at;
	return 0;
}

size_t study_shared(
	const struct study *s, size_t problem, size_t method, struct track *const **list)
{
	size_t k = problem * s->r->methods + method;

	*list = s->shared + s->shared_first[k];
	return s->shared_first[k + 1] - s->shared_first[k];
}
