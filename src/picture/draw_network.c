/* draw_network.c -- what a network has learned, from the last x of a record: the decision
 * regions of two inputs, and the weights before and after the quantiser. */
#include <stdlib.h>
#include "problems/network/network.h"
#include "ground/registry.h"
#include "picture/pictures.h"

enum { GRID = 120, SHOWN = 6, BINS = 81 };

struct learned {
	const struct track *track;
	const double *x; /* the last parameters */
};

static const double *last_x(const struct track *t)
{
	const struct curve *x = run_column(t->run, "x");

	return x && t->run->length ? x->v + (t->run->length - 1) * x->width : NULL;
}

/* The first run of each method, by position, on the problem that left its parameters. */
static size_t learned_by(const struct pictures *p, size_t problem, struct learned *list)
{
	const struct study *s = p->s;
	size_t count = 0;

	for (size_t k = 0; k < s->r->methods && count < SHOWN; k++) {
		struct track *const *run;
		size_t runs = study_runs(s, problem, looks_at(p->looks, k), &run);

		for (size_t i = 0; i < runs; i++)
			if (last_x(run[i])) {
				list[count++] = (struct learned){ run[i], last_x(run[i]) };
				break;
			}
	}
	return count;
}

static const char *label_at(size_t i, void *data) { return ((const char *const *)data)[i]; }

/* Labels of the methods shown, and the picture's end. */
static int finish(struct figure *f, const struct pictures *p, const struct learned *list,
	size_t count, const char *template, struct why *why)
{
	const char *const *all = method_labels(p->s->r);
	const char *label[SHOWN];
	size_t method[SHOWN];

	for (size_t i = 0; i < count; i++) {
		method[i] = list[i].track->run->method;
		label[i] = all ? all[method[i]] : "";
	}
	looks_of_methods(f, p->looks, method, count);
	figure_number(f, "methods", (double)count);
	figure_texts(f, "label", count, label_at, (void *)label);
	return figure_end(f, template, why);
}

/* ---------------------------------------------------------------- regions -------------------- */

static void grid_point(size_t i, double edge, double *z)
{
	z[0] = edge * (2 * (double)(i % GRID) / (GRID - 1) - 1);
	z[1] = edge * (2 * (double)(i / GRID) / (GRID - 1) - 1);
}

/* Probability of class 1 on the grid. */
static void write_probability(
	struct figure *f, const struct network *net, const double *x, double *z)
{
	struct part part = { .rows = GRID * GRID, .numbers = z };
	struct pass pass = { .data = &net->data, .part = &part };

	for (size_t at = 0; at < GRID * GRID; at += net->plan.chunk) {
		size_t rest = GRID * GRID - at,
		       k = rest < net->plan.chunk ? rest : net->plan.chunk;

		net->real->outputs(net->work, &pass, at, k, x, net->outputs);
		for (size_t j = 0; j < k; j++) {
			const double *o = net->outputs + 2 * j;

			figure_row(f, 3,
				(const double[]){ z[2 * (at + j)], z[2 * (at + j) + 1],
					1 / (1 + exp(o[0] - o[1])) });
			if ((at + j) % GRID == GRID - 1)
				fputs("\n", f->dat);
		}
	}
	fputs("\n", f->dat);
	f->blocks++;
}

static int regions_of(const struct pictures *p, const struct network *net,
	const struct learned *list, size_t count, const char *name, const char *title,
	struct why *why)
{
	double *z = calloc(2 * GRID * GRID, sizeof *z), most = 0;
	struct figure f;

	if (!z)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, name, why)) {
		free(z);
		return -1;
	}
	for (size_t i = 0; i < net->data.train.rows; i++) {
		const double *at = net->data.train.numbers + 2 * i;

		most = fmax(most, fmax(fabs(at[0]), fabs(at[1])));
		figure_row(&f, 3, (const double[]){ at[0], at[1], net->data.train.labels[i] });
	}
	figure_block(&f);
	for (size_t i = 0; i < GRID * GRID; i++)
		grid_point(i, 1.1 * most, z + 2 * i);
	for (size_t i = 0; i < count; i++)
		write_probability(&f, net, list[i].x, z);
	free(z);
	figure_number(&f, "edge", 1.1 * most);
	figure_text(&f, "about", title);
	return finish(&f, p, list, count, "regions", why);
}

static int has_regions(const struct instance *in)
{
	const struct network *net = in->self;

	return in->problem->free == network_free && shape_size(net->data.shape) == 2 &&
	       net->data.numbers && net->data.classes == 2;
}

/* ---------------------------------------------------------------- weights -------------------- */

static void write_histogram(struct figure *f, size_t n, const double *w, double most)
{
	size_t count[BINS] = { 0 };

	for (size_t i = 0; i < n; i++) {
		double place = (w[i] / most + 1) / 2 * BINS;

		count[place < 0 ? 0 : place >= BINS ? BINS - 1 : (size_t)place]++;
	}
	for (size_t b = 0; b < BINS; b++)
		if (count[b])
			figure_row(f, 2,
				(const double[]){ most * (2 * ((double)b + 0.5) / BINS - 1),
					(double)count[b] / (double)n });
	if (!n)
		figure_row(f, 2, (const double[]){ NAN, NAN });
	figure_block(f);
}

static int weights_of(const struct pictures *p, const struct network *net,
	const struct learned *list, size_t count, const char *name, const char *title,
	struct why *why)
{
	double *w = calloc(net->plan.n, sizeof *w);
	size_t layers = 0;
	struct figure f;
	char about[320];

	if (!w)
		return fail(why, "out of memory");
	if (figure_begin(&f, p->fs, name, why)) {
		free(w);
		return -1;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = layers = 0; j < net->plan.layers; j++) {
			const struct layer *l = &net->plan.layer[j];
			double most = 1e-300;

			if (l->weight.scale == 0)
				continue;
			layers++;
			for (size_t k = 0; k < l->weights; k++)
				most = fmax(most, fabs(list[i].x[l->at + k]));
			write_histogram(&f, l->weights, list[i].x + l->at, 1.01 * most);
			net->real->weights(net->work, j, list[i].x, w);
			write_histogram(&f, l->weights, w, 1.01 * most);
		}
	free(w);
	figure_number(&f, "layers", (double)layers);
	snprintf(about, sizeof about,
		"%.200s; bars: before the quantiser, lines: after it, each on a scale of its "
		"own",
		title);
	figure_text(&f, "about", about);
	return finish(&f, p, list, count, "weights", why);
}

static int has_weights(const struct instance *in)
{
	const struct network *net = in->self;

	return in->problem->free == network_free && in->facts.traits & NSO_QUANTISED &&
	       net->plan.layer[0].weight.scale != 0;
}

/* ---------------------------------------------------------------- all problems --------------- */

static int draw(const struct pictures *p, const char *kind, int (*has)(const struct instance *),
	int (*of)(const struct pictures *, const struct network *, const struct learned *,
		size_t, const char *, const char *, struct why *),
	struct why *why)
{
	const struct records *r = p->s->r;

	for (size_t i = 0; i < r->problems; i++) {
		const struct nso_problem *problem = problem_find(r->problem[i].name);
		struct learned list[SHOWN];
		size_t count = learned_by(p, i, list);
		struct instance in = { 0 };
		char name[80];
		int status = 0;

		if (!count || !problem || problem->free != network_free ||
			function_of(r, list[0].track->run, &in, why))
			continue; /* no parameters kept, no network, or its data are gone */
		snprintf(name, sizeof name, "%s-%.40s-%zu", kind, r->problem[i].name, i + 1);
		if (has(&in) &&
			in.facts.n == (size_t)run_column(list[0].track->run, "x")->width)
			status = of(p, in.self, list, count, name, r->problem[i].label, why);
		instance_free(&in);
		if (status)
			return -1;
	}
	return 0;
}

static int draw_regions(const struct pictures *p, struct why *why)
{
	return draw(p, "regions", has_regions, regions_of, why);
}

static int draw_weights(const struct pictures *p, struct why *why)
{
	return draw(p, "weights", has_weights, weights_of, why);
}

const struct kind kind_regions = {
	.name = "regions",
	.help = "where a network of two inputs decides for which class (run --record x)",
	.caption = "Where the network decides for which class at the end of a run; points: "
		   "what it was trained on.",
	.section = SECTION_PROBLEMS,
	.draw = draw_regions,
};

const struct kind kind_weights = {
	.name = "weights",
	.help = "histograms of weights before and after the quantiser (run --record x)",
	.caption = "Weights of a layer at the end of a run before (bars) and after (lines) the "
		   "quantiser.",
	.section = SECTION_PROBLEMS,
	.draw = draw_weights,
};
