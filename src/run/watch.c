/* watch.c -- the measures that a cell asked for, at each point of its trace. Each has a random
 * stream of its own: turning a measure on never changes the run. */
#include <config.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/random.h"
#include "ground/why.h"
#include "measure/measure.h"
#include "measure/stationarity.h"
#include "run/cell.h"
#include "run/trace.h"
#include "run/watch.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CLARKE, CLARKE_LOWER, GOLDSTEIN, GOLDSTEIN_LOWER, PROX_GRADIENT, MOREAU, MOREAU_ERROR, DIRECTIONAL,
	DIAMETER, DIAMETER_UPPER, LGI, LGI_ERROR, SCORE, COLUMNS };
static const char *const column_names[COLUMNS] = { "clarke", "clarke_lower", "goldstein",
	"goldstein_lower", "prox_gradient", "moreau", "moreau_error", "directional", "diameter",
	"diameter_upper", "lgi_mean", "lgi_error", "score" };
const struct probes watch_probes = { .k = 8, .draws = 16, .delta = 0.01, .eps = 1e-6 };

static int among(const char *name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(name, list[i]))
			return 1;
	return 0;
}

int column_is_ours(const char *name)
{
	static const char *const apart[] = { "x", "seconds" }; /* no columns of their own in a record */

	return among(name, trace_names, TRACE_NAMES) || among(name, column_names, COLUMNS) || among(name, apart, 2);
}

struct watch {
	const struct cell *cell;
	const struct instance *in;
	struct nso_pieces pieces;
	gsl_rng *rng, *directions, *probes;
	double delta;
	size_t samples;
	double *w;
	int column[COLUMNS]; /* -1: not asked for, or not to be had */
};

int measures_parse(const char *text, unsigned *measures, struct why *why)
{
	char word[64];
	size_t length, count = 0;
	const char *near;

	*measures = 0;
	while (measure_words[count])
		count++;
	if (!strcmp(text, "none"))
		return 0;
	for (;; text += length + 1) {
		size_t i = 0;

		length = strcspn(text, ",");
		snprintf(word, sizeof word, "%.*s", (int)length, text);
		while (i < count && strcmp(word, measure_words[i]))
			i++;
		near = nearest(word, measure_words, count);
		if (i == count)
			return fail(why, "no measure is named '%s'%s%s%s; there are clarke, goldstein, "
				"prox_gradient, moreau, directional, diameter, lgi, score, none", word,
				near ? "; did you mean '" : "", near ? near : "",
				near ? "'?" : "");
		*measures |= 1u << i;
		if (!text[length])
			return 0;
	}
}

static double largest(const double *x, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(x[i]));
	return most;
}

static void add(struct watch *w, struct record *r, int first, int count)
{
	for (int i = first; i < first + count; i++)
		w->column[i] = trace_column(r, column_names[i]);
}

static gsl_rng *own_stream(const struct watch *w, const char *purpose)
{
	return stream(hash_text(hash_bits(w->in->key, w->cell->seed), purpose));
}

struct watch *watch_new(const struct cell *c, const struct instance *in, const double *start,
	struct record *r)
{
	struct watch *w = calloc(1, sizeof *w);
	size_t n = in->facts.n;
	unsigned m = c->measures;

	if (!w)
		return NULL;
	*w = (struct watch){ .cell = c, .in = in };
	for (int i = 0; i < COLUMNS; i++)
		w->column[i] = -1;
	if (m & MEASURE_CLARKE && in->problem->pieces)
		add(w, r, CLARKE, 2);
	if (m & MEASURE_GOLDSTEIN) {
		add(w, r, GOLDSTEIN, 2);
		w->delta = r->goldstein_delta = c->goldstein_delta * fmax(1, largest(start, n));
		w->samples = c->goldstein_samples ? (size_t)c->goldstein_samples :
						    goldstein_samples(n);
		r->goldstein_samples = (int)w->samples;
	}
	if (m & MEASURE_PROX_GRADIENT && in->problem->prox)
		add(w, r, PROX_GRADIENT, 1);
	if (m & MEASURE_MOREAU && (in->facts.traits & NSO_CONVEX || in->facts.weak_convexity >= 0))
		add(w, r, MOREAU, 2);
	if (m & MEASURE_DIRECTIONAL)
		add(w, r, DIRECTIONAL, 1);
	if (m & MEASURE_DIAMETER && in->problem->pieces)
		add(w, r, DIAMETER, 2);
	if (m & MEASURE_LGI)
		add(w, r, LGI, 2);
	if (m & MEASURE_SCORE && in->problem->score)
		add(w, r, SCORE, 1);
	w->w = malloc(n * sizeof *w->w);
	w->rng = own_stream(w, "measure");
	w->directions = own_stream(w, "measure directional");
	w->probes = own_stream(w, "measure lgi");
	if (!w->w || !w->rng || !w->directions || !w->probes || pieces_init(&w->pieces, n)) {
		watch_free(w);
		return NULL;
	}
	return w;
}

/* What follows from the pieces, gathered once. */
static void measure_pieces(struct watch *w, struct record *r, const double *x, double f)
{
	double bound = NAN;

	if ((w->column[CLARKE] < 0 && w->column[DIAMETER] < 0) ||
		instance_pieces(w->in, x, clarke_tolerance(f), &w->pieces))
		return;
	if (w->column[CLARKE] >= 0) {
		trace_set(r, w->column[CLARKE], clarke(&w->pieces, w->w, &bound));
		trace_set(r, w->column[CLARKE_LOWER], bound);
	}
	if (w->column[DIAMETER] >= 0) {
		trace_set(r, w->column[DIAMETER], diameter(&w->pieces, &bound));
		trace_set(r, w->column[DIAMETER_UPPER], bound);
	}
}

void watch_measure(struct watch *w, struct record *r, const double *x, double f)
{
	double bound = NAN;

	if (!isfinite(f))
		return;
	measure_pieces(w, r, x, f);
	if (w->column[GOLDSTEIN] >= 0) {
		trace_set(r, w->column[GOLDSTEIN],
			goldstein(w->in, x, w->delta, w->samples, w->rng, w->w, &bound));
		trace_set(r, w->column[GOLDSTEIN_LOWER], bound);
	}
	if (w->column[PROX_GRADIENT] >= 0)
		trace_set(r, w->column[PROX_GRADIENT], prox_gradient(w->in, x, NAN));
	if (w->column[MOREAU] >= 0) {
		trace_set(r, w->column[MOREAU], moreau(w->in, x, NAN, NULL, &bound));
		trace_set(r, w->column[MOREAU_ERROR], bound);
	}
	if (w->column[DIRECTIONAL] >= 0)
		trace_set(r, w->column[DIRECTIONAL],
			directional(w->in, x, DIRECTIONS, w->directions, NULL));
	if (w->column[LGI] >= 0) {
		trace_set(r, w->column[LGI], instability(w->in, x, &watch_probes, w->probes, &bound));
		trace_set(r, w->column[LGI_ERROR], bound);
	}
	if (w->column[SCORE] >= 0)
		trace_set(r, w->column[SCORE], instance_score(w->in, x));
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	gsl_rng_free(w->rng);
	gsl_rng_free(w->directions);
	gsl_rng_free(w->probes);
	pieces_free(&w->pieces);
	free(w->w);
	free(w);
}
