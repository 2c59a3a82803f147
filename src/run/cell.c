/* cell.c -- one run: draws the samples, calls step, watches budget, divergence and target, and
 * writes the trace. What the harness evaluates for itself is neither counted nor timed. */
#include <config.h>
#include "ground/option.h"
#include "run/cell.h"
#include "run/game.h"
#include "run/program.h"
#include "run/trace.h"
#include "run/watch.h"
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>
#if defined __SSE2__
#include <xmmintrin.h>
#endif

const char *const status_words[] = { "running", "converged", "stuck", "failed", "diverged",
	"budget", "target", "crashed", "timeout", "memory", "interrupted", "skipped", NULL };

/* f(x) above f(x0) + this times max(1, |f(x0)|) is divergence. */
static const double divergence = 1e10;
/* Steps in a row without an oracle call that end a run: no budget would ever end it. */
enum { idle_limit = 1000 };
/* The targets at which a trace point is taken besides the grid: gaps 1e2 .. 1e-8, 51 of them.
 */
static const double first_target = 1e2, last_target = 1e-8;
static const double targets_per_decade = 5;

void quiet_floats(void)
{
	extern void openblas_set_num_threads(int) __attribute__((weak));

	if (openblas_set_num_threads)
		openblas_set_num_threads(1);
		/* Moments of coordinates whose gradient stays zero decay into denormals: 8
		 * times slower. */
#if defined __SSE2__
	_mm_setcsr(_mm_getcsr() | 0x8040);
#elif defined __aarch64__
	uint64_t fpcr;
	__asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
	fpcr |= UINT64_C(1) << 24;
	__asm__ volatile("msr fpcr, %0" : : "r"(fpcr));
#endif
}

/* ---------------------------------------------------------------- what a cell lacks -------- */

/* An option of the method's that holds a number stands in for what the problem does not know.
 */
static int given(const struct cell *c, const char *option)
{
	int i = option_find(c->optimizer->options, option);

	return i >= 0 && !isnan(c->oopt[i]);
}

int cell_lacks(const struct cell *c, const struct instance *in, char *reason, size_t size)
{
	static const struct {
		unsigned bit;
		const char *text;
	} words[] = { { NSO_PROX, "a split f = s + h with a prox" },
		{ NSO_OPTIMUM, "the optimal value f*" }, { NSO_MINIMIZER, "a known minimizer" },
		{ NSO_SMOOTHNESS, "a known smoothness constant L" },
		{ NSO_SADDLE, "a saddle form f = g + h(K.)" } };
	unsigned lacking = c->optimizer->needs & ~instance_offers(in);

	if (given(c, "f_star"))
		lacking &= ~(unsigned)NSO_OPTIMUM;
	if (given(c, "lr"))
		lacking &= ~(unsigned)NSO_SMOOTHNESS;
	if (c->batch && !in->problem->batch) {
		snprintf(reason, size, "%s is not a sum of terms: no mini-batches",
			c->problem->name);
		return 1;
	}
	if ((c->batch || c->noise > 0) && c->optimizer->needs & NSO_SADDLE) {
		snprintf(reason, size, "%s works on the saddle form: it has no samples",
			c->optimizer->name);
		return 1;
	}
	if (c->batch && c->optimizer->needs & NSO_PROX) {
		snprintf(reason, size, "%s splits f = s + h: mini-batches of s are not offered",
			c->optimizer->name);
		return 1;
	}
	if (c->noise > 0 && in->problem->game) {
		snprintf(reason, size, "%s is a game: its players' losses take no noise",
			c->problem->name);
		return 1;
	}
	if (c->batch > in->facts.terms) {
		snprintf(reason, size, "batch %zu is more than the %zu terms of %s", c->batch,
			in->facts.terms, c->problem->name);
		return 1;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (lacking & words[i].bit) {
			snprintf(reason, size, "%s needs %s, which %s does not offer",
				c->optimizer->name, words[i].text, c->problem->name);
			return 1;
		}
	return 0;
}

/* ---------------------------------------------------------------- the run -------------------- */

struct run {
	const struct cell *cell;
	const struct instance *in;
	struct nso_oracle f;
	struct record *r;
	struct watch *watch;
	double *x, *average;
	double next_calls; /* oracle calls at which the next grid point is due */
	size_t next_step;
	size_t step_limit, next_clock;
	uint64_t cheapest;    /* calls of the cheapest step so far: less than that left ends the
				 run */
	double begin, paused; /* wall clock; what the harness spent on itself */
	int step_, work, calls[CALL_KINDS], f_, best, mean, gap, first_own;
};

static void add_columns(struct run *u)
{
	struct record *r = u->r;

	u->step_ = trace_column(r, trace_names[TRACE_STEP]);
	u->work = trace_column(r, trace_names[TRACE_WORK]);
	for (int k = 0; k < CALL_KINDS; k++)
		u->calls[k] = k < call_kinds(u->cell->optimizer)
				      ? trace_column(r, call_names[k])
				      : -1;
	u->f_ = trace_column(r, trace_names[TRACE_F]);
	u->best = trace_column(r, trace_names[TRACE_BEST]);
	u->mean = u->average ? trace_column(r, trace_names[TRACE_AVERAGE]) : -1;
	u->gap = trace_column(r, trace_names[TRACE_GAP]);
	u->first_own = (int)r->columns;
	for (size_t i = 0; u->cell->optimizer->columns && u->cell->optimizer->columns[i]; i++)
		if (trace_column(r, u->cell->optimizer->columns[i]) < 0)
			break;
}

/* A method's column must not bear the name of one of the harness' own: a record names each
 * once. */
static int repeats_column(const struct run *u)
{
	struct record *r = u->r;
	const char *const *own = u->cell->optimizer->columns;

	for (size_t i = 0; own && own[i]; i++)
		for (size_t k = 0, times = 0; k <= r->columns; k++) {
			times += !strcmp(own[i], k < r->columns ? r->column[k].name : "x");
			if (times < 2)
				continue;
			snprintf(r->reason, sizeof r->reason,
				"the column '%s' of %s has the name of one that every record "
				"has",
				own[i], u->cell->optimizer->name);
			return 1;
		}
	return 0;
}

static double work_done(const struct run *u)
{
	return (double)oracle_calls(&u->f) * u->f.share;
}

/* First grid value 10^(k/N) above the calls made. */
static double next_mark(double calls, double per_decade)
{
	double k = calls < 1 ? 0 : floor(log10(calls) * per_decade), mark;

	do
		mark = pow(10, k++ / per_decade);
	while (mark <= calls);
	return mark;
}

static double next_target(double gap)
{
	double t;

	if (!(gap > last_target))
		return -INFINITY;
	if (gap > first_target)
		return first_target;
	t = pow(10, floor(log10(gap) * targets_per_decade) / targets_per_decade);
	return t < gap ? t : t * pow(10, -1 / targets_per_decade);
}

static void schedule_next_point(struct run *u)
{
	const struct grid *g = &u->cell->grid;

	u->next_step = g->kind == GRID_ALL ? u->f.step + 1
		       : g->kind == GRID_EVERY
			       ? u->f.step + (size_t)g->number - u->f.step % (size_t)g->number
			       : SIZE_MAX;
	u->next_calls = g->kind == GRID_LOG ? next_mark((double)oracle_calls(&u->f), g->number)
					    : INFINITY;
	u->f.hit = 0;
	u->f.next_target = -INFINITY;
	if (g->kind == GRID_LOG && isfinite(u->in->facts.optimum))
		u->f.next_target =
			u->in->facts.optimum + next_target(u->f.best - u->in->facts.optimum);
}

/* Evaluates the measures at the iterate and appends them to the trace; returns f(x). */
static int add_point(struct run *u, double *fx)
{
	struct record *r = u->r;
	const struct instance *in = u->in;
	double start = seconds_now(), v = instance_eval(in, u->x, NULL);

	if (v < u->f.best)
		u->f.best = v;
	*fx = v;
	if (trace_point(r, u->cell->record_x))
		return -1;
	trace_set(r, u->step_, (double)u->f.step);
	trace_set(r, u->work, work_done(u));
	for (int k = 0; k < CALL_KINDS; k++)
		trace_set(r, u->calls[k], (double)u->f.calls[k]);
	trace_set(r, u->f_, v);
	trace_set(r, u->best, u->f.best);
	trace_set(r, u->gap, v - in->facts.optimum);
	if (u->average)
		trace_set(r, u->mean, instance_eval(in, u->average, NULL));
	for (size_t i = 0; u->cell->optimizer->columns && u->cell->optimizer->columns[i] &&
			   i < NSO_MAX_COLUMNS;
		i++)
		trace_set(r, u->first_own + (int)i, u->f.reported[i]);
	watch_measure(u->watch, r, u->x, v);
	if (u->cell->record_x)
		memcpy(r->x + (r->points - 1) * r->n, u->x, r->n * sizeof *u->x);
	r->seconds[r->points - 1] = start - u->begin - u->paused;
	u->paused += seconds_now() - start;
	schedule_next_point(u);
	return 0;
}

static void set_limits(struct run *u)
{
	const struct budget *b = &u->cell->budget;
	double steps = b->steps, calls = b->work / u->f.share, start = u->r->start_f;

	if (u->f.batch && isfinite(b->epochs))
		steps = fmin(steps, ceil(b->epochs / u->f.share));
	else if (isfinite(b->epochs))
		steps = fmin(steps, b->epochs);
	u->step_limit = steps < 9e18 ? (size_t)steps : SIZE_MAX;
	u->f.call_limit = calls;
	u->f.deadline = u->begin + b->seconds;
	/* noise and mini-batches answer with other functions' values: only f(x) itself decides
	 * there */
	u->f.ceiling = u->f.batch || u->f.noise > 0 ? DBL_MAX
						    : start + divergence * fmax(1, fabs(start));
}

static int out_of_budget(struct run *u)
{
	double now;

	if (u->f.step >= u->step_limit ||
		(double)(oracle_calls(&u->f) + u->cheapest) > u->f.call_limit)
		return 1;
	if (u->f.step >= u->next_clock) {
		now = seconds_now();
		if (now > u->f.deadline)
			return 1;
		/* look again after about 5 ms of steps */
		u->next_clock +=
			1 + (size_t)((double)u->f.step * 0.005 / (now - u->begin + 1e-9));
	}
	return 0;
}

static double progress(const struct run *u)
{
	double steps = (double)u->f.step / (double)u->step_limit;
	double calls = (double)oracle_calls(&u->f) / u->f.call_limit;

	return fmax(
		u->step_limit == SIZE_MAX ? 0 : steps, isfinite(u->f.call_limit) ? calls : 0);
}

static void begin_step(struct run *u)
{
	if (u->cell->schedule.kind != CONSTANT || u->cell->schedule.warmup > 0)
		u->f.rate = schedule_rate(&u->cell->schedule, u->f.step, progress(u));
	u->f.step++;
	if (!u->f.eval)
		oracle_draw(&u->f);
}

static void update_average(struct run *u)
{
	double c = average_weight(&u->cell->average, u->f.step);

	for (size_t i = 0; i < u->f.n; i++)
		u->average[i] += c * (u->x[i] - u->average[i]);
}

/* An oracle answer was NaN or huge: is the iterate itself lost, or was it a trial point only?
 */
static int lost(struct run *u)
{
	double start = seconds_now(), v = instance_eval(u->in, u->x, NULL),
	       start_f = u->r->start_f;

	u->f.alarm = 0;
	u->paused += seconds_now() - start;
	return !(v <= start_f + divergence * fmax(1, fabs(start_f)));
}

/* Who steps: the method, or the one that lets a game's players step. */
static const struct nso_optimizer *player(const struct cell *c)
{
	return c->problem->game ? &game_optimizer : c->optimizer;
}

static void *init(
	const struct cell *c, const struct instance *in, struct nso_oracle *f, double *x)
{
	return c->problem->game ? game_init(c, in, f, x) : c->optimizer->init(f, c->oopt, x);
}

/* The status that step returned, where there is one of that number. */
static enum status said(struct run *u, enum nso_status s)
{
	if ((unsigned)s <= NSO_DIVERGED)
		return (enum status)s;
	snprintf(u->r->reason, sizeof u->r->reason,
		"step returned %d, expected %d to %d (enum nso_status)", (int)s, NSO_CONTINUE,
		NSO_DIVERGED);
	return FAILED;
}

static enum status iterate(struct run *u, void *state)
{
	const struct nso_optimizer *o = player(u->cell);
	double target = u->in->facts.optimum + u->cell->budget.target, fx;
	uint64_t before;
	int idle = 0;
	enum nso_status s;

	for (;;) {
		if (stop_request)
			return INTERRUPTED;
		if (u->f.best <= target)
			return TARGET;
		if (out_of_budget(u))
			return BUDGET;
		before = oracle_calls(&u->f);
		begin_step(u);
		s = o->step(state, &u->f, u->x);
		before = oracle_calls(&u->f) - before;
		if (before < u->cheapest || u->f.step == 1)
			u->cheapest = before;
		idle = before ? 0 : idle + 1;
		if (idle == idle_limit)
			return STUCK;
		if (u->average)
			update_average(u);
		if (u->f.alarm && lost(u))
			return DIVERGED;
		if (s != NSO_CONTINUE)
			return said(u, s);
		if ((double)oracle_calls(&u->f) >= u->next_calls || u->f.step >= u->next_step ||
			u->f.hit) {
			if (add_point(u, &fx))
				return MEMORY;
			if (!(fx <= u->r->start_f + divergence * fmax(1, fabs(u->r->start_f))))
				return DIVERGED;
		}
	}
}

/* The peak of this cell alone, where the system can forget the peak of those before. */
static void forget_peak(void)
{
#ifdef __linux__
	FILE *f = fopen("/proc/self/clear_refs", "w");

	if (f) {
		fputs("5", f);
		fclose(f);
	}
#endif
}

static long peak_rss(void)
{
	struct rusage usage;
	long peak = -1;
#ifdef __linux__
	char line[256];
	FILE *f = fopen("/proc/self/status", "r");

	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "VmHWM: %ld kB", &peak) == 1)
			break;
	if (f)
		fclose(f);
#endif
	getrusage(RUSAGE_SELF, &usage);
	return peak >= 0 ? peak : usage.ru_maxrss;
}

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void finish(struct run *u, enum status status, double cpu)
{
	struct record *r = u->r;
	double fx = NAN, last = r->points ? r->column[u->step_].v[r->points - 1] : -1;

	r->wall = seconds_now() - u->begin - u->paused;
	r->cpu = cpu_seconds() - cpu;
	if (status != MEMORY && last != (double)u->f.step && add_point(u, &fx))
		status = MEMORY;
	r->status = status;
	r->steps = u->f.step;
	memcpy(r->calls, u->f.calls, sizeof r->calls);
	r->work = work_done(u);
	r->oracle_seconds = oracle_seconds(&u->f);
	r->optimizer_seconds = fmax(0, r->wall - r->oracle_seconds);
	r->final_f = r->points ? r->column[u->f_].v[r->points - 1] : NAN;
	r->best_f = isfinite(u->f.best) ? u->f.best : NAN;
	r->peak_rss_kib = peak_rss();
}

static int prepare(struct run *u)
{
	size_t n = u->in->facts.n;

	u->x = calloc(n, sizeof *u->x);
	if (!u->x || (u->cell->average.kind && !(u->average = calloc(n, sizeof *u->average))) ||
		oracle_init(&u->f, u->cell, u->in))
		return -1;
	instance_start(u->in, u->cell->seed, u->x);
	add_columns(u);
	u->watch = watch_new(u->cell, u->in, u->x, u->r);
	if (!u->watch)
		return -1;
	u->begin = seconds_now();
	return 0;
}

/* A program that failed says how the run ended, whatever the method made of it. */
enum status cell_trouble(enum status status, struct record *r)
{
	static const enum status ends[] = { [TROUBLE_REFUSED] = SKIPPED,
		[TROUBLE_FAILED] = FAILED,
		[TROUBLE_DIVERGED] = DIVERGED,
		[TROUBLE_CRASHED] = CRASHED,
		[TROUBLE_TIMEOUT] = TIMEOUT,
		[TROUBLE_MEMORY] = MEMORY };
	enum trouble trouble = program_trouble(r->reason, sizeof r->reason);

	if (!trouble && status == DIVERGED)
		snprintf(r->reason, sizeof r->reason, "%s", program_remark());
	program_forget();
	return trouble ? ends[trouble] : status;
}

int cell_run(const struct cell *c, const struct instance *in, struct record *r)
{
	struct run u = { .cell = c, .in = in, .r = r };
	double cpu = cpu_seconds();
	void *state = NULL;
	enum status status = MEMORY;

	*r = (struct record){ .status = SKIPPED,
		.n = in->facts.n,
		.terms = in->facts.terms,
		.optimum = in->facts.optimum,
		.optimum_error = in->facts.optimum_error,
		.traits = in->facts.traits,
		.start_f = NAN,
		.final_f = NAN,
		.best_f = NAN };
	memcpy(r->note, in->facts.why, sizeof r->note);
	if (cell_lacks(c, in, r->reason, sizeof r->reason))
		return 0;
	forget_peak();
	if (prepare(&u))
		goto done;
	if (repeats_column(&u)) {
		status = FAILED;
		goto done;
	}
	if (add_point(&u, &r->start_f))
		goto done;
	if (u.average)
		memcpy(u.average, u.x, r->n * sizeof *u.x);
	program_prepare(c->optimizer);
	u.begin = seconds_now();
	u.paused = 0;
	u.f.best = r->start_f;
	set_limits(&u);
	if (!isfinite(r->start_f))
		status = DIVERGED;
	else if (u.f.call_limit < 1 || u.step_limit == 0)
		status = BUDGET;
	else if ((state = init(c, in, &u.f, u.x)))
		status = iterate(&u, state);
	finish(&u, status, cpu);
done:
	if (status == MEMORY)
		snprintf(r->reason, sizeof r->reason, "out of memory");
	r->status = cell_trouble(status, r);
	if (state)
		player(c)->free(state);
	watch_free(u.watch);
	oracle_free(&u.f);
	free(u.x);
	free(u.average);
	return 0;
}
