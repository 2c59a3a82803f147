/* words.h -- sets of bits as words: one table for reading, writing and help. */
#ifndef WORDS_H
#define WORDS_H

#include "ground/text.h"
#include "ground/why.h"

struct bit_word { /* tables end with an entry without a word */
	unsigned bit;
	const char *word;
};
extern const struct bit_word need_words[], trait_words[], instance_words[];

void words_json(struct text *t, const struct bit_word *table, unsigned bits); /* ["convex","sharp"] */
/* Words between blanks; -1 and why, which names the nearest word, on one that is not in the table. */
int words_parse(const struct bit_word *table, const char *text, unsigned *bits, struct why *why);

#endif
