/* cmd_summary.c -- nsobench summary: what each optimizer reached on each problem, as tables. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"
#include "tables.h"

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

static int emit(struct table *t, enum form form, const char *join, int first)
{
	if (form == JSON) {
		fputs(join, stdout);
		table_json(t, stdout);
	} else if (form == CSV) {
		table_csv(t, stdout, first);
	} else {
		table_print(t, stdout);
		putchar('\n');
	}
	table_free(t);
	return 0;
}

static int problems(const struct study *s, enum form form)
{
	struct table t;

	for (size_t p = 0; p < s->r->problems; p++) {
		if (table_of_problem(s, p, &t)) {
			table_free(&t);
			return -1;
		}
		emit(&t, form, p ? ",\n" : "", !p);
	}
	return 0;
}

static int overall(const struct study *s, enum form form, int with_pairs)
{
	struct ranking r;
	struct table t;
	int status;

	if (rank_methods(s, s->target, &r))
		return -1;
	status = table_overall(s, &r, &t);
	if (status)
		table_free(&t);
	else
		emit(&t, form, "],\n\"overall\":", 0);
	if (!status && (with_pairs || form == JSON)) {
		status = table_of_pairs(s, &r, &t);
		if (status)
			table_free(&t);
		else
			emit(&t, form, ",\n\"pairs\":", 0);
	}
	if (!status && form == JSON)
		printf(",\n\"friedman\":{\"p\":%.17g,\"problems\":%zu,\"left_out\":%zu}}\n", r.friedman.p, r.blocks,
			r.left_out);
	if (!status && form == TEXT)
		printf("Friedman p = %.3g over the %zu problems that all methods ran (%zu left out).\n", r.friedman.p,
			r.blocks, r.left_out);
	ranking_free(&r);
	return status;
}

static int print(const struct study *s, enum form form, int with_pairs, struct why *why)
{
	if (form == JSON) {
		fputs("{\"cost\":", stdout);
		print_json(stdout, s->cost.title);
		printf(",\"target\":%.17g,\"problems\":[", s->target);
	}
	if (problems(s, form) || (form != CSV && overall(s, form, with_pairs)))
		return fail(why, "out of memory");
	if (form == TEXT)
		printf("cost: %s. solved: relative gap at most %g.%s\n", s->cost.title, s->target,
			s->guessed ? " Where f* is unknown, the best value found stands for it." : "");
	return 0;
}

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
	if (open_study(&s, &r, argv[optind], &cost, target, &why) || print(&s, form, with_pairs, &why))
		code = complain(EXIT_INPUT, "%s", why.text);
	study_free(&s);
	records_free(&r);
	return code;
}
