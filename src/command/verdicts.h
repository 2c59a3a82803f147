/* verdicts.h -- outcomes of claims as text, JSON and Markdown, on standard output. */
#ifndef VERDICTS_H
#define VERDICTS_H

#include "study/impostor.h"

void print_outcome(const struct outcome *o, int verbose);
void outcome_json(struct text *t, const struct outcome *o);
void outcome_markdown(const struct outcome *o);
void outcome_html(const struct outcome *o, FILE *out); /* a section of a report */
/* What a test says of each impostor, by enum impostor. */
void power_heading(void);
void power_row(const struct claim *c, const struct test_of_claim *t, const enum verdict *found);

#endif
