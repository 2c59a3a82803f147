/* why.c -- the sentence that explains a refusal. */
#include <config.h>
#include "ground/why.h"
#include <stdarg.h>

int fail(struct why *why, const char *format, ...)
{
	va_list args;

	if (why) {
		va_start(args, format);
		vsnprintf(why->text, sizeof why->text, format, args);
		va_end(args);
		why->input = 0;
	}
	return -1;
}
