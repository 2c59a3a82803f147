/* style.c -- how methods look in every picture. */
#include <stdlib.h>
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
