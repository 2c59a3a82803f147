/* draw_curves.c -- pictures of a quantity against cost: one panel a problem, median and
 * interquartile band over instances and seeds. */
#include <stdlib.h>
#include <string.h>
#include "analysis.h"

enum { PER_DECADE = 20, PANELS = 16, CURVES = 8 };

/* What is drawn: a number of a run after `cost`, and how it is called. */
struct quantity {
	const char *name, *file, *title;
	double (*at)(const struct track *t, const char *column, double cost);
	int falls; /* best so far: holds on to the end of the budget when a run ends before */
	const char *(*column)(const struct study *s, size_t problem); /* NULL: none there */
};

struct panel {
	size_t problem;
	const char *title, *column;
	double xlow, xhigh, ylow, yhigh, beyond;
};

/* Cost that a run was allowed: its budget, or what it spent where no budget of this kind stands. */
static double allowed(const struct track *t)
{
	return t->limit >= t->spent ? t->limit : t->spent;
}

/* Range of the costs on a problem, and the smallest cost that every method was allowed (R6: no
 * comparison beyond the smallest budget). */
static void cost_range(const struct study *s, struct panel *panel)
{
	panel->xlow = panel->beyond = INFINITY;
	panel->xhigh = 0;
	for (size_t m = 0; m < s->r->methods; m++) {
		struct track *const *list;
		size_t count = study_runs(s, panel->problem, m, &list);
		double most = 0;

		for (size_t i = 0; i < count; i++) {
			const struct track *t = list[i];

			most = fmax(most, allowed(t));
			for (size_t k = 0; k < t->length; k++)
				if (t->cost[k] > 0) {
					panel->xlow = fmin(panel->xlow, t->cost[k]);
					break;
				}
		}
		panel->xhigh = fmax(panel->xhigh, most);
		if (count && most < panel->beyond)
			panel->beyond = most;
	}
	if (!(panel->xlow < panel->xhigh)) {
		panel->xhigh = panel->xhigh > 0 ? panel->xhigh : 1;
		panel->xlow = panel->xhigh / 10;
	}
	/* budgets end at the last whole step: a few percent are no other budget */
	if (panel->beyond > 0.95 * panel->xhigh)
		panel->beyond = panel->xhigh;
}

static void stretch(struct panel *panel, double v)
{
	if (v > 0 && isfinite(v)) {
		panel->ylow = fmin(panel->ylow, v);
		panel->yhigh = fmax(panel->yhigh, v);
	}
}

/* Median and quartiles at x over the runs of a list; a run without a number counts as worst. */
static void spread(const struct pictures *p, const struct quantity *q, struct track *const *list,
	size_t count, const char *column, double *row, double *scratch)
{
	static const double share[] = { 0.5, 0.25, 0.75 };

	for (size_t i = 0; i < count; i++) {
		double v = q->at(list[i], column, row[0]);

		scratch[i] = isnan(v) ? INFINITY : v;
	}
	sort_numbers(scratch, count);
	for (size_t k = 0; k < 3; k++) {
		double v = quantile(scratch, count, share[k]);

		row[k + 1] = v < p->floor ? p->floor : v;
	}
}

/* The curve of a method: rows x, median, lower and upper quartile. */
static void median_curve(const struct pictures *p, struct figure *f, const struct quantity *q,
	struct panel *panel, size_t method, double *scratch)
{
	struct track *const *list;
	size_t count = study_runs(p->s, panel->problem, method, &list);
	double end = 0;
	int drawn = 0, last = !count;

	for (size_t i = 0; i < count; i++)
		end = fmax(end, q->falls ? allowed(list[i]) : list[i]->spent);
	for (double x = panel->xlow; !last; x *= pow(10, 1.0 / PER_DECADE)) {
		double row[4] = { x };

		last = x * 1.0001 >= end;
		row[0] = last ? end : x;
		spread(p, q, list, count, panel->column, row, scratch);
		if (!isfinite(row[1]) && !drawn)
			continue;
		for (size_t k = 1; k < 4; k++)
			stretch(panel, row[k]);
		figure_row(f, 4, row);
		drawn = 1;
	}
	if (!drawn)
		figure_row(f, 4, (const double[]){ NAN, NAN, NAN, NAN });
	figure_block(f);
}

static const char *panel_title(size_t i, void *data) { return ((struct panel *)data)[i].title; }

static const char *method_label(size_t i, void *data)
{
	const struct records *r = data;

	return *r->method[i].mark
		? arena_print(&((struct records *)data)->arena, "%s [%s]", r->method[i].label, r->method[i].mark)
		: r->method[i].label;
}

static void panel_numbers(struct figure *f, const char *name, const struct panel *panel, size_t count,
	size_t offset)
{
	double v[PANELS];

	for (size_t i = 0; i < count; i++)
		v[i] = *(const double *)(const void *)((const char *)&panel[i] + offset);
	figure_numbers(f, name, count, v);
}

static void whole_decades(struct panel *panel)
{
	if (!(panel->ylow <= panel->yhigh)) {
		panel->ylow = 0.1;
		panel->yhigh = 1;
	}
	panel->ylow = pow(10, floor(log10(panel->ylow)));
	panel->yhigh = pow(10, ceil(log10(panel->yhigh) + 1e-9));
}

/* One picture: some panels, all methods, those from `first` to `last` in colour. */
static int page(const struct pictures *p, const struct quantity *q, const char *name,
	struct panel *panel, size_t panels, size_t first, size_t last, struct why *why)
{
	size_t methods = p->s->r->methods, columns = panels < 3 ? panels : panels < 5 ? 2 : panels < 10 ? 3 : 4;
	double *scratch = malloc((p->s->tracks + 1) * sizeof *scratch);
	char note[240];
	struct figure f;

	if (!scratch)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, name, why)) {
		free(scratch);
		return -1;
	}
	if (!strcmp(p->fs->formats, "dumb"))
		columns = 1;
	for (size_t i = 0; i < panels; i++) {
		panel[i].ylow = INFINITY;
		panel[i].yhigh = -INFINITY;
		for (size_t m = 0; m < methods; m++)
			median_curve(p, &f, q, &panel[i], m, scratch);
		whole_decades(&panel[i]);
	}
	free(scratch);
	snprintf(note, sizeof note,
		"median and interquartile range over instances and seeds; values below %g are drawn at %g%s",
		p->floor, p->floor, p->s->guessed ? "; where f* is unknown the best value found stands for it" : "");
	figure_number(&f, "panels", (double)panels);
	figure_number(&f, "columns", (double)columns);
	figure_number(&f, "rows", (double)((panels + columns - 1) / columns));
	figure_number(&f, "methods", (double)methods);
	figure_number(&f, "first", (double)first);
	figure_number(&f, "last", (double)last);
	figure_number(&f, "logx", 1);
	figure_text(&f, "xtitle", p->s->cost.title);
	figure_text(&f, "ytitle", q->title);
	figure_text(&f, "note", note);
	figure_texts(&f, "panel", panels, panel_title, panel);
	figure_texts(&f, "label", methods, method_label, p->s->r);
	panel_numbers(&f, "xlow", panel, panels, offsetof(struct panel, xlow));
	panel_numbers(&f, "xhigh", panel, panels, offsetof(struct panel, xhigh));
	panel_numbers(&f, "ylow", panel, panels, offsetof(struct panel, ylow));
	panel_numbers(&f, "yhigh", panel, panels, offsetof(struct panel, yhigh));
	panel_numbers(&f, "beyond", panel, panels, offsetof(struct panel, beyond));
	return figure_end(&f, "curves", why);
}

/* All panels in pictures of at most 16, all methods in colours of at most 8 at once. */
static int draw(const struct pictures *p, const struct quantity *q, struct why *why)
{
	size_t methods = p->s->r->methods, count = 0, number = 0;
	struct panel *panel = calloc(p->s->r->problems + 1, sizeof *panel);
	int status = panel ? 0 : fail(why, "out of memory");

	for (size_t i = 0; i < p->s->r->problems && !status; i++) {
		struct panel *next = &panel[count];

		*next = (struct panel){ .problem = i, .title = p->s->r->problem[i].label };
		if (q->column && !(next->column = q->column(p->s, i)))
			continue;
		if (q->column && strcmp(next->column, q->name))
			next->title = arena_print(&p->s->r->arena, "%s (%s)", next->title, next->column);
		if (!next->title)
			status = fail(why, "out of memory");
		cost_range(p->s, next);
		count++;
	}
	for (size_t i = 0; i < count && !status; i += PANELS)
		for (size_t m = 0; m < methods && !status; m += CURVES) {
			size_t last = m + CURVES < methods ? m + CURVES : methods;
			char name[80];

			if (number++)
				snprintf(name, sizeof name, "%s-%zu", q->file, number);
			else
				snprintf(name, sizeof name, "%s", q->file);
			status = page(p, q, name, panel + i, count - i < PANELS ? count - i : PANELS, m + 1,
				last, why);
		}
	free(panel);
	return status;
}

/* ------------------------------------------------------------------ kinds --------------------- */

static double gap_at(const struct track *t, const char *column, double cost)
{
	(void)column;
	return track_at(t, cost);
}

static double number_at(const struct track *t, const char *column, double cost)
{
	const struct curve *c = run_column(t->run, column);

	for (size_t i = c ? track_index(t, cost) : 0; i-- > 0;)
		if (!isnan(column_at(c, i)))
			return column_at(c, i);
	return NAN;
}

/* The exact measure where any run on the problem has it, else the sampled one. */
static const char *measure(const struct study *s, size_t problem)
{
	static const char *const names[] = { "clarke", "goldstein" };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < s->tracks; i++)
			if (s->of[i]->run->problem == problem && !isnan(track_last(s->of[i], names[k])))
				return names[k];
	return NULL;
}

int draw_convergence(const struct pictures *p, struct why *why)
{
	static const struct quantity gap = { "gap", "convergence", "best gap (f - f*) / max(1, |f*|)", gap_at,
		1, NULL };

	return draw(p, &gap, why);
}

int draw_stationarity(const struct pictures *p, struct why *why)
{
	static const struct quantity clarke = { "clarke", "stationarity", "dist(0, ∂f(x)) at the iterate",
		number_at, 0, measure };

	return draw(p, &clarke, why);
}
