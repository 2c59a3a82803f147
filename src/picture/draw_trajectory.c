/* draw_trajectory.c -- paths of the iterates (records with x) over the contour of f and its
 * kinks. */
#include <stdlib.h>
#include <string.h>
#include "ground/option.h"
#include "ground/registry.h"
#include "picture/pictures.h"

enum { GRID = 180, PATHS = 8 };

struct box {
	double low[2], high[2];
};

static const struct curve *path_of(const struct track *t)
{
	const struct curve *x = run_column(t->run, "x");

	return x && x->width == 2 ? x : NULL;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double away(const double *start, const double *x)
{
	double d = hypot(x[0] - start[0], x[1] - start[1]);

	return isfinite(d) ? d : INFINITY;
}

/* How far from the start the picture reaches: ten times the median distance of a path, of the
 * middle path (a method that runs away must not press the others flat), and always beyond the
 * minimizer. */
static double reach(struct track *const *path, size_t count, const double *minimizer)
{
	double middle[PATHS], most = 0;

	for (size_t i = 0; i < count; i++) {
		const struct curve *x = path_of(path[i]);
		size_t length = path[i]->run->length;
		double *d = malloc(length * sizeof *d);

		for (size_t k = 0; d && k < length; k++)
			d[k] = away(x->v, x->v + 2 * k);
		if (d)
			qsort(d, length, sizeof *d, by_value);
		middle[i] = d ? d[length / 2] : INFINITY;
		if (minimizer)
			most = fmax(most, 1.5 * away(x->v, minimizer));
		free(d);
	}
	qsort(middle, count, sizeof *middle, by_value);
	return fmax(most, 10 * middle[(count - 1) / 2]);
}

/* The box of the paths and the minimizer with air around, as far as the picture reaches. */
static struct box box_of(struct track *const *path, size_t count, const double *minimizer)
{
	struct box b = { { INFINITY, INFINITY }, { -INFINITY, -INFINITY } };
	double most = reach(path, count, minimizer);

	for (size_t i = 0; i < count; i++) {
		const struct curve *x = path_of(path[i]);

		for (size_t k = 0; k < path[i]->run->length; k++)
			if (away(x->v, x->v + 2 * k) <= fmin(most, 1e100))
				for (size_t c = 0; c < 2; c++) {
					b.low[c] = fmin(b.low[c], x->v[2 * k + c]);
					b.high[c] = fmax(b.high[c], x->v[2 * k + c]);
				}
	}
	for (size_t c = 0; c < 2; c++) {
		double air;

		if (minimizer) {
			b.low[c] = fmin(b.low[c], minimizer[c]);
			b.high[c] = fmax(b.high[c], minimizer[c]);
		}
		air = 0.12 * (b.high[c] - b.low[c]);
		b.low[c] -= air > 0 ? air : 1;
		b.high[c] += air > 0 ? air : 1;
	}
	for (size_t c = 0; c < 2; c++) { /* no box flatter than 1 : 4 */
		double lack = (b.high[!c] - b.low[!c]) / 4 - (b.high[c] - b.low[c]);

		if (lack > 0) {
			b.low[c] -= lack / 2;
			b.high[c] += lack / 2;
		}
	}
	return b;
}

static void at(const struct box *b, size_t i, size_t k, double *x)
{
	x[0] = b->low[0] + (b->high[0] - b->low[0]) * (double)i / (GRID - 1);
	x[1] = b->low[1] + (b->high[1] - b->low[1]) * (double)k / (GRID - 1);
}

/* A cell holds a kink where the subgradient turns across it by far more than it does in most
 * cells, and still does so across half of the cell: what a smooth function turns by halves with
 * the step. */
static int kink(const struct instance *in, const struct box *b, size_t i, size_t k, int axis,
	double *where)
{
	double x[2], y[2], m[2], gx[2], gy[2], gm[2], whole, left, right;

	at(b, i, k, x);
	at(b, i + (axis == 0), k + (axis == 1), y);
	for (size_t c = 0; c < 2; c++)
		m[c] = (x[c] + y[c]) / 2;
	instance_eval(in, x, gx);
	instance_eval(in, y, gy);
	whole = hypot(gy[0] - gx[0], gy[1] - gx[1]);
	if (!(whole > 1e-3 * (hypot(gx[0], gx[1]) + hypot(gy[0], gy[1]))))
		return 0;
	for (int step = 0; step < 12; step++) { /* halve towards the side that turns more */
		for (size_t c = 0; c < 2; c++)
			m[c] = (x[c] + y[c]) / 2;
		instance_eval(in, m, gm);
		left = hypot(gm[0] - gx[0], gm[1] - gx[1]);
		right = hypot(gy[0] - gm[0], gy[1] - gm[1]);
		memcpy(left > right ? y : x, m, sizeof m);
		memcpy(left > right ? gy : gx, gm, sizeof gm);
	}
	memcpy(where, m, sizeof m);
	return hypot(gy[0] - gx[0], gy[1] - gx[1]) > 0.5 * whole;
}

static int write_function(struct figure *f, const struct instance *in, const struct box *b)
{
	double *v = malloc(2 * GRID * GRID * sizeof *v), *sorted = v ? v + GRID * GRID : NULL,
	       x[2], least, unit;

	if (!v)
		return -1;
	for (size_t k = 0; k < GRID; k++)
		for (size_t i = 0; i < GRID; i++) {
			at(b, i, k, x);
			v[k * GRID + i] = sorted[k * GRID + i] = instance_eval(in, x, NULL);
		}
	qsort(sorted, GRID * GRID, sizeof *sorted, by_value);
	least = sorted[0];
	unit = 1e-3 * (sorted[GRID * GRID / 2] -
			      least); /* below it the logarithm would only show the grid */
	unit = unit > 0 ? unit : 1;
	figure_number(f, "zlow", log10(unit));
	figure_number(f, "zhigh", log10(sorted[GRID * GRID - 1] - least + unit));
	for (size_t k = 0; k < GRID; k++) {
		for (size_t i = 0; i < GRID; i++) {
			at(b, i, k, x);
			figure_row(f, 3,
				(const double[]){
					x[0], x[1], log10(v[k * GRID + i] - least + unit) });
		}
		fputs("\n", f->dat);
	}
	fputs("\n", f->dat);
	f->blocks++;
	figure_row(f, 2, (const double[]){ NAN, NAN });
	for (size_t k = 0; k + 1 < GRID; k++)
		for (size_t i = 0; i + 1 < GRID; i++)
			for (int axis = 0; axis < 2; axis++)
				if (kink(in, b, i, k, axis, x))
					figure_row(f, 2, x);
	figure_block(f);
	free(v);
	return 0;
}

static const char *label_at(size_t i, void *data) { return ((const char *const *)data)[i]; }

static int write_picture(const struct pictures *p, const struct instance *in,
	struct track *const *path, size_t count, const char *name, const char *title,
	struct why *why)
{
	const char *const *all = method_labels(p->s->r);
	const double *star = in->facts.minimizer;
	struct box b = box_of(path, count, star);
	const char *label[PATHS];
	size_t method[PATHS];
	struct figure f;
	int bad;

	if (!all)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, name, why))
		return -1;
	bad = write_function(&f, in, &b);
	for (size_t i = 0; i < count; i++) {
		const struct curve *x = path_of(path[i]);

		method[i] = path[i]->run->method;
		label[i] = all[method[i]];
		for (size_t k = 0; k < path[i]->run->length; k++)
			figure_row(&f, 2, x->v + 2 * k);
		figure_block(&f);
	}
	looks_of_methods(&f, p->looks, method, count);
	figure_number(&f, "paths", (double)count);
	figure_number(&f, "xlow", b.low[0]);
	figure_number(&f, "xhigh", b.high[0]);
	figure_number(&f, "ylow", b.low[1]);
	figure_number(&f, "yhigh", b.high[1]);
	figure_number(&f, "star_x", star ? star[0] : NAN);
	figure_number(&f, "star_y", star ? star[1] : NAN);
	figure_texts(&f, "panel", 1, label_at, (void *)(uintptr_t)&title);
	figure_texts(&f, "label", count, label_at, (void *)label);
	figure_text(&f, "note_text",
		"iterates at the trace points; contours of log(f - least f); dark red: kinks "
		"of f");
	if (figure_end(&f, "trajectory", why))
		return -1;
	return bad ? fail(why, "out of memory") : 0;
}

int function_of(
	const struct records *r, const struct run *run, struct instance *in, struct why *why)
{
	const struct entry *e = &r->problem[run->problem];
	const struct nso_problem *problem = problem_find(e->name);
	double opt[NSO_MAX_OPTIONS];

	if (!problem)
		return -1;
	option_defaults(problem->options, opt);
	for (size_t i = 0; i < e->pairs; i++)
		if (option_find(problem->options, e->pair[2 * i]) >= 0 &&
			option_set(problem->options, e->name, e->pair[2 * i],
				e->pair[2 * i + 1], opt, why))
			return -1;
	return instance_make(in, problem, opt, run->instance, why);
}

/* The first run of each method on the first instance of the problem that has paths. */
static size_t paths_of(const struct pictures *p, size_t problem, struct track **path)
{
	const struct study *s = p->s;
	size_t count = 0;
	int instance = -1;

	for (size_t k = 0; k < s->r->methods && count < PATHS; k++) {
		struct track *const *list;
		size_t runs = study_runs(s, problem, looks_at(p->looks, k), &list);

		for (size_t i = 0; i < runs; i++)
			if (path_of(list[i]) && list[i]->run->length &&
				(instance < 0 || list[i]->run->instance == instance)) {
				instance = list[i]->run->instance;
				path[count++] = list[i];
				break;
			}
	}
	return count;
}

static int draw_trajectory(const struct pictures *p, struct why *why)
{
	const struct records *r = p->s->r;

	for (size_t i = 0; i < r->problems; i++) {
		struct track *path[PATHS];
		size_t count = paths_of(p, i, path);
		struct instance in = { 0 };
		char name[80];
		int status;

		if (!count || function_of(r, path[0]->run, &in, why))
			continue; /* no paths in the plane, or a problem of another program */
		snprintf(name, sizeof name, "trajectory-%.40s-%zu", r->problem[i].name, i + 1);
		status = write_picture(p, &in, path, count, name, r->problem[i].label, why);
		instance_free(&in);
		if (status)
			return -1;
	}
	return 0;
}

const struct kind kind_trajectory = {
	.name = "trajectory",
	.help = "paths in the plane over the contour of f (run --record x)",
	.caption = "Paths of the iterates in the plane.",
	.section = SECTION_PROBLEMS,
	.draw = draw_trajectory,
};
