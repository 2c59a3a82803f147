/* number.c -- doubles as text. */
#include <config.h>
#include "ground/number.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The program never leaves the C numeric locale, so strtod reads and printf writes a point. */
int parse_double(const char *text, double *v)
{
	char *end;

	if (!*text || isspace((unsigned char)*text))
		return -1;
	*v = strtod(text, &end);
	return *end ? -1 : 0;
}

int print_double(char *out, size_t size, double v)
{
	int digits = 15, length;

	if (!isfinite(v))
		return snprintf(out, size, "null");
	do
		length = snprintf(out, size, "%.*g", digits, v);
	while (digits++ < 17 && strtod(out, NULL) != v);
	return length;
}
