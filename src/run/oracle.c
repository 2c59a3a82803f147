/* oracle.c -- the only road from a method to a function: counts each kind of call, answers on
 * the step's sample, notes the least value, raises an alarm on NaN or a value above the
 * ceiling. */
#include <config.h>
#include "ground/option.h"
#include "ground/random.h"
#include "run/oracle.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

volatile int stop_request;

/* A clock read costs as much as a small function: after the first calls only some are timed. */
enum { TIMED_FIRST = 32, TIMED_EVERY = 61 };

double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* What two reads of the clock cost by themselves: taken off each timed call. */
static double clock_cost(void)
{
	double least = INFINITY, start;

	for (int i = 0; i < 32; i++) {
		start = seconds_now();
		least = fmin(least, seconds_now() - start);
	}
	return least;
}

/* ---------------------------------------------------------------- the sample ----------------- */

static void shuffle(struct nso_oracle *f)
{
	size_t m = f->in->facts.terms, j, swap;

	for (size_t i = m; i > 1; i--) {
		j = gsl_rng_uniform_int(f->sample, i);
		swap = f->order[i - 1];
		f->order[i - 1] = f->order[j];
		f->order[j] = swap;
	}
	f->at = 0;
}

static void draw_terms(struct nso_oracle *f)
{
	size_t m = f->in->facts.terms;

	for (size_t i = 0; i < f->batch; i++) {
		if (f->replacement) {
			f->terms[i] = gsl_rng_uniform_int(f->sample, m);
			continue;
		}
		if (f->at == m)
			shuffle(f);
		f->terms[i] = f->order[f->at++];
	}
}

void oracle_draw(struct nso_oracle *f)
{
	if (f->batch)
		draw_terms(f);
	if (f->batch && f->in->problem->draw)
		f->in->problem->draw(f->in->self, f->sample);
	if (f->noise > 0) {
		nso_normal(f->sample, f->n, f->xi);
		for (size_t i = 0; i < f->n; i++)
			f->xi[i] *= f->noise;
	}
}

/* xi enters gradient and value alike, so that both belong to one function, f(x) + <xi, x>. */
static double sampled(struct nso_oracle *f, const double *x, double *g)
{
	double v = f->batch ? instance_batch(f->in, f->batch, f->terms, x, g)
			    : instance_eval(f->in, x, g);

	if (f->noise > 0)
		for (size_t i = 0; i < f->n; i++) {
			v += f->xi[i] * x[i];
			if (g)
				g[i] += f->xi[i];
		}
	return v;
}

/* ---------------------------------------------------------------- calls ---------------------- */

static double answer(struct nso_oracle *f, const double *x, double *g)
{
	return f->eval ? f->eval(f->self, x, g) : sampled(f, x, g);
}

static __attribute__((noinline)) double timed_answer(
	struct nso_oracle *f, int kind, const double *x, double *g)
{
	struct timing *t = &f->timing[kind];
	double start = seconds_now(), v = answer(f, x, g);

	t->seconds += fmax(0, seconds_now() - start - f->clock_cost);
	f->countdown = ++t->timed < TIMED_FIRST ? 0 : TIMED_EVERY;
	return v;
}

/* On a sample the value is another function's: only exact ones can be the best value of f. */
static inline double note(struct nso_oracle *f, double v)
{
	if (v < f->best && f->exact) {
		f->best = v;
		f->hit |= v < f->next_target;
	}
	f->alarm |= !(v <= f->ceiling);
	return v;
}

double nso_value(struct nso_oracle *f, const double *x)
{
	f->calls[CALL_VALUE]++;
	if (!f->countdown--)
		return note(f, timed_answer(f, CALL_VALUE, x, NULL));
	return note(f, answer(f, x, NULL));
}

double nso_subgradient(struct nso_oracle *f, const double *x, double *g)
{
	f->calls[CALL_SUBGRADIENT]++;
	if (!f->countdown--)
		return note(f, timed_answer(f, CALL_SUBGRADIENT, x, g));
	return note(f, answer(f, x, g));
}

/* A call of a kind that costs more than the clock, begun at `start`. */
static void count(struct nso_oracle *f, enum call kind, double start)
{
	f->timing[kind].seconds += seconds_now() - start;
	f->timing[kind].timed++;
	f->calls[kind]++;
}

/* s alone says nothing of f: it neither counts as a best value nor raises the alarm. */
double nso_smooth(struct nso_oracle *f, const double *x, double *g)
{
	double start = seconds_now(), v = instance_smooth(f->in, x, g);

	count(f, CALL_SUBGRADIENT, start);
	if (f->noise > 0)
		for (size_t i = 0; i < f->n; i++) {
			v += f->xi[i] * x[i];
			g[i] += f->xi[i];
		}
	f->alarm |= isnan(v);
	return v;
}

void nso_prox(struct nso_oracle *f, double t, const double *v, double *p)
{
	double start = seconds_now();

	instance_prox(f->in, t, v, p);
	count(f, CALL_PROX, start);
}

/* The saddle form is offered where the harness moves nothing: the problem's own x is ours. */
void nso_forward(struct nso_oracle *f, const double *x, double *y)
{
	double start = seconds_now();

	f->in->problem->saddle->forward(f->in->self, x, y);
	count(f, CALL_FORWARD, start);
}

void nso_back(struct nso_oracle *f, const double *y, double *x)
{
	double start = seconds_now();

	f->in->problem->saddle->back(f->in->self, y, x);
	count(f, CALL_BACK, start);
}

void nso_prox_primal(struct nso_oracle *f, double t, const double *v, double *p)
{
	double start = seconds_now();

	f->in->problem->saddle->primal(f->in->self, t, v, p);
	count(f, CALL_PROX, start);
}

void nso_prox_dual(struct nso_oracle *f, double t, const double *v, double *p)
{
	double start = seconds_now();

	f->in->problem->saddle->dual(f->in->self, t, v, p);
	count(f, CALL_DUAL_PROX, start);
}

double oracle_seconds(const struct nso_oracle *f)
{
	double total = 0;

	for (int k = 0; k < CALL_KINDS; k++)
		if (f->timing[k].timed)
			total += f->timing[k].seconds * (double)f->calls[k] /
				 (double)f->timing[k].timed;
	return total;
}

/* ---------------------------------------------------------------- what a method may ask ------ */

size_t nso_dim(const struct nso_oracle *f) { return f->n; }

size_t nso_rows(const struct nso_oracle *f)
{
	return f->in->problem->saddle->rows(f->in->self);
}

double nso_operator_norm(const struct nso_oracle *f)
{
	return f->in->problem->saddle->norm(f->in->self);
}

double nso_optimum(const struct nso_oracle *f) { return f->in->facts.optimum; }

const struct nso_facts *nso_known(const struct nso_oracle *f) { return &f->in->facts; }

double nso_rate(const struct nso_oracle *f) { return f->rate; }

const struct nso_optimizer *nso_method(const struct nso_oracle *f) { return f->entry; }

size_t nso_step(const struct nso_oracle *f) { return f->step; }

double nso_share(const struct nso_oracle *f) { return f->share; }

int nso_spent(const struct nso_oracle *f)
{
	return (double)oracle_calls(f) >= f->call_limit || stop_request ||
	       (isfinite(f->deadline) && seconds_now() > f->deadline);
}

gsl_rng *nso_rng(const struct nso_oracle *f) { return f->method; }

void nso_report(struct nso_oracle *f, size_t i, double value)
{
	if (i < NSO_MAX_COLUMNS)
		f->reported[i] = value;
}

/* ---------------------------------------------------------------- life ----------------------- */

/* All methods see the same samples; each has its own stream for its own choices. */
static int make_streams(struct nso_oracle *f, const struct cell *c)
{
	uint64_t h = hash_bits(f->in->key, c->seed);

	f->sample = stream(hash_text(h, "sample"));
	h = hash_text(hash_text(h, "method"), c->optimizer->name);
	for (size_t i = 0; i < option_count(c->optimizer->options); i++)
		h = hash_double(h, c->oopt[i]);
	f->method = stream(h);
	return f->sample && f->method ? 0 : -1;
}

static int make_sample(struct nso_oracle *f)
{
	size_t m = f->in->facts.terms;

	if (f->noise > 0 && !(f->xi = calloc(f->n, sizeof *f->xi)))
		return -1;
	if (!f->batch)
		return 0;
	f->terms = calloc(f->batch, sizeof *f->terms);
	f->order = calloc(m, sizeof *f->order);
	if (!f->terms || !f->order)
		return -1;
	for (size_t i = 0; i < m; i++)
		f->order[i] = i;
	f->at = m;
	return 0;
}

int oracle_init(struct nso_oracle *f, const struct cell *c, const struct instance *in)
{
	*f = (struct nso_oracle){ .entry = c->optimizer,
		.in = in,
		.n = in->facts.n,
		.batch = c->batch,
		.replacement = c->replacement,
		.noise = c->noise,
		.rate = 1,
		.share = 1,
		.exact = !c->batch && !(c->noise > 0),
		.best = INFINITY,
		.ceiling = INFINITY,
		.next_target = -INFINITY,
		.call_limit = INFINITY,
		.deadline = INFINITY };
	if (!f->batch && !(f->noise > 0) && !in->shift) {
		f->eval = in->problem->eval;
		f->self = in->self;
	}
	if (f->batch)
		f->share = (double)f->batch / (double)in->facts.terms;
	for (int i = 0; i < NSO_MAX_COLUMNS; i++)
		f->reported[i] = NAN;
	f->clock_cost = clock_cost();
	if (make_streams(f, c) || make_sample(f)) {
		oracle_free(f);
		return -1;
	}
	return 0;
}

void oracle_free(struct nso_oracle *f)
{
	gsl_rng_free(f->sample);
	gsl_rng_free(f->method);
	free(f->terms);
	free(f->order);
	free(f->xi);
	*f = (struct nso_oracle){ 0 };
}
