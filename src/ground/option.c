/* option.c -- tables of options: every option a number, words for enumerations, texts by handle. */
#include <config.h>
#include "ground/option.h"
#include "ground/why.h"
#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- numbers as text ------------ */

/* The program never leaves the C numeric locale, so strtod reads and printf writes a point. */
int parse_double(const char *text, double *v)
{
	char *end;

	if (!*text || isspace((unsigned char)*text))
		return -1;
	*v = strtod(text, &end);
	return *end ? -1 : 0;
}

int print_double(char *out, size_t size, double v)
{
	int digits = 15, length;

	if (!isfinite(v))
		return snprintf(out, size, "null");
	do
		length = snprintf(out, size, "%.*g", digits, v);
	while (digits++ < 17 && strtod(out, NULL) != v);
	return length;
}

/* ---------------------------------------------------------------- texts ---------------------- */

/* Texts behind handles. Filled while options are parsed, before workers start; never shrinks. */
static char **texts;
static size_t text_count;

const char *const nso_any_text[] = { NULL };

const char *nso_text(double handle)
{
	size_t i = (size_t)handle;

	return i > 0 && i <= text_count ? texts[i - 1] : "";
}

double nso_text_handle(const char *text)
{
	char **more;

	if (!*text)
		return 0;
	for (size_t i = 0; i < text_count; i++)
		if (!strcmp(texts[i], text))
			return (double)(i + 1);
	more = realloc(texts, (text_count + 1) * sizeof *texts);
	if (!more)
		return 0;
	texts = more;
	texts[text_count] = strdup(text);
	return texts[text_count] ? (double)++text_count : 0;
}

/* ---------------------------------------------------------------- names ---------------------- */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein distance with adjacent transpositions, names cut at 63 characters. */
static size_t distance(const char *a, const char *b)
{
	size_t row[3][65], n = least(strlen(a), 63), m = least(strlen(b), 63);

	for (size_t j = 0; j <= m; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = least(last[j - 1] + (a[i - 1] != b[j - 1]),
				least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return row[n % 3][m];
}

const char *nearest(const char *typed, const char *const *names, size_t count)
{
	const char *best = NULL;
	size_t found = 1 + least(strlen(typed), 63) / 3, far;

	for (size_t i = 0; i < count; i++) {
		far = distance(typed, names[i]);
		if (far <= found && (far < found || !best)) {
			found = far;
			best = names[i];
		}
	}
	if (best)
		return best;
	/* a beginning of a name, or a name with something hung on, is near too */
	for (size_t i = 0; i < count; i++)
		if (*typed && (!strncmp(typed, names[i], strlen(typed)) ||
				      !strncmp(typed, names[i], strlen(names[i]))))
			return names[i];
	return NULL;
}

/* ---------------------------------------------------------------- tables --------------------- */

size_t option_count(const struct nso_option *table)
{
	size_t i = 0;

	while (table && table[i].name)
		i++;
	return i;
}

int option_is_text(const struct nso_option *option)
{
	return option->words == nso_any_text;
}

void option_defaults(const struct nso_option *table, double *value)
{
	for (size_t i = 0; i < option_count(table); i++)
		value[i] = table[i].value;
}

int option_find(const struct nso_option *table, const char *name)
{
	for (size_t i = 0; i < option_count(table); i++)
		if (!strcmp(table[i].name, name))
			return (int)i;
	return -1;
}

static int unknown_option(const struct nso_option *table, const char *owner, const char *name,
	struct why *why)
{
	const char *names[NSO_MAX_OPTIONS], *near;
	size_t count = option_count(table);

	for (size_t i = 0; i < count; i++)
		names[i] = table[i].name;
	near = nearest(name, names, count);
	if (!count)
		return fail(why, "%s has no options, got '%s'", owner, name);
	return fail(why, "%s has no option '%s'%s%s%s (see: nsobench show %s)", owner, name,
		near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", owner);
}

static int set_word(const struct nso_option *o, const char *owner, const char *text, double *value,
	struct why *why)
{
	char all[256] = "";
	size_t count = 0;

	for (; o->words[count]; count++) {
		if (!strcmp(o->words[count], text)) {
			*value = (double)count;
			return 0;
		}
		snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", count ? ", " : "",
			o->words[count]);
	}
	const char *near = nearest(text, o->words, count);
	return fail(why, "%s: option %s is '%s', expected one of: %s%s%s%s", owner, o->name, text, all,
		near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static int set_number(const struct nso_option *o, const char *owner, const char *text, double *value,
	struct why *why)
{
	char low[32], high[32];
	double v;

	if (!strcmp(text, "auto") && isnan(o->value)) {
		*value = NAN;
		return 0;
	}
	if (parse_double(text, &v) || isnan(v))
		return fail(why, "%s: option %s is '%s', expected a number%s", owner, o->name, text,
			isnan(o->value) ? " or auto" : "");
	snprintf(low, sizeof low, "%.15g", o->min);
	snprintf(high, sizeof high, "%.15g", o->max);
	if (v < o->min || v > o->max)
		return fail(why, "%s: option %s is %s, expected %s to %s", owner, o->name, text, low,
			high);
	if (o->integer && v != floor(v))
		return fail(why, "%s: option %s is %s, expected a whole number", owner, o->name, text);
	*value = v;
	return 0;
}

int option_set(const struct nso_option *table, const char *owner, const char *name, const char *text,
	double *value, struct why *why)
{
	int i = option_find(table, name);

	if (i < 0)
		return unknown_option(table, owner, name, why);
	if (option_is_text(&table[i])) {
		value[i] = nso_text_handle(text);
		return 0;
	}
	return (table[i].words ? set_word : set_number)(&table[i], owner, text, &value[i], why);
}

int option_parse(const struct nso_option *table, const char *owner, const char *text, double *value,
	struct why *why)
{
	char name[64], word[1024];
	size_t length;

	while (*text) {
		length = strcspn(text, "=,");
		if (text[length] != '=' || length == 0 || length >= sizeof name)
			return fail(why, "%s: '%.*s' is not an option, expected name=value", owner,
				(int)strcspn(text, ","), text);
		memcpy(name, text, length);
		name[length] = 0;
		text += length + 1;
		length = strcspn(text, ",");
		if (length == 0 || length >= sizeof word)
			return fail(why, "%s: option %s has %s", owner, name,
				length ? "a value that is too long" : "no value");
		memcpy(word, text, length);
		word[length] = 0;
		if (option_set(table, owner, name, word, value, why))
			return -1;
		text += length;
		if (*text == ',' && !*++text)
			return fail(why, "%s: a comma at the end of the options", owner);
	}
	return 0;
}

void option_print(const struct nso_option *option, double value, char *out, size_t size)
{
	if (option_is_text(option))
		snprintf(out, size, "%s", nso_text(value));
	else if (option->words)
		snprintf(out, size, "%s", option->words[(size_t)value]);
	else if (isnan(value))
		snprintf(out, size, "auto");
	else if (isinf(value))
		snprintf(out, size, value > 0 ? "inf" : "-inf");
	else
		print_double(out, size, value);
}
