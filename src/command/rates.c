/* rates.c -- nsobench rates: does the claimed rate hold? Runs claims, prints verdicts. */
#include <config.h>
#include "build.h"
#include "command/command.h"
#include "ground/data.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/text.h"
#include "ground/why.h"
#include "picture/draw_claim.h"
#include "picture/figure.h"
#include "run/plugin.h"
#include "run/cell.h"
#include "study/claim.h"
#include "study/claim_list.h"
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
	"      --plugin FILE.so   problems and optimizers of your own; may be repeated\n"
	"      --data DIR         folder of data files\n"
	"  -h, --help             this text\n"
	"\n"
	"A claim of your own is a JSON file with the same fields as those that ship: see "
	"docs/claims.md.\n"
	"Exit code 1: a claim that is proved was violated.\n";

struct arguments {
	int list, all, quick, json, verbose, workers;
	const char *output;
	char formats[64];
};

/* ---------------------------------------------------------------- print ----------------------
 */

static void print_wrapped(const char *text, int indent)
{
	int column = 0;

	while (*text) {
		size_t length = strcspn(text, " ");

		if (!column || column + 1 + (int)length > 96 - indent)
			printf("%s%*s", column ? "\n" : "", indent, ""), column = 0;
		printf("%s%.*s", column ? " " : "", (int)length, text);
		column += (int)length + (column > 0);
		text += length;
		text += strspn(text, " ");
	}
	printf("\n");
}

static void print_finding(const struct finding *f)
{
	printf("  %-12s %s%s%s%s on %s: %s %s %s%s\n",
		f->test && f->test->control ? (f->verdict == HOLDS            ? "(holds)"
						      : f->verdict == REFUTED ? "(refuted)"
									      : "(unclear)")
					    : verdict_words[f->verdict],
		f->test && f->test->control ? "control: " : "", f->method,
		f->against ? " against " : "", f->against ? f->against : "", f->problem,
		f->test ? f->test->quantity : "", f->test ? test_words[f->test->kind] : "",
		f->test ? f->test->expected : "",
		f->test && f->test->exact ? " (exactly)" : "");
	print_wrapped(f->reason, 15);
}

static void print_outcome(const struct outcome *o, int verbose)
{
	const struct claim *c = o->claim;

	printf("%-13s%s  (%zu runs, %.1f s)\n", verdict_words[o->verdict], c->id, o->runs,
		o->seconds);
	if (!verbose) {
		print_wrapped(o->reason, 13);
		return;
	}
	print_wrapped(c->statement, 2);
	print_wrapped(c->source, 2);
	for (size_t i = 0; i < o->findings; i++)
		print_finding(&o->finding[i]);
	if (*c->note)
		print_wrapped(c->note, 2);
	printf("\n");
}

static void text_field(struct text *t, const char *name, const char *value)
{
	text_add(t, ",\"%s\":", name);
	text_json(t, value ? value : "");
}

static void number_field(struct text *t, const char *name, double v)
{
	text_add(t, ",\"%s\":", name);
	text_double(t, v);
}

static void fit_json(struct text *t, const struct finding *f)
{
	static const char *const states[] = { "straight", "bent", "finished", "short" };

	text_add(t, ",\"fit\":{\"state\":\"%s\"", states[f->fit.state]);
	number_field(t, "slope", f->fit.slope);
	number_field(t, "low", f->fit.low);
	number_field(t, "high", f->fit.high);
	number_field(t, "from", f->points ? f->x[f->fit.first] : NAN);
	number_field(t, "to", f->points ? f->x[f->fit.last] : NAN);
	number_field(t, "floor", f->fit.floor);
	number_field(t, "bend", f->fit.bend);
	text_add(t, ",\"burn_in\":%s}", f->fit.burn_in ? "true" : "false");
}

static void finding_json(struct text *t, const struct finding *f)
{
	text_add(t, "\n{\"verdict\":\"%s\",\"control\":%s", verdict_words[f->verdict],
		f->test && f->test->control ? "true" : "false");
	text_field(t, "problem", f->problem);
	text_field(t, "optimizer", f->method);
	if (f->against)
		text_field(t, "against", f->against);
	if (f->test) {
		text_field(t, "quantity", f->test->quantity);
		text_field(t, "kind", test_words[f->test->kind]);
		text_field(t, "claimed", f->test->expected);
	}
	number_field(t, "expected", f->expected);
	number_field(t, "measured", f->measured);
	number_field(t, "low", f->low);
	number_field(t, "high", f->high);
	text_add(t, ",\"runs\":%zu", f->runs);
	if (f->fitted)
		fit_json(t, f);
	text_field(t, "reason", f->reason);
	text_add(t, "}");
}

static void outcome_json(struct text *t, const struct outcome *o)
{
	text_add(t, "{\"id\":");
	text_json(t, o->claim->id);
	text_field(t, "verdict", verdict_words[o->verdict]);
	text_field(t, "reason", o->reason);
	text_field(t, "statement", o->claim->statement);
	text_field(t, "source", o->claim->source);
	text_add(
		t, ",\"proved\":%s,\"runs\":%zu", o->claim->proved ? "true" : "false", o->runs);
	number_field(t, "seconds", o->seconds);
	text_add(t, ",\"tests\":[");
	for (size_t i = 0; i < o->findings; i++) {
		text_add(t, i ? "," : "");
		finding_json(t, &o->finding[i]);
	}
	text_add(t, "]}");
}

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

/* Reads, runs, judges. 0; an exit code; above 128: stopped by a signal. *verdict for the
 * caller. */
static int run_claim(
	const struct arguments *a, const struct claim *c, struct outcome *o, struct why *why)
{
	char folder[4200];
	struct evidence e = { 0 };
	double start = seconds_now();
	int bad;

	*o = (struct outcome){ 0 };
	if (open_folder(a, c->id, folder, sizeof folder, why))
		return EXIT_OUTPUT;
	bad = c->study ? study_lgi(c, o, why) : evidence_make(&e, c, folder, a->workers, why);
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

static int run_path(
	const struct arguments *a, const char *path, struct text *json, int *violated)
{
	struct claim c;
	struct outcome o;
	struct why why;
	int code;

	if (claim_read(&c, path, &why))
		return complain(EXIT_INPUT, "rates: %s", why.text);
	if (a->quick && c.slow) {
		claim_free(&c);
		return 0;
	}
	code = run_claim(a, &c, &o, &why);
	if (code == EXIT_INPUT || code == EXIT_OUTPUT) {
		complain(code, "rates: %s", why.text);
	}
	if (code < 128 && o.claim) {
		*violated |= c.proved && o.verdict == REFUTED;
		if (json) {
			text_add(json, json->used > 1 ? ",\n" : "");
			outcome_json(json, &o);
		} else {
			print_outcome(&o, a->verbose);
			fflush(stdout);
		}
	}
	outcome_free(&o);
	claim_free(&c);
	return code;
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

enum { LIST = 256, ALL, QUICK, JSON, PLUGIN, DATA, FORMAT };
static const struct option options[] = { { "list", 0, 0, LIST }, { "all", 0, 0, ALL },
	{ "quick", 0, 0, QUICK }, { "json", 0, 0, JSON }, { "output", 1, 0, 'o' },
	{ "jobs", 1, 0, 'j' }, { "verbose", 0, 0, 'v' }, { "plugin", 1, 0, PLUGIN },
	{ "data", 1, 0, DATA }, { "format", 1, 0, FORMAT }, { "help", 0, 0, 'h' }, { 0 } };

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
	for (size_t i = 0; i < count && code < 128; i++) {
		struct why why;
		char *path = claim_find(names[i], &why);

		one = path ? run_path(a, path, a->json ? &json : NULL, violated)
			   : complain(EXIT_USAGE, "rates: %s", why.text);
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
	return code ? code
	       : violated
		       ? complain(EXIT_FAILED_RUN, "rates: a claim that is proved was violated")
		       : EXIT_DONE;
}
