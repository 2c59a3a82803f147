/* report_data.c -- the records as the report's page takes them: one JSON text. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "picture/pictures.h"
#include "picture/report_curves.h"

/* What the runs have in common is written once and named by its place. */
struct data {
	struct curves curves;
	const struct study *s;
	struct extent extent;
	const struct track *
		*run; /* in the order of the page: those that ran, then the skipped */
	size_t runs;
	char *with_gap, *with_others; /* of each */
	const struct track **grid;    /* tracks whose steps are a grid that others run on too */
	size_t grids;
	struct text *t;
};

size_t most_runs(const struct study *s)
{
	size_t most = 0;

	for (size_t k = 0; k < s->r->problems * s->r->methods; k++) {
		size_t count = s->first[k + 1] - s->first[k];

		most = count > most ? count : most;
	}
	return most;
}

/* `some` of `all`, evenly: is number i one of them? */
static int picked(size_t i, size_t all, size_t some)
{
	return some >= all || (i * some) / all != ((i + 1) * some) / all;
}

static void choose(struct data *d)
{
	const struct study *s = d->s;

	for (size_t k = 0; k < s->r->problems * s->r->methods; k++)
		for (size_t i = s->first[k]; i < s->first[k + 1]; i++) {
			size_t all = s->first[k + 1] - s->first[k], own = i - s->first[k];

			d->with_gap[i] = (char)picked(own, all, d->extent.gaps);
			d->with_others[i] = (char)picked(own, all, d->extent.others);
		}
}

static int data_make(struct data *d, double floor)
{
	const struct study *s = d->s;

	d->run = malloc((s->r->runs + 1) * sizeof(struct track *));
	d->grid = malloc((s->r->runs + 1) * sizeof(struct track *));
	d->with_gap = calloc(s->r->runs + 1, 2);
	if (!d->run || !d->grid || !d->with_gap || curves_make(&d->curves, s, floor))
		return -1;
	d->with_others = d->with_gap + s->r->runs + 1;
	for (size_t i = 0; i < s->tracks; i++)
		d->run[d->runs++] = s->of[i];
	for (size_t i = 0; i < s->r->runs; i++)
		if (s->track[i].skipped)
			d->run[d->runs++] = &s->track[i];
	choose(d);
	return 0;
}

static void data_free(struct data *d)
{
	free(d->run);
	free(d->grid);
	free(d->with_gap);
	curves_free(&d->curves);
}

/* ------------------------------------------------------------------ problems and methods ------ */

static void pairs(
	struct text *t, const char *name, const struct entry *e, size_t from, size_t to)
{
	text_add(t, ",\"%s\":[", name);
	for (size_t i = from; i < to; i++) {
		text_add(t, i > from ? ",[" : "[");
		text_json(t, e->pair[2 * i]);
		text_add(t, ",");
		text_json(t, e->pair[2 * i + 1]);
		text_add(t, "]");
	}
	text_add(t, "]");
}

static void field(struct text *t, const char *name, const char *text)
{
	text_add(t, ",\"%s\":", name);
	text_json(t, text ? text : "");
}

static void number(struct text *t, const char *name, double v)
{
	text_add(t, ",\"%s\":", name);
	text_double(t, v);
}

static void entry(struct text *t, const char *label, const struct entry *e)
{
	size_t own = e->options_only < e->pairs ? e->options_only : e->pairs;

	text_add(t, "{\"label\":");
	text_json(t, label);
	field(t, "name", e->name);
	field(t, "title", e->title);
	pairs(t, "options", e, 0, own);
	pairs(t, "settings", e, own, e->pairs);
}

/* As in every other picture. */
static void look(struct text *t, const struct looks *looks, size_t method)
{
	struct look l = look_of(looks->place[method]);

	number(t, "place", (double)looks->position[method]);
	number(t, "highlight", looks->highlit && looks->highlit[method]);
	text_add(t,
		",\"look\":{\"light\":\"%s\",\"dark\":\"%s\",\"shape\":\"%s\",\"dashes\":\"%"
		"s\"}",
		l.colour, l.on_dark, l.shape, l.dashes);
}

static int entries(struct data *d, const struct looks *looks)
{
	const struct records *r = d->s->r;
	const char *const *label = method_labels(r);
	struct text *t = d->t;

	if (!label)
		return -1;
	text_add(t, ",\"problems\":[");
	for (size_t p = 0; p < r->problems; p++) {
		text_add(t, p ? "," : "");
		entry(t, r->problem[p].label, &r->problem[p]);
		number(t, "n", r->problem[p].n);
		number(t, "optimum", r->problem[p].optimum);
		field(t, "traits", r->problem[p].traits);
		text_add(t, ",\"known\":%d}", study_known(d->s, p));
	}
	text_add(t, "],\"methods\":[");
	for (size_t m = 0; m < r->methods; m++) {
		text_add(t, m ? "," : "");
		entry(t, label[m], &r->method[m]);
		field(t, "mark", r->method[m].mark);
		look(t, looks, m);
		text_add(t, "}");
	}
	text_add(t, "]");
	return 0;
}

/* ------------------------------------------------------------------ runs ---------------------- */

/* Columns of numbers, one number a run. */
struct run_number {
	const char *name;
	size_t at;
	int digits; /* 0: an int */
};
static const struct run_number run_numbers[] = {
	{ "instance", offsetof(struct run, instance), 0 },
	{ "steps", offsetof(struct run, steps), 15 },
	{ "f", offsetof(struct run, f), 6 },
	{ "best", offsetof(struct run, best), 6 },
	{ "start", offsetof(struct run, start), 5 },
	{ "optimum", offsetof(struct run, optimum), 8 },
	{ "wall", offsetof(struct run, wall), 3 },
	{ "budget", offsetof(struct run, budget), 15 },
	{ "budgetSteps", offsetof(struct run, budget_steps), 15 },
	{ "budgetEpochs", offsetof(struct run, budget_epochs), 15 },
	{ "budgetSeconds", offsetof(struct run, budget_seconds), 15 },
	{ "goal", offsetof(struct run, target), 15 },
	{ "batch", offsetof(struct run, batch), 15 },
	{ "noise", offsetof(struct run, noise), 15 },
};

static void rounded(struct text *t, int places, double v)
{
	char digits[40];

	if (!isfinite(v)) {
		text_add(t, isnan(v) ? "null" : v > 0 ? "1e999" : "-1e999");
		return;
	}
	snprintf(digits, sizeof digits, "%.*g", places, v);
	text_add(t, "%s", digits);
}

static double share_of(const struct run *run)
{
	double all = 0;

	for (int k = 0; k < CALL_KINDS; k++)
		all += fmax(0, run->calls[k]);
	return run->work > 0 && run->work < all ? run->work / all : 1;
}

static void run_columns(struct data *d)
{
	struct text *t = d->t;

	for (size_t k = 0; k < sizeof run_numbers / sizeof *run_numbers; k++) {
		const struct run_number *n = &run_numbers[k];

		text_add(t, ",\"%s\":[", n->name);
		for (size_t i = 0; i < d->runs; i++) {
			const char *at = (const char *)d->run[i]->run + n->at;

			text_add(t, i ? "," : "");
			if (!n->digits)
				text_add(t, "%d", *(const int *)at);
			else
				rounded(t, n->digits, *(const double *)at);
		}
		text_add(t, "]");
	}
	for (int k = 0; k < CALL_KINDS; k++) {
		text_add(t, ",\"%s\":[", call_names[k]);
		for (size_t i = 0; i < d->runs; i++) {
			text_add(t, i ? "," : "");
			rounded(t, 15, d->run[i]->run->calls[k]);
		}
		text_add(t, "]");
	}
}

/* Texts that many runs share: places in a list. */
static void places(struct data *d, const char *name, size_t at)
{
	const char **list = malloc((d->runs + 1) * sizeof *list);
	struct text *t = d->t;
	size_t count = 0, k;

	text_add(t, ",\"%s\":[", name);
	for (size_t i = 0; list && i < d->runs; i++) {
		const char *text = *(const char *const *)((const char *)d->run[i]->run + at);

		for (k = 0; k < count && list[k] != text && strcmp(list[k], text); k++)
			;
		if (k == count)
			list[count++] = text;
		text_add(t, "%s%zu", i ? "," : "", k);
	}
	text_add(t, "],\"%sWords\":[", name);
	for (k = 0; k < count; k++) {
		text_add(t, k ? "," : "");
		text_json(t, list[k]);
	}
	text_add(t, "]");
	t->failed |= !list;
	free(list);
}

static void tracks(struct data *d)
{
	struct text *t = d->t;

	text_add(t, ",\"runs\":{\"p\":[");
	for (size_t i = 0; i < d->runs; i++)
		text_add(t, "%s%zu", i ? "," : "", d->run[i]->run->problem);
	text_add(t, "],\"m\":[");
	for (size_t i = 0; i < d->runs; i++)
		text_add(t, "%s%zu", i ? "," : "", d->run[i]->run->method);
	text_add(t, "],\"seed\":[");
	for (size_t i = 0; i < d->runs; i++)
		text_add(t, "%s%lld", i ? "," : "", d->run[i]->run->seed);
	text_add(t, "],\"spent\":[");
	for (size_t i = 0; i < d->runs; i++) {
		text_add(t, i ? "," : "");
		rounded(t, 6, d->run[i]->spent);
	}
	text_add(t, "],\"share\":[");
	for (size_t i = 0; i < d->runs; i++) {
		text_add(t, i ? "," : "");
		rounded(t, 6, share_of(d->run[i]->run));
	}
	text_add(t, "],\"final\":[");
	for (size_t i = 0; i < d->runs; i++) {
		text_add(t, i ? "," : "");
		rounded(t, 4, track_final(d->run[i]));
	}
	text_add(t, "],\"guessed\":[");
	for (size_t i = 0; i < d->runs; i++)
		text_add(t, "%s%d", i ? "," : "", d->run[i]->guessed);
	text_add(t, "]");
	run_columns(d);
	places(d, "status", offsetof(struct run, status));
	places(d, "reason", offsetof(struct run, reason));
	places(d, "sampling", offsetof(struct run, sampling));
	if (d->extent.others >= most_runs(d->s)) {
		text_add(t, ",\"key\":[");
		for (size_t i = 0; i < d->runs; i++) {
			text_add(t, i ? "," : "");
			text_json(t, d->run[i]->run->key);
		}
		text_add(t, "]");
	}
	text_add(t, "}");
}

/* ------------------------------------------------------------------ curves -------------------- */

/* The steps of all points but the last, which is where the run ended, are those of the grid. */
static int on_grid(const struct track *grid, const struct track *track)
{
	if (track->length > grid->length)
		return 0;
	for (size_t i = 0; i + 1 < track->length; i++)
		if (track_step(grid, i) != track_step(track, i))
			return 0;
	return 1;
}

enum { LOOKED_AT = 400 }; /* grids before this many are not searched: the work stays small */

static size_t grid_of(struct data *d, const struct track *track)
{
	size_t from = d->grids > LOOKED_AT ? d->grids - LOOKED_AT : 0;

	for (size_t k = d->grids; k-- > from;)
		if (on_grid(d->grid[k], track))
			return k;
	d->grid[d->grids] = track;
	return d->grids++;
}

/* Of each run its grid, the number of its points and the last step; 0 of one without a trace.
 */
static void grids(struct data *d)
{
	struct text *t = d->t;

	text_add(t, ",\"points\":[");
	for (size_t i = 0; i < d->runs; i++) {
		const struct track *track = d->run[i];

		text_add(t, i ? "," : "");
		if (track->length && (d->with_gap[i] || d->with_others[i]))
			text_add(t, "[%zu,%zu,%.15g]", grid_of(d, track), track->length,
				track_step(track, track->length - 1));
		else
			text_add(t, "0");
	}
	text_add(t, "],\"grids\":[");
	for (size_t k = 0; k < d->grids; k++) {
		double before = 0;

		text_add(t, k ? ",[" : "[");
		for (size_t i = 0; i < d->grid[k]->length; i++) {
			text_add(
				t, "%s%.15g", i ? "," : "", track_step(d->grid[k], i) - before);
			before = track_step(d->grid[k], i);
		}
		text_add(t, "]");
	}
	text_add(t, "]");
}

static int axes(struct data *d)
{
	static const char *const names[] = { [AXIS_COST] = "cost", [AXIS_SECONDS] = "seconds" };
	struct text *t = d->t;

	text_add(t, ",\"axes\":{");
	for (int a = 0; a < AXES; a++) {
		if (!names[a])
			continue;
		text_add(t, "%s\"%s\":[", a ? "," : "", names[a]);
		for (size_t i = 0; i < d->runs; i++) {
			int with = a == AXIS_COST ? d->with_gap[i] | d->with_others[i]
						  : d->with_others[i];

			text_add(t, i ? "," : "");
			if (!with || !d->run[i]->length)
				text_add(t, "0");
			else if (axis_write(&d->curves, a, d->run[i], t))
				return -1;
		}
		text_add(t, "]");
	}
	text_add(t, "}");
	return 0;
}

static int column(struct data *d, size_t k)
{
	const struct shown_column *c = &d->curves.column[k];
	struct text *t = d->t;

	text_add(t, "%s{\"name\":", k ? "," : "");
	text_json(t, c->name);
	if (c->linear) { /* value = base + whole * quantum */
		text_add(t, ",\"linear\":[");
		for (size_t p = 0; p < d->s->r->problems; p++) {
			double span = c->scale[p].high - c->scale[p].low;

			text_add(t, p ? ",[" : "[");
			text_double(t, c->scale[p].low);
			text_add(t, ",%.8g]", (span > 0 ? span : 1) / A_RANGE);
		}
		text_add(t, "]");
	}
	text_add(t, ",\"of\":[");
	for (size_t i = 0; i < d->runs; i++) {
		int with = k ? d->with_others[i] : d->with_gap[i];

		text_add(t, i ? "," : "");
		if (!with || !d->run[i]->length)
			text_add(t, "0");
		else if (curve_write(&d->curves, c, d->run[i], t))
			return -1;
	}
	text_add(t, "]}");
	return 0;
}

int report_data(const struct study *s, const struct looks *looks, double floor,
	struct extent extent, struct text *t)
{
	struct data d = { .s = s, .extent = extent, .t = t };
	int bad = data_make(&d, floor);

	if (!bad) {
		field(t, "cost", s->cost.title);
		number(t, "target", s->target);
		number(t, "floor", floor);
		text_add(t, ",\"most\":%zu,\"gaps\":%zu,\"others\":%zu", most_runs(s),
			extent.gaps, extent.others);
		bad = entries(&d, looks);
		tracks(&d);
		grids(&d);
		bad |= axes(&d);
		text_add(t, ",\"columns\":[");
		for (size_t k = 0; k < d.curves.columns && !bad; k++)
			bad = column(&d, k);
		text_add(t, "]");
	}
	data_free(&d);
	return bad || t->failed ? -1 : 0;
}
