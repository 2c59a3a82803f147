/* progress.c -- how far the run is: a bar with rate and time left on a terminal, else a line
 * every ten seconds. On stderr only; without colour when NO_COLOR is set. */
#include <config.h>
#include "run/progress.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BAR = 30 };
static const double every_terminal = 0.1, every_log = 10;

struct progress {
	size_t cells;
	double start, shown;
	int terminal, colour;
};

struct progress *progress_new(size_t cells)
{
	struct progress *p = calloc(1, sizeof *p);
	const char *term = getenv("TERM"), *none = getenv("NO_COLOR");

	if (!p)
		return NULL;
	p->cells = cells;
	p->start = p->shown = seconds_now();
	p->terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb");
	p->colour = p->terminal && !(none && *none);
	return p;
}

size_t tally_failures(const struct tally *t)
{
	return t->by_status[CRASHED] + t->by_status[TIMEOUT] + t->by_status[MEMORY] +
	       t->by_status[FAILED];
}

static void show(struct progress *p, const struct tally *t, double now)
{
	double spent = now - p->start, rate = (double)t->done / (spent > 0 ? spent : 1);
	size_t filled = p->cells ? BAR * t->done / p->cells : BAR;
	char left[32] = "";

	if (t->done)
		snprintf(left, sizeof left, ", %.0f s left",
			(double)(p->cells - t->done) / rate);
	if (p->terminal) {
		fprintf(stderr, "\r%s", p->colour ? "\033[32m" : "");
		for (size_t i = 0; i < BAR; i++)
			fputc(i < filled ? '#' : '.', stderr);
		fprintf(stderr, "%s %zu/%zu runs, %.1f/s%s", p->colour ? "\033[0m" : "",
			t->done, p->cells, rate, left);
		if (tally_failures(t))
			fprintf(stderr, ", %zu failed", tally_failures(t));
		fputs("\033[K", stderr);
		fflush(stderr);
	} else {
		fprintf(stderr, "%zu of %zu runs, %.1f a second%s\n", t->done, p->cells, rate,
			left);
	}
	p->shown = now;
}

void progress_tick(struct progress *p, const struct tally *t)
{
	double now;

	if (!p)
		return;
	now = seconds_now();
	if (now - p->shown > (p->terminal ? every_terminal : every_log))
		show(p, t, now);
}

void progress_step(struct progress *p, const struct tally *t) { progress_tick(p, t); }

void progress_free(struct progress *p, const struct tally *t)
{
	if (p && p->terminal) {
		show(p, t, seconds_now());
		fputc('\n', stderr);
	}
	free(p);
}
