/* draw_sensitivity.c -- final gap against the learning rate: which range of it is good enough.
 */
#include <stdlib.h>
#include <string.h>
#include "analysis/statistics.h"
#include "ground/number.h"
#include "picture/pictures.h"

/* Methods that differ in lr alone. */
struct family {
	const char *label;
	size_t count, *method; /* by growing lr */
	double *lr;
};

struct families {
	struct family *family;
	size_t count;
	double *scratch;
	size_t *best; /* of each family the member at the best place: it lends its look */
};

static double rate_of(const struct entry *e)
{
	const char *text = entry_option(e, "lr");
	double v;

	return text && !parse_double(text, &v) && v > 0 ? v : NAN;
}

/* Same optimizer and same options but for lr. */
static int alike(const struct entry *a, const struct entry *b)
{
	if (a->name != b->name || a->pairs != b->pairs)
		return 0;
	for (size_t i = 0; i < a->pairs; i++)
		if (strcmp(a->pair[2 * i], "lr") &&
			(a->pair[2 * i] != b->pair[2 * i] ||
				a->pair[2 * i + 1] != b->pair[2 * i + 1]))
			return 0;
	return 1;
}

static void insert(struct family *f, size_t method, double lr)
{
	size_t at = f->count++;

	for (; at && f->lr[at - 1] > lr; at--) {
		f->lr[at] = f->lr[at - 1];
		f->method[at] = f->method[at - 1];
	}
	f->lr[at] = lr;
	f->method[at] = method;
}

/* The label of the first member without its lr. */
static const char *family_label(struct records *r, const struct entry *e)
{
	const char *at = strstr(e->label, " lr="), *rest;

	if (!at)
		return e->label;
	rest = strchr(at, ',');
	return arena_print(
		&r->arena, "%.*s%s", (int)(at - e->label), e->label, rest ? rest + 1 : "");
}

static int collect(struct records *r, struct families *out)
{
	out->family = calloc(r->methods + 1, sizeof *out->family);
	for (size_t m = 0; out->family && m < r->methods; m++) {
		double lr = rate_of(&r->method[m]);
		size_t k = 0;

		if (isnan(lr))
			continue;
		while (k < out->count &&
			!alike(&r->method[out->family[k].method[0]], &r->method[m]))
			k++;
		if (k == out->count) {
			struct family *f = &out->family[out->count++];

			f->method = calloc(r->methods, sizeof *f->method);
			f->lr = calloc(r->methods, sizeof *f->lr);
			f->label = family_label(r, &r->method[m]);
			if (!f->method || !f->lr || !f->label)
				return -1;
		}
		insert(&out->family[k], m, lr);
	}
	return out->family ? 0 : -1;
}

static int write_family(struct page *page, struct panel *panel, size_t i, void *data)
{
	struct families *all = data;
	const struct family *f = &all->family[i];
	double floor = page->p->floor;

	for (size_t k = 0; k < f->count; k++) {
		struct track *const *list;
		size_t count = study_runs(page->p->s, panel->problem, f->method[k], &list);
		double *v = all->scratch;

		for (size_t j = 0; j < count; j++)
			v[j] = track_final(list[j]);
		sort_numbers(v, count);
		if (count)
			page_row(page, panel, f->lr[k], fmax(floor, quantile(v, count, 0.5)),
				fmax(floor, quantile(v, count, 0.25)),
				fmax(floor, quantile(v, count, 0.75)));
	}
	return 0;
}

static size_t best_of(const struct looks *l, const struct family *f)
{
	size_t best = f->method[0];

	for (size_t i = 1; i < f->count; i++)
		if (l->place[f->method[i]] < l->place[best])
			best = f->method[i];
	return best;
}

static int draw(const struct pictures *p, struct families *all, struct why *why)
{
	struct records *r = p->s->r;
	struct panel *panel = calloc(r->problems + 1, sizeof *panel);
	const char **label = calloc(all->count + 1, sizeof *label);
	struct page page = { .p = p,
		.file = "sensitivity",
		.xtitle = "learning rate lr",
		.ytitle = "best gap (f - f*) / max(1, |f*|)",
		.logy = 1,
		.points = 1,
		.panel = panel,
		.label = label,
		.curves = all->count,
		.method = all->best,
		.write = write_family,
		.data = all };
	double low = INFINITY, high = 0;
	int status;

	if (!panel || !label) {
		free(panel);
		free(label);
		return fail(why, "out of memory");
	}
	for (size_t i = 0; i < all->count; i++) {
		label[i] = all->family[i].label;
		all->best[i] = best_of(p->looks, &all->family[i]);
		low = fmin(low, all->family[i].lr[0]);
		high = fmax(high, all->family[i].lr[all->family[i].count - 1]);
	}
	for (size_t i = 0; i < r->problems; i++)
		panel[page.panels++] = (struct panel){ .problem = i,
			.title = r->problem[i].label,
			.xlow = low / 1.3,
			.xhigh = high * 1.3,
			.beyond = INFINITY };
	snprintf(page.note, sizeof page.note,
		"median and interquartile range over instances and seeds at the end of "
		"the budget; values below %g are drawn at %g",
		p->floor, p->floor);
	status = page_draw(&page, why);
	free(panel);
	free(label);
	return status;
}

static int draw_sensitivity(const struct pictures *p, struct why *why)
{
	struct families all = { .scratch = malloc((p->s->tracks + 1) * sizeof *all.scratch),
		.best = calloc(p->s->r->methods + 1, sizeof *all.best) };
	int status = collect(p->s->r, &all) || !all.scratch || !all.best
			     ? fail(why, "out of memory")
			     : 0;
	size_t kept = 0;

	for (size_t i = 0; i < all.count && !status; i++) {
		struct family f = all.family[i];

		if (f.count >= 3) { /* two points show no range */
			all.family[i] = all.family[kept];
			all.family[kept++] = f;
		}
	}
	if (kept && !status) {
		size_t made = all.count;

		all.count = kept;
		status = draw(p, &all, why);
		all.count = made;
	}
	for (size_t i = 0; all.family && i < all.count; i++) {
		free(all.family[i].method);
		free(all.family[i].lr);
	}
	free(all.family);
	free(all.scratch);
	free(all.best);
	return status;
}

const struct kind kind_sensitivity = {
	.name = "sensitivity",
	.help = "final gap against the learning rate",
	.caption = "Final gap against the learning rate.",
	.section = SECTION_METHODS,
	.draw = draw_sensitivity,
};
