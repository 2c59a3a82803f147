/* main.c -- the command line: one row per command. Only here and in cmd_*.c anything is printed. */
#include <config.h>
#include "command/command.h"
#include "ground/option.h"
#include "ground/quote.h"
#include <locale.h>
#include <string.h>
#include <gsl/gsl_errno.h>

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} commands[] = {
	{ "run", cmd_run, "run a suite, or problems against optimizers; writes records" },
	{ "summary", cmd_summary, "tables of a folder of records" },
	{ "plot", cmd_plot, "pictures of a folder of records" },
	{ "report", cmd_report, "one HTML file: tables, pictures, verdicts, warnings" },
	{ "compare", cmd_compare, "two folders of records: did anything get worse?" },
	{ "tune", cmd_tune, "the best setting of each optimizer under the same search budget" },
	{ "rates", cmd_rates, "does a claimed rate of convergence hold? theory against measurement" },
	{ "list", cmd_list, "the problems, optimizers and suites that there are" },
	{ "show", cmd_show, "one of them: formula, options, defaults and their sources" },
	{ "eval", cmd_eval, "value and subgradient of a problem at points from stdin" },
	{ "measure", cmd_measure, "how stationary is a point? certified distances, Goldstein's curve" },
	{ "check", cmd_check, "does a problem or an optimizer keep what it promises?" },
	{ "merge", cmd_merge, "unite folders of records" },
	{ "data", cmd_data, "store an embedded data set as files; say what a data set holds" },
	{ "doctor", cmd_doctor, "what this build is made of and whether it works here" },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void usage(FILE *out)
{
	fputs("usage: nsobench COMMAND [ARGUMENT]...\n\n"
	      "Benchmark and analysis of non-smooth optimizers.\n\nCommands:\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-9s %s\n", commands[i].name, commands[i].help);
	fputs("\nnsobench COMMAND --help says more. Start with: nsobench run\n"
	      "Exit codes: 0 done; 1 a run or a check failed; 2 usage; 3 unreadable input;\n"
	      "4 gnuplot or an output missing; 130, 143 stopped by a signal.\n", out);
}

int main(int argc, char **argv)
{
	const char *names[COMMANDS], *near;

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C"); /* numbers keep the point in every locale */
	gsl_set_error_handler_off();
	if (argc < 2) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		usage(stdout);
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("nsobench " PACKAGE_VERSION);
		return 0;
	}
	for (size_t i = 0; i < COMMANDS; i++) {
		names[i] = commands[i].name;
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	}
	near = nearest(argv[1], names, COMMANDS);
	fprintf(stderr, "nsobench: no command '%s'%s%s%s (see: nsobench --help)\n", shown(argv[1]),
		near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
	return EXIT_USAGE;
}
