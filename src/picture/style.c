/* style.c -- how methods look in every picture. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/ranking.h"
#include "picture/style.h"

/* Okabe, Ito 2008 (safe for the colour-blind); yellow, too pale for a line on white, gives way
 * to a dark red. For dark pages the same hues, lighter where they would sink. */
static const struct {
	const char *light, *dark;
} colours[COLOURS] = { { "#0072B2", "#4C9FE0" }, { "#D55E00", "#F0812F" },
	{ "#009E73", "#1FBF94" }, { "#CC79A7", "#E29CC4" }, { "#E69F00", "#F2B733" },
	{ "#56B4E9", "#A5D8F7" }, { "#882255", "#C9608F" }, { "#000000", "#F2F2F2" } };

static const struct {
	int type;
	const char *lengths;
} dashes[DASHES] = { { 1, "" }, { 2, "5 2.5" }, { 4, "7 2.5 1.5 2.5" } };

static const struct {
	int type;
	const char *shape;
} marks[] = { { 7, "circle" }, { 5, "square" }, { 9, "triangle" }, { 13, "diamond" },
	{ 11, "down" }, { 15, "pentagon" }, { 2, "cross" }, { 1, "plus" } };
enum { MARKS = sizeof marks / sizeof *marks };

struct look look_of(size_t place)
{
	size_t colour = place % COLOURS, dash = place / COLOURS % DASHES,
	       mark = (colour + 3 * dash) % MARKS;

	return (struct look){ colours[colour].light, colours[colour].dark, dashes[dash].type,
		dashes[dash].lengths, marks[mark].type, marks[mark].shape };
}

struct ranked {
	int highlit;
	double rank;
	size_t method;
};

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->highlit != y->highlit)
		return y->highlit - x->highlit;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->method > y->method) - (x->method < y->method);
}

size_t *style_places(const struct study *s, const int *highlit)
{
	size_t methods = s->r->methods, *place = calloc(methods + 1, sizeof *place);
	struct ranked *list = calloc(methods + 1, sizeof *list);
	struct ranking r = { 0 };

	if (!place || !list || rank_methods(s, s->target, &r)) {
		free(place);
		free(list);
		return NULL;
	}
	for (size_t m = 0; m < methods; m++)
		list[m] = (struct ranked){ highlit && highlit[m],
			r.blocks ? r.mean_rank[m] : (double)m, m };
	qsort(list, methods, sizeof *list, by_rank);
	for (size_t i = 0; i < methods; i++)
		place[list[i].method] = i;
	ranking_free(&r);
	free(list);
	return place;
}

int looks_make(struct looks *l, const struct study *s, const int *highlit, int as_typed)
{
	size_t methods = s->r->methods;

	*l = (struct looks){ .methods = methods,
		.place = style_places(s, highlit),
		.position = calloc(methods + 1, sizeof *l->position),
		.highlit = highlit ? calloc(methods + 1, sizeof *l->highlit) : NULL };
	if (!l->place || !l->position || (highlit && !l->highlit)) {
		looks_free(l);
		return -1;
	}
	for (size_t m = 0; m < methods; m++)
		l->position[m] = as_typed ? m : l->place[m];
	if (highlit)
		memcpy(l->highlit, highlit, methods * sizeof *highlit);
	return 0;
}

void looks_free(struct looks *l)
{
	free(l->place);
	free(l->position);
	free(l->highlit);
	*l = (struct looks){ 0 };
}

size_t looks_at(const struct looks *l, size_t position)
{
	size_t m = 0;

	while (m + 1 < l->methods && l->position[m] != position)
		m++;
	return m;
}

enum { WORD = 10 };

static const char *look_word(int which, struct look look, int highlit, char word[WORD])
{
	if (which == 0)
		return look.colour;
	if (which == 3)
		return highlit > 0 ? "1.5" : highlit < 0 ? "0.6" : "1";
	snprintf(word, WORD, "%d", which == 1 ? look.dash : look.mark);
	return word;
}

void looks_write(struct figure *f, size_t count, const size_t *place, const int *highlit)
{
	static const char *const names[] = { "colours", "dashes", "marks", "weights" };
	char *list = calloc(count + 1, WORD), word[WORD];
	int apart = 0;

	for (size_t i = 0; highlit && i < count; i++)
		apart |= highlit[i];
	for (int which = 0; list && which < 4; which++) {
		char *end = list;

		*list = 0;
		for (size_t i = 0; i < count; i++)
			end += sprintf(end, "%s%s", i ? " " : "",
				look_word(which, look_of(place ? place[i] : i),
					!apart       ? 0
					: highlit[i] ? 1
						     : -1,
					word));
		figure_line(f, "%s = '%s'", names[which], list);
	}
	free(list);
}

void looks_of_methods(
	struct figure *f, const struct looks *l, const size_t *method, size_t count)
{
	size_t *place = calloc(count + 1, sizeof *place);
	int *highlit = calloc(count + 1, sizeof *highlit);

	for (size_t i = 0; place && highlit && i < count; i++) {
		place[i] = l->place[method[i]];
		highlit[i] = l->highlit && l->highlit[method[i]];
	}
	if (place && highlit)
		looks_write(f, count, place, highlit);
	free(place);
	free(highlit);
}
