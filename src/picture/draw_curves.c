/* draw_curves.c -- pictures of a quantity against cost: one panel a problem, median and
 * interquartile band over instances and seeds. */
#include <stdlib.h>
#include <string.h>
#include "analysis/statistics.h"
#include "picture/pictures.h"
#include "run/watch.h"

enum { PER_DECADE = 20 };

/* What is drawn: a number of a run after `cost`, and how it is called. */
struct quantity {
	const char *file, *title;
	double (*at)(const struct track *t, const char *column,
		double cost); /* NULL: all around it */
	int falls; /* best so far: holds on to the end of the budget when a run ends before */
	int logy;
	/* The column of the trace for a problem, NULL: nothing to draw there. Without it: the
	 * gap. */
	const char *(*find)(const struct study *s, size_t problem);
};

/* Around x are the costs from x/WINDOW to x*WINDOW, for what jumps from one step to the next.
 */
static const double WINDOW = 1.6;

struct job {
	const struct quantity *q;
	size_t *method; /* of each curve */
	double *scratch;
};

/* All numbers of a column around x, from all runs. */
static size_t pool(
	struct track *const *list, size_t count, const char *column, double x, double *out)
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		const struct curve *c = run_column(list[i]->run, column);
		size_t to = track_index(list[i], x * WINDOW);

		for (size_t k = track_index(list[i], x / WINDOW); c && k < to; k++)
			out[used++] = column_at(c, k);
	}
	return sort_numbers(out, used);
}

/* Median and quartiles at x over the runs of a list; a run without a number counts as worst. */
static void spread(const struct pictures *p, const struct quantity *q,
	struct track *const *list, size_t count, const char *column, double x, double *out,
	double *scratch)
{
	static const double share[] = { 0.5, 0.25, 0.75 };

	for (size_t i = 0; i < count && q->at; i++) {
		double v = q->at(list[i], column, x);

		scratch[i] = isnan(v) ? INFINITY : v;
	}
	if (q->at)
		sort_numbers(scratch, count);
	else
		count = pool(list, count, column, x, scratch);
	for (size_t k = 0; k < 3; k++) {
		double v = quantile(scratch, count, share[k]);

		out[k] = q->logy && v < p->floor ? p->floor : v;
	}
}

static int write_curve(struct page *page, struct panel *panel, size_t i, void *data)
{
	struct job *job = data;
	const struct quantity *q = job->q;
	struct track *const *list;
	size_t count = study_runs(page->p->s, panel->problem, job->method[i], &list);
	double end = 0, v[3];
	int drawn = 0, last = !count;

	for (size_t k = 0; k < count; k++)
		end = fmax(end, q->falls ? allowed_cost(list[k]) : list[k]->spent);
	for (double x = panel->xlow; !last; x *= pow(10, 1.0 / PER_DECADE)) {
		last = x * 1.0001 >= end;
		spread(page->p, q, list, count, panel->column, last ? end : x, v, job->scratch);
		if (isfinite(v[0]) || drawn) {
			page_row(page, panel, last ? end : x, v[0], v[1], v[2]);
			drawn = 1;
		}
	}
	return 0;
}

/* Room for every number of a column, over all runs. */
static size_t all_points(const struct study *s)
{
	size_t sum = 1;

	for (size_t i = 0; i < s->tracks; i++)
		sum += s->of[i]->run->length + 1;
	return sum;
}

/* The methods that have the quantity anywhere; those whose labels the legend shows. */
static size_t curves_of(
	const struct study *s, const struct quantity *q, size_t *method, const char **label)
{
	const char *const *all = method_labels(s->r);
	size_t count = 0;

	for (size_t m = 0; all && m < s->r->methods; m++) {
		int any = !q->find;

		for (size_t p = 0; p < s->r->problems && !any; p++) {
			const char *column = q->find(s, p);
			struct track *const *list;
			size_t runs = study_runs(s, p, m, &list);

			for (size_t i = 0; column && i < runs && !any; i++)
				any = !isnan(track_last(list[i], column));
		}
		if (any) {
			label[count] = all[m];
			method[count++] = m;
		}
	}
	return count;
}

/* Pairs of a problem and a method that were run. */
static size_t pairs_run(const struct study *s)
{
	size_t cells = 0;

	for (size_t i = 0; i < s->r->problems * s->r->methods; i++)
		cells += s->first[i + 1] > s->first[i];
	return cells;
}

static void note(struct page *page, const struct pictures *p, const struct quantity *q)
{
	size_t used = (size_t)snprintf(page->note, sizeof page->note, "%s%s",
		p->s->tracks > pairs_run(p->s)
			? "median and interquartile range over instances and seeds"
			: "one run of each method",
		q->at ? "" : ", over costs within a factor of 1.6");

	if (q->logy)
		used += (size_t)snprintf(page->note + used, sizeof page->note - used,
			"; values below %g are drawn at %g", p->floor, p->floor);
	if (p->s->guessed && !q->find)
		snprintf(page->note + used, sizeof page->note - used,
			"; where f* is unknown the best value found stands for it");
}

static int draw(const struct pictures *p, const struct quantity *q, struct why *why)
{
	const struct records *r = p->s->r;
	struct panel *panel = calloc(r->problems + 1, sizeof *panel);
	const char **label = calloc(r->methods + 1, sizeof *label);
	struct job job = { q, calloc(r->methods + 1, sizeof *job.method),
		malloc(all_points(p->s) * sizeof *job.scratch) };
	struct page page = { .p = p,
		.file = q->file,
		.xtitle = p->s->cost.title,
		.ytitle = q->title,
		.logy = q->logy,
		.panel = panel,
		.label = label,
		.write = write_curve,
		.data = &job };
	int status =
		panel && label && job.method && job.scratch ? 0 : fail(why, "out of memory");

	for (size_t i = 0; i < r->problems && !status; i++) {
		const char *column = q->find ? q->find(p->s, i) : NULL,
			   *title = r->problem[i].label;

		if (q->find && !column)
			continue;
		if (column && q->at && strcmp(column, "clarke") && strcmp(column, "score"))
			title = arena_print(&p->s->r->arena, "%s (%s)", title, column);
		if (!title)
			status = fail(why, "out of memory");
		panel[page.panels] =
			(struct panel){ .problem = i, .title = title, .column = column };
		cost_range(p->s, i, &panel[page.panels++]);
	}
	if (!status) {
		page.curves = curves_of(p->s, q, job.method, label);
		page.method = job.method;
		note(&page, p, q);
		status = page_draw(&page, why);
	}
	free(panel);
	free(label);
	free(job.method);
	free(job.scratch);
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

static int has(const struct study *s, size_t problem, const char *column)
{
	for (size_t i = s->first[problem * s->r->methods];
		i < s->first[(problem + 1) * s->r->methods]; i++)
		if (!isnan(track_last(s->of[i], column)))
			return 1;
	return 0;
}

/* The exact measure where any run on the problem has it, else the sampled one. */
static const char *measure(const struct study *s, size_t problem)
{
	return has(s, problem, "clarke")      ? "clarke"
	       : has(s, problem, "goldstein") ? "goldstein"
					      : NULL;
}

static const char *score(const struct study *s, size_t problem)
{
	return has(s, problem, "score") ? "score" : NULL;
}

static int draw_convergence(const struct pictures *p, struct why *why)
{
	static const struct quantity gap = { "convergence", "best gap (f - f*) / max(1, |f*|)",
		gap_at, 1, 1, NULL };

	return draw(p, &gap, why);
}

static int draw_stationarity(const struct pictures *p, struct why *why)
{
	static const struct quantity clarke = { "stationarity", "dist(0, ∂f(x)) at the iterate",
		number_at, 0, 1, measure };

	return draw(p, &clarke, why);
}

static int draw_score(const struct pictures *p, struct why *why)
{
	static const struct quantity accuracy = { "score", "score at the iterate", number_at, 0,
		0, score };

	return draw(p, &accuracy, why);
}

static const char *wanted; /* by `only`, which gets no argument of its own */

static const char *only(const struct study *s, size_t problem)
{
	return has(s, problem, wanted) ? wanted : NULL;
}

/* A picture for each column that methods report of themselves. */
static int draw_step(const struct pictures *p, struct why *why)
{
	const char *done[64];
	size_t count = 0;

	for (size_t i = 0; i < p->s->tracks; i++)
		for (size_t c = 0; c < p->s->of[i]->run->columns; c++) {
			const char *name = p->s->of[i]->run->column[c].name;
			char file[80];
			struct quantity q = { file, name, NULL, 0, 0, only };
			size_t k = 0;

			while (k < count && strcmp(done[k], name))
				k++;
			if (k < count || count == 64 || column_is_ours(name))
				continue;
			done[count++] = wanted = name;
			snprintf(file, sizeof file, "step-%s", name);
			if (draw(p, &q, why))
				return -1;
		}
	return 0;
}

const struct kind kind_convergence = {
	.name = "convergence",
	.help = "best gap against cost, a panel per problem",
	.caption = "Best gap against cost. Grey background: beyond the smallest budget of any "
		   "method.",
	.section = SECTION_CURVES,
	.usual = 1,
	.draw = draw_convergence,
};

const struct kind kind_stationarity = {
	.name = "stationarity",
	.help = "Clarke measure (else Goldstein's) against cost",
	.caption = "Distance of 0 from the Clarke subdifferential at the iterate (where the "
		   "problem gives its pieces), "
		   "else from the hull of sampled subgradients (Goldstein, an upper bound).",
	.section = SECTION_CURVES,
	.usual = 1,
	.draw = draw_stationarity,
};

const struct kind kind_score = {
	.name = "score",
	.help = "what users judge by (accuracy, recovery) against cost",
	.caption = "What users judge by: accuracy, recovery, distance to the solution.",
	.section = SECTION_CURVES,
	.draw = draw_score,
};

const struct kind kind_step = {
	.name = "step",
	.help = "what methods report along a run: step size, lgi, damp",
	.caption = "What the methods report along their runs.",
	.section = SECTION_METHODS,
	.draw = draw_step,
};
