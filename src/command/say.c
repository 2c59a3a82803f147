/* say.c -- text for people: lines that fit the terminal. */
#include <config.h>
#include "command/say.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/ioctl.h>

enum { NARROW = 60, BROAD = 100 };

int terminal_width(int without)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	int width = columns ? atoi(columns) : 0;

	if (!width && isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		width = size.ws_col;
	return !width ? without : width < NARROW ? NARROW : width > BROAD ? BROAD : width;
}

void wrap(const char *text, int indent, int width)
{
	int column = indent;

	while (*text) {
		int length = (int)strcspn(text, " \n");

		if (column > indent && column + 1 + length > width) {
			printf("\n%*s", indent, "");
			column = indent;
		}
		column += printf("%s%.*s", column > indent ? " " : "", length, text);
		text += length;
		if (*text == '\n') {
			printf("\n%*s", text[1] ? indent : 0, "");
			column = indent;
		}
		text += *text != 0;
	}
	putchar('\n');
}

void say(int indent, const char *format, ...)
{
	va_list args;
	char *line;
	int length, label = indent;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	line = malloc((size_t)length + 1);
	if (!line)
		return;
	va_start(args, format);
	vsnprintf(line, (size_t)length + 1, format, args);
	va_end(args);
	while (label > 0 && label < length && line[label - 1] != ' ') /* one that is longer */
		label++;
	if (length <= label) {
		puts(line);
	} else {
		printf("%.*s", label, line);
		wrap(line + label, indent, terminal_width(NO_WIDTH));
	}
	free(line);
}
