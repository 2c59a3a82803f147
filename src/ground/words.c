/* words.c -- names as they are typed. */
#include <config.h>
#include "nsobench.h"
#include "ground/words.h"
#include <string.h>

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

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

struct hint did_you_mean(const char *typed, const char *const *names, size_t count)
{
	const char *near = nearest(typed, names, count);
	struct hint hint = { "" };

	if (near)
		snprintf(hint.text, sizeof hint.text, "; did you mean '%.120s'?", near);
	return hint;
}

int word_find(const char *text, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(words[i], text))
			return i;
	return -1;
}

size_t word_count(const char *const *words)
{
	size_t count = 0;

	while (words[count])
		count++;
	return count;
}

struct list_of listed(const char *const *words)
{
	struct list_of all = { "" };
	size_t used = 0;

	for (size_t i = 0; words[i] && used < sizeof all.text; i++)
		used += (size_t)snprintf(all.text + used, sizeof all.text - used, "%s%s",
			i ? ", " : "", words[i]);
	return all;
}

int word_refuse(const char *what, const char *text, const char *const *words, struct why *why)
{
	return fail(why, "%s is '%s', expected one of: %s%s", what, text, listed(words).text,
		did_you_mean(text, words, word_count(words)).text);
}

/* ---------------------------------------------------------------- bits ----------------------- */

const struct bit trait_bits[] = {
	{ NSO_CONVEX, "convex" },
	{ NSO_WEAKLY_CONVEX, "weakly-convex" },
	{ NSO_SMOOTH, "smooth" },
	{ NSO_SHARP, "sharp" },
	{ NSO_PL, "pl" },
	{ NSO_STRONGLY_CONVEX, "strongly-convex" },
	{ NSO_POLYHEDRAL, "polyhedral" },
	{ NSO_FINITE_MAX, "finite-max" },
	{ NSO_STOCHASTIC, "stochastic" },
	{ NSO_UNBOUNDED, "unbounded" },
	{ NSO_KINK_START, "kink-start" },
	{ NSO_NETWORK, "network" },
	{ NSO_QUANTISED, "quantised" },
	{ NSO_PLANTED, "planted" },
	{ NSO_RANDOM_START, "random-start" },
	{ 0 },
};
const struct bit need_bits[] = {
	{ NSO_SUBGRADIENT, "subgradient" },
	{ NSO_VALUE, "value" },
	{ NSO_PROX, "prox" },
	{ NSO_OPTIMUM, "optimum" },
	{ NSO_BOUND, "lower-bound" },
	{ NSO_MINIMIZER, "minimizer" },
	{ NSO_SMOOTHNESS, "smoothness" },
	{ NSO_CONVEX_ONLY, "convexity" },
	{ NSO_RANDOM, "random-numbers" },
	{ NSO_SADDLE, "saddle" },
	{ 0 },
};
const struct bit instance_bits[] = {
	{ NSO_SHIFTED, "shifted" },
	{ NSO_ROTATED, "rotated" },
	{ NSO_REDRAWN, "redrawn" },
	{ 0 },
};

void bits_json(struct text *t, const struct bit *table, unsigned bits)
{
	const char *join = "";

	text_add(t, "[");
	for (; table->bit; table++)
		if (bits & table->bit) {
			text_add(t, "%s\"%s\"", join, table->word);
			join = ",";
		}
	text_add(t, "]");
}

void bits_print(FILE *out, const struct bit *table, unsigned bits)
{
	const char *join = "";

	for (; table->bit; table++)
		if (bits & table->bit) {
			fprintf(out, "%s%s", join, table->word);
			join = ", ";
		}
}

static int unknown_bit(const struct bit *table, const char *word, struct why *why)
{
	const char *names[32];
	size_t count = 0;

	for (; table[count].bit; count++)
		names[count] = table[count].word;
	return fail(why, "unknown word '%s'%s", word, did_you_mean(word, names, count).text);
}

int bits_parse(const struct bit *table, const char *text, unsigned *bits, struct why *why)
{
	char word[64];
	size_t i;

	for (*bits = 0; sscanf(text, " %63s", word) == 1;) {
		for (i = 0; table[i].bit && strcmp(table[i].word, word) != 0;)
			i++;
		if (!table[i].bit)
			return unknown_bit(table, word, why);
		*bits |= table[i].bit;
		text += strspn(text, " \t");
		text += strcspn(text, " \t");
	}
	return 0;
}
