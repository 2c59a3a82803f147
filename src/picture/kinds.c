/* kinds.c -- the kinds of pictures that src/local.mk lists. */
#include <string.h>
#include "tables.h"
#include "picture/pictures.h"

#define ROW(name) extern const struct kind kind_##name;
PICTURES(ROW)
#undef ROW

const struct kind *const picture_kinds[] = {
#define ROW(name) &kind_##name,
	PICTURES(ROW)
#undef ROW
		NULL
};
_Static_assert(sizeof picture_kinds / sizeof *picture_kinds <= MOST_KINDS,
	"room for all kinds of pictures");

const struct kind *kind_named(const char *name)
{
	for (const struct kind *const *k = picture_kinds; *k; k++)
		if (!strcmp((*k)->name, name))
			return *k;
	return NULL;
}

int draw_kinds(const struct pictures *p, const int *wanted, size_t *drawn, struct why *why)
{
	for (size_t i = 0; picture_kinds[i]; i++) {
		size_t before = p->fs->count;

		if ((!wanted || wanted[i]) && picture_kinds[i]->draw(p, why))
			return -1;
		if (drawn)
			drawn[i] = p->fs->count - before;
	}
	return 0;
}
