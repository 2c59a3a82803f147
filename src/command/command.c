/* command.c -- what the commands share. */
#include <config.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "analysis/records.h"
#include "analysis/study.h"
#include "command/command.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/why.h"

int complain(int code, const char *format, ...)
{
	char text[4096];
	va_list list;
	int length;

	va_start(list, format);
	length = vsnprintf(text, sizeof text, format, list);
	va_end(list);
	fputs("nsobench: ", stderr);
	print_shown(stderr, text); /* names of others may hold what a terminal obeys */
	fputs(length < (int)sizeof text ? "\n" : "...\n", stderr);
	return code;
}

int bad_option(char **argv, const struct option *options)
{
	const char *names[64], *near, *typed = argv[optind - 1];
	char word[128];
	size_t count = 0;

	for (; options[count].name && count < 64; count++)
		names[count] = options[count].name;
	snprintf(word, sizeof word, "%.*s", (int)strcspn(typed, "="), typed);
	if (strncmp(word, "--", 2))
		return complain(EXIT_USAGE, "%s: bad option '%s' (see: nsobench %s --help)", argv[0],
			typed, argv[0]);
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], word + 2))
			return complain(EXIT_USAGE, "%s: option %s %s a value", argv[0], word,
				options[i].has_arg ? "needs" : "takes no");
	near = nearest(word + 2, names, count);
	return complain(EXIT_USAGE, "%s: no option '%s'%s%s%s (see: nsobench %s --help)", argv[0], word,
		near ? "; did you mean '--" : "", near ? near : "", near ? "'?" : "", argv[0]);
}

int open_study(struct study *s, struct records *r, const char *folder, const struct cost *cost,
	double target, struct why *why)
{
	int status = records_read(r, folder, why);

	for (size_t i = 0; i < r->warnings; i++)
		complain(0, "warning: %s", r->warning[i]);
	if (status)
		return status;
	if (records_labels(r))
		return fail(why, "out of memory");
	return study_make(s, r, cost, target, why);
}
