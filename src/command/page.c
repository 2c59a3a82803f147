/* page.c -- the report of a folder without gnuplot's pictures: after a search, and while a run
 * goes on. */
#include <config.h>
#include "command/page.h"
#include "run/progress.h"

/* A page is written at most every so many seconds, and after so many times what the last one
 * took: 2 % of a run's time. */
static const double at_most_every = 2, times_its_cost = 50;

int page_write(
	const char *folder, const struct view *view, const struct report *what, struct why *why)
{
	struct report report = what ? *what : (struct report){ 0 };
	struct records r = { 0 };
	struct study s = { 0 };
	char path[4200];
	int bad = records_read(&r, folder, why);

	report.floor = 1e-12;
	snprintf(path, sizeof path, "%s/report.html", folder);
	if (!bad && (records_labels(&r) || study_make(&s, &r, &view->cost, view->target, why)))
		bad = fail(why, "out of memory");
	bad = bad || report_file(path, &s, &report, why);
	study_free(&s);
	records_free(&r);
	return bad ? -1 : 0;
}

void live_start(struct live *l, const char *folder)
{
	*l = (struct live){ folder, .next = seconds_now() + at_most_every };
}

static void write_live(struct live *l, const struct tally *t, int goes_on)
{
	double start = seconds_now(), took;
	char progress[120];
	struct view view;
	struct why why;
	int whole = !goes_on && t->done == t->cells;
	struct report what = { .progress = whole ? NULL : progress, .live = goes_on };

	snprintf(progress, sizeof progress, "%zu of %zu runs, %zu of them failed%s", t->done,
		t->cells, tally_failures(t), goes_on ? "" : "; stopped");
	view_init(&view);
	if (page_write(l->folder, &view, &what, &why)) {
		l->failed = 1;
		fprintf(stderr, "nsobench: run --live: %s\n", why.text);
	}
	took = seconds_now() - start;
	l->next = start + took + fmax(at_most_every, times_its_cost * took);
}

void live_pulse(void *live, const struct tally *t)
{
	struct live *l = live;

	if (!l->failed && t->done && seconds_now() > l->next)
		write_live(l, t, 1);
}

void live_end(struct live *l, const struct tally *t)
{
	if (!l->failed && t->done)
		write_live(l, t, 0);
}
