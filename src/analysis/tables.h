/* tables.h -- the tables that the summary prints and the report shows. */
#ifndef TABLES_H
#define TABLES_H

#include "analysis/profile.h"
#include "ground/table.h"

/* Each starts the table; 0, or -1 when memory is short. table_free in either case. */
int table_of_problem(const struct study *s, size_t problem, struct table *t);
/* A row per method over all problems. */
int table_overall(const struct study *s, const struct ranking *r, struct table *t);
/* A row per pair of methods: who is cheaper, by how much, how sure. */
int table_of_pairs(const struct study *s, const struct ranking *r, struct table *t);

/* All of them; -1: no memory. */
int summary_text(const struct study *s, FILE *out, int with_pairs);
int summary_csv(const struct study *s, FILE *out); /* the problems' tables only: one head */
int summary_json(const struct study *s, FILE *out);

enum { FEWEST_PROBLEMS = 6 }; /* below, no rank test can reach 0.05: a verdict is refused */

#endif
