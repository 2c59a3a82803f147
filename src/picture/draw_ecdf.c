/* draw_ecdf.c -- run-length ECDF: share of (problem, target) reached against cost. */
#include <stdlib.h>
#include "analysis/profile.h"
#include "picture/pictures.h"

/* Results are never pooled over dimension: where a problem comes in several, each n is a panel.
 */
struct group {
	double n; /* NAN: all problems */
	size_t count;
	size_t *problem;
	struct band *band; /* of each method: drawn again on every page */
};

static int several_dimensions(const struct records *r)
{
	for (size_t i = 0; i < r->problems; i++)
		for (size_t k = 0; k < i; k++)
			if (r->problem[i].name == r->problem[k].name &&
				r->problem[i].n != r->problem[k].n)
				return 1;
	return 0;
}

static size_t group(const struct study *s, struct group *out)
{
	const struct records *r = s->r;
	int split = several_dimensions(r);
	size_t groups = 0, k;

	for (size_t c = 0; c < s->commons; c++) {
		size_t i = s->common[c];
		double n = split ? r->problem[i].n : NAN;

		if (!study_known(s, i)) /* no target to reach */
			continue;
		for (k = 0; k < groups && split && out[k].n != n; k++)
			;
		if (k == groups)
			out[groups++] = (struct group){ .n = n,
				.problem = calloc(r->problems, sizeof(size_t)),
				.band = calloc(r->methods, sizeof(struct band)) };
		if (out[k].problem)
			out[k].problem[out[k].count++] = i;
	}
	return groups;
}

/* Cost per dimension makes no sense over mixed dimensions; cost itself does, restarts included.
 */
static int write_ecdf(struct page *page, struct panel *panel, size_t method, void *data)
{
	struct group *g = (struct group *)data + panel->problem;
	struct stairs s = { 0, 0, 0 };
	struct band *b = &g->band[method];

	if (!b->points && run_length_ecdf(page->p->s, g->problem, g->count, method, panel->xlow,
				  panel->xhigh, 1, b))
		return -1;
	for (size_t i = 0; i < b->points; i++)
		page_stair(page, panel, &s, b->x[i], b->y[i], b->low[i], b->high[i]);
	return 0;
}

static void ecdf_panel(const struct pictures *p, const struct group *g, struct panel *panel)
{
	struct arena *a = &p->s->r->arena;

	panel->title = arena_print(a, "%zu %s, 51 targets 1e2 .. 1e-8", g->count,
		g->count == 1 ? "problem" : "problems");
	if (panel->title && !isnan(g->n))
		panel->title = arena_print(a, "n = %.0f: %s", g->n, panel->title);
	panel->xlow = panel->beyond = INFINITY;
	panel->xhigh = 0;
	for (size_t i = 0; i < g->count; i++) {
		struct panel one = { .problem = g->problem[i] };

		cost_range(p->s, g->problem[i], &one);
		panel->xlow = fmin(panel->xlow, one.xlow);
		panel->xhigh = fmax(panel->xhigh, one.xhigh);
		panel->beyond = fmin(panel->beyond, one.beyond);
	}
	panel->xhigh *= 10; /* what restarts add */
	panel->ylow = 0;
	panel->yhigh = 1;
}

static int draw_ecdf(const struct pictures *p, struct why *why)
{
	size_t problems = p->s->r->problems, groups;
	struct group *g = calloc(problems + 1, sizeof *g);
	struct panel *panel = calloc(problems + 1, sizeof *panel);
	struct page page = { .p = p,
		.file = "ecdf",
		.xtitle = p->s->cost.title,
		.ytitle = "share of (problem, target) reached",
		.fixed = 1,
		.stairs = 1,
		.panel = panel,
		.label = method_labels(p->s->r),
		.curves = p->s->r->methods,
		.write = write_ecdf,
		.data = g,
		.note = "simulated restarts, 1000 draws a problem; band: 95 % bootstrap over "
			"runs; "
			"grey: beyond the smallest budget" };
	int status = g && panel && page.label ? 0 : -1;

	groups = status ? 0 : group(p->s, g);
	for (size_t i = 0; i < groups && !status; i++) {
		panel[i].problem = i;
		ecdf_panel(p, &g[i], &panel[i]);
		status = panel[i].title && g[i].problem && g[i].band ? 0 : -1;
	}
	page.panels = groups;
	status = status ? fail(why, "out of memory") : groups ? page_draw(&page, why) : 0;
	for (size_t i = 0; i < groups; i++) {
		for (size_t m = 0; g[i].band && m < p->s->r->methods; m++)
			band_free(&g[i].band[m]);
		free(g[i].band);
		free(g[i].problem);
	}
	free(g);
	free(panel);
	return status;
}

const struct kind kind_ecdf = {
	.name = "ecdf",
	.help = "share of (problem, target) reached against cost, with restarts",
	.caption = "Run-length distribution: share of (problem, target) pairs reached, "
		   "restarts simulated.",
	.section = SECTION_PROFILES,
	.draw = draw_ecdf,
};
