/* how.c -- the options that say how a table is to be read. */
#include "nsobench.h"
#include "samples.h"

const char *const how_headers[] = { "auto", "yes", "no", NULL };
const char *const how_separators[] = { "auto", "comma", "semicolon", "tab", "space", NULL };
const char *const how_decimals[] = { "point", "comma", NULL };
const char *const how_indices[] = { "one", "zero", NULL };

struct how how_from(const double *opt, size_t at)
{
	return (struct how){ nso_text(opt[at + HOW_TARGET]), (int)opt[at + HOW_HEADER],
		(int)opt[at + HOW_SEPARATOR], (int)opt[at + HOW_DECIMAL],
		(int)opt[at + HOW_INDEX], 0 };
}
