/* entry.c -- what a plug-in exports, read with suspicion: names, texts, tables of options,
 * columns. */
#include <config.h>
#include "ground/entry.h"
#include "ground/option.h"
#include "ground/quote.h"
#include <string.h>

enum { LONGEST_NAME = 63, LONGEST_TEXT = 4000, MOST_WORDS = 256 };

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

/* ---------------------------------------------------------------- names ------------------- */

static int consists_of(const char *name, const char *set)
{
	size_t length = strnlen(name, LONGEST_NAME + 1);

	return length && length <= LONGEST_NAME && strspn(name, set) == length;
}

static int is_kebab(const char *name)
{
	return consists_of(name, LOWER DIGITS "-") && *name != '-' &&
	       name[strlen(name) - 1] != '-' && !strstr(name, "--");
}

static int check_name(const char *kind, const char *name, const char *path, struct why *why)
{
	if (!name || !is_kebab(name))
		return fail(why,
			"%s: %s is named '%.80s', expected at most %d of a-z, 0-9 and single "
			"'-' "
			"(kebab-case)",
			path, kind, name ? shown(name) : "NULL", LONGEST_NAME);
	return 0;
}

static int check_plain(const char *kind, const char *plain, const char *name, const char *path,
	struct why *why)
{
	if (!is_file_name(plain))
		return fail(why,
			"%s: %s of '%s' is named '%.80s', expected at most %d letters, digits, "
			"'.', "
			"'_', '-', neither '.' nor '-' in front",
			path, kind, name, shown(plain), LONGEST_NAME);
	return 0;
}

static int check_texts(const char *const *text, size_t count, const char *name,
	const char *path, struct why *why)
{
	for (size_t i = 0; i < count; i++)
		if (text[i] && strnlen(text[i], LONGEST_TEXT + 1) > LONGEST_TEXT)
			return fail(why,
				"%s: a text of '%s' is longer than %d bytes, or does not end",
				path, name, LONGEST_TEXT);
	return 0;
}

/* ---------------------------------------------------------------- options ----------------- */

static int check_words(
	const struct nso_option *o, const char *name, const char *path, struct why *why)
{
	size_t count = 0;

	for (; o->words[count]; count++)
		if (count == MOST_WORDS || check_texts(&o->words[count], 1, name, path, why))
			return fail(why,
				"%s: option %s of '%s' has more than %d words, or one without "
				"end",
				path, o->name, name, MOST_WORDS);
	if (!(o->value >= 0 && o->value < (double)count && o->value == floor(o->value)))
		return fail(why,
			"%s: option %s of '%s': default %g, expected the number of a word, 0 "
			"to %g",
			path, o->name, name, o->value, (double)count - 1);
	return 0;
}

static int check_range(
	const struct nso_option *o, const char *name, const char *path, struct why *why)
{
	if (!(o->min <= o->max))
		return fail(why, "%s: option %s of '%s': the range is %g to %g", path, o->name,
			name, o->min, o->max);
	if (!isnan(o->value) && !(o->value >= o->min && o->value <= o->max))
		return fail(why, "%s: option %s of '%s': default %g, expected %g to %g", path,
			o->name, name, o->value, o->min, o->max);
	return 0;
}

static int check_option(
	const struct nso_option *o, const char *name, const char *path, struct why *why)
{
	const char *const texts[] = { o->help, o->source };

	if (check_plain("an option", o->name, name, path, why) ||
		check_texts(texts, 2, name, path, why))
		return -1;
	if (option_is_text(o))
		return 0;
	return o->words ? check_words(o, name, path, why) : check_range(o, name, path, why);
}

static int check_options(
	const struct nso_option *table, const char *name, const char *path, struct why *why)
{
	for (size_t i = 0; table && table[i].name; i++) {
		if (i == NSO_MAX_OPTIONS)
			return fail(why,
				"%s: '%s' has more than %d options, or its table does not end",
				path, name, NSO_MAX_OPTIONS);
		if (check_option(&table[i], name, path, why))
			return -1;
		for (size_t k = 0; k < i; k++)
			if (!strcmp(table[k].name, table[i].name))
				return fail(why, "%s: '%s' has two options %s", path, name,
					table[i].name);
	}
	return 0;
}

static int check_columns(
	const char *const *column, const char *name, const char *path, struct why *why)
{
	for (size_t i = 0; column && column[i]; i++) {
		if (i == NSO_MAX_COLUMNS)
			return fail(why,
				"%s: '%s' has more than %d columns, or their list does not end",
				path, name, NSO_MAX_COLUMNS);
		if (check_plain("a column", column[i], name, path, why))
			return -1;
		for (size_t k = 0; k < i; k++)
			if (!strcmp(column[k], column[i]))
				return fail(why, "%s: '%s' has two columns %s", path, name,
					column[i]);
	}
	return 0;
}

/* ---------------------------------------------------------------- entries ----------------- */

int problem_check(const struct nso_problem *p, const char *path, struct why *why)
{
	const char *const texts[] = { p->title, p->reference, p->formula, p->group,
		p->score_name };

	if (check_name("a problem", p->name, path, why))
		return -1;
	if (!p->make || !p->start || !p->eval || !p->free)
		return fail(why, "%s: problem '%s' lacks one of make, start, eval, free", path,
			p->name);
	if (!p->smooth != !p->prox)
		return fail(why,
			"%s: problem '%s' has one of smooth, prox, expected both or neither",
			path, p->name);
	if (p->game && (!p->game->block || !p->game->turns || !p->game->loss))
		return fail(why,
			"%s: problem '%s' is a game that lacks one of block, turns, loss", path,
			p->name);
	if (p->saddle && !(p->saddle->rows && p->saddle->norm && p->saddle->forward &&
				 p->saddle->back && p->saddle->primal && p->saddle->dual))
		return fail(why,
			"%s: problem '%s' has a saddle form that lacks one of rows, norm, "
			"forward, back, primal, dual",
			path, p->name);
	if (check_texts(texts, sizeof texts / sizeof *texts, p->name, path, why))
		return -1;
	return check_options(p->options, p->name, path, why);
}

int optimizer_check(const struct nso_optimizer *o, const char *path, struct why *why)
{
	const char *const texts[] = { o->title, o->reference, o->rule, o->cost, o->group };

	if (check_name("an optimizer", o->name, path, why))
		return -1;
	if (!o->init || !o->step || !o->free)
		return fail(
			why, "%s: optimizer '%s' lacks one of init, step, free", path, o->name);
	if (check_texts(texts, sizeof texts / sizeof *texts, o->name, path, why) ||
		check_options(o->options, o->name, path, why))
		return -1;
	return check_columns(o->columns, o->name, path, why);
}
