/* summary.c -- nsobench summary: what each optimizer reached on each problem, as tables. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/records.h"
#include "analysis/study.h"
#include "analysis/tables.h"
#include "command/command.h"
#include "ground/option.h"
#include "ground/why.h"

static const char help[] =
	"Usage: nsobench summary DIR [OPTION]...\n"
	"What each optimizer reached on each problem of a folder of runs.\n"
	"\n"
	"      --json         all tables as JSON, all digits, with intervals\n"
	"      --csv          the tables of the problems as CSV, the same\n"
	"      --pairs        also who beats whom: wins, cost ratio, p (Wilcoxon, Holm)\n"
	"      --target GAP   relative gap that counts as solved (default 1e-6)\n"
	"      --cost MODEL   value=1,subgradient=1,prox=1 (default), steps or seconds\n"
	"  -h, --help         this text\n"
	"\n"
	"best gap: least f found - f*, over max(1, |f*|); medians over instances and seeds.\n"
	"ERT: cost of all runs until they reach the gap or end, over the number that reached it.\n"
	"Clarke: dist(0, df(x)) at the last iterate; Goldstein: the same for the sampled hull.\n"
	"chattering: total variation of f over the last third of the trace over its decrease.\n"
	"ECDF area: mean share of (problem, target 1e2 .. 1e-8) reached, over log cost.\n";

enum form { TEXT, JSON, CSV };

int cmd_summary(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "csv", no_argument, NULL, 'c' },
		{ "pairs", no_argument, NULL, 'p' },
		{ "target", required_argument, NULL, 't' },
		{ "cost", required_argument, NULL, 'm' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct records r = { 0 };
	struct study s = { 0 };
	struct cost cost;
	struct why why;
	double target = 1e-6;
	enum form form = TEXT;
	int c, code = 0, with_pairs = 0;

	cost_parse(&cost, "value=1", &why);
	opterr = 0;
	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1)
		switch (c) {
		case 'j': form = JSON; break;
		case 'c': form = CSV; break;
		case 'p': with_pairs = 1; break;
		case 't':
			if (parse_double(optarg, &target) || !(target > 0))
				return complain(EXIT_USAGE, "--target %s: expected a gap above 0", optarg);
			break;
		case 'm':
			if (cost_parse(&cost, optarg, &why))
				return complain(EXIT_USAGE, "%s", why.text);
			break;
		case 'h': fputs(help, stdout); return 0;
		default: return bad_option(argv, options);
		}
	if (argc - optind != 1)
		return complain(EXIT_USAGE, "summary: expected one folder of runs, found %d", argc - optind);
	if (open_study(&s, &r, argv[optind], &cost, target, &why))
		code = complain(EXIT_INPUT, "%s", why.text);
	else if (form == JSON   ? summary_json(&s, stdout)
		 : form == CSV ? summary_csv(&s, stdout)
			       : summary_text(&s, stdout, with_pairs))
		code = complain(EXIT_OUTPUT, "out of memory");
	study_free(&s);
	records_free(&r);
	return code;
}
