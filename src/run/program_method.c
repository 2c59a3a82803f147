/* program_method.c -- an optimizer that lives in a program: its init, step and free as
 * messages, and the oracle's verbs for the program while it works on one of them. */
#include <config.h>
#include "ground/random.h"
#include "ground/text.h"
#include "run/program.h"
#include <stdlib.h>
#include <string.h>

enum { VECTORS = 8, X = 0, MINIMIZER_AT = 1 };

struct method {
	struct program *program;
	struct link *link;
	unsigned round; /* the process that knows us */
	uint32_t id;
	size_t n;
};

/* ---------------------------------------------------------------- the oracle's verbs ---------- */

/* Fills up to n numbers from the method's stream: b = 0 uniform in [0, 1), 1 standard normal.
 */
static int draw(struct nso_oracle *f, const struct wire_frame *q, double *to)
{
	gsl_rng *rng = nso_rng(f);

	if (q->c > nso_dim(f) || q->b > 1)
		return -1;
	if (q->b == 1)
		nso_normal(rng, q->c, to);
	else
		for (size_t i = 0; i < q->c; i++)
			to[i] = gsl_rng_uniform(rng);
	return 0;
}

/* One question of the program's; the answer's fields go into q. -1: no such question. */
static int answer(struct method *m, struct nso_oracle *f, struct wire_frame *q)
{
	const struct wire *w = &m->link->wire;
	double *at = wire_at(w, q->a, m->n), *to = wire_at(w, q->b, m->n);

	if (!at || (!to && (q->verb == ASK_SUBGRADIENT || q->verb == ASK_SMOOTH ||
				   q->verb == ASK_PROX)))
		return -1;
	switch (q->verb) {
	case ASK_VALUE:
		q->u = nso_value(f, at);
		return 0;
	case ASK_SUBGRADIENT:
		q->u = nso_subgradient(f, at, to);
		return 0;
	case ASK_SMOOTH:
		q->u = nso_smooth(f, at, to);
		return 0;
	case ASK_PROX:
		nso_prox(f, q->u, at, to);
		return 0;
	case ASK_RANDOM:
		return draw(f, q, at);
	default:
		return -1;
	}
}

static int allowed(const struct nso_oracle *f, const struct wire_frame *q)
{
	const unsigned needs = nso_method(f)->needs;

	if (q->verb == ASK_SMOOTH || q->verb == ASK_PROX)
		return (needs & NSO_PROX) && (q->verb == ASK_SMOOTH || q->u > 0);
	return 1;
}

/* Sends the request and answers questions until it is done. */
static int converse(
	struct method *m, struct nso_oracle *f, struct wire_frame *q, const char *text)
{
	uint32_t verb;

	if (program_call(m->program, m->link, q, text))
		return -1;
	while (q->verb != DONE) {
		verb = q->verb;
		if (q->id != m->id || !allowed(f, q) || answer(m, f, q))
			return program_nonsense(m->program, m->link,
				"it asked what there is not: "
				"verb %u, id %u of %u, %llu, %llu, %llu",
				verb, q->id, m->id, (unsigned long long)q->a,
				(unsigned long long)q->b, (unsigned long long)q->c);
		q->verb = ANSWER;
		q->b = (uint64_t)nso_spent(f);
		if (program_call(m->program, m->link, q, NULL))
			return -1;
	}
	return 0;
}

/* ---------------------------------------------------------------- begin ----------------------- */

static void add_facts(struct text *t, const struct nso_facts *k, unsigned needs)
{
	text_add(t, "terms %zu\n", k->terms);
	if (needs & NSO_OPTIMUM)
		program_number(t, "optimum", k->optimum);
	if (needs & NSO_SMOOTHNESS)
		program_number(t, "smoothness", k->smoothness);
	if (needs & NSO_MINIMIZER && k->minimizer)
		text_add(t, "minimizer\n");
	if (k->blocks > 1) {
		text_add(t, "blocks");
		for (size_t i = 0; i < k->blocks; i++)
			text_add(t, " %zu", k->block_ends[i]);
		text_add(t, "\n");
	}
}

/* The seed of the program's own generators is drawn from a copy: the stream stays where it is.
 */
static unsigned long seed_of(const gsl_rng *rng)
{
	gsl_rng *copy = gsl_rng_clone(rng);
	unsigned long seed = copy ? gsl_rng_get(copy) >> 11 : 0; /* exact as a double, too */

	gsl_rng_free(copy);
	return seed;
}

static int begin(struct method *m, struct nso_oracle *f, const double *opt, const double *x)
{
	const struct nso_optimizer *o = nso_method(f);
	const struct nso_facts *k = nso_known(f);
	struct wire *w = &m->link->wire;
	struct wire_frame q = { .verb = BEGIN, .id = m->id };
	struct text t = { 0 };
	int bad;

	if (wire_room(w, VECTORS, m->n))
		return program_note(m->program, TROUBLE_MEMORY, "out of memory");
	memcpy(wire_vector(w, X, m->n), x, m->n * sizeof *x);
	if (o->needs & NSO_MINIMIZER && k->minimizer)
		memcpy(wire_vector(w, MINIMIZER_AT, m->n), k->minimizer, m->n * sizeof *x);
	text_add(&t, "entry %s\nn %zu\nvectors %d\nseed %lu\nshare %.17g\n", o->name, m->n,
		VECTORS, seed_of(nso_rng(f)), nso_share(f));
	add_facts(&t, k, o->needs);
	program_options(&t, o->options, opt);
	bad = t.failed || converse(m, f, &q, t.s);
	text_free(&t);
	return bad ? -1 : 0;
}

static void release(void *state)
{
	struct method *m = state;
	struct wire_frame q = { .verb = END };

	if (!m)
		return;
	if (m->link && m->link->running && m->link->round == m->round) {
		q.id = m->id;
		program_call(m->program, m->link, &q, NULL);
	}
	free(m);
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct program *p = program_of(nso_method(f)->name);
	struct method *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	*m = (struct method){ .program = p, .link = program_link(p, METHODS), .n = nso_dim(f) };
	if (m->link) {
		m->round = m->link->round;
		m->id = ++m->link->last_id;
	}
	if (!m->link || begin(m, f, opt, x)) {
		release(m);
		return NULL;
	}
	return m;
}

/* ---------------------------------------------------------------- step ------------------------ */

/* Mostly x is there already, as the program left it: writing it again would take its cache
 * lines away. */
static void put_x(const struct method *m, const double *x)
{
	double *to = wire_vector(&m->link->wire, X, m->n);

	if (memcmp(to, x, m->n * sizeof *x) != 0)
		memcpy(to, x, m->n * sizeof *x);
}

static int all_finite(const double *x, size_t n)
{
	const uint64_t exponent = UINT64_C(0x7ff0000000000000);
	uint64_t bits, bad = 0;

	for (size_t i = 0; i < n; i++) {
		memcpy(&bits, &x[i], sizeof bits);
		bad |= (bits & exponent) == exponent;
	}
	return !bad;
}

static enum nso_status not_finite(
	const struct method *m, const struct nso_oracle *f, const double *x)
{
	size_t i = 0;

	while (i + 1 < m->n && isfinite(x[i]))
		i++;
	program_note(m->program, TROUBLE_DIVERGED, "step %zu left %g in x[%zu]", nso_step(f),
		x[i], i);
	return NSO_DIVERGED;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct method *m = state;
	const struct wire *w = &m->link->wire;
	struct wire_frame q = { .verb = STEP, .id = m->id, .a = nso_step(f), .u = nso_rate(f) };
	const double *columns;

	if (m->link->round != m->round || !m->link->running)
		return NSO_FAILED;
	put_x(m, x);
	if (converse(m, f, &q, NULL))
		return NSO_FAILED;
	if (q.a > NSO_DIVERGED) {
		program_nonsense(m->program, m->link, "a step ended with status %llu",
			(unsigned long long)q.a);
		return NSO_FAILED;
	}
	memcpy(x, wire_vector(w, X, m->n), m->n * sizeof *x);
	columns = (const double *)(const void *)(w->map + WIRE_COLUMNS);
	for (size_t i = 0; q.b && i < NSO_MAX_COLUMNS; i++, q.b >>= 1)
		if (q.b & 1)
			nso_report(f, i, columns[i]);
	return all_finite(x, m->n) ? (enum nso_status)q.a : not_finite(m, f, x);
}

void program_prepare(const struct nso_optimizer *o)
{
	if (o->init == init)
		program_link(program_of(o->name), METHODS);
}

void program_method_bind(struct program_method *m)
{
	m->entry.init = init;
	m->entry.step = step;
	m->entry.free = release;
}
