/* tune.c -- nsobench tune: the best setting of each method under the same search budget. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "command/page.h"
#include "ground/files.h"
#include "ground/number.h"
#include "ground/option.h"
#include "ground/table.h"
#include "picture/pictures.h"
#include "run/manifest.h"
#include "study/tune.h"

struct request {
	struct tune t;
	struct running running;
	struct typed typed;
	const char *output;
	double target;
	long trials, seeds[2];
	int halving, argc;
	char **argv;
};

/* ------------------------------------------------------------------ arguments ----------------- */

static int search_axis(const char *text, void *at, struct why *why)
{
	struct tune *t = at;
	const char *equals = strchr(text, '='), *dots = equals ? strstr(equals, "..") : NULL,
		   *colon;
	struct axis *a = &t->axis[t->axes];
	char low[40], high[40];

	if (t->axes == MAX_AXES)
		return fail(why, "at most %d options", MAX_AXES);
	if (!dots || equals == text || (size_t)(equals - text) >= sizeof a->name ||
		dots - equals > 38)
		return fail(why, "'%s', expected OPTION=LOW..HIGH", text);
	*a = (struct axis){ .linear = 0 };
	colon = strchr(dots, ':');
	memcpy(a->name, text, (size_t)(equals - text));
	snprintf(low, sizeof low, "%.*s", (int)(dots - equals - 1), equals + 1);
	snprintf(high, sizeof high, "%.*s", colon ? (int)(colon - dots - 2) : 38, dots + 2);
	if (colon && strcmp(colon, ":linear"))
		return fail(why, "'%s', expected nothing or :linear behind the range", text);
	a->linear = colon != NULL;
	if (parse_double(low, &a->low) || parse_double(high, &a->high) || !(a->low < a->high) ||
		!isfinite(a->high) || (!a->linear && !(a->low > 0)))
		return fail(why, "'%s', expected LOW < HIGH%s", text,
			a->linear ? "" : ", both above 0 (or :linear)");
	t->axes++;
	return 0;
}

static int instances(struct tune *t, int which, const char *text, struct why *why)
{
	free(t->instances[which]);
	t->instances[which] = NULL;
	return parse_list(text, &t->instances[which], &t->instance_count[which], why);
}

static int searched_on(const char *text, void *at, struct why *why)
{
	return instances(at, 0, text, why);
}
static int reported_on(const char *text, void *at, struct why *why)
{
	return instances(at, 1, text, why);
}

/* Every searched option must be one that some optimizer has: a misspelt name searches nothing.
 */
static int check(const struct tune *t, struct why *why)
{
	if (!t->problems.count || !t->optimizers.count)
		return fail(why, "expected at least one -P and one -O");
	for (size_t i = 0; i < t->axes; i++) {
		int known = 0;

		for (size_t k = 0; k < t->optimizers.count; k++) {
			const struct nso_option *table = t->optimizers.at[k].optimizer->options;
			int at = option_find(table, t->axis[i].name);

			known |= at >= 0;
			if (at >= 0 && (option_is_text(&table[at]) || table[at].words))
				return fail(why, "--search %s: %s takes words, not numbers",
					t->axis[i].name, t->optimizers.at[k].optimizer->name);
		}
		if (!known)
			return fail(why, "--search %s: none of the optimizers has this option",
				t->axis[i].name);
	}
	return 0;
}

/* What was typed, and what is taken where nothing was. */
static int prepare(struct request *q, struct why *why)
{
	struct tune *t = &q->t;
	struct settings s;
	int bad = settings_init(&s) ? fail(why, "out of memory") : 0;

	for (size_t i = 0; !bad && i < q->typed.problems.count; i++)
		bad = choices_add(&t->problems, 'p', q->typed.problems.at[i], why);
	for (size_t i = 0; !bad && i < q->typed.optimizers.count; i++)
		bad = choices_add(&t->optimizers, 'o', q->typed.optimizers.at[i], why);
	bad = bad || settings_apply(q->typed.setting, &s, why) ||
	      (!t->axes && search_axis("lr=1e-4..10", t, why)) ||
	      (!t->instances[0] && instances(t, 0, "1-2", why)) ||
	      (!t->instances[1] && instances(t, 1, "3-7", why)) || check(t, why);
	t->base = s.cell;
	t->per_method = (size_t)q->trials;
	t->target = q->target;
	for (int i = 0; i < 2; i++)
		t->seeds[i] = (size_t)q->seeds[i];
	settings_free(&s);
	return bad ? -1 : 0;
}

/* ------------------------------------------------------------------ running ------------------- */

/* Runs a plan into a folder of its own and reads the records back; signal: how it was stopped.
 */
static int run(const struct request *q, const struct plan *plan, const char *path,
	struct records *r, int *signal, struct why *why)
{
	struct pool_options pool = running_pool(&q->running);
	struct manifest m = {
		.plan = plan, .argc = q->argc, .argv = q->argv, .workers = (int)q->running.jobs
	};
	char *todo = malloc(plan->count + 1), name[4200];
	struct tally tally = { .cells = 0 };
	int fd, status;

	if (!todo)
		return fail(why, "out of memory");
	memset(todo, 1, plan->count);
	snprintf(name, sizeof name, "%s/runs.jsonl", path);
	utc_now(m.start);
	fd = folder_make(path, why)
		     ? -1
		     : open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_APPEND, 0666);
	if (fd < 0) {
		free(todo);
		return fail(why, "%s: %s", name,
			errno == EEXIST ? "is there already: choose another -o"
					: strerror(errno));
	}
	status = pool_run(plan, todo, fd, &pool, &tally, why);
	close(fd);
	free(todo);
	*signal = tally.signal;
	m.tally = &tally;
	if (status || manifest_write(path, &m, why) || tally.signal)
		return tally.signal ? fail(why, "stopped") : -1;
	return records_read(r, path, why);
}

static int label(struct records *r, struct why *why)
{
	return records_labels(r) ? fail(why, "out of memory") : 0;
}

/* The tuned settings lie in the folder itself, so that they alone are summed up and compared;
 * those as given, where they are others, in given/. r gets both. */
static int run_fresh(
	struct request *q, const char *path, struct records *r, int *signal, struct why *why)
{
	struct plan tuned = { 0 }, given = { 0 };
	char name[4200];
	int bad = tune_plan(&q->t, TUNED, 1, &tuned, why) ||
		  tune_plan(&q->t, GIVEN, 1, &given, why) ||
		  run(q, &tuned, path, r, signal, why);

	snprintf(name, sizeof name, "%s/given", path);
	bad = bad || (given.count && run(q, &given, name, r, signal, why)) || label(r, why);
	plan_free(&tuned);
	plan_free(&given);
	return bad ? -1 : 0;
}

/* The rungs of successive halving, or the one of a plain search. */
static int search(struct request *q, const char *path, int *signal, struct why *why)
{
	size_t rungs = 1;

	for (size_t n = q->t.per_method; q->halving && n > 2 && rungs < MAX_RUNGS;
		n = (n + 1) / 2)
		rungs++;
	for (size_t k = 0; k < rungs; k++) {
		double share = pow(0.5, (double)(rungs - 1 - k));
		struct records r = { 0 };
		struct plan plan;
		char name[4200];
		int bad;

		snprintf(name, sizeof name, k + 1 == rungs ? "%s/trials" : "%s/trials-%zu",
			path, k + 1);
		bad = tune_plan(&q->t, TRIALS, share, &plan, why) ||
		      run(q, &plan, name, &r, signal, why) || label(&r, why) ||
		      tune_rank(&q->t, share, &r, why);
		if (!bad && k + 1 < rungs)
			tune_keep(&q->t,
				(q->t.per_method + ((size_t)1 << (k + 1)) - 1) >> (k + 1));
		plan_free(&plan);
		records_free(&r);
		if (bad)
			return -1;
	}
	return 0;
}

/* ------------------------------------------------------------------ results ------------------- */

static const struct head columns[] = {
	{ "optimizer", "optimizer", 0 },
	{ "trials", "trials", 6 },
	{ "tuned", "tuned", 0 },
	{ "gap given", "gap_given", 3 },
	{ "gap tuned", "gap_tuned", 3 },
	{ "better", "better", 6 },
	{ "worse", "worse", 6 },
	{ "p", "p", 2 },
	{ "flags", "flags", 0 },
	{ 0 },
};

static const char *flags(const struct tune *t, size_t i, const struct tuned *v, struct arena *a)
{
	int edge = tune_edge(t, i);

	return arena_print(a, "%s%s%s", !tune_searched(t, i) ? "nothing to search" : "",
		edge < 0   ? "best at the low edge: widen --search"
		: edge > 0 ? "best at the high edge: widen --search"
			   : "",
		tune_failed(v) ? " TUNED IS WORSE THAN GIVEN" : "");
}

/* Loud: on stderr, and in the records, whose summary and report say it again. */
static int warn(const char *path, const struct tune *t, size_t i, const char *setting,
	const struct tuned *v, struct why *why)
{
	char worse[400] = "", edge[200] = "";
	int bad = 0;

	if (tune_failed(v))
		snprintf(worse, sizeof worse,
			"TUNED IS WORSE THAN GIVEN: %.200s does worse than %s as given on %zu "
			"of %zu problems (gap %.3g against %.3g)",
			setting, t->optimizers.at[i].optimizer->name, v->worse, v->problems,
			v->gap[1], v->gap[0]);
	if (tune_edge(t, i))
		snprintf(edge, sizeof edge,
			"%.100s lies at the edge of what was searched: a better one may lie "
			"beyond",
			setting);
	for (int k = 0; k < 2 && !bad; k++) {
		const char *text = k ? edge : worse;

		if (*text) {
			complain(0, "warning: %s", text);
			bad = manifest_warn(path, text, why);
		}
	}
	return bad;
}

static int report(const struct request *q, const char *path, struct records *r, struct why *why)
{
	const struct tune *t = &q->t;
	struct table table;
	int status = 0;

	table_start(&table, "Tuned settings, on fresh instances and seeds", columns);
	for (size_t i = 0; i < t->optimizers.count && !status; i++) {
		const struct nso_optimizer *o = t->optimizers.at[i].optimizer;
		char text[600];
		const char *kept, *flag;
		struct tuned v;

		status = tune_verdict(t, i, r, &v, why);
		if (status)
			break;
		choice_text(o->options, o->name, tune_best(t, i)->opt, text, sizeof text);
		status = warn(path, t, i, text, &v, why);
		if (status)
			break;
		kept = arena_print(&r->arena, "%s", text);
		flag = flags(t, i, &v, &r->arena);
		if (!kept || !flag) {
			status = fail(why, "out of memory");
			break;
		}
		table_text(&table, o->title);
		table_number(&table, tune_searched(t, i) ? (double)t->per_method : 1);
		table_text(&table, kept);
		table_numbers(&table, 5,
			(const double[]){
				v.gap[0], v.gap[1], (double)v.better, (double)v.worse, v.p });
		table_text(&table, flag);
	}
	if (!status) {
		table_print(&table, stdout);
		printf("gap: geometric mean over problems of the median best gap; better, "
		       "worse: problems; p: Wilcoxon.\n");
	}
	table_free(&table);
	return status;
}

static void list(struct text *t, const char *name, const struct choices *c,
	const struct tune *tune, int tuned)
{
	text_add(t, "\t\"%s\": [", name);
	for (size_t i = 0; i < c->count; i++) {
		char text[1024];

		if (tuned)
			choice_text(c->at[i].optimizer->options, c->at[i].optimizer->name,
				tune_best(tune, i)->opt, text, sizeof text);
		else
			choice_text(c->at[i].problem->options, c->at[i].problem->name,
				c->at[i].opt, text, sizeof text);
		text_add(t, i ? ",\n\t\t" : "\n\t\t");
		text_json(t, text);
	}
	text_add(t, "\n\t]");
}

static int write_suite(const struct request *q, const char *path, struct why *why)
{
	const struct tune *tune = &q->t;
	const struct cell *c = &tune->base;
	struct text t = { 0 };
	char name[4200];
	int bad;

	text_add(&t,
		"{\n\t\"schema\": \"nsobench-suite/1.0\",\n\t\"name\": \"tuned\",\n"
		"\t\"title\": \"settings found by nsobench tune\",\n\t\"budget\": {\"work\": ");
	text_double(&t, c->budget.work);
	if (isfinite(c->budget.steps)) {
		text_add(&t, ", \"steps\": ");
		text_double(&t, c->budget.steps);
	}
	text_add(&t, "},\n\t\"seeds\": %zu,\n\t\"instances\": [", tune->seeds[1]);
	for (size_t i = 0; i < tune->instance_count[1]; i++)
		text_add(&t, i ? ", %d" : "%d", tune->instances[1][i]);
	text_add(&t, "],\n");
	if (c->batch)
		text_add(&t, "\t\"batch\": %zu,\n", c->batch);
	if (c->noise > 0) {
		text_add(&t, "\t\"noise\": ");
		text_double(&t, c->noise);
		text_add(&t, ",\n");
	}
	list(&t, "problems", &tune->problems, tune, 0);
	text_add(&t, ",\n");
	list(&t, "optimizers", &tune->optimizers, tune, 1);
	text_add(&t, "\n}\n");
	snprintf(name, sizeof name, "%s/tuned.json", path);
	bad = t.failed ? fail(why, "out of memory") : file_write(name, t.s, t.used, why);
	text_free(&t);
	return bad;
}

/* The gap against the learning rate, from the records of the search. */
static int picture(const struct request *q, const char *path, struct why *why)
{
	char trials[4200], plots[4200];
	struct records r = { 0 };
	struct study s = { 0 };
	struct figures fs = { 0 };
	struct pictures p = { .s = &s, .fs = &fs, .floor = 1e-12 };
	struct view view;
	int status;

	snprintf(trials, sizeof trials, "%s/trials", path);
	snprintf(plots, sizeof plots, "%s/plots", path);
	view_init(&view);
	view.target = q->t.target;
	status = open_study(&s, &r, trials, &view, why) ||
		 figures_open(&fs, plots, "png svg", why) ||
		 draw_kind(&p, "sensitivity", why) || (fs.count && figures_draw(&fs, why));
	figures_free(&fs);
	study_free(&s);
	records_free(&r);
	return status ? -1 : 0;
}

static int tune(struct request *q)
{
	const char *path = q->output ? q->output : "nsobench-out/tune";
	struct records r = { 0 };
	struct view view;
	struct why why;
	int signal = 0, code = EXIT_DONE;

	view_init(&view);
	view.target = q->t.target;
	if (folders_make(path, &why))
		return complain(EXIT_OUTPUT, "tune: %s", why.text);
	if (tune_trials(&q->t, &why) || search(q, path, &signal, &why) ||
		run_fresh(q, path, &r, &signal, &why) || report(q, path, &r, &why) ||
		write_suite(q, path, &why) || page_write(path, &view, NULL, &why))
		code = complain(signal ? 128 + signal : EXIT_OUTPUT, "tune: %s", why.text);
	else if (picture(q, path, &why))
		code = complain(EXIT_OUTPUT, "tune: %s", why.text);
	if (code == EXIT_DONE)
		printf("%s\n", shown(path));
	records_free(&r);
	return code;
}

static void init(void *request)
{
	struct request *q = request;

	*q = (struct request){ .target = 1e-6, .trials = 11, .seeds = { 2, 3 } };
	running_init(&q->running);
}

static int run_command(void *request, const struct typed_command *call)
{
	struct request *q = request;
	struct why why;
	int code;

	q->argc = call->argc;
	q->argv = call->argv;
	code = prepare(q, &why)
		       ? complain(why.input ? EXIT_INPUT : EXIT_USAGE, "tune: %s", why.text)
		       : tune(q);
	tune_free(&q->t);
	return code;
}

static const struct argument arguments[] = {
	{ "What runs", .kind = ARGUMENT_HEAD },
	{ "problem", 'P', "NAME[:opt=val,...]", "may be repeated; shell patterns",
		ARGUMENT_TEXTS, offsetof(struct request, typed.problems) },
	{ "optimizer", 'O', "NAME[:opt=val,...]",
		"the same; what is given is kept and is the rival", ARGUMENT_TEXTS,
		offsetof(struct request, typed.optimizers) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ "The search", .kind = ARGUMENT_HEAD },
	{ "search", 0, "OPT=LOW..HIGH[:linear]",
		"what is searched (default lr=1e-4..10, logarithmic); one option: a "
		"grid; several: a Sobol sequence",
		ARGUMENT_READ, offsetof(struct request, t), .read = search_axis },
	{ "trials", 0, "N", "per optimizer (default 11)", ARGUMENT_WHOLE,
		offsetof(struct request, trials), 1, 10000 },
	{ "halving", 0, NULL,
		"successive halving: all trials on a part of the budget, the best half on "
		"twice as much, "
		"and so on to the whole budget",
		ARGUMENT_FLAG, offsetof(struct request, halving) },
	{ "tune-instances", 0, "LIST", "searched on (default 1-2)", ARGUMENT_READ,
		offsetof(struct request, t), .read = searched_on },
	{ "tune-seeds", 0, "N", "searched on (default 2)", ARGUMENT_WHOLE,
		offsetof(struct request, seeds[0]), 1, 1000 },
	{ "instances", 0, "LIST", "reported on (default 3-7)", ARGUMENT_READ,
		offsetof(struct request, t), .read = reported_on },
	{ "seeds", 0, "N", "reported on (default 3); they count from 1001", ARGUMENT_WHOLE,
		offsetof(struct request, seeds[1]), 1, 1000 },
	{ "target", 0, "GAP", "relative gap: cost to it decides first (default 1e-6)",
		ARGUMENT_REAL, offsetof(struct request, target), 1e-300, 1e300 },
	{ "Settings of every run", .kind = ARGUMENT_HEAD },
	{ .kind = ARGUMENT_SETTINGS, .at = offsetof(struct request, typed.setting) },
	{ "Running", .kind = ARGUMENT_HEAD },
	{ "output", 'o', "DIR", "default nsobench-out/tune", ARGUMENT_TEXT,
		offsetof(struct request, output) },
	{ .kind = ARGUMENT_TABLE,
		.table = running_arguments,
		.at = offsetof(struct request, running) },
	{ 0 },
};

const struct command command_tune = { "tune",
	"the best setting of each optimizer under the same search budget",
	"-P PROBLEM... -O OPTIMIZER... [OPTION]...",
	"Searches settings with the same number of trials, instances and seeds for every "
	"optimizer, then runs the best "
	"of each again on fresh instances and seeds: those records are the result, and "
	"'nsobench report DIR' compares them alone. The settings as given run on the same: a "
	"tuned one that does worse is flagged. One setting is chosen for all problems, by mean "
	"rank over them.",
	arguments,
	"DIR holds the fresh records of the tuned settings, given/ those of the settings as "
	"given, trials/ those of the search, tuned.json a suite with the "
	"tuned settings, "
	"report.html the page of the fresh records, "
	"plots/sensitivity.* the gap against the learning rate.",
	.size = sizeof(struct request), .init = init, .run = run_command };
