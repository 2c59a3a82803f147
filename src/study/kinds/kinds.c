/* kinds.c -- the kinds of tests that there are. */
#include <config.h>
#include "study/kind.h"

const struct kind *const kinds[TEST_KINDS] = {
	[TEST_BOUND] = &kind_bound,
	[TEST_FACTOR] = &kind_factor,
	[TEST_EQUALS] = &kind_equals,
	[TEST_POWER] = &kind_power,
	[TEST_LINEAR] = &kind_linear,
	[TEST_LEVEL] = &kind_level,
	[TEST_BELOW] = &kind_below,
	[TEST_CORRELATES] = &kind_correlates,
};
