/* arena.h -- memory that is freed at once, and texts that exist once. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>
#include <stdio.h>

/* Memory that lives as long as its owner and is freed at once; an interned text exists once, so
 * that texts are equal exactly when their pointers are. */
struct arena {
	struct chunk *chunk;
	struct interned **slot;
	size_t slots, texts;
};
struct named;
void *arena_take(
	struct arena *a, size_t bytes); /* zeroed, aligned for double; NULL: no memory */
const char *arena_text(struct arena *a, const char *text, size_t length);
char *arena_print(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void arena_free(struct arena *a);

/* Texts of one kind and the number of each: keys of runs in one table, problems in another, so
 * that no text of one kind is taken for one of the other. */
struct names {
	struct named *slot;
	size_t slots, count;
};
/* The number that stands for the text, (size_t)-1 where it is new; NULL: no memory. The pointer
 * is good until the next call. The text must be interned and outlive the table. */
size_t *names_number(struct names *n, const char *interned);
void names_clear(struct names *n);

#endif
