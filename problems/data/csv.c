/* csv.c -- rows of numbers from text with separators: RFC 4180, and what spreadsheets and
 * programs write besides it (byte order mark, semicolons, tabs, decimal commas, \r\n, lines
 * left empty). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "fields.h"

/* ------------------------------------------------------------------ the first line
 * ------------ */

static int choose_separator(struct csv *c, struct how how)
{
	static const char signs[] = { 0, ',', ';', '\t', ' ' };
	static const char by_strength[] = "\t;,";
	size_t found[128] = { 0 };
	int open = 0;

	for (const char *s = c->at; *s && (open || !csv_at_line_end(s)); s++) {
		open ^= *s == '"';
		if (!open && (unsigned char)*s < 128)
			found[(unsigned char)*s]++;
	}
	c->separator = signs[how.separator];
	for (const char *s = by_strength; !c->separator && *s; s++)
		if (found[(unsigned char)*s] && !(*s == ',' && c->decimal == ','))
			c->separator = *s;
	if (!c->separator && found[' ']) {
		const char *s = c->at + strspn(c->at, " ");

		s += strcspn(s, " \r\n");
		if (!csv_at_line_end(s + strspn(s, " ")))
			return refuse_data(c->why,
				"%.80s, line 1: blanks but no comma, semicolon or "
				"tab, expected separator=space (or separator=comma for one "
				"column)",
				c->f->name);
	}
	c->separator = c->separator ? c->separator : ',';
	return 0;
}

/* Columns of line 1 and whether it names them; the reading place is left at its start. */
static int look(struct csv *c, struct how how, int *header)
{
	size_t names = 0, numbers = 0, counted = 0;
	struct csv start = *c;
	int last;
	double v = 0;

	do {
		c->column = ++c->columns;
		last = csv_field(c);
		if (last < 0)
			return -1;
		switch (csv_kind(c->word, c->decimal, &v)) {
		case NUMBER:
			numbers++;
			counted += v == (double)(c->columns - 1);
			break;
		case WORD:
			names++;
			break;
		default:
			break;
		}
	} while (!last);
	*header = how.header == HEADER_AUTO ? names && !numbers : how.header == HEADER_YES;
	c->at = start.at;
	c->lines = start.lines;
	if (how.header == HEADER_AUTO && c->columns > 2 && counted == c->columns)
		return refuse_data(c->why,
			"%.80s, line %zu: 0, 1, 2, ... may count the columns or be a "
			"row, expected header=yes or header=no",
			c->f->name, c->lines + 1);
	return 0;
}

static int read_names(struct csv *c)
{
	c->name = calloc(c->columns, sizeof *c->name);
	for (size_t j = 0; c->name && j < c->columns; j++) {
		c->column = j + 1;
		if (csv_field(c) < 0)
			return -1;
		c->name[j] = strdup(c->word);
		if (!c->name[j])
			break;
		if (j + 1 == c->columns)
			return 0;
	}
	return refuse_data(c->why, "%.80s: not enough memory", c->f->name);
}

static int unknown_target(const struct csv *c, const char *target)
{
	char all[140] = "";

	for (size_t j = 0; c->name && j < c->columns && strlen(all) < 100; j++)
		snprintf(all + strlen(all), sizeof all - strlen(all), "%s%.20s", j ? ", " : "",
			c->name[j]);
	return refuse_data(c->why, "%.60s: no column '%.30s', expected a number 1 .. %zu%s%s",
		c->f->name, target, c->columns, *all ? " or one of: " : "", all);
}

/* A name of the header, else a number from 1. */
static int choose_target(struct csv *c, struct how how)
{
	const char *target = how.target;
	char *end;
	long number;

	c->target = c->columns - 1;
	if (!target || !*target)
		return c->columns > 1 || how.signal
			       ? 0
			       : refuse_data(c->why,
					 "%.80s: one column, expected a target "
					 "behind at least one more; target=none: points",
					 c->f->name);
	for (size_t j = 0; c->name && j < c->columns; j++)
		if (!strcmp(c->name[j], target)) {
			c->target = j;
			return 0;
		}
	if (!strcmp(target, "none")) {
		c->target = c->columns;
		return 0;
	}
	number = strtol(target, &end, 10);
	if (*end || number < 1 || (size_t)number > c->columns)
		return unknown_target(c, target);
	c->target = (size_t)number - 1;
	return 0;
}

/* ------------------------------------------------------------------ rows
 * ---------------------- */

static int grow(struct csv *c)
{
	struct rows *a = &c->s->a;
	size_t room = c->room ? 2 * c->room : 256;
	double *val, *y;

	if (a->m < c->room)
		return 0;
	if (room > SIZE_MAX / sizeof *val / c->columns)
		return -1;
	val = realloc(a->val, room * c->columns * sizeof *val);
	if (val)
		a->val = val;
	y = realloc(c->s->y, room * sizeof *y);
	if (y)
		c->s->y = y;
	c->room = room;
	return val && y ? 0 : -1;
}

/* A target in words: its place in word[], in order of appearance until all is read. */
static int word_target(struct csv *c, double *v)
{
	struct samples *s = c->s;
	size_t k = 0;

	if (c->numbers)
		return csv_refuse_word(c, "a number as in the rows above");
	while (k < s->words && strcmp(s->word[k], c->word))
		k++;
	*v = (double)k;
	if (k < s->words)
		return 0;
	if (!s->word)
		s->word = calloc(MOST_WORDS, sizeof *s->word);
	if (k == MOST_WORDS)
		return csv_refuse(
			c, "more than 1000 different words", "a number or the name of a class");
	if (!s->word || !(s->word[k] = strdup(c->word)))
		return csv_refuse(c, "not enough memory", "more");
	s->words++;
	return 0;
}

static int number(struct csv *c, double *v)
{
	int target = c->column == c->target + 1;
	enum field_kind found = csv_kind(c->word, c->decimal, v);
	double other;

	if (found == MISSING && !*c->word)
		return csv_refuse(c, "an empty field, a missing value", "a finite number");
	if (found == MISSING)
		return csv_refuse_word(c, "a finite number: a missing value");
	if (found == ENDLESS)
		return csv_refuse_word(c, "a finite number");
	if (target && (found == WORD || c->s->words))
		return found == WORD && strpbrk(c->word, ",") &&
				       csv_kind(c->word, ',', &other) == NUMBER
			       ? csv_refuse_word(c,
					 "a number with a point (decimal=comma reads this one)")
			       : word_target(c, v);
	c->numbers |= target;
	if (found == NUMBER)
		return 0;
	return csv_refuse_word(c,
		csv_kind(c->word, c->decimal == ',' ? '.' : ',', &other) != NUMBER
			? "a finite number"
		: c->decimal == ',' ? "a number with a comma (decimal=comma was given)"
				    : "a number with a point (decimal=comma reads this one)");
}

static int wrong_columns(const struct csv *c, size_t found)
{
	return refuse_data(c->why, "%.80s, line %zu: %zu columns, expected %zu (separator: %s)",
		c->f->name, c->line, found, c->columns, csv_separator(c->separator));
}

static int row(struct csv *c)
{
	struct rows *a = &c->s->a;
	size_t line = c->lines + 1;
	int last = 0;
	double *to;

	if (grow(c))
		return refuse_data(
			c->why, "%.80s, line %zu: not enough memory", c->f->name, c->lines + 1);
	to = a->val + a->m * (c->columns - (c->target < c->columns));
	for (c->column = 1; !last; c->column++) {
		double v = 0;

		last = csv_field(c);
		if (last < 0)
			return -1;
		if (c->column > c->columns || (last && c->column < c->columns)) {
			for (; !last; last = csv_field(c) != 0)
				c->column++;
			c->line = line;
			return wrong_columns(c, c->column);
		}
		if (number(c, &v))
			return -1;
		if (c->column == c->target + 1)
			c->s->y[a->m] = v;
		else
			*to++ = v;
	}
	a->m++;
	return 0;
}

/* Empty lines count for nothing, but between the rows of a single column one is a missing
 * value. */
static int rows(struct csv *c)
{
	while (*c->at) {
		size_t line = c->lines + 1;

		for (csv_skip_blanks(c); *c->at && csv_pass_line_end(c); csv_skip_blanks(c))
			;
		if (!*c->at)
			break;
		if (c->columns == 1 && c->lines + 1 > line && c->s->a.m) {
			c->line = line;
			c->column = 1;
			return csv_refuse(
				c, "an empty line, a missing value", "a finite number");
		}
		if (row(c))
			return -1;
	}
	return c->s->a.m ? 0
			 : refuse_data(c->why,
				   "%.80s: no row of numbers, expected some, with the "
				   "target or class in the last column",
				   c->f->name);
}

/* ------------------------------------------------------------------ the whole
 * ----------------- */

static int by_word(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words ascend, and the targets count in them. */
static int sort_words(struct samples *s)
{
	char **old = malloc((s->words + 1) * sizeof *old);

	if (!old)
		return -1;
	memcpy(old, s->word, s->words * sizeof *old);
	qsort(s->word, s->words, sizeof *s->word, by_word);
	for (size_t i = 0; i < s->a.m; i++) {
		char **at = bsearch(
			&old[(size_t)s->y[i]], s->word, s->words, sizeof *s->word, by_word);

		s->y[i] = (double)(at - s->word);
	}
	free(old);
	return 0;
}

static void say(const struct csv *c)
{
	char *out = c->s->said;
	size_t size = sizeof c->s->said, used;

	used = (size_t)snprintf(out, size, "separator %s, %s", csv_separator(c->separator),
		c->name ? "header:" : "no header");
	for (size_t j = 0; c->name && j < c->columns && used < size - 90; j++)
		used += (size_t)snprintf(
			out + used, size - used, "%s %.20s", j ? "," : "", c->name[j]);
	if (c->target < c->columns)
		snprintf(out + used, size - used, "; target: column %zu%s%.40s", c->target + 1,
			c->name ? " " : "", c->name ? c->name[c->target] : "");
}

static int parse(struct csv *c, struct how how)
{
	int header = 0;

	for (csv_skip_blanks(c); *c->at && csv_pass_line_end(c); csv_skip_blanks(c))
		; /* lines left empty at the top */
	if (!*c->at)
		return rows(c);
	if (choose_separator(c, how) || look(c, how, &header))
		return -1;
	if (header && read_names(c))
		return -1;
	if (choose_target(c, how))
		return -1;
	c->s->a.n = c->columns - (c->target < c->columns);
	if (!c->s->a.n && !how.signal)
		return refuse_data(c->why,
			"%.80s: one column, and it is the target; expected more", c->f->name);
	if (rows(c))
		return -1;
	say(c);
	return c->s->words && sort_words(c->s) ? csv_refuse(c, "not enough memory", "more") : 0;
}

int read_csv(struct samples *s, const struct file *f, struct how how, struct reason why)
{
	struct csv c = {
		.f = f, .why = why, .s = s, .decimal = how.decimal == DECIMAL_COMMA ? ',' : '.'
	};
	int status;

	*s = (struct samples){ 0 };
	if (file_text(f, &c.at, why))
		return -1;
	status = parse(&c, how);
	for (size_t j = 0; c.name && j < c.columns; j++)
		free(c.name[j]);
	free(c.name);
	if (!status && c.target == c.columns) {
		free(s->y);
		s->y = NULL;
	}
	if (status)
		samples_free(s);
	return status;
}
