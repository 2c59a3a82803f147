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

static int ert_block(
	const struct pictures *p, struct figure *f, size_t problem, struct range *range)
{
	for (size_t m = 0; m < p->s->r->methods; m++) {
		struct track *const *list;
		size_t count = study_runs(p->s, problem, m, &list);
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

static int ert_page(
	const struct pictures *p, size_t first, size_t count, size_t number, struct why *why)
{
	struct records *r = p->s->r;
	const char *const *label = method_labels(r);
	struct range range = { INFINITY, 0 };
	size_t columns = count < 5 ? count : 4;
	const char *title[PANELS];
	char name[40], text[200];
	struct figure f;
	int bad = 0;

	snprintf(name, sizeof name, number ? "ert-%zu" : "ert", number + 1);
	if (!label)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, name, why))
		return -1;
	for (size_t i = 0; i < count; i++) {
		title[i] = r->problem[first + i].label;
		bad |= ert_block(p, &f, first + i, &range);
	}
	figure_number(&f, "panels", (double)count);
	figure_number(&f, "columns", (double)columns);
	figure_number(&f, "rows", (double)((count + columns - 1) / columns));
	figure_number(&f, "methods", (double)r->methods);
	figure_number(&f, "widest", (double)widest(label, r->methods));
	figure_number(&f, "xlow", range.low < range.high ? range.low / 2 : 0.5);
	figure_number(&f, "xhigh", range.low < range.high ? range.high : 10);
	figure_text(&f, "xtitle", p->s->cost.title);
	snprintf(text, sizeof text,
		"ERT to relative gap %g with 95 %% bootstrap interval; right: runs that "
		"reached "
		"it / runs; cross: none did",
		p->s->target);
	figure_text(&f, "note", text);
	figure_texts(&f, "panel", count, label_at, (void *)title);
	figure_tics(&f, "label", r->methods, label_at, (void *)(uintptr_t)label);
	if (figure_end(&f, "ert", why))
		return -1;
	return bad ? fail(why, "out of memory") : 0;
}

static int draw_ert(const struct pictures *p, struct why *why)
{
	for (size_t i = 0; i < p->s->r->problems; i += PANELS) {
		size_t left = p->s->r->problems - i;

		if (ert_page(p, i, left < PANELS ? left : PANELS, i / PANELS, why))
			return -1;
	}
	return 0;
}

/* ------------------------------------------------------------------ heat map ------------------ */

static int draw_heatmap(const struct pictures *p, struct why *why)
{
	struct records *r = p->s->r;
	const char *const *label = method_labels(r);
	struct range range = { INFINITY, 0 };
	double low, air;
	size_t most = 4;
	struct figure f;
	char text[320];

	if (!label)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, "heatmap", why))
		return -1;
	for (size_t i = 0; i < r->problems; i++) {
		most = strlen(r->problem[i].label) > most ? strlen(r->problem[i].label) : most;
		for (size_t m = 0; m < r->methods; m++) {
			struct track *const *list;
			size_t count = study_runs(p->s, i, m, &list);
			struct ert e = expected_cost(list, count, p->s->target);

			widen(&range, e.value);
			fprintf(f.dat, "%zu %zu ", m + 1, i + 1);
			if (e.value > 0 && isfinite(e.value))
				fprintf(f.dat, "%.6g %.1f\n", log10(e.value), log10(e.value));
			else if (e.value == 0) /* held at the start */
				fputs("NaN start\n", f.dat);
			else if (count)
				fprintf(f.dat, "NaN 0/%zu\n", count);
			else
				fputs("NaN –\n", f.dat);
		}
	}
	figure_number(&f, "problems", (double)r->problems);
	figure_number(&f, "methods", (double)r->methods);
	figure_number(&f, "widest", (double)widest(label, r->methods));
	figure_number(&f, "widest_problem", (double)most);
	low = range.low <= range.high ? log10(range.low) : 0;
	air = fmax(0, 0.5 - (range.low <= range.high ? log10(range.high) - low : 0)) /
	      2; /* little is not to look like much */
	figure_number(&f, "low", low - air);
	figure_number(&f, "high", (range.low <= range.high ? log10(range.high) : 0) + air);
	snprintf(text, sizeof text,
		"log10 of the ERT (%s) to relative gap %g; 0/k: none of k runs reached it; –: "
		"not run",
		p->s->cost.title, p->s->target);
	figure_text(&f, "note", text);
	figure_tics(&f, "panel", r->problems, problem_label, r);
	figure_tics(&f, "label", r->methods, label_at, (void *)(uintptr_t)label);
	return figure_end(&f, "heatmap", why);
}

/* ------------------------------------------------------------------ critical difference ------- */

struct place {
	double rank;
	const char *label;
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
	size_t k = r->methods, half = (k + 1) / 2, bars;
	double *rank = malloc(2 * k * sizeof *rank), *y = rank ? rank + k : NULL;
	const char **label = malloc(k * sizeof *label);
	size_t(*bar)[2] = malloc(k * sizeof *bar);
	struct figure f;
	char text[240];
	int status = -1;

	if (!rank || !label || !bar) {
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
	snprintf(text, sizeof text,
		"%zu problems, ranked by ERT to relative gap %g, else by gap; Friedman p = "
		"%.2g; "
		"bar: no difference at 0.05 (Nemenyi)",
		r->blocks, p->s->target, r->friedman.p);
	figure_text(&f, "note", text);
	status = figure_end(&f, "critical", why);
done:
	free(rank);
	free(label);
	free(bar);
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
		at[i] = (struct place){ r.mean_rank[i], label[i] };
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
