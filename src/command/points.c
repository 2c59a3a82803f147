/* points.c -- problems and points as users type them. */
#include <config.h>
#include "command/arguments.h"
#include "command/points.h"
#include "ground/option.h"
#include "ground/registry.h"
#include <stdlib.h>
#include <string.h>

static int read_numbers(const char *line, size_t n, double *x, struct why *why)
{
	size_t i = 0;
	char *end;

	for (;;) {
		line += strspn(line, " \t\r\n,[]");
		if (!*line)
			break;
		if (i == n)
			return fail(why, "more than %zu numbers", n);
		x[i] = strtod(line, &end);
		if (end == line || (*end && !strchr(" \t\r\n,]", *end)))
			return fail(why, "'%.*s' is not a number", (int)strcspn(line, " ,\r\n"),
				line);
		i++;
		line = end;
	}
	return i == n ? 0 : fail(why, "%zu numbers, expected %zu", i, n);
}

int point_read(
	const struct instance *in, const char *line, uint64_t seed, double *x, struct why *why)
{
	if (!strncmp(line, "start", 5)) {
		instance_start(in, seed, x);
		return 0;
	}
	if (!strncmp(line, "minimizer", 9)) {
		if (!in->facts.minimizer)
			return fail(why, "no minimizer of %s is known", in->problem->name);
		memcpy(x, in->facts.minimizer, in->facts.n * sizeof *x);
		return 0;
	}
	return read_numbers(line, in->facts.n, x, why);
}

int instance_open(const char *typed, int number, struct instance *in, struct why *why)
{
	char name[128];
	const char *text = strchr(typed, ':') ? strchr(typed, ':') + 1 : "";
	const struct nso_problem *p;
	double opt[NSO_MAX_OPTIONS];

	snprintf(name, sizeof name, "%.*s", (int)strcspn(typed, ":"), typed);
	p = problem_find(name);
	if (!p) {
		unknown_name("problem", name, why);
		return EXIT_USAGE;
	}
	option_defaults(p->options, opt);
	if (option_parse(p->options, p->name, text, opt, why))
		return EXIT_USAGE;
	return instance_make(in, p, opt, number, why) ? EXIT_INPUT : 0;
}
