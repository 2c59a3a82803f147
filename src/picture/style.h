/* style.h -- how methods look in every picture, drawn by gnuplot or by a browser: one table. */
#ifndef STYLE_H
#define STYLE_H

#include "analysis/study.h"
#include "picture/figure.h"

/* The first LOOKS places differ in colour, dash and mark together; the places go round after
 * that. Any two of the first 8 differ in colour and mark, any 8 in a row in colour. */
enum { COLOURS = 8, DASHES = 3, LOOKS = COLOURS * DASHES };
struct look {
	const char *colour;  /* "#0072B2": told apart by the colour-blind, on white */
	const char *on_dark; /* the same on a dark page */
	int dash;            /* gnuplot's dashtype */
	const char *dashes;  /* lengths on and off at line width 1, "4 2"; "": solid */
	int mark;            /* gnuplot's pointtype */
	const char *shape;   /* "circle", "square", "triangle", "diamond", "down", "pentagon",
				"cross", "plus" */
};
struct look look_of(size_t place);

/* The methods of one call: where each stands in the table of looks and in legends and rows. */
struct looks {
	size_t methods;
	size_t *place;    /* of each method: its look, see style_places */
	size_t *position; /* of each method: in legends, rows and columns */
	int *highlit;     /* of each method; NULL: none is set apart */
};
/* The places of the methods, freed by the caller: those that are highlit (NULL: none is) in
 * front, each part by mean rank over the problems in common, so that the best method is at
 * place 0 and has the first colour; where nothing is in common, as the methods stand. NULL: no
 * memory. */
size_t *style_places(const struct study *s, const int *highlit);
/* Positions go by place, or, as_typed, as the methods stand. highlit is copied. -1: no memory.
 */
int looks_make(struct looks *l, const struct study *s, const int *highlit, int as_typed);
void looks_free(struct looks *l);
size_t looks_at(const struct looks *l, size_t position); /* the method that stands there */
/* The looks of curves 1..count of a picture, for the functions of plots/style.gp: place[i] of
 * curve i + 1 (NULL: i), and whether it is set apart (NULL: none is). */
void looks_write(struct figure *f, size_t count, const size_t *place, const int *highlit);
/* The same for methods: curve i + 1 is method[i]. */
void looks_of_methods(
	struct figure *f, const struct looks *l, const size_t *method, size_t count);

#endif
