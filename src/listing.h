/* listing.h -- entries of the registry as text and JSON, for `list` and `show`. */
#ifndef LISTING_H
#define LISTING_H

#include "core.h"
struct text;

void needs_json(struct text *t, unsigned bits);
void needs_print(FILE *out, unsigned bits);
void option_table_json(struct text *t, const struct nso_option *table);
void problem_json(struct text *t, const struct nso_problem *p);
void optimizer_json(struct text *t, const struct nso_optimizer *o);

#endif
