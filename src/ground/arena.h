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
void *arena_take(struct arena *a, size_t bytes); /* zeroed, aligned for double; NULL: no memory */
const char *arena_text(struct arena *a, const char *text, size_t length);
/* The number stored with an interned text, (size_t)-1 at first. */
size_t *arena_mark(struct arena *a, const char *interned);
char *arena_print(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *a);

#endif
