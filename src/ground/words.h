/* words.h -- names as they are typed: which is meant, which is nearest; bits by their words. */
#ifndef WORDS_H
#define WORDS_H

#include "ground/text.h"
#include "ground/why.h"

/* The name nearest to what was typed (edit distance, at most a third of it wrong), or NULL. */
const char *nearest(const char *typed, const char *const *names, size_t count);
/* The end of a sentence that refuses a name: "; did you mean 'lr'?", or nothing. */
struct hint {
	char text[160];
};
struct hint did_you_mean(const char *typed, const char *const *names, size_t count);

/* Place of a text in a list that NULL ends, -1 if it is not there. */
int word_find(const char *text, const char *const *words);
size_t word_count(const char *const *words);
/* "a, b, c" of a list that NULL ends; what does not fit is left out. */
struct list_of {
	char text[400];
};
struct list_of listed(const char *const *words);
/* "WHAT is 'text', expected one of: a, b, c; did you mean 'b'?" into why; -1. */
int word_refuse(const char *what, const char *text, const char *const *words, struct why *why);

/* A set of bits, each with its word; the table ends with an empty row. */
struct bit {
	unsigned bit;
	const char *word;
};
void bits_json(struct text *t, const struct bit *table, unsigned bits); /* ["convex","sharp"] */
void bits_print(FILE *out, const struct bit *table, unsigned bits);     /* convex, sharp */
/* Words between blanks; -1 and why, which names the nearest word, on one that is not in the
 * table. */
int bits_parse(const struct bit *table, const char *text, unsigned *bits, struct why *why);
extern const struct bit trait_bits[], need_bits[], instance_bits[];

#endif
