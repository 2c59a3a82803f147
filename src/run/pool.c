/* pool.c -- worker processes, not threads: a crash, a hang or a memory blow-up of one cell
 * becomes a record and the run goes on. The parent hands out cell numbers, longest first, and
 * is the only one that writes: a worker that dies while it sends leaves no half line. */
#include <config.h>
#include "run/channel.h"
#include "run/kin.h"
#include "run/lines.h"
#include "run/pool.h"
#include "run/progress.h"
#include "run/queue.h"
#include "run/record.h"
#include "run/worker.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

/* Seconds that a worker has to end its cell after a signal or a limit. */
static const double grace = 3;
/* Milliseconds between looks at limits. */
enum { TICK = 50 };
/* Seconds between two times that records are put on the disk: a loss of power takes no more. */
static const double between_syncs = 1;
/* Workers in a row that die before they take a cell: something is wrong. */
enum { MOST_STILLBORN = 100 };

struct worker {
	pid_t pid;
	int to, from; /* pipes, seen from the parent */
	size_t cell;
	int busy;
	double since, heard; /* when it got the cell; when something of its record came */
	enum status killed;  /* why the parent killed it: TIMEOUT, MEMORY, INTERRUPTED */
	struct bytes said;
};

struct pool {
	const struct plan *plan;
	const struct pool_options *o;
	struct limits limits;
	struct tally *tally;
	struct worker *worker;
	struct queue queue;
	int fd, stillborn, unsynced; /* unsynced: there are records since the last sync */
	double synced;               /* when that was */
	struct kin family;           /* children from before: not ours to end */
	struct progress *progress;
};

/* ---------------------------------------------------------------- workers ----------------- */

/* The ends of pipes that belong to the parent, and the file of records, are not for a worker.
 */
static void close_parents_ends(const struct pool *p, const struct worker *w)
{
	for (int i = 0; i < p->o->workers; i++)
		if (&p->worker[i] != w && p->worker[i].pid > 0) {
			close(p->worker[i].to);
			close(p->worker[i].from);
		}
	close(w->to);
	close(w->from);
	close(p->fd);
}

static int two_pipes(int to[2], int from[2], struct why *why)
{
	if (pipe(to))
		return fail(why, "pipe: %s", strerror(errno));
	if (pipe(from)) {
		close(to[0]);
		close(to[1]);
		return fail(why, "pipe: %s", strerror(errno));
	}
	return 0;
}

static int start_worker(struct pool *p, struct worker *w, struct why *why)
{
	pid_t me = getpid();
	int to[2], from[2];

	if (two_pipes(to, from, why))
		return -1;
	fflush(NULL);
	*w = (struct worker){ .pid = fork(), .to = to[1], .from = from[0] };
	if (w->pid == 0) {
		close_parents_ends(p, w);
		worker_main(p->plan, &p->limits, me, to[0], from[1]);
		fflush(NULL);
		_exit(0);
	}
	close(to[0]);
	close(from[1]);
	fcntl(w->from, F_SETFL, O_NONBLOCK);
	if (w->pid < 0) {
		close(w->to);
		close(w->from);
		w->pid = 0;
		return fail(why, "fork: %s", strerror(errno));
	}
	return 0;
}

/* Closes what leads to a worker and waits for its end. */
static int let_go(struct worker *w)
{
	int how = 0;

	close(w->to);
	close(w->from);
	while (waitpid(w->pid, &how, 0) < 0 && errno == EINTR)
		;
	w->pid = 0;
	bytes_free(&w->said);
	return how;
}

/* ---------------------------------------------------------------- the parent -------------- */

static volatile sig_atomic_t signals, last_signal;

static void on_signal(int signal)
{
	last_signal = signal;
	signals++;
}

static int append_record(struct pool *p, const char *line, size_t length, struct why *why)
{
	int error = lines_append(p->fd, line, length);

	p->unsynced = 1;
	return error ? fail(why, "cannot write a record: %s", strerror(error)) : 0;
}

/* One fdatasync for all records of a second: one each would cost a disk more than most runs
 * take. */
static int sync_records(struct pool *p, double wait, struct why *why)
{
	int error;

	if (!p->unsynced || seconds_now() - p->synced < wait)
		return 0;
	error = lines_sync(p->fd);
	p->unsynced = 0;
	p->synced = seconds_now();
	return error ? fail(why, "records cannot be put on the disk: %s", strerror(error)) : 0;
}

static void count_status(struct pool *p, enum status status, const char *reason)
{
	p->tally->by_status[status]++;
	p->tally->done++;
	if (*reason)
		snprintf(p->tally->reason, sizeof p->tally->reason, "%s", reason);
	progress_step(p->progress, p->tally);
}

/* The worker is gone: what it worked on becomes a record of that, with what it said at last.
 * Another takes its place. */
static int bury(struct pool *p, struct worker *w, const char *said, struct why *why)
{
	struct kin stay = p->family;
	struct text line = { 0 };
	struct record r;
	int how = let_go(w), error = 0;

	for (int i = 0; i < p->o->workers; i++)
		if (p->worker[i].pid)
			kin_add(&stay, p->worker[i].pid);
	kin_end_others(
		&stay); /* a plug-in's process that it watched over, and what that left */
	if (w->busy) {
		ending_record(&r, &p->limits, w->killed, how, seconds_now() - w->since, said);
		record_json(&line, &p->plan->cell[w->cell], &r);
		error = append_record(p, line.s, line.failed ? 0 : line.used, why);
		text_free(&line);
		count_status(p, r.status, r.reason);
		w->busy = 0;
	}
	if (error)
		return -1;
	return p->queue.next < p->queue.count && !signals ? start_worker(p, w, why) : 0;
}

/* Gives the worker a cell, or the one that comes in its place: a cell is gone from the queue
 * only when a worker has it. */
static int hand_out(struct pool *p, struct worker *w, struct why *why)
{
	while (w->pid && !w->busy && p->queue.next < p->queue.count && !signals) {
		size_t cell = p->queue.cell[p->queue.next];

		if (write(w->to, &cell, sizeof cell) == sizeof cell) {
			p->queue.next++;
			p->stillborn = 0;
			w->cell = cell;
			w->busy = 1;
			w->since = w->heard = seconds_now();
		} else if (errno != EINTR) {
			if (++p->stillborn > MOST_STILLBORN)
				return fail(
					why, "worker processes die before they take a cell");
			if (bury(p, w, NULL, why))
				return -1;
		}
	}
	return 0;
}

/* The line of a whole frame goes to the file; -1 where what stands before it cannot be. */
static int read_reply(const struct worker *w, struct reply *reply)
{
	if (frame_length(&w->said) < sizeof *reply)
		return -1;
	memcpy(reply, frame_payload(&w->said), sizeof *reply);
	return reply->status > RUNNING && reply->status <= SKIPPED &&
			       memchr(reply->reason, 0, sizeof reply->reason)
		       ? 0
		       : -1;
}

static int take_record(
	struct pool *p, struct worker *w, const struct reply *reply, struct why *why)
{
	int error = append_record(p, frame_payload(&w->said) + sizeof *reply,
		frame_length(&w->said) - sizeof *reply, why);

	w->said.used = 0;
	w->busy = 0;
	count_status(p, (enum status)reply->status, reply->reason);
	return error;
}

static int hear(struct pool *p, struct worker *w, struct why *why)
{
	struct why bad = { "it makes no sense" };
	struct reply reply;
	char key[KEY];
	int more = frame_receive(w->from, &w->said), whole;

	w->heard = seconds_now();
	cell_key(&p->plan->cell[w->cell], key);
	whole = frame_check(&w->said, w->cell, key, &bad);
	if (whole > 0 && !read_reply(w, &reply))
		return take_record(p, w, &reply, why);
	if (whole) /* it is out of its mind */
		kill(w->pid, SIGKILL);
	return whole || !more ? bury(p, w, whole ? bad.text : NULL, why) : 0;
}

/* Has it sent something that is not read yet? The parent may have slept (SIGSTOP) while it
 * worked. */
static int waiting(const struct worker *w)
{
	struct pollfd fd = { w->from, POLLIN, 0 };

	return poll(&fd, 1, 0) > 0;
}

static void kill_worker(struct worker *w, enum status why)
{
	if (why && !w->killed && !waiting(w)) {
		w->killed = why;
		kill(w->pid, SIGKILL);
	}
}

/* For a plug-in's cell the worker itself keeps the limits of the child; this one is for the
 * worker. */
static void enforce_limits(struct pool *p)
{
	for (int i = 0; i < p->o->workers; i++) {
		struct worker *w = &p->worker[i];

		if (w->pid && w->busy)
			kill_worker(
				w, limit_broken(&p->limits, w->pid,
					   w->heard + (cell_is_a_guests(&p->plan->cell[w->cell])
								      ? grace
								      : 0)));
	}
}

/* The first signal asks the workers to end their cells, the second kills them. */
static void obey_signals(struct pool *p, int *asked, double *deadline)
{
	if (!*asked) {
		*asked = 1;
		*deadline = seconds_now() + grace;
		p->tally->signal = (int)last_signal;
	}
	for (int i = 0; i < p->o->workers; i++) {
		struct worker *w = &p->worker[i];

		if (!w->pid || !w->busy)
			continue;
		if (signals > 1 || seconds_now() > *deadline)
			kill_worker(w, INTERRUPTED);
		else
			kill(w->pid, SIGTERM);
	}
}

static int busy_workers(const struct pool *p)
{
	int busy = 0;

	for (int i = 0; i < p->o->workers; i++)
		busy += p->worker[i].pid && p->worker[i].busy;
	return busy;
}

static int serve(struct pool *p, struct why *why)
{
	struct pollfd fds[256];
	struct worker *of[256];
	int count = 0;

	for (int i = 0; i < p->o->workers; i++)
		if (p->worker[i].pid && p->worker[i].busy) {
			fds[count] = (struct pollfd){ p->worker[i].from, POLLIN, 0 };
			of[count++] = &p->worker[i];
		}
	if (poll(fds, (nfds_t)count, TICK) > 0)
		for (int i = 0; i < count; i++)
			if (fds[i].revents && hear(p, of[i], why))
				return -1;
	return 0;
}

static int hand_out_all(struct pool *p, struct why *why)
{
	for (int i = 0; i < p->o->workers; i++)
		if (hand_out(p, &p->worker[i], why))
			return -1;
	return 0;
}

static int work_off(struct pool *p, struct why *why)
{
	int asked = 0, bad = 0;
	double deadline = INFINITY;

	for (int i = 0; !bad && i < p->o->workers && (size_t)i < p->queue.count; i++)
		bad = start_worker(p, &p->worker[i], why);
	while (!bad) {
		bad = hand_out_all(p, why);
		if (bad || (!busy_workers(p) && (p->queue.next == p->queue.count || signals)))
			break;
		bad = serve(p, why) || sync_records(p, between_syncs, why);
		if (signals)
			obey_signals(p, &asked, &deadline);
		enforce_limits(p);
		progress_tick(p->progress, p->tally);
		if (p->o->pulse && !signals)
			p->o->pulse(p->o->pulsed, p->tally);
	}
	if (signals && !p->tally->signal)
		p->tally->signal = (int)last_signal;
	for (int i = 0; i < p->o->workers; i++)
		if (p->worker[i].pid) {
			if (bad)
				kill(p->worker[i].pid, SIGKILL);
			let_go(&p->worker[i]);
		}
	if (!bad)
		bad = sync_records(p, 0, why);
	return bad ? -1 : 0;
}

int pool_run(const struct plan *plan, const char *todo, int fd, const struct pool_options *o,
	struct tally *tally, struct why *why)
{
	struct pool p = { .plan = plan,
		.o = o,
		.tally = tally,
		.fd = fd,
		.limits = { o->timeout, o->memory_mib } };
	struct sigaction catch = { .sa_handler = on_signal }, old[3];
	int bad = -1;

	*tally = (struct tally){ 0 };
	signals = 0;
	kin_note(&p.family);
	kin_adopt();
	p.worker = calloc((size_t)o->workers, sizeof *p.worker);
	if (!p.worker || queue_make(&p.queue, plan, todo)) {
		fail(why, "out of memory");
	} else {
		tally->cells = p.queue.count;
		p.progress = o->quiet ? NULL : progress_new(p.queue.count);
		sigaction(SIGINT, &catch, &old[0]);
		sigaction(SIGTERM, &catch, &old[1]);
		old[2].sa_handler = signal(SIGPIPE, SIG_IGN);
		bad = work_off(&p, why);
		sigaction(SIGINT, &old[0], NULL);
		sigaction(SIGTERM, &old[1], NULL);
		signal(SIGPIPE, old[2].sa_handler);
		progress_free(p.progress, tally);
	}
	free(p.worker);
	queue_free(&p.queue);
	return bad;
}
