/* option.c -- tables of options: every option a number, words for enumerations, texts by
 * handle. */
#include <config.h>
#include "ground/number.h"
#include "ground/option.h"
#include "ground/random.h"
#include "ground/words.h"
#include <ctype.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- texts ---------------------- */

/* Texts behind handles. Filled while options are parsed, before workers start; never shrinks.
 */
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

/* ---------------------------------------------------------------- tables --------------------- */

size_t option_count(const struct nso_option *table)
{
	size_t i = 0;

	while (table && table[i].name)
		i++;
	return i;
}

int option_is_text(const struct nso_option *option) { return option->words == nso_any_text; }

int option_whole(const struct nso_option *option) { return option->integer & 1; }

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

/* Names that other libraries use for what has another name here. */
static const struct {
	const char *other, *ours;
} synonyms[] = {
	{ "learning_rate", "lr" },
	{ "stepsize", "lr" },
	{ "step_size", "lr" },
	{ "eta", "lr" },
	{ "epsilon", "eps" },
	{ "wd", "weight_decay" },
	{ "decay", "weight_decay" },
	{ "l2", "weight_decay" },
	{ "beta_1", "beta1" },
	{ "beta_2", "beta2" },
	{ "b1", "beta1" },
	{ "b2", "beta2" },
	{ "mu", "momentum" },
	{ "rho", "alpha" },
	{ "fstar", "f_star" },
	{ "optimum", "f_star" },
	{ "dim", "n" },
	{ "dimension", "n" },
	{ "samples", "m" },
	{ "rows", "m" },
	{ "dataset", "data" },
	{ "file", "data" },
};

/* The option of the table that is meant by a name it does not have. */
static struct hint meant(const struct nso_option *table, const char *name)
{
	const char *names[NSO_MAX_OPTIONS];
	size_t count = option_count(table);

	for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
		if (!strcmp(name, synonyms[i].other) &&
			option_find(table, synonyms[i].ours) >= 0)
			return did_you_mean(synonyms[i].ours, &synonyms[i].ours, 1);
	for (size_t i = 0; i < count; i++)
		names[i] = table[i].name;
	return did_you_mean(name, names, count);
}

static int unknown_option(
	const struct nso_option *table, const char *owner, const char *name, struct why *why)
{
	if (!option_count(table))
		return fail(why, "%s has no options, got '%s'", owner, name);
	return fail(why, "%s has no option '%s'%s (see: nsobench show %s)", owner, name,
		meant(table, name).text, owner);
}

/* What else stands for a switch: off and on. */
static int as_switch(const char *const *words, const char *text)
{
	static const char *const no[] = { "false", "no", "0", NULL }, *const yes[] = { "true",
		"yes", "1", NULL };

	if (!words[0] || !words[1] || words[2] || strcmp(words[0], "off") ||
		strcmp(words[1], "on"))
		return -1;
	return word_find(text, no) >= 0 ? 0 : word_find(text, yes) >= 0 ? 1 : -1;
}

static int set_word(const struct nso_option *o, const char *owner, const char *text,
	double *value, struct why *why)
{
	char what[120];
	int i = word_find(text, o->words);

	i = i >= 0 ? i : as_switch(o->words, text);
	snprintf(what, sizeof what, "%s: option %s", owner, o->name);
	if (i < 0)
		return word_refuse(what, text, o->words, why);
	*value = i;
	return 0;
}

static int set_number(const struct nso_option *o, const char *owner, const char *text,
	double *value, struct why *why)
{
	char low[32], high[32];
	double v;

	if (!strcmp(text, "auto") && isnan(o->value)) {
		*value = NAN;
		return 0;
	}
	if (parse_double(text, &v) || isnan(v))
		return fail(why, "%s: option %s is '%s', expected a number%s", owner, o->name,
			text, isnan(o->value) ? " or auto" : "");
	snprintf(low, sizeof low, "%.15g", o->min);
	snprintf(high, sizeof high, "%.15g", o->max);
	if (v < o->min || v > o->max)
		return fail(why, "%s: option %s is %s, expected %s to %s", owner, o->name, text,
			low, high);
	if (option_whole(o) && v != floor(v))
		return fail(why, "%s: option %s is %s, expected a whole number", owner, o->name,
			text);
	*value = v;
	return 0;
}

int option_set(const struct nso_option *table, const char *owner, const char *name,
	const char *text, double *value, struct why *why)
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

int option_parse(const struct nso_option *table, const char *owner, const char *text,
	double *value, struct why *why)
{
	char name[64], word[1024];
	int given[NSO_MAX_OPTIONS] = { 0 }, i;
	size_t length;

	while (*text) {
		length = strcspn(text, "=,");
		if (text[length] != '=' || length == 0 || length >= sizeof name)
			return fail(why, "%s: '%.*s' is not an option, expected name=value",
				owner, (int)strcspn(text, ","), text);
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
		i = option_find(table, name);
		if (given[i]++)
			return fail(why, "%s: option %s is given twice", owner, name);
		text += length;
		if (*text == ',' && !*++text)
			return fail(why, "%s: a comma at the end of the options", owner);
	}
	return 0;
}

int option_silent(const struct nso_option *option, double value)
{
	return (option->integer & NSO_LATER) &&
	       (value == option->value || (isnan(value) && isnan(option->value)));
}

uint64_t option_hash(uint64_t h, const struct nso_option *table, const double *value)
{
	for (size_t i = 0; i < option_count(table); i++) {
		if (option_silent(&table[i], value[i]))
			continue;
		h = hash_text(h, table[i].name);
		if (option_is_text(&table[i]))
			h = hash_text(h, nso_text(value[i]));
		else
			h = hash_double(h, value[i]);
	}
	return h;
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
