/* say.h -- text for people: lines that fit the terminal. */
#ifndef SAY_H
#define SAY_H

enum { USUAL_WIDTH = 80, NO_WIDTH = 1 << 20 };
/* Columns of the terminal on stdout, 60 to 100, or $COLUMNS; `without` where there is none. */
int terminal_width(int without);
/* Words of a text, wrapped at width and from the second line on behind `indent` columns, where
 * the line already is; \n begins a new line. Ends with a newline. */
void wrap(const char *text, int indent, int width);
/* A line as printf prints it; what does not fit the terminal goes on below, `indent` columns
 * in. Blanks among the first `indent` columns stay as they are. Into a file or a pipe nothing
 * is wrapped. */
void say(int indent, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
