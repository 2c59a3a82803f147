/* fuzz_files.c -- suites, claims and records: files of JSON. What is accepted unfolds, is
 * written out as JSON that reads back, and is summed up in every form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "analysis/tables.h"
#include "ground/json.h"
#include "ground/text.h"
#include "run/plan.h"
#include "run/record.h"
#include "study/claim.h"
#include "target.h"

/* One file for all runs: readers want a path. */
static const char *file_of(const uint8_t *bytes, size_t length)
{
	static char path[] = "fuzz-input-XXXXXX";
	static int fd = -1;

	if (fd < 0)
		fd = mkstemp(path);
	must(fd >= 0 && !ftruncate(fd, 0) && pwrite(fd, bytes, length, 0) == (ssize_t)length);
	return path;
}

static void must_be_json(char *text, size_t length)
{
	struct why why;
	struct json j = { .path = NULL };

	must(text && !json_take(&j, "what was written", text, length, &why));
	json_free(&j);
}

static void reads_back(const struct cell *c)
{
	struct text t = { 0 };
	char key[17];

	cell_key(c, key);
	must(strspn(key, "0123456789abcdef") == 16 && !key[16]);
	text_add(&t, "{\"problem\":");
	options_json(&t, c->problem->options, c->popt);
	text_add(&t, ",\"optimizer\":");
	options_json(&t, c->optimizer->options, c->oopt);
	settings_json(&t, c);
	text_add(&t, "}");
	must(!t.failed);
	must_be_json(t.s, t.used);
}

/* Seeds and instances are typed over the suite's, so that no plan is long. */
static void suite(const char *name, const uint8_t *bytes, size_t length)
{
	struct typed typed = { .setting = { NULL } };
	struct plan plan = { 0 };
	struct why why = { .text = "" };

	(void)name;
	typed.setting[setting_find("seeds")] = "2";
	typed.setting[setting_find("instances")] = "0-1";
	if (suite_unfold(file_of(bytes, length), &typed, &plan, &why)) {
		must(*why.text);
	} else {
		must(plan.name && !plan_drop_repeats(&plan));
		for (size_t i = 0; i < plan.count && i < 50; i++)
			reads_back(&plan.cell[i]);
	}
	plan_free(&plan);
}

/* A scope as the unfolding makes it; all its numbers are known. */
static void claim(const char *name, const uint8_t *bytes, size_t length)
{
	static const char *const names[] = { "n", "L", "mu", "R", "t", "f", "gap", "fstar",
		"f0", "score" };
	struct scope scope = { .count = 0 };
	struct claim *c = malloc(sizeof *c);
	struct why why = { .text = "" };
	double v;

	(void)name;
	must(c != NULL);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		must(!scope_set(&scope, names[i], (double)i + 1));
	if (claim_read(c, file_of(bytes, length), &why)) {
		must(*why.text);
		free(c);
		return;
	}
	must(c->problems && c->optimizers && c->tests);
	for (size_t i = 0; i < c->tests; i++) {
		must(c->test[i].kind && c->test[i].quantity && c->test[i].expected);
		why.text[0] = 0;
		must(!evaluate(c->test[i].quantity, &scope, &v, &why) || *why.text);
		must(!evaluate(c->test[i].expected, &scope, &v, &why) || *why.text);
	}
	claim_free(c);
	free(c);
}

static void sums_up(const struct study *s)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	must(out && !summary_json(s, out) && !fclose(out));
	must_be_json(text, size);
	out = fopen("/dev/null", "w");
	must(out && !summary_text(s, out, 1) && !summary_csv(s, out));
	fclose(out);
}

/* A run that is solved has a gap that the records and f* vouch for. */
static void hangs_together(const struct study *s)
{
	for (size_t i = 0; i < s->tracks; i++) {
		const struct track *t = &s->track[i];

		must(t->run->problem < s->r->problems && t->run->method < s->r->methods);
		must(!t->guessed || !isfinite(track_solved(t, s->target)));
		for (size_t k = 1; k < t->length; k++)
			must(!(t->gap[k] > t->gap[k - 1]) && !(t->cost[k] < t->cost[k - 1]));
	}
}

static void records(const char *name, const uint8_t *bytes, size_t length)
{
	struct records r = { 0 };
	struct study s = { 0 };
	struct why why = { .text = "" };
	struct cost cost;

	(void)name;
	must(!cost_parse(&cost, "value=1", &why));
	if (records_read(&r, file_of(bytes, length), &why)) {
		must(*why.text);
	} else {
		must(r.runs && !records_labels(&r) && !study_make(&s, &r, &cost, 1e-6, &why));
		hangs_together(&s);
		sums_up(&s);
		study_free(&s);
	}
	records_free(&r);
}

const struct target file_targets[] = { { "suite", suite }, { "claim", claim },
	{ "records", records }, { NULL, NULL } };
