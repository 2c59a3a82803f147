/* rates.c -- nsobench rates: does the claimed rate hold? Runs claims, prints verdicts. */
#include <config.h>
#include "command/page.h"
#include "command/verdicts.h"
#include "ground/files.h"
#include "ground/find.h"
#include "ground/words.h"
#include "picture/draw_claim.h"
#include "study/claim_list.h"
#include "study/kind.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct request {
	int list, all, quick, json, markdown, power, verbose;
	enum impostor impostor;
	long jobs;
	const char *output;
	char formats[64];
};

/* ---------------------------------------------------------------- run --------------------- */

/* Where the records of a claim go: DIR/ID, or a folder that is removed again. */
static int open_folder(
	const struct request *a, const char *id, char *out, size_t size, struct why *why)
{
	const char *tmp = getenv("TMPDIR");

	if (a->output) {
		snprintf(out, size, "%s/%s", a->output, id);
		return folders_make(a->output, why) || folder_make(out, why) ? -1 : 0;
	}
	snprintf(out, size, "%s/nsobench-rates-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	return mkdtemp(out) ? 0 : fail(why, "%s: %s", out, strerror(errno));
}

static int draw(
	const struct request *a, const struct outcome *o, const char *folder, struct why *why)
{
	struct figures fs;
	int bad;

	if (figures_open(&fs, folder, a->formats, why))
		return -1;
	bad = draw_claim(o, &fs, why) || (fs.count && figures_draw(&fs, why)) ? -1 : 0;
	figures_free(&fs);
	return bad;
}

/* The runs of a claim to explore, its verdict and evidence in front. */
static int page(const struct outcome *o, const char *folder, struct why *why)
{
	char *findings = NULL;
	size_t size;
	FILE *memory = open_memstream(&findings, &size);
	struct view view;
	int bad;

	if (!memory)
		return fail(why, "out of memory");
	outcome_html(o, memory);
	bad = ferror(memory) | fclose(memory) ? fail(why, "out of memory") : 0;
	view_init(&view);
	bad = bad || page_write(folder, &view, &(struct report){ .findings = findings }, why);
	free(findings);
	return bad ? -1 : 0;
}

/* Runs, judges. 0; an exit code; above 128: stopped by a signal. */
static int run_claim(
	const struct request *a, struct claim *c, struct outcome *o, struct why *why)
{
	char folder[4200];
	struct evidence e = { 0 };
	double start = seconds_now();
	int bad;

	*o = (struct outcome){ 0 };
	if (open_folder(a, c->id, folder, sizeof folder, why))
		return EXIT_OUTPUT;
	bad = evidence_tuned(&e, c, folder, (int)a->jobs, why);
	if (!bad)
		bad = judge(o, &e, why);
	evidence_free(&e);
	if (!a->output)
		folder_remove(folder);
	o->seconds = seconds_now() - start;
	if (bad > 0)
		return 128 + bad;
	if (bad)
		return EXIT_INPUT;
	if (a->output && (page(o, folder, why) || draw(a, o, folder, why)))
		return EXIT_OUTPUT;
	return 0;
}

static void show(const struct request *a, const struct outcome *o, struct text *json)
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

/* A claim with an impostor in its method's place; -1: slow, not to be run. */
static int run_impostor(const struct request *a, const char *path, enum impostor kind,
	struct claim *c, struct outcome *o, struct why *why)
{
	int code;

	if (claim_read(c, path, why))
		return EXIT_INPUT;
	if (a->quick && c->slow)
		return -1;
	code = impostor_put(c, kind, why) ? EXIT_INPUT : run_claim(a, c, o, why);
	return code;
}

static int run_path(const struct request *a, const char *path, struct text *json, int *violated)
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

static int power_path(const struct request *a, const char *path, int *weak)
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

/* ---------------------------------------------------------------- the command ---------------- */

static int run_names(
	const struct request *a, const char *const *names, size_t count, int *violated)
{
	struct text json = { 0 };
	int code = 0, one;

	if (a->json)
		text_add(&json, "[");
	if (a->power)
		power_heading();
	for (size_t i = 0; i < count && code < 128; i++) {
		struct why why;
		char *path = shipped_find(CLAIMS, names[i], &why);

		one = !path      ? complain(why.input ? EXIT_INPUT : EXIT_USAGE, "rates: %s",
				      why.text)
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

static int run_all(struct request *q, int *violated)
{
	size_t count;
	char **names = shipped_names(CLAIMS, &count);
	int code = count ? run_names(q, (const char *const *)names, count, violated)
			 : complain(EXIT_INPUT, "rates: no claims are installed");

	names_free(names, count);
	return code;
}

static int rates(struct request *q, const struct texts *names)
{
	int code, violated = 0;

	if (q->list)
		return print_list(q->json);
	if (q->all || q->quick) {
		code = run_all(q, &violated);
	} else if (!names->count) {
		return complain(EXIT_USAGE, "rates: expected a claim, --all or --quick (see: "
					    "nsobench rates --list)");
	} else {
		q->verbose = 1;
		code = run_names(q, names->at, names->count, &violated);
	}
	return code       ? code
	       : violated ? complain(EXIT_FAILED_RUN,
				    q->power ? "rates: a test is weak, or said to be"
					     : "rates: a claim that is proved was violated")
			  : EXIT_DONE;
}

static int read_impostor(const char *text, void *at, struct why *why)
{
	int i = word_find(text, impostor_words);

	if (i < 0)
		return word_refuse("the impostor", text, impostor_words, why);
	*(enum impostor *)at = (enum impostor)i;
	return 0;
}

static void init(void *request)
{
	struct request *q = request;
	struct running running;

	running_init(&running);
	*q = (struct request){ .formats = "svg", .jobs = running.jobs };
}

static int run(void *request, const struct typed_command *call)
{
	return rates(request, &call->operands);
}

static const struct argument arguments[] = {
	{ "list", 0, NULL, "the claims that there are", ARGUMENT_FLAG,
		offsetof(struct request, list) },
	{ "all", 0, NULL, "all of them", ARGUMENT_FLAG, offsetof(struct request, all) },
	{ "quick", 0, NULL, "all but the slow ones: under a minute", ARGUMENT_FLAG,
		offsetof(struct request, quick) },
	{ "output", 'o', "DIR", "keep the records, draw pictures and write a report: DIR/ID/",
		ARGUMENT_TEXT, offsetof(struct request, output) },
	{ "format", 0, "F,...", "of the pictures: png, svg, pdf (default svg)", ARGUMENT_READ,
		offsetof(struct request, formats), .read = read_formats },
	{ "jobs", 'j', "N", "worker processes (default: the number of cores)", ARGUMENT_WHOLE,
		offsetof(struct request, jobs), 1, 256 },
	{ "verbose", 'v', NULL, "every test, not only those that decide", ARGUMENT_FLAG,
		offsetof(struct request, verbose) },
	{ "json", 0, NULL, "verdicts, tests and numbers as JSON", ARGUMENT_FLAG,
		offsetof(struct request, json) },
	{ "markdown", 0, NULL, "the same as sections of docs/claims.md", ARGUMENT_FLAG,
		offsetof(struct request, markdown) },
	{ "impostor", 0, "WORD",
		"frozen, random (search), half or twice (the step), sign (the other way): runs "
		"this in "
		"the place of the claim's methods",
		ARGUMENT_READ, offsetof(struct request, impostor), .read = read_impostor },
	{ "power", 0, NULL,
		"every test against every impostor, as a table; exit code 1 if one cannot tell "
		"a frozen "
		"method or random search and does not say so",
		ARGUMENT_FLAG, offsetof(struct request, power) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_rates = { "rates",
	"does a claimed rate of convergence hold? theory against measurement",
	"ID|FILE.json... [OPTION]...\n--all|--quick [OPTION]...",
	"Runs the experiments of a claim about convergence and says whether it holds, is "
	"refuted, or cannot be decided "
	"here, with the numbers behind it.",
	arguments,
	"A claim of your own is a JSON file with the same fields as those that ship: see "
	"docs/claims.md.\n"
	"Exit code 1: a claim that is proved was violated.",
	.operands = { 0, SIZE_MAX, "claims" }, .size = sizeof(struct request), .init = init,
	.run = run };
