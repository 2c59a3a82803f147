/* instance.c -- one function of a family: its data stream and, for instances >= 1 of textbook
 * problems, f(Q(x - s)): s uniform in [-1,1]^n, Q a product of two Householder reflections. */
#include <config.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/random.h"
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

enum { MIRRORS = 2 }; /* two reflections: a rotation that leaves no axis where it was */
static const double start_spread = 0.1; /* of 1 + |x_i|: random starts for instances >= 1 */

static uint64_t instance_key(const struct nso_problem *p, const double *opt, int number)
{
	return hash_bits(
		option_hash(hash_text(HASH_START, p->name), p->options, opt), (uint64_t)number);
}

/* y = Q x (or its transpose: the mirrors in reverse order) in place. */
static void turn(const struct instance *in, double *y, int transposed)
{
	int n = (int)in->facts.n;

	for (size_t k = 0; k < in->mirrors; k++) {
		const double *v =
			in->mirror + (transposed ? in->mirrors - 1 - k : k) * in->facts.n;

		cblas_daxpy(n, -2 * cblas_ddot(n, v, 1, y, 1), v, 1, y, 1);
	}
}

static void to_raw(const struct instance *in, const double *x, double *y)
{
	for (size_t i = 0; i < in->facts.n; i++)
		y[i] = x[i] - in->shift[i];
	turn(in, y, 0);
}

static void from_raw(const struct instance *in, double *y)
{
	turn(in, y, 1);
	for (size_t i = 0; i < in->facts.n; i++)
		y[i] += in->shift[i];
}

static int transform(struct instance *in)
{
	size_t n = in->facts.n,
	       mirrors = in->problem->instances & NSO_ROTATED && n > 1 ? MIRRORS : 0;
	gsl_rng *rng = stream(hash_text(in->key, "transform"));

	in->shift = malloc(n * sizeof *in->shift);
	in->y = malloc(n * sizeof *in->y);
	in->h = malloc(n * sizeof *in->h);
	in->minimizer = malloc(n * sizeof *in->minimizer);
	in->mirror = mirrors ? malloc(mirrors * n * sizeof *in->mirror) : NULL;
	if (!rng || !in->shift || !in->y || !in->h || !in->minimizer ||
		(mirrors && !in->mirror)) {
		gsl_rng_free(rng);
		return -1;
	}
	for (size_t i = 0; i < n; i++)
		in->shift[i] = 2 * gsl_rng_uniform(rng) - 1;
	for (size_t k = 0; k < mirrors; k++) {
		double *v = in->mirror + k * n;

		nso_normal(rng, n, v);
		cblas_dscal((int)n, 1 / cblas_dnrm2((int)n, v, 1), v, 1);
	}
	in->mirrors = mirrors;
	gsl_rng_free(rng);
	if (in->facts.minimizer) {
		memcpy(in->minimizer, in->facts.minimizer, n * sizeof *in->minimizer);
		from_raw(in, in->minimizer);
		in->facts.minimizer = in->minimizer;
	}
	return 0;
}

struct nso_facts facts_unknown(unsigned traits)
{
	return (struct nso_facts){ .optimum = NAN,
		.optimum_error = NAN,
		.lipschitz = NAN,
		.smoothness = NAN,
		.convexity = NAN,
		.pl = NAN,
		.sharpness = NAN,
		.weak_convexity = NAN,
		.term_smoothness = NAN,
		.traits = traits };
}

int instance_make(struct instance *in, const struct nso_problem *p, const double *opt,
	int number, struct why *why)
{
	gsl_rng *rng;

	*in = (struct instance){ .problem = p, .number = number };
	memcpy(in->opt, opt, option_count(p->options) * sizeof *opt);
	in->key = instance_key(p, opt, number);
	in->facts = facts_unknown(p->traits);
	in->facts.problem = p;
	rng = stream(hash_text(in->key, "data"));
	if (!rng)
		return fail(why, "%s: out of memory", p->name);
	in->self = p->make(in->opt, rng, &in->facts);
	gsl_rng_free(rng);
	if (!in->self)
		return fail(why, "%s: %s", p->name,
			*in->facts.why ? in->facts.why : "out of memory");
	if (number > 0 && p->instances & NSO_SHIFTED && transform(in)) {
		instance_free(in);
		return fail(why, "%s: out of memory", p->name);
	}
	return 0;
}

void instance_free(struct instance *in)
{
	if (in->self)
		in->problem->free(in->self);
	free(in->shift);
	free(in->mirror);
	free(in->minimizer);
	free(in->y);
	free(in->h);
	*in = (struct instance){ 0 };
}

void instance_start(const struct instance *in, uint64_t seed, double *x)
{
	gsl_rng *rng = stream(hash_text(hash_bits(in->key, seed), "start"));

	if (!rng)
		abort(); /* a hundred bytes: nothing else would work either */
	in->problem->start(in->self, rng, x);
	if (in->shift) {
		for (size_t i = 0; i < in->facts.n; i++)
			x[i] += start_spread * (1 + fabs(x[i])) *
				(2 * gsl_rng_uniform(rng) - 1);
		from_raw(in, x);
	}
	gsl_rng_free(rng);
}

/* The point that the problem itself sees. */
static const double *raw(const struct instance *in, const double *x)
{
	if (!in->shift)
		return x;
	to_raw(in, x, in->y);
	return in->y;
}

/* A value and the problem's own gradient, which is turned to that of the instance. */
static double turned(const struct instance *in, double v, double *g)
{
	if (in->shift && g)
		turn(in, g, 1);
	return v;
}

double instance_eval(const struct instance *in, const double *x, double *g)
{
	return turned(in, in->problem->eval(in->self, raw(in, x), g), g);
}

double instance_batch(
	const struct instance *in, size_t k, const size_t *terms, const double *x, double *g)
{
	return turned(in, in->problem->batch(in->self, k, terms, raw(in, x), g), g);
}

double instance_smooth(const struct instance *in, const double *x, double *g)
{
	return turned(in, in->problem->smooth(in->self, raw(in, x), g), g);
}

void instance_prox(const struct instance *in, double t, const double *v, double *p)
{
	if (!in->shift) {
		in->problem->prox(in->self, t, v, p);
		return;
	}
	to_raw(in, v, in->y); /* orthogonal maps and shifts commute with the prox */
	in->problem->prox(in->self, t, in->y, p);
	from_raw(in, p);
}

/* Rotated generators are dense: each row is turned into one of full length. */
static int turn_pieces(const struct instance *in, struct nso_pieces *out)
{
	struct nso_pieces raw = *out;
	size_t n = in->facts.n;

	if (pieces_init(out, n)) {
		*out = raw;
		return -1;
	}
	memcpy(out->base, raw.base, n * sizeof *out->base);
	turn(in, out->base, 1);
	for (size_t s = 0; s < raw.summands; s++) {
		if (raw.summand[s].kind == HULL)
			nso_hull(out);
		else if (raw.summand[s].kind == BALL)
			nso_ball(out);
		else
			nso_spectral(out, raw.summand[s].order);
		for (size_t r = 0; r < raw.summand[s].rows; r++) {
			size_t i = raw.summand[s].first + r;
			double *row = nso_row(out, 0, n);

			memcpy(row + raw.row[i].first, raw.data + raw.row[i].at,
				raw.row[i].len * sizeof *row);
			turn(in, row, 1);
		}
	}
	pieces_free(&raw);
	return out->overflow ? -1 : 0;
}

int instance_pieces(
	const struct instance *in, const double *x, double tol, struct nso_pieces *out)
{
	pieces_clear(out);
	if (!in->problem->pieces)
		return -1;
	if (in->shift) {
		to_raw(in, x, in->h);
		x = in->h;
	}
	in->problem->pieces(in->self, x, tol, out);
	if (out->overflow)
		return -1;
	return in->mirrors ? turn_pieces(in, out) : 0;
}

double instance_score(const struct instance *in, const double *x)
{
	if (!in->problem->score)
		return NAN;
	if (!in->shift)
		return in->problem->score(in->self, x);
	to_raw(in, x, in->y);
	return in->problem->score(in->self, in->y);
}

unsigned instance_offers(const struct instance *in)
{
	const struct nso_problem *p = in->problem;

	return NSO_SUBGRADIENT | NSO_VALUE | NSO_BOUND | NSO_CONVEX_ONLY | NSO_RANDOM |
	       (p->smooth && p->prox ? NSO_PROX : 0) |
	       (p->saddle && !in->shift ? NSO_SADDLE : 0) |
	       (isnan(in->facts.optimum) ? 0 : NSO_OPTIMUM) |
	       (in->facts.minimizer ? NSO_MINIMIZER : 0) |
	       (isnan(in->facts.smoothness) ? 0 : NSO_SMOOTHNESS);
}
