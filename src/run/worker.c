/* worker.c -- runs cells and sends their records, as lines, to the parent, which alone writes.
 * Built-in entries run right here. A cell with code of a plug-in runs in a child made for it
 * alone, from this process, which never runs that code: so what a plug-in breaks is its own
 * record. */
#include <config.h>
#include "ground/option.h"
#include "run/apart.h"
#include "run/oracle.h"
#include "run/parcel.h"
#include "run/program.h"
#include "run/record.h"
#include "run/worker.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

static int is_apart(const void *entry)
{
	const struct origin *o = entry_origin(entry);

	return o && o->apart;
}

int cell_is_a_guests(const struct cell *c)
{
	return entry_origin(c->problem) || entry_origin(c->optimizer);
}

/* Must the cell run apart, because its problem or its method is code that was loaded
 * (origin.apart)? All others run in the worker itself: what they start there may live on across
 * cells, apart_run spares it. */
static int cell_is_apart(const struct cell *c)
{
	return is_apart(c->problem) || is_apart(c->optimizer);
}

/* ---------------------------------------------------------------- one cell, here ---------- */

static void make_failed(struct record *r, const struct why *why, int memory)
{
	*r = (struct record){ .optimum = NAN, .start_f = NAN, .final_f = NAN, .best_f = NAN };
	snprintf(r->reason, sizeof r->reason, "%.*s", (int)sizeof r->reason - 1, why->text);
	r->status = cell_trouble(memory ? MEMORY : SKIPPED, r);
}

/* Cells that follow one another often share their function: it is made once. */
static struct instance *get_instance(
	struct instance *last, const struct cell *c, struct why *why)
{
	if (last->self && last->problem == c->problem && last->number == c->instance &&
		!memcmp(last->opt, c->popt,
			option_count(c->problem->options) * sizeof *c->popt))
		return last;
	instance_free(last);
	return instance_make(last, c->problem, c->popt, c->instance, why) ? NULL : last;
}

static int broke(enum status s)
{
	return s == FAILED || s == CRASHED || s == TIMEOUT || s == MEMORY;
}

/* The cell's limits hold for the answers of programs. After a failure the function is made
 * anew: it may have been lost with its program. */
static void run_here(
	const struct cell *c, struct instance *last, const struct limits *l, struct record *r)
{
	struct why why;
	struct instance *in;

	program_limits(l->timeout, l->memory_mib);
	in = get_instance(last, c, &why);
	if (in)
		cell_run(c, in, r);
	else
		make_failed(r, &why, strstr(why.text, "out of memory") != NULL);
	if (broke(r->status))
		instance_free(last);
}

/* ---------------------------------------------------------------- one cell, apart --------- */

struct job {
	const struct cell *cell;
	struct instance *last;
	const struct limits *limits;
	const char *key;
};

static void work(void *arg, int channel)
{
	const struct job *job = arg;
	struct bytes b = { 0 };
	struct record r;
	pid_t me = getpid();

	run_here(job->cell, job->last, job->limits, &r);
	if (getpid() != me)
		_exit(0); /* a copy that the plug-in made: the record is the first one's to send
			   */
	parcel_pack(&b, &r);
	frame_send(channel, job->cell->number, job->key, &b);
}

static void judge(
	struct record *r, const struct apart *a, const struct job *job, const struct limits *l)
{
	struct why why = { "" };
	int whole = frame_check(&a->said, job->cell->number, job->key, &why);

	if (whole > 0 && !parcel_open(r, frame_payload(&a->said), frame_length(&a->said), &why))
		return;
	/* where a signal ended it, half a record needs no words */
	if (whole == 0 && a->said.used)
		fail(&why, "it broke off");
	ending_record(r, l, a->killed, a->how, a->seconds,
		whole != 0 || (a->said.used && a->how == 0) ? why.text : NULL);
}

/* The columns' names of r stay in a->said. */
static void run_apart(
	const struct job *job, const struct limits *l, struct record *r, struct apart *a)
{
	struct why why;

	/* a function that is built in is made once here; why it cannot be, the child will say
	 */
	if (!is_apart(job->cell->problem))
		get_instance(job->last, job->cell, &why);
	if (apart_run(a, work, (void *)job, l, &why))
		make_failed(r, &why, 1);
	else
		judge(r, a, job, l);
}

/* ---------------------------------------------------------------- the worker -------------- */

static void on_term(int signal)
{
	(void)signal;
	stop_request = 1;
}

/* What a worker keeps from cell to cell: fresh memory costs more than what is written into it.
 */
struct desk {
	struct instance last;
	struct text line;
	struct bytes reply;
};

static void make_reply(struct desk *d, const struct cell *c, const struct record *r)
{
	struct reply reply;

	memset(&reply, 0, sizeof reply);
	reply.status = (int)r->status;
	snprintf(reply.reason, sizeof reply.reason, "%s", r->reason);
	d->line.used = d->reply.used = 0;
	record_json(&d->line, c, r);
	bytes_add(&d->reply, &reply, sizeof reply);
	bytes_add(&d->reply, d->line.s, d->line.used);
	d->reply.failed |= d->line.failed;
}

static int run_one(
	struct desk *d, const struct cell *c, size_t number, const struct limits *l, int out)
{
	char key[KEY];
	struct job job = { c, &d->last, l, key };
	struct apart a = { 0 };
	struct record r;
	int bad;

	cell_key(c, key);
	if (cell_is_apart(c))
		run_apart(&job, l, &r, &a);
	else
		run_here(c, &d->last, l, &r);
	make_reply(d, c, &r);
	bad = frame_send(out, number, key, &d->reply);
	record_free(&r);
	bytes_free(&a.said);
	return bad;
}

static void prepare(pid_t parent)
{
	struct sigaction term = { .sa_handler = on_term, .sa_flags = SA_RESTART };

	signal(SIGINT, SIG_IGN); /* the parent decides what Ctrl-C means */
	sigaction(SIGTERM, &term, NULL);
	signal(SIGPIPE, SIG_IGN);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(1); /* it died meanwhile */
	quiet_floats();
#ifdef __GLIBC__
	/* the memory of one cell is the next one's: given back and asked for anew it cost a
	 * tenth of the time */
	mallopt(M_MMAP_THRESHOLD, 4 << 20);
	mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

void worker_main(const struct plan *plan, const struct limits *l, pid_t parent, int in, int out)
{
	struct desk desk = { .last = { 0 } };
	size_t cell;
	ssize_t got;

	prepare(parent);
	while ((got = read(in, &cell, sizeof cell)) == sizeof cell ||
		(got < 0 && errno == EINTR)) {
		if (got < 0)
			continue;
		stop_request = 0; /* of the cell before: each is asked for itself */
		if (run_one(&desk, &plan->cell[cell], cell, l, out))
			break;
	}
	instance_free(&desk.last);
	programs_stop();
	text_free(&desk.line);
	bytes_free(&desk.reply);
}
