/* small.c -- value, subgradient and Clarke subdifferential of a smooth summand plus weighted
 * maxima of smooth rows; the shape of the collections of Luksan, Vlcek 2000. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include "small.h"

static const char perturb_help[] = "length of a random vector added to the start";
const struct nso_option small_planar[] = {
	{ "x0", NAN, -1e300, 1e300, "start, first coordinate", NULL, "auto: the standard start",
		0 },
	{ "y0", NAN, -1e300, 1e300, "start, second coordinate", NULL,
		"auto: the standard start", 0 },
	{ 0 },
};
const struct nso_option small_planar_kink[] = {
	{ "x0", NAN, -1e300, 1e300, "start, first coordinate", NULL, "auto: the standard start",
		0 },
	{ "y0", NAN, -1e300, 1e300, "start, second coordinate", NULL,
		"auto: the standard start", 0 },
	{ "perturb", 0, 0, 1e300, perturb_help, NULL, "nsobench", 0 },
	{ 0 },
};
const struct nso_option small_kink[] = {
	{ "perturb", 0, 0, 1e300, perturb_help, NULL, "nsobench", 0 },
	{ 0 },
};

struct small {
	const struct small_form *form;
	double perturb;
	double start[SMALL_MOST];
	double data[];
};

void *small_make(const struct small_form *form, const double *opt, struct nso_facts *facts)
{
	struct small *p = calloc(1, sizeof *p + form->data * sizeof *p->data);
	const struct nso_option *o = form->options;

	assert(form->n <= SMALL_MOST);
	if (!p)
		return NULL;
	p->form = form;
	memcpy(p->start, form->start, form->n * sizeof *p->start);
	for (size_t i = 0; o && o[i].name; i++) {
		if (!strcmp(o[i].name, "perturb"))
			p->perturb = opt[i];
		else if (!strcmp(o[i].name, "x0") && !isnan(opt[i]))
			p->start[0] = opt[i];
		else if (!strcmp(o[i].name, "y0") && !isnan(opt[i]))
			p->start[1] = opt[i];
	}
	if (form->prepare)
		form->prepare(opt, p->data);
	facts->n = form->n;
	facts->optimum = form->optimum;
	facts->optimum_error = form->optimum_error;
	facts->minimizer = form->minimizer;
	return p;
}

void small_start(const void *self, gsl_rng *rng, double *x)
{
	const struct small *p = self;
	double u[SMALL_MOST];

	memcpy(x, p->start, p->form->n * sizeof *x);
	if (p->perturb == 0)
		return;
	gsl_ran_dir_nd(rng, p->form->n, u);
	for (size_t i = 0; i < p->form->n; i++)
		x[i] += p->perturb * u[i];
}

/* The largest entry of a group and the row that gives it: number and sign, 0 where no row does.
 */
struct top {
	double value;
	size_t row;
	int sign;
};

/* The first row wins a tie; a NaN wins over everything. */
static struct top group_top(
	const struct small *p, const struct small_group *group, size_t first, const double *x)
{
	struct top top = { group->kind == SMALL_POSITIVE ? 0 : -INFINITY, first, 0 };

	for (size_t i = first; i < first + group->size; i++) {
		double c = p->form->row(p->data, x, i, NULL);
		double v = group->kind == SMALL_ABSOLUTE ? fabs(c) : c;

		if (v > top.value || isnan(v))
			top = (struct top){ v, i, v > c ? -1 : 1 };
	}
	return top;
}

static void add_row(const struct small *p, const double *x, size_t i, double factor, double *g)
{
	double row[SMALL_MOST];

	memset(row, 0, p->form->n * sizeof *row);
	p->form->row(p->data, x, i, row);
	for (size_t j = 0; j < p->form->n; j++)
		g[j] += factor * row[j];
}

double small_eval(const void *self, const double *x, double *g)
{
	const struct small *p = self;
	const struct small_form *form = p->form;
	size_t at = form->smooth ? 1 : 0;
	double f = 0;

	if (g)
		memset(g, 0, form->n * sizeof *g);
	if (form->smooth)
		f = form->row(p->data, x, 0, g);
	for (const struct small_group *group = form->groups; group->repeat; group++)
		for (size_t k = 0; k < group->repeat; k++, at += group->size) {
			struct top top = group_top(p, group, at, x);

			f += group->weight * top.value;
			if (g && top.sign)
				add_row(p, x, top.row, group->weight * top.sign, g);
		}
	return f;
}

static void group_pieces(const struct small *p, const struct small_group *group, size_t first,
	const double *x, double tol, struct nso_pieces *out)
{
	double least = group_top(p, group, first, x).value - tol / group->weight;

	nso_hull(out);
	if (group->kind == SMALL_POSITIVE && 0 >= least)
		nso_row(out, 0, 1);
	for (size_t i = first; i < first + group->size; i++) {
		double c = p->form->row(p->data, x, i, NULL);

		if (c >= least)
			add_row(p, x, i, group->weight, nso_row(out, 0, p->form->n));
		if (group->kind == SMALL_ABSOLUTE && -c >= least)
			add_row(p, x, i, -group->weight, nso_row(out, 0, p->form->n));
	}
}

void small_pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct small *p = self;
	size_t at = p->form->smooth ? 1 : 0;

	if (p->form->smooth)
		p->form->row(p->data, x, 0, nso_row(out, 0, p->form->n));
	for (const struct small_group *group = p->form->groups; group->repeat; group++)
		for (size_t k = 0; k < group->repeat; k++, at += group->size)
			group_pieces(p, group, at, x, tol, out);
}
