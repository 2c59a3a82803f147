/* report_notes.c -- what stands in the report besides numbers: what was run, and warnings. */
#include <stdlib.h>
#include <string.h>
#include "analysis/tables.h"
#include "ground/text.h"
#include "picture/report.h"
#include "picture/report_notes.h"

static const char *text_of(const cJSON *o, const char *name)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, name);

	return cJSON_IsString(v) ? v->valuestring : NULL;
}

static void entry(FILE *out, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	fprintf(out, "<dt>%s</dt><dd>", name);
	print_html(out, text);
	fputs("</dd>\n", out);
}

const char *report_title(const struct records *r)
{
	const cJSON *suite = cJSON_GetObjectItemCaseSensitive(r->manifest, "suite");
	const char *name = cJSON_IsString(suite) ? suite->valuestring : text_of(suite, "name");

	return name ? name : r->folder;
}

/* A word of a command line, as one types it. */
static void print_word(FILE *out, const char *word)
{
	struct text t = { 0 };

	text_shell(&t, word);
	print_html(out, t.s ? t.s : "");
	text_free(&t);
}

static void print_words(FILE *out, const cJSON *command)
{
	const cJSON *word;
	const char *join = "";

	if (cJSON_IsString(command))
		print_html(out, command->valuestring);
	cJSON_ArrayForEach(word, command) if (cJSON_IsString(word))
	{
		fputs(join, out);
		if (*join)
			print_word(out, word->valuestring);
		else
			print_html(out, word->valuestring); /* "nsobench run" */
		join = " ";
	}
}

void report_command(FILE *out, const struct records *r)
{
	const cJSON *all = cJSON_GetObjectItemCaseSensitive(r->manifest, "commands"), *command;

	fputs("<pre>", out);
	print_words(out, cJSON_GetObjectItemCaseSensitive(r->manifest, "command"));
	cJSON_ArrayForEach(command, all)
	{ /* of records that were merged from several plans */
		print_words(out, command);
		putc('\n', out);
	}
	fputs("\nnsobench report ", out);
	print_word(out, r->folder);
	fputs("</pre>\n", out);
}

void report_setting(FILE *out, const struct study *s)
{
	const struct records *r = s->r;
	const cJSON *m = r->manifest;
	char text[200];

	fputs("<dl>\n", out);
	snprintf(text, sizeof text, "%zu runs: %zu problems, %zu optimizers", r->runs,
		r->problems, r->methods);
	entry(out, "Records", text);
	entry(out, "Cost", s->cost.title);
	snprintf(text, sizeof text, "relative gap (f - f*) / max(1, |f*|) at most %g",
		s->target);
	entry(out, "Solved", text);
	entry(out, "Start", text_of(m, "start"));
	entry(out, "End", text_of(m, "end"));
	entry(out, "Version", text_of(m, "version"));
	entry(out, "Git", text_of(m, "git"));
	entry(out, "CPU", text_of(m, "cpu"));
	entry(out, "System", text_of(m, "os"));
	entry(out, "Compiler", text_of(m, "compiler"));
	entry(out, "Flags", text_of(m, "flags"));
	entry(out, "Libraries", text_of(m, "libraries"));
	fputs("</dl>\n", out);
}

/* ------------------------------------------------------------------ warnings ------------------ */

static void warn(FILE *out, size_t *count, const char *text)
{
	(*count)++;
	fputs("<li>", out);
	print_html(out, text);
	fputs("</li>\n", out);
}

static int named(const struct records *r, const char *name)
{
	for (size_t i = 0; i < r->methods; i++)
		if (!strcmp(r->method[i].name, name))
			return 1;
	return 0;
}

static int ended_badly(const struct run *run)
{
	static const char *const words[] = { "crashed", "failed", "timeout", "memory",
		"diverged", "interrupted", "skipped" };

	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (!strcmp(run->status, words[k]))
			return 1;
	return 0;
}

static int same_fate(const struct run *a, const struct run *b)
{
	return a->problem == b->problem && a->method == b->method && a->status == b->status;
}

/* Runs that did not end well, by method, problem and status. */
static void warn_runs(FILE *out, const struct study *s, size_t *count)
{
	const struct records *r = s->r;
	size_t *bad = malloc((r->runs + 1) * sizeof *bad), all = 0;
	char text[900];

	for (size_t i = 0; bad && i < r->runs; i++)
		if (ended_badly(&r->run[i]))
			bad[all++] = i;
	for (size_t i = 0; i < all; i++) {
		const struct run *run = &r->run[bad[i]];
		size_t seen = 0, before = 0;

		for (size_t k = 0; k < all && !before; k++)
			if (same_fate(&r->run[bad[k]], run)) {
				before = k < i;
				seen++;
			}
		if (before)
			continue;
		snprintf(text, sizeof text, "%s on %s: %zu %s %s%s%s",
			r->method[run->method].label, r->problem[run->problem].label, seen,
			seen == 1 ? "run" : "runs", run->status, *run->reason ? ": " : "",
			run->reason);
		warn(out, count, text);
	}
	free(bad);
}

static size_t few_runs(const struct study *s, size_t *all)
{
	size_t few = 0;

	*all = 0;
	for (size_t p = 0; p < s->r->problems; p++)
		for (size_t m = 0; m < s->r->methods; m++) {
			struct track *const *list;
			size_t runs = study_runs(s, p, m, &list);

			*all += runs > 0;
			few += runs > 0 && runs < 5;
		}
	return few;
}

void report_warnings(
	FILE *out, const struct study *s, const struct ranking *r, const char *why_not)
{
	const cJSON *comparable =
		cJSON_GetObjectItemCaseSensitive(s->r->manifest, "times_comparable");
	size_t count = 0, all, few = few_runs(s, &all);
	char text[640];

	fputs("<ul class=\"warn\">\n", out);
	if (why_not)
		warn(out, &count, why_not);
	for (size_t i = 0; i < s->r->warnings; i++)
		warn(out, &count, s->r->warning[i]);
	if (s->guessed)
		warn(out, &count,
			"For some problems f* is unknown or refuted: the best value found "
			"stands for it, gaps flatter "
			"and nothing counts as solved there.");
	if (cJSON_IsFalse(comparable))
		warn(out, &count,
			"Several workers ran side by side: seconds are shown but not to be "
			"compared.");
	if (r->blocks < FEWEST_PROBLEMS) {
		snprintf(text, sizeof text,
			"Only %zu problems were run by all methods, fewer than %d: no verdict "
			"between "
			"methods is given.",
			r->blocks, FEWEST_PROBLEMS);
		warn(out, &count, text);
	}
	if (few) {
		snprintf(text, sizeof text,
			"%zu of %zu (problem, optimizer) pairs have fewer than 5 runs: their "
			"intervals "
			"say little.",
			few, all);
		warn(out, &count, text);
	}
	if (named(s->r, "s-adam") && !named(s->r, "adamw-damped"))
		warn(out, &count,
			"S-Adam was run without its control adamw-damped (AdamW with the "
			"expected damping): a "
			"smaller step may be mistaken for awareness of singularities.");
	for (size_t i = 0; i < s->r->methods; i++)
		if (*s->r->method[i].mark) {
			snprintf(text, sizeof text, "%s is given what others are not: %s.",
				s->r->method[i].label, s->r->method[i].mark);
			warn(out, &count, text);
		}
	warn_runs(out, s, &count);
	if (!count)
		fputs("<li>None.</li>\n", out);
	fputs("</ul>\n", out);
}
