/* main.c -- the command line: the table of commands. */
#include <config.h>
#include "tables.h"
#include "command/arguments.h"
#include "ground/words.h"
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <gsl/gsl_errno.h>

#define ROW(name) extern const struct command command_##name;
COMMANDS(ROW)
#undef ROW
static const struct command *const commands[] = {
#define ROW(name) &command_##name,
	COMMANDS(ROW)
#undef ROW
	NULL
};
enum { COUNT = sizeof commands / sizeof *commands - 1 };

static void usage(FILE *out)
{
	fputs("usage: nsobench COMMAND [ARGUMENT]...\n\n"
	      "Benchmark and analysis of non-smooth optimizers.\n\nCommands:\n", out);
	for (size_t i = 0; i < COUNT; i++)
		fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->about);
	fputs("\nnsobench COMMAND --help says more. Start with: nsobench run\n"
	      "Exit codes: 0 done; 1 a run or a check failed; 2 usage; 3 unreadable input;\n"
	      "4 gnuplot or an output missing; 130, 143 stopped by a signal.\n", out);
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (!strcmp(name, commands[i]->name))
			return commands[i];
	return NULL;
}

static int unknown(const char *name)
{
	const char *names[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		names[i] = commands[i]->name;
	return complain(EXIT_USAGE, "no command '%s'%s (see: nsobench --help)", name,
		did_you_mean(name, names, COUNT).text);
}

/* nsobench help [COMMAND] */
static int help(const char *name)
{
	const struct command *c = name ? find(name) : NULL;

	if (name && !c)
		return unknown(name);
	if (c)
		arguments_help(c);
	else
		usage(stdout);
	return EXIT_DONE;
}

static int run(int argc, char **argv)
{
	const struct command *c;

	if (argc < 2) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
		return help(argv[1][0] == 'h' ? argv[2] : NULL);
	if (!strcmp(argv[1], "--version")) {
		puts("nsobench " PACKAGE_VERSION);
		return EXIT_DONE;
	}
	c = find(argv[1]);
	return c ? c->run(c, argc - 1, argv + 1) : unknown(argv[1]);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C"); /* numbers keep the point in every locale */
	gsl_set_error_handler_off();
	return run(argc, argv);
}
