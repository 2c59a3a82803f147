/* split.c -- what is one problem and one method. Runs that were given another budget, target,
 * batch, noise or sampling on the same problem, or that another build made, are not pooled
 * under one name: the method is split. But samples (batch, noise, sampling) that two methods at
 * least have in common are problems of their own. */
#include <stdlib.h>
#include <string.h>
#include "analysis/reader.h"
#include "ground/number.h"

/* Settings of a run. A method is split by one in which its own runs on a problem differ; by a
 * strict one also where only those of another method do: it changes what the function shows of
 * itself. */
static const struct setting {
	const char *name, *absent;
	size_t offset;
	int text, strict, inner; /* inner: of the method, not of how it was run: no matter
				    between two methods */
} settings[] = {
	{ "budget", "none", offsetof(struct run, budget), 0, 0 },
	{ "steps", "none", offsetof(struct run, budget_steps), 0, 0 },
	{ "epochs", "none", offsetof(struct run, budget_epochs), 0, 0 },
	{ "seconds", "none", offsetof(struct run, budget_seconds), 0, 0 },
	{ "target", "none", offsetof(struct run, target), 0, 0 },
	{ "batch", "all", offsetof(struct run, batch), 0, 1 },
	{ "noise", "0", offsetof(struct run, noise), 0, 1 },
	{ "sampling", "reshuffle", offsetof(struct run, sampling), 1, 1 },
	{ "build", "unknown", offsetof(struct run, build), 1, 0, 1 },
};
enum { SETTINGS = sizeof settings / sizeof *settings };

static const void *value(const struct run *run, const struct setting *s)
{
	return (const char *)run + s->offset;
}

/* A text that is not there and the usual sampling are the same. */
static const char *word(const struct run *run, const struct setting *s)
{
	const char *text = *(const char *const *)value(run, s);

	return *text ? text : s->absent;
}

static double figure(const struct run *run, const struct setting *s)
{
	return *(const double *)value(run, s);
}

/* Bits of the settings in which two runs differ. */
static unsigned differ(const struct run *a, const struct run *b)
{
	unsigned bits = 0;

	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];
		double x, y;

		if (s->text) {
			bits |= strcmp(word(a, s), word(b, s)) ? 1u << i : 0;
			continue;
		}
		x = figure(a, s);
		y = figure(b, s);
		bits |= x == y || (isnan(x) && isnan(y)) ? 0 : 1u << i;
	}
	return bits;
}

static unsigned strict_bits(void)
{
	unsigned bits = 0;

	for (size_t i = 0; i < SETTINGS; i++)
		bits |= settings[i].strict ? 1u << i : 0;
	return bits;
}

static unsigned inner_bits(void)
{
	unsigned bits = 0;

	for (size_t i = 0; i < SETTINGS; i++)
		bits |= settings[i].inner ? 1u << i : 0;
	return bits;
}

static int add_settings(
	struct records *r, const struct run *run, unsigned bits, struct pairs *p)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];
		char text[40];
		const char *v = text;

		if (!(bits >> i & 1))
			continue;
		if (s->text)
			v = word(run, s);
		else if (isnan(figure(run, s)))
			v = s->absent;
		else
			print_double(text, sizeof text, figure(run, s));
		if (pair_add(r, p, s->name, arena_text(&r->arena, v, strlen(v))))
			return -1;
	}
	return 0;
}

/* ------------------------------------------------------------------ problems ------------------ */

enum { SAMPLES = 32 }; /* of one problem; more are left to the methods */

/* The samples of a problem, by a run of each, and which methods ran them. */
struct samples {
	size_t run[SAMPLES], count;
	char *ran; /* SAMPLES x methods */
	int many;
};

static void note_sample(const struct records *r, struct samples *s, size_t run, unsigned strict)
{
	size_t k = 0;

	while (k < s->count && differ(&r->run[s->run[k]], &r->run[run]) & strict)
		k++;
	if (k == SAMPLES) {
		s->many = 1;
		return;
	}
	s->run[k] = run;
	s->count += k == s->count;
	s->ran[k * r->methods + r->run[run].method] = 1;
}

/* Any two samples were run by two methods at least that are the same. */
static int is_design(const struct samples *s, size_t methods)
{
	for (size_t i = 1; i < s->count; i++)
		for (size_t k = 0; k < i; k++) {
			size_t both = 0;

			for (size_t m = 0; m < methods; m++)
				both += s->ran[i * methods + m] && s->ran[k * methods + m];
			if (both < 2)
				return 0;
		}
	return s->count > 1 && !s->many;
}

/* Puts a run under the problem that its sample makes of its present one. */
static int move_problem(struct records *r, struct run *run, unsigned bits)
{
	const struct entry base = r->problem[run->problem];
	struct pairs p = { .count = base.pairs };
	struct entry *e;
	long at;

	memcpy(p.v, base.pair, 2 * p.count * sizeof *p.v);
	if (add_settings(r, run, bits, &p) || (at = problem_entry(r, base.name, &p)) < 0)
		return -1;
	run->problem = (size_t)at;
	e = &r->problem[at];
	e->traits = base.traits;
	e->n = base.n;
	e->optimum = base.optimum;
	if (run->place < e->order)
		e->order = run->place;
	return 0;
}

/* One problem whose runs differ in their samples by these bits. */
static int split_problem(struct records *r, size_t problem, unsigned bits, char *ran)
{
	struct samples s = { .ran = ran };
	unsigned strict = strict_bits();
	int bad = 0;

	memset(ran, 0, SAMPLES * r->methods);
	for (size_t i = 0; i < r->runs; i++)
		if (r->run[i].problem == problem)
			note_sample(r, &s, i, strict);
	if (!is_design(&s, r->methods))
		return 0;
	for (size_t i = 0; !bad && i < r->runs; i++)
		if (r->run[i].problem == problem)
			bad = move_problem(r, &r->run[i], bits);
	return bad;
}

static int split_problems(struct records *r)
{
	size_t problems = r->problems, *first = malloc((problems + 1) * sizeof *first);
	unsigned *bits = calloc(problems + 1, sizeof *bits), strict = strict_bits();
	char *ran = malloc(SAMPLES * r->methods + 1);
	int bad = !first || !bits || !ran;

	if (!bad)
		memset(first, 0xff, problems * sizeof *first);
	for (size_t i = 0; !bad && i < r->runs; i++) {
		size_t p = r->run[i].problem;

		if (first[p] == (size_t)-1)
			first[p] = i;
		bits[p] |= differ(&r->run[first[p]], &r->run[i]) & strict;
	}
	for (size_t p = 0; !bad && p < problems; p++)
		if (bits[p])
			bad = split_problem(r, p, bits[p], ran);
	free(first);
	free(bits);
	free(ran);
	return bad;
}

/* ------------------------------------------------------------------ methods ------------------- */

/* split[m]: by what method m is split. uneven[p]: settings in which methods differ on problem
 * p. */
struct findings {
	unsigned *split, *uneven;
	size_t *first; /* a run of problem p and method m, (size_t)-1 none; then one of problem
			  p */
};

static void compare_runs(const struct records *r, struct findings *f)
{
	size_t methods = r->methods, pairs = r->problems * methods;
	unsigned strict = strict_bits(), inner = inner_bits(), own_change;

	memset(f->first, 0xff, (pairs + r->problems) * sizeof *f->first);
	for (size_t i = 0; i < r->runs; i++) {
		const struct run *run = &r->run[i];
		size_t *own = &f->first[run->problem * methods + run->method],
		       *any = &f->first[pairs + run->problem];

		if (*own == (size_t)-1)
			*own = i;
		if (*any == (size_t)-1)
			*any = i;
		own_change = differ(&r->run[*own], run);
		f->split[run->method] |= own_change;
		f->uneven[run->problem] |=
			(differ(&r->run[*any], run) & ~inner) | (own_change & inner);
	}
	for (size_t p = 0; p < r->problems; p++)
		for (size_t m = 0; m < methods; m++)
			if (f->first[p * methods + m] != (size_t)-1)
				f->split[m] |= f->uneven[p] & strict;
}

/* A method that was given the same everywhere and otherwise than another on some problem: said
 * in its label. */
static void show_differences(const struct records *r, struct findings *f)
{
	size_t *first = f->first; /* now: a run of method m */
	unsigned *changes = calloc(r->methods + 1, sizeof *changes),
		 *meets = calloc(r->methods + 1, sizeof *meets);

	memset(first, 0xff, r->methods * sizeof *first);
	for (size_t i = 0; changes && meets && i < r->runs; i++) {
		size_t m = r->run[i].method;

		if (first[m] == (size_t)-1)
			first[m] = i;
		changes[m] |= differ(&r->run[first[m]], &r->run[i]);
		meets[m] |= f->uneven[r->run[i].problem];
	}
	for (size_t m = 0; changes && meets && m < r->methods; m++)
		f->split[m] |= meets[m] & ~changes[m];
	free(changes);
	free(meets);
}

/* Puts a run under the method that its settings make of its present one. */
static int move(struct records *r, struct run *run, unsigned bits)
{
	const struct entry base = r->method[run->method];
	struct pairs p = { .count = base.options_only };
	struct entry *e;
	long at;

	if (2 * p.count > sizeof p.v / sizeof *p.v)
		return 0;
	memcpy(p.v, base.pair, 2 * p.count * sizeof *p.v);
	if (add_settings(r, run, bits, &p) || (at = method_entry(r, base.name, &p)) < 0)
		return -1;
	run->method = (size_t)at;
	e = &r->method[at];
	e->title = base.title;
	e->mark = base.mark;
	e->traits = base.traits;
	e->options_only = base.options_only;
	if (base.order < e->order)
		e->order = base.order;
	return 0;
}

/* Says where methods had unequal budgets: what they reached is compared all the same. */
static int warn_uneven(struct records *r, const unsigned *uneven, size_t problems)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		size_t count = 0;

		for (size_t p = 0; p < problems; p++)
			count += uneven[p] >> i & 1;
		if (count && records_warn(r,
				     "on %zu of %zu problems the runs differ in %s: labels "
				     "name it where a method "
				     "had the same everywhere, runs of one method that differ "
				     "are methods of their own",
				     count, problems, settings[i].name))
			return -1;
	}
	return 0;
}

static int split_methods(struct records *r)
{
	size_t methods = r->methods, cells = (r->problems + 1) * (methods + 1);
	struct findings f = { calloc(methods + 1, sizeof *f.split),
		calloc(r->problems + 1, sizeof *f.uneven), malloc(cells * sizeof *f.first) };
	int bad = !f.split || !f.uneven || !f.first;

	if (!bad) {
		compare_runs(r, &f);
		show_differences(r, &f);
		bad = warn_uneven(r, f.uneven, r->problems);
	}
	for (size_t i = 0; !bad && i < r->runs; i++)
		if (f.split[r->run[i].method])
			bad = move(r, &r->run[i], f.split[r->run[i].method]);
	free(f.split);
	free(f.uneven);
	free(f.first);
	return bad ? -1 : 0;
}

int records_split(struct records *r)
{
	return split_problems(r) || split_methods(r) || records_keep(r, r->problems) ? -1 : 0;
}
