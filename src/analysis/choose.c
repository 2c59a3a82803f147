/* choose.c -- some of the records in the order in which they were typed, and names of a user's
 * own for them. */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/choose.h"
#include "ground/number.h"
#include "ground/words.h"

static int same_value(const char *found, const char *typed)
{
	double a, b;

	if (!parse_double(found, &a) && !parse_double(typed, &b))
		return a == b;
	return !fnmatch(typed, found, 0);
}

/* "n=50,kappa=0.1": all of them. */
static int has_options(const struct entry *e, const char *options)
{
	char copy[512], *rest = copy;

	if ((size_t)snprintf(copy, sizeof copy, "%s", options) >= sizeof copy)
		return 0;
	for (char *word; (word = strtok_r(rest, ",", &rest));) {
		char *value = strchr(word, '=');
		const char *found;

		if (!value)
			return 0;
		*value++ = 0;
		found = entry_option(e, word);
		if (!found || !same_value(found, value))
			return 0;
	}
	return 1;
}

int entry_matches(const struct entry *e, const char *pattern)
{
	const char *colon = strchr(pattern, ':');
	char name[256];

	if (!fnmatch(pattern, e->label, 0) || !fnmatch(pattern, e->name, 0))
		return 1;
	snprintf(name, sizeof name, "%.*s", colon ? (int)(colon - pattern) : 255, pattern);
	return colon && !fnmatch(name, e->name, 0) && has_options(e, colon + 1);
}

/* That a pattern fits nothing is refused with the nearest name, or with the option that is not
 * so. */
static int refuse(const struct entry *list, size_t count, const char *what, const char *pattern,
	struct why *why)
{
	const char **names = calloc(2 * count + 1, sizeof *names);
	char name[256];
	int named = 0;

	if (!names)
		return fail(why, "out of memory");
	snprintf(name, sizeof name, "%.*s", (int)strcspn(pattern, ":"), pattern);
	for (size_t i = 0; i < count; i++) {
		names[i] = list[i].name;
		names[count + i] = list[i].label;
		named |= !fnmatch(name, list[i].name, 0);
	}
	if (named)
		fail(why, "'%s': the records have no %s of this name with these options",
			pattern, what);
	else
		fail(why, "'%s': no %s in the records is called so%s", pattern, what,
			did_you_mean(name, names, 2 * count).text);
	free(names);
	return -1;
}

/* to[i]: the new place of entry i, or count where no pattern fits it. How many are kept, 0 and
 * why: a pattern fits none. */
static size_t places(const struct entry *list, size_t count, const struct texts *patterns,
	const char *what, size_t *to, struct why *why)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		to[i] = patterns->count ? count : kept++;
	for (size_t k = 0; k < patterns->count; k++) {
		int any = 0;

		for (size_t i = 0; i < count; i++)
			if (entry_matches(&list[i], patterns->at[k])) {
				any = 1;
				if (to[i] == count)
					to[i] = kept++;
			}
		if (!any) {
			refuse(list, count, what, patterns->at[k], why);
			return 0;
		}
	}
	return kept;
}

static int move(struct entry *list, size_t count, const size_t *to)
{
	struct entry *copy = malloc((count + 1) * sizeof *copy);

	if (!copy)
		return -1;
	memcpy(copy, list, count * sizeof *copy);
	for (size_t i = 0; i < count; i++)
		if (to[i] < count)
			list[to[i]] = copy[i];
	free(copy);
	return 0;
}

int records_choose(struct records *r, const struct texts *problems, const struct texts *methods,
	struct why *why)
{
	size_t *to = calloc(r->problems + r->methods + 1, sizeof *to),
	       *method = to ? to + r->problems : NULL, runs = 0, kept[2];

	if (!to)
		return fail(why, "out of memory");
	kept[0] = places(r->problem, r->problems, problems, "problem", to, why);
	kept[1] =
		kept[0] ? places(r->method, r->methods, methods, "optimizer", method, why) : 0;
	if (!kept[1]) {
		free(to);
		return -1;
	}
	for (size_t i = 0; i < r->runs; i++) {
		struct run *run = &r->run[i];
		size_t p = to[run->problem], m = method[run->method];

		if (p == r->problems || m == r->methods)
			continue;
		r->run[runs] = *run;
		r->run[runs].problem = p;
		r->run[runs++].method = m;
	}
	if (move(r->problem, r->problems, to) || move(r->method, r->methods, method)) {
		free(to);
		return fail(why, "out of memory");
	}
	free(to);
	r->runs = runs;
	r->problems = kept[0];
	r->methods = kept[1];
	if (!runs)
		return fail(why, "none of the chosen optimizers ran on a chosen problem");
	return records_name(r) ? fail(why, "out of memory") : 0;
}

/* The one entry that a pattern fits, of either list. */
static struct entry *only(struct records *r, const char *pattern, struct why *why)
{
	struct entry *found = NULL;
	size_t fits = 0;

	for (size_t i = 0; i < r->methods + r->problems; i++) {
		struct entry *e = i < r->methods ? &r->method[i] : &r->problem[i - r->methods];

		if (entry_matches(e, pattern)) {
			found = e;
			fits++;
		}
	}
	if (fits == 1)
		return found;
	if (!fits)
		refuse(r->method, r->methods, "optimizer", pattern, why);
	else
		fail(why,
			"'%s' fits %zu of the records' names: one is expected, with the "
			"options that tell it apart",
			pattern, fits);
	return NULL;
}

int records_rename(struct records *r, const struct texts *names, struct why *why)
{
	for (size_t i = 0; i < names->count; i++) {
		const char *text = names->at[i], *last = strrchr(text, '=');
		char pattern[512];
		struct entry *e;

		if (!last || last == text || !last[1])
			return fail(why, "--label '%s': expected NAME[:OPTION=VALUE,...]=LABEL",
				text);
		snprintf(pattern, sizeof pattern, "%.*s", (int)(last - text), text);
		if (!(e = only(r, pattern, why)))
			return -1;
		e->given = arena_text(&r->arena, last + 1, strlen(last + 1));
		if (!e->given)
			return fail(why, "out of memory");
	}
	for (size_t i = 0; i < r->methods + r->problems; i++) {
		struct entry *e = i < r->methods ? &r->method[i] : &r->problem[i - r->methods];

		e->label = e->given ? e->given : e->label;
	}
	return 0;
}
