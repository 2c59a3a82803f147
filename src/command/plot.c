/* plot.c -- nsobench plot: pictures of a folder of runs. */
#include <string.h>
#include "command/command.h"
#include "ground/words.h"
#include "picture/pictures.h"

struct request {
	char formats[FORMATS];
	int wanted[MOST_KINDS +
		   1]; /* the last: all kinds, and those without data are no surprise */
	const char *output;
	double floor;
	struct view view;
};

static int read_terminal(const char *text, void *at, struct why *why)
{
	if (strcmp(text, "dumb"))
		return fail(why, "'%s', expected dumb", text);
	strcpy(at, "dumb");
	return 0;
}

static int read_kinds(const char *text, void *at, struct why *why)
{
	const char *names[MOST_KINDS + 2];
	int *wanted = at, i, kinds = 0;
	char copy[256], *rest = copy;

	for (; picture_kinds[kinds]; kinds++)
		names[kinds] = picture_kinds[kinds]->name;
	names[kinds] = "all";
	names[kinds + 1] = NULL;
	if ((size_t)snprintf(copy, sizeof copy, "%s", text) >= sizeof copy)
		return fail(why, "the list is too long");
	memset(wanted, 0, (MOST_KINDS + 1) * sizeof *wanted);
	for (char *word; (word = strtok_r(rest, ",", &rest));) {
		i = word_find(word, names);
		if (i < 0)
			return word_refuse("a kind", word, names, why);
		for (int k = 0; k < kinds; k++)
			wanted[k] |= k == i || i == kinds;
		wanted[MOST_KINDS] |= i == kinds;
	}
	return 0;
}

static void list_kinds(void)
{
	fputs("\nKinds:\n", stdout);
	for (size_t i = 0; picture_kinds[i]; i++)
		printf("  %-20s %s\n", picture_kinds[i]->name, picture_kinds[i]->help);
}

static int draw(const struct study *s, const struct request *q, const char *folder)
{
	struct figures fs;
	struct pictures p = { .s = s, .fs = &fs, .floor = q->floor };
	struct why why;
	size_t drawn[MOST_KINDS];
	int code = 0;

	if (figures_open(&fs, folder, q->formats, &why))
		return complain(EXIT_OUTPUT, "%s", why.text);
	if (draw_kinds(&p, q->wanted, drawn, &why))
		code = complain(EXIT_OUTPUT, "%s", why.text);
	for (size_t i = 0; !code && !q->wanted[MOST_KINDS] && picture_kinds[i]; i++)
		if (q->wanted[i] && !drawn[i])
			complain(0, "%s: these records have nothing to draw it from",
				picture_kinds[i]->name);
	if (!code && figures_draw(&fs, &why))
		code = complain(EXIT_OUTPUT, "%s", why.text);
	if (!code)
		figures_print(&fs);
	figures_free(&fs);
	return code;
}

static int run(void *request, const struct typed_command *call)
{
	const struct request *q = request;
	const char *records = call->operands.at[0];
	char folder[4096];
	struct records r = { 0 };
	struct study s = { 0 };
	struct why why;
	int code;

	snprintf(folder, sizeof folder, "%s%s", q->output ? q->output : records,
		q->output ? "" : "/plots");
	code = open_study(&s, &r, records, &q->view, &why)
		       ? complain(EXIT_INPUT, "%s", why.text)
		       : draw(&s, q, folder);
	study_free(&s);
	code = loss(code, &r);
	records_free(&r);
	return code;
}

static void init(void *request)
{
	struct request *q = request;

	*q = (struct request){ .formats = "png svg", .floor = 1e-12 };
	for (size_t i = 0; picture_kinds[i]; i++)
		q->wanted[i] = picture_kinds[i]->usual;
	view_init(&q->view);
}

static const struct argument arguments[] = {
	{ "kind", 0, "K,...",
		"kinds to draw; all: every kind that has data (default "
		"convergence,stationarity)",
		ARGUMENT_READ, offsetof(struct request, wanted), .read = read_kinds },
	{ "format", 0, "F,...", "png, svg, pdf, eps, tikz, cairolatex (default png,svg)",
		ARGUMENT_READ, offsetof(struct request, formats), .read = read_formats },
	{ "term", 0, "dumb", "draw in the terminal", ARGUMENT_READ,
		offsetof(struct request, formats), .read = read_terminal },
	{ "output", 'o', "DIR", "folder for the pictures (default DIR/plots)", ARGUMENT_TEXT,
		offsetof(struct request, output) },
	{ "floor", 0, "GAP", "smaller gaps are drawn at this (default 1e-12)", ARGUMENT_REAL,
		offsetof(struct request, floor), 1e-300, 1e300 },
	{ .kind = ARGUMENT_TABLE,
		.table = view_arguments,
		.at = offsetof(struct request, view) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_plot = { "plot", "pictures of a folder of records",
	"DIR [OPTION]...",
	"Draws a folder of runs with gnuplot: DIR/plots/KIND.png, .svg and beside each the "
	"script (KIND.gp, runs by "
	"hand) and its numbers (KIND.dat).",
	arguments, "Exit code 4: gnuplot is missing or failed; scripts and numbers are kept.",
	.print_notes = list_kinds, .operands = { 1, 1, "one folder of runs" },
	.size = sizeof(struct request), .init = init, .run = run };
