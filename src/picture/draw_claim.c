/* draw_claim.c -- the picture of a claim: measured curve, bound, fitted line with its band,
 * claimed slope; one panel a test. */
#include <config.h>
#include "picture/draw_claim.h"
#include "study/kind.h"

enum { PANELS = 6, COLUMNS = 7 };

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

int draw_claim(const struct outcome *o, struct figures *fs, struct why *why)
{
	struct figure f;
	double logx[PANELS] = { 0 };
	size_t panels = 0;

	while (panels < PANELS && panel_at(o, panels))
		panels++;
	if (!panels)
		return 0;
	if (figure_begin(&f, fs, o->claim->id, why))
		return -1;
	for (size_t p = 0; p < panels; p++) {
		const struct finding *g = panel_at(o, p);

		for (size_t i = 0; i < g->points; i++) {
			double row[COLUMNS] = { g->x[i], g->y[i], g->bound[i], NAN, NAN, NAN,
				NAN };

			fitted(g, i, row);
			for (size_t k = 1; k < COLUMNS; k++)
				row[k] = row[k] > 1e-300 ? row[k] : NAN;
			figure_row(&f, COLUMNS, row);
		}
		figure_block(&f);
		logx[p] = !g->test->kind->semilog;
	}
	figure_number(&f, "panels", (double)panels);
	figure_number(&f, "columns", panels > 1 ? 2 : 1);
	figure_number(&f, "rows", panels > 1 ? ceil((double)panels / 2) : 1);
	figure_numbers(&f, "logx", panels, logx);
	figure_text(&f, "heading", o->claim->id);
	figure_texts(&f, "panel", panels, panel_title, (void *)(uintptr_t)o);
	figure_texts(&f, "quantity", panels, panel_quantity, (void *)(uintptr_t)o);
	return figure_end(&f, "claim", why);
}
