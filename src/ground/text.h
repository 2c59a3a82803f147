/* text.h -- a growing text; the JSON that is written goes through it, because cJSON does not
 * print doubles so that they read back the same. */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdio.h>

/* Texts that stand elsewhere, argv mostly. */
struct texts {
	const char **at;
	size_t count;
};

struct text {
	char *s; /* always terminated; NULL before the first character */
	size_t used, room;
	int failed; /* memory was short: what is here is incomplete */
};
void text_add(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_double(
	struct text *t, double v); /* shortest that reads back the same; null if not finite */
void text_vector(struct text *t, const double *v, size_t n); /* [1,2.5,null] */
void text_json(struct text *t, const char *s);               /* a quoted JSON string */
void text_shell(struct text *t,
	const char *word); /* a word as a shell takes it, quoted unless it is plain */
void text_free(struct text *t);
void text_valid(struct text *t, const char *s); /* s with what is no UTF-8 replaced */

#endif
