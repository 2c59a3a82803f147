/* summary.c -- all tables of a study, as text, CSV or JSON. */
#include "analysis/tables.h"
#include "ground/quote.h"

static int overall(
	const struct study *s, const struct ranking *r, FILE *out, int json, int with_pairs)
{
	struct table t;
	int status = table_overall(s, r, &t);

	if (!status && json)
		table_json(&t, out);
	else if (!status)
		table_print(&t, out);
	table_free(&t);
	if (status || !with_pairs)
		return status;
	fputs(json ? ",\n\"pairs\":" : "\n", out);
	status = table_of_pairs(s, r, &t);
	if (!status && json)
		table_json(&t, out);
	else if (!status)
		table_print(&t, out);
	table_free(&t);
	return status;
}

int summary_text(const struct study *s, FILE *out, int with_pairs)
{
	struct ranking r;
	struct table t;
	int status;

	for (size_t p = 0; p < s->r->problems; p++) {
		status = table_of_problem(s, p, &t);
		if (!status)
			table_print(&t, out);
		table_free(&t);
		if (status)
			return -1;
		putc('\n', out);
	}
	if (rank_methods(s, s->target, &r))
		return -1;
	status = overall(s, &r, out, 0, with_pairs);
	fprintf(out,
		"\nFriedman p = %.3g over the %zu problems that all methods ran (%zu left out, "
		"%zu runs not shared).\n"
		"cost: %s. solved: relative gap at most %g.%s\n",
		r.friedman.p, r.blocks, r.left_out, s->left_runs, s->cost.title, s->target,
		s->guessed ? " Where f* is unknown or refuted, gaps are above the\nbest value "
			     "found and nothing is solved."
			   : "");
	ranking_free(&r);
	return status;
}

int summary_csv(const struct study *s, FILE *out)
{
	struct table t;

	for (size_t p = 0; p < s->r->problems; p++) {
		int status = table_of_problem(s, p, &t);

		if (!status)
			table_csv(&t, out, !p);
		table_free(&t);
		if (status)
			return -1;
	}
	return 0;
}

int summary_json(const struct study *s, FILE *out)
{
	struct ranking r;
	struct table t;
	int status = 0;

	fputs("{\"cost\":", out);
	print_json(out, s->cost.title);
	fprintf(out, ",\"target\":%.17g,\"problems\":[", s->target);
	for (size_t p = 0; p < s->r->problems && !status; p++) {
		status = table_of_problem(s, p, &t);
		fputs(p ? ",\n" : "", out);
		if (!status)
			table_json(&t, out);
		table_free(&t);
	}
	if (status || rank_methods(s, s->target, &r))
		return -1;
	fputs("],\n\"overall\":", out);
	status = overall(s, &r, out, 1, 1);
	fprintf(out,
		",\n\"friedman\":{\"p\":%.17g,\"problems\":%zu,\"left_out\":%zu,\"left_runs\":%"
		"zu}}\n",
		r.friedman.p, r.blocks, r.left_out, s->left_runs);
	ranking_free(&r);
	return status;
}
