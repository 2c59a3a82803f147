/* text.c -- a growing text, and how JSON is written into it. */
#include <config.h>
#include "ground/grow.h"
#include "ground/number.h"
#include "ground/quote.h"
#include "ground/text.h"
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static int reserve(struct text *t, size_t more)
{
	if (!t->failed && room_for(&t->s, t->used + more + 1, &t->room, 1))
		t->failed = 1;
	return -t->failed;
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
	if (isfinite(v) && v == floor(v) &&
		fabs(v) < 1e15) /* a count: no need to search digits */
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
	char piece[PIECE];

	text_add(t, "\"");
	while (s && *s && !reserve(t, PIECE)) {
		s += quote_piece(IN_JSON, s, piece);
		strcpy(t->s + t->used, piece);
		t->used += strlen(piece);
	}
	text_add(t, "\"");
}

void text_shell(struct text *t, const char *word)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";

	if (*word && strspn(word, plain) == strlen(word)) {
		text_add(t, "%s", word);
		return;
	}
	text_add(t, "'");
	while (*word) {
		size_t length = strcspn(word, "'");

		text_add(t, "%.*s%s", (int)length, word, word[length] ? "'\\''" : "");
		word += length + (word[length] != 0);
	}
	text_add(t, "'");
}

void text_free(struct text *t)
{
	free(t->s);
	*t = (struct text){ 0 };
}
