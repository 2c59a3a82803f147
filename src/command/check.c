/* check.c -- nsobench check NAME|FILE.so: tries what a problem or an optimizer promises. */
#include <config.h>
#include "check/check.h"
#include "command/command.h"
#include "ground/data.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/plugin.h"
#include "run/cell.h"
#include <fnmatch.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
	"Usage: nsobench check [OPTION]... NAME[:opt=val,...]|PATTERN|FILE.so...\n"
	"Tries what a problem or an optimizer promises and prints what it found. Problems: "
	"slopes\n"
	"against differences, inequalities of convexity and of the stated constants, the "
	"pieces of\n"
	"the Clarke subdifferential at kinks, f*, terms, prox, NaN. Optimizers: status, "
	"replay,\n"
	"NaN, n = 1, a start at the optimum, an empty budget. FILE.so: all that the plug-in "
	"brings.\n\n"
	"      --all             everything there is\n"
	"      --instance I      of a problem (default: 0, and 1 where instances differ)\n"
	"  -v, --verbose         what holds too, not only what fails\n"
	"      --plugin FILE.so  load, without checking it\n"
	"      --data DIR        folder of data files\n"
	"  -h, --help            this text\n"
	"Exit code 1 if anything fails.\n";

struct settings {
	int verbose, instance; /* instance -1: 0, and 1 where instances differ */
	int failed, checked;
};

static struct settings settings = { .instance = -1 };

static void print_finding(
	struct check *c, enum verdict verdict, const char *what, const char *detail)
{
	static const char *const words[] = { "FAILED", "holds", "untested" };

	(void)c;
	if (settings.verbose || verdict == CHECK_FAILED)
		printf("  %-8s %s: %s\n", words[verdict], what, detail);
}

static void print_sum(const char *name, const struct check *c)
{
	printf("%-28s %d hold, %d failed, %d untested\n", name, c->count[CHECK_HELD],
		c->count[CHECK_FAILED], c->count[CHECK_UNTESTED]);
	fflush(stdout);
	settings.failed += c->count[CHECK_FAILED];
	settings.checked++;
}

static int check_one_problem(const struct nso_problem *p, const char *text)
{
	int first = settings.instance < 0 ? 0 : settings.instance;
	int last = settings.instance < 0 && p->instances ? 1 : first;
	double opt[NSO_MAX_OPTIONS];
	struct why why;
	char name[160];

	option_defaults(p->options, opt);
	if (option_parse(p->options, p->name, text, opt, &why))
		return complain(EXIT_USAGE, "check: %s", why.text);
	for (int number = first; number <= last; number++) {
		struct check c = { .found = print_finding };

		snprintf(name, sizeof name, "%s, instance %d", p->name, number);
		if (check_problem(&c, p, opt, number, &why)) {
			printf("%-28s unavailable: %s\n", name, why.text);
			settings.checked++;
			continue;
		}
		print_sum(name, &c);
	}
	return EXIT_DONE;
}

static int check_one_optimizer(const struct nso_optimizer *o, const char *text)
{
	struct check c = { .found = print_finding };
	double opt[NSO_MAX_OPTIONS];
	struct why why;

	option_defaults(o->options, opt);
	if (option_parse(o->options, o->name, text, opt, &why))
		return complain(EXIT_USAGE, "check: %s", why.text);
	check_optimizer(&c, o, opt);
	print_sum(o->name, &c);
	return EXIT_DONE;
}

/* Entries from these numbers on whose name fits the pattern: a plug-in's stand at the end. */
static int check_matching(
	const char *pattern, const char *text, size_t problem, size_t optimizer)
{
	int code = EXIT_DONE, before = settings.checked;
	struct why why;

	for (; !code && problem_at(problem); problem++)
		if (!fnmatch(pattern, problem_at(problem)->name, 0))
			code = check_one_problem(problem_at(problem), text);
	for (; !code && optimizer_at(optimizer); optimizer++)
		if (!fnmatch(pattern, optimizer_at(optimizer)->name, 0))
			code = check_one_optimizer(optimizer_at(optimizer), text);
	if (!code && settings.checked == before) {
		unknown_name("problem or optimizer", pattern, &why);
		return complain(EXIT_USAGE, "check: %s", why.text);
	}
	return code;
}

static int check_typed(const char *typed)
{
	size_t length = strlen(typed), problem = 0, optimizer = 0;
	const char *text = strchr(typed, ':');
	struct why why;
	char name[128];

	if (length > 3 && !strcmp(typed + length - 3, ".so")) {
		while (problem_at(problem))
			problem++;
		while (optimizer_at(optimizer))
			optimizer++;
		if (plugin_load(typed, &why))
			return complain(EXIT_INPUT, "check: %s", why.text);
		return check_matching("*", "", problem, optimizer);
	}
	snprintf(name, sizeof name, "%.*s", (int)strcspn(typed, ":"), typed);
	return check_matching(name, text ? text + 1 : "", 0, 0);
}

int cmd_check(int argc, char **argv)
{
	static const struct option options[] = { { "all", 0, 0, 'a' },
		{ "instance", 1, 0, 'i' }, { "verbose", 0, 0, 'v' }, { "plugin", 1, 0, 'p' },
		{ "data", 1, 0, 'd' }, { "help", 0, 0, 'h' }, { 0 } };
	struct why why;
	double number;
	int code, all = 0;

	opterr = 0;
	optind = 1;
	while ((code = getopt_long(argc, argv, "hv", options, NULL)) != -1) {
		if (code == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (code == '?')
			return bad_option(argv, options);
		all |= code == 'a';
		settings.verbose |= code == 'v';
		if (code == 'd')
			data_folder_set(optarg);
		if (code == 'i') {
			if (parse_double(optarg, &number) || number < 0 || number > 1e9 ||
				number != floor(number))
				return complain(EXIT_USAGE,
					"check: --instance is '%s', expected 0, 1, ...",
					optarg);
			settings.instance = (int)number;
		}
		if (code == 'p' && plugin_load(optarg, &why))
			return complain(EXIT_INPUT, "check: %s", why.text);
	}
	if (!all && optind == argc)
		return complain(
			EXIT_USAGE, "check: expected a name (see: nsobench list) or --all");
	quiet_floats();
	code = all ? check_matching("*", "", 0, 0) : EXIT_DONE;
	for (; !code && optind < argc; optind++)
		code = check_typed(argv[optind]);
	return code ? code : settings.failed ? EXIT_FAILED_RUN : EXIT_DONE;
}
