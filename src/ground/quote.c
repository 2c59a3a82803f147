/* quote.c -- one function for each language that texts of others go into. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "ground/quote.h"

/* ------------------------------------------------------------------ characters
 * ---------------- */

const char not_utf8[] = "\xef\xbf\xbd";

/* Unicode 15, table 3-7: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
size_t utf8_length(const char *s)
{
	static const struct {
		unsigned char from, to, low, high;
		size_t length;
	} rows[] = { { 0x01, 0x7f, 0, 0, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 } };
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

/* Length and number of the character at text; 0 and the first byte where that begins none. */
static size_t character(const char *text, uint32_t *number)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t length = utf8_length(text);

	*number = length < 2 ? *s : *s & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++)
		*number = *number << 6 | (s[i] & 0x3f);
	return length;
}

/* Controls, marks that turn the direction of writing, breaks of lines, what is no character in
 * XML. */
static int acts(uint32_t c)
{
	static const uint32_t range[][2] = { { 0, 0x1f }, { 0x7f, 0x9f }, { 0x61c, 0x61c },
		{ 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb }, { 0xfffe, 0xffff }, { 0xe0000, 0xe007f } };

	for (size_t i = 0; i < sizeof range / sizeof *range; i++)
		if (c >= range[i][0] && c <= range[i][1])
			return 1;
	return 0;
}

/* ------------------------------------------------------------------ languages
 * ----------------- */

/* In double quotes gnuplot reads octal numbers, of four digits when the first is 0. Written so,
 * no character meets a rule of it: backquotes, macros, quotes (5.4 misreads a doubled one at
 * the start), braces. */
static void piece_gnuplot(char *piece)
{
	char plain[PIECE];

	strcpy(plain, piece);
	for (const char *s = plain; *s; s++)
		if ((unsigned char)*s < 0x80 && !strchr(" .,:;/+=()*|<>!?-", *s) &&
			!(*s >= '0' && *s <= '9') && !(*s >= 'A' && *s <= 'Z') &&
			!(*s >= 'a' && *s <= 'z'))
			piece += sprintf(piece, *s < 0100 ? "\\0%03o" : "\\%03o", (unsigned)*s);
		else
			*piece++ = *s;
	*piece = 0;
}

static void piece_json(uint32_t c, char *piece)
{
	if (c == '"' || c == '\\')
		sprintf(piece, "\\%c", (int)c);
	else if (c > 0xffff && acts(c))
		sprintf(piece, "\\u%04x\\u%04x", 0xd800 + ((unsigned)(c - 0x10000) >> 10),
			0xdc00 + (unsigned)(c & 0x3ff));
	else if (acts(c))
		sprintf(piece, "\\u%04x", (unsigned)c);
}

static void piece_html(uint32_t c, char *piece)
{
	if (c < 0x80 && strchr("<>&\"'", (int)c))
		sprintf(piece, "&#%u;", (unsigned)c);
}

/* What TeX takes for a command or OT1 for another letter. */
static const char *tex_name(uint32_t c)
{
	static const struct {
		uint32_t c;
		const char *name;
	} names[] = { { '\\', "\\textbackslash{}" }, { '{', "\\{" }, { '}', "\\}" },
		{ '$', "\\$" }, { '&', "\\&" }, { '#', "\\#" }, { '%', "\\%" }, { '_', "\\_" },
		{ '^', "\\textasciicircum{}" }, { '~', "\\textasciitilde{}" },
		{ '<', "\\textless{}" }, { '>', "\\textgreater{}" }, { '|', "\\textbar{}" },
		{ '`', "{`}" }, { '\'', "{'}" }, { '"', "{''}" }, { 0xb1, "$\\pm$" },
		{ 0xb2, "$^2$" }, { 0xb3, "$^3$" }, { 0xb5, "$\\mu$" }, { 0xb7, "$\\cdot$" },
		{ 0xd7, "$\\times$" }, { 0x2013, "--" }, { 0x2014, "---" }, { 0x2016, "$\\|$" },
		{ 0x2026, "\\ldots{}" }, { 0x2192, "$\\to$" }, { 0x2202, "$\\partial$" },
		{ 0x2207, "$\\nabla$" }, { 0x2212, "$-$" }, { 0x221e, "$\\infty$" },
		{ 0x2264, "$\\le$" }, { 0x2265, "$\\ge$" } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].c == c)
			return names[i].name;
	return NULL;
}

static const char *greek(uint32_t c)
{
	static const char *const names[] = { "alpha", "beta", "gamma", "delta", "epsilon",
		"zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron",
		"pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi",
		"omega" };

	return c >= 0x3b1 && c <= 0x3c9 && c != 0x3bf ? names[c - 0x3b1] : NULL;
}

/* Letters of Latin-1 that LaTeX has in every encoding: no eth, no thorn. */
static int is_latin(uint32_t c)
{
	return c >= 0xc0 && c <= 0xff && c != 0xd0 && c != 0xd7 && c != 0xde && c != 0xf0 &&
	       c != 0xf7 && c != 0xfe;
}

static void piece_tex(uint32_t c, size_t length, char *piece)
{
	if (!length || (c < 0x80 && acts(c)))
		sprintf(piece, "%sx%02x", tex_name('\\'), (unsigned)c);
	else if (acts(c))
		sprintf(piece, "%su%04x", tex_name('\\'), (unsigned)c);
	else if (tex_name(c))
		strcpy(piece, tex_name(c));
	else if (greek(c))
		sprintf(piece, "$\\%s$", greek(c));
	else if (c >= 0x80 && !is_latin(c))
		sprintf(piece, "U+%04X", (unsigned)c);
}

size_t quote_piece(enum language language, const char *text, char piece[PIECE])
{
	uint32_t c;
	size_t length = character(text, &c);

	if (!length && (language == IN_JSON || language == IN_HTML)) {
		strcpy(piece, not_utf8);
		return 1;
	}
	if (!length || (c < 0x80 && acts(c)))
		sprintf(piece, "\\x%02x", (unsigned)c);
	else if (acts(c))
		sprintf(piece, "\\u%04x", (unsigned)c);
	else
		sprintf(piece, "%.*s", (int)length, text);
	if (language == IN_JSON)
		piece_json(c, piece);
	else if (language == IN_HTML)
		piece_html(c, piece);
	else if (language >= IN_TEX)
		piece_tex(c, length, piece);
	else if (language == IN_CSV && c == '"')
		strcpy(piece, "\"\"");
	if (language == IN_GNUPLOT || language == IN_GNUPLOT_TEX)
		piece_gnuplot(piece);
	return length ? length : 1;
}

static void print_pieces(FILE *out, enum language language, const char *text)
{
	char piece[PIECE];

	while (*text) {
		text += quote_piece(language, text, piece);
		fputs(piece, out);
	}
}

void print_shown(FILE *out, const char *text) { print_pieces(out, IN_TERMINAL, text); }

void print_html(FILE *out, const char *text) { print_pieces(out, IN_HTML, text); }

static void print_quoted(FILE *out, enum language language, const char *text)
{
	putc('"', out);
	print_pieces(out, language, text);
	putc('"', out);
}

void print_gnuplot(FILE *out, const char *text) { print_quoted(out, IN_GNUPLOT, text); }

void print_gnuplot_tex(FILE *out, const char *text) { print_quoted(out, IN_GNUPLOT_TEX, text); }

void print_tex(FILE *out, const char *text) { print_pieces(out, IN_TEX, text); }

void print_json(FILE *out, const char *text) { print_quoted(out, IN_JSON, text); }

/* What makes a spreadsheet calculate: = + - @ in front, also in their wide forms. */
static int is_formula(const char *text)
{
	static const char *const begins[] = { "=", "+", "-", "@", "\xef\xbc\x9d",
		"\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };
	char *end;

	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (!strncmp(text, begins[i], strlen(begins[i]))) {
			strtod(text, &end);
			return *end || end == text;
		}
	return 0;
}

void print_csv(FILE *out, const char *text)
{
	int quotes = strpbrk(text, ",;\"\t") != NULL || *text == ' ';

	fputs(quotes ? "\"" : "", out);
	fputs(is_formula(text + strspn(text, " \t\r\n")) ? "'" : "", out);
	print_pieces(out, IN_CSV, text);
	fputs(quotes ? "\"" : "", out);
}

const char *shown(const char *text)
{
	static char ring[8][1024];
	static size_t turn;
	char piece[PIECE], *out;
	const char *s = text;
	uint32_t c;
	size_t length, used = 0;

	if (!text)
		return "";
	while (*s && (length = character(s, &c)) && !acts(c))
		s += length;
	if (!*s)
		return text;
	out = ring[turn++ % 8];
	for (s = text; *s && used < sizeof *ring - PIECE; used += strlen(piece)) {
		s += quote_piece(IN_TERMINAL, s, piece);
		strcpy(out + used, piece);
	}
	strcpy(out + used, *s ? "..." : "");
	return out;
}

int shown_width(const char *text)
{
	char piece[PIECE];
	int width = 0;

	while (*text) {
		text += quote_piece(IN_TERMINAL, text, piece);
		for (const char *s = piece; *s; s++)
			width += (*s & 0xc0) != 0x80;
	}
	return width;
}

/* ------------------------------------------------------------------ files
 * --------------------- */

static const char in_file_names[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

int is_file_name(const char *text)
{
	size_t length = strspn(text, in_file_names);

	return length && !text[length] && length < FILE_NAME && *text != '.' && *text != '-';
}

void file_name(const char *text, char name[FILE_NAME])
{
	snprintf(name, FILE_NAME, "%s", *text ? text : "_");
	for (char *c = name; *c; c++)
		if (!strchr(in_file_names, *c) || (c == name && (*c == '.' || *c == '-')))
			*c = '_';
}
