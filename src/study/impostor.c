/* impostor.c -- frozen, scaled and reversed copies of a method: its step from x to y is made as
 * x + scale (y - x). */
#include <config.h>
#include "ground/option.h"
#include "ground/registry.h"
#include "study/impostor.h"
#include <stdlib.h>
#include <string.h>

const char *const impostor_words[IMPOSTORS + 1] = { "none", "frozen", "random", "half", "twice",
	"sign" };
static const double scales[IMPOSTORS] = {
	[IMPOSTOR_HALF] = 0.5, [IMPOSTOR_TWICE] = 2, [IMPOSTOR_SIGN] = -1
};

/* The copy's options: which method, the scale, then its own. */
enum { INNER, SCALE, OWN };

struct copy {
	struct nso_optimizer base; /* first: freed by its address */
	struct nso_option option[NSO_MAX_OPTIONS + 1];
	char name[80], title[120];
};

struct scaled {
	const struct nso_optimizer *inner;
	void *state;
	double scale;
	size_t n;
	double x[];
};

static void scaled_free(void *state)
{
	struct scaled *s = state;

	if (s && s->inner->free)
		s->inner->free(s->state);
	free(s);
}

static void *scaled_init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct scaled *s = calloc(1, sizeof *s + n * sizeof *s->x);

	if (!s)
		return NULL;
	s->inner = optimizer_at((size_t)opt[INNER]);
	s->scale = opt[SCALE];
	s->n = n;
	s->state = s->inner->init(f, opt + OWN, x);
	if (s->state)
		return s;
	free(s);
	return NULL;
}

static enum nso_status scaled_step(void *state, struct nso_oracle *f, double *x)
{
	struct scaled *s = state;
	enum nso_status status;

	memcpy(s->x, x, s->n * sizeof *x);
	status = s->inner->step(s->state, f, x);
	for (size_t i = 0; i < s->n; i++)
		x[i] = s->scale == 0 ? s->x[i] : s->x[i] + s->scale * (x[i] - s->x[i]);
	return status;
}

static size_t index_of(const struct nso_optimizer *o)
{
	size_t i = 0;

	while (optimizer_at(i) && optimizer_at(i) != o)
		i++;
	return i;
}

static int scale_entry(struct entry_of_claim *e, enum impostor kind, struct why *why)
{
	struct copy *c = calloc(1, sizeof *c);
	size_t count = option_count(e->optimizer->options);

	if (!c)
		return fail(why, "out of memory");
	if (count + OWN > NSO_MAX_OPTIONS) {
		free(c);
		return fail(why, "%s has too many options for a copy with two more", e->name);
	}
	c->base = *e->optimizer;
	snprintf(c->name, sizeof c->name, "%s-%s", impostor_words[kind], e->optimizer->name);
	snprintf(
		c->title, sizeof c->title, "%s, %s", e->optimizer->title, impostor_words[kind]);
	c->option[INNER] = (struct nso_option){ .name = "(method)",
		.value = (double)index_of(e->optimizer),
		.max = 1e9,
		.help = "" };
	c->option[SCALE] = (struct nso_option){
		.name = "(scale)", .value = scales[kind], .min = -1, .max = 2, .help = ""
	};
	memcpy(c->option + OWN, e->optimizer->options, count * sizeof *c->option);
	c->base.name = c->name;
	c->base.title = c->title;
	c->base.options = c->option;
	c->base.init = scaled_init;
	c->base.step = scaled_step;
	c->base.free = scaled_free;
	e->optimizer = &c->base;
	return 0;
}

static void random_entry(struct entry_of_claim *e)
{
	e->optimizer = optimizer_find("random-search");
	e->options = NULL;
	e->tune = NULL;
	e->values = 1;
}

/* Is a test about this method? */
static int is_judged(const struct claim *c, const struct entry_of_claim *e)
{
	for (size_t i = 0; i < c->tests; i++) {
		const struct test_of_claim *t = &c->test[i];

		if (t->of ? !strcmp(t->of, e->label)
			  : !t->against || strcmp(t->against, e->label) != 0)
			return 1;
	}
	return 0;
}

int impostor_put(struct claim *c, enum impostor kind, struct why *why)
{
	for (size_t o = 0; kind != IMPOSTOR_NONE && o < c->optimizers; o++) {
		if (!is_judged(c, &c->optimizer[o]))
			continue;
		if (kind == IMPOSTOR_RANDOM)
			random_entry(&c->optimizer[o]);
		else if (scale_entry(&c->optimizer[o], kind, why))
			return -1;
	}
	return 0;
}

void impostors_free(struct claim *c)
{
	for (size_t o = 0; o < c->optimizers; o++) {
		const struct nso_optimizer *p = c->optimizer[o].optimizer;

		if (p && p->init == scaled_init)
			free((void *)(uintptr_t)p);
		c->optimizer[o].optimizer = NULL;
	}
}

enum verdict verdict_of_test(const struct outcome *o, const struct test_of_claim *t)
{
	enum verdict all = INCONCLUSIVE;
	size_t holds = 0, count = 0;

	for (size_t i = 0; i < o->findings; i++) {
		if (o->finding[i].test != t)
			continue;
		count++;
		holds += o->finding[i].verdict == HOLDS;
		if (o->finding[i].verdict == REFUTED)
			all = REFUTED;
	}
	return count && holds == count ? HOLDS : all;
}
