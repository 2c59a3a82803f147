/* plot.c -- nsobench plot: pictures of a folder of runs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/choose.h"
#include "command/command.h"
#include "ground/number.h"
#include "ground/words.h"
#include "picture/pictures.h"

struct request {
	char formats[FORMATS];
	int wanted[MOST_KINDS +
		   1]; /* the last: all kinds, and those without data are no surprise */
	const char *output;
	double floor;
	struct canvas canvas;
	struct texts highlight;
	struct chosen chosen;
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

/* ---------------------------------------------------------------- the page ------------------ */

/* "8.5x6cm": to pixels. */
static int read_size(const char *text, void *at, struct why *why)
{
	static const struct {
		const char *unit;
		double pixels;
	} units[] = { { "cm", 96 / 2.54 }, { "mm", 96 / 25.4 }, { "in", 96 },
		{ "pt", 96 / 72.27 }, { "px", 1 } };
	struct canvas *c = at;
	char width[40], height[40], unit[8];
	double w, h;

	if (sscanf(text, "%39[0-9.]x%39[0-9.]%7[a-z]", width, height, unit) == 3 &&
		!parse_double(width, &w) && !parse_double(height, &h))
		for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
			double a = w * units[i].pixels, b = h * units[i].pixels;

			if (strcmp(unit, units[i].unit))
				continue;
			if (!(a >= 96 && b >= 96 && a <= 9600 && b <= 9600))
				return fail(
					why, "'%s', expected 1 in to 100 in each way", text);
			c->width = a;
			c->height = b;
			return 0;
		}
	return fail(why, "'%s', expected WIDTHxHEIGHT and cm, mm, in, pt or px, as in 8.5x6cm",
		text);
}

/* "Times,8", "Times" or "8". */
static int read_font(const char *text, void *at, struct why *why)
{
	static char typeface[64];
	struct canvas *c = at;
	const char *comma = strchr(text, ',');
	double points;

	if (comma || parse_double(text, &points)) {
		size_t length = comma ? (size_t)(comma - text) : strlen(text);

		if (!length || length >= sizeof typeface ||
			strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "0123456789 -_") < length)
			return fail(why,
				"'%s', expected NAME, SIZE or NAME,SIZE, as in Times,8", text);
		snprintf(typeface, sizeof typeface, "%.*s", (int)length, text);
		c->typeface = typeface;
		text = comma ? comma + 1 : "9";
	}
	if (parse_double(text, &points) || !(points >= 4 && points <= 72))
		return fail(why, "'%s', expected a size from 4 to 72 points", text);
	c->points = points;
	return 0;
}

static int read_limits(const char *text, double *limits, struct why *why)
{
	char low[40];
	const char *colon = strchr(text, ':');

	snprintf(low, sizeof low, "%.*s", colon ? (int)(colon - text) : 0, text);
	if (!colon || parse_double(low, &limits[0]) || parse_double(colon + 1, &limits[1]) ||
		!isfinite(limits[0]) || !isfinite(limits[1]) || !(limits[0] < limits[1]))
		return fail(why, "'%s', expected LOW:HIGH, as in 1e-8:1", text);
	return 0;
}

static int read_xlimits(const char *text, void *at, struct why *why)
{
	struct canvas *c = at;

	if (read_limits(text, c->xlimits, why))
		return -1;
	return c->xlimits[0] > 0
		       ? 0
		       : fail(why, "'%s': the axis is logarithmic, expected numbers above 0",
				 text);
}

static int read_ylimits(const char *text, void *at, struct why *why)
{
	return read_limits(text, ((struct canvas *)at)->ylimits, why);
}

/* Which methods are set apart; *highlit is freed by the caller, NULL where none is. */
static int highlight(
	const struct records *r, const struct texts *patterns, int **highlit, struct why *why)
{
	*highlit = patterns->count ? calloc(r->methods + 1, sizeof **highlit) : NULL;
	if (patterns->count && !*highlit)
		return fail(why, "out of memory");
	for (size_t k = 0; k < patterns->count; k++) {
		int any = 0;

		for (size_t m = 0; m < r->methods; m++)
			if (entry_matches(&r->method[m], patterns->at[k]))
				any = (*highlit)[m] = 1;
		if (!any)
			return fail(why,
				"--highlight '%s': no optimizer in the records is called so",
				patterns->at[k]);
	}
	return 0;
}

/* ---------------------------------------------------------------- drawing ------------------- */

static void list_kinds(void)
{
	fputs("\nKinds:\n", stdout);
	for (size_t i = 0; picture_kinds[i]; i++)
		printf("  %-20s %s\n", picture_kinds[i]->name, picture_kinds[i]->help);
}

static int draw(const struct study *s, const struct request *q, const char *folder)
{
	struct figures fs;
	int *highlit;
	struct why why;
	size_t drawn[MOST_KINDS];
	int code = 0, bad = highlight(s->r, &q->highlight, &highlit, &why);
	struct pictures p = { .s = s,
		.fs = &fs,
		.floor = q->floor,
		.highlit = highlit,
		.as_typed = q->chosen.optimizers.count > 0 };

	if (bad) {
		free(highlit);
		return complain(EXIT_USAGE, "%s", why.text);
	}
	if (figures_open(&fs, folder, q->formats, &why)) {
		free(highlit);
		return complain(EXIT_OUTPUT, "%s", why.text);
	}
	fs.canvas = q->canvas;
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
	free(highlit);
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
	code = open_chosen(&s, &r, records, &q->view, &q->chosen, &why);
	code = code ? complain(code, "%s", why.text) : draw(&s, q, folder);
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
	{ "title", 0, "TEXT", "a heading above each picture", ARGUMENT_TEXT,
		offsetof(struct request, canvas.title) },
	{ "size", 0, "WxH",
		"of a picture, as in 8.5x6cm (cm, mm, in, pt, px): the page of a "
		"paper, without the note below",
		ARGUMENT_READ, offsetof(struct request, canvas), .read = read_size },
	{ "font", 0, "NAME,SIZE", "default Helvetica,9; TeX sets its own typeface",
		ARGUMENT_READ, offsetof(struct request, canvas), .read = read_font },
	{ "columns", 0, "N", "panels side by side (default: as many as are readable)",
		ARGUMENT_REAL, offsetof(struct request, canvas.columns), 1, 16 },
	{ "xlim", 0, "LOW:HIGH", "range of costs, of panels with curves", ARGUMENT_READ,
		offsetof(struct request, canvas), .read = read_xlimits },
	{ "ylim", 0, "LOW:HIGH", "range of what is drawn against them", ARGUMENT_READ,
		offsetof(struct request, canvas), .read = read_ylimits },
	{ "highlight", 0, "NAME[:OPT=VAL,...]",
		"these methods get the first colours and stronger lines; may be repeated",
		ARGUMENT_TEXTS, offsetof(struct request, highlight) },
	{ .kind = ARGUMENT_TABLE,
		.table = chosen_arguments,
		.at = offsetof(struct request, chosen) },
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
