/* fields.c -- the fields of a CSV file: RFC 4180, blanks around them, any line end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "nsobench.h"
#include "fields.h"

int csv_at_line_end(const char *s) { return *s == '\n' || *s == '\r' || !*s; }

const char *csv_separator(char separator)
{
	return separator == '\t'  ? "tab"
	       : separator == ';' ? "semicolon"
	       : separator == ' ' ? "space"
				  : "comma";
}

int csv_refuse(const struct csv *c, const char *found, const char *expected)
{
	const char *name = c->name && c->column <= c->columns ? c->name[c->column - 1] : NULL;

	return refuse_data(c->why, "%.80s, line %zu, column %zu%s%.30s%s: %s, expected %s",
		c->f->name, c->line, c->column, name ? " ('" : "", name ? name : "",
		name ? "')" : "", found, expected);
}

int csv_refuse_word(const struct csv *c, const char *expected)
{
	char found[64];

	snprintf(found, sizeof found, "found \"%.24s\"%s", c->word,
		strlen(c->word) > 24 ? "..." : "");
	return csv_refuse(c, found, expected);
}

/* ------------------------------------------------------------------ fields
 * -------------------- */

void csv_skip_blanks(struct csv *c)
{
	while (*c->at == ' ' || (*c->at == '\t' && c->separator != '\t'))
		c->at++;
}

int csv_pass_line_end(struct csv *c)
{
	if (!csv_at_line_end(c->at))
		return 0;
	c->lines += *c->at != 0;
	c->at += *c->at == '\r' && c->at[1] == '\n';
	c->at += *c->at != 0;
	return 1;
}

static int quoted(struct csv *c, size_t *length)
{
	for (c->at++; *c->at != '"' || c->at[1] == '"'; c->at++) {
		if (!*c->at)
			return csv_refuse(c, "a quote that never closes", "a closing \"");
		c->at += *c->at == '"';
		c->lines += *c->at == '\n';
		if (*length + 1 >= sizeof c->word)
			return csv_refuse(
				c, "a field of more than 255 characters", "a shorter one");
		c->word[(*length)++] = *c->at;
	}
	c->at++;
	csv_skip_blanks(c);
	if (!csv_at_line_end(c->at) && *c->at != c->separator && c->separator != ' ')
		return csv_refuse(
			c, "text behind a closing quote", "a separator or the line's end");
	return 0;
}

int csv_field(struct csv *c)
{
	size_t length = 0;

	c->line = c->lines + 1;
	csv_skip_blanks(c);
	if (*c->at == '"') {
		if (quoted(c, &length))
			return -1;
	} else {
		for (; !csv_at_line_end(c->at) && *c->at != c->separator; c->at++) {
			if (length + 1 >= sizeof c->word)
				return csv_refuse(c, "a field of more than 255 characters",
					"a shorter one");
			c->word[length++] = *c->at;
		}
		while (length && (c->word[length - 1] == ' ' || c->word[length - 1] == '\t'))
			length--;
	}
	c->word[length] = 0;
	if (c->separator == ' ')
		csv_skip_blanks(c);
	if (csv_pass_line_end(c))
		return 1;
	c->at += c->separator != ' ';
	return 0;
}

enum field_kind csv_kind(const char *word, char decimal, double *v)
{
	static const char *const missing[] = { "", "?", "-", ".", "na", "n/a", "nan", "null",
		"none" };
	static const char *const endless[] = { "inf", "+inf", "-inf", "infinity", "-infinity" };
	char text[WORD_ROOM], *end;
	size_t length = strspn(word, decimal == ',' ? "+-,0123456789eE" : "+-.0123456789eE");

	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
		if (!strcasecmp(word, missing[i]))
			return MISSING;
	for (size_t i = 0; i < sizeof endless / sizeof *endless; i++)
		if (!strcasecmp(word, endless[i]))
			return ENDLESS;
	if (word[length])
		return WORD;
	snprintf(text, sizeof text, "%s", word);
	for (char *s = text; *s; s++)
		*s = *s == ',' ? '.' : *s;
	*v = strtod(text, &end);
	return *end ? WORD : isfinite(*v) ? NUMBER : ENDLESS;
}
