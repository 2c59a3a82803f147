/* fields.h -- the fields of a CSV file, one after the other. */
#ifndef DATA_FIELDS_H
#define DATA_FIELDS_H

#include "samples.h"

enum field_kind { NUMBER, MISSING, ENDLESS, WORD }; /* what a field holds */

struct csv {
	const struct file *f;
	struct reason why;
	struct samples *s;
	const char *at;      /* the next field */
	size_t line, column; /* of the field in word[], counted from 1 */
	size_t lines;        /* line ends passed */
	char separator, decimal;
	char word[WORD_ROOM];         /* the field, without quotes and blanks around it */
	char **name;                  /* of the columns; NULL without a header */
	size_t columns, target, room; /* target == columns: there is none */
	int numbers;                  /* the target has held a number */
};

/* The next field in word[], line and column (the caller's) its place: 0 when others follow on
 * its line, 1 when it is the last, -1 refused. */
int csv_field(struct csv *c);
void csv_skip_blanks(struct csv *c);
int csv_pass_line_end(struct csv *c); /* 0 where there is none */
int csv_at_line_end(const char *s);
/* What a word is, and its value in *v where it is a number; decimal: '.' or ','. */
enum field_kind csv_kind(const char *word, char decimal, double *v);
const char *csv_separator(char separator);

/* -1, and why with the place of the field. */
int csv_refuse(const struct csv *c, const char *found, const char *expected);
int csv_refuse_word(const struct csv *c, const char *expected);

#endif
