/* table.h -- a table that prints as text, CSV, JSON and HTML. */
#ifndef TABLE_H
#define TABLE_H

#include <stdio.h>

/* Cells come row by row. */
enum { WIDE = 64 }; /* added to digits: only in CSV and JSON */
struct head {
	const char *name, *key; /* as printed; as in CSV and JSON */
	int digits;             /* significant digits in print; 0: a text */
};
struct field {
	const char *text; /* NULL: the number */
	double v;
};
struct table {
	const char *title;
	const struct head *head; /* ends with a NULL name */
	size_t columns, cells, room;
	struct field *cell;
	int lost; /* memory was short */
};
void table_start(struct table *t, const char *title, const struct head *head);
void table_text(struct table *t, const char *text); /* borrowed */
void table_number(struct table *t, double v);
void table_numbers(struct table *t, size_t count, const double *v);
void table_free(struct table *t);
void table_print(const struct table *t, FILE *out);
void table_csv(const struct table *t, FILE *out, int first); /* first: with the line of names */
void table_json(const struct table *t, FILE *out);
void table_html(const struct table *t, FILE *out);

#endif
