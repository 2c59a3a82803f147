/* The table of looks: 24 places that differ, 8 in a row by colour. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "picture/style.h"

Test(style, places_differ, .timeout = 10)
{
	for (size_t i = 0; i < LOOKS; i++)
		for (size_t k = 0; k < i; k++) {
			struct look a = look_of(i), b = look_of(k);

			cr_assert(strcmp(a.colour, b.colour) || a.dash != b.dash,
				"places %zu and %zu look alike", k, i);
			cr_assert(i - k >= COLOURS || strcmp(a.colour, b.colour),
				"places %zu and %zu share a colour", k, i);
			cr_assert(i >= COLOURS || strcmp(a.shape, b.shape),
				"places %zu and %zu share a mark", k, i);
		}
	cr_assert_str_eq(look_of(LOOKS).colour, look_of(0).colour, "the places go round");
}

/* Relative luminance (WCAG 2): every colour stands out by 2 : 1 from its page. */
static double luminance(const char *colour)
{
	static const double weight[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		char hex[3] = { colour[1 + 2 * i], colour[2 + 2 * i], 0 };
		double v = (double)strtol(hex, NULL, 16) / 255;

		sum += weight[i] * (v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

Test(style, colours_stand_out, .timeout = 10)
{
	for (size_t i = 0; i < COLOURS; i++) {
		double light = luminance(look_of(i).colour),
		       dark = luminance(look_of(i).on_dark);

		cr_assert(1.05 / (light + 0.05) >= 2, "%s on white", look_of(i).colour);
		cr_assert((dark + 0.05) / 0.06 >= 4.5, "%s on dark", look_of(i).on_dark);
	}
}
