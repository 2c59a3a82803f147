/* evidence.c -- the runs of a claim: unfolds it into cells whose options follow from the
 * constants of each function, lets the workers run them, and reads quantities off the records.
 */
#include <config.h>
#include "analysis/records.h"
#include "analysis/study.h"
#include "ground/expression.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/plan.h"
#include "run/pool.h"
#include "run/schedule.h"
#include "study/claim.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* f is right to within this share of |f0 - f*| + |f*|; distances of R. */
static const double rounding_share = 1e-14;

struct making {
	struct evidence *e;
	const struct entry_of_claim *p, *o;
	size_t problem, optimizer;
	struct why *why;
};

/* ---------------------------------------------------------------- settings -------------------
 */

#define PICK(m, field)                                                                         \
	((m)->o->set.field          ? (m)->o->set.field                                        \
		: (m)->p->set.field ? (m)->p->set.field                                        \
				    : (m)->e->claim->set.field)

static int wrong(const struct making *m, const char *what, const char *why)
{
	return fail(m->why, "%s: %s on %s: %s: %s", m->e->claim->path, m->o->label, m->p->label,
		what, why);
}

/* A number, or an expression in the constants. */
static int number_of(const struct making *m, const char *what, const cJSON *v,
	const struct scope *s, double *out)
{
	struct why reason;

	if (cJSON_IsNumber(v)) {
		*out = v->valuedouble;
		return 0;
	}
	if (!cJSON_IsString(v))
		return wrong(m, what, "neither a number nor an expression");
	return evaluate(v->valuestring, s, out, &reason) ? wrong(m, what, reason.text) : 0;
}

/* Copies text, {expressions} replaced by their values. */
static int fill_in(const struct making *m, const char *what, const char *text,
	const struct scope *s, char *out, size_t size)
{
	char inner[200];
	struct why reason;
	double v;

	for (*out = 0; *text;) {
		size_t length = strcspn(text, "{"), used = strlen(out);

		snprintf(out + used, size - used, "%.*s", (int)length, text);
		text += length;
		if (!*text)
			break;
		length = strcspn(text, "}");
		snprintf(inner, sizeof inner, "%.*s", (int)length - 1, text + 1);
		if (evaluate(inner, s, &v, &reason))
			return wrong(m, what, reason.text);
		used = strlen(out);
		print_double(out + used, size - used, v);
		text += length + (text[length] == '}');
	}
	return 0;
}

static int set_options(const struct making *m, const struct nso_option *table,
	const char *owner, const cJSON *options, const struct scope *s, double *value)
{
	const cJSON *v;
	struct why reason;

	option_defaults(table, value);
	cJSON_ArrayForEach(v, options)
	{
		int i = option_find(table, v->string);
		char text[40];
		double number;

		if (cJSON_IsBool(v)) {
			snprintf(text, sizeof text, "%s", cJSON_IsTrue(v) ? "on" : "off");
		} else if (cJSON_IsString(v) &&
			   (table[i].words || !strcmp(v->valuestring, "auto"))) {
			if (option_set(table, owner, v->string, v->valuestring, value, &reason))
				return wrong(m, v->string, reason.text);
			continue;
		} else {
			if (number_of(m, v->string, v, s, &number))
				return -1;
			print_double(text, sizeof text,
				table[i].integer ? floor(number + 0.5) : number);
			if (isinf(number))
				snprintf(text, sizeof text, number > 0 ? "inf" : "-inf");
		}
		if (option_set(table, owner, v->string, text, value, &reason))
			return wrong(m, v->string, reason.text);
	}
	return 0;
}

static int set_words(const struct making *m, const struct scope *s, struct cell *c)
{
	const cJSON *schedule = PICK(m, schedule), *average = PICK(m, average),
		    *trace = PICK(m, trace), *sampling = PICK(m, sampling), *v;
	char text[300];
	struct why reason;
	unsigned one;

	if (cJSON_IsString(schedule) &&
		(fill_in(m, "schedule", schedule->valuestring, s, text, sizeof text) ||
			schedule_parse(text, &c->schedule, &reason)))
		return wrong(m, "schedule", reason.text);
	if (cJSON_IsString(average) &&
		(fill_in(m, "average", average->valuestring, s, text, sizeof text) ||
			average_parse(text, &c->average, &reason)))
		return wrong(m, "average", reason.text);
	if (cJSON_IsString(trace) && grid_parse(trace->valuestring, &c->grid, &reason))
		return wrong(m, "trace", reason.text);
	c->replacement =
		cJSON_IsString(sampling) && !strcmp(sampling->valuestring, "replacement");
	c->measures = MEASURE_SCORE;
	cJSON_ArrayForEach(v, PICK(m, measures))
	{
		if (!cJSON_IsString(v) || measures_parse(v->valuestring, &one, &reason))
			return wrong(
				m, "measures", cJSON_IsString(v) ? reason.text : "no text");
		c->measures |= one;
	}
	return 0;
}

static int set_numbers(const struct making *m, const struct scope *s, struct cell *c)
{
	const cJSON *batch = PICK(m, batch), *noise = PICK(m, noise),
		    *goldstein = PICK(m, goldstein);
	double v;

	if (batch) {
		if (number_of(m, "batch", batch, s, &v))
			return -1;
		c->batch = v > 0 ? (size_t)v : 0;
	}
	if (noise && number_of(m, "noise", noise, s, &c->noise))
		return -1;
	if (goldstein && number_of(m, "goldstein", goldstein, s, &c->goldstein_delta))
		return -1;
	return 0;
}

/* ---------------------------------------------------------------- constants ------------------
 */

static double radius(const struct instance *in, const double *x)
{
	double sum = 0;

	if (!in->facts.minimizer)
		return NAN;
	for (size_t i = 0; i < in->facts.n; i++)
		sum += (x[i] - in->facts.minimizer[i]) * (x[i] - in->facts.minimizer[i]);
	return sqrt(sum);
}

static int set_let(const struct making *m, const cJSON *let, struct scope *s)
{
	const cJSON *v;
	double number;

	cJSON_ArrayForEach(v, let)
	{
		if (number_of(m, v->string, v, s, &number))
			return -1;
		if (scope_set(s, v->string, number))
			return wrong(
				m, v->string, "too many constants, or the name is too long");
	}
	return 0;
}

static int set_constants(const struct making *m, const struct instance *in, struct sample *a)
{
	const struct nso_facts *k = &in->facts;
	struct scope *s = &a->constants;
	double *x = malloc(2 * k->n * sizeof *x), *g = x + k->n, f0, g0 = 0;
	const struct {
		const char *name;
		double value;
	} known[] = { { "n", (double)k->n }, { "m", (double)k->terms }, { "L", k->smoothness },
		{ "Lmax", k->term_smoothness }, { "mu", k->convexity }, { "pl", k->pl },
		{ "sharp", k->sharpness }, { "rho", k->weak_convexity }, { "G", k->lipschitz },
		{ "fstar", k->optimum }, { "N", a->horizon } };

	if (!x)
		return fail(m->why, "out of memory");
	instance_start(in, a->seed, x);
	f0 = instance_eval(in, x, g);
	for (size_t i = 0; i < k->n; i++)
		g0 += g[i] * g[i];
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		scope_set(s, known[i].name, known[i].value);
	scope_set(s, "f0", f0);
	scope_set(s, "g0", sqrt(g0));
	scope_set(s, "R", radius(in, x));
	a->rounding = rounding_share * (fabs(f0) + fabs(isnan(k->optimum) ? 0 : k->optimum)) +
		      (isfinite(k->optimum_error) ? k->optimum_error : 0);
	free(x);
	return set_let(m, m->e->claim->set.let, s) || set_let(m, m->p->set.let, s) ||
	       set_let(m, m->o->set.let, s);
}

/* ---------------------------------------------------------------- unfolding ------------------
 */

/* The function with these options, made once. */
static int function_of(const struct making *m, const double *opt, int number, size_t *at)
{
	struct evidence *e = m->e;
	size_t count = option_count(m->p->problem->options);
	struct instance *more;

	for (*at = 0; *at < e->functions; ++*at) {
		const struct instance *in = &e->function[*at];
		size_t same = 0;

		while (same < count && (in->opt[same] == opt[same] ||
					       (isnan(opt[same]) && isnan(in->opt[same]))))
			same++;
		if (in->problem == m->p->problem && in->number == number && same == count)
			return 0;
	}
	more = realloc(e->function, (e->functions + 1) * sizeof *more);
	if (!more)
		return fail(m->why, "out of memory");
	e->function = more;
	if (instance_make(&e->function[e->functions], m->p->problem, opt, number, m->why))
		return -1;
	e->functions++;
	return 0;
}

static struct sample *new_sample(struct evidence *e)
{
	if (e->samples == e->room) {
		size_t room = e->room ? 2 * e->room : 64;
		struct sample *more = realloc(e->sample, room * sizeof *more);

		if (!more)
			return NULL;
		e->sample = more;
		e->room = room;
	}
	e->sample[e->samples] = (struct sample){ 0 };
	return &e->sample[e->samples++];
}

static int wants_distance(const struct claim *c)
{
	for (size_t i = 0; i < c->tests; i++)
		if (mentions(c->test[i].quantity, "distance"))
			return 1;
	return 0;
}

static int score_is_distance(const struct nso_problem *p)
{
	return p->score && p->score_name && strstr(p->score_name, "distance");
}

static int add_sample(
	const struct making *m, size_t value, double horizon, int number, uint64_t seed)
{
	struct evidence *e = m->e;
	struct sample *a = new_sample(e);
	struct scope early = { 0 };
	struct cell c;
	size_t function;

	if (!a)
		return fail(m->why, "out of memory");
	*a = (struct sample){ .problem = m->problem,
		.optimizer = m->optimizer,
		.value = value,
		.horizon = horizon,
		.instance = number,
		.seed = seed };
	cell_defaults(&c);
	scope_set(&early, "N", horizon);
	if (set_options(m, m->p->problem->options, m->p->name, m->p->options, &early, c.popt) ||
		function_of(m, c.popt, number, &function) ||
		set_constants(m, &e->function[function], a) ||
		set_options(m, m->o->optimizer->options, m->o->name, m->o->options,
			&a->constants, c.oopt) ||
		set_words(m, &a->constants, &c) || set_numbers(m, &a->constants, &c))
		return -1;
	if (m->o->tune)
		c.oopt[option_find(m->o->optimizer->options, m->o->tune)] = m->o->value[value];
	c.suite = e->claim->id;
	c.problem = m->p->problem;
	c.optimizer = m->o->optimizer;
	c.instance = number;
	c.seed = seed;
	c.budget = (struct budget){ INFINITY, horizon, INFINITY, INFINITY, -INFINITY };
	c.record_x = wants_distance(e->claim) && !score_is_distance(c.problem);
	a->function = function;
	a->cell = e->plan.count;
	return plan_append(&e->plan, &c) ? fail(m->why, "out of memory") : 0;
}

/* A number K is the seeds 1..K; an array, or nothing, names the instances: 0 is the default. */
static long list_of(const cJSON *v, int count_from_one, size_t i)
{
	const cJSON *e;

	if (!v)
		return i ? -1 : count_from_one;
	if (cJSON_IsArray(v)) {
		e = cJSON_GetArrayItem(v, (int)i);
		return cJSON_IsNumber(e) ? (long)e->valuedouble : -1;
	}
	if (!cJSON_IsNumber(v))
		return -1;
	if (count_from_one)
		return (double)i < v->valuedouble ? (long)i + 1 : -1;
	return i ? -1 : (long)v->valuedouble;
}

static int unfold_horizon(const struct making *m, double horizon)
{
	const cJSON *instances = PICK(m, instances), *seeds = PICK(m, seeds);
	long number, seed;

	if (!(horizon >= 1 && horizon <= 1e9))
		return wrong(m, "steps", "expected a number from 1 to 1e9");
	for (size_t v = 0; v < m->o->values; v++)
		for (size_t i = 0; (number = list_of(instances, 0, i)) >= 0; i++)
			for (size_t k = 0; (seed = list_of(seeds, 1, k)) >= 0; k++) {
				if (add_sample(
					    m, v, floor(horizon), (int)number, (uint64_t)seed))
					return -1;
				if (!cell_is_random(&m->e->plan.cell[m->e->plan.count - 1]))
					break;
			}
	return 0;
}

static int unfold_pair(const struct making *m)
{
	const cJSON *steps = PICK(m, steps), *horizons = PICK(m, horizons), *v;
	struct scope none = { 0 };
	double horizon = 1000;

	cJSON_ArrayForEach(v, horizons) if (number_of(m, "horizons", v, &none, &horizon) ||
					    unfold_horizon(m, horizon)) return -1;
	if (horizons)
		return 0;
	if (steps && number_of(m, "steps", steps, &none, &horizon))
		return -1;
	return unfold_horizon(m, horizon);
}

static int unfold(struct evidence *e, struct why *why)
{
	const struct claim *c = e->claim;

	for (size_t p = 0; p < c->problems; p++)
		for (size_t o = 0; o < c->optimizers; o++) {
			struct making m = { e, &c->problem[p], &c->optimizer[o], p, o, why };

			if (unfold_pair(&m))
				return -1;
		}
	return e->samples ? 0 : fail(why, "%s: nothing to run", c->path);
}

/* ---------------------------------------------------------------- running --------------------
 */

static int run_all(struct evidence *e, const char *folder, int workers, struct why *why)
{
	struct pool_options o = {
		.workers = workers, .timeout = INFINITY, .memory_mib = INFINITY, .quiet = 1
	};
	struct tally tally;
	char path[4200], *todo = malloc(e->plan.count),
			 (*key)[17] = calloc(e->plan.count, sizeof *key);
	int fd, bad = -1;

	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0666);
	if (!todo || !key) {
		fail(why, "out of memory");
	} else if (fd < 0) {
		fail(why, "%s: %s", path, strerror(errno));
	} else {
		for (size_t i = 0; i < e->plan.count; i++) { /* equal cells are run once */
			cell_key(&e->plan.cell[i], key[i]);
			todo[i] = 1;
			for (size_t k = 0; todo[i] && k < i; k++)
				todo[i] = strcmp(key[i], key[k]) != 0;
		}
		bad = pool_run(&e->plan, todo, fd, &o, &tally, why);
		if (!bad && tally.signal)
			bad = tally.signal;
	}
	if (fd >= 0)
		close(fd);
	free(todo);
	free(key);
	return bad;
}

static int attach(struct evidence *e, struct why *why)
{
	char key[17];

	for (size_t i = 0; i < e->samples; i++) {
		struct sample *a = &e->sample[i];

		cell_key(&e->plan.cell[a->cell], key);
		for (size_t k = 0; k < e->records.runs && !a->run; k++)
			if (!strcmp(e->records.run[k].key, key))
				a->run = &e->records.run[k];
		if (!a->run)
			return fail(why, "%s: a run left no record", e->claim->path);
	}
	return 0;
}

int evidence_make(struct evidence *e, const struct claim *c, const char *folder, int workers,
	struct why *why)
{
	int bad;

	*e = (struct evidence){ .claim = c };
	bad = unfold(e, why) ? -1 : run_all(e, folder, workers, why);
	if (!bad)
		bad = records_read(&e->records, folder, why) || attach(e, why) ? -1 : 0;
	if (bad)
		evidence_free(e);
	return bad;
}

void evidence_free(struct evidence *e)
{
	for (size_t i = 0; i < e->functions; i++)
		instance_free(&e->function[i]);
	free(e->function);
	free(e->sample);
	plan_free(&e->plan);
	records_free(&e->records);
	*e = (struct evidence){ 0 };
}

/* ---------------------------------------------------------------- quantities -----------------
 */

static double distance_at(const struct evidence *e, const struct sample *a,
	const struct curve *x, const struct curve *score, size_t i)
{
	const struct instance *in = &e->function[a->function];
	double sum = 0;

	if (score_is_distance(in->problem))
		return score ? column_at(score, i) : NAN;
	if (!x || !in->facts.minimizer || x->width != in->facts.n)
		return NAN;
	for (size_t k = 0; k < x->width; k++) {
		double d = x->v[i * x->width + k] - in->facts.minimizer[k];

		sum += d * d;
	}
	return sqrt(sum);
}

int evidence_quantity(const struct evidence *e, const struct test_of_claim *t,
	const struct sample *a, double *step, double *value, struct why *why)
{
	const struct run *run = a->run;
	const struct curve *steps = run_column(run, "step"), *x = run_column(run, "x"),
			   *score = run_column(run, "score"), *best = run_column(run, "best"),
			   *average = run_column(run, "average");
	double best_so_far = INFINITY, sum = 0, fstar = NAN;
	size_t known = 0, counted = 0;
	struct scope s = { .outer = &a->constants };

	if (!steps)
		return fail(why, "the run ended as %s: %s", run->status, run->reason);
	scope_get(&a->constants, "fstar", &fstar);
	for (size_t i = 0; i < run->length; i++) {
		s.count = 0;
		for (size_t k = 0; k < run->columns; k++)
			if (strcmp(run->column[k].name, "x"))
				scope_set(
					&s, run->column[k].name, column_at(&run->column[k], i));
		step[i] = column_at(steps, i);
		scope_set(&s, "t", step[i]);
		scope_set(&s, "best_gap", best ? column_at(best, i) - fstar : NAN);
		scope_set(&s, "average_gap", average ? column_at(average, i) - fstar : NAN);
		scope_set(&s, "distance", distance_at(e, a, x, score, i));
		if (evaluate(t->quantity, &s, &value[i], why))
			value[i] = NAN;
		if (isnan(value[i]))
			continue;
		known++;
		best_so_far = fmin(best_so_far, value[i]);
		if (step[i] >= t->from) { /* a mean begins where the test begins */
			sum += value[i];
			counted++;
		}
		if (t->least)
			value[i] = best_so_far;
		else if (t->mean_so_far && counted)
			value[i] = sum / (double)counted;
	}
	return known ? 0 : -1;
}

int evidence_expected(const struct test_of_claim *t, const struct sample *a, double step,
	double *out, struct why *why)
{
	struct scope s = { .outer = &a->constants };

	scope_set(&s, "t", step);
	return evaluate(t->expected, &s, out, why);
}
