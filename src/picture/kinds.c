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

int draw_kinds(const struct pictures *given, const int *wanted, size_t *drawn, struct why *why)
{
	struct pictures p = *given;
	struct looks looks;
	int bad = 0;

	if (looks_make(&looks, p.s, p.highlit, p.as_typed))
		return fail(why, "out of memory");
	p.looks = &looks;
	for (size_t i = 0; picture_kinds[i] && !bad; i++) {
		size_t before = p.fs->count;

		if (!wanted || wanted[i])
			bad = picture_kinds[i]->draw(&p, why);
		if (drawn)
			drawn[i] = p.fs->count - before;
	}
	looks_free(&looks);
	return bad ? -1 : 0;
}

int draw_kind(const struct pictures *p, const char *name, struct why *why)
{
	int wanted[MOST_KINDS] = { 0 };

	for (size_t i = 0; picture_kinds[i]; i++)
		wanted[i] = !strcmp(picture_kinds[i]->name, name);
	return draw_kinds(p, wanted, NULL, why);
}
