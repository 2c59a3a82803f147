/* evidence.c -- the runs of a claim: unfolds it into cells whose options follow from the
 * constants of each function, lets the workers run them, and reads quantities off the records.
 */
#include <config.h>
#include "analysis/study.h"
#include "ground/grow.h"
#include "ground/number.h"
#include "ground/option.h"
#include "measure/measures.h"
#include "run/pool.h"
#include "study/claim.h"
#include <errno.h>
#include <fcntl.h>
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

/* ---------------------------------------------------------------- settings ---------------- */

#define PICK(m, field)                                                                         \
	((m)->o->set.field          ? (m)->o->set.field                                        \
		: (m)->p->set.field ? (m)->p->set.field                                        \
				    : (m)->e->claim->set.field)

static int wrong(const struct making *m, const cJSON *v, const char *why)
{
	struct json j = m->e->claim->json;

	j.why = m->why;
	return json_wrong(&j, v, "%s on %s: %s", m->o->label, m->p->label, why);
}

/* A number, or an expression in the constants. */
static int number_of(const struct making *m, const cJSON *v, const struct scope *s, double *out)
{
	struct why reason;

	if (cJSON_IsNumber(v)) {
		*out = v->valuedouble;
		return 0;
	}
	return evaluate(v->valuestring, s, out, &reason) ? wrong(m, v, reason.text) : 0;
}

/* Copies text, {expressions} replaced by their values. */
static int fill_in(const struct making *m, const cJSON *v, const char *text, const struct scope *s,
	struct text *out)
{
	char inner[200], number[40];
	struct why reason;
	double value;

	for (;;) {
		size_t length = strcspn(text, "{");

		text_add(out, "%.*s", (int)length, text);
		text += length;
		if (!*text)
			return out->failed ? fail(m->why, "out of memory") : 0;
		length = strcspn(text, "}");
		if (!text[length] || length >= sizeof inner)
			return wrong(m, v, "a { without its }");
		snprintf(inner, sizeof inner, "%.*s", (int)length - 1, text + 1);
		if (evaluate(inner, s, &value, &reason))
			return wrong(m, v, reason.text);
		print_double(number, sizeof number, value);
		text_add(out, "%s", number);
		text += length + 1;
	}
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
				return wrong(m, v, reason.text);
			continue;
		} else {
			if (number_of(m, v, s, &number))
				return -1;
			print_double(text, sizeof text,
				option_whole(&table[i]) ? floor(number + 0.5) : number);
			if (isinf(number))
				snprintf(text, sizeof text, number > 0 ? "inf" : "-inf");
		}
		if (option_set(table, owner, v->string, text, value, &reason))
			return wrong(m, v, reason.text);
	}
	return 0;
}

/* One setting from its value: numbers may be expressions, texts may hold them in braces. */
static int set_row(const struct making *m, const struct setting *row, const cJSON *v, const struct scope *s,
	struct settings *to)
{
	struct json j = m->e->claim->json;
	struct text raw = { 0 }, text = { 0 };
	struct why reason;
	char number[40];
	double value;
	int bad;

	j.why = m->why;
	if (row->form == FORM_NUMBER && cJSON_IsString(v)) {
		bad = number_of(m, v, s, &value);
		if (!bad) {
			print_double(number, sizeof number, row->whole ? floor(value + 0.5) : value);
			text_add(&raw, "%s", number);
		}
	} else {
		bad = setting_text(&j, v, row, &raw);
	}
	bad = bad || fill_in(m, v, raw.s ? raw.s : "none", s, &text);
	if (!bad && setting_set(row, to, text.s, &reason))
		bad = wrong(m, v, reason.text);
	text_free(&raw);
	text_free(&text);
	return bad;
}

static int set_settings(const struct making *m, const struct scope *s, struct cell *c)
{
	struct settings to = { .cell = *c };
	int bad = 0;

	to.cell.measures = 0;
	for (const struct setting *row = settings_table; row->key && !bad; row++) {
		const cJSON *v = PICK(m, row[row - settings_table]);

		if (v)
			bad = set_row(m, row, v, s, &to);
	}
	*c = to.cell;
	c->measures |= measure_bit("score");
	settings_free(&to);
	return bad;
}

/* ---------------------------------------------------------------- constants --------------- */

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
		if (number_of(m, v, s, &number))
			return -1;
		if (scope_set(s, v->string, number))
			return wrong(m, v, "too many constants, or the name is too long");
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

/* ---------------------------------------------------------------- unfolding --------------- */

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
	if (room_for(&e->sample, e->samples + 1, &e->room, sizeof *e->sample))
		return NULL;
	e->sample[e->samples] = (struct sample){ 0 };
	return &e->sample[e->samples++];
}

static int wants_distance(const struct claim *c)
{
	for (size_t i = 0; i < c->tests; i++)
		if (mentions(c->test[i].quantity, "distance") || mentions(c->test[i].expected, "distance"))
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
	struct why reason;
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
		set_settings(m, &a->constants, &c))
		return -1;
	if (m->o->tune)
		c.oopt[option_find(m->o->optimizer->options, m->o->tune)] = m->o->value[value];
	if (plan_refuses(m->o->optimizer, c.oopt, &reason))
		return wrong(m, m->o->options, reason.text);
	c.suite = e->claim->id;
	c.problem = m->p->problem;
	c.optimizer = m->o->optimizer;
	c.instance = number;
	c.seed = seed;
	c.budget = (struct budget){ INFINITY, horizon, INFINITY, INFINITY, -INFINITY };
	c.record_x |= wants_distance(e->claim) && !score_is_distance(c.problem);
	a->function = function;
	a->cell = e->plan.count;
	return plan_append(&e->plan, &c) ? fail(m->why, "out of memory") : 0;
}

/* The instances and seeds of a pair; they hold no expressions. */
static int set_lists(const struct making *m, struct settings *lists)
{
	static const char *const keys[] = { "instances", "seeds" };
	int bad = settings_init(lists) ? fail(m->why, "out of memory") : 0;

	for (const struct setting *row = settings_table; row->key && !bad; row++)
		for (size_t i = 0; i < 2 && !bad; i++) {
			const cJSON *v = PICK(m, row[row - settings_table]);

			if (v && !strcmp(row->key, keys[i]))
				bad = set_row(m, row, v, NULL, lists);
		}
	return bad;
}

static int unfold_horizon(const struct making *m, const cJSON *v, double horizon)
{
	struct settings lists;
	int bad;

	if (!(horizon >= 1 && horizon <= 1e9))
		return wrong(m, v, "expected a number of steps from 1 to 1e9");
	bad = set_lists(m, &lists);
	for (size_t value = 0; value < m->o->values; value++)
		for (size_t i = 0; i < lists.instance_count; i++)
			for (size_t k = 0; k < lists.seed_count && !bad; k++) {
				bad = add_sample(m, value, floor(horizon), lists.instances[i], lists.seeds[k]);
				if (!bad && !cell_is_random(&m->e->plan.cell[m->e->plan.count - 1]))
					break;
			}
	settings_free(&lists);
	return bad;
}

static int unfold_pair(const struct making *m)
{
	const cJSON *steps = PICK(m, steps), *horizons = PICK(m, horizons), *v;
	struct scope none = { 0 };
	double horizon = 1000;

	cJSON_ArrayForEach(v, horizons)
		if (number_of(m, v, &none, &horizon) || unfold_horizon(m, v, horizon))
			return -1;
	if (horizons)
		return 0;
	if (steps && number_of(m, steps, &none, &horizon))
		return -1;
	return unfold_horizon(m, steps, horizon);
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

/* ---------------------------------------------------------------- running ----------------- */

static size_t *number_of_key(struct arena *keys, struct names *seen, const char *key)
{
	const char *text = arena_text(keys, key, strlen(key));

	return text ? names_number(seen, text) : NULL;
}

/* Equal cells are run once, and none whose record is there: todo is 1 for the first of each other key. */
static int first_of_each(const struct evidence *e, struct arena *keys, struct names *seen, char *todo)
{
	const struct plan *plan = &e->plan;
	size_t *number;

	for (size_t i = 0; i < e->records.runs; i++) {
		if (!(number = number_of_key(keys, seen, e->records.run[i].key)))
			return -1;
		*number = 0;
	}
	for (size_t i = 0; i < plan->count; i++) {
		char key[17];

		cell_key(&plan->cell[i], key);
		if (!(number = number_of_key(keys, seen, key)))
			return -1;
		todo[i] = *number == (size_t)-1;
		*number = i;
	}
	return 0;
}

static int run_all(struct evidence *e, const char *folder, int workers, struct why *why)
{
	struct pool_options o = {
		.workers = workers, .timeout = INFINITY, .memory_mib = INFINITY, .quiet = 1
	};
	struct tally tally;
	char path[4200], *todo = malloc(e->plan.count);
	struct arena keys = { 0 };
	struct names seen = { 0 };
	int fd, bad = -1;

	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_APPEND | (e->records.runs ? 0 : O_TRUNC), 0666);
	if (!todo || first_of_each(e, &keys, &seen, todo)) {
		fail(why, "out of memory");
	} else if (fd < 0) {
		fail(why, "%s: %s", path, strerror(errno));
	} else {
		bad = pool_run(&e->plan, todo, fd, &o, &tally, why);
		if (!bad && tally.signal)
			bad = tally.signal;
	}
	if (fd >= 0)
		close(fd);
	free(todo);
	names_clear(&seen);
	arena_free(&keys);
	return bad;
}

static int attach(struct evidence *e, struct why *why)
{
	char key[17];

	for (size_t i = 0; i < e->samples; i++) {
		struct sample *a = &e->sample[i];

		cell_key(&e->plan.cell[a->cell], key);
		if (!(a->run = records_find(&e->records, key)))
			return fail(why, "%s: a run left no record", e->claim->path);
	}
	return 0;
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

static int run_and_read(struct evidence *e, const char *folder, int workers, struct why *why)
{
	int bad = unfold(e, why) ? -1 : run_all(e, folder, workers, why);

	records_free(&e->records);
	e->records = (struct records){ 0 };
	if (!bad)
		bad = records_read(&e->records, folder, why) || attach(e, why) ? -1 : 0;
	if (bad)
		evidence_free(e);
	return bad;
}

int evidence_make(struct evidence *e, const struct claim *c, const char *folder, int workers,
	struct why *why)
{
	*e = (struct evidence){ .claim = c };
	return run_and_read(e, folder, workers, why);
}

int evidence_more(struct evidence *e, const char *folder, int workers, struct why *why)
{
	free(e->sample);
	e->sample = NULL;
	e->samples = e->room = 0;
	plan_free(&e->plan);
	e->plan = (struct plan){ 0 };
	return run_and_read(e, folder, workers, why);
}

/* ---------------------------------------------------------------- quantities -------------- */

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
