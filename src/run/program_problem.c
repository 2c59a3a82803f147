/* program_problem.c -- a problem that lives in a program. Where the program fails, a value and
 * a gradient are NaN; the trouble that is noted says why. */
#include <config.h>
#include "ground/number.h"
#include "ground/option.h"
#include "ground/text.h"
#include "ground/words.h"
#include "run/program.h"
#include <stdlib.h>
#include <string.h>

enum { X, G, TERMS, MAX_BLOCKS = 4096 };

struct function {
	struct program *program;
	struct link *link;
	unsigned round;
	uint32_t id;
	size_t n, terms;
	double *minimizer;
	size_t *ends; /* of blocks */
};

/* ---------------------------------------------------------------- messages ------------------- */

static int alive(const struct function *s)
{
	return s->link && s->link->running && s->link->round == s->round;
}

/* A request that DONE answers; -1: trouble was noted. */
static int ask(const struct function *s, struct wire_frame *f, const char *text)
{
	f->id = s->id;
	if (!alive(s) || program_call(s->program, s->link, f, text))
		return -1;
	if (f->verb != DONE || f->id != s->id)
		return program_nonsense(s->program, s->link, "verb %u, id %u for DONE, %u",
			f->verb, f->id, s->id);
	return 0;
}

static void put(const struct function *s, size_t k, const double *x)
{
	memcpy(wire_vector(&s->link->wire, k, s->n), x, s->n * sizeof *x);
}

static void get(const struct function *s, size_t k, double *x)
{
	memcpy(x, wire_vector(&s->link->wire, k, s->n), s->n * sizeof *x);
}

static double lost(const struct function *s, double *g)
{
	for (size_t i = 0; g && i < s->n; i++)
		g[i] = NAN;
	return NAN;
}

/* x goes, a value and perhaps a vector come back. */
static double evaluate(
	const struct function *s, struct wire_frame *f, const double *x, double *g)
{
	if (!alive(s))
		return lost(s, g);
	put(s, X, x);
	f->b = g != NULL;
	if (ask(s, f, NULL))
		return lost(s, g);
	if (g)
		get(s, G, g);
	if (!isfinite(f->u))
		program_remark_value(s->program, f->u);
	return f->u;
}

static double eval(const void *self, const double *x, double *g)
{
	struct wire_frame f = { .verb = EVAL };

	return evaluate(self, &f, x, g);
}

static double smooth(const void *self, const double *x, double *g)
{
	struct wire_frame f = { .verb = SMOOTH };

	return evaluate(self, &f, x, g);
}

static void prox(const void *self, double t, const double *v, double *p)
{
	struct wire_frame f = { .verb = PROX, .u = t };

	evaluate(self, &f, v, p);
}

static double score(const void *self, const double *x)
{
	struct wire_frame f = { .verb = SCORE };

	return evaluate(self, &f, x, NULL);
}

/* The numbers of the terms, 8 bytes each, lie behind the two vectors. */
static double batch(const void *self, size_t k, const size_t *terms, const double *x, double *g)
{
	const struct function *s = self;
	struct wire_frame f = { .verb = BATCH, .a = k };
	uint64_t *to;

	if (!alive(s) || wire_room(&s->link->wire, 3 + k / s->n + 1, s->n))
		return lost(s, g);
	to = (uint64_t *)(void *)wire_vector(&s->link->wire, TERMS, s->n);
	for (size_t i = 0; i < k; i++)
		to[i] = terms[i];
	return evaluate(s, &f, x, g);
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct function *s = self;
	struct wire_frame f = { .verb = START, .a = gsl_rng_get(rng) >> 11 };

	if (ask(s, &f, NULL))
		lost(s, x);
	else
		get(s, X, x);
}

static void draw(void *self, gsl_rng *rng)
{
	struct wire_frame f = { .verb = DRAW, .a = gsl_rng_get(rng) >> 11 };

	ask(self, &f, NULL);
}

/* ---------------------------------------------------------------- facts ---------------------- */

static const struct {
	const char *key;
	size_t at;
} numbers[] = {
	{ "optimum", offsetof(struct nso_facts, optimum) },
	{ "optimum_error", offsetof(struct nso_facts, optimum_error) },
	{ "lipschitz", offsetof(struct nso_facts, lipschitz) },
	{ "smoothness", offsetof(struct nso_facts, smoothness) },
	{ "convexity", offsetof(struct nso_facts, convexity) },
	{ "pl", offsetof(struct nso_facts, pl) },
	{ "sharpness", offsetof(struct nso_facts, sharpness) },
	{ "weak_convexity", offsetof(struct nso_facts, weak_convexity) },
	{ "term_smoothness", offsetof(struct nso_facts, term_smoothness) },
};

static int whole(const char *text, size_t *value)
{
	char *end;
	unsigned long long v = strtoull(text, &end, 10);

	*value = (size_t)v;
	return *text >= '0' && *text <= '9' && !*end && v < (UINT64_C(1) << 40) ? 0 : -1;
}

static int blocks(struct function *s, const char *text, struct nso_facts *facts)
{
	size_t last = 0;
	int used;

	s->ends = calloc(MAX_BLOCKS, sizeof *s->ends);
	if (!s->ends)
		return -1;
	for (; facts->blocks < MAX_BLOCKS &&
		sscanf(text, " %zu%n", &s->ends[facts->blocks], &used) == 1;
		text += used) {
		if (s->ends[facts->blocks] <= last)
			return -1;
		last = s->ends[facts->blocks++];
	}
	facts->block_ends = s->ends;
	return text[strspn(text, " ")] ? -1 : 0;
}

static int fact(struct function *s, const char *key, const char *value, struct nso_facts *facts)
{
	if (!strcmp(key, "n"))
		return whole(value, &facts->n);
	if (!strcmp(key, "terms"))
		return whole(value, &facts->terms);
	if (!strcmp(key, "traits"))
		return bits_parse(trait_bits, value, &facts->traits, NULL);
	if (!strcmp(key, "blocks"))
		return blocks(s, value, facts);
	if (!strcmp(key, "minimizer")) {
		facts->minimizer = &facts->optimum; /* asked for when n is known */
		return 0;
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (!strcmp(key, numbers[i].key))
			return parse_double(
				value, (double *)(void *)((char *)facts + numbers[i].at));
	return -1;
}

static int read_facts(struct function *s, char *text, struct nso_facts *facts)
{
	char *save, *value;

	for (char *line = strtok_r(text, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save)) {
		value = line + strcspn(line, " ");
		if (*value)
			*value++ = 0;
		if (fact(s, line, value, facts))
			return program_nonsense(
				s->program, s->link, "fact '%.40s' is '%.80s'", line, value);
	}
	if (facts->n == 0 || (facts->blocks && s->ends[facts->blocks - 1] != facts->n))
		return program_nonsense(s->program, s->link,
			"n is %zu, the last block ends at %zu", facts->n,
			facts->blocks ? s->ends[facts->blocks - 1] : facts->n);
	return 0;
}

/* ---------------------------------------------------------------- life ----------------------- */

static void release(void *self)
{
	struct function *s = self;
	struct wire_frame f = { .verb = FREE };

	if (!s)
		return;
	if (s->id)
		ask(s, &f, NULL);
	free(s->minimizer);
	free(s->ends);
	free(s);
}

static int get_minimizer(struct function *s, struct nso_facts *facts)
{
	struct wire_frame f = { .verb = MINIMIZER };

	s->minimizer = malloc(s->n * sizeof *s->minimizer);
	facts->minimizer = s->minimizer;
	if (!s->minimizer || ask(s, &f, NULL))
		return -1;
	get(s, X, s->minimizer);
	return 0;
}

static int ask_make(struct function *s, const struct nso_problem *q, const double *opt,
	gsl_rng *rng, struct nso_facts *facts)
{
	struct wire_frame f = { .verb = MAKE };
	struct text t = { 0 };
	char *answer = NULL;
	int bad = -1;

	text_add(&t, "entry %s\nseed %lu\n", q->name, gsl_rng_get(rng) >> 11);
	program_options(&t, q->options, opt);
	if (!t.failed && !ask(s, &f, t.s)) {
		answer = wire_text(&s->link->wire, &f) ? strdup(wire_text(&s->link->wire, &f))
						       : NULL;
		bad = answer ? read_facts(s, answer, facts) : -1;
	}
	free(answer);
	text_free(&t);
	if (bad)
		return -1;
	s->n = facts->n;
	s->terms = facts->terms;
	if (wire_room(&s->link->wire, 4, s->n))
		return program_note(s->program, TROUBLE_MEMORY, "out of memory");
	return facts->minimizer ? get_minimizer(s, facts) : 0;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	const struct nso_problem *q = facts->problem;
	struct program *p = program_of(q->name);
	struct function *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	*s = (struct function){ .program = p, .link = program_link(p, PROBLEMS) };
	if (s->link) {
		s->round = s->link->round;
		s->id = ++s->link->last_id;
	}
	if (!s->link || ask_make(s, q, opt, rng, facts)) {
		program_trouble(facts->why, sizeof facts->why);
		s->id = 0;
		release(s);
		return NULL;
	}
	return s;
}

void program_problem_bind(struct program_problem *q)
{
	struct nso_problem *e = &q->entry;

	e->make = make;
	e->start = start;
	e->eval = eval;
	e->free = release;
	e->batch = q->offers & OFFERS_BATCH ? batch : NULL;
	e->draw = q->offers & OFFERS_DRAW ? draw : NULL;
	e->score = q->offers & OFFERS_SCORE ? score : NULL;
	e->smooth = q->offers & OFFERS_PROX ? smooth : NULL;
	e->prox = q->offers & OFFERS_PROX ? prox : NULL;
}
