/* command.c -- what the commands share. */
#include <config.h>
#include "analysis/choose.h"
#include "command/command.h"
#include "ground/words.h"
#include "picture/figure.h"
#include "run/allowance.h"
#include "run/pool.h"
#include <string.h>

/* ---------------------------------------------------------------- a view of records ---------- */

static int read_cost(const char *text, void *at, struct why *why)
{
	return cost_parse(at, text, why);
}

const struct argument view_arguments[] = {
	{ "target", 0, "GAP", "relative gap that counts as solved (default 1e-6)",
		ARGUMENT_REAL, offsetof(struct view, target), 1e-300, 1e300 },
	{ "cost", 0, "MODEL", "value=1,subgradient=1,prox=1 (default), steps or seconds",
		ARGUMENT_READ, offsetof(struct view, cost), .read = read_cost },
	{ 0 },
};

void view_init(struct view *v)
{
	struct why ignored;

	v->target = 1e-6;
	cost_parse(&v->cost, "value=1", &ignored);
}

void print_warnings(const struct records *r)
{
	for (size_t i = 0; i < r->warnings; i++)
		complain(0, "warning: %s", r->warning[i]);
}

int loss(int code, const struct records *r)
{
	if (code || !r->lost)
		return code;
	return complain(
		EXIT_INPUT, "%zu runs of the records are lost: see the warnings", r->lost);
}

const struct argument chosen_arguments[] = {
	{ "problem", 'P', "NAME[:OPT=VAL,...]",
		"only these of the records; may be repeated and be a shell pattern, the order "
		"counts",
		ARGUMENT_TEXTS, offsetof(struct chosen, problems) },
	{ "optimizer", 'O', "NAME[:OPT=VAL,...]", "the same", ARGUMENT_TEXTS,
		offsetof(struct chosen, optimizers) },
	{ "label", 0, "NAME[:OPT=VAL,...]=LABEL", "what one of them is called; may be repeated",
		ARGUMENT_TEXTS, offsetof(struct chosen, labels) },
	{ 0 },
};

static int choose(struct records *r, const struct chosen *c, struct why *why)
{
	if (!c)
		return 0;
	if ((c->problems.count || c->optimizers.count) &&
		records_choose(r, &c->problems, &c->optimizers, why))
		return -1;
	return records_rename(r, &c->labels, why);
}

int open_chosen(struct study *s, struct records *r, const char *folder, const struct view *v,
	const struct chosen *chosen, struct why *why)
{
	int code = records_read(r, folder, why) ? EXIT_INPUT : 0;

	if (!code && records_labels(r)) {
		fail(why, "out of memory");
		code = EXIT_INPUT;
	}
	if (!code && choose(r, chosen, why))
		code = EXIT_USAGE;
	if (!code && study_make(s, r, &v->cost, v->target, why))
		code = EXIT_INPUT;
	print_warnings(r);
	return code;
}

int open_study(struct study *s, struct records *r, const char *folder, const struct view *v,
	struct why *why)
{
	return open_chosen(s, r, folder, v, NULL, why) ? -1 : 0;
}

/* ---------------------------------------------------------------- running -------------------- */

const struct argument running_arguments[] = {
	{ "jobs", 'j', "N",
		"worker processes (default: the processors that this process may use)",
		ARGUMENT_WHOLE, offsetof(struct running, jobs), 1, 256 },
	{ "timeout", 0, "S", "seconds for one run", ARGUMENT_REAL,
		offsetof(struct running, timeout), 1e-3, 1e9 },
	{ "memory", 0, "MIB", "resident memory of one worker", ARGUMENT_REAL,
		offsetof(struct running, memory), 1, 1e9 },
	{ "quiet", 'q', NULL, "no progress", ARGUMENT_FLAG, offsetof(struct running, quiet) },
	{ 0 },
};

void running_init(struct running *r)
{
	int allowed = processors_allowed("");

	*r = (struct running){
		.jobs = allowed > 256 ? 256 : allowed, .timeout = INFINITY, .memory = INFINITY
	};
}

struct pool_options running_pool(const struct running *r)
{
	return (struct pool_options){ .workers = (int)r->jobs,
		.timeout = r->timeout,
		.memory_mib = r->memory,
		.quiet = r->quiet };
}

/* ---------------------------------------------------------------- pictures ------------------- */

int read_formats(const char *text, void *at, struct why *why)
{
	const char *known[16];
	char copy[FORMATS], *rest = copy, *out = at;
	size_t count = 0;

	for (; picture_formats[count].name; count++)
		known[count] = picture_formats[count].name;
	known[count] = NULL;
	*out = 0;
	if ((size_t)snprintf(copy, sizeof copy, "%s", text) >= sizeof copy)
		return fail(why, "'%.40s...', expected a list such as png,svg", text);
	for (char *word; (word = strtok_r(rest, ",", &rest));) {
		if (word_find(word, known) < 0)
			return word_refuse("a format", word, known, why);
		if (!strstr(out, word))
			snprintf(out + strlen(out), FORMATS - strlen(out), "%s%s",
				*out ? " " : "", word);
	}
	return *out ? 0 : fail(why, "nothing, expected a list such as png,svg");
}
