/* plot.c -- nsobench plot: pictures of a folder of runs. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/records.h"
#include "analysis/study.h"
#include "command/command.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/why.h"
#include "picture/figure.h"
#include "picture/pictures.h"

static void print_help(void)
{
	fputs("Usage: nsobench plot DIR [OPTION]...\n"
	      "Draws a folder of runs with gnuplot: DIR/plots/KIND.png, .svg and beside each the script\n"
	      "(KIND.gp, runs by hand) and its numbers (KIND.dat).\n"
	      "\n"
	      "      --kind K,...     kinds to draw; `all` draws every kind that has data (see below;\n"
	      "                       default convergence,stationarity)\n"
	      "      --format F,...   png, svg, pdf (default png,svg)\n"
	      "      --term dumb      draw in the terminal\n"
	      "  -o, --output DIR     folder for the pictures (default DIR/plots)\n"
	      "      --floor GAP      smaller gaps are drawn at this (default 1e-12)\n"
	      "      --target GAP     relative gap that counts as solved (default 1e-6)\n"
	      "      --cost MODEL     value=1,subgradient=1,prox=1 (default), steps or seconds\n"
	      "  -h, --help           this text\n"
	      "\n"
	      "Kinds:\n",
		stdout);
	for (size_t i = 0; picture_kinds[i]; i++)
		printf("  %-20s %s\n", picture_kinds[i]->name, picture_kinds[i]->help);
	fputs("\nExit status 4: gnuplot is missing or failed; scripts and numbers are kept.\n", stdout);
}

/* "png,svg" to "png svg", each known and once. */
static int formats_parse(const char *text, char *out, size_t size, struct why *why)
{
	static const char *const known[] = { "png", "svg", "pdf" };
	char copy[64], *rest = copy;

	*out = 0;
	if ((size_t)snprintf(copy, sizeof copy, "%s", text) >= sizeof copy)
		return fail(why, "--format %.40s...: expected png, svg, pdf", text);
	for (char *word; (word = strtok_r(rest, ",", &rest));) {
		size_t i = 0;

		while (i < 3 && strcmp(word, known[i]))
			i++;
		if (i == 3)
			return fail(why, "--format %s: expected png, svg or pdf", word);
		if (!strstr(out, word))
			snprintf(out + strlen(out), size - strlen(out), "%s%s", *out ? " " : "", word);
	}
	return *out ? 0 : fail(why, "--format: expected png, svg or pdf, found nothing");
}

enum { HELPED = -2 };

struct request {
	char formats[32], folder[4096];
	int wanted[MOST_KINDS], all; /* all: kinds without data are no surprise */
	double floor, target;
	struct cost cost;
};

static int unknown_kind(const char *word, struct why *why)
{
	const char *names[MOST_KINDS], *near;
	size_t count = 0;

	for (; picture_kinds[count]; count++)
		names[count] = picture_kinds[count]->name;
	near = nearest(word, names, count);
	return fail(why, "--kind %s: there is no such kind%s%s; see nsobench plot --help", word,
		near ? ", do you mean " : "", near ? near : "");
}

static int kinds_parse(const char *text, struct request *q, struct why *why)
{
	char copy[256], *rest = copy;

	if ((size_t)snprintf(copy, sizeof copy, "%s", text) >= sizeof copy)
		return fail(why, "--kind: the list is too long");
	memset(q->wanted, 0, sizeof q->wanted);
	for (char *word; (word = strtok_r(rest, ",", &rest));) {
		int found = 0;

		for (size_t i = 0; picture_kinds[i]; i++)
			if (!strcmp(word, picture_kinds[i]->name) || !strcmp(word, "all"))
				found = q->wanted[i] = 1;
		if (!found)
			return unknown_kind(word, why);
		q->all |= !strcmp(word, "all");
	}
	return 0;
}

static int parse(int argc, char **argv, struct request *q, struct why *why)
{
	static const struct option options[] = {
		{ "kind", required_argument, NULL, 'k' },
		{ "format", required_argument, NULL, 'f' },
		{ "term", required_argument, NULL, 'd' },
		{ "output", required_argument, NULL, 'o' },
		{ "floor", required_argument, NULL, 'l' },
		{ "target", required_argument, NULL, 't' },
		{ "cost", required_argument, NULL, 'm' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int c, status = 0;

	opterr = 0;
	while (!status && (c = getopt_long(argc, argv, "ho:", options, NULL)) != -1)
		switch (c) {
		case 'k': status = kinds_parse(optarg, q, why); break;
		case 'f': status = formats_parse(optarg, q->formats, sizeof q->formats, why); break;
		case 'd':
			if (strcmp(optarg, "dumb"))
				return fail(why, "--term %s: expected dumb", optarg);
			strcpy(q->formats, "dumb");
			break;
		case 'o': snprintf(q->folder, sizeof q->folder, "%s", optarg); break;
		case 'l':
		case 't':
			if (parse_double(optarg, c == 'l' ? &q->floor : &q->target) ||
				!((c == 'l' ? q->floor : q->target) > 0))
				return fail(why, "--%s %s: expected a gap above 0", c == 'l' ? "floor" : "target",
					optarg);
			break;
		case 'm': status = cost_parse(&q->cost, optarg, why); break;
		case 'h': print_help(); return HELPED;
		default: return bad_option(argv, options);
		}
	if (!status && argc - optind != 1)
		return fail(why, "plot: expected one folder of runs, found %d", argc - optind);
	if (!status && !*q->folder)
		snprintf(q->folder, sizeof q->folder, "%s/plots", argv[optind]);
	return status;
}

static int draw(const struct study *s, const struct request *q)
{
	struct figures fs;
	struct pictures p = { .s = s, .fs = &fs, .floor = q->floor };
	struct why why;
	size_t drawn[MOST_KINDS];
	int code = 0;

	if (figures_open(&fs, q->folder, q->formats, &why))
		return complain(EXIT_OUTPUT, "%s", why.text);
	if (draw_kinds(&p, q->wanted, drawn, &why))
		code = complain(EXIT_OUTPUT, "%s", why.text);
	for (size_t i = 0; !code && !q->all && picture_kinds[i]; i++)
		if (q->wanted[i] && !drawn[i])
			complain(0, "%s: these records have nothing to draw it from", picture_kinds[i]->name);
	if (!code && figures_draw(&fs, &why))
		code = complain(EXIT_OUTPUT, "%s", why.text);
	for (size_t i = 0; i < fs.count && !code && strcmp(q->formats, "dumb"); i++) {
		char formats[32], *rest = strcpy(formats, q->formats);

		for (char *word; (word = strtok_r(rest, " ", &rest));)
			printf("%s/%s.%s\n", shown(q->folder), fs.name[i], word);
	}
	figures_free(&fs);
	return code;
}

int cmd_plot(int argc, char **argv)
{
	struct request q = { .formats = "png svg", .floor = 1e-12, .target = 1e-6 };
	struct records r = { 0 };
	struct study s = { 0 };
	struct why why;
	int code;

	cost_parse(&q.cost, "value=1", &why);
	for (size_t i = 0; picture_kinds[i]; i++)
		q.wanted[i] = picture_kinds[i]->usual;
	code = parse(argc, argv, &q, &why);
	if (code)
		return code == HELPED ? 0 : code > 0 ? code : complain(EXIT_USAGE, "%s", why.text);
	if (open_study(&s, &r, argv[optind], &q.cost, q.target, &why))
		code = complain(EXIT_INPUT, "%s", why.text);
	else
		code = draw(&s, &q);
	study_free(&s);
	records_free(&r);
	return code;
}
