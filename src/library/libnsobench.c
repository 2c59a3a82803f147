/* libnsobench.c -- problems for other programs: the interface of libnsobench.h over instances.
 */
#include <config.h>
#include "libnsobench.h"
#include "command/listing.h"
#include "command/points.h"
#include "ground/instance.h"
#include "ground/pieces.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/text.h"
#include "ground/why.h"
#include "ground/words.h"
#include "measure/stationarity.h"
#include "run/record.h"
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_errno.h>

struct nsobench {
	struct instance in; /* in.self is NULL after a failed open */
	struct nso_pieces pieces;
	struct text facts;
	struct why why;
};

/* ---------------------------------------------------------------- the host -------------------
 */

static locale_t
	numbers; /* the C locale; 0 where it could not be made: then the host's serves */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t opening =
	PTHREAD_MUTEX_INITIALIZER; /* texts of options are shared by all */

/* GSL tells its handler only to who sets another; its own, which aborts, shows as NULL. */
static void settle_in(void)
{
	gsl_error_handler_t *theirs = gsl_set_error_handler_off();

	if (theirs)
		gsl_set_error_handler(theirs);
	numbers = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static locale_t enter(void) { return numbers ? uselocale(numbers) : (locale_t)0; }

static void leave(locale_t before)
{
	if (numbers)
		uselocale(before);
}

/* ---------------------------------------------------------------- open and close -------------
 */

const char *nsobench_version(void) { return PACKAGE_VERSION; }

const char *nsobench_problem(size_t i)
{
	const struct nso_problem *p = problem_at(i);

	return p ? p->name : NULL;
}

static int open_locked(const char *problem, int instance, struct nsobench *f)
{
	locale_t before;
	int code;

	if (instance < 0) {
		fail(&f->why, "instance %d, expected 0, 1, ...", instance);
		return NSOBENCH_USAGE;
	}
	pthread_mutex_lock(&opening);
	before = enter();
	code = instance_open(problem, instance, &f->in, &f->why);
	leave(before);
	pthread_mutex_unlock(&opening);
	if (code)
		f->in = (struct instance){ 0 };
	else
		*f->why.text = 0;
	return code;
}

int nsobench_open(const char *problem, int instance, struct nsobench **f)
{
	pthread_once(&once, settle_in);
	*f = calloc(1, sizeof **f);
	return *f ? open_locked(problem, instance, *f) : NSOBENCH_INPUT;
}

void nsobench_close(struct nsobench *f)
{
	if (!f)
		return;
	pieces_free(&f->pieces);
	text_free(&f->facts);
	instance_free(&f->in);
	free(f);
}

const char *nsobench_error(const struct nsobench *f)
{
	return f ? f->why.text : "out of memory";
}

/* ---------------------------------------------------------------- values ---------------------
 */

size_t nsobench_dim(const struct nsobench *f) { return f->in.facts.n; }

void nsobench_start(struct nsobench *f, uint64_t seed, double *x)
{
	instance_start(&f->in, seed, x);
}

double nsobench_value(struct nsobench *f, const double *x)
{
	return instance_eval(&f->in, x, NULL);
}

double nsobench_subgradient(struct nsobench *f, const double *x, double *g)
{
	return instance_eval(&f->in, x, g);
}

/* -1 and the reason where the problem lacks what is asked for. */
static int lacks(struct nsobench *f, int offered, const char *what)
{
	*f->why.text = 0;
	return offered ? 0 : fail(&f->why, "%s %s", f->in.problem->name, what);
}

double nsobench_batch(
	struct nsobench *f, size_t k, const size_t *terms, const double *x, double *g)
{
	size_t m = f->in.facts.terms;

	if (lacks(f, f->in.problem->batch && m, "is not a sum of terms: no mini-batches"))
		return NAN;
	if (!k)
		fail(&f->why, "%s: a mini-batch of no terms", f->in.problem->name);
	for (size_t i = 0; i < k && !*f->why.text; i++)
		if (terms[i] >= m)
			fail(&f->why, "%s: term %zu, expected 0 to %zu", f->in.problem->name,
				terms[i], m - 1);
	return *f->why.text ? NAN : instance_batch(&f->in, k, terms, x, g);
}

void nsobench_draw(struct nsobench *f, uint64_t seed)
{
	gsl_rng *rng;

	if (!f->in.problem->draw)
		return;
	rng = stream(hash_text(hash_bits(f->in.key, seed), "sample"));
	if (!rng)
		abort(); /* a hundred bytes: nothing else would work either */
	f->in.problem->draw(f->in.self, rng);
	gsl_rng_free(rng);
}

static int lacks_split(struct nsobench *f)
{
	const struct nso_problem *p = f->in.problem;

	return lacks(f, p->smooth && p->prox, "offers no split f = s + h with a prox");
}

double nsobench_smooth(struct nsobench *f, const double *x, double *g)
{
	return lacks_split(f) ? NAN : instance_smooth(&f->in, x, g);
}

int nsobench_prox(struct nsobench *f, double t, const double *v, double *p)
{
	if (lacks_split(f))
		return -1;
	if (!(t > 0 && t < INFINITY))
		return fail(&f->why, "%s: a prox with t = %g, expected a number above 0",
			f->in.problem->name, t);
	instance_prox(&f->in, t, v, p);
	return 0;
}

double nsobench_score(struct nsobench *f, const double *x)
{
	return lacks(f, f->in.problem->score != NULL, "has no score")
		       ? NAN
		       : instance_score(&f->in, x);
}

/* ---------------------------------------------------------------- the subdifferential --------
 */

int nsobench_pieces(struct nsobench *f, const double *x, double tol)
{
	if (lacks(f, f->in.problem->pieces != NULL, "does not tell its Clarke subdifferential"))
		return -1;
	if (!f->pieces.base && pieces_init(&f->pieces, f->in.facts.n))
		return fail(&f->why, "out of memory");
	if (isnan(tol))
		tol = clarke_tolerance(instance_eval(&f->in, x, NULL));
	if (!instance_pieces(&f->in, x, tol, &f->pieces))
		return 0;
	pieces_clear(&f->pieces);
	return fail(&f->why, "%s: the subdifferential does not fit into memory",
		f->in.problem->name);
}

size_t nsobench_summands(const struct nsobench *f) { return f->pieces.summands; }

struct nsobench_summand nsobench_summand(const struct nsobench *f, size_t i)
{
	static const int kinds[] = {
		[HULL] = NSOBENCH_HULL, [BALL] = NSOBENCH_BALL, [SPECTRAL] = NSOBENCH_SPECTRAL
	};

	return (struct nsobench_summand){ kinds[f->pieces.summand[i].kind],
		f->pieces.summand[i].first, f->pieces.summand[i].rows,
		f->pieces.summand[i].order };
}

void nsobench_base(const struct nsobench *f, double *v)
{
	memcpy(v, f->pieces.base, f->pieces.n * sizeof *v);
}

void nsobench_row(const struct nsobench *f, size_t i, double *v)
{
	memset(v, 0, f->pieces.n * sizeof *v);
	pieces_add_row(&f->pieces, i, v);
}

size_t nsobench_vertices(const struct nsobench *f) { return pieces_vertices(&f->pieces); }

void nsobench_vertex(const struct nsobench *f, size_t k, double *v)
{
	pieces_vertex(&f->pieces, k, v);
}

/* ---------------------------------------------------------------- facts ----------------------
 */

static void sizes(struct text *t, const size_t *v, size_t count)
{
	text_add(t, "[");
	for (size_t i = 0; i < count; i++)
		text_add(t, i ? ",%zu" : "%zu", v[i]);
	text_add(t, "]");
}

static void facts_json(struct text *t, const struct instance *in)
{
	const struct nso_facts *k = &in->facts;
	const struct {
		const char *name;
		double v;
	} numbers_known[] = { { "optimum", k->optimum }, { "optimum_error", k->optimum_error },
		{ "lipschitz", k->lipschitz }, { "smoothness", k->smoothness },
		{ "term_smoothness", k->term_smoothness }, { "convexity", k->convexity },
		{ "pl", k->pl }, { "sharpness", k->sharpness },
		{ "weak_convexity", k->weak_convexity } };

	text_add(t, "{");
	problem_words_json(t, in->problem);
	text_add(t, ",\"options\":");
	options_json(t, in->problem->options, in->opt);
	text_add(t, ",\"instance\":%d,\"n\":%zu,\"terms\":%zu", in->number, k->n, k->terms);
	for (size_t i = 0; i < sizeof numbers_known / sizeof *numbers_known; i++) {
		text_add(t, ",\"%s\":", numbers_known[i].name);
		text_double(t, numbers_known[i].v);
	}
	text_add(t, ",\"minimizer\":");
	if (k->minimizer)
		text_vector(t, k->minimizer, k->n);
	else
		text_add(t, "null");
	text_add(t, ",\"traits\":");
	bits_json(t, trait_bits, k->traits);
	text_add(t, ",\"score\":");
	if (in->problem->score_name)
		text_json(t, in->problem->score_name);
	else
		text_add(t, "null");
	text_add(t, ",\"blocks\":");
	sizes(t, k->block_ends, k->block_ends ? k->blocks : 0);
	text_add(t, "}");
}

const char *nsobench_facts(struct nsobench *f)
{
	locale_t before;

	*f->why.text = 0;
	if (!f->facts.s) {
		before = enter();
		facts_json(&f->facts, &f->in);
		leave(before);
	}
	if (!f->facts.failed)
		return f->facts.s;
	text_free(&f->facts);
	fail(&f->why, "out of memory");
	return NULL;
}
