/* report.c -- nsobench report: one HTML file to send to a co-author. */
#include <string.h>
#include <sys/stat.h>
#include "analysis/tables.h"
#include "command/command.h"
#include "ground/files.h"
#include "ground/find.h"
#include "picture/pictures.h"
#include "picture/report.h"

struct request {
	const char *with, *output;
	double floor;
	struct view view;
};

static int folder_there(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* Adds the records of another folder; `reference` stands for every folder of results that
 * ships. */
static int overlay(struct records *r, const char *with, struct why *why)
{
	static const char *const names[] = { "academic", "pl" };
	const char *root;
	char path[4352];
	size_t found = 0, own = r->problems, before = r->runs;

	r->tag = with;
	if (strcmp(with, "reference"))
		found = 1;
	if (found && records_read(r, with, why))
		return -1;
	for (size_t i = 0; (root = shipped_folder(RESULTS, i)) && !found; i++)
		for (size_t k = 0; k < 2; k++) {
			snprintf(path, sizeof path, "%s/%s", root, names[k]);
			if (!folder_there(path))
				continue;
			if (records_read(r, path, why))
				return -1;
			found++;
		}
	if (!found)
		return fail(why, "--with reference: no results are installed");
	if (records_keep(r, own))
		return fail(why, "out of memory");
	if (r->runs == before)
		return fail(why,
			"--with %s: none of its runs is on a problem (with these options) of "
			"yours",
			with);
	return 0;
}

/* The same as `summary --csv` and `--json` beside the report. */
static int write_tables(const struct study *s, const char *folder, struct why *why)
{
	static const struct {
		const char *name;
		int (*write)(const struct study *s, FILE *out);
	} tables[] = { { "summary.csv", summary_csv }, { "summary.json", summary_json } };
	char path[4200];
	struct new_file file;

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, tables[i].name);
		if (file_begin(&file, path, why))
			return -1;
		if (tables[i].write(s, file.stream)) {
			file_abandon(&file);
			return fail(why, "out of memory");
		}
		if (file_commit(&file, why))
			return -1;
	}
	return 0;
}

static int make(const struct study *s, const struct request *q, const char *folder)
{
	char plots[4200], output[4200], beside[4096];
	struct figures fs;
	struct pictures p = { .s = s, .fs = &fs, .floor = q->floor };
	struct why why, drawing = { .text = "" };
	size_t pictures[MOST_KINDS];
	struct report report = { .figures = &fs, .why_not = drawing.text, .floor = q->floor };
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
	report.pictures = drawn ? pictures : NULL;
	if (report_file(output, s, &report, &why) || write_tables(s, folder, &why))
		code = complain(EXIT_OUTPUT, "%s", why.text);
	else
		printf("%s\n", shown(output));
	figures_free(&fs);
	return code;
}

static int run(void *request, const struct typed_command *call)
{
	const struct request *q = request;
	const char *folder = call->operands.at[0];
	struct records r = { 0 };
	struct study s = { 0 };
	struct why why;
	int code;

	if (records_read(&r, folder, &why) || (q->with && overlay(&r, q->with, &why)))
		code = complain(EXIT_INPUT, "%s", why.text);
	else if (records_labels(&r) || study_make(&s, &r, &q->view.cost, q->view.target, &why))
		code = complain(EXIT_INPUT, "out of memory");
	else
		code = make(&s, q, folder);
	print_warnings(&r);
	study_free(&s);
	code = loss(code, &r);
	records_free(&r);
	return code;
}

static void init(void *request)
{
	struct request *q = request;

	q->floor = 1e-12;
	view_init(&q->view);
}

static const struct argument arguments[] = {
	{ "with", 0, "DIR",
		"overlay what these records hold on the same problems; `reference`: the "
		"results that ship",
		ARGUMENT_TEXT, offsetof(struct request, with) },
	{ "output", 'o', "FILE", "default DIR/report.html", ARGUMENT_TEXT,
		offsetof(struct request, output) },
	{ "floor", 0, "GAP", "smaller gaps are drawn at this (default 1e-12)", ARGUMENT_REAL,
		offsetof(struct request, floor), 1e-300, 1e300 },
	{ .kind = ARGUMENT_TABLE,
		.table = view_arguments,
		.at = offsetof(struct request, view) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_report = { "report",
	"one HTML file: tables, pictures, verdicts, warnings", "DIR [OPTION]...",
	"Writes DIR/report.html: one file of at most 2 MB to explore in a browser: the curves "
	"of "
	"the runs on every axis, what reaching a target costs, each run with the command that "
	"makes it again, who wins and how surely, and every warning. The view stands in the "
	"address. It opens from a disk and fetches nothing; printed, or without scripts, it "
	"shows "
	"tables and the main pictures. Beside it all tables as summary.csv and summary.json, "
	"and "
	"the pictures with their scripts and numbers in plots/.",
	arguments,
	"Exit code 4: gnuplot is missing or failed; the report is written without pictures.",
	.operands = { 1, 1, "one folder of runs" }, .size = sizeof(struct request),
	.init = init, .run = run };
