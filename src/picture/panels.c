/* panels.c -- pictures made of panels that share a legend. */
#include <stdlib.h>
#include <string.h>
#include "picture/pictures.h"

/* The label, what the method gets that others do not, and its learning rate even where all
 * share it: a picture stands without the table that tells it. */
static const char *legend_of(struct arena *a, const struct entry *e)
{
	const char *lr = strstr(e->label, " lr=") || strstr(e->label, ", lr=")
				 ? NULL
				 : entry_option(e, "lr");
	int marked = *e->mark != 0;

	if (!lr && !marked)
		return e->label;
	return arena_print(a, "%s%s%s%s%s%s", e->label,
		!lr                     ? ""
		: strchr(e->label, '=') ? ", lr="
					: " lr=",
		lr ? lr : "", marked ? " [" : "", e->mark, marked ? "]" : "");
}

const char *const *method_labels(const struct records *r)
{
	struct arena *a = (struct arena *)(uintptr_t)&r
				  ->arena; /* the records own it, not their content */
	const char **label = arena_take(a, (r->methods + 1) * sizeof *label);

	for (size_t i = 0; label && i < r->methods; i++) {
		const struct entry *e = &r->method[i];

		label[i] = e->given ? e->label : legend_of(a, e);
		if (!label[i])
			return NULL;
	}
	return label;
}

double allowed_cost(const struct track *t)
{
	return t->limit >= t->spent ? t->limit : t->spent;
}

void cost_range(const struct study *s, size_t problem, struct panel *panel)
{
	panel->xlow = panel->beyond = INFINITY;
	panel->xhigh = 0;
	for (size_t m = 0; m < s->r->methods; m++) {
		struct track *const *list;
		size_t count = study_runs(s, problem, m, &list), ran = 0;
		double most = 0;

		for (size_t i = 0; i < count; i++) {
			const struct track *t = list[i];

			if (!t->length) /* skipped: that says nothing about a budget */
				continue;
			ran++;
			most = fmax(most, allowed_cost(t));
			for (size_t k = 0; k < t->length; k++)
				if (t->cost[k] > 0) {
					panel->xlow = fmin(panel->xlow, t->cost[k]);
					break;
				}
		}
		panel->xhigh = fmax(panel->xhigh, most);
		if (ran && most < panel->beyond)
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

static const double escape = 1e3; /* times the start: higher than that is not shown */

static void stretch(const struct page *page, struct panel *panel, double v)
{
	if (page->fixed || !isfinite(v) || (page->logy && v <= 0))
		return;
	panel->ylow = fmin(panel->ylow, v);
	panel->yhigh = fmax(panel->yhigh, v);
}

void page_row(
	struct page *page, struct panel *panel, double x, double y, double low, double high)
{
	figure_row(&page->f, 4, (const double[]){ x, y, low, high });
	if (x <= panel->xlow * 1.0001 &&
		y > panel->first) /* one that is solved at once tells nothing */
		panel->first = y;
	stretch(page, panel, y);
	stretch(page, panel, low);
	stretch(page, panel, high);
}

void page_stair(struct page *page, struct panel *panel, struct stairs *s, double x, double y,
	double low, double high)
{
	page_row(page, panel, x, s->y, s->low, s->high);
	if (y != s->y || low != s->low || high != s->high)
		page_row(page, panel, x, y, low, high);
	*s = (struct stairs){ y, low, high };
}

/* Whole decades, or five percent of air. */
static void settle(const struct page *page, struct panel *panel)
{
	const struct canvas *c = &page->p->fs->canvas;
	double air;

	if (c->xlimits[0] < c->xlimits[1]) {
		panel->xlow = c->xlimits[0];
		panel->xhigh = c->xlimits[1];
	}
	if (c->ylimits[0] < c->ylimits[1]) {
		panel->ylow = c->ylimits[0];
		panel->yhigh = c->ylimits[1];
		return;
	}
	if (page->fixed)
		return;
	if (!(panel->ylow <= panel->yhigh)) {
		panel->ylow = 0.1;
		panel->yhigh = 1;
	}
	if (page->logy) {
		/* a run that diverges leaves through the top: it must not press the others flat
		 */
		if (panel->first > 0 && panel->yhigh > escape * panel->first)
			panel->yhigh = escape * panel->first;
		panel->ylow = pow(10, floor(log10(panel->ylow)));
		panel->yhigh = pow(10, ceil(log10(panel->yhigh) + 1e-9));
		return;
	}
	air = 0.05 * (panel->yhigh - panel->ylow);
	air = air > 0 ? air : fmax(0.1, 0.1 * fabs(panel->ylow));
	panel->ylow -= air;
	panel->yhigh += air;
}

static const char *panel_title(size_t i, void *data) { return ((struct panel *)data)[i].title; }

static size_t method_of(const struct page *page, size_t curve)
{
	return page->method ? page->method[curve] : curve;
}

static const char *curve_label(size_t i, void *data)
{
	const struct page *page = data;

	return page->label[page->turn[i]];
}

/* The curves in the order of their methods' positions. -1: no memory. */
static int take_turns(struct page *page)
{
	const size_t *position = page->p->looks->position;

	if (!(page->turn = calloc(page->curves + 1, sizeof *page->turn)))
		return -1;
	for (size_t i = 0; i < page->curves; i++) { /* by insertion: they are few */
		size_t k = i, at = position[method_of(page, i)];

		for (; k && position[method_of(page, page->turn[k - 1])] > at; k--)
			page->turn[k] = page->turn[k - 1];
		page->turn[k] = i;
	}
	return 0;
}

/* Looks of the curves in turn, and who is in colour on every page: the best. */
static int write_looks(struct page *page)
{
	size_t *method = calloc(page->curves + 1, sizeof *method), best = 0;

	if (!method)
		return -1;
	for (size_t i = 0; i < page->curves; i++) {
		method[i] = method_of(page, page->turn[i]);
		if (page->p->looks->place[method[i]] < page->p->looks->place[method[best]])
			best = i;
	}
	looks_of_methods(&page->f, page->p->looks, method, page->curves);
	figure_number(&page->f, "best", (double)best + 1);
	free(method);
	return 0;
}

static void panel_numbers(struct page *page, const struct panel *panel, size_t count,
	const char *name, size_t offset)
{
	figure_line(&page->f, "array %s[%zu]", name, count);
	for (size_t i = 0; i < count; i++) {
		double v = *(const double *)(const void *)((const char *)&panel[i] + offset);

		figure_line(&page->f, "%s[%zu] = %.17g", name, i + 1, v < 1e300 ? v : 1e300);
	}
}

static void variables(
	struct page *page, struct panel *panel, size_t count, size_t first, size_t last)
{
	size_t columns = page->grid.columns;
	struct figure *f = &page->f;

	figure_number(f, "panels", (double)count);
	figure_number(f, "columns", (double)columns);
	figure_number(f, "rows", (double)((count + columns - 1) / columns));
	figure_number(f, "methods", (double)page->curves);
	figure_number(f, "first", (double)first + 1);
	figure_number(f, "last", (double)last);
	figure_number(f, "logy", page->logy);
	figure_number(f, "points", page->points);
	figure_number(f, "stairs", page->stairs);
	figure_text(f, "xtitle", page->xtitle);
	figure_text(f, "ytitle", page->ytitle);
	figure_text(f, "note_text", page->note);
	figure_texts(f, "panel", count, panel_title, panel);
	figure_texts(f, "label", page->curves, curve_label, page);
	panel_numbers(page, panel, count, "xlow", offsetof(struct panel, xlow));
	panel_numbers(page, panel, count, "xhigh", offsetof(struct panel, xhigh));
	panel_numbers(page, panel, count, "ylow", offsetof(struct panel, ylow));
	panel_numbers(page, panel, count, "yhigh", offsetof(struct panel, yhigh));
	panel_numbers(page, panel, count, "beyond", offsetof(struct panel, beyond));
}

/* One picture: some panels, all curves, those from `first` up to `last` in colour. */
static int picture(struct page *page, struct panel *panel, size_t count, size_t first,
	size_t last, struct why *why)
{
	char name[80];

	if (page->number++)
		snprintf(name, sizeof name, "%s-%zu", page->file, page->number);
	else
		snprintf(name, sizeof name, "%s", page->file);
	if (figure_begin(&page->f, page->p->fs, name, why))
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!page->fixed) {
			panel[i].first = 0;
			panel[i].ylow = INFINITY;
			panel[i].yhigh = -INFINITY;
		}
		for (size_t m = 0; m < page->curves; m++) {
			if (page->write(page, &panel[i], page->turn[m], page->data)) {
				figure_drop(&page->f);
				return fail(why, "out of memory");
			}
			/* gnuplot counts no empty block: a row without numbers keeps the order
			 */
			figure_row(&page->f, 4, (const double[]){ NAN, NAN, NAN, NAN });
			figure_block(&page->f);
		}
		settle(page, &panel[i]);
	}
	variables(page, panel, count, first, last);
	if (write_looks(page))
		return fail(why, "out of memory");
	return figure_end(&page->f, "curves", why);
}

enum { PANEL_WIDTH = 200, PANEL_HEIGHT = 160 };

int page_draw(struct page *page, struct why *why)
{
	const struct figures *fs = page->p->fs;
	size_t most;
	int bad = 0;

	page->grid = canvas_grid(&fs->canvas, page->panels, 0,
		strcmp(fs->formats, "dumb") ? PANEL_WIDTH : 1e9, PANEL_HEIGHT);
	most = page->grid.columns * page->grid.rows;
	if (page->logy && fs->canvas.ylimits[0] < fs->canvas.ylimits[1] &&
		fs->canvas.ylimits[0] <= 0)
		return fail(why,
			"--ylim %g:%g: the axis of %s is logarithmic, expected numbers above 0",
			fs->canvas.ylimits[0], fs->canvas.ylimits[1], page->file);
	if (take_turns(page))
		return fail(why, "out of memory");
	for (size_t i = 0; i < page->panels; i += most) {
		size_t count = page->panels - i < most ? page->panels - i : most;

		for (size_t m = 0; m < page->curves && !bad; m += CURVES) {
			size_t last = m + CURVES < page->curves ? m + CURVES : page->curves;

			bad = picture(page, page->panel + i, count, m, last, why);
		}
	}
	free(page->turn);
	page->turn = NULL;
	return bad ? -1 : 0;
}
