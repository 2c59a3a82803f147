/* compare.c -- nsobench compare: did anything get worse from one folder of runs to another? */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/profile.h"
#include "command/command.h"
#include "ground/table.h"

struct side {
	struct records r;
	struct study s;
};

/* One line: a problem and a method, or a method over all problems (problem: (size_t)-1). */
struct line {
	size_t problem, method; /* of A */
	size_t pairs, better, worse, same;
	size_t broken; /* in B but not in A */
	double ert[2], gap[2], p;
};

struct compare {
	struct side a, b;
	struct view view;
	int json, csv, fail_on_regression;
	struct line *line;
	size_t lines;
	size_t alone; /* runs of either side without a partner */
};

static const struct entry *partner(
	const struct entry *list, size_t count, const struct entry *e)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i].name, e->name) && !strcmp(list[i].options, e->options))
			return &list[i];
	return NULL;
}

static int broken(const struct track *t)
{
	const char *s = t->run->status;

	return !strcmp(s, "crashed") || !strcmp(s, "failed") || !strcmp(s, "timeout") ||
	       !strcmp(s, "memory");
}

static const struct track *same_run(
	struct track *const *list, size_t count, const struct track *t)
{
	for (size_t i = 0; i < count; i++)
		if (list[i]->run->instance == t->run->instance &&
			list[i]->run->seed == t->run->seed)
			return list[i];
	return NULL;
}

static double median_gap(struct track *const *list, size_t count, double *scratch)
{
	for (size_t i = 0; i < count; i++)
		scratch[i] = track_final(list[i]);
	return quantile(scratch, sort_numbers(scratch, count), 0.5);
}

static void count(struct line *l, double difference)
{
	l->better += difference < 0;
	l->worse += difference > 0;
	l->same += difference == 0;
	l->pairs++;
}

/* The runs of one problem and method; median gets the median difference, NAN if there is no
 * pair. */
static int compare_runs(struct compare *c, size_t problem, size_t method, const struct entry *p,
	const struct entry *m, struct line *l, double *median)
{
	struct track *const *x, *const *y;
	size_t nx = study_runs(&c->a.s, problem, method, &x);
	size_t ny = study_runs(
		&c->b.s, (size_t)(p - c->b.r.problem), (size_t)(m - c->b.r.method), &y);
	double *d = malloc((nx + ny + 1) * sizeof *d);
	struct test t = { NAN, 1, 0 };
	int status;

	*l = (struct line){ .problem = problem, .method = method };
	*median = NAN;
	if (!d)
		return -1;
	l->ert[0] = expected_cost(x, nx, c->view.target).value;
	l->ert[1] = expected_cost(y, ny, c->view.target).value;
	l->gap[0] = median_gap(x, nx, d);
	l->gap[1] = median_gap(y, ny, d);
	for (size_t i = 0; i < nx; i++) {
		const struct track *other = same_run(y, ny, x[i]);

		if (!other) {
			c->alone++;
			continue;
		}
		d[l->pairs] =
			track_score(other, c->view.target) - track_score(x[i], c->view.target);
		l->broken += broken(other) && !broken(x[i]);
		count(l, d[l->pairs]);
	}
	c->alone += ny - l->pairs;
	status = wilcoxon(d, l->pairs, &t);
	l->p = t.p;
	if (l->pairs)
		*median = quantile(d, sort_numbers(d, l->pairs), 0.5);
	free(d);
	return status;
}

/* All lines: for each method its problems, then the method over them. */
static int compare_all(struct compare *c)
{
	const struct records *r = &c->a.r;
	double *median = malloc((r->problems + 1) * sizeof *median), *p;
	size_t rows = 0;
	int bad = !median;

	c->line = calloc((r->problems + 1) * r->methods + 1, sizeof *c->line);
	bad |= !c->line;
	for (size_t m = 0; m < r->methods && !bad; m++) {
		const struct entry *method =
			partner(c->b.r.method, c->b.r.methods, &r->method[m]);
		struct line all = { .problem = (size_t)-1,
			.method = m,
			.ert = { NAN, NAN },
			.gap = { NAN, NAN } };
		struct test t;

		for (size_t i = 0; i < r->problems && method && !bad; i++) {
			const struct entry *problem =
				partner(c->b.r.problem, c->b.r.problems, &r->problem[i]);
			struct line *l = &c->line[c->lines];

			if (!problem)
				continue;
			bad = compare_runs(c, i, m, problem, method, l, &median[rows]);
			if (!l->pairs)
				continue;
			c->lines++;
			all.broken += l->broken;
			count(&all, median[rows++]);
		}
		if (all.pairs > 1 && !bad) {
			bad = wilcoxon(median, rows, &t);
			all.p = t.p;
			c->line[c->lines++] = all;
		}
		rows = 0;
	}
	p = malloc((c->lines + 1) * sizeof *p);
	for (size_t i = 0; p && i < c->lines; i++)
		p[i] = c->line[i].p;
	bad |= !p || holm(p, c->lines);
	for (size_t i = 0; !bad && i < c->lines; i++)
		c->line[i].p = p[i];
	free(p);
	free(median);
	return bad ? -1 : 0;
}

static int regressed(const struct line *l)
{
	return l->broken || (l->p < 0.05 && l->worse > l->better);
}

static const char *verdict(const struct line *l)
{
	if (l->broken)
		return "worse: breaks";
	if (l->p < 0.05)
		return l->worse > l->better ? "worse" : "better";
	return l->same == l->pairs ? "equal" : "no difference shown";
}

static const struct head columns[] = {
	{ "problem", "problem", 0 },
	{ "optimizer", "optimizer", 0 },
	{ "pairs", "pairs", 6 },
	{ "B better", "better", 6 },
	{ "B worse", "worse", 6 },
	{ "equal", "equal", 6 },
	{ "ERT A", "ert_a", 4 },
	{ "ERT B", "ert_b", 4 },
	{ "gap A", "gap_a", 3 },
	{ "gap B", "gap_b", 3 },
	{ "p (Holm)", "p_holm", 2 },
	{ "verdict", "verdict", 0 },
	{ 0 },
};

static int print(const struct compare *c)
{
	struct table t;
	int lost;

	table_start(&t, "A to B", columns);
	for (size_t i = 0; i < c->lines; i++) {
		const struct line *l = &c->line[i];

		table_text(&t, l->problem == (size_t)-1 ? "over all problems"
							: c->a.r.problem[l->problem].label);
		table_text(&t, c->a.r.method[l->method].label);
		table_numbers(&t, 9,
			(const double[]){ (double)l->pairs, (double)l->better, (double)l->worse,
				(double)l->same, l->ert[0], l->ert[1], l->gap[0], l->gap[1],
				l->p });
		table_text(&t, verdict(l));
	}
	if (c->json) {
		table_json(&t, stdout);
		putchar('\n');
	} else if (c->csv) {
		table_csv(&t, stdout, 1);
	} else {
		table_print(&t, stdout);
	}
	lost = t.lost;
	table_free(&t);
	return lost ? -1 : 0;
}

static int compare(struct compare *c, const char *const *folder)
{
	struct why why;
	size_t worse = 0;

	if (open_study(&c->a.s, &c->a.r, folder[0], &c->view, &why) ||
		open_study(&c->b.s, &c->b.r, folder[1], &c->view, &why))
		return complain(EXIT_INPUT, "%s", why.text);
	if (compare_all(c) || print(c))
		return complain(EXIT_INPUT, "out of memory");
	if (!c->lines)
		return complain(EXIT_INPUT,
			"%s and %s have no run in common (same problem, method, options, "
			"instance, "
			"seed)",
			folder[0], folder[1]);
	if (c->alone)
		complain(0, "%zu runs have no partner in the other folder and do not count",
			c->alone);
	for (size_t i = 0; i < c->lines; i++)
		worse += (size_t)regressed(&c->line[i]);
	if (!c->json && !c->csv)
		printf("%zu of %zu comparisons got worse beyond noise.\n", worse, c->lines);
	return worse && c->fail_on_regression ? EXIT_FAILED_RUN : 0;
}

static void init(void *request)
{
	struct compare *c = request;

	view_init(&c->view);
}

static int run(void *request, const struct typed_command *call)
{
	struct compare *c = request;
	int code = compare(c, call->operands.at);

	free(c->line);
	study_free(&c->a.s);
	study_free(&c->b.s);
	records_free(&c->a.r);
	records_free(&c->b.r);
	return code;
}

static const struct argument arguments[] = {
	{ "fail-on-regression", 0, NULL,
		"exit 1 if anything got worse beyond noise, or crashes that did not",
		ARGUMENT_FLAG, offsetof(struct compare, fail_on_regression) },
	{ "json", 0, NULL, "the table as JSON", ARGUMENT_FLAG, offsetof(struct compare, json) },
	{ "csv", 0, NULL, "the table as CSV", ARGUMENT_FLAG, offsetof(struct compare, csv) },
	{ .kind = ARGUMENT_TABLE,
		.table = view_arguments,
		.at = offsetof(struct compare, view) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_compare = { "compare",
	"two folders of records: did anything get worse?", "A B [OPTION]...",
	"Compares two folders of runs (two versions of a method, two machines): runs of the "
	"same problem, method, "
	"instance and seed are paired; per problem and method, and per method over all "
	"problems, Wilcoxon's signed "
	"rank test on the pairs says whether B differs, Holm corrects for their number.",
	arguments,
	"A run is better that reaches the target at less cost, else that ends at a smaller "
	"gap. Five pairs cannot "
	"reach p = 0.05: single problems need at least six.",
	.operands = { 2, 2, "two folders of runs" }, .size = sizeof(struct compare),
	.init = init, .run = run };
