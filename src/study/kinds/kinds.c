/* kinds.c -- the kinds of tests that a claim may ask for. */
#include <config.h>
#include "tables.h"
#include "study/kind.h"

#define ROW(name) extern const struct test_kind kind_##name;
TESTS(ROW)
#undef ROW
const struct test_kind *const test_kinds[] = {
#define ROW(name) &kind_##name,
	TESTS(ROW)
#undef ROW
		NULL
};
const char *const test_kind_names[] = {
#define ROW(name) #name,
	TESTS(ROW)
#undef ROW
		NULL
};
