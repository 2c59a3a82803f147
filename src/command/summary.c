/* summary.c -- nsobench summary: what each optimizer reached on each problem, as tables. */
#include "analysis/tables.h"
#include "command/command.h"

struct request {
	struct view view;
	struct chosen chosen;
	int json, csv, pairs;
};

static int print(const struct study *s, const struct request *q)
{
	return q->json  ? summary_json(s, stdout)
	       : q->csv ? summary_csv(s, stdout)
			: summary_text(s, stdout, q->pairs);
}

static void init(void *request)
{
	struct request *q = request;

	view_init(&q->view);
}

static int run(void *request, const struct typed_command *call)
{
	const struct request *q = request;
	static const char *const columns[] = { "step", "value", "subgradient", "prox", "f",
		"best", "clarke", "goldstein", "score", NULL };
	struct records r = { .columns = columns };
	struct study s = { 0 };
	struct why why;
	int code;

	code = open_chosen(&s, &r, call->operands.at[0], &q->view, &q->chosen, &why);
	if (code)
		complain(code, "%s", why.text);
	else
		code = loss(
			print(&s, q) ? complain(EXIT_OUTPUT, "out of memory") : EXIT_DONE, &r);
	study_free(&s);
	records_free(&r);
	return code;
}

static const struct argument arguments[] = {
	{ "json", 0, NULL, "all tables as JSON, all digits, with intervals", ARGUMENT_FLAG,
		offsetof(struct request, json) },
	{ "csv", 0, NULL, "the tables of the problems as CSV, the same", ARGUMENT_FLAG,
		offsetof(struct request, csv) },
	{ "pairs", 0, NULL, "also who beats whom: wins, cost ratio, p (Wilcoxon, Holm)",
		ARGUMENT_FLAG, offsetof(struct request, pairs) },
	{ .kind = ARGUMENT_TABLE,
		.table = chosen_arguments,
		.at = offsetof(struct request, chosen) },
	{ .kind = ARGUMENT_TABLE,
		.table = view_arguments,
		.at = offsetof(struct request, view) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_summary = { "summary", "tables of a folder of records",
	"DIR [OPTION]...", "What each optimizer reached on each problem of a folder of runs.",
	arguments,
	"best gap: least f found - f*, over max(1, |f*|); medians over instances and seeds.\n"
	"ERT: cost of all runs until they reach the gap or end, over the number that reached "
	"it.\n"
	"Clarke: dist(0, df(x)) at the last iterate; Goldstein: the same for the sampled "
	"hull.\n"
	"chattering: total variation of f over the last third of the trace over its decrease.\n"
	"ECDF area: mean share of (problem, target 1e2 .. 1e-8) reached, over log cost.",
	.operands = { 1, 1, "one folder of runs" }, .size = sizeof(struct request),
	.init = init, .run = run };
