/* show.c -- nsobench show NAME: all that is known of a problem, an optimizer or a measure. */
#include <config.h>
#include "command/command.h"
#include "command/listing.h"
#include "command/say.h"
#include "ground/number.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/registry.h"
#include "ground/words.h"
#include <stdlib.h>
#include <string.h>

static void print_range(const struct nso_option *o)
{
	char low[40], high[40];

	if (option_is_text(o)) {
		printf("text");
	} else if (o->words) {
		for (size_t w = 0; o->words[w]; w++)
			printf("%s%s", w ? " | " : "", shown(o->words[w]));
	} else {
		snprintf(low, sizeof low, "%.15g", o->min);
		snprintf(high, sizeof high, "%.15g", o->max);
		printf("%s to %s%s", low, high, option_whole(o) ? ", whole" : "");
	}
}

static void print_options(const struct nso_option *table)
{
	char value[1024];

	if (option_count(table))
		printf("\noptions\n");
	for (size_t i = 0; i < option_count(table); i++) {
		option_print(&table[i], table[i].value, value, sizeof value);
		say(30, "  %-16s %-10s %s", shown(table[i].name), *value ? shown(value) : "''",
			shown(table[i].help));
		printf("  %-16s %-10s (", "", "");
		print_range(&table[i]);
		if (table[i].source && *table[i].source)
			printf("; default: %s", shown(table[i].source));
		printf(")\n");
	}
}

static void print_optimizer(const struct nso_optimizer *o)
{
	printf("%s: %s, an optimizer (%s)\n\n", shown(o->name), shown(o->title),
		shown(o->group ? o->group : "other"));
	say(11, "rule       %s", shown(o->rule));
	say(11, "source     %s", shown(o->reference));
	say(11, "cost       %s per step", shown(o->cost ? o->cost : "?"));
	printf("needs      ");
	bits_print(stdout, need_bits, o->needs);
	printf("\n");
	if (o->columns)
		printf("columns    ");
	for (size_t i = 0; o->columns && o->columns[i]; i++)
		printf("%s%s", i ? ", " : "", shown(o->columns[i]));
	if (o->columns)
		printf(" (in the trace)\n");
	print_options(o->options);
}

static void print_fact(const char *name, double v, const char *what)
{
	char number[40];

	if (isnan(v))
		return;
	print_double(number, sizeof number, v);
	printf("  %-14s %-22s %s\n", name, number, what);
}

static void print_facts(const struct instance *in)
{
	const struct nso_facts *k = &in->facts;
	double *x = malloc(k->n * sizeof *x);

	printf("\ninstance %d\n", in->number);
	printf("  %-14s %zu\n", "n", k->n);
	if (k->terms)
		printf("  %-14s %zu\n", "terms", k->terms);
	if (x) {
		instance_start(in, 1, x);
		print_fact("f(x0)", instance_eval(in, x, NULL), "at the start of seed 1");
	}
	print_fact("f*", k->optimum, k->minimizer ? "attained at a known minimizer" : "");
	print_fact("error of f*", k->optimum_error, "absolute");
	print_fact("Lipschitz", k->lipschitz, "");
	print_fact("smoothness", k->smoothness, "L of the gradient");
	print_fact("convexity", k->convexity, "mu of strong convexity");
	print_fact("PL", k->pl, "mu: |grad f|^2 >= 2 mu (f - f*)");
	print_fact("sharpness", k->sharpness, "mu: f - f* >= mu dist(x, X*)");
	print_fact("weak convexity", k->weak_convexity, "rho");
	free(x);
}

static void print_problem(const struct nso_problem *p)
{
	struct text t = { 0 };

	printf("%s: %s, a problem (%s)\n\n", shown(p->name), shown(p->title),
		shown(p->group ? p->group : "other"));
	say(11, "f(x)       %s", shown(p->formula));
	say(11, "source     %s", shown(p->reference));
	bits_json(&t, trait_bits, p->traits);
	printf("traits     %s\n", t.s ? t.s : "");
	text_free(&t);
	printf("offers     value, subgradient%s%s%s%s\n",
		p->prox && p->smooth ? ", smooth + prox" : "", p->batch ? ", mini-batches" : "",
		p->pieces ? ", pieces (exact Clarke measure)" : "",
		p->saddle ? ", saddle form g(x) + h(Kx)" : "");
	printf("instances  0: textbook; others: %s%s%s%s\n",
		p->instances & NSO_SHIFTED ? "shifted " : "",
		p->instances & NSO_ROTATED ? "rotated " : "",
		p->instances & NSO_REDRAWN ? "other data" : "", p->instances ? "" : "the same");
	if (p->score_name)
		printf("score      %s\n", shown(p->score_name));
	print_options(p->options);
}

static int show_problem(const struct nso_problem *p, const char *text, int number, int json)
{
	struct text t = { 0 };
	struct instance in;
	double opt[NSO_MAX_OPTIONS];
	struct why why;

	if (json) {
		problem_json(&t, p);
		printf("%s\n", t.s ? t.s : "");
		text_free(&t);
		return EXIT_DONE;
	}
	option_defaults(p->options, opt);
	if (option_parse(p->options, p->name, text, opt, &why))
		return complain(EXIT_USAGE, "show: %s", why.text);
	print_problem(p);
	if (instance_make(&in, p, opt, number, &why)) {
		printf("\nunavailable: %s\n", shown(why.text));
		return EXIT_DONE;
	}
	print_facts(&in);
	instance_free(&in);
	return EXIT_DONE;
}

static int show(const char *typed, int number, int json)
{
	char name[128];
	const char *text = strchr(typed, ':') ? strchr(typed, ':') + 1 : "";
	const struct nso_problem *p;
	const struct nso_optimizer *o;
	struct text t = { 0 };
	struct why why;

	snprintf(name, sizeof name, "%.*s", (int)strcspn(typed, ":"), typed);
	if ((p = problem_find(name)))
		return show_problem(p, text, number, json);
	o = optimizer_find(name);
	if (!o && !*text && !measure_show(name, json))
		return EXIT_DONE;
	if (!o) {
		unknown_name("problem or optimizer", name, &why);
		return complain(EXIT_USAGE, "show: %s", why.text);
	}
	if (json) {
		optimizer_json(&t, o);
		printf("%s\n", t.s ? t.s : "");
		text_free(&t);
	} else {
		print_optimizer(o);
	}
	return EXIT_DONE;
}

struct request {
	long number;
	int json;
};

static int run(void *request, const struct typed_command *call)
{
	const struct request *q = request;

	return show(call->operands.at[0], (int)q->number, q->json);
}

static const struct argument arguments[] = {
	{ "instance", 0, "I", "of a problem (default 0)", ARGUMENT_WHOLE,
		offsetof(struct request, number), 0, 1e9 },
	{ "json", 0, NULL, "as JSON", ARGUMENT_FLAG, offsetof(struct request, json) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_show = { "show",
	"one of them: formula, options, defaults and their sources",
	"NAME[:opt=val,...] [OPTION]...",
	"A problem: formula, source, traits, options, and the facts of the instance that the "
	"options make. An "
	"optimizer: rule, source, needs, cost of a step, options with defaults and sources. A "
	"measure (clarke, "
	"goldstein, prox_gradient, ...): formula, source, cost at a point of the trace.",
	arguments, .operands = { 1, 1, "one name, of what nsobench list lists" },
	.size = sizeof(struct request), .run = run };
