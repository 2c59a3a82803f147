/* listing.h -- entries of the registry as text and JSON, for `list` and `show`. */
#ifndef LISTING_H
#define LISTING_H

#include "ground/text.h"
#include "run/cell.h"

/* Its words without braces: name, title, group, formula, reference, offers. */
void problem_words_json(struct text *t, const struct nso_problem *p);
void problem_json(struct text *t, const struct nso_problem *p);
void optimizer_json(struct text *t, const struct nso_optimizer *o);

/* measures.c: formula, source and cost of what --measure takes */
void measures_json(struct text *t); /* an array of all */
void measures_print(void);
int measure_show(const char *name, int json); /* -1: no measure is named so */
/* "clarke 1, goldstein 121": the most calls at a point of a trace, whatever n, of each measure
 * that the cells marked in todo ask for. 0: none does. */
int measures_announce(
	const struct cell *cell, const char *todo, size_t count, struct text *out);

#endif
