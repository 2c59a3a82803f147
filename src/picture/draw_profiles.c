/* draw_profiles.c -- performance profiles, data profiles, pairs. */
#include <stdlib.h>
#include "analysis/profile.h"
#include "picture/pictures.h"

static const struct {
	double gap;
	const char *text;
} goals[] = {
	{ 1e-1, "1e-1" },
	{ 1e-3, "1e-3" },
	{ 1e-5, "1e-5" },
	{ 1e-7, "1e-7" },
};
enum { GOALS = sizeof goals / sizeof *goals, PAIRED = 5 };

struct profile {
	double *cost[GOALS];
	double *sorted;
	size_t (*pair)[2];  /* pairwise: the two curves of each panel, */
	const size_t *best; /* and the method of each curve */
};

/* One curve: the sorted numbers of a method as a staircase that ends at the right border. */
static void staircase(struct page *page, struct panel *panel, const double *v, size_t count)
{
	struct stairs s = { 0, NAN, NAN };
	size_t i = 0;

	while (i < count && v[i] <= panel->xlow)
		i++;
	s.y = (double)i / (double)count;
	page_row(page, panel, panel->xlow, s.y, NAN, NAN);
	for (; i < count && v[i] <= panel->xhigh; i++)
		page_stair(page, panel, &s, v[i], (double)(i + 1) / (double)count, NAN, NAN);
	page_row(page, panel, panel->xhigh, s.y, NAN, NAN);
}

static size_t goal_of(const struct panel *panel)
{
	size_t k = 0;

	while (k + 1 < GOALS && goals[k].gap != panel->gap)
		k++;
	return k;
}

static int write_performance(struct page *page, struct panel *panel, size_t method, void *data)
{
	const struct profile *f = data;
	size_t problems = page->p->s->commons, methods = page->p->s->r->methods;

	performance_ratios(f->cost[goal_of(panel)], problems, methods, method, -1, f->sorted);
	staircase(page, panel, f->sorted, problems);
	return 0;
}

static int write_pair(struct page *page, struct panel *panel, size_t curve, void *data)
{
	const struct profile *f = data;
	const size_t *pair = f->pair[panel->problem];
	size_t problems = page->p->s->commons, methods = page->p->s->r->methods;

	if (curve != pair[0] && curve != pair[1])
		return 0;
	performance_ratios(f->cost[0], problems, methods, f->best[curve],
		(long)f->best[curve == pair[0] ? pair[1] : pair[0]], f->sorted);
	staircase(page, panel, f->sorted, problems);
	return 0;
}

static int write_data(struct page *page, struct panel *panel, size_t method, void *data)
{
	const struct profile *f = data;
	const struct study *s = page->p->s;
	const struct records *r = s->r;
	const double *cost = f->cost[goal_of(panel)];

	for (size_t p = 0; p < s->commons; p++)
		f->sorted[p] = cost[p * r->methods + method] /
			       (fmax(0, r->problem[s->common[p]].n) + 1);
	sort_numbers(f->sorted, s->commons);
	staircase(page, panel, f->sorted, s->commons);
	return 0;
}

/* Largest finite number of all curves, for the right border. */
static double largest(const struct pictures *p, const double *cost, int per_dimension)
{
	const struct records *r = p->s->r;
	double most = 1;

	for (size_t i = 0; i < p->s->commons; i++) {
		double least = INFINITY;

		for (size_t m = 0; m < r->methods; m++)
			least = fmin(least, cost[i * r->methods + m]);
		for (size_t m = 0; m < r->methods; m++) {
			double v = cost[i * r->methods + m] /
				   (per_dimension ? fmax(0, r->problem[p->s->common[i]].n) + 1
						  : least);

			if (isfinite(v) && v > most)
				most = v;
		}
	}
	return most;
}

static int profile_panels(
	const struct pictures *p, struct profile *f, struct panel *panel, int reduction)
{
	for (size_t k = 0; k < GOALS; k++) {
		f->cost[k] = cost_matrix(p->s, (struct goal){ goals[k].gap, reduction });
		if (!f->cost[k])
			return -1;
		panel[k] = (struct panel){ .gap = goals[k].gap,
			.ylow = 0,
			.yhigh = 1.02,
			.beyond = INFINITY,
			.xlow = reduction ? 0.1 : 1,
			.xhigh = 1.5 * largest(p, f->cost[k], reduction) };
		panel[k].title = arena_print(&p->s->r->arena,
			reduction ? "f - f* ≤ %s (f(x0) - f*)" : "relative gap %s",
			goals[k].text);
		if (!panel[k].title)
			return -1;
	}
	f->sorted = malloc((p->s->r->problems + 1) * sizeof *f->sorted);
	return f->sorted ? 0 : -1;
}

static void profile_free(struct profile *f)
{
	for (size_t k = 0; k < GOALS; k++)
		free(f->cost[k]);
	free(f->sorted);
	free(f->pair);
}

static int draw_profile(
	const struct pictures *p, struct page *page, int reduction, struct why *why)
{
	struct panel panel[GOALS];
	struct profile f = { 0 };
	int status;

	if (!p->s->commons)
		return 0;
	page->p = p;
	page->ytitle = "share of problems";
	page->fixed = 1;
	page->stairs = 1;
	page->panel = panel;
	page->panels = GOALS;
	page->label = method_labels(p->s->r);
	page->curves = p->s->r->methods;
	page->data = &f;
	if (!page->label || profile_panels(p, &f, panel, reduction))
		status = fail(why, "out of memory");
	else
		status = page_draw(page, why);
	profile_free(&f);
	return status;
}

static int draw_performance(const struct pictures *p, struct why *why)
{
	struct page page = { .file = "performance-profile",
		.xtitle = "cost (ERT) over that of the best method",
		.write = write_performance,
		.note = "left end: share of problems where the method is best; right end: "
			"where it reaches the gap at all" };

	return draw_profile(p, &page, 0, why);
}

static int draw_data_profile(const struct pictures *p, struct why *why)
{
	char title[160];
	struct page page = { .file = "data-profile",
		.xtitle = title,
		.write = write_data,
		.note = "cost: ERT; a problem counts as solved when the gap is this share of "
			"that of the start" };

	snprintf(title, sizeof title, "(%s) / (n + 1)", p->s->cost.title);
	return draw_profile(p, &page, 1, why);
}

/* With more than two methods a profile does not rank the losers (Gould, Scott 2016): every pair
 * of the methods, or where they are many of the best of them. */
static int draw_pairwise(const struct pictures *p, struct why *why)
{
	size_t methods = p->s->r->methods < PAIRED ? p->s->r->methods : PAIRED, count = 0;
	size_t best[PAIRED] = { 0 };
	const char *label[PAIRED], *const *all = method_labels(p->s->r);
	size_t pairs = p->s->commons ? methods * (methods - 1) / 2 : 0;
	struct panel *panel = calloc(pairs + 1, sizeof *panel);
	struct profile f = { .pair = calloc(pairs + 1, sizeof *f.pair), .best = best };
	struct page page = { .p = p,
		.file = "performance-profile-pairwise",
		.ytitle = "share of problems",
		.xtitle = "cost (ERT) over that of the better of the two",
		.fixed = 1,
		.stairs = 1,
		.panel = panel,
		.label = label,
		.method = best,
		.curves = methods,
		.data = &f,
		.write = write_pair };
	int status = 0;

	f.cost[0] = cost_matrix(p->s, (struct goal){ p->s->target, 0 });
	f.sorted = malloc((p->s->r->problems + 1) * sizeof *f.sorted);
	if (!panel || !f.pair || !f.cost[0] || !f.sorted || !all)
		status = fail(why, "out of memory");
	for (size_t m = 0; m < p->s->r->methods; m++)
		if (p->looks->place[m] < PAIRED)
			best[p->looks->place[m]] = m;
	for (size_t i = 0; i < methods && !status; i++)
		label[i] = all[best[i]];
	for (size_t a = 0; pairs && a < methods && !status; a++)
		for (size_t b = a + 1; b < methods; b++) {
			f.pair[count][0] = a;
			f.pair[count][1] = b;
			panel[count] = (struct panel){ .problem = count,
				.ylow = 0,
				.yhigh = 1.02,
				.beyond = INFINITY,
				.xlow = 1,
				.xhigh = 1.5 * largest(p, f.cost[0], 0),
				.title = arena_print(
					&p->s->r->arena, "%s — %s", label[a], label[b]) };
			if (!panel[count++].title)
				status = fail(why, "out of memory");
		}
	snprintf(page.note, sizeof page.note, "relative gap %g%s", p->s->target,
		methods < p->s->r->methods ? "; the best methods" : "");
	page.panels = count;
	if (!status && count)
		status = page_draw(&page, why);
	profile_free(&f);
	free(panel);
	return status;
}

const struct kind kind_performance_profile = {
	.name = "performance-profile",
	.help = "share of problems against the ratio to the best",
	.caption = "Performance profiles (Dolan, More 2002) of the expected cost to a gap.",
	.section = SECTION_PROFILES,
	.draw = draw_performance,
};

const struct kind kind_data_profile = {
	.name = "data-profile",
	.help = "share of problems against cost per dimension",
	.caption = "Data profiles (More, Wild 2009).",
	.section = SECTION_PROFILES,
	.draw = draw_data_profile,
};

const struct kind kind_pairwise = {
	.name = "pairwise",
	.help = "performance profiles of each pair of methods",
	.caption = "Pairwise performance profiles: with more than two methods a profile does "
		   "not rank the losers.",
	.section = SECTION_PROFILES,
	.draw = draw_pairwise,
};
