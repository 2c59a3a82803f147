/* describe.c -- the description of a program: lines "key value" of what it brings,
 * docs/wire.md. A line belongs to the optimizer, the problem or the option that was named last.
 */
#include <config.h>
#include "ground/number.h"
#include "ground/option.h"
#include "ground/words.h"
#include "run/program.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64, MOST_WORDS = 32 };

struct reading {
	struct description *d;
	struct program_method *method; /* the one that is read, or */
	struct program_problem *problem;
	struct nso_option *option; /* of it, the last one */
	size_t options;
	char *word;    /* its default as it stands there */
	int undecided; /* that is no number: `words` or `text` must follow */
	struct why *why;
};

/* ---------------------------------------------------------------- values --------------------- */

static int text(struct reading *r, const char **to, const char *value)
{
	*to = strdup(value);
	return *to ? 0 : fail(r->why, "out of memory");
}

static int number(struct reading *r, const char *key, const char *value, double *to)
{
	return parse_double(value, to)
		       ? fail(r->why, "%s is '%.60s', expected a number", key, value)
		       : 0;
}

/* Names are typed on the command line and are words of file names. */
static int name(struct reading *r, const char *key, const char *value, const char **to)
{
	size_t n = strspn(
		value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+");

	if (n == 0 || value[n] || n > 63)
		return fail(r->why,
			"%s is '%.80s', expected a name of letters, digits, - and _", key,
			value);
	return text(r, to, value);
}

/* Blank-separated words, NULL-terminated, as a new array. */
static const char *const *word_list(const char *value)
{
	const char **list = calloc(MOST_WORDS + 1, sizeof *list);
	char *copy = strdup(value), *save;
	size_t k = 0;

	if (!list || !copy) {
		free(list);
		free(copy);
		return NULL;
	}
	for (char *w = strtok_r(copy, " ", &save); w && k < MOST_WORDS;
		w = strtok_r(NULL, " ", &save))
		list[k++] = w;
	return list;
}

/* ---------------------------------------------------------------- keys ----------------------- */

/* Before the next option or entry. */
static int option_done(const struct reading *r)
{
	return r->undecided ? fail(r->why,
				      "option '%s': the default is '%.60s', expected a number, "
				      "auto, "
				      "or words or text in a line of their own",
				      r->option->name, r->word)
			    : 0;
}

static int new_method(struct reading *r, const char *value)
{
	struct program_method *m = calloc(1, sizeof *m);
	struct nso_option *table = calloc(NSO_MAX_OPTIONS + 1, sizeof *table);

	if (option_done(r) || !m || !table || r->d->methods == MOST) {
		free(m);
		free(table);
		return r->undecided ? -1
				    : fail(r->why, "more than %d optimizers, or out of memory",
					      MOST);
	}
	r->d->method[r->d->methods++] = m;
	m->entry = (struct nso_optimizer){ .reference = "",
		.rule = "",
		.cost = "",
		.group = "plugged in",
		.needs = NSO_SUBGRADIENT,
		.options = table };
	r->method = m;
	r->problem = NULL;
	r->option = NULL;
	r->options = 0;
	if (name(r, "optimizer", value, &m->entry.name))
		return -1;
	m->entry.title = m->entry.name;
	return 0;
}

static int new_problem(struct reading *r, const char *value)
{
	struct program_problem *q = calloc(1, sizeof *q);
	struct nso_option *table = calloc(NSO_MAX_OPTIONS + 1, sizeof *table);

	if (option_done(r) || !q || !table || r->d->problems == MOST) {
		free(q);
		free(table);
		return r->undecided
			       ? -1
			       : fail(r->why, "more than %d problems, or out of memory", MOST);
	}
	r->d->problem[r->d->problems++] = q;
	q->entry = (struct nso_problem){
		.reference = "", .formula = "", .group = "plugged in", .options = table
	};
	r->problem = q;
	r->method = NULL;
	r->option = NULL;
	r->options = 0;
	if (name(r, "problem", value, &q->entry.name))
		return -1;
	q->entry.title = q->entry.name;
	return 0;
}

static int new_option(struct reading *r, const char *value)
{
	struct nso_option *table =
		(struct nso_option *)(uintptr_t)(r->method ? r->method->entry.options
							   : r->problem->entry.options);
	char id[64] = "", standard[200] = "";

	sscanf(value, "%63s %199[^\n]", id, standard);
	if (option_done(r))
		return -1;
	if (r->options == NSO_MAX_OPTIONS)
		return fail(r->why, "more than %d options", NSO_MAX_OPTIONS);
	if (option_find(table, id) >= 0)
		return fail(r->why, "a second option '%s'", id);
	r->option = &table[r->options];
	*r->option = (struct nso_option){
		.min = -INFINITY, .max = INFINITY, .help = "", .source = ""
	};
	if (name(r, "option", id, &r->option->name))
		return -1;
	r->options++;
	free(r->word);
	r->word = strdup(standard);
	if (!r->word)
		return fail(r->why, "out of memory");
	if (!strcmp(standard, "auto"))
		r->option->value = NAN;
	else
		r->undecided = parse_double(standard, &r->option->value) != 0;
	return 0;
}

static int add_column(struct reading *r, const char *value)
{
	const char **columns = (const char **)(uintptr_t)r->method->entry.columns;
	size_t k = 0;

	if (!columns)
		columns = calloc(NSO_MAX_COLUMNS + 1, sizeof *columns);
	if (!columns)
		return fail(r->why, "out of memory");
	r->method->entry.columns = columns;
	while (columns[k])
		k++;
	if (k == NSO_MAX_COLUMNS)
		return fail(r->why, "more than %d columns", NSO_MAX_COLUMNS);
	return name(r, "column", value, &columns[k]);
}

static int set_words(struct reading *r, const char *value)
{
	struct nso_option *o = r->option;

	o->words = word_list(value);
	r->undecided = 0;
	if (!o->words)
		return fail(r->why, "out of memory");
	for (size_t i = 0; o->words[i]; i++) {
		o->max = (double)i;
		if (!strcmp(o->words[i], r->word)) {
			o->value = (double)i;
			o->min = 0;
		}
	}
	o->integer = 1;
	return o->min == 0 ? 0
			   : fail(r->why, "the default '%.60s' is none of the words", r->word);
}

static int set_text(struct reading *r, const char *value)
{
	(void)value;
	r->option->words = nso_any_text;
	r->undecided = 0;
	r->option->value = nso_text_handle(r->word);
	return 0;
}

static int set_needs(struct reading *r, const char *value)
{
	if (bits_parse(need_bits, value, &r->method->entry.needs, r->why))
		return -1;
	if (r->method->entry.needs & NSO_SADDLE)
		return fail(r->why, "needs 'saddle': programs have no verbs for f = g + h(K.)");
	return 0;
}

static int set_traits(struct reading *r, const char *value)
{
	return bits_parse(trait_bits, value, &r->problem->entry.traits, r->why);
}

static int set_instances(struct reading *r, const char *value)
{
	return bits_parse(instance_bits, value, &r->problem->entry.instances, r->why);
}

static int set_offers(struct reading *r, const char *value)
{
	static const struct bit words[] = { { OFFERS_BATCH, "batch" }, { OFFERS_DRAW, "draw" },
		{ OFFERS_SCORE, "score" }, { OFFERS_PROX, "prox" }, { 0 } };

	return bits_parse(words, value, &r->problem->offers, r->why);
}

static int set_integer(struct reading *r, const char *value)
{
	(void)value;
	r->option->integer = 1;
	return 0;
}

static int set_min(struct reading *r, const char *value)
{
	return number(r, "min", value, &r->option->min);
}

static int set_max(struct reading *r, const char *value)
{
	return number(r, "max", value, &r->option->max);
}

enum place { ANYWHERE, OF_METHOD, OF_PROBLEM, OF_EITHER, OF_OPTION };

static const struct key {
	const char *name;
	enum place place;
	size_t method, problem, option; /* a text: its place in the entry, or */
	int (*set)(struct reading *r, const char *value);
} keys[] = {
	{ "optimizer", ANYWHERE, 0, 0, 0, new_method },
	{ "problem", ANYWHERE, 0, 0, 0, new_problem },
	{ "title", OF_EITHER, offsetof(struct nso_optimizer, title),
		offsetof(struct nso_problem, title), 0, NULL },
	{ "reference", OF_EITHER, offsetof(struct nso_optimizer, reference),
		offsetof(struct nso_problem, reference), 0, NULL },
	{ "group", OF_EITHER, offsetof(struct nso_optimizer, group),
		offsetof(struct nso_problem, group), 0, NULL },
	{ "rule", OF_METHOD, offsetof(struct nso_optimizer, rule), 0, 0, NULL },
	{ "cost", OF_METHOD, offsetof(struct nso_optimizer, cost), 0, 0, NULL },
	{ "needs", OF_METHOD, 0, 0, 0, set_needs },
	{ "column", OF_METHOD, 0, 0, 0, add_column },
	{ "formula", OF_PROBLEM, 0, offsetof(struct nso_problem, formula), 0, NULL },
	{ "score_name", OF_PROBLEM, 0, offsetof(struct nso_problem, score_name), 0, NULL },
	{ "traits", OF_PROBLEM, 0, 0, 0, set_traits },
	{ "instances", OF_PROBLEM, 0, 0, 0, set_instances },
	{ "offers", OF_PROBLEM, 0, 0, 0, set_offers },
	{ "option", OF_EITHER, 0, 0, 0, new_option },
	{ "min", OF_OPTION, 0, 0, 0, set_min },
	{ "max", OF_OPTION, 0, 0, 0, set_max },
	{ "integer", OF_OPTION, 0, 0, 0, set_integer },
	{ "words", OF_OPTION, 0, 0, 0, set_words },
	{ "text", OF_OPTION, 0, 0, 0, set_text },
	{ "help", OF_OPTION, 0, 0, offsetof(struct nso_option, help), NULL },
	{ "source", OF_OPTION, 0, 0, offsetof(struct nso_option, source), NULL },
};
enum { KEYS = sizeof keys / sizeof *keys };

/* ---------------------------------------------------------------- lines ---------------------- */

static const struct key *find_key(struct reading *r, const char *typed)
{
	const char *names[KEYS];

	for (size_t i = 0; i < KEYS; i++) {
		if (!strcmp(keys[i].name, typed))
			return &keys[i];
		names[i] = keys[i].name;
	}
	fail(r->why, "unknown key '%.40s'%s", typed, did_you_mean(typed, names, KEYS).text);
	return NULL;
}

static int in_place(const struct reading *r, enum place place)
{
	return place == ANYWHERE || (place == OF_METHOD && r->method) ||
	       (place == OF_PROBLEM && r->problem) ||
	       (place == OF_EITHER && (r->method || r->problem)) ||
	       (place == OF_OPTION && r->option);
}

static int read_line(struct reading *r, char *line)
{
	char *value = line + strcspn(line, " ");
	const struct key *k;
	char *owner;

	if (*value)
		*value++ = 0;
	if (!*line)
		return 0;
	if (!(k = find_key(r, line)))
		return -1;
	if (!in_place(r, k->place))
		return fail(r->why,
			"'%s' before the optimizer, problem or option that it belongs to",
			line);
	if (k->set)
		return k->set(r, value);
	owner = k->place == OF_OPTION ? (char *)r->option + k->option
		: r->method           ? (char *)&r->method->entry + k->method
				      : (char *)&r->problem->entry + k->problem;
	return text(r, (const char **)(void *)owner, value);
}

static int check_problem(const struct program_problem *q, struct why *why)
{
	if (!(q->offers & OFFERS_SCORE) != !q->entry.score_name)
		return fail(why, "problem %s: 'offers score' and 'score_name' go together",
			q->entry.name);
	return 0;
}

int describe_parse(char *all, struct description *d, struct why *why)
{
	struct why inner;
	struct reading r = { .d = d, .why = &inner };
	char *save, *next = all;
	int bad = 0, number_of_line = 0;

	for (char *line = all; !bad && line && *line; line = next) {
		number_of_line++;
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		save = strdup(line);
		bad = read_line(&r, line);
		if (bad)
			fail(why, "line %d ('%.60s'): %.300s", number_of_line, save ? save : "",
				inner.text);
		free(save);
	}
	if (!bad && option_done(&r)) {
		fail(why, "at its end: %.300s", inner.text);
		bad = -1;
	}
	free(r.word);
	for (size_t i = 0; !bad && i < d->problems; i++)
		bad = check_problem(d->problem[i], why);
	return bad;
}
