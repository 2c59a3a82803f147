/* style.h -- how methods look in every picture, drawn by gnuplot or by a browser: one table. */
#ifndef STYLE_H
#define STYLE_H

#include "analysis/study.h"

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

/* The place of each method, freed by the caller: those that are highlit (NULL: none is) in
 * front, each part by mean rank over the problems in common, so that the best method is at
 * place 0 and has the first colour; where nothing is in common, as the methods stand. NULL: no
 * memory. */
size_t *style_places(const struct study *s, const int *highlit);

#endif
