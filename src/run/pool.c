/* pool.c -- worker processes, not threads: a crash, a hang or a memory blow-up of one cell becomes a
 * record and the run goes on. The parent hands out cell numbers, longest first; a worker appends
 * each record to the file itself, with one write. */
#include <config.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/text.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/oracle.h"
#include "run/plan.h"
#include "run/pool.h"
#include "run/program.h"
#include "run/progress.h"
#include "run/record.h"
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

static const double grace = 3; /* seconds that a worker has to end its cell after a signal */
/* Seconds beyond the limit in which a worker itself ends a program, and reads what it said last. */
static const double program_grace = 0.5;
enum { TICK = 50 };            /* ms between looks at time and memory limits */

struct reply { /* from worker to parent, after each record */
	size_t cell;
	int status, write_error;
	char reason[320];
};

struct worker {
	pid_t pid;
	int to, from; /* pipes, seen from the parent */
	size_t cell;
	int busy;
	double since;
	enum status killed; /* why the parent killed it: TIMEOUT, MEMORY, INTERRUPTED */
};

struct pool {
	const struct plan *plan;
	const struct pool_options *o;
	struct tally *tally;
	struct worker *worker;
	size_t *order, next, count;
	int fd;
	struct progress *progress;
};

/* ---------------------------------------------------------------- writing -------------------- */

/* One write(2) per line: lines of several processes never mix in a file opened for appending. */
static int append(int fd, const struct cell *c, const struct record *r)
{
	struct text t = { 0 };
	ssize_t written = -1;

	record_json(&t, c, r);
	if (!t.failed)
		written = write(fd, t.s, t.used);
	int bad = t.failed || written != (ssize_t)t.used;
	int error = t.failed ? ENOMEM : written < 0 ? errno : ENOSPC;

	text_free(&t);
	return bad ? error : 0;
}

/* ---------------------------------------------------------------- the worker ----------------- */

static void on_term(int signal)
{
	(void)signal;
	stop_request = 1;
}

static void make_failed(struct record *r, const struct why *why, int memory)
{
	*r = (struct record){ .optimum = NAN, .start_f = NAN, .final_f = NAN, .best_f = NAN };
	snprintf(r->reason, sizeof r->reason, "%.*s", (int)sizeof r->reason - 1, why->text);
	r->status = cell_trouble(memory ? MEMORY : SKIPPED, r);
}

/* Cells that follow one another often share their function: it is made once. */
static struct instance *get_instance(struct instance *last, const struct cell *c, struct why *why)
{
	if (last->self && last->problem == c->problem && last->number == c->instance &&
		!memcmp(last->opt, c->popt, option_count(c->problem->options) * sizeof *c->popt))
		return last;
	instance_free(last);
	return instance_make(last, c->problem, c->popt, c->instance, why) ? NULL : last;
}

static int broke(enum status s)
{
	return s == FAILED || s == CRASHED || s == TIMEOUT || s == MEMORY;
}

/* The cell's limits hold for the answers of programs. After a failure the function is made anew: it may
 * have been lost with its program. */
static void run_one(const struct cell *c, struct instance *last, int fd, const struct pool_options *o,
	struct reply *reply)
{
	struct record r;
	struct why why;
	struct instance *in;

	program_limits(o->timeout, o->memory_mib);
	in = get_instance(last, c, &why);
	if (in)
		cell_run(c, in, &r);
	else
		make_failed(&r, &why, strstr(why.text, "out of memory") != NULL);
	reply->status = (int)r.status;
	reply->write_error = append(fd, c, &r);
	snprintf(reply->reason, sizeof reply->reason, "%s", r.reason);
	if (broke(r.status))
		instance_free(last);
	record_free(&r);
}

static void worker_main(const struct plan *plan, int in, int out, int fd, const struct pool_options *o)
{
	struct instance last = { 0 };
	struct reply reply;
	size_t cell;

	signal(SIGINT, SIG_IGN); /* the parent decides what Ctrl-C means */
	signal(SIGTERM, on_term);
	signal(SIGPIPE, SIG_IGN);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	quiet_floats();
	while (read(in, &cell, sizeof cell) == sizeof cell) {
		memset(&reply, 0, sizeof reply);
		reply.cell = cell;
		run_one(&plan->cell[cell], &last, fd, o, &reply);
		if (write(out, &reply, sizeof reply) != sizeof reply)
			break;
	}
	instance_free(&last);
	programs_stop();
}

static int start_worker(struct pool *p, struct worker *w, struct why *why)
{
	int to[2], from[2];

	if (pipe(to))
		return fail(why, "pipe: %s", strerror(errno));
	if (pipe(from)) {
		close(to[0]);
		close(to[1]);
		return fail(why, "pipe: %s", strerror(errno));
	}
	fflush(NULL);
	*w = (struct worker){ .pid = fork(), .to = to[1], .from = from[0] };
	if (w->pid == 0) {
		/* the ends that belong to the parent and to other workers must not stay open here */
		for (int i = 0; i < p->o->workers; i++)
			if (&p->worker[i] != w && p->worker[i].pid > 0) {
				close(p->worker[i].to);
				close(p->worker[i].from);
			}
		close(to[1]);
		close(from[0]);
		worker_main(p->plan, to[0], from[1], p->fd, p->o);
		fflush(NULL);
		_exit(0);
	}
	close(to[0]);
	close(from[1]);
	if (w->pid < 0) {
		close(to[1]);
		close(from[0]);
		w->pid = 0;
		return fail(why, "fork: %s", strerror(errno));
	}
	return 0;
}

static void stop_worker(struct worker *w)
{
	if (!w->pid)
		return;
	close(w->to);
	close(w->from);
	waitpid(w->pid, NULL, 0);
	w->pid = 0;
}

/* ---------------------------------------------------------------- the parent ----------------- */

static volatile sig_atomic_t signals, last_signal;

static void on_signal(int signal)
{
	last_signal = signal;
	signals++;
}

static double expected_cost(const struct cell *c)
{
	int n = option_find(c->problem->options, "n");
	const struct budget *b = &c->budget;
	double work = fmin(b->work, fmin(b->steps * 3, 1e12));

	return work * (n < 0 ? 10 : 10 + c->popt[n]) * (c->problem->traits & NSO_NETWORK ? 1e4 : 1);
}

struct rank {
	double cost;
	size_t cell;
};

static int by_cost(const void *a, const void *b)
{
	const struct rank *p = a, *q = b;

	if (p->cost != q->cost)
		return p->cost < q->cost ? 1 : -1;
	return p->cell < q->cell ? -1 : p->cell > q->cell;
}

/* Longest first, so that no worker is left alone with a long cell at the end. */
static int order_cells(struct pool *p, const char *todo)
{
	struct rank *rank = calloc(p->plan->count, sizeof *rank);

	p->order = calloc(p->plan->count, sizeof *p->order);
	if (!rank || !p->order) {
		free(rank);
		return -1;
	}
	for (size_t i = 0; i < p->plan->count; i++)
		if (todo[i])
			rank[p->count++] = (struct rank){ expected_cost(&p->plan->cell[i]), i };
	qsort(rank, p->count, sizeof *rank, by_cost);
	for (size_t i = 0; i < p->count; i++)
		p->order[i] = rank[i].cell;
	free(rank);
	return 0;
}

static void count_status(struct pool *p, enum status status, const char *reason)
{
	p->tally->by_status[status]++;
	p->tally->done++;
	if (*reason)
		snprintf(p->tally->reason, sizeof p->tally->reason, "%s", reason);
	progress_step(p->progress, p->tally);
}

static void hand_out(struct pool *p, struct worker *w)
{
	size_t cell;

	if (w->busy || p->next == p->count || signals)
		return;
	cell = p->order[p->next++];
	if (write(w->to, &cell, sizeof cell) != sizeof cell)
		return; /* it died: the poll below sees that */
	w->cell = cell;
	w->busy = 1;
	w->since = seconds_now();
}

/* The worker is gone: what it worked on becomes a record of that. */
static int bury(struct pool *p, struct worker *w, struct why *why)
{
	struct record r = { .optimum = NAN, .start_f = NAN, .final_f = NAN, .best_f = NAN };
	int how = 0, error;

	close(w->to);
	close(w->from);
	waitpid(w->pid, &how, 0);
	w->pid = 0;
	if (w->busy) {
		r.status = w->killed ? w->killed : CRASHED;
		r.wall = seconds_now() - w->since;
		r.cpu = r.oracle_seconds = r.optimizer_seconds = NAN;
		if (w->killed == TIMEOUT)
			snprintf(r.reason, sizeof r.reason, "longer than %g s", p->o->timeout);
		else if (w->killed == MEMORY)
			snprintf(r.reason, sizeof r.reason, "more than %g MiB", p->o->memory_mib);
		else if (w->killed)
			snprintf(r.reason, sizeof r.reason, "did not stop when asked to");
		else if (WIFSIGNALED(how))
			snprintf(r.reason, sizeof r.reason, "signal %d (%s)", WTERMSIG(how),
				strsignal(WTERMSIG(how)));
		else
			snprintf(r.reason, sizeof r.reason, "exit code %d", WEXITSTATUS(how));
		error = append(p->fd, &p->plan->cell[w->cell], &r);
		count_status(p, r.status, r.reason);
		if (error)
			return fail(why, "cannot write a record: %s", strerror(error));
	}
	return p->next < p->count && !signals ? start_worker(p, w, why) : 0;
}

static int take_reply(struct pool *p, struct worker *w, struct why *why)
{
	struct reply reply;
	ssize_t got = read(w->from, &reply, sizeof reply);

	if (got != sizeof reply)
		return bury(p, w, why);
	w->busy = 0;
	count_status(p, (enum status)reply.status, reply.reason);
	if (reply.write_error)
		return fail(why, "cannot write a record: %s", strerror(reply.write_error));
	return 0;
}

static double resident_mib(pid_t pid)
{
#ifdef __linux__
	char path[64];
	long total, resident = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
	f = fopen(path, "r");
	if (!f)
		return 0;
	if (fscanf(f, "%ld %ld", &total, &resident) != 2)
		resident = 0;
	fclose(f);
	return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1048576;
#else
	(void)pid;
	return 0;
#endif
}

static void kill_worker(struct worker *w, enum status why)
{
	if (!w->killed) {
		w->killed = why;
		kill(w->pid, SIGKILL);
	}
}

static void enforce_limits(struct pool *p)
{
	double now = seconds_now();

	for (int i = 0; i < p->o->workers; i++) {
		struct worker *w = &p->worker[i];

		if (!w->pid || !w->busy)
			continue;
		if (now - w->since > p->o->timeout + program_grace)
			kill_worker(w, TIMEOUT);
		if (isfinite(p->o->memory_mib) && resident_mib(w->pid) > p->o->memory_mib)
			kill_worker(w, MEMORY);
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
			if (fds[i].revents && take_reply(p, of[i], why))
				return -1;
	return 0;
}

static int work_off(struct pool *p, struct why *why)
{
	int asked = 0, bad = 0;
	double deadline = INFINITY;

	for (int i = 0; !bad && i < p->o->workers && (size_t)i < p->count; i++)
		bad = start_worker(p, &p->worker[i], why);
	while (!bad) {
		for (int i = 0; i < p->o->workers; i++)
			if (p->worker[i].pid)
				hand_out(p, &p->worker[i]);
		if (!busy_workers(p))
			break;
		bad = serve(p, why);
		if (signals)
			obey_signals(p, &asked, &deadline);
		enforce_limits(p);
		progress_tick(p->progress, p->tally);
	}
	if (signals && !p->tally->signal)
		p->tally->signal = (int)last_signal;
	if (bad)
		for (int i = 0; i < p->o->workers; i++)
			if (p->worker[i].pid)
				kill(p->worker[i].pid, SIGKILL);
	for (int i = 0; i < p->o->workers; i++)
		stop_worker(&p->worker[i]);
	return bad;
}

int pool_run(const struct plan *plan, const char *todo, int fd, const struct pool_options *o,
	struct tally *tally, struct why *why)
{
	struct pool p = { .plan = plan, .o = o, .tally = tally, .fd = fd };
	struct sigaction catch = { .sa_handler = on_signal }, old[3];
	int bad = -1;

	*tally = (struct tally){ 0 };
	signals = 0;
	p.worker = calloc((size_t)o->workers, sizeof *p.worker);
	if (!p.worker || order_cells(&p, todo)) {
		fail(why, "out of memory");
	} else {
		tally->cells = p.count;
		p.progress = o->quiet ? NULL : progress_new(p.count);
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
	free(p.order);
	return bad;
}
