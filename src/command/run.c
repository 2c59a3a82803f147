/* run.c -- nsobench run: plan, workers, records. */
#include <config.h>
#include "command/command.h"
#include "command/listing.h"
#include "ground/data.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/text.h"
#include "ground/why.h"
#include "run/plugin.h"
#include "run/cell.h"
#include "run/manifest.h"
#include "run/plan.h"
#include "run/pool.h"
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

static const char help[] =
	"Usage: nsobench run [SUITE] [OPTION]...\n"
	"Runs optimizers on problems and writes DIR/manifest.json and DIR/runs.jsonl.\n"
	"SUITE is the name of a suite that ships (nsobench list suites) or a file ending in .json.\n"
	"Without SUITE, -P and -O together say what runs; else the suite `quick` does.\n"
	"\n"
	"What runs:\n"
	"  -P, --problem NAME[:opt=val,...]    may be repeated; shell patterns: -P 'chained-*'\n"
	"  -O, --optimizer NAME[:opt=val,...]  the same; with a SUITE both choose from it, and what\n"
	"                          the suite lacks, or comes with options, runs as it is typed\n"
	"      --instances LIST    0 is the textbook problem, others are shifted or redrawn: 0,1-5\n"
	"      --seeds N           seeds 1..N where anything is random\n"
	"\n"
	"How (over what the suite says):\n"
	"      --budget WORK       oracle calls: a value or a subgradient is 1, on k of m terms k/m\n"
	"      --steps N           --epochs E           --seconds S       other limits\n"
	"      --target GAP        end a run once f - f* <= GAP\n"
	"      --batch K           K terms a step; --replacement draws them independently\n"
	"      --noise SIGMA       normal noise on each coordinate of the gradient\n"
	"      --schedule S        constant, inverse-sqrt, inverse, geometric:factor=F, cosine, linear,\n"
	"                          step:every=K,factor=F; each with warmup=K\n"
	"      --average A         none, uniform, linear, polynomial:gamma=G, exponential:beta=B\n"
	"      --trace GRID        log:N points per decade (default 20), all, every:K steps\n"
	"      --record x          keep the iterates\n"
	"      --measure M,...     clarke, goldstein, ... or none\n"
	"\n"
	"Running:\n"
	"  -o, --output DIR        default: nsobench-out/SUITE, numbered where that exists\n"
	"  -j, --jobs N            worker processes (default: the number of cores)\n"
	"      --resume            go on in DIR: runs that are there are not repeated\n"
	"      --force             replace the run in DIR\n"
	"      --shard I/N         every N-th cell, for the job array of a cluster\n"
	"      --timeout S         seconds for one run      --memory MIB   memory of one worker\n"
	"      --plugin FILE.so    problems and optimizers of your own; may be repeated\n"
	"      --data DIR          folder of data files (default: $NSOBENCH_DATA)\n"
	"      --dry-run           print the plan and end\n"
	"  -q, --quiet             no progress\n"
	"  -h, --help              this text\n";

struct arguments {
	const char *suite, *output, *shard_text;
	struct override over;
	struct pool_options pool;
	long shard, shards;
	int resume, force, dry;
	const char **plugins;
	size_t plugin_count;
};

enum { INSTANCES = 256, SEEDS, WORK, STEPS, EPOCHS, SECONDS, GAP, BATCH, REPLACEMENT, NOISE, SCHEDULE,
	AVERAGE, TRACE, RECORD, MEASURE, RESUME, FORCE, SHARD, TIMEOUT_, MEMORY_, PLUGIN, DATA, DRY };

static const struct option options[] = {
	{ "problem", 1, 0, 'P' }, { "optimizer", 1, 0, 'O' }, { "instances", 1, 0, INSTANCES },
	{ "seeds", 1, 0, SEEDS }, { "budget", 1, 0, WORK }, { "steps", 1, 0, STEPS },
	{ "epochs", 1, 0, EPOCHS }, { "seconds", 1, 0, SECONDS }, { "target", 1, 0, GAP },
	{ "batch", 1, 0, BATCH }, { "replacement", 0, 0, REPLACEMENT }, { "noise", 1, 0, NOISE },
	{ "schedule", 1, 0, SCHEDULE }, { "average", 1, 0, AVERAGE }, { "trace", 1, 0, TRACE },
	{ "record", 1, 0, RECORD }, { "measure", 1, 0, MEASURE }, { "output", 1, 0, 'o' },
	{ "jobs", 1, 0, 'j' }, { "resume", 0, 0, RESUME }, { "force", 0, 0, FORCE },
	{ "shard", 1, 0, SHARD }, { "timeout", 1, 0, TIMEOUT_ }, { "memory", 1, 0, MEMORY_ },
	{ "plugin", 1, 0, PLUGIN }, { "data", 1, 0, DATA }, { "dry-run", 0, 0, DRY },
	{ "quiet", 0, 0, 'q' }, { "help", 0, 0, 'h' }, { 0 },
};

/* ---------------------------------------------------------------- arguments ------------------ */

static int number(const char *name, const char *text, double min, double max, int whole, double *out,
	struct why *why)
{
	if (parse_double(text, out) || !(*out >= min && *out <= max) || (whole && *out != floor(*out)))
		return fail(why, "--%s is '%s', expected a %snumber from %g to %g", name, text,
			whole ? "whole " : "", min, max);
	return 0;
}

static int take(struct arguments *a, int code, const char *name, struct why *why)
{
	struct override *o = &a->over;
	double v = 0;
	int bad = 0;

	switch (code) {
	case 'P': o->problems[o->problem_count++] = optarg; break;
	case 'O': o->optimizers[o->optimizer_count++] = optarg; break;
	case 'o': a->output = optarg; break;
	case 'q': a->pool.quiet = 1; break;
	case 'j':
		bad = number("jobs", optarg, 1, 256, 1, &v, why);
		a->pool.workers = (int)v;
		break;
	case INSTANCES: o->instances = optarg; break;
	case SEEDS:
		bad = number(name, optarg, 1, 1e6, 1, &v, why);
		o->seeds = (long)v;
		break;
	case WORK: bad = number(name, optarg, 0, 1e18, 0, &o->work, why); break;
	case STEPS: bad = number(name, optarg, 0, 1e18, 1, &o->steps, why); break;
	case EPOCHS: bad = number(name, optarg, 0, 1e12, 0, &o->epochs, why); break;
	case SECONDS: bad = number(name, optarg, 0, 1e9, 0, &o->seconds, why); break;
	case GAP: bad = number(name, optarg, 0, 1e300, 0, &o->target, why); break;
	case BATCH:
		bad = number(name, optarg, 1, 1e12, 1, &v, why);
		o->batch = (long)v;
		break;
	case REPLACEMENT: o->replacement = 1; break;
	case NOISE: bad = number(name, optarg, 0, 1e300, 0, &o->noise, why); break;
	case SCHEDULE: o->schedule = optarg; break;
	case AVERAGE: o->average = optarg; break;
	case TRACE: o->trace = optarg; break;
	case RECORD:
		o->record_x = 1;
		bad = strcmp(optarg, "x") ? fail(why, "--record is '%s', expected x", optarg) : 0;
		break;
	case MEASURE: o->measures = optarg; break;
	case RESUME: a->resume = 1; break;
	case FORCE: a->force = 1; break;
	case SHARD:
		a->shard_text = optarg;
		if (sscanf(optarg, "%ld/%ld", &a->shard, &a->shards) != 2 || a->shards < 1 ||
			a->shard < 1 || a->shard > a->shards)
			bad = fail(why, "--shard is '%s', expected I/N with 1 <= I <= N", optarg);
		break;
	case TIMEOUT_: bad = number(name, optarg, 1e-3, 1e9, 0, &a->pool.timeout, why); break;
	case MEMORY_: bad = number(name, optarg, 1, 1e9, 0, &a->pool.memory_mib, why); break;
	case PLUGIN: a->plugins[a->plugin_count++] = optarg; break;
	case DATA: data_folder_set(optarg); break;
	case DRY: a->dry = 1; break;
	}
	return bad;
}

static int read_arguments(int argc, char **argv, struct arguments *a)
{
	struct why why;
	int code, index = 0;

	opterr = 0;
	optind = 1;
	while ((code = getopt_long(argc, argv, "P:O:o:j:qh", options, &index)) != -1) {
		if (code == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (code == '?')
			return bad_option(argv, options);
		if (take(a, code, code > 255 ? options[index].name : "", &why))
			return complain(EXIT_USAGE, "run: %s", why.text);
	}
	if (optind < argc)
		a->suite = argv[optind++];
	if (optind < argc)
		return complain(EXIT_USAGE, "run: unexpected '%s' after the suite", argv[optind]);
	if (a->resume && a->force)
		return complain(EXIT_USAGE, "run: --resume and --force exclude each other");
	return -1;
}

/* ---------------------------------------------------------------- the folder ----------------- */

static int make_folders(const char *path, struct why *why)
{
	char part[4096];

	snprintf(part, sizeof part, "%s", path);
	for (char *c = part + 1; ; c++)
		if (*c == '/' || !*c) {
			char was = *c;

			*c = 0;
			if (mkdir(part, 0777) && errno != EEXIST)
				return fail(why, "%s: %s", part, strerror(errno));
			*c = was;
			if (!was)
				return 0;
		}
}

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

/* Marks the cells whose records are there already; interrupted ones are run again. */
static void mark_done(const struct plan *plan, FILE *in, char *todo)
{
	char (*key)[17] = calloc(plan->count, sizeof *key), *line = NULL, *at;
	size_t room = 0;
	ssize_t length;

	for (size_t i = 0; key && i < plan->count; i++)
		cell_key(&plan->cell[i], key[i]);
	while (key && (length = getline(&line, &room, in)) > 0) {
		at = strstr(line, "\"key\":\"");
		if (line[length - 1] != '\n' || !at || strstr(line, "\"status\":\"interrupted\""))
			continue;
		for (size_t i = 0; i < plan->count; i++)
			if (!strncmp(key[i], at + 7, 16))
				todo[i] = 0;
	}
	free(line);
	free(key);
}

/* Cuts off a last line that was not written to its end. */
static int drop_torn_line(int fd)
{
	off_t end = lseek(fd, 0, SEEK_END);
	char c = '\n';

	while (end > 0 && pread(fd, &c, 1, end - 1) == 1 && c != '\n')
		end--;
	return ftruncate(fd, end);
}

static int open_records(const char *folder, const struct arguments *a, const struct plan *plan,
	char *todo, struct why *why)
{
	char path[4200];
	FILE *in = NULL;
	int fd;

	if (make_folders(folder, why))
		return -1;
	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	if (!a->resume && !a->force && !access(path, F_OK))
		return fail(why, "%s holds a run already; --resume goes on with it, --force replaces it",
			folder);
	fd = open(path, O_RDWR | O_CREAT | O_APPEND | (a->force ? O_TRUNC : 0), 0666);
	if (fd < 0)
		return fail(why, "%s: %s", path, strerror(errno));
	if (a->resume && (drop_torn_line(fd) || !(in = fopen(path, "r")))) {
		fail(why, "%s: %s", path, strerror(errno));
		close(fd);
		return -1;
	}
	if (a->resume) {
		mark_done(plan, in, todo);
		fclose(in);
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
	fprintf(stderr, "%s: %.0f runs", plan->title ? plan->title : "run", cells);
	if (work > 0)
		fprintf(stderr, ", at most %.3g oracle calls", work);
	if (unlimited > 0)
		fprintf(stderr, ", %.0f of them limited by steps, epochs or seconds", unlimited);
	fputc('\n', stderr);
	/* not work of the run, but it takes its time */
	if (measures_announce(plan->cell, todo, plan->count, &measures) && measures.s)
		fprintf(stderr, "measures, evaluations at a point of the trace at most: %s\n", measures.s);
	text_free(&measures);
}

static void print_plan(const struct plan *plan)
{
	char key[17];

	printf("%-16s  %-22s %4s  %-18s %4s  %s\n", "key", "problem", "inst", "optimizer", "seed",
		"work");
	for (size_t i = 0; i < plan->count; i++) {
		const struct cell *c = &plan->cell[i];

		cell_key(c, key);
		printf("%s  %-22s %4d  %-18s %4llu  %g\n", key, c->problem->name, c->instance,
			c->optimizer->name, (unsigned long long)c->seed, c->budget.work);
	}
	printf("%zu runs\n", plan->count);
}

static int verdict(const struct tally *t, const char *folder)
{
	size_t bad = t->by_status[CRASHED] + t->by_status[TIMEOUT] + t->by_status[MEMORY] +
		t->by_status[FAILED];

	fprintf(stderr, "%zu runs in %s:", t->done, folder);
	for (int s = CONVERGED; s <= SKIPPED; s++)
		if (t->by_status[s])
			fprintf(stderr, " %zu %s", t->by_status[s], status_words[s]);
	fprintf(stderr, "\n");
	if (t->signal)
		return 128 + t->signal;
	if (t->done && t->by_status[SKIPPED] == t->done)
		return complain(EXIT_USAGE, "run: nothing could be run: %s", t->reason);
	if (bad)
		return complain(EXIT_FAILED_RUN, "run: %zu runs did not end well, the last: %s", bad,
			t->reason);
	return EXIT_DONE;
}

static int run_plan(const struct plan *plan, const struct arguments *a, int argc, char **argv)
{
	char folder[4096], *todo = malloc(plan->count);
	struct manifest m = { .plan = plan, .argc = argc, .argv = argv, .workers = a->pool.workers,
		.shard = a->shard_text };
	struct tally tally;
	struct why why;
	int fd, code;

	if (!todo)
		return complain(EXIT_INPUT, "run: out of memory");
	for (size_t i = 0; i < plan->count; i++)
		todo[i] = !a->shards || i % (size_t)a->shards == (size_t)a->shard - 1;
	if (a->output)
		snprintf(folder, sizeof folder, "%s", a->output);
	else
		default_folder(plan->name ? plan->name : "run", folder, sizeof folder);
	utc_now(m.start);
	if (!a->pool.quiet)
		announce(plan, todo);
	fd = open_records(folder, a, plan, todo, &why);
	if (fd < 0 || manifest_write(folder, &m, &why)) {
		code = complain(EXIT_OUTPUT, "run: %s", why.text);
	} else if (pool_run(plan, todo, fd, &a->pool, &tally, &why)) {
		code = complain(EXIT_OUTPUT, "run: %s", why.text);
	} else {
		m.tally = &tally;
		code = verdict(&tally, folder);
		if (manifest_write(folder, &m, &why))
			code = complain(EXIT_OUTPUT, "run: %s", why.text);
		else
			puts(folder); /* data on stdout: where the records are */
	}
	if (fd >= 0)
		close(fd);
	free(todo);
	return code;
}

int cmd_run(int argc, char **argv)
{
	struct arguments a = { .over = { .work = NAN, .steps = NAN, .epochs = NAN, .seconds = NAN,
		.target = NAN, .noise = NAN, .batch = -1, .seeds = -1 },
		.pool = { .timeout = INFINITY, .memory_mib = INFINITY } };
	struct plan plan = { 0 };
	struct why why;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int code;

	a.pool.workers = cores < 1 ? 1 : cores > 256 ? 256 : (int)cores;
	a.over.problems = calloc((size_t)argc, sizeof *a.over.problems);
	a.over.optimizers = calloc((size_t)argc, sizeof *a.over.optimizers);
	a.plugins = calloc((size_t)argc, sizeof *a.plugins);
	if (!a.over.problems || !a.over.optimizers || !a.plugins)
		code = complain(EXIT_INPUT, "run: out of memory");
	else
		code = read_arguments(argc, argv, &a);
	for (size_t i = 0; code < 0 && i < a.plugin_count; i++)
		if (plugin_load(a.plugins[i], &why))
			code = complain(EXIT_INPUT, "run: %s", why.text);
	if (code < 0 && plan_make(&plan, a.suite, &a.over, &why))
		code = complain(strstr(why.text, ".json: ") ? EXIT_INPUT : EXIT_USAGE, "run: %s",
			why.text);
	if (code < 0 && a.dry) {
		print_plan(&plan);
		code = EXIT_DONE;
	}
	if (code < 0)
		code = run_plan(&plan, &a, argc, argv);
	plan_free(&plan);
	free(a.over.problems);
	free(a.over.optimizers);
	free(a.plugins);
	return code;
}
