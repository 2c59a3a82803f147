/* rates.c -- nsobench rates: does the claimed rate hold? Runs claims, prints verdicts. */
#include <config.h>
#include "build.h"
#include "command/command.h"
#include "command/verdicts.h"
#include "ground/data.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/text.h"
#include "ground/why.h"
#include "picture/draw_claim.h"
#include "picture/figure.h"
#include "run/cell.h"
#include "study/claim.h"
#include "study/claim_list.h"
#include "study/impostor.h"
#include "study/kind.h"
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

static const char help[] =
	"Usage: nsobench rates ID|FILE.json... [OPTION]...\n"
	"       nsobench rates --all|--quick [OPTION]...\n"
	"Runs the experiments of a claim about convergence and says whether it holds, is "
	"refuted, or\n"
	"cannot be decided here, with the numbers behind it.\n"
	"\n"
	"      --list             the claims that there are\n"
	"      --all              all of them\n"
	"      --quick            all but the slow ones: under a minute\n"
	"  -o, --output DIR       keep the records and draw pictures: DIR/ID/\n"
	"      --format LIST      of the pictures: svg,png,pdf (default svg)\n"
	"  -j, --jobs N           worker processes (default: the number of cores)\n"
	"  -v, --verbose          every test, not only those that decide\n"
	"      --json             verdicts, tests and numbers as JSON\n"
	"      --markdown         the same as sections of docs/claims.md\n"
	"      --impostor WORD    frozen, random (search), half or twice (the step), sign (the "
	"other\n"
	"                         way): runs this in the place of the claim's methods\n"
	"      --power            every test against every impostor, as a table; exit code 1 "
	"if one\n"
	"                         cannot tell a frozen method or random search and does not "
	"say so\n"
	"      --plugin FILE.so   problems and optimizers of your own; may be repeated\n"
	"      --data DIR         folder of data files\n"
	"  -h, --help             this text\n"
	"\n"
	"A claim of your own is a JSON file with the same fields as those that ship: see "
	"docs/claims.md.\n"
	"Exit code 1: a claim that is proved was violated.\n";

struct arguments {
	int list, all, quick, json, markdown, power, verbose, workers;
	enum impostor impostor;
	const char *output;
	char formats[64];
};

/* ---------------------------------------------------------------- run ------------------------
 */

static int make_folder(const char *path, struct why *why)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		return fail(why, "%s: %s", path, strerror(errno));
	return 0;
}

/* Where the records of a claim go: DIR/ID, or a folder that is removed again. */
static int open_folder(
	const struct arguments *a, const char *id, char *out, size_t size, struct why *why)
{
	const char *tmp = getenv("TMPDIR");

	if (a->output) {
		snprintf(out, size, "%s/%s", a->output, id);
		return make_folder(a->output, why) || make_folder(out, why) ? -1 : 0;
	}
	snprintf(out, size, "%s/nsobench-rates-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	return mkdtemp(out) ? 0 : fail(why, "%s: %s", out, strerror(errno));
}

static void remove_folder(const char *folder)
{
	char path[4300];

	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	unlink(path);
	rmdir(folder);
}

static int draw(
	const struct arguments *a, const struct outcome *o, const char *folder, struct why *why)
{
	struct figures fs;
	int bad;

	if (figures_open(&fs, folder, a->formats, why))
		return -1;
	bad = draw_claim(o, &fs, why) || (fs.count && figures_draw(&fs, why)) ? -1 : 0;
	figures_free(&fs);
	return bad;
}

/* Runs, judges. 0; an exit code; above 128: stopped by a signal. */
static int run_claim(
	const struct arguments *a, struct claim *c, struct outcome *o, struct why *why)
{
	char folder[4200];
	struct evidence e = { 0 };
	double start = seconds_now();
	int bad;

	*o = (struct outcome){ 0 };
	if (open_folder(a, c->id, folder, sizeof folder, why))
		return EXIT_OUTPUT;
	bad = c->study ? study_correlates(c, o, why)
		       : evidence_tuned(&e, c, folder, a->workers, why);
	if (!bad && !c->study)
		bad = judge(o, &e, why);
	evidence_free(&e);
	if (!a->output)
		remove_folder(folder);
	o->seconds = seconds_now() - start;
	if (bad > 0)
		return 128 + bad;
	if (bad)
		return EXIT_INPUT;
	if (a->output && draw(a, o, folder, why))
		return EXIT_OUTPUT;
	return 0;
}

static void show(const struct arguments *a, const struct outcome *o, struct text *json)
{
	if (a->json) {
		text_add(json, json->used > 1 ? ",\n" : "");
		outcome_json(json, o);
	} else if (a->markdown) {
		outcome_markdown(o);
	} else {
		print_outcome(o, a->verbose);
		fflush(stdout);
	}
}

/* A claim with an impostor in its method's place; -1: not to be run, an impostor has no place
 * in it. */
static int run_impostor(const struct arguments *a, const char *path, enum impostor kind,
	struct claim *c, struct outcome *o, struct why *why)
{
	int code;

	if (claim_read(c, path, why))
		return EXIT_INPUT;
	if ((a->quick && c->slow) || (c->study && kind != IMPOSTOR_NONE))
		return -1;
	code = impostor_put(c, kind, why) ? EXIT_INPUT : run_claim(a, c, o, why);
	return code;
}

static int run_path(
	const struct arguments *a, const char *path, struct text *json, int *violated)
{
	struct claim c;
	struct outcome o = { 0 };
	struct why why;
	int code = run_impostor(a, path, a->impostor, &c, &o, &why);

	if (code == EXIT_INPUT || code == EXIT_OUTPUT)
		complain(code, "rates: %s", why.text);
	if (code >= 0 && code < 128 && o.claim) {
		*violated |= c.proved && o.verdict == REFUTED;
		show(a, &o, json);
	}
	outcome_free(&o);
	impostors_free(&c);
	claim_free(&c);
	return code < 0 ? 0 : code;
}

/* Can each test tell the claim's methods from a frozen one and from random search, or does it
 * say why not? */
static void power_rows(
	const struct claim *c, enum verdict found[][IMPOSTORS], const char *path, int *weak)
{
	for (size_t i = 0; i < c->tests; i++) {
		const struct test_of_claim *t = &c->test[i];
		int holds = found[i][IMPOSTOR_FROZEN] == HOLDS ||
			    found[i][IMPOSTOR_RANDOM] == HOLDS;

		if (t->control)
			continue;
		power_row(c, t, found[i]);
		if (holds == (t->any_method != NULL))
			continue;
		*weak = 1;
		fprintf(stderr, "rates: %s: tests[%zu] %s\n", path, i,
			holds ? "holds for a frozen method or random search: sharpen it, or "
				"say why "
				"in \"any_method\""
			      : "tells them apart: \"any_method\" is not true of it");
	}
	fflush(stdout);
}

static int power_path(const struct arguments *a, const char *path, int *weak)
{
	enum verdict found[CLAIM_TESTS][IMPOSTORS] = { 0 };
	struct claim c;
	struct why why;
	int code = 0, none = 0;

	for (int k = IMPOSTOR_FROZEN; k < IMPOSTORS && !code && !none; k++) {
		struct outcome o = { 0 };

		code = run_impostor(a, path, (enum impostor)k, &c, &o, &why);
		none = code < 0;
		for (size_t i = 0; !code && i < c.tests; i++)
			found[i][k] = verdict_of_test(&o, &c.test[i]);
		if (!code && k + 1 == IMPOSTORS)
			power_rows(&c, found, path, weak);
		outcome_free(&o);
		impostors_free(&c);
		claim_free(&c);
	}
	if (code == EXIT_INPUT || code == EXIT_OUTPUT)
		complain(code, "rates: %s", why.text);
	return none ? 0 : code;
}

static int print_list(int as_json)
{
	struct text t = { 0 };
	int bad = as_json && claims_json(&t);

	if (as_json && !bad)
		printf("%s\n", t.s);
	if (!as_json)
		claims_print();
	text_free(&t);
	return bad ? complain(EXIT_INPUT, "rates: out of memory") : EXIT_DONE;
}

/* ---------------------------------------------------------------- arguments ------------------
 */

enum { LIST = 256, ALL, QUICK, JSON, MARKDOWN, IMPOSTOR, POWER, PLUGIN, DATA, FORMAT };
static const struct option options[] = { { "list", 0, 0, LIST }, { "all", 0, 0, ALL },
	{ "quick", 0, 0, QUICK }, { "json", 0, 0, JSON }, { "markdown", 0, 0, MARKDOWN },
	{ "impostor", 1, 0, IMPOSTOR }, { "power", 0, 0, POWER }, { "output", 1, 0, 'o' },
	{ "jobs", 1, 0, 'j' }, { "verbose", 0, 0, 'v' }, { "plugin", 1, 0, PLUGIN },
	{ "data", 1, 0, DATA }, { "format", 1, 0, FORMAT }, { "help", 0, 0, 'h' }, { 0 } };

static int take_impostor(struct arguments *a, const char *word)
{
	const char *near = nearest(word, impostor_words, IMPOSTORS);

	for (int k = 0; k < IMPOSTORS; k++)
		if (!strcmp(word, impostor_words[k])) {
			a->impostor = (enum impostor)k;
			return -1;
		}
	return complain(EXIT_USAGE,
		"rates: --impostor is '%s', expected frozen, random, half, twice or sign%s%s%s",
		word, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static int take(struct arguments *a, int code, char **argv)
{
	struct why why;
	double v;

	switch (code) {
	case LIST:
		a->list = 1;
		break;
	case ALL:
		a->all = 1;
		break;
	case QUICK:
		a->quick = 1;
		break;
	case JSON:
		a->json = 1;
		break;
	case MARKDOWN:
		a->markdown = 1;
		break;
	case POWER:
		a->power = 1;
		break;
	case IMPOSTOR:
		return take_impostor(a, optarg);
	case 'v':
		a->verbose = 1;
		break;
	case 'o':
		a->output = optarg;
		break;
	case DATA:
		data_folder_set(optarg);
		break;
	case 'h':
		fputs(help, stdout);
		return EXIT_DONE;
	case PLUGIN:
		if (plugin_load(optarg, &why))
			return complain(EXIT_INPUT, "rates: %s", why.text);
		break;
	case FORMAT:
		snprintf(a->formats, sizeof a->formats, "%s", optarg);
		for (char *c = a->formats; *c; c++)
			*c = *c == ',' ? ' ' : *c;
		break;
	case 'j':
		if (parse_double(optarg, &v) || !(v >= 1 && v <= 256) || v != floor(v))
			return complain(
				EXIT_USAGE, "rates: --jobs is '%s', expected 1 to 256", optarg);
		a->workers = (int)v;
		break;
	default:
		return bad_option(argv, options);
	}
	return -1;
}

static int run_names(const struct arguments *a, char **names, size_t count, int *violated)
{
	struct text json = { 0 };
	int code = 0, one;

	if (a->json)
		text_add(&json, "[");
	if (a->power)
		power_heading();
	for (size_t i = 0; i < count && code < 128; i++) {
		struct why why;
		char *path = claim_find(names[i], &why);

		one = !path      ? complain(EXIT_USAGE, "rates: %s", why.text)
		      : a->power ? power_path(a, path, violated)
				 : run_path(a, path, &json, violated);
		code = one ? one : code;
		free(path);
	}
	if (a->json)
		printf("%s]\n", json.s ? json.s : "[");
	text_free(&json);
	return code;
}

int cmd_rates(int argc, char **argv)
{
	struct arguments a = { .formats = "svg",
		.workers = (int)sysconf(_SC_NPROCESSORS_ONLN) };
	int code, violated = 0;
	char **names;
	size_t count;

	opterr = 0;
	optind = 1;
	while ((code = getopt_long(argc, argv, "o:j:vh", options, NULL)) != -1)
		if ((code = take(&a, code, argv)) >= 0)
			return code;
	if (a.list)
		return print_list(a.json);
	if (!a.all && !a.quick) {
		if (optind == argc)
			return complain(EXIT_USAGE,
				"rates: expected a claim, --all or --quick (see: nsobench "
				"rates --list)");
		a.verbose = 1;
		code = run_names(&a, argv + optind, (size_t)(argc - optind), &violated);
		return code ? code : violated ? EXIT_FAILED_RUN : EXIT_DONE;
	}
	names = claim_names(&count);
	if (!count)
		return complain(EXIT_INPUT, "rates: no claims are installed (tried " PKGDATADIR
					    "/claims, " SOURCEDIR "/claims)");
	code = run_names(&a, names, count, &violated);
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return code       ? code
	       : violated ? complain(EXIT_FAILED_RUN,
				    a.power ? "rates: a test is weak, or said to be"
					    : "rates: a claim that is proved was violated")
			  : EXIT_DONE;
}
