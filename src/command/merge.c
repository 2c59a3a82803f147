/* merge.c -- nsobench merge: unites the records of several folders, the shards of one run. Two
 * passes: the first finds the lines that count, the second copies them beside the target, which
 * gets its name when all is there. */
#include <config.h>
#include "command/command.h"
#include "command/merge.h"
#include "ground/files.h"
#include "ground/grow.h"
#include "ground/lines.h"
#include "ground/quote.h"
#include "ground/scan.h"
#include "run/cell.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

struct request {
	const char *output;
	int force, complete, mixed;
};

/* A record that counts: where its line is, and which cell of its plan it is. */
struct found {
	unsigned source, status;
	size_t line;
	double cell;
};

struct merging {
	struct source *source;
	size_t sources, at; /* at: the one that is read */
	struct found *found;
	size_t count, room, next; /* next: in the second pass */
	struct arena keys;
	struct names number; /* of the record with a key */
	FILE *out;
};

/* ------------------------------------------------------------------ first pass ---------------- */

static int status_of(const char *line)
{
	const char *v = scan_member(line, "status"), *text;
	size_t length;

	if (v && *v == '"' && scan_text(v, &text, &length))
		for (int s = CONVERGED; s <= SKIPPED; s++)
			if (length == strlen(status_words[s]) &&
				!strncmp(text, status_words[s], length))
				return s;
	return RUNNING;
}

/* A line that is a whole object; its torn rest would swallow what is appended to it. */
static int is_record(const struct line *line)
{
	const char *end;

	if (!line->whole || memchr(line->text, 0, line->length) ||
		*scan_space(line->text) != '{')
		return 0;
	end = scan_value(line->text);
	return end && !*scan_space(end);
}

static int note(struct merging *m, const struct line *line, struct why *why)
{
	const char *key = scan_member(line->text, "key"),
		   *cell = scan_member(line->text, "cell"), *text = NULL;
	struct found f = { (unsigned)m->at, (unsigned)status_of(line->text), line->number,
		NAN };
	size_t length = 0, *number = NULL;

	if (cell)
		f.cell = strtod(cell, NULL);
	if (key && *key == '"' && scan_text(key, &text, &length) && length &&
		(!(text = arena_text(&m->keys, text, length)) ||
			!(number = names_number(&m->number, text))))
		return fail(why, "out of memory");
	if (number && *number != (size_t)-1) {
		struct found *before = &m->found[*number];

		/* the later counts, but what was stopped replaces nothing that was done */
		if (f.status == INTERRUPTED && before->status != INTERRUPTED)
			return 0;
		before->line = 0;
	}
	if (room_for(&m->found, m->count + 1, &m->room, sizeof *m->found))
		return fail(why, "out of memory");
	if (number)
		*number = m->count;
	m->found[m->count++] = f;
	return 0;
}

static int first_pass(void *data, struct line *line, struct why *why)
{
	struct merging *m = data;
	struct source *s = &m->source[m->at];
	const char *schema;

	if (!*scan_space(line->text) && !line->zeros && line->length == strlen(line->text))
		return 0;
	if (!is_record(line)) {
		s->first_damaged = s->damaged++ ? s->first_damaged : line->number;
		return 0;
	}
	schema = scan_member(line->text, "schema");
	if (!schema || strncmp(schema, "\"nsobench-run/1.", 16))
		return fail(why,
			"%s, line %zu: \"schema\": expected a record of nsobench-run/1.x",
			s->path, line->number);
	return note(m, line, why);
}

/* ------------------------------------------------------------------ what is missing ----------- */

/* Cells of a plan without a record that was not interrupted, the first of them in text; how
 * many. */
static size_t missing_cells(
	const struct merging *m, size_t group, size_t cells, char *text, size_t size)
{
	char *there = calloc(cells + 1, 1);
	size_t count = 0, used = 0;

	for (size_t i = 0; there && i < m->count; i++) {
		const struct found *f = &m->found[i];

		if (f->line && m->source[f->source].group == group && f->cell >= 0 &&
			f->cell < (double)cells && f->status != INTERRUPTED)
			there[(size_t)f->cell] = 1;
	}
	for (size_t i = 0; there && i < cells; i++)
		if (!there[i] && count++ < 8 && used < size)
			used += (size_t)snprintf(
				text + used, size - used, "%s%zu", count > 1 ? ", " : "", i);
	if (count > 8 && used < size)
		snprintf(text + used, size - used, ", ...");
	free(there);
	return count;
}

/* Says which shards of a plan are not among the folders. */
static void name_shards(const struct merging *m, size_t group, const struct source *first)
{
	for (long k = 1; k <= first->of; k++) {
		size_t i = 0;

		while (i < m->sources &&
			(m->source[i].group != group || m->source[i].shard != k))
			i++;
		if (i == m->sources)
			complain(0, "merge: shard %ld/%ld is not among the folders", k,
				first->of);
	}
}

/* 0: all cells of all plans are there; else the exit code, and what is missing is named. */
static int incomplete(const struct merging *m)
{
	size_t next = 0;
	int code = EXIT_DONE;

	for (size_t i = 0; i < m->sources; i++) {
		const struct source *s = &m->source[i];
		char text[200] = "";
		size_t count;

		if (s->group != next)
			continue;
		next++;
		if (!s->cells) {
			code = complain(EXIT_INPUT,
				"merge: %s: no manifest with the number of cells: whether all "
				"are there "
				"cannot be told",
				s->folder);
			continue;
		}
		if (!(count = missing_cells(m, s->group, s->cells, text, sizeof text)))
			continue;
		name_shards(m, s->group, s);
		complain(0, "merge: %zu of the %zu cells that %s is of are missing: %s", count,
			s->cells, s->folder, text);
		code = code ? code : EXIT_FAILED_RUN;
	}
	return code;
}

static size_t damaged(const struct merging *m)
{
	size_t count = 0;

	for (size_t i = 0; i < m->sources; i++) {
		const struct source *s = &m->source[i];

		if (s->damage)
			complain(0, "merge: %s: %s: runs are lost", s->path, s->damage);
		if (s->damaged)
			complain(0,
				"merge: %s: %zu lines are torn or no JSON and are left out, "
				"the first is line %zu",
				s->path, s->damaged, s->first_damaged);
		count += s->damaged + (s->damage != NULL);
	}
	return count;
}

/* ------------------------------------------------------------------ second pass --------------- */

static int second_pass(void *data, struct line *line, struct why *why)
{
	struct merging *m = data;

	(void)why;
	while (m->next < m->count &&
		(m->found[m->next].source < m->at ||
			(m->found[m->next].source == m->at &&
				(!m->found[m->next].line ||
					m->found[m->next].line < line->number))))
		m->next++;
	if (m->next == m->count || m->found[m->next].source != m->at ||
		m->found[m->next].line != line->number)
		return 0;
	fwrite(line->text, 1, line->length, m->out);
	putc('\n', m->out);
	return 0;
}

static int read_all(struct merging *m,
	int (*pass)(void *data, struct line *line, struct why *why), struct why *why)
{
	for (m->at = 0; m->at < m->sources; m->at++)
		if (lines_read(m->source[m->at].path, pass, m, &m->source[m->at].damage, why))
			return -1;
	return 0;
}

static int write_all(struct merging *m, const char *output, size_t *runs, struct why *why)
{
	size_t by_status[SKIPPED + 1] = { 0 };
	struct text manifest = { 0 };
	struct new_file records;
	char path[4200];
	int bad;

	for (size_t i = 0; i < m->count; i++)
		if (m->found[i].line) {
			by_status[m->found[i].status]++;
			++*runs;
		}
	if (merged_manifest(m->source, m->sources, *runs, by_status, &manifest)) {
		text_free(&manifest);
		return fail(why, "out of memory");
	}
	snprintf(path, sizeof path, "%s/runs.jsonl", output);
	bad = folders_make(output, why) || file_begin(&records, path, why);
	if (!bad) {
		records.durable = 1;
		m->out = records.stream;
		bad = read_all(m, second_pass, why);
		if (bad)
			file_abandon(&records);
		else
			bad = file_commit(&records, why);
	}
	snprintf(path, sizeof path, "%s/manifest.json", output);
	bad = bad || file_write(path, manifest.s, manifest.used, why);
	text_free(&manifest);
	return bad ? -1 : 0;
}

/* ------------------------------------------------------------------ the command --------------- */

static int same_folder(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* What may be written over: nothing, what is merged into itself, or anything with --force. */
static int check_output(const struct merging *m, const struct request *q, size_t lost)
{
	char path[4200];
	int own = 0;

	for (size_t i = 0; i < m->sources; i++)
		own |= same_folder(m->source[i].folder, q->output);
	snprintf(path, sizeof path, "%s/runs.jsonl", q->output);
	if (q->force || access(path, F_OK))
		return EXIT_DONE;
	if (!own)
		return complain(EXIT_OUTPUT,
			"merge: %s holds a run already (--force replaces it)", q->output);
	if (lost)
		return complain(EXIT_INPUT,
			"merge: %s is read and would be written without its damaged lines "
			"(--force does it)",
			q->output);
	return EXIT_DONE;
}

static int merge(struct merging *m, const struct texts *folders, const struct request *q)
{
	struct why why;
	size_t lost, runs = 0;
	int code;

	for (; m->sources < folders->count; m->sources++)
		if (source_open(&m->source[m->sources], folders->at[m->sources], &why)) {
			source_close(&m->source[m->sources]);
			return complain(EXIT_INPUT, "merge: %s", why.text);
		}
	if (sources_group(m->source, m->sources, q->mixed, &why) ||
		read_all(m, first_pass, &why))
		return complain(EXIT_INPUT, "merge: %s", why.text);
	lost = damaged(m);
	if ((code = check_output(m, q, lost)) || (q->complete && (code = incomplete(m))))
		return code;
	if (write_all(m, q->output, &runs, &why))
		return complain(EXIT_OUTPUT, "merge: %s", why.text);
	fprintf(stderr, "%zu runs in %s\n", runs, shown(q->output));
	return lost ? EXIT_INPUT : EXIT_DONE;
}

static int run(void *request, const struct typed_command *call)
{
	const struct request *q = request;
	const struct texts *folders = &call->operands;
	struct merging m = { 0 };
	int code;

	if (!q->output)
		return complain(EXIT_USAGE, "merge: expected -o DIR");
	m.source = calloc(folders->count, sizeof *m.source);
	code = m.source ? merge(&m, folders, q) : complain(EXIT_INPUT, "merge: out of memory");
	for (size_t i = 0; i < m.sources; i++)
		source_close(&m.source[i]);
	free(m.source);
	free(m.found);
	names_clear(&m.number);
	arena_free(&m.keys);
	return code;
}

static const struct argument arguments[] = {
	{ "output", 'o', "DIR",
		"where to; must not hold a run yet, unless it is one of those merged",
		ARGUMENT_TEXT, offsetof(struct request, output) },
	{ "complete", 0, NULL,
		"write only if every cell of the plan is there; else name what is missing, "
		"exit code 1",
		ARGUMENT_FLAG, offsetof(struct request, complete) },
	{ "mixed", 0, NULL, "also records of different suites", ARGUMENT_FLAG,
		offsetof(struct request, mixed) },
	{ "force", 0, NULL, "replace the run in DIR", ARGUMENT_FLAG,
		offsetof(struct request, force) },
	{ 0 },
};

const struct command command_merge = { "merge", "unite folders of records",
	"DIR... -o DIR [OPTION]...",
	"Unites folders of records: every run once, a later folder's record of the same key "
	"wins, but one that was "
	"interrupted replaces none that was finished. The manifest of the whole names its "
	"sources and the command that "
	"repeats it. A merge that is killed leaves what was there.",
	arguments,
	"Exit code 3: damaged lines were left out, or the folders are not of one suite.",
	.operands = { 1, SIZE_MAX, "folders of records" }, .size = sizeof(struct request),
	.run = run };
