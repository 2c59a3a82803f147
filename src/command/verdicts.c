/* verdicts.c -- outcomes of claims as text, JSON and Markdown. */
#include <config.h>
#include "command/say.h"
#include "command/verdicts.h"
#include "ground/quote.h"
#include "study/kind.h"
#include <string.h>

/* ---------------------------------------------------------------- text -------------------- */

static void print_finding(const struct finding *f)
{
	printf("  %-12s %s%s%s%s on %s: %s %s %s%s\n",
		f->test && f->test->control ? (f->verdict == HOLDS            ? "(holds)"
						      : f->verdict == REFUTED ? "(refuted)"
									      : "(unclear)")
					    : verdict_words[f->verdict],
		f->test && f->test->control ? "control: " : "", shown(f->method),
		f->against ? " against " : "", shown(f->against), shown(f->problem),
		shown(f->test ? f->test->quantity : ""), f->test ? f->test->kind->name : "",
		shown(f->test ? f->test->expected : ""),
		f->test && f->test->exact ? " (exactly)" : "");
	say(15, "%*s%s", 15, "", shown(f->reason));
}

void print_outcome(const struct outcome *o, int verbose)
{
	const struct claim *c = o->claim;

	printf("%-13s%s  (%zu runs, %.1f s)\n", verdict_words[o->verdict], shown(c->id),
		o->runs, o->seconds);
	if (!verbose) {
		say(13, "%*s%s", 13, "", shown(o->reason));
		return;
	}
	say(2, "%*s%s", 2, "", shown(c->statement));
	say(2, "%*s%s", 2, "", shown(c->source));
	for (size_t i = 0; i < o->findings; i++)
		print_finding(&o->finding[i]);
	if (*c->note)
		say(2, "%*s%s", 2, "", shown(c->note));
	printf("\n");
}

/* ---------------------------------------------------------------- JSON -------------------- */

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
	static const char *const states[] = { "straight", "bent", "logarithm", "finished",
		"short" };

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
		text_field(t, "kind", f->test->kind->name);
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

void outcome_json(struct text *t, const struct outcome *o)
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

/* ---------------------------------------------------------------- Markdown ---------------- */

/* In a cell of a table a bar ends the cell. */
static void cell(const char *text)
{
	for (text = shown(text); *text; text++)
		printf(*text == '|' ? "\\|" : "%c", *text);
}

static void print_test(const struct finding *f)
{
	const struct test_of_claim *t = f->test;

	printf("| %s%s | ", verdict_words[f->verdict], t && t->control ? " (control)" : "");
	cell(f->method);
	if (f->against) {
		printf(" against ");
		cell(f->against);
	}
	printf(" | ");
	cell(f->problem);
	printf(" | `");
	cell(t ? t->quantity : "");
	printf("` %s `%s`%s | ", t ? t->kind->name : "", shown(t ? t->expected : ""),
		t && t->exact ? ", exactly" : "");
	cell(f->reason);
	printf(" |\n");
}

void outcome_markdown(const struct outcome *o)
{
	const struct claim *c = o->claim;

	printf("### %s: %s — %s\n\n", shown(c->id), shown(c->title), verdict_words[o->verdict]);
	printf("%s (%s.%s)\n\n", shown(c->statement), shown(c->source),
		c->proved ? " Proved." : "");
	if (*c->note)
		printf("%s\n\n", shown(c->note));
	printf("| verdict | method | problem | test | what came out of %zu runs |\n"
	       "|---|---|---|---|---|\n",
		o->runs);
	for (size_t i = 0; i < o->findings; i++)
		print_test(&o->finding[i]);
	printf("\n");
}

/* ---------------------------------------------------------------- HTML -------------------- */

static void paragraph(FILE *out, const char *class, const char *text)
{
	if (!*text)
		return;
	fprintf(out, "<p class=\"%s\">", class);
	print_html(out, text);
	fputs("</p>\n", out);
}

static void html_cell(FILE *out, const char *text, const char *more)
{
	fputs("<td>", out);
	print_html(out, text);
	if (more) {
		fputs(" against ", out);
		print_html(out, more);
	}
	fputs("</td>", out);
}

static void html_row(FILE *out, const struct finding *f)
{
	const struct test_of_claim *t = f->test;
	struct text claimed = { 0 };

	if (t)
		text_add(&claimed, "%s %s %s%s", t->quantity, t->kind->name, t->expected,
			t->exact ? ", exactly" : "");
	fprintf(out, "<tr><td>%s%s</td>", verdict_words[f->verdict],
		t && t->control ? " (control)" : "");
	html_cell(out, f->method, f->against);
	html_cell(out, f->problem, NULL);
	html_cell(out, claimed.s ? claimed.s : "", NULL);
	html_cell(out, f->reason, NULL);
	fputs("</tr>\n", out);
	text_free(&claimed);
}

void outcome_html(const struct outcome *o, FILE *out)
{
	const struct claim *c = o->claim;

	fprintf(out, "<section id=\"claim\"><h2>%s: ", verdict_words[o->verdict]);
	print_html(out, c->id);
	fputs("</h2>\n", out);
	paragraph(out, "claim", c->statement);
	paragraph(out, "note", c->source);
	paragraph(out, "claim", o->reason);
	fputs("<div class=\"wide\"><table>\n<tr><th>Verdict</th><th>Method</th><th>Problem</th>"
	      "<th>Claimed</th><th>Evidence</th></tr>\n",
		out);
	for (size_t i = 0; i < o->findings; i++)
		html_row(out, &o->finding[i]);
	fputs("</table></div>\n", out);
	paragraph(out, "note", c->note);
	fputs("</section>\n", out);
}

/* ---------------------------------------------------------------- power ------------------- */

void power_heading(void)
{
	printf("| claim | test |");
	for (int k = IMPOSTOR_FROZEN; k < IMPOSTORS; k++)
		printf(" %s |", impostor_words[k]);
	printf(" any method meets it, because |\n|---|---|");
	for (int k = IMPOSTOR_FROZEN; k < IMPOSTORS; k++)
		printf("---|");
	printf("---|\n");
}

void power_row(const struct claim *c, const struct test_of_claim *t, const enum verdict *found)
{
	printf("| %s | ", c->id);
	cell(t->of ? t->of : "all");
	printf(": `");
	cell(t->quantity);
	printf("` %s `", t->kind->name);
	cell(t->expected);
	printf("`%s", t->on ? ", " : "");
	cell(t->on ? t->on : "");
	printf(" |");
	for (int k = IMPOSTOR_FROZEN; k < IMPOSTORS; k++)
		printf(" %s |", found[k] == HOLDS ? "**holds**" : verdict_words[found[k]]);
	printf(" ");
	cell(t->any_method ? t->any_method : "");
	printf(" |\n");
}
