/* report.c -- the report: one HTML file, pictures inline, nothing fetched. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/tables.h"
#include "ground/find.h"
#include "ground/text.h"
#include "picture/page.h"
#include "picture/pictures.h"
#include "picture/report.h"

/* ------------------------------------------------------------------ pictures ------------------ */

/* Every SVG names its parts alike: in one page each picture gets its own names. Only in tags:
 * the same words may stand in a label. */
static void print_svg(FILE *out, const char *svg, size_t number, const char *name)
{
	static const char *const marks[] = { "id=\"", "id='", "href=\"#", "href='#", "url(#" };
	int tag = 1;

	fprintf(out, "<svg role=\"img\" aria-label=\"%s\" ", name);
	svg += strlen("<svg");
	while (*svg) {
		size_t k = 0, length = 0;

		tag = *svg == '<' || (tag && *svg != '>');
		for (; k < sizeof marks / sizeof *marks && tag; k++) {
			length = strlen(marks[k]);
			if (!strncmp(svg, marks[k], length) &&
				(k > 1 || isspace((unsigned char)svg[-1])))
				break;
		}
		if (tag && k < sizeof marks / sizeof *marks) {
			fprintf(out, "%sp%zu-", marks[k], number);
			svg += length;
		} else {
			putc(*svg++, out);
		}
	}
}

static void print_picture(FILE *out, const struct figures *fs, size_t i, const char *caption)
{
	char path[4400], *text, *svg;
	size_t size;

	snprintf(path, sizeof path, "%s/%s.svg", fs->folder, fs->name[i]);
	if ((text = file_read(path, &size, NULL)) && (svg = strstr(text, "<svg"))) {
		fputs("<figure>\n", out);
		print_svg(out, svg, i, fs->name[i]);
		fputs("<figcaption>", out);
		print_html(out, caption);
		fprintf(out, " <span class=\"file\">%s.svg</span></figcaption></figure>\n",
			fs->name[i]);
	}
	free(text);
}

/* What the report draws from: pictures[k] of kind k, in the order of the kinds; NULL: none
 * could be drawn. */
struct drawn {
	const struct figures *fs;
	const size_t *pictures;
};

static void print_pictures(FILE *out, const struct drawn *d, enum section section)
{
	size_t i = 0;

	for (size_t k = 0; d->pictures && picture_kinds[k]; k++)
		for (size_t end = i + d->pictures[k]; i < end; i++)
			if (picture_kinds[k]->section == section)
				print_picture(out, d->fs, i, picture_kinds[k]->caption);
}

/* ------------------------------------------------------------------ what was run -------------- */

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

static const char *suite_of(const struct records *r)
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

static void print_command(FILE *out, const struct records *r)
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

static void print_setting(FILE *out, const struct study *s)
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

static void print_warnings(
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

/* ------------------------------------------------------------------ the page ------------------ */

static int print_table(FILE *out, struct table *t, int status)
{
	if (!status)
		table_html(t, out);
	table_free(t);
	return status;
}

static int section(FILE *out, const char *id, const char *title)
{
	return fprintf(out, "<section id=\"%s\"><h2>%s</h2>\n", id, title);
}

static int print_problems(FILE *out, const struct study *s)
{
	struct table t;

	for (size_t p = 0; p < s->r->problems; p++)
		if (print_table(out, &t, table_of_problem(s, p, &t)))
			return -1;
	return 0;
}

static void print_verdict(FILE *out, const struct ranking *r)
{
	if (r->methods > 1 && r->blocks > 1)
		fprintf(out,
			"<p>Friedman test over the %zu problems that all %zu methods ran: p = "
			"%.3g. %s</p>\n",
			r->blocks, r->methods, r->friedman.p,
			r->friedman.p < 0.05 ? "The methods differ; which ones, the pairs tell."
					     : "No difference between the methods is shown.");
}

int report_write(FILE *out, const struct study *s, const struct ranking *r,
	const struct figures *fs, const size_t *pictures, const char *why_not, struct why *why)
{
	struct drawn d = { fs, pictures };
	struct table t;
	int bad;

	fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" "
	      "content=\"width=device-width,initial-scale=1\">\n<title>nsobench: ",
		out);
	print_html(out, suite_of(s->r));
	fprintf(out, "</title>\n<style>\n%s</style></head><body>\n<h1>nsobench: ", page_style);
	print_html(out, suite_of(s->r));
	fputs("</h1>\n<nav><a href=\"#all\">All problems</a><a href=\"#curves\">Curves</a><a "
	      "href=\"#profiles\">Profiles</a>"
	      "<a href=\"#problems\">Problem by problem</a><a href=\"#methods\">Methods</a><a "
	      "href=\"#warnings\">Warnings</a>"
	      "<a href=\"#again\">Again</a></nav>\n",
		out);
	print_setting(out, s);
	section(out, "all", "All problems");
	bad = print_table(out, &t, table_overall(s, r, &t));
	fputs("<p class=\"note\">solved: runs that reached the target. mean rank: by ERT, else "
	      "by final gap. ECDF area: mean share "
	      "of (problem, target 1e2 .. 1e-8) reached, over log cost. times the best: "
	      "geometric mean of ERT over that of the "
	      "best method, on the problems where the target was reached. gets: what a method "
	      "is told that others are "
	      "not.</p>\n",
		out);
	print_verdict(out, r);
	print_pictures(out, &d, SECTION_ALL);
	fprintf(out,
		"<details%s><summary>Pairs: who is cheaper, by how much, how "
		"surely</summary>\n",
		r->methods < 6 ? " open" : "");
	bad |= print_table(out, &t, table_of_pairs(s, r, &t));
	fputs("</details><p class=\"note\">cost A/B: median ratio of ERT with 95 % bootstrap "
	      "interval over the problems that both solved. p: "
	      "Wilcoxon signed rank over problems, Holm over all pairs.</p></section>\n",
		out);
	section(out, "curves", "Curves");
	print_pictures(out, &d, SECTION_CURVES);
	fputs("</section>\n", out);
	section(out, "profiles", "Profiles");
	print_pictures(out, &d, SECTION_PROFILES);
	fputs("</section>\n", out);
	section(out, "problems", "Problem by problem");
	print_pictures(out, &d, SECTION_PROBLEMS);
	bad |= print_problems(out, s);
	fputs("<p class=\"note\">Medians over instances and seeds. ERT: cost of all runs until "
	      "they reach the gap or end, over the "
	      "number that reached it. chattering: total variation of f over the last third of "
	      "the trace over its "
	      "decrease.</p></section>\n",
		out);
	section(out, "methods", "Methods");
	print_pictures(out, &d, SECTION_METHODS);
	fputs("</section>\n", out);
	section(out, "warnings", "Warnings");
	print_warnings(out, s, r, pictures ? NULL : why_not);
	fputs("</section>\n", out);
	section(out, "again", "Make it again");
	print_command(out, s->r);
	fprintf(out, "</section>\n<script>%s</script></body></html>\n", page_script);
	if (bad)
		return fail(why, "out of memory");
	return ferror(out) ? fail(why, "the report cannot be written") : 0;
}
