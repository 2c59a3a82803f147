/* embed.h -- data within a page: deflated, in letters that no browser takes for markup. */
#ifndef EMBED_H
#define EMBED_H

#include "ground/text.h"

/* Appends base64 (RFC 4648) of the zlib stream of the text (RFC 1950). -1: no memory. */
int embed(struct text *out, const char *text, size_t length);

#endif
