/* list.c -- nsobench list: what there is, in groups, or as JSON. */
#include <config.h>
#include "command/command.h"
#include "command/listing.h"
#include "command/say.h"
#include "ground/find.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/registry.h"
#include "ground/words.h"
#include "run/plan.h"
#include "run/record.h"
#include "study/claim_list.h"
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- JSON ----------------------- */

static void string_field(struct text *t, const char *join, const char *name, const char *value)
{
	text_add(t, "%s\"%s\":", join, name);
	if (value)
		text_json(t, value);
	else
		text_add(t, "null");
}

static void option_table_json(struct text *t, const struct nso_option *table)
{
	text_add(t, "[");
	for (size_t i = 0; i < option_count(table); i++) {
		const struct nso_option *o = &table[i];

		string_field(t, i ? ",{" : "{", "name", o->name);
		text_add(t, ",\"default\":");
		option_value_json(t, o, o->value);
		if (o->words && !option_is_text(o)) {
			text_add(t, ",\"words\":[");
			for (size_t w = 0; o->words[w]; w++) {
				text_add(t, w ? "," : "");
				text_json(t, o->words[w]);
			}
			text_add(t, "]");
		} else if (!option_is_text(o)) {
			text_add(t, ",\"min\":");
			text_double(t, o->min);
			text_add(t, ",\"max\":");
			text_double(t, o->max);
		}
		string_field(t, ",", "help", o->help);
		string_field(t, ",", "source", o->source);
		text_add(t, "}");
	}
	text_add(t, "]");
}

void problem_words_json(struct text *t, const struct nso_problem *p)
{
	string_field(t, "", "name", p->name);
	string_field(t, ",", "title", p->title);
	string_field(t, ",", "group", p->group);
	string_field(t, ",", "formula", p->formula);
	string_field(t, ",", "reference", p->reference);
	text_add(t, ",\"offers\":[\"value\",\"subgradient\"%s%s%s%s%s]",
		p->prox && p->smooth ? ",\"prox\"" : "", p->batch ? ",\"batch\"" : "",
		p->pieces ? ",\"pieces\"" : "", p->score ? ",\"score\"" : "",
		p->saddle ? ",\"saddle\"" : "");
}

void problem_json(struct text *t, const struct nso_problem *p)
{
	text_add(t, "{");
	problem_words_json(t, p);
	text_add(t, ",\"traits\":");
	bits_json(t, trait_bits, p->traits);
	text_add(t, ",\"options\":");
	option_table_json(t, p->options);
	text_add(t, "}");
}

void optimizer_json(struct text *t, const struct nso_optimizer *o)
{
	string_field(t, "{", "name", o->name);
	string_field(t, ",", "title", o->title);
	string_field(t, ",", "group", o->group);
	string_field(t, ",", "rule", o->rule);
	string_field(t, ",", "cost", o->cost);
	string_field(t, ",", "reference", o->reference);
	text_add(t, ",\"needs\":");
	bits_json(t, need_bits, o->needs);
	text_add(t, ",\"options\":");
	option_table_json(t, o->options);
	text_add(t, "}");
}

/* Calls each with the name and the title of every suite. */
static void each_suite(
	void (*each)(const char *name, const char *title, size_t i, void *data), void *data)
{
	size_t count;
	char **names = shipped_names(SUITES, &count), *path, *title;

	for (size_t i = 0; i < count; i++) {
		path = shipped_file(SUITES, names[i], ".json");
		title = path ? suite_title(path) : NULL;
		each(names[i], title ? title : "", i, data);
		free(path);
		free(title);
	}
	names_free(names, count);
}

static void suite_json(const char *name, const char *title, size_t i, void *data)
{
	string_field(data, i ? ",{" : "{", "name", name);
	string_field(data, ",", "title", title);
	text_add(data, "}");
}

static void suites_json(struct text *t)
{
	text_add(t, "[");
	each_suite(suite_json, t);
	text_add(t, "]");
}

/* ---------------------------------------------------------------- text ----------------------- */

/* The registry's problems, or its optimizers. */
struct catalogue {
	const char *what;
	const char *(*name)(size_t i); /* NULL: there is no i-th */
	const char *(*group)(size_t i);
	const char *(*about)(size_t i);
	void (*json)(struct text *t, size_t i);
};

static const char *or_other(const char *s) { return s && *s ? s : "other"; }

static const char *problem_name(size_t i) { return problem_at(i) ? problem_at(i)->name : NULL; }
static const char *problem_group(size_t i) { return or_other(problem_at(i)->group); }
static const char *problem_about(size_t i) { return or_other(problem_at(i)->formula); }
static void problem_at_json(struct text *t, size_t i) { problem_json(t, problem_at(i)); }
static const struct catalogue problems = { "problems", problem_name, problem_group,
	problem_about, problem_at_json };

static const char *optimizer_name(size_t i)
{
	return optimizer_at(i) ? optimizer_at(i)->name : NULL;
}
static const char *optimizer_group(size_t i) { return or_other(optimizer_at(i)->group); }
static const char *optimizer_about(size_t i) { return or_other(optimizer_at(i)->rule); }
static void optimizer_at_json(struct text *t, size_t i) { optimizer_json(t, optimizer_at(i)); }
static const struct catalogue optimizers = { "optimizers", optimizer_name, optimizer_group,
	optimizer_about, optimizer_at_json };

static void catalogue_json(struct text *t, const struct catalogue *c)
{
	text_add(t, "[");
	for (size_t i = 0; c->name(i); i++) {
		text_add(t, i ? ",\n" : "\n");
		c->json(t, i);
	}
	text_add(t, "]");
}

/* By group, in the order in which groups first appear: its name between `before` and `after`,
 * each of its entries, `end`. */
static void each_group(const struct catalogue *c, const char *before, const char *after,
	void (*entry)(const struct catalogue *c, size_t i), const char *end)
{
	for (size_t i = 0; c->name(i); i++) {
		size_t j = 0;

		while (j < i && strcmp(c->group(j), c->group(i)))
			j++;
		if (j < i)
			continue;
		printf("%s%s%s", before, shown(c->group(i)), after);
		for (size_t k = i; c->name(k); k++)
			if (!strcmp(c->group(k), c->group(i)))
				entry(c, k);
		fputs(end, stdout);
	}
}

static void print_entry(const struct catalogue *c, size_t i)
{
	say(29, "  %-26s %s", shown(c->name(i)), shown(c->about(i)));
}

static void markdown_entry(const struct catalogue *c, size_t i)
{
	printf(" `%s`", shown(c->name(i)));
}

static void problems_json(struct text *t) { catalogue_json(t, &problems); }
static void optimizers_json(struct text *t) { catalogue_json(t, &optimizers); }
static void problems_print(void) { each_group(&problems, "\n", "\n", print_entry, ""); }
static void optimizers_print(void) { each_group(&optimizers, "\n", "\n", print_entry, ""); }

static void print_suite(const char *name, const char *title, size_t i, void *data)
{
	(void)i;
	(void)data;
	say(29, "  %-26s %s", shown(name), shown(title));
}

static void suites_print(void) { each_suite(print_suite, NULL); }

/* ---------------------------------------------------------------- what is listed ------------- */

static void rates_json(struct text *t) { claims_json(t); /* a failure stays in t */ }

static const char *const kinds[] = { "problems", "optimizers", "suites", "rates", "measures",
	NULL };
static const struct {
	const char *heading;
	void (*json)(struct text *t);
	void (*print)(void);
} listings[] = {
	/* of kinds[] */
	{ "PROBLEMS\n", problems_json, problems_print },
	{ "\nOPTIMIZERS\n", optimizers_json, optimizers_print },
	{ "\nSUITES\n\n", suites_json, suites_print },
	{ "\nRATES\n\n", rates_json, claims_print },
	{ "\nMEASURES\n\n", measures_json, measures_print },
};

static int list_json(const char *what)
{
	struct text t = { 0 };
	const char *join = "";
	int bad;

	text_add(&t, "{");
	for (size_t i = 0; kinds[i]; i++) {
		if (what && strcmp(what, kinds[i]))
			continue;
		text_add(&t, "%s\"%s\":", join, kinds[i]);
		listings[i].json(&t);
		join = ",";
	}
	text_add(&t, "}\n");
	bad = t.failed;
	if (!bad)
		fputs(t.s, stdout);
	text_free(&t);
	return bad ? complain(EXIT_OUTPUT, "list: out of memory") : EXIT_DONE;
}

static void list_text(const char *what)
{
	for (size_t i = 0; kinds[i]; i++) {
		if (!what)
			fputs(listings[i].heading, stdout);
		if (!what || !strcmp(what, kinds[i]))
			listings[i].print();
	}
}

/* ---------------------------------------------------------------- Markdown ------------------- */

/* One row a group: its entries' names. */
static void markdown_catalogue(const struct catalogue *c)
{
	size_t count = 0;

	while (c->name(count))
		count++;
	printf("| %s (%zu) | |\n|---|---|\n", c->what, count);
	each_group(c, "| ", " |", markdown_entry, " |\n");
	printf("\n");
}

static void count_suite(const char *name, const char *title, size_t i, void *data)
{
	(void)name;
	(void)title;
	*(size_t *)data = i + 1;
}

static void markdown_suite(const char *name, const char *title, size_t i, void *data)
{
	(void)i;
	(void)data;
	printf("| `%s` | %s |\n", shown(name), shown(title));
}

static void markdown_suites(void)
{
	size_t count = 0;

	each_suite(count_suite, &count);
	printf("| suites (%zu) | |\n|---|---|\n", count);
	each_suite(markdown_suite, NULL);
}

static int list_markdown(void)
{
	markdown_catalogue(&optimizers);
	markdown_catalogue(&problems);
	markdown_suites();
	return EXIT_DONE;
}

struct request {
	int json, markdown;
};

static int list(const struct request *q, const char *what)
{
	struct why why;

	if (what && word_find(what, kinds) < 0) {
		word_refuse("what is listed", what, kinds, &why);
		return complain(EXIT_USAGE, "list: %s", why.text);
	}
	if (q->markdown)
		return list_markdown();
	if (q->json)
		return list_json(what);
	list_text(what);
	return EXIT_DONE;
}

static int run(void *request, const struct typed_command *call)
{
	return list(request, call->operands.count ? call->operands.at[0] : NULL);
}

static const struct argument arguments[] = {
	{ "json", 0, NULL, "as JSON, with options and defaults", ARGUMENT_FLAG,
		offsetof(struct request, json) },
	{ "markdown", 0, NULL, "as the tables of the README", ARGUMENT_FLAG,
		offsetof(struct request, markdown) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_list = { "list",
	"the problems, optimizers, suites, claims and measures that there are",
	"[problems|optimizers|suites|rates|measures] [OPTION]...",
	"What there is; without an argument all five.", arguments,
	.operands = { 0, 1, "one kind, or none for all" }, .size = sizeof(struct request),
	.run = run };
