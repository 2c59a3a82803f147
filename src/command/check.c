/* check.c -- nsobench check NAME|FILE: tries what a problem or an optimizer promises. */
#include <config.h>
#include "check/check.h"
#include "command/command.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/registry.h"
#include "run/cell.h"
#include "run/plugin.h"
#include <fnmatch.h>
#include <string.h>

struct request {
	int verbose, all;
	long instance; /* -1: 0, and 1 where instances differ */
	int failed, checked;
};

static struct request asked;

static void print_finding(
	struct check *c, enum verdict verdict, const char *what, const char *detail)
{
	static const char *const words[] = { "FAILED", "holds", "untested" };

	(void)c;
	if (asked.verbose || verdict == CHECK_FAILED)
		printf("  %-8s %s: %s\n", words[verdict], shown(what), shown(detail));
}

static void print_sum(const char *name, const struct check *c)
{
	printf("%-28s %d hold, %d failed, %d untested\n", shown(name), c->count[CHECK_HELD],
		c->count[CHECK_FAILED], c->count[CHECK_UNTESTED]);
	fflush(stdout);
	asked.failed += c->count[CHECK_FAILED];
	asked.checked++;
}

static int check_one_problem(const struct nso_problem *p, const char *text)
{
	int first = asked.instance < 0 ? 0 : (int)asked.instance;
	int last = asked.instance < 0 && p->instances ? 1 : first;
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
			printf("%-28s unavailable: %s\n", shown(name), shown(why.text));
			asked.checked++;
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
	int code = EXIT_DONE, before = asked.checked;
	struct why why;

	for (; !code && problem_at(problem); problem++)
		if (!fnmatch(pattern, problem_at(problem)->name, 0))
			code = check_one_problem(problem_at(problem), text);
	for (; !code && optimizer_at(optimizer); optimizer++)
		if (!fnmatch(pattern, optimizer_at(optimizer)->name, 0))
			code = check_one_optimizer(optimizer_at(optimizer), text);
	if (!code && asked.checked == before) {
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

	if (strchr(typed, '/') || (length > 3 && !strcmp(typed + length - 3, ".so")) ||
		(length > 3 && !strcmp(typed + length - 3, ".py"))) {
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

static void init(void *request)
{
	*(struct request *)request = (struct request){ .instance = -1 };
}

static int run(void *request, const struct typed_command *call)
{
	int code = EXIT_DONE;

	asked = *(struct request *)request;
	if (!asked.all && !call->operands.count)
		return complain(
			EXIT_USAGE, "check: expected a name (see: nsobench list) or --all");
	quiet_floats();
	if (asked.all)
		code = check_matching("*", "", 0, 0);
	for (size_t i = 0; !code && i < call->operands.count; i++)
		code = check_typed(call->operands.at[i]);
	return code ? code : asked.failed ? EXIT_FAILED_RUN : EXIT_DONE;
}

static const struct argument arguments[] = {
	{ "all", 0, NULL, "everything there is", ARGUMENT_FLAG, offsetof(struct request, all) },
	{ "instance", 0, "I", "of a problem (default: 0, and 1 where instances differ)",
		ARGUMENT_WHOLE, offsetof(struct request, instance), 0, 1e9 },
	{ "verbose", 'v', NULL, "what holds too, not only what fails", ARGUMENT_FLAG,
		offsetof(struct request, verbose) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_check = { "check",
	"does a problem or an optimizer keep what it promises?",
	"[OPTION]... NAME[:opt=val,...]|PATTERN|FILE...",
	"Tries what a problem or an optimizer promises and prints what it found. Problems: "
	"slopes against "
	"differences, inequalities of convexity and of the stated constants, the pieces of the "
	"Clarke subdifferential "
	"at kinks, f*, terms, prox, NaN. Optimizers: status, replay, NaN, n = 1, a start at "
	"the optimum, an empty "
	"budget. FILE (with a slash, or ending in .so or .py): all that the plug-in brings.",
	arguments, "Exit code 1 if anything fails.", .operands = { 0, SIZE_MAX, "a name" },
	.size = sizeof(struct request), .init = init, .run = run };
