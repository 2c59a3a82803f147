/* text.c -- a growing text, and how JSON is written into it. */
#include <config.h>
#include "ground/number.h"
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

const char not_utf8[] = "\xef\xbf\xbd";

/* Unicode 15, table 3-7: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
size_t utf8_length(const char *s)
{
	static const struct {
		unsigned char from, to, low, high;
		size_t length;
	} rows[] = { { 0x01, 0x7f, 0, 0, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 } };
	const unsigned char *b = (const unsigned char *)s;
	size_t k, i = 0;

	while (i < sizeof rows / sizeof *rows && !(b[0] >= rows[i].from && b[0] <= rows[i].to))
		i++;
	if (i == sizeof rows / sizeof *rows)
		return 0;
	if (rows[i].length > 1 && !(b[1] >= rows[i].low && b[1] <= rows[i].high))
		return 0;
	for (k = 2; k < rows[i].length; k++)
		if (b[k] < 0x80 || b[k] > 0xbf)
			return 0;
	return rows[i].length;
}

void text_valid(struct text *t, const char *s)
{
	while (*s) {
		const char *from = s;
		size_t length;

		while (*s && (length = utf8_length(s)))
			s += length;
		text_add(t, "%.*s", (int)(s - from), from);
		if (*s) {
			text_add(t, "%s", not_utf8);
			s++;
		}
	}
}

void text_json(struct text *t, const char *s)
{
	text_add(t, "\"");
	while (s && *s) {
		unsigned char c = (unsigned char)*s;
		size_t length = utf8_length(s);

		if (!length)
			text_add(t, "%s", not_utf8);
		else if (c == '"' || c == '\\')
			text_add(t, "\\%c", c);
		else if (c < 0x20)
			text_add(t, "\\u%04x", c);
		else if (!reserve(t, length)) {
			memcpy(t->s + t->used, s, length);
			t->used += length;
			t->s[t->used] = 0;
		}
		s += length ? length : 1;
	}
	text_add(t, "\"");
}

void text_free(struct text *t)
{
	free(t->s);
	*t = (struct text){ 0 };
}
