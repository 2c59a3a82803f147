/* quote.h -- texts of others on their way out. A name, a title or a reason may hold anything:
 * each language that texts go into has one function here, and behind none of them does a text
 * do more than show. */
#ifndef QUOTE_H
#define QUOTE_H

#include <stddef.h>
#include <stdio.h>

/* Bytes of the character that begins at s; 0 where they are no UTF-8. Whoever writes JSON or
 * HTML puts not_utf8 in the place of such a byte, so that the file is valid whatever the names
 * in it are. */
size_t utf8_length(const char *s);
extern const char not_utf8[]; /* U+FFFD */

/* What does not show as itself stands as \x1b (a byte) or \u202e: controls, what turns the
 * direction of writing, bytes that are no UTF-8 (U+FFFD in JSON and HTML). Line breaks are such
 * controls: a text stays on its line. In JSON all this is the same text again when it is read,
 * but for the bytes that are no UTF-8. */
enum language {
	IN_TERMINAL,
	IN_GNUPLOT,
	IN_JSON,
	IN_HTML,
	IN_CSV,
	IN_TEX,
	IN_GNUPLOT_TEX /* a constant of gnuplot whose value is TeX */
};
enum { PIECE = 40 };
/* What the first character of text is in the language; how many bytes of text that was. */
size_t quote_piece(enum language language, const char *text, char piece[PIECE]);

void print_shown(FILE *out, const char *text); /* for a terminal */
void print_gnuplot(FILE *out,
	const char *text); /* a constant of gnuplot 5 and 6 whose value is the text */
void print_gnuplot_tex(FILE *out, const char *text); /* the same, and the value is TeX */
/* For LaTeX, in text: no package is needed. What OT1 has no letter for stands as U+4E2D. */
void print_tex(FILE *out, const char *text);
void print_json(FILE *out, const char *text); /* in quotes */
void print_html(FILE *out, const char *text); /* as content and in a quoted attribute */
/* A cell as RFC 4180 has it; one that a spreadsheet would take for a formula gets an apostrophe
 * in front (OWASP, CSV injection), numbers stay numbers. */
void print_csv(FILE *out, const char *text);
/* For printf: the text itself where all of it shows, else one of eight buffers in turn, each
 * used again by the eighth call after; a longer one ends in dots. */
const char *shown(const char *text);
/* Columns on a terminal of what print_shown prints, one a character. */
int shown_width(const char *text);

/* Names that become files: letters, digits, dot, underscore, dash; no dot or dash in front; not
 * too long. */
enum { FILE_NAME = 64 };
int is_file_name(const char *text);
/* Any text made such a name; texts that differ may get the same. */
void file_name(const char *text, char name[FILE_NAME]);

#endif
