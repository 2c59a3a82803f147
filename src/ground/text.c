/* text.c -- a growing text, and how JSON is written into it. */
#include <config.h>
#include "ground/option.h"
#include "ground/text.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int reserve(struct text *t, size_t more)
{
	size_t room = t->room ? t->room : 4096;
	char *grown;

	if (t->failed)
		return -1;
	if (t->used + more + 1 <= t->room)
		return 0;
	while (room < t->used + more + 1)
		room *= 2;
	grown = realloc(t->s, room);
	if (!grown) {
		t->failed = 1;
		return -1;
	}
	t->s = grown;
	t->room = room;
	return 0;
}

void text_add(struct text *t, const char *format, ...)
{
	va_list args, again;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	if (length >= 0 && !reserve(t, (size_t)length)) {
		vsnprintf(t->s + t->used, t->room - t->used, format, again);
		t->used += (size_t)length;
	}
	va_end(again);
	va_end(args);
}

void text_double(struct text *t, double v)
{
	if (reserve(t, 32))
		return;
	if (isfinite(v) && v == floor(v) && fabs(v) < 1e15) /* a count: no need to search digits */
		t->used += (size_t)snprintf(t->s + t->used, 32, "%.0f", v);
	else
		t->used += (size_t)print_double(t->s + t->used, 32, v);
}

void text_vector(struct text *t, const double *v, size_t n)
{
	text_add(t, "[");
	for (size_t i = 0; i < n; i++) {
		text_add(t, i ? "," : "");
		text_double(t, v[i]);
	}
	text_add(t, "]");
}

void text_json(struct text *t, const char *s)
{
	text_add(t, "\"");
	for (; s && *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			text_add(t, "\\%c", c);
		else if (c < 0x20)
			text_add(t, "\\u%04x", c);
		else if (!reserve(t, 1)) {
			t->s[t->used++] = (char)c;
			t->s[t->used] = 0;
		}
	}
	text_add(t, "\"");
}

void text_free(struct text *t)
{
	free(t->s);
	*t = (struct text){ 0 };
}
