/* watch.c -- the measures that a cell asked for, at each point of its trace. Each has a random
 * stream of its own: turning a measure on never changes the run. */
#include <config.h>
#include "core.h"
#include "trace.h"
#include "watch.h"
#include <stdlib.h>
#include <string.h>

struct watch {
	const struct cell *cell;
	const struct instance *in;
	struct nso_pieces pieces;
	gsl_rng *rng;
	double delta;
	size_t samples;
	double *w;
	int clarke, clarke_lower, goldstein, goldstein_lower, score;
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

struct watch *watch_new(const struct cell *c, const struct instance *in, const double *start,
	struct record *r)
{
	struct watch *w = calloc(1, sizeof *w);
	size_t n = in->facts.n;
	unsigned m = c->measures;

	if (!w)
		return NULL;
	*w = (struct watch){ .cell = c, .in = in, .clarke = -1, .clarke_lower = -1, .goldstein = -1,
		.goldstein_lower = -1, .score = -1 };
	if (m & MEASURE_CLARKE && in->problem->pieces) {
		w->clarke = trace_column(r, "clarke");
		w->clarke_lower = trace_column(r, "clarke_lower");
	}
	if (m & MEASURE_GOLDSTEIN) {
		w->goldstein = trace_column(r, "goldstein");
		w->goldstein_lower = trace_column(r, "goldstein_lower");
		w->delta = r->goldstein_delta = c->goldstein_delta * fmax(1, largest(start, n));
		w->samples = c->goldstein_samples ? (size_t)c->goldstein_samples :
						    goldstein_samples(n);
		r->goldstein_samples = (int)w->samples;
	}
	if (m & MEASURE_SCORE && in->problem->score)
		w->score = trace_column(r, "score");
	w->w = malloc(n * sizeof *w->w);
	w->rng = stream(hash_text(hash_bits(in->key, c->seed), "measure"));
	if (!w->w || !w->rng || pieces_init(&w->pieces, n)) {
		watch_free(w);
		return NULL;
	}
	return w;
}

void watch_measure(struct watch *w, struct record *r, const double *x, double f)
{
	double v, lower = NAN;

	if (!isfinite(f))
		return;
	if (w->clarke >= 0 && !instance_pieces(w->in, x, clarke_tolerance(f), &w->pieces)) {
		v = clarke(&w->pieces, w->w, &lower);
		trace_set(r, w->clarke, v);
		trace_set(r, w->clarke_lower, lower);
	}
	if (w->goldstein >= 0) {
		v = goldstein(w->in, x, w->delta, w->samples, w->rng, w->w, &lower);
		trace_set(r, w->goldstein, v);
		trace_set(r, w->goldstein_lower, lower);
	}
	if (w->score >= 0)
		trace_set(r, w->score, instance_score(w->in, x));
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	gsl_rng_free(w->rng);
	pieces_free(&w->pieces);
	free(w->w);
	free(w);
}
