/* main.c -- the command line: the table of commands. */
#include <config.h>
#include "tables.h"
#include "command/arguments.h"
#include "ground/words.h"
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>
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
	      "Benchmark and analysis of non-smooth optimizers.\n\nCommands:\n",
		out);
	for (size_t i = 0; i < COUNT; i++)
		fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->about);
	fputs("\nnsobench COMMAND --help says more. Start with: nsobench run\n"
	      "Exit codes: 0 done; 1 a run or a check failed; 2 usage; 3 unreadable input;\n"
	      "4 gnuplot or an output missing; 130, 143 stopped by a signal.\n",
		out);
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

/* For completion: the commands, or the options of one. */
static int complete(const char *name)
{
	const struct command *c = name ? find(name) : NULL;

	for (size_t i = 0; !name && i < COUNT; i++)
		puts(commands[i]->name);
	if (c)
		arguments_list(c);
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
	if (!strcmp(argv[1], "--complete"))
		return complete(argv[2]);
	c = find(argv[1]);
	return c ? command_obey(c, argc - 1, argv + 1) : unknown(argv[1]);
}

/* A closed standard stream would give its number to the next file opened: records, say. What is
 * put in its place refuses what the stream is for, so that a lost output is seen. */
static void fill_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
			_exit(EXIT_OUTPUT);
}

/* The exit code, once all that was printed is known to be out. */
static int finish(int code)
{
	int lost = ferror(stdout);

	errno = 0;
	if (fclose(stdout))
		lost = 1;
	if (!lost)
		return code;
	complain(0, "standard output: cannot be written%s%s", errno ? ": " : "",
		errno ? strerror(errno) : "");
	return code < EXIT_USAGE ? EXIT_OUTPUT : code;
}

int main(int argc, char **argv)
{
	fill_streams();
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C"); /* numbers keep the point in every locale */
	gsl_set_error_handler_off();
	return finish(run(argc, argv));
}
