/* unfold.c -- a claim as cells, whose options follow from the constants of each function. */
#include <config.h>
#include "ground/grow.h"
#include "ground/number.h"
#include "ground/option.h"
#include "measure/measures.h"
#include "study/unfold.h"
#include <stdlib.h>
#include <string.h>

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
static int fill_in(const struct making *m, const cJSON *v, const char *text,
	const struct scope *s, struct text *out)
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
static int set_row(const struct making *m, const struct setting *row, const cJSON *v,
	const struct scope *s, struct settings *to)
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
			print_double(
				number, sizeof number, row->whole ? floor(value + 0.5) : value);
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
		if (mentions(c->test[i].quantity, "distance") ||
			mentions(c->test[i].expected, "distance"))
			return 1;
	return 0;
}

int score_is_distance(const struct nso_problem *p)
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
				bad = add_sample(m, value, floor(horizon), lists.instances[i],
					lists.seeds[k]);
				if (!bad &&
					!cell_is_random(&m->e->plan.cell[m->e->plan.count - 1]))
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

	cJSON_ArrayForEach(v, horizons) if (number_of(m, v, &none, &horizon) ||
					    unfold_horizon(m, v, horizon)) return -1;
	if (horizons)
		return 0;
	if (steps && number_of(m, steps, &none, &horizon))
		return -1;
	return unfold_horizon(m, steps, horizon);
}

int unfold(struct evidence *e, struct why *why)
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
