/* report.c -- nsobench report: one HTML file to send to a co-author. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "build.h"
#include "analysis/profile.h"
#include "analysis/records.h"
#include "analysis/study.h"
#include "analysis/tables.h"
#include "command/command.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/why.h"
#include "picture/figure.h"
#include "picture/pictures.h"
#include "picture/report.h"

static const char help[] =
	"Usage: nsobench report DIR [OPTION]...\n"
	"Writes DIR/report.html: one file that holds what was run, who wins where and how surely, every\n"
	"picture and every warning; opens from a disk, fetches nothing. Beside it all tables as summary.csv\n"
	"and summary.json, and the pictures with their scripts and numbers in plots/.\n"
	"\n"
	"      --with DIR       overlay what these records hold on the same problems; `reference`:\n"
	"                       the results that ship\n"
	"  -o, --output FILE    default DIR/report.html\n"
	"      --target GAP     relative gap that counts as solved (default 1e-6)\n"
	"      --floor GAP      smaller gaps are drawn at this (default 1e-12)\n"
	"      --cost MODEL     value=1,subgradient=1,prox=1 (default), steps or seconds\n"
	"  -h, --help           this text\n"
	"\n"
	"Exit status 4: gnuplot is missing or failed; the report is written without pictures.\n";

struct request {
	const char *with, *output;
	double target, floor;
	struct cost cost;
};

enum { HELPED = -2 };

static int parse(int argc, char **argv, struct request *q)
{
	static const struct option options[] = {
		{ "with", required_argument, NULL, 'w' },
		{ "output", required_argument, NULL, 'o' },
		{ "target", required_argument, NULL, 't' },
		{ "floor", required_argument, NULL, 'l' },
		{ "cost", required_argument, NULL, 'm' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct why why;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "ho:", options, NULL)) != -1)
		switch (c) {
		case 'w': q->with = optarg; break;
		case 'o': q->output = optarg; break;
		case 't':
		case 'l':
			if (parse_double(optarg, c == 't' ? &q->target : &q->floor) ||
				!((c == 't' ? q->target : q->floor) > 0))
				return complain(EXIT_USAGE, "--%s %s: expected a gap above 0",
					c == 't' ? "target" : "floor", optarg);
			break;
		case 'm':
			if (cost_parse(&q->cost, optarg, &why))
				return complain(EXIT_USAGE, "%s", why.text);
			break;
		case 'h': fputs(help, stdout); return HELPED;
		default: return bad_option(argv, options);
		}
	if (argc - optind != 1)
		return complain(EXIT_USAGE, "report: expected one folder of runs, found %d", argc - optind);
	return 0;
}

static int folder_there(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* Adds the records of another folder; `reference` stands for every folder of results that ships. */
static int overlay(struct records *r, const char *with, struct why *why)
{
	static const char *const roots[] = { PKGDATADIR "/results", SOURCEDIR "/results" };
	static const char *const names[] = { "academic", "pl" };
	char path[4096];
	size_t found = 0, own = r->problems, before = r->runs;

	r->tag = with;
	if (strcmp(with, "reference"))
		found = 1;
	if (found && records_read(r, with, why))
		return -1;
	for (size_t i = 0; i < 2 && !found; i++)
		for (size_t k = 0; k < 2; k++) {
			snprintf(path, sizeof path, "%s/%s", roots[i], names[k]);
			if (!folder_there(path))
				continue;
			if (records_read(r, path, why))
				return -1;
			found++;
		}
	if (!found)
		return fail(why, "--with reference: no results under %s nor under %s", roots[0], roots[1]);
	if (records_keep(r, own))
		return fail(why, "out of memory");
	if (r->runs == before)
		return fail(why, "--with %s: none of its runs is on a problem (with these options) of yours", with);
	return 0;
}

/* The same as `summary --csv` and `--json` beside the report. */
static int write_tables(const struct study *s, const char *folder, struct why *why)
{
	char path[4200];
	FILE *csv, *json;
	int bad = 0;

	snprintf(path, sizeof path, "%s/summary.csv", folder);
	csv = fopen(path, "w");
	snprintf(path, sizeof path, "%s/summary.json", folder);
	json = fopen(path, "w");
	if (csv && json) {
		bad = summary_csv(s, csv) || summary_json(s, json);
		bad |= ferror(csv) | ferror(json);
	}
	if (!csv || !json)
		bad = 1;
	if (csv)
		bad |= fclose(csv);
	if (json)
		bad |= fclose(json);
	return bad ? fail(why, "%s: the tables cannot be written", folder) : 0;
}

static int write_page(const struct study *s, const struct figures *fs, const char *output, const size_t *pictures,
	const char *why_not, struct why *why)
{
	struct ranking r;
	FILE *out = fopen(output, "w");
	int status;

	if (!out)
		return fail(why, "%s: cannot be written: %s", output, strerror(errno));
	if (rank_methods(s, s->target, &r)) {
		fclose(out);
		return fail(why, "out of memory");
	}
	status = report_write(out, s, &r, fs, pictures, why_not, why);
	ranking_free(&r);
	if (fclose(out) && !status)
		status = fail(why, "%s: cannot be written: %s", output, strerror(errno));
	return status;
}

/* The folder that a file is in. */
static void folder_of(const char *file, char *out, size_t size)
{
	const char *slash = strrchr(file, '/');

	if (slash)
		snprintf(out, size, "%.*s", slash == file ? 1 : (int)(slash - file), file);
	else
		snprintf(out, size, ".");
}

static int make(const struct study *s, const struct request *q, const char *folder)
{
	char plots[4200], output[4200], beside[4096];
	struct figures fs;
	struct pictures p = { .s = s, .fs = &fs, .floor = q->floor };
	struct why why, drawing = { "" };
	size_t pictures[MOST_KINDS];
	int code = 0, drawn;

	if (q->output) {
		folder_of(q->output, beside, sizeof beside);
		folder = beside;
		snprintf(output, sizeof output, "%s", q->output);
	} else {
		snprintf(output, sizeof output, "%s/report.html", folder);
	}
	snprintf(plots, sizeof plots, "%s/plots", folder);
	if (figures_open(&fs, plots, "svg", &why))
		return complain(EXIT_OUTPUT, "%s", why.text);
	drawn = !draw_kinds(&p, NULL, pictures, &drawing) && !figures_draw(&fs, &drawing);
	if (!drawn)
		code = complain(EXIT_OUTPUT, "%s", drawing.text);
	if (write_page(s, &fs, output, drawn ? pictures : NULL, drawing.text, &why) || write_tables(s, folder, &why))
		code = complain(EXIT_OUTPUT, "%s", why.text);
	else
		printf("%s\n", shown(output));
	figures_free(&fs);
	return code;
}

int cmd_report(int argc, char **argv)
{
	struct request q = { .target = 1e-6, .floor = 1e-12 };
	struct records r = { 0 };
	struct study s = { 0 };
	struct why why = { "" };
	int code;

	cost_parse(&q.cost, "value=1", &why);
	code = parse(argc, argv, &q);
	if (code)
		return code == HELPED ? 0 : code;
	if (records_read(&r, argv[optind], &why) || (q.with && overlay(&r, q.with, &why)))
		code = complain(EXIT_INPUT, "%s", why.text);
	else if (records_labels(&r) || study_make(&s, &r, &q.cost, q.target, &why))
		code = complain(EXIT_INPUT, "out of memory");
	else
		code = make(&s, &q, argv[optind]);
	study_free(&s);
	records_free(&r);
	return code;
}
