/* labels.c -- the order of problems and methods, and labels that tell each from its like. */
#include <stdlib.h>
#include <string.h>
#include "analysis/records.h"

static int differs(
	const struct entry *list, size_t count, const struct entry *e, const char *name)
{
	const char *mine = entry_option(e, name);

	for (size_t i = 0; i < count; i++)
		if (list[i].name == e->name && entry_option(&list[i], name) != mine)
			return 1;
	return 0;
}

static int label(struct records *r, struct entry *list, size_t count, struct entry *e)
{
	char text[400];
	size_t used =
		(size_t)snprintf(text, sizeof text, "%.100s", *e->title ? e->title : e->name);
	const char *n = entry_option(e, "n"), *data = entry_option(e, "data");
	int first = 1, own = list == r->problem && data && *data; /* a file knows its own n */

	if (list == r->problem && (!n || own) && e->n > 0)
		used += (size_t)snprintf(text + used, sizeof text - used, " n=%.0f", e->n);
	for (size_t i = 0; i < e->pairs && used < sizeof text; i++) {
		const char *name = e->pair[2 * i], *value = e->pair[2 * i + 1];
		int always = list == r->problem ? !strcmp(name, "n")
						: !strcmp(name, "from") || i >= e->options_only;

		if (own && !strcmp(name, "n"))
			continue;
		if (!always && !(own && value == data) && !differs(list, count, e, name))
			continue;
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s=%s",
			first || always ? " " : ", ", name, value);
		first = 0;
	}
	text[sizeof text - 1] = 0;
	return (e->label = arena_text(&r->arena, text, strlen(text))) ? 0 : -1;
}

/* Two entries may still look alike (titles shared by two methods): the name tells them apart.
 */
static int tell_apart(struct records *r, struct entry *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count; k++)
			if (list[i].label == list[k].label) {
				const char *text =
					list[k].name == list[i].name
						? arena_print(&r->arena, "%s (%zu)",
							  list[k].label, k + 1)
						: arena_print(&r->arena, "%s (%s)",
							  list[k].label, list[k].name);

				if (!text || !(list[k].label = arena_text(
						       &r->arena, text, strlen(text))))
					return -1;
			}
	return 0;
}

static int by_order(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->order != y->order)
		return (x->order > y->order) - (x->order < y->order);
	return (x->n > y->n) - (x->n < y->n); /* n: the place before, see arrange */
}

/* Sorts a list by the numbers of its cells; place[old] is the new place. Stable. */
static int arrange(struct entry *list, size_t count, size_t *place)
{
	double *n = malloc((count + 1) * sizeof *n);

	if (!n)
		return -1;
	for (size_t i = 0; i < count; i++) {
		n[i] = list[i].n;
		list[i].n = (double)i;
	}
	qsort(list, count, sizeof *list, by_order);
	for (size_t i = 0; i < count; i++) {
		size_t before = (size_t)list[i].n;

		place[before] = i;
		list[i].n = n[before];
	}
	free(n);
	return 0;
}

static int in_order(struct records *r)
{
	size_t *problem = malloc((r->problems + r->methods + 1) * sizeof *problem),
	       *method = problem + r->problems;
	int bad = !problem || arrange(r->problem, r->problems, problem) ||
		  arrange(r->method, r->methods, method);

	for (size_t i = 0; i < r->runs && !bad; i++) {
		r->run[i].problem = problem[r->run[i].problem];
		r->run[i].method = method[r->run[i].method];
	}
	free(problem);
	return bad ? -1 : 0;
}

int records_name(struct records *r)
{
	for (size_t i = 0; i < r->problems; i++)
		if (label(r, r->problem, r->problems, &r->problem[i]))
			return -1;
	for (size_t i = 0; i < r->methods; i++)
		if (label(r, r->method, r->methods, &r->method[i]))
			return -1;
	return tell_apart(r, r->problem, r->problems) || tell_apart(r, r->method, r->methods)
		       ? -1
		       : 0;
}

int records_labels(struct records *r)
{
	return records_split(r) || in_order(r) || records_order(r) || records_name(r) ? -1 : 0;
}
