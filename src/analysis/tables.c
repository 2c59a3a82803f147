/* tables.c -- the tables of a study: per problem, over all problems, pair by pair. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/tables.h"

enum { DRAWS = 2000 };

static const struct head problem_columns[] = {
	{ "optimizer", "optimizer", 0 },
	{ "gets", "gets", 0 | WIDE },
	{ "runs", "runs", 6 },
	{ "solved", "solved", 6 },
	{ "best gap", "best_gap_median", 3 },
	{ "low", "best_gap_low", 3 | WIDE },
	{ "high", "best_gap_high", 3 | WIDE },
	{ "Clarke", "clarke_median", 3 },
	{ "Goldstein", "goldstein_median", 3 },
	{ "ERT 1e-3", "ert_1e3", 4 },
	{ "low", "ert_1e3_low", 4 | WIDE },
	{ "high", "ert_1e3_high", 4 | WIDE },
	{ "ERT 1e-6", "ert_1e6", 4 },
	{ "low", "ert_1e6_low", 4 | WIDE },
	{ "high", "ert_1e6_high", 4 | WIDE },
	{ "median cost", "cost_median", 4 | WIDE },
	{ "chattering", "chattering_median", 3 },
	{ "score", "score_median", 4 },
	{ "seconds", "seconds_median", 3 },
	{ "ended as", "status", 0 },
	{ 0 },
};

static double last_clarke(const struct track *t) { return track_last(t, "clarke"); }
static double last_goldstein(const struct track *t) { return track_last(t, "goldstein"); }
static double last_score(const struct track *t) { return track_last(t, "score"); }
static double seconds_of(const struct track *t) { return t->run->wall; }
static double cost_of(const struct track *t) { return t->spent; }

static double median_of(struct track *const *list, size_t count, double *scratch,
	double (*value)(const struct track *))
{
	for (size_t i = 0; i < count; i++)
		scratch[i] = value(list[i]);
	return quantile(scratch, sort_numbers(scratch, count), 0.5);
}

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
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %zu",
			used ? ", " : "", list[i]->run->status, same);
	}
	return arena_text(a, text, strlen(text));
}

static int ert_columns(struct table *t, struct track *const *list, size_t count, double gap)
{
	struct goal goal = { gap, 0 };
	struct interval in = { NAN, NAN, NAN };

	if (!list[0]->guessed && goal_interval(list, count, goal, &in))
		return -1;
	table_numbers(t, 3, (const double[]){ in.value, in.low, in.high });
	return 0;
}

static int solves(const struct track *t, double target)
{
	return isfinite(track_solved(t, target));
}

/* NAN where no run can be said to solve: f* is unknown. */
static double solved_of(struct track *const *list, size_t count, double target)
{
	size_t known = 0, solved = 0;

	for (size_t i = 0; i < count; i++) {
		known += !list[i]->guessed;
		solved += (size_t)solves(list[i], target);
	}
	return known ? (double)solved : NAN;
}

static int problem_row(const struct study *s, struct table *t, size_t method,
	struct track *const *list, size_t count, double *scratch)
{
	const struct entry *e = &s->r->method[method];
	const char *status = statuses(&s->r->arena, list, count);
	struct interval in;

	if (!status)
		return -1;
	table_text(t, e->label);
	table_text(t, e->mark);
	table_number(t, (double)count);
	table_number(t, solved_of(list, count, s->target));
	for (size_t i = 0; i < count; i++)
		scratch[i] = track_final(list[i]);
	if (bootstrap_median(scratch, count, DRAWS, 0.95, 0, 1, &in))
		return -1;
	if (count && list[0]->guessed && in.value == 0) {
		table_text(t, "best found");
		in.low = NAN;
	} else {
		table_number(t, in.value);
	}
	table_numbers(t, 4,
		(const double[]){ in.low, in.high, median_of(list, count, scratch, last_clarke),
			median_of(list, count, scratch, last_goldstein) });
	if (ert_columns(t, list, count, 1e-3) || ert_columns(t, list, count, 1e-6))
		return -1;
	table_numbers(t, 4,
		(const double[]){ median_of(list, count, scratch, cost_of),
			median_of(list, count, scratch, chattering),
			median_of(list, count, scratch, last_score),
			median_of(list, count, scratch, seconds_of) });
	table_text(t, status);
	return 0;
}

/* Marks gaps that are not gaps to f*. */
static const char *title_of(const struct study *s, size_t problem)
{
	static const char *const marks[] = {
		[BEST_FOUND] = "f* unknown", [BELOW_F_STAR] = "f* REFUTED by a run below it"
	};
	const char *label = s->r->problem[problem].label;

	return study_known(s, problem)
		       ? label
		       : arena_print(&s->r->arena, "%s (%s: gaps are above the best found)",
				 label, marks[s->guess[problem]]);
}

int table_of_problem(const struct study *s, size_t problem, struct table *t)
{
	double *scratch = malloc((s->tracks + 1) * sizeof *scratch);
	int status = scratch ? 0 : -1;

	table_start(t, title_of(s, problem), problem_columns);
	status = t->title ? status : -1;
	for (size_t m = 0; m < s->r->methods && !status; m++) {
		struct track *const *list;
		size_t count = study_runs(s, problem, m, &list);

		if (count)
			status = problem_row(s, t, m, list, count, scratch);
	}
	free(scratch);
	return status || t->lost ? -1 : 0;
}

/* ------------------------------------------------------------------ over all problems --------- */

static const struct head overall_columns[] = {
	{ "optimizer", "optimizer", 0 },
	{ "gets", "gets", 0 },
	{ "problems", "problems", 6 },
	{ "runs", "runs", 6 },
	{ "solved %", "solved_percent", 3 },
	{ "mean rank", "mean_rank", 3 },
	{ "ECDF area", "ecdf_area", 3 },
	{ "times the best", "ert_ratio_geometric_mean", 3 },
	{ "on problems", "ert_ratio_problems", 6 },
	{ "crashed, failed", "broken", 6 },
	{ "seconds", "seconds_total", 3 },
	{ 0 },
};

static int broken(const struct run *run)
{
	static const char *const words[] = { "crashed", "failed", "timeout", "memory",
		"diverged" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(run->status, words[i]))
			return 1;
	return 0;
}

/* Geometric mean of ERT over the best one's, where the method reached the target. */
static double times_the_best(
	const double *cost, size_t problems, size_t methods, size_t method, size_t *on)
{
	double sum = 0;

	*on = 0;
	for (size_t p = 0; p < problems; p++) {
		const double *row = cost + p * methods;
		double least = INFINITY;

		for (size_t m = 0; m < methods; m++)
			least = row[m] < least ? row[m] : least;
		if (!isfinite(row[method]))
			continue;
		sum += row[method] == least ? 0 : log(row[method] / least);
		(*on)++;
	}
	return *on ? exp(sum / (double)*on) : NAN;
}

static double area(
	const struct study *s, size_t method, const size_t *problem, size_t problems, double to)
{
	struct band b;
	double v;

	if (!problems || run_length_ecdf(s, problem, problems, method, 1, 10 * to, 0, &b))
		return NAN;
	v = band_area(&b, to);
	band_free(&b);
	return v;
}

static void overall_row(const struct study *s, const struct ranking *r, struct table *t,
	size_t method, const double *cost, const size_t *problem, size_t count_known, double to)
{
	const struct entry *e = &s->r->method[method];
	size_t problems = 0, runs = 0, known = 0, solved = 0, bad = 0, on;
	double seconds = 0,
	       times = times_the_best(cost, s->commons, s->r->methods, method, &on);

	for (size_t p = 0; p < s->r->problems; p++) {
		struct track *const *list;
		size_t count = study_runs(s, p, method, &list);

		problems += count > 0;
		runs += count;
		for (size_t i = 0; i < count; i++) {
			known += !list[i]->guessed;
			solved += solves(list[i], s->target);
			bad += (size_t)broken(list[i]->run);
			seconds += isnan(list[i]->run->wall) ? 0 : list[i]->run->wall;
		}
	}
	table_text(t, e->label);
	table_text(t, e->mark);
	table_numbers(t, 9,
		(const double[]){ (double)problems, (double)runs,
			known ? 100.0 * (double)solved / (double)known : NAN,
			r->blocks ? r->mean_rank[method] : NAN,
			area(s, method, problem, count_known, to), times, (double)on,
			(double)bad, seconds });
}

int table_overall(const struct study *s, const struct ranking *r, struct table *t)
{
	double *cost = cost_matrix(s, (struct goal){ s->target, 0 }), to = 10;
	size_t *known = malloc((s->commons + 1) * sizeof *known), count = 0;

	table_start(t, "Optimizers over all problems", overall_columns);
	for (size_t p = 0; known && p < s->commons; p++)
		if (study_known(s, s->common[p]))
			known[count++] = s->common[p];
	for (size_t i = 0; i < s->tracks; i++)
		to = fmax(to, s->of[i]->spent);
	for (size_t m = 0; cost && known && m < s->r->methods; m++)
		overall_row(s, r, t, m, cost, known, count, to);
	t->lost |= !cost || !known;
	free(cost);
	free(known);
	return t->lost ? -1 : 0;
}

/* ------------------------------------------------------------------ pairs --------------------- */

static const struct head pair_columns[] = {
	{ "A", "a", 0 },
	{ "B", "b", 0 },
	{ "A better", "a_better", 6 },
	{ "B better", "b_better", 6 },
	{ "ties", "ties", 6 },
	{ "cost A/B", "cost_ratio_median", 3 },
	{ "low", "cost_ratio_low", 3 },
	{ "high", "cost_ratio_high", 3 },
	{ "p (Holm)", "p_holm", 2 },
	{ "verdict", "verdict", 0 },
	{ 0 },
};

static const char *verdict(
	const struct ranking *r, size_t a, size_t b, size_t wins, size_t losses)
{
	if (r->blocks < FEWEST_PROBLEMS)
		return "too few problems";
	if (!(r->p[a * r->methods + b] < 0.05))
		return "no difference shown";
	return wins > losses ? "A" : "B";
}

static int pair_row(const struct study *s, const struct ranking *r, struct table *t, size_t a,
	size_t b, double *ratio)
{
	size_t wins = 0, losses = 0, both = 0;
	struct interval in = { NAN, NAN, NAN };

	for (size_t i = 0; i < r->blocks; i++) {
		double x = r->score[i * r->methods + a], y = r->score[i * r->methods + b];

		wins += x < y;
		losses += y < x;
		if (x < 1e99 && y < 1e99 && x > 0 && y > 0) /* both reached the target */
			ratio[both++] = x / y;
	}
	if (both && bootstrap_median(ratio, both, DRAWS, 0.95, 0, 1, &in))
		return -1;
	table_text(t, s->r->method[a].label);
	table_text(t, s->r->method[b].label);
	table_numbers(t, 7,
		(const double[]){ (double)wins, (double)losses,
			(double)(r->blocks - wins - losses), in.value, in.low, in.high,
			r->p[a * r->methods + b] });
	table_text(t, verdict(r, a, b, wins, losses));
	return 0;
}

int table_of_pairs(const struct study *s, const struct ranking *r, struct table *t)
{
	double *ratio = malloc((r->blocks + 1) * sizeof *ratio);
	int status = ratio ? 0 : -1;

	table_start(t, "Pairs of methods over problems", pair_columns);
	for (size_t a = 0; a < r->methods; a++)
		for (size_t b = a + 1; b < r->methods && !status; b++)
			status = pair_row(s, r, t, a, b, ratio);
	free(ratio);
	return status || t->lost ? -1 : 0;
}
