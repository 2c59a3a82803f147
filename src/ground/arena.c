/* arena.c -- memory that is freed at once, and texts that exist once. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "ground/arena.h"
#include "ground/random.h"

enum { CHUNK = 1 << 18 };

struct chunk {
	struct chunk *next;
	size_t used, room;
	double data[];
};

struct interned {
	uint64_t hash;
	char text[];
};

void *arena_take(struct arena *a, size_t bytes)
{
	size_t room = bytes > CHUNK ? bytes : CHUNK;
	struct chunk *c = a->chunk;
	void *p;

	bytes = (bytes + sizeof *c->data - 1) / sizeof *c->data * sizeof *c->data;
	if (!c || c->room - c->used < bytes) {
		if (room > SIZE_MAX / 2 || !(c = calloc(1, sizeof *c + room + sizeof *c->data)))
			return NULL;
		c->room = room + sizeof *c->data;
		if (a->chunk && bytes > CHUNK) { /* keep filling the chunk that has room left */
			c->next = a->chunk->next;
			a->chunk->next = c;
		} else {
			c->next = a->chunk;
			a->chunk = c;
		}
	}
	p = (char *)c->data + c->used;
	c->used += bytes;
	return p;
}

static int grow(struct arena *a)
{
	size_t slots = a->slots ? 2 * a->slots : 1024;
	struct interned **slot = calloc(slots, sizeof *slot);

	if (!slot)
		return -1;
	for (size_t i = 0; i < a->slots; i++)
		if (a->slot[i]) {
			size_t at = a->slot[i]->hash & (slots - 1);

			while (slot[at])
				at = (at + 1) & (slots - 1);
			slot[at] = a->slot[i];
		}
	free(a->slot);
	a->slot = slot;
	a->slots = slots;
	return 0;
}

const char *arena_text(struct arena *a, const char *text, size_t length)
{
	uint64_t hash = HASH_START;
	struct interned *t;
	size_t at;

	if (2 * a->texts >= a->slots && grow(a))
		return NULL;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	hash ^= hash >> 32;
	for (at = hash & (a->slots - 1); (t = a->slot[at]); at = (at + 1) & (a->slots - 1))
		if (t->hash == hash && !strncmp(t->text, text, length) && !t->text[length])
			return t->text;
	if (!(t = arena_take(a, sizeof *t + length + 1)))
		return NULL;
	t->hash = hash;
	memcpy(t->text, text, length);
	a->slot[at] = t;
	a->texts++;
	return t->text;
}

struct named {
	const char *text; /* NULL: free */
	size_t number;
};

/* Where the text is, or would be. Interned texts are equal when their addresses are. */
static struct named *named_at(struct named *slot, size_t slots, const char *text)
{
	size_t at = (size_t)((uint64_t)(uintptr_t)text * UINT64_C(0x9e3779b97f4a7c15) >> 20) &
		    (slots - 1);

	while (slot[at].text && slot[at].text != text)
		at = (at + 1) & (slots - 1);
	return &slot[at];
}

size_t *names_number(struct names *n, const char *interned)
{
	struct named *found;

	if (2 * n->count >= n->slots) {
		size_t slots = n->slots ? 2 * n->slots : 256;
		struct named *slot = calloc(slots, sizeof *slot);

		if (!slot)
			return NULL;
		for (size_t i = 0; i < n->slots; i++)
			if (n->slot[i].text)
				*named_at(slot, slots, n->slot[i].text) = n->slot[i];
		free(n->slot);
		n->slot = slot;
		n->slots = slots;
	}
	found = named_at(n->slot, n->slots, interned);
	if (!found->text) {
		*found = (struct named){ interned, (size_t)-1 };
		n->count++;
	}
	return &found->number;
}

void names_clear(struct names *n)
{
	free(n->slot);
	*n = (struct names){ 0 };
}

char *arena_print(struct arena *a, const char *format, ...)
{
	va_list list;
	char *text;
	int length;

	va_start(list, format);
	length = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (length < 0 || !(text = arena_take(a, (size_t)length + 1)))
		return NULL;
	va_start(list, format);
	vsnprintf(text, (size_t)length + 1, format, list);
	va_end(list);
	return text;
}

void arena_free(struct arena *a)
{
	for (struct chunk *c = a->chunk, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	free(a->slot);
	*a = (struct arena){ 0 };
}
