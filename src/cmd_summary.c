/* cmd_summary.c -- nsobench summary: what each optimizer reached on each problem, as tables. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "analysis.h"

static const char help[] =
	"Usage: nsobench summary DIR [OPTION]...\n"
	"What each optimizer reached on each problem of a folder of runs.\n"
	"\n"
	"      --json         the tables as JSON, all digits\n"
	"      --csv          the tables as CSV\n"
	"      --target GAP   relative gap that counts as solved (default 1e-6)\n"
	"      --cost MODEL   value=1,subgradient=1,prox=1 (default), steps or seconds\n"
	"      --help         this text\n"
	"\n"
	"gap: best f found - f*, over max(1, |f*|); median over instances and seeds.\n"
	"ERT: cost of all runs until they reach the gap or end, over the number that reached it.\n";

static const struct head columns[] = {
	{ "optimizer", "optimizer", 0 },
	{ "runs", "runs", 6 },
	{ "solved", "solved", 6 },
	{ "best gap", "best_gap_median", 3 },
	{ "Clarke", "clarke_median", 3 },
	{ "Goldstein", "goldstein_median", 3 },
	{ "ERT 1e-3", "ert_1e3", 4 },
	{ "ERT 1e-6", "ert_1e6", 4 },
	{ "seconds", "seconds_median", 3 },
	{ "ended as", "status", 0 },
	{ 0 },
};

static double median_of(struct track *const *list, size_t count, double *scratch,
	double (*value)(const struct track *))
{
	for (size_t i = 0; i < count; i++)
		scratch[i] = value(list[i]);
	return quantile(scratch, sort_numbers(scratch, count), 0.5);
}

static double last_clarke(const struct track *t) { return track_last(t, "clarke"); }
static double last_goldstein(const struct track *t) { return track_last(t, "goldstein"); }
static double wall(const struct track *t) { return t->run->wall; }

/* "budget", or "budget 3, diverged 2" in the order of first appearance. */
static const char *statuses(struct arena *a, struct track *const *list, size_t count)
{
	char text[200] = "";
	size_t used = 0;

	for (size_t i = 0; i < count && used < sizeof text; i++) {
		size_t same = 0, before = 0;

		for (size_t k = 0; k < count; k++)
			if (list[k]->run->status == list[i]->run->status) {
				same++;
				before += k < i;
			}
		if (before)
			continue;
		if (same == count)
			return list[i]->run->status;
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %zu", used ? ", " : "",
			list[i]->run->status, same);
	}
	return arena_text(a, text, strlen(text));
}

static int row(const struct study *s, struct table *t, size_t problem, size_t method, double *scratch)
{
	struct track *const *list;
	size_t count = study_runs(s, problem, method, &list);
	const char *status = statuses(&s->r->arena, list, count);

	if (!count)
		return 0;
	if (!status)
		return -1;
	table_text(t, s->r->method[method].label);
	table_number(t, (double)count);
	table_number(t, (double)expected_cost(list, count, s->target).hits);
	table_number(t, median_of(list, count, scratch, track_final));
	table_number(t, median_of(list, count, scratch, last_clarke));
	table_number(t, median_of(list, count, scratch, last_goldstein));
	table_number(t, expected_cost(list, count, 1e-3).value);
	table_number(t, expected_cost(list, count, 1e-6).value);
	table_number(t, median_of(list, count, scratch, wall));
	table_text(t, status);
	return 0;
}

enum form { TEXT, JSON, CSV };

static int problem_table(const struct study *s, size_t problem, enum form form, double *scratch)
{
	struct table t;
	int status = 0;

	table_start(&t, s->r->problem[problem].label, columns);
	for (size_t m = 0; m < s->r->methods && !status; m++)
		status = row(s, &t, problem, m, scratch);
	if (t.lost || status) {
		table_free(&t);
		return -1;
	}
	if (form == JSON) {
		fputs(problem ? ",\n" : "", stdout);
		table_json(&t, stdout);
	} else if (form == CSV) {
		table_csv(&t, stdout, !problem);
	} else {
		table_print(&t, stdout);
		putchar('\n');
	}
	table_free(&t);
	return 0;
}

static int print(const struct study *s, enum form form, struct why *why)
{
	double *scratch = malloc((s->r->runs + 1) * sizeof *scratch);
	int status = scratch ? 0 : -1;

	if (form == JSON) {
		fputs("{\"cost\":", stdout);
		print_json(stdout, s->cost.title);
		printf(",\"target\":%g,\"problems\":[", s->target);
	}
	for (size_t p = 0; p < s->r->problems && !status; p++)
		status = problem_table(s, p, form, scratch);
	if (form == JSON)
		puts("]}");
	else if (form == TEXT)
		printf("cost: %s. solved: relative gap at most %g.%s\n", s->cost.title, s->target,
			s->guessed ? " Where f* is unknown, the best value found stands for it." : "");
	free(scratch);
	return status ? fail(why, "out of memory") : 0;
}

int cmd_summary(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "csv", no_argument, NULL, 'c' },
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
	int c, code = 0;

	cost_parse(&cost, "value=1", &why);
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (c) {
		case 'j': form = JSON; break;
		case 'c': form = CSV; break;
		case 't':
			if (parse_double(optarg, &target) || !(target > 0))
				return complain(2, "--target %s: expected a gap above 0", optarg);
			break;
		case 'm':
			if (cost_parse(&cost, optarg, &why))
				return complain(2, "%s", why.text);
			break;
		case 'h': fputs(help, stdout); return 0;
		default: return 2;
		}
	if (argc - optind != 1)
		return complain(2, "summary: expected one folder of runs, found %d", argc - optind);
	if (open_study(&s, &r, argv[optind], &cost, target, &why) || print(&s, form, &why))
		code = complain(3, "%s", why.text);
	study_free(&s);
	records_free(&r);
	return code;
}
