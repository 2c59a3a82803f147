/* record.h -- records and parts of them as JSON text. */
#ifndef RECORD_H
#define RECORD_H

#include "ground/text.h"
#include "run/cell.h"

void record_json(
	struct text *t, const struct cell *c, const struct record *r); /* with a newline */
void options_json(struct text *t, const struct nso_option *table, const double *value);
void option_value_json(struct text *t, const struct nso_option *option, double value);

#endif
