/* option.h -- tables of options, names as they are typed, numbers as text. */
#ifndef OPTION_H
#define OPTION_H

#include "nsobench.h"
#include "ground/why.h"

size_t option_count(const struct nso_option *table);
void option_defaults(const struct nso_option *table, double *value);
/* Sets one option from text ("0.01", "off", "auto", a file); owner ("adam") is for the message.
 */
int option_set(const struct nso_option *table, const char *owner, const char *name,
	const char *text, double *value, struct why *why);
/* "lr=0.1,k=4" over what value[] holds. */
int option_parse(const struct nso_option *table, const char *owner, const char *text,
	double *value, struct why *why);
/* The value as users type it: a word, a text, or the shortest decimal that reads back the same.
 */
void option_print(const struct nso_option *option, double value, char *out, size_t size);
int option_is_text(const struct nso_option *option);
int option_whole(const struct nso_option *option); /* takes only whole numbers */
/* An option that was added to a table in use and stands at its default: keys and records are as
 * they were before it. */
int option_silent(const struct nso_option *option, double value);
/* h with the table's names and values, without the silent ones: what keys of cells and data
 * hold. */
uint64_t option_hash(uint64_t h, const struct nso_option *table, const double *value);
/* Index of the option, -1 if there is none of that name. */
int option_find(const struct nso_option *table, const char *name);

#endif
