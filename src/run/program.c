/* program.c -- the life of programs that speak nsobench-wire/1: one process for each role in
 * each of our processes; whatever it does, the worst for us is one failed answer. */
#include <config.h>
#include "ground/option.h"
#include "ground/text.h"
#include "run/cell.h"
#include "run/program.h"
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>

enum {
	MAX_PROGRAMS = 64,
	TICK = 20 /* ms between looks at the limits */,
	PART_OF_A_FRAME = 1000 /* ms */
};
static const double hello_seconds = 120; /* torch is imported in 2 to 20 of them */

static struct program *programs[MAX_PROGRAMS];
static size_t program_count;

static double wait_limit = INFINITY, memory_limit = INFINITY, limit_since;
static struct {
	enum trouble kind;
	char text[320], remark[320];
} trouble;

/* ---------------------------------------------------------------- trouble -------------------- */

enum trouble program_trouble(char *reason, size_t size)
{
	if (trouble.kind)
		snprintf(reason, size, "%.*s", (int)size - 1, trouble.text);
	return trouble.kind;
}

const char *program_remark(void) { return trouble.remark; }

void program_forget(void)
{
	trouble.kind = NO_TROUBLE;
	*trouble.remark = 0;
}

void program_limits(double seconds, double mib)
{
	wait_limit = seconds;
	memory_limit = mib;
	limit_since = seconds_now();
}

/* The first one is the cause of those that follow. */
static void note(
	struct program *p, enum trouble kind, const char *text, const struct process *from)
{
	char lines[240] = "";

	if (trouble.kind)
		return;
	trouble.kind = kind;
	if (from)
		process_last_lines(from, lines, sizeof lines);
	snprintf(trouble.text, sizeof trouble.text, "%s: %s%s%s", p->name, text,
		*lines ? "; its last lines: " : "", lines);
}

static void stop(struct link *l)
{
	process_kill(&l->process);
	wire_close(&l->wire);
	l->running = 0;
}

int program_note(struct program *p, enum trouble kind, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	note(p, kind, text, NULL);
	return -1;
}

void program_remark_value(const struct program *p, double v)
{
	snprintf(trouble.remark, sizeof trouble.remark, "%s: a value is %g", p->name, v);
}

static int end(struct program *p, struct link *l, enum trouble kind, const char *text)
{
	process_look(&l->process);
	note(p, kind, text, &l->process);
	stop(l);
	return -1;
}

int program_nonsense(struct program *p, struct link *l, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return end(p, l, TROUBLE_FAILED, text);
}

/* ---------------------------------------------------------------- waiting -------------------- */

/* It is gone, or about to be: the keeper tells how a moment after the socket closes. */
static int lost(struct program *p, struct link *l)
{
	char how[64], text[128];

	for (int i = 0; i < 100 && !l->process.gone; i++) {
		process_look(&l->process);
		if (!l->process.gone)
			poll(NULL, 0, 5);
	}
	process_end_text(&l->process, how, sizeof how);
	snprintf(text, sizeof text, "the program ended: %s", how);
	return end(p, l, TROUBLE_CRASHED, text);
}

static int over_limits(struct program *p, struct link *l, double since, double limit)
{
	double now = seconds_now();
	char text[96];

	if (now - since > limit) {
		snprintf(text, sizeof text, "longer than %g s", limit);
		end(p, l, TROUBLE_TIMEOUT, text);
		return -1;
	}
	if (isfinite(memory_limit) && process_mib(&l->process) > memory_limit) {
		snprintf(text, sizeof text, "more than %g MiB", memory_limit);
		end(p, l, TROUBLE_MEMORY, text);
		return -1;
	}
	return 0;
}

/* Asleep until something moves: a frame, output to be read, its end, a look at the limits. */
static int sleep_for(
	struct program *p, struct link *l, struct wire_frame *f, double since, double limit)
{
	struct process *q = &l->process;
	int got = 0, idle = 0;

	while (!got) {
		struct pollfd look[3] = { { l->wire.socket, POLLIN, 0 },
			{ q->leash, POLLIN, 0 }, { q->output, POLLIN, 0 } };

		if (!wire_doze(&l->wire))
			poll(look, 3, TICK);
		wire_wake(&l->wire);
		got = wire_take(&l->wire, f);
		process_look(q);
		if (!got && q->gone)
			got = wire_take(&l->wire, f) == 1 ? 1 : -1;
		if (!got && over_limits(p, l, since, limit))
			return -1;
		if (!got && look[0].revents) { /* something came that is no frame */
			poll(NULL, 0, 1);
			if (++idle > PART_OF_A_FRAME)
				return program_nonsense(p, l, "it sent a part of a frame");
		}
	}
	return got < 0 ? lost(p, l) : 0;
}

static int next_frame(struct program *p, struct link *l, struct wire_frame *f)
{
	if (!wire_spin(&l->wire, f) && sleep_for(p, l, f, limit_since, wait_limit))
		return -1;
	if (f->count != l->wire.received)
		return program_nonsense(p, l, "frame %llu came where %llu was due",
			(unsigned long long)f->count, (unsigned long long)l->wire.received);
	return 0;
}

/* ERROR: a is 1 when it refuses what it was asked (wrong options), 0 when it broke. */
static int refused(struct program *p, struct link *l, const struct wire_frame *f)
{
	const char *text = wire_text(&l->wire, f);

	if (!text)
		return program_nonsense(
			p, l, "a text of %llu bytes", (unsigned long long)f->length);
	process_look(&l->process);
	return program_note(p, f->a == 1 ? TROUBLE_REFUSED : TROUBLE_FAILED, "%s", text);
}

int program_call(struct program *p, struct link *l, struct wire_frame *f, const char *text)
{
	if (!l->running)
		return -1;
	f->c = l->wire.size;
	if (wire_send(&l->wire, f, text))
		return lost(p, l);
	if (next_frame(p, l, f))
		return -1;
	return f->verb == ERROR ? refused(p, l, f) : 0;
}

/* ---------------------------------------------------------------- life ----------------------- */

static int hello(struct program *p, struct link *l)
{
	struct wire_frame f = {
		.verb = HELLO, .a = WIRE_VERSION, .b = WIRE_MAILBOX, .c = WIRE_MAGIC
	};

	if (wire_send(&l->wire, &f, NULL))
		return lost(p, l);
	if (sleep_for(p, l, &f, seconds_now(), hello_seconds))
		return -1;
	if (f.verb != HELLO || f.c != WIRE_MAGIC || f.count != 1)
		return program_nonsense(p, l, "it does not speak nsobench-wire/1");
	if (f.a != WIRE_VERSION)
		return program_nonsense(p, l, "it speaks nsobench-wire/%llu, this program %d",
			(unsigned long long)f.a, WIRE_VERSION);
	l->wire.mailbox = f.b & WIRE_MAILBOX;
	return 0;
}

static int start(struct program *p, struct link *l)
{
	struct why why;
	int theirs;

	if (wire_open(&l->wire, &theirs, &why))
		return program_note(p, TROUBLE_CRASHED, "%s", why.text);
	if (process_start(&l->process, p->words, theirs, l->wire.shared, &why)) {
		close(theirs);
		wire_close(&l->wire);
		return program_note(p, TROUBLE_CRASHED, "%s", why.text);
	}
	close(theirs);
	l->owner = getpid();
	l->running = 1;
	l->round++;
	l->last_id = 0;
	return hello(p, l);
}

/* After a fork our end is the parent's alone; its descriptors may be closed here, or others by
 * now. */
static void let_go(struct link *l)
{
	munmap(l->wire.map, l->wire.size);
	*l = (struct link){ .round = l->round };
}

struct link *program_link(struct program *p, enum role role)
{
	struct link *l = &p->link[role];

	if (l->running && l->owner != getpid())
		let_go(l);
	if (!l->running && start(p, l))
		return NULL;
	process_look(&l->process);
	l->process.used = 0; /* its last lines are those of the run that begins */
	return l;
}

void programs_stop(void)
{
	for (size_t i = 0; i < program_count; i++)
		for (int r = 0; r < ROLES; r++)
			if (programs[i]->link[r].running &&
				programs[i]->link[r].owner == getpid())
				stop(&programs[i]->link[r]);
}

int program_keep(struct program *p)
{
	if (program_count == MAX_PROGRAMS)
		return -1;
	if (program_count == 0)
		atexit(programs_stop);
	programs[program_count++] = p;
	return 0;
}

struct program *program_of(const char *name)
{
	for (size_t i = 0; i < program_count; i++) {
		const struct description *d = &programs[i]->brings;

		for (size_t k = 0; k < d->methods; k++)
			if (d->method[k]->entry.name == name)
				return programs[i];
		for (size_t k = 0; k < d->problems; k++)
			if (d->problem[k]->entry.name == name)
				return programs[i];
	}
	return NULL;
}

void program_end(struct program *p, enum role role)
{
	if (p->link[role].running)
		stop(&p->link[role]);
}

/* ---------------------------------------------------------------- texts ---------------------- */

void program_number(struct text *t, const char *key, double v)
{
	if (isnan(v))
		text_add(t, "%s nan\n", key);
	else
		text_add(t, "%s %.17g\n", key, v);
}

void program_options(struct text *t, const struct nso_option *table, const double *opt)
{
	for (size_t i = 0; i < option_count(table); i++) {
		text_add(t, "option %s ", table[i].name);
		if (option_is_text(&table[i]))
			text_add(t, "%s\n", nso_text(opt[i]));
		else if (table[i].words)
			text_add(t, "%s\n", table[i].words[(size_t)opt[i]]);
		else
			text_add(t, isnan(opt[i]) ? "nan\n" : "%.17g\n", opt[i]);
	}
}
