/* words.c -- what a method needs, what a problem is, what its instances change: bits and words. */
#include <config.h>
#include "ground/option.h"
#include "ground/words.h"
#include <string.h>

const struct bit_word need_words[] = { { NSO_SUBGRADIENT, "subgradient" }, { NSO_VALUE, "value" },
	{ NSO_PROX, "prox" }, { NSO_OPTIMUM, "optimum" }, { NSO_BOUND, "lower-bound" },
	{ NSO_MINIMIZER, "minimizer" }, { NSO_SMOOTHNESS, "smoothness" },
	{ NSO_CONVEX_ONLY, "convexity" }, { NSO_RANDOM, "random-numbers" }, { 0, NULL } };

const struct bit_word trait_words[] = { { NSO_CONVEX, "convex" },
	{ NSO_WEAKLY_CONVEX, "weakly-convex" }, { NSO_SMOOTH, "smooth" }, { NSO_SHARP, "sharp" },
	{ NSO_PL, "pl" }, { NSO_STRONGLY_CONVEX, "strongly-convex" },
	{ NSO_POLYHEDRAL, "polyhedral" }, { NSO_FINITE_MAX, "finite-max" },
	{ NSO_STOCHASTIC, "stochastic" }, { NSO_UNBOUNDED, "unbounded" },
	{ NSO_KINK_START, "kink-start" }, { NSO_NETWORK, "network" },
	{ NSO_QUANTISED, "quantised" }, { NSO_PLANTED, "planted" },
	{ NSO_RANDOM_START, "random-start" }, { 0, NULL } };

const struct bit_word instance_words[] = { { NSO_SHIFTED, "shifted" }, { NSO_ROTATED, "rotated" },
	{ NSO_REDRAWN, "redrawn" }, { 0, NULL } };

void words_json(struct text *t, const struct bit_word *table, unsigned bits)
{
	const char *join = "";

	text_add(t, "[");
	for (; table->word; table++)
		if (bits & table->bit) {
			text_add(t, "%s\"%s\"", join, table->word);
			join = ",";
		}
	text_add(t, "]");
}

static int unknown_word(const struct bit_word *table, const char *word, struct why *why)
{
	const char *names[32], *near;
	size_t count = 0;

	for (; table[count].word; count++)
		names[count] = table[count].word;
	near = nearest(word, names, count);
	return fail(why, "unknown word '%s'%s%s%s", word, near ? "; did you mean '" : "",
		near ? near : "", near ? "'?" : "");
}

int words_parse(const struct bit_word *table, const char *text, unsigned *bits, struct why *why)
{
	char word[64];
	size_t i;

	for (*bits = 0; sscanf(text, " %63s", word) == 1;) {
		for (i = 0; table[i].word && strcmp(table[i].word, word);)
			i++;
		if (!table[i].word)
			return unknown_word(table, word, why);
		*bits |= table[i].bit;
		text += strspn(text, " \t");
		text += strcspn(text, " \t");
	}
	return 0;
}
