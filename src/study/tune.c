/* tune.c -- equal-budget search for settings, on instances and seeds apart from those reported.
 */
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_qrng.h>
#include "analysis/statistics.h"
#include "analysis/study.h"
#include "ground/number.h"
#include "ground/option.h"
#include "study/tune.h"

enum { FIRST_SEED = 1, FRESH_SEED = 1001 }; /* of the search; of what is reported */

static const struct axis *axis_of(
	const struct tune *t, const struct nso_option *table, size_t option)
{
	for (size_t i = 0; i < t->axes; i++)
		if (!strcmp(t->axis[i].name, table[option].name))
			return &t->axis[i];
	return NULL;
}

static size_t axes_of(const struct tune *t, size_t optimizer)
{
	const struct nso_option *table = t->optimizers.at[optimizer].optimizer->options;
	size_t count = 0;

	for (size_t i = 0; i < option_count(table); i++)
		count += axis_of(t, table, i) != NULL;
	return count;
}

int tune_searched(const struct tune *t, size_t optimizer) { return axes_of(t, optimizer) > 0; }

/* Value at share u of an axis: three digits, so that a setting can be typed. */
static double at(const struct axis *a, const struct nso_option *option, double u)
{
	double v =
		a->linear ? a->low + u * (a->high - a->low) : a->low * pow(a->high / a->low, u);
	char text[32];

	snprintf(text, sizeof text, "%.3g", v);
	parse_double(text, &v);
	if (option_whole(option))
		v = round(v);
	return fmin(fmax(v, option->min), option->max);
}

static void fill(const struct tune *t, struct trial *trial, const double *u)
{
	const struct choice *c = &t->optimizers.at[trial->optimizer];
	const struct nso_option *table = c->optimizer->options;
	size_t next = 0;

	memcpy(trial->opt, c->opt, sizeof trial->opt);
	for (size_t i = 0; i < option_count(table); i++) {
		const struct axis *a = axis_of(t, table, i);

		if (a)
			trial->opt[i] = at(a, &table[i], u[next++]);
	}
}

static int trials_of(struct tune *t, size_t optimizer, struct why *why)
{
	size_t axes = axes_of(t, optimizer), count = axes ? t->per_method : 1;
	gsl_qrng *sobol = axes > 1 ? gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)axes) : NULL;
	double u[MAX_AXES];

	if (axes > 1 && !sobol)
		return fail(why, "out of memory");
	for (size_t k = 0; k < count; k++) {
		struct trial *trial = &t->trial[t->trials++];

		u[0] = count > 1 ? (double)k / (double)(count - 1) : 0.5;
		if (sobol)
			gsl_qrng_get(sobol, u);
		*trial = (struct trial){
			.optimizer = optimizer, .place = k, .alive = 1, .rank = NAN
		};
		fill(t, trial, u);
	}
	if (sobol)
		gsl_qrng_free(sobol);
	return 0;
}

int tune_trials(struct tune *t, struct why *why)
{
	t->trial = calloc(t->optimizers.count * t->per_method + 1, sizeof *t->trial);
	if (!t->trial)
		return fail(why, "out of memory");
	for (size_t i = 0; i < t->optimizers.count; i++)
		if (trials_of(t, i, why))
			return -1;
	return 0;
}

static struct cell cell_at(const struct tune *t, double share)
{
	struct cell c = t->base;

	c.budget.work = fmax(1, c.budget.work * share);
	c.budget.steps =
		isfinite(c.budget.steps) ? fmax(1, floor(c.budget.steps * share)) : INFINITY;
	return c;
}

/* The cells of one setting on one problem, on the instances and seeds of the search or on fresh
 * ones. */
static int cross(const struct tune *t, int fresh, double share, size_t problem,
	size_t optimizer, const double *opt, struct plan *plan, struct why *why)
{
	struct choice o = t->optimizers.at[optimizer];
	struct settings s = { .cell = cell_at(t, share),
		.instances = t->instances[fresh],
		.instance_count = t->instance_count[fresh],
		.seed_count = t->seeds[fresh] };
	int bad;

	s.seeds = malloc((s.seed_count + 1) * sizeof *s.seeds);
	if (!s.seeds)
		return fail(why, "out of memory");
	for (size_t i = 0; i < s.seed_count; i++)
		s.seeds[i] = (fresh ? FRESH_SEED : FIRST_SEED) + i;
	memcpy(o.opt, opt, sizeof o.opt);
	bad = plan_cross(plan, &t->problems.at[problem], &o, &s, why);
	free(s.seeds);
	return bad;
}

static int cross_all(const struct tune *t, int fresh, double share, size_t optimizer,
	const double *opt, struct plan *plan, struct why *why)
{
	for (size_t p = 0; p < t->problems.count; p++)
		if (cross(t, fresh, share, p, optimizer, opt, plan, why))
			return -1;
	return 0;
}

struct trial *tune_best(const struct tune *t, size_t optimizer)
{
	struct trial *best = NULL;

	for (size_t i = 0; i < t->trials; i++)
		if (t->trial[i].optimizer == optimizer && t->trial[i].alive &&
			(!best || t->trial[i].rank < best->rank))
			best = &t->trial[i];
	return best;
}

static int same_setting(const struct nso_option *table, const double *a, const double *b)
{
	for (size_t i = 0; i < option_count(table); i++)
		if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i])))
			return 0;
	return 1;
}

static int plan_fresh(const struct tune *t, enum tune_part part, double share,
	struct plan *plan, struct why *why)
{
	for (size_t i = 0; i < t->optimizers.count; i++) {
		const struct choice *given = &t->optimizers.at[i];
		const double *best = tune_best(t, i)->opt;

		if (part == GIVEN && same_setting(given->optimizer->options, given->opt, best))
			continue;
		if (cross_all(t, 1, share, i, part == GIVEN ? given->opt : best, plan, why))
			return -1;
	}
	return 0;
}

int tune_plan(const struct tune *t, enum tune_part part, double share, struct plan *plan,
	struct why *why)
{
	static const char *const names[] = { "trials", "tuned", "given" };

	*plan = (struct plan){ 0 };
	if (!(plan->name = strdup(names[part])))
		return fail(why, "out of memory");
	for (size_t i = 0; i < t->trials && part == TRIALS; i++)
		if (t->trial[i].alive && cross_all(t, 0, share, t->trial[i].optimizer,
						 t->trial[i].opt, plan, why))
			return -1;
	if (part != TRIALS && plan_fresh(t, part, share, plan, why))
		return -1;
	return plan_drop_repeats(plan) ? fail(why, "out of memory") : 0;
}

/* ------------------------------------------------------------------ judging ------------------- */

/* Median over the runs of one setting on one problem; the runs are found by the keys of their
 * cells. */
static int median_of(const struct tune *t, int fresh, double share, size_t problem,
	size_t optimizer, const double *opt, const struct study *s, double *median, double *gap)
{
	size_t most = t->instance_count[fresh] * t->seeds[fresh], count = 0;
	struct plan plan = { .name = NULL };
	double *v = malloc((2 * most + 1) * sizeof *v), *g = v ? v + most : NULL;
	struct why why;
	int bad = !v || cross(t, fresh, share, problem, optimizer, opt, &plan, &why);

	for (size_t i = 0; i < plan.count && !bad; i++) {
		char key[17];
		const struct run *run;

		/* the name of the suite is no part of the key */
		cell_key(&plan.cell[i], key);
		if ((run = records_find(s->r, key))) {
			v[count] = track_score(&s->track[run - s->r->run], t->target);
			g[count++] = track_final(&s->track[run - s->r->run]);
		}
	}
	if (!bad) {
		*median = count ? quantile(v, sort_numbers(v, count), 0.5) : INFINITY;
		*gap = count ? quantile(g, sort_numbers(g, count), 0.5) : INFINITY;
	}
	plan_free(&plan);
	free(v);
	return bad ? -1 : 0;
}

static int study_of(
	const struct tune *t, const struct records *r, struct study *s, struct why *why)
{
	struct cost cost;

	return cost_parse(&cost, "value=1", why) ||
			       study_make(
				       s, (struct records *)(uintptr_t)r, &cost, t->target, why)
		       ? -1
		       : 0;
}

/* The trials of one method: on each problem ranks of their medians, then the mean over
 * problems. */
static int rank_method(struct tune *t, size_t optimizer, double share, const struct study *s)
{
	double *v = malloc(2 * t->trials * sizeof *v + 1), *rank = v ? v + t->trials : NULL,
	       gap;
	int bad = !v;

	for (size_t i = 0; i < t->trials; i++)
		if (t->trial[i].optimizer == optimizer && t->trial[i].alive)
			t->trial[i].rank = 0;
	for (size_t p = 0; p < t->problems.count && !bad; p++) {
		size_t count = 0;

		for (size_t i = 0; i < t->trials && !bad; i++)
			if (t->trial[i].optimizer == optimizer && t->trial[i].alive)
				bad = median_of(t, 0, share, p, optimizer, t->trial[i].opt, s,
					&v[count++], &gap);
		rank_numbers(v, count, rank);
		count = 0;
		for (size_t i = 0; i < t->trials && !bad; i++)
			if (t->trial[i].optimizer == optimizer && t->trial[i].alive)
				t->trial[i].rank += rank[count++] / (double)t->problems.count;
	}
	free(v);
	return bad ? -1 : 0;
}

int tune_rank(struct tune *t, double share, const struct records *r, struct why *why)
{
	struct study s;
	int bad = 0;

	if (study_of(t, r, &s, why))
		return -1;
	for (size_t i = 0; i < t->optimizers.count && !bad; i++)
		bad = rank_method(t, i, share, &s);
	for (size_t i = 0; i < t->trials; i++)
		if (t->trial[i].alive)
			t->trial[i].budget = share;
	study_free(&s);
	return bad ? fail(why, "out of memory") : 0;
}

void tune_keep(struct tune *t, size_t keep)
{
	for (size_t i = 0; i < t->trials; i++) {
		size_t before = 0;

		for (size_t k = 0; k < t->trials; k++)
			before += t->trial[k].optimizer == t->trial[i].optimizer &&
				  t->trial[k].alive >= 1 &&
				  (t->trial[k].rank < t->trial[i].rank ||
					  (t->trial[k].rank == t->trial[i].rank && k < i));
		if (t->trial[i].alive && before >= keep)
			t->trial[i].alive = 2; /* goes after the loop: others still count it */
	}
	for (size_t i = 0; i < t->trials; i++)
		t->trial[i].alive = t->trial[i].alive == 1;
}

int tune_edge(const struct tune *t, size_t optimizer)
{
	const struct trial *best = tune_best(t, optimizer);

	if (!best || axes_of(t, optimizer) != 1 || t->per_method < 3)
		return 0;
	return best->place == 0 ? -1 : best->place == t->per_method - 1 ? 1 : 0;
}

int tune_verdict(const struct tune *t, size_t optimizer, const struct records *r,
	struct tuned *out, struct why *why)
{
	const struct trial *best = tune_best(t, optimizer);
	double *d = malloc((t->problems.count + 1) * sizeof *d);
	struct test test = { NAN, 1, 0 };
	struct study s;
	int bad = !d;

	*out = (struct tuned){ .problems = t->problems.count };
	if (!best || bad || study_of(t, r, &s, why)) {
		free(d);
		return bad || !best ? fail(why, "out of memory") : -1;
	}
	for (size_t p = 0; p < t->problems.count && !bad; p++) {
		double given, tuned, gap[2];

		bad = median_of(t, 1, 1, p, optimizer, t->optimizers.at[optimizer].opt, &s,
			      &given, &gap[0]) ||
		      median_of(t, 1, 1, p, optimizer, best->opt, &s, &tuned, &gap[1]);
		if (bad)
			break;
		d[p] = isinf(tuned) && isinf(given) ? 0 : tuned - given;
		out->better += d[p] < 0;
		out->worse += d[p] > 0;
		for (size_t k = 0; k < 2; k++)
			out->gap[k] += log10(fmin(fmax(gap[k], 1e-16), 1e300)) /
				       (double)t->problems.count;
	}
	bad = bad || wilcoxon(d, t->problems.count, &test);
	out->p = test.p;
	for (size_t k = 0; k < 2; k++)
		out->gap[k] = pow(10, out->gap[k]);
	study_free(&s);
	free(d);
	return bad ? fail(why, "out of memory") : 0;
}

int tune_failed(const struct tuned *v)
{
	return v->worse > v->better && (v->gap[1] > v->gap[0] || v->p < 0.05);
}

void choice_text(const struct nso_option *table, const char *name, const double *opt, char *out,
	size_t size)
{
	size_t used = (size_t)snprintf(out, size, "%s", name);
	const char *join = ":";

	for (size_t i = 0; i < option_count(table) && used < size; i++) {
		char value[256];

		if (opt[i] == table[i].value || (isnan(opt[i]) && isnan(table[i].value)))
			continue;
		option_print(&table[i], opt[i], value, sizeof value);
		used += (size_t)snprintf(
			out + used, size - used, "%s%s=%s", join, table[i].name, value);
		join = ",";
	}
}

void tune_free(struct tune *t)
{
	choices_free(&t->problems);
	choices_free(&t->optimizers);
	free(t->trial);
	free(t->instances[0]);
	free(t->instances[1]);
	*t = (struct tune){ 0 };
}
