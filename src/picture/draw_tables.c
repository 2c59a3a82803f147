/* draw_tables.c -- pictures of costs to a target: ERT with intervals, heat map, critical
 * difference. */
#include <stdlib.h>
#include <string.h>
#include "analysis/ranking.h"
#include "picture/pictures.h"

static const char *problem_label(size_t i, void *data)
{
	return ((struct records *)data)->problem[i].label;
}

static const char *label_at(size_t i, void *data) { return ((const char *const *)data)[i]; }

static size_t widest(const char *const *label, size_t count)
{
	size_t most = 4;

	for (size_t i = 0; i < count; i++)
		most = strlen(label[i]) > most ? strlen(label[i]) : most;
	return most;
}

/* ------------------------------------------------------------------ ERT ----------------------- */

struct range {
	double low, high;
};

static void widen(struct range *r, double v)
{
	if (v > 0 && isfinite(v)) {
		r->low = fmin(r->low, v);
		r->high = fmax(r->high, v);
	}
}

/* The labels of the methods in turn, their looks, and how long the longest is. */
static int write_methods(struct figure *f, const struct pictures *p, const size_t *turn)
{
	const char *const *all = method_labels(p->s->r);
	size_t methods = p->s->r->methods;
	const char **label = calloc(methods + 1, sizeof *label);

	for (size_t i = 0; all && label && i < methods; i++)
		label[i] = all[turn[i]];
	if (all && label) {
		figure_number(f, "methods", (double)methods);
		figure_number(f, "widest", (double)widest(label, methods));
		figure_texts(f, "label", methods, label_at, (void *)label);
		looks_of_methods(f, p->looks, turn, methods);
	}
	free(label);
	return all && label ? 0 : -1;
}

/* All methods by position; freed by the caller. NULL: no memory. */
static size_t *in_turn(const struct pictures *p)
{
	size_t *turn = calloc(p->s->r->methods + 1, sizeof *turn);

	for (size_t i = 0; turn && i < p->s->r->methods; i++)
		turn[i] = looks_at(p->looks, i);
	return turn;
}

static int ert_block(const struct pictures *p, struct figure *f, size_t problem,
	const size_t *turn, struct range *range)
{
	for (size_t m = 0; m < p->s->r->methods; m++) {
		struct track *const *list;
		size_t count = study_runs(p->s, problem, turn[m], &list);
		struct goal goal = { p->s->target, 0 };
		struct ert e = goal_cost(list, count, goal);
		struct interval in = { 0 };

		if (!count)
			continue;
		if (goal_interval(list, count, goal, &in))
			return -1;
		for (size_t i = 0; i < count; i++)
			widen(range, list[i]->spent);
		widen(range, e.value);
		figure_row(f, 6,
			(const double[]){ (double)m + 1, e.value, fmax(in.low, 1e-9),
				isfinite(in.high) ? in.high : 1e99, (double)e.hits,
				(double)e.runs });
	}
	figure_block(f);
	return 0;
}

static int ert_page(const struct pictures *p, const size_t *turn, const struct panel_grid *g,
	size_t first, size_t count, struct why *why)
{
	struct records *r = p->s->r;
	struct range range = { INFINITY, 0 };
	const char **title = malloc((count + 1) * sizeof *title);
	char name[40], text[200];
	struct figure f;
	int bad = 0;

	snprintf(name, sizeof name, first ? "ert-%zu" : "ert",
		first / (g->columns * g->rows) + 1);
	if (!title)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, name, why)) {
		free(title);
		return -1;
	}
	for (size_t i = 0; i < count; i++) {
		title[i] = r->problem[first + i].label;
		bad |= ert_block(p, &f, first + i, turn, &range);
	}
	figure_number(&f, "panels", (double)count);
	figure_number(&f, "columns", (double)g->columns);
	figure_number(&f, "rows", (double)((count + g->columns - 1) / g->columns));
	bad |= write_methods(&f, p, turn);
	figure_number(&f, "xlow", range.low < range.high ? range.low / 2 : 0.5);
	figure_number(&f, "xhigh", range.low < range.high ? range.high : 10);
	figure_text(&f, "xtitle", p->s->cost.title);
	snprintf(text, sizeof text,
		"ERT to relative gap %g with 95 %% bootstrap interval; right: runs that "
		"reached "
		"it / runs; cross: none did",
		p->s->target);
	figure_text(&f, "note_text", text);
	figure_texts(&f, "panel", count, label_at, (void *)title);
	free(title);
	if (figure_end(&f, "ert", why))
		return -1;
	return bad ? fail(why, "out of memory") : 0;
}

static int draw_ert(const struct pictures *p, struct why *why)
{
	const struct records *r = p->s->r;
	const char *const *label = method_labels(r);
	size_t *turn = in_turn(p), names = label ? widest(label, r->methods) : 0;
	int bad = turn && label ? 0 : fail(why, "out of memory");
	struct panel_grid g = canvas_grid(&p->fs->canvas, r->problems,
		5.6 * (double)(names < 30 ? names : 30) + 24, 120,
		14 * (double)r->methods + 40);
	size_t most = g.columns * g.rows;

	for (size_t i = 0; i < r->problems && !bad; i += most) {
		size_t left = r->problems - i;

		bad = ert_page(p, turn, &g, i, left < most ? left : most, why);
	}
	free(turn);
	return bad;
}

/* ------------------------------------------------------------------ heat map ------------------ */

/* One cell a line: column, row, log10 ERT, what stands in it. */
static void heat_cell(struct figure *f, const struct pictures *p, size_t problem, size_t method,
	struct range *range)
{
	struct track *const *list;
	size_t count = study_runs(p->s, problem, method, &list);
	struct ert e = expected_cost(list, count, p->s->target);

	widen(range, e.value);
	if (e.value > 0 && isfinite(e.value))
		fprintf(f->dat, "%.6g %.1f\n", log10(e.value), log10(e.value));
	else if (e.value == 0) /* held at the start */
		fputs("NaN start\n", f->dat);
	else if (count)
		fprintf(f->dat, "NaN 0/%zu\n", count);
	else
		fputs("NaN –\n", f->dat);
}

/* little is not to look like much */
static void heat_range(struct figure *f, struct range range)
{
	double low = range.low <= range.high ? log10(range.low) : 0,
	       high = range.low <= range.high ? log10(range.high) : 0,
	       air = fmax(0, 0.5 - (high - low)) / 2;

	figure_number(f, "low", low - air);
	figure_number(f, "high", high + air);
}

static int draw_heatmap(const struct pictures *p, struct why *why)
{
	struct records *r = p->s->r;
	struct range range = { INFINITY, 0 };
	size_t most = 4, *turn = in_turn(p);
	struct figure f;
	char text[320];
	int bad;

	if (!turn)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, "heatmap", why)) {
		free(turn);
		return -1;
	}
	for (size_t i = 0; i < r->problems; i++) {
		most = strlen(r->problem[i].label) > most ? strlen(r->problem[i].label) : most;
		for (size_t m = 0; m < r->methods; m++) {
			fprintf(f.dat, "%zu %zu ", m + 1, i + 1);
			heat_cell(&f, p, i, turn[m], &range);
		}
	}
	bad = write_methods(&f, p, turn);
	free(turn);
	figure_number(&f, "problems", (double)r->problems);
	figure_number(&f, "widest_problem", (double)most);
	heat_range(&f, range);
	snprintf(text, sizeof text,
		"log10 of the ERT (%s) to relative gap %g; 0/k: none of k runs reached it; –: "
		"not run",
		p->s->cost.title, p->s->target);
	figure_text(&f, "note_text", text);
	figure_texts(&f, "panel", r->problems, problem_label, r);
	if (figure_end(&f, "heatmap", why))
		return -1;
	return bad ? fail(why, "out of memory") : 0;
}

/* ------------------------------------------------------------------ critical difference ------- */

struct place {
	double rank;
	const char *label;
	size_t method;
};

static int by_rank(const void *a, const void *b)
{
	double x = ((const struct place *)a)->rank, y = ((const struct place *)b)->rank;

	return (x > y) - (x < y);
}

/* The longest stretches of ranks within the critical difference: first and last of each. */
static size_t stretches(
	const struct place *at, size_t count, double difference, size_t (*bar)[2])
{
	size_t bars = 0, reach = 0;

	for (size_t i = 0; i < count; i++) {
		size_t last = i;

		while (last + 1 < count && at[last + 1].rank - at[i].rank <= difference)
			last++;
		if (last > i && last > reach) {
			bar[bars][0] = i;
			bar[bars++][1] = reach = last;
		}
	}
	return bars;
}

static int critical_figure(
	const struct pictures *p, const struct ranking *r, struct place *at, struct why *why)
{
	size_t k = r->methods, half = (k + 1) / 2, bars, *method = malloc(k * sizeof *method);
	double *rank = malloc(2 * k * sizeof *rank), *y = rank ? rank + k : NULL;
	const char **label = malloc(k * sizeof *label);
	size_t(*bar)[2] = malloc(k * sizeof *bar);
	struct figure f;
	char text[240];
	int status = -1;

	if (!rank || !label || !bar || !method) {
		fail(why, "out of memory");
		goto done;
	}
	if (figure_begin(&f, p->fs, "critical-difference", why))
		goto done;
	bars = stretches(at, k, r->difference, bar); /* below the axis, the names below them */
	for (size_t i = 0; i < k; i++) {
		size_t level = i < half ? i : k - 1 - i;

		rank[i] = at[i].rank;
		label[i] = at[i].label;
		method[i] = at[i].method;
		y[i] = -(1 + 0.4 * (double)bars + (double)level);
		figure_row(&f, 2, (const double[]){ rank[i], 0 });
		figure_row(&f, 2, (const double[]){ rank[i], y[i] });
		figure_row(&f, 2, (const double[]){ i < half ? 1 : (double)k, y[i] });
		fputs("\n", f.dat);
	}
	figure_block(&f);
	for (size_t i = 0; i < bars; i++)
		figure_row(&f, 3,
			(const double[]){ at[bar[i][0]].rank - 0.05, -0.5 - 0.4 * (double)i,
				at[bar[i][1]].rank + 0.05 });
	if (!bars)
		figure_row(&f, 3, (const double[]){ NAN, NAN, NAN });
	figure_block(&f);
	figure_number(&f, "methods", (double)k);
	figure_number(&f, "bars", (double)bars);
	figure_number(&f, "cd", r->difference);
	figure_number(&f, "widest", (double)widest(label, k) + 6);
	figure_numbers(&f, "rank", k, rank);
	figure_numbers(&f, "height_of", k, y);
	figure_texts(&f, "label", k, label_at, (void *)label);
	looks_of_methods(&f, p->looks, method, k);
	snprintf(text, sizeof text,
		"%zu problems, ranked by ERT to relative gap %g, else by gap; Friedman p = "
		"%.2g; "
		"bar: no difference at 0.05 (Nemenyi)",
		r->blocks, p->s->target, r->friedman.p);
	figure_text(&f, "note_text", text);
	status = figure_end(&f, "critical", why);
done:
	free(rank);
	free(label);
	free(bar);
	free(method);
	return status;
}

static int draw_critical_difference(const struct pictures *p, struct why *why)
{
	const char *const *label = method_labels(p->s->r);
	struct ranking r;
	struct place *at;
	int status = 0;

	if (!label || rank_methods(p->s, p->s->target, &r))
		return fail(why, "out of memory");
	at = malloc((r.methods + 1) * sizeof *at);
	if (!at)
		status = fail(why, "out of memory");
	for (size_t i = 0; at && i < r.methods; i++)
		at[i] = (struct place){ r.mean_rank[i], label[i], i };
	if (at && r.methods > 1 && r.blocks > 1) {
		qsort(at, r.methods, sizeof *at, by_rank);
		status = critical_figure(p, &r, at, why);
	}
	free(at);
	ranking_free(&r);
	return status;
}

const struct kind kind_ert = {
	.name = "ert",
	.help = "cost to the target per problem, with intervals",
	.caption = "Expected cost to the target; runs that fail count with all they spent.",
	.section = SECTION_PROBLEMS,
	.draw = draw_ert,
};

const struct kind kind_heatmap = {
	.name = "heatmap",
	.help = "log10 cost to the target, problem by method",
	.caption = "Expected cost to the target at a glance.",
	.section = SECTION_ALL,
	.draw = draw_heatmap,
};

const struct kind kind_critical_difference = {
	.name = "critical-difference",
	.help = "mean ranks and which of them differ",
	.caption = "Mean ranks over problems; methods joined by a bar are not told apart.",
	.section = SECTION_ALL,
	.draw = draw_critical_difference,
};
