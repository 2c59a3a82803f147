/* embed.c -- data within a page: zlib (RFC 1950), then base64 (RFC 4648). */
#include <stdlib.h>
#include <zlib.h>
#include "picture/embed.h"

static void base64(char *out, const unsigned char *in, size_t length)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < length; i += 3) {
		unsigned long bits = (unsigned long)in[i] << 16;

		bits |= i + 1 < length ? (unsigned long)in[i + 1] << 8 : 0;
		bits |= i + 2 < length ? in[i + 2] : 0;
		*out++ = letters[bits >> 18];
		*out++ = letters[bits >> 12 & 63];
		*out++ = i + 1 < length ? letters[bits >> 6 & 63] : '=';
		*out++ = i + 2 < length ? letters[bits & 63] : '=';
	}
	*out = 0;
}

int embed(struct text *out, const char *text, size_t length)
{
	uLongf size = compressBound((uLong)length);
	unsigned char *packed = malloc(size);
	char *letters = NULL;
	int bad = !packed || compress2(packed, &size, (const unsigned char *)text,
				     (uLong)length, 9) != Z_OK;

	if (!bad && (letters = malloc((size + 2) / 3 * 4 + 1))) {
		base64(letters, packed, size);
		text_add(out, "%s", letters);
	}
	bad |= !letters || out->failed;
	free(letters);
	free(packed);
	return bad ? -1 : 0;
}
