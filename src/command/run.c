/* run.c -- nsobench run: plan, workers, records. */
#include <config.h>
#include "command/command.h"
#include "command/listing.h"
#include "command/page.h"
#include "ground/files.h"
#include "ground/quote.h"
#include "run/manifest.h"
#include "run/progress.h"
#include "run/resume.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct request {
	const char *output;
	struct typed typed;
	struct running running;
	struct shard {
		const char *text;
		long number, of; /* of 0: not sharded */
	} shard;
	int replacement, resume, force, dry, live;
};

/* ---------------------------------------------------------------- the folder ----------------- */

/* nsobench-out/NAME, or NAME-2, NAME-3 ... where that is taken. */
static void default_folder(const char *name, char *out, size_t size)
{
	char runs[4200];
	size_t length = strlen(name);

	for (int i = 1; i < 10000; i++) {
		snprintf(out, size, "nsobench-out/%s", name);
		for (char *c = out + strlen(out) - length; *c; c++)
			if (*c == '/')
				*c = '-';
		if (i > 1)
			snprintf(out + strlen(out), size - strlen(out), "-%d", i);
		snprintf(runs, sizeof runs, "%s/runs.jsonl", out);
		if (access(runs, F_OK))
			return;
	}
}

static int open_records(const char *folder, const struct request *q, const struct plan *plan,
	char *todo, struct why *why)
{
	char path[4200];
	int fd;

	if (folders_make(folder, why))
		return -1;
	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	if (!q->resume && !q->force && !access(path, F_OK))
		return fail(why,
			"%s holds a run already; --resume goes on with it, --force replaces it",
			folder);
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_APPEND | (q->force ? O_TRUNC : 0),
		0666);
	if (fd < 0)
		return fail(why, "%s: %s", path, strerror(errno));
	if (q->resume && resume(fd, plan, todo, why)) {
		struct why inner = *why;

		close(fd);
		return fail(why, "%s: %.*s", path, (int)sizeof inner.text / 2, inner.text);
	}
	return fd;
}

/* ---------------------------------------------------------------- the command ---------------- */

/* What is about to run, and what it may cost: said before it starts. */
static void announce(const struct plan *plan, const char *todo)
{
	struct text measures = { 0 };
	double work = 0, cells = 0, unlimited = 0;

	for (size_t i = 0; i < plan->count; i++) {
		const struct budget *b = &plan->cell[i].budget;

		if (!todo[i])
			continue;
		cells++;
		if (isfinite(b->work))
			work += b->work;
		else
			unlimited++;
	}
	fprintf(stderr, "%s: %.0f runs", shown(plan->title ? plan->title : "run"), cells);
	if (work > 0)
		fprintf(stderr, ", at most %.3g oracle calls", work);
	if (unlimited > 0)
		fprintf(stderr, ", %.0f of them limited by steps, epochs or seconds",
			unlimited);
	fputc('\n', stderr);
	/* not work of the run, but it takes its time */
	if (measures_announce(plan->cell, todo, plan->count, &measures) && measures.s)
		fprintf(stderr, "measures, evaluations at a point of the trace at most: %s\n",
			measures.s);
	text_free(&measures);
}

static void print_plan(const struct plan *plan)
{
	char key[17];

	printf("%-16s  %-22s %4s  %-18s %4s  %s\n", "key", "problem", "inst", "optimizer",
		"seed", "work");
	for (size_t i = 0; i < plan->count; i++) {
		const struct cell *c = &plan->cell[i];

		cell_key(c, key);
		printf("%s  %-22s %4d  %-18s %4llu  %g\n", key, shown(c->problem->name),
			c->instance, shown(c->optimizer->name), (unsigned long long)c->seed,
			c->budget.work);
	}
	printf("%zu runs\n", plan->count);
}

static int verdict(const struct tally *t, const char *folder)
{
	size_t bad = tally_failures(t);

	fprintf(stderr, "%zu runs in %s:", t->done, shown(folder));
	for (int s = CONVERGED; s <= SKIPPED; s++)
		if (t->by_status[s])
			fprintf(stderr, " %zu %s", t->by_status[s], status_words[s]);
	fprintf(stderr, "\n");
	if (t->signal)
		return 128 + t->signal;
	if (t->done && t->by_status[SKIPPED] == t->done)
		return complain(EXIT_USAGE, "run: nothing could be run: %s", t->reason);
	if (bad)
		return complain(EXIT_FAILED_RUN, "run: %zu runs did not end well, the last: %s",
			bad, t->reason);
	return EXIT_DONE;
}

/* What the records say about the problems themselves: f below f*, solved at the start. */
static void warn_of_references(const char *folder)
{
	struct records r = { .heads = 1 };
	struct reference *ref = NULL;
	struct why why;

	if (!records_read(&r, folder, &why) && !records_labels(&r) && (ref = references(&r)) &&
		!references_warn(&r, ref, 1e-6))
		print_warnings(&r);
	free(ref);
	records_free(&r);
}

static int run_plan(const struct plan *plan, const struct request *q, int argc, char **argv)
{
	struct pool_options pool = running_pool(&q->running);
	char folder[4096], *todo = malloc(plan->count);
	struct manifest m = { .plan = plan,
		.argc = argc,
		.argv = argv,
		.workers = pool.workers,
		.shard = q->shard.text };
	struct live live;
	struct tally tally;
	struct why why;
	int fd, code;

	if (!todo)
		return complain(EXIT_INPUT, "run: out of memory");
	for (size_t i = 0; i < plan->count; i++)
		todo[i] =
			!q->shard.of || i % (size_t)q->shard.of == (size_t)q->shard.number - 1;
	if (q->output)
		snprintf(folder, sizeof folder, "%s", q->output);
	else
		default_folder(plan->name ? plan->name : "run", folder, sizeof folder);
	utc_now(m.start);
	if (!q->running.quiet)
		announce(plan, todo);
	if (q->resume && manifest_agrees(folder, plan, &why)) {
		free(todo);
		return complain(EXIT_INPUT, "run: %s", why.text);
	}
	fd = open_records(folder, q, plan, todo, &why);
	live_start(&live, folder);
	if (q->live) {
		pool.pulse = live_pulse;
		pool.pulsed = &live;
	}
	if (fd < 0 || manifest_write(folder, &m, &why)) {
		code = complain(EXIT_OUTPUT, "run: %s", why.text);
	} else if (pool_run(plan, todo, fd, &pool, &tally, &why)) {
		code = complain(EXIT_OUTPUT, "run: %s", why.text);
	} else {
		m.tally = &tally;
		code = verdict(&tally, folder);
		if (manifest_write(folder, &m, &why))
			code = complain(EXIT_OUTPUT, "run: %s", why.text);
		else
			puts(folder); /* data on stdout: where the records are */
		if (q->live)
			live_end(&live, &tally);
		warn_of_references(folder);
	}
	if (fd >= 0)
		close(fd);
	free(todo);
	return code;
}

static int plan_and_run(struct request *q, const char *suite, int argc, char **argv)
{
	struct plan plan = { 0 };
	struct why why;
	int code = EXIT_DONE;

	if (plan_make(&plan, suite, &q->typed, &why))
		return complain(why.input ? EXIT_INPUT : EXIT_USAGE, "run: %s", why.text);
	if (q->dry)
		print_plan(&plan);
	else
		code = run_plan(&plan, q, argc, argv);
	plan_free(&plan);
	return code;
}

/* What is another word for a setting. */
static void settle(struct request *q)
{
	if (q->replacement)
		q->typed.setting[setting_find("sampling")] = "replacement";
}

/* Nothing is said of what runs, only where and how. */
static int says_nothing(const struct request *q, const char *suite)
{
	int said = suite || q->typed.problems.count || q->typed.optimizers.count || q->shard.of;

	for (size_t i = 0; i < SETTINGS; i++)
		said |= q->typed.setting[i] != NULL;
	return !said;
}

/* --resume alone: the suite and the settings are those of the command in the folder's manifest.
 */
static int go_on(const struct command *self, const struct request *q)
{
	struct request old = { 0 };
	struct texts suites;
	struct why why;
	int count, code;
	char **words = manifest_command(q->output, &count, &why);

	if (!words)
		return complain(EXIT_INPUT, "run: %s", why.text);
	code = arguments_read(self, count, words, &old, &suites);
	settle(&old);
	old.running = q->running;
	old.output = q->output;
	old.resume = 1;
	old.force = 0;
	old.dry = q->dry;
	old.live = q->live;
	if (code == GO_ON)
		code = plan_and_run(&old, suites.count ? suites.at[0] : NULL, count, words);
	arguments_free(self, &old, &suites);
	while (count)
		free(words[--count]);
	free(words);
	return code;
}

static int has_manifest(const char *folder)
{
	char path[4200];

	snprintf(path, sizeof path, "%s/manifest.json", folder);
	return !access(path, F_OK);
}

static void init(void *request)
{
	struct request *q = request;

	running_init(&q->running);
}

static int run(void *request, const struct typed_command *call)
{
	struct request *q = request;
	const char *suite = call->operands.count ? call->operands.at[0] : NULL;

	settle(q);
	if (q->resume && q->force)
		return complain(EXIT_USAGE, "run: --resume and --force exclude each other");
	if (q->resume && says_nothing(q, suite) && q->output && has_manifest(q->output))
		return go_on(call->self, q);
	return plan_and_run(q, suite, call->argc, call->argv);
}

static int read_shard(const char *text, void *at, struct why *why)
{
	struct shard *s = at;
	char more;

	s->text = text;
	if (sscanf(text, "%ld/%ld%c", &s->number, &s->of, &more) != 2 || s->of < 1 ||
		s->number < 1 || s->number > s->of)
		return fail(why, "'%s', expected I/N with 1 <= I <= N", text);
	return 0;
}

static const struct argument arguments[] = {
	{ "What runs", .kind = ARGUMENT_HEAD },
	{ "problem", 'P', "NAME[:opt=val,...]",
		"may be repeated; shell patterns: -P 'chained-*'", ARGUMENT_TEXTS,
		offsetof(struct request, typed.problems) },
	{ "optimizer", 'O', "NAME[:opt=val,...]",
		"the same; with a SUITE both choose from it, and what the suite lacks, "
		"or comes with options, runs as it is typed",
		ARGUMENT_TEXTS, offsetof(struct request, typed.optimizers) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ "Settings, over what the suite says", .kind = ARGUMENT_HEAD },
	{ .kind = ARGUMENT_SETTINGS, .at = offsetof(struct request, typed.setting) },
	{ "replacement", 0, NULL, "the same as --sampling replacement", ARGUMENT_FLAG,
		offsetof(struct request, replacement) },
	{ "Running", .kind = ARGUMENT_HEAD },
	{ "output", 'o', "DIR", "default: nsobench-out/SUITE, numbered where that exists",
		ARGUMENT_TEXT, offsetof(struct request, output) },
	{ "resume", 0, NULL,
		"go on in DIR: runs that are there are not repeated, unless they were "
		"interrupted or killed "
		"from outside (signal 9); the suite and the settings are those of DIR, others "
		"are refused",
		ARGUMENT_FLAG, offsetof(struct request, resume) },
	{ "force", 0, NULL, "replace the run in DIR", ARGUMENT_FLAG,
		offsetof(struct request, force) },
	{ "shard", 0, "I/N", "every N-th cell, for the job array of a cluster", ARGUMENT_READ,
		offsetof(struct request, shard), .read = read_shard },
	{ "live", 0, NULL,
		"while it runs DIR/report.html is written anew every few seconds: progress, "
		"curves so far, failed runs; an open page follows",
		ARGUMENT_FLAG, offsetof(struct request, live) },
	{ "dry-run", 0, NULL, "print the plan and end", ARGUMENT_FLAG,
		offsetof(struct request, dry) },
	{ .kind = ARGUMENT_TABLE,
		.table = running_arguments,
		.at = offsetof(struct request, running) },
	{ 0 },
};

const struct command command_run = { "run",
	"run a suite, or problems against optimizers; writes records", "[SUITE] [OPTION]...",
	"Runs optimizers on problems and writes DIR/manifest.json and DIR/runs.jsonl. SUITE is "
	"the name of a suite that "
	"ships (nsobench list suites) or a file ending in .json. Without SUITE, -P and -O "
	"together say what runs; else "
	"the suite `quick` does.",
	arguments, .operands = { 0, 1, "one suite" }, .size = sizeof(struct request),
	.init = init, .run = run };
