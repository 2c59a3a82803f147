/* draw_claim.c -- the picture of a claim: measured curve, bound, fitted line with its band,
 * claimed slope; or the points of two quantities; one panel a test. */
#include <config.h>
#include "picture/draw_claim.h"
#include "study/kind.h"

enum { PANELS = 6, PAIRED_PANELS = 12, COLUMNS = 7 };

/* Tests with a fitted line come first, then those with a bound. */
static const struct finding *panel_at(const struct outcome *o, size_t i)
{
	for (int fitted = 1; fitted >= 0; fitted--)
		for (size_t k = 0; k < o->findings; k++)
			if (o->finding[k].points > 1 && o->finding[k].fitted == fitted && !i--)
				return &o->finding[k];
	return NULL;
}

static const char *panel_title(size_t i, void *data)
{
	static char text[160];
	const struct finding *f = panel_at(data, i);

	snprintf(text, sizeof text, "%s on %s: %s", f->method, f->problem,
		verdict_words[f->verdict]);
	return text;
}

static const char *panel_quantity(size_t i, void *data)
{
	return panel_at(data, i)->test->quantity;
}

static const char *panel_across(size_t i, void *data)
{
	const struct test_of_claim *t = panel_at(data, i)->test;

	return t->kind->paired ? t->expected : "steps";
}

/* The band: slope and level are independent by the choice of the middle. */
static void fitted(const struct finding *f, size_t i, double *row)
{
	const struct fit *r = &f->fit;
	double u = (f->law == POWER_LAW ? log(f->x[i]) : f->x[i]) - r->middle;
	double half = hypot((r->high - r->low) / 2 * u, 2 * r->level_error), line, claimed;

	if (!f->fitted || !(r->slope == r->slope) || i < r->first || i > r->last)
		return;
	line = r->level + r->slope * u;
	claimed = f->law == POWER_LAW ? f->expected : log(f->expected);
	row[3] = exp(line);
	row[4] = exp(line - half);
	row[5] = exp(line + half);
	/* the claimed slope through the first point of the fit */
	row[6] = exp(r->level +
		     r->slope * ((f->law == POWER_LAW ? log(f->x[r->first]) : f->x[r->first]) -
					r->middle) +
		     claimed * (f->law == POWER_LAW ? log(f->x[i] / f->x[r->first])
						    : f->x[i] - f->x[r->first]));
}

/* Points from 0 on stand on logarithmic axes, zeros at the least of the others, at most twelve
 * decades below the largest. */
static int is_logarithmic(const double *v, size_t count, double *low)
{
	double most = 0, least = INFINITY;
	int yes = 1;

	for (size_t i = 0; i < count; i++) {
		yes &= v[i] >= 0;
		most = fmax(most, v[i]);
		least = v[i] > 0 ? fmin(least, v[i]) : least;
	}
	yes &= most > 0;
	*low = yes ? fmax(least, 1e-12 * most) : -INFINITY;
	return yes;
}

static void add_points(struct figure *f, const struct finding *g, double *logx, double *logy)
{
	double lowx, lowy;

	*logx = is_logarithmic(g->x, g->points, &lowx);
	*logy = is_logarithmic(g->y, g->points, &lowy);
	for (size_t i = 0; i < g->points; i++)
		figure_row(f, 2, (const double[]){ fmax(g->x[i], lowx), fmax(g->y[i], lowy) });
	figure_block(f);
}

static void add_curve(struct figure *f, const struct finding *g, double *logx, double *logy)
{
	*logx = !g->test->kind->semilog;
	*logy = 1;
	for (size_t i = 0; i < g->points; i++) {
		double row[COLUMNS] = { g->x[i], g->y[i], g->bound[i], NAN, NAN, NAN, NAN };

		fitted(g, i, row);
		for (size_t k = 1; k < COLUMNS; k++)
			row[k] = row[k] > 1e-300 ? row[k] : NAN;
		figure_row(f, COLUMNS, row);
	}
	figure_block(f);
}

int draw_claim(const struct outcome *o, struct figures *fs, struct why *why)
{
	struct figure f;
	double logx[PAIRED_PANELS], logy[PAIRED_PANELS], paired[PAIRED_PANELS];
	const struct finding *first = panel_at(o, 0);
	size_t most = first && first->test->kind->paired ? PAIRED_PANELS : PANELS, panels = 0,
	       columns;

	while (panels < most && panel_at(o, panels))
		panels++;
	if (!panels)
		return 0;
	if (figure_begin(&f, fs, o->claim->id, why))
		return -1;
	for (size_t p = 0; p < panels; p++) {
		const struct finding *g = panel_at(o, p);

		paired[p] = g->test->kind->paired;
		(paired[p] ? add_points : add_curve)(&f, g, &logx[p], &logy[p]);
	}
	columns = panels == 1 ? 1 : most == PANELS ? 2 : 3;
	figure_number(&f, "panels", (double)panels);
	figure_number(&f, "columns", (double)columns);
	figure_number(&f, "rows", (double)((panels + columns - 1) / columns));
	figure_numbers(&f, "logx", panels, logx);
	figure_numbers(&f, "logy", panels, logy);
	figure_numbers(&f, "paired", panels, paired);
	figure_text(&f, "about", o->claim->id);
	figure_texts(&f, "panel", panels, panel_title, (void *)(uintptr_t)o);
	figure_texts(&f, "across", panels, panel_across, (void *)(uintptr_t)o);
	figure_texts(&f, "quantity", panels, panel_quantity, (void *)(uintptr_t)o);
	return figure_end(&f, "claim", why);
}
