/* watch.c -- the measures that a cell asked for, at each point of its trace. Each has a random
 * stream of its own: turning a measure on never changes the run. */
#include <config.h>
#include "ground/random.h"
#include "measure/measures.h"
#include "measure/stationarity.h"
#include "run/trace.h"
#include "run/watch.h"
#include <stdlib.h>
#include <string.h>

enum { MOST = 32 };

static int among(const char *name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] && !strcmp(name, list[i]))
			return 1;
	return 0;
}

int column_is_ours(const char *name)
{
	static const char *const apart[] = { "x",
		"seconds" }; /* no columns of their own in a record */
	int ours = among(name, trace_names, TRACE_NAMES) ||
		   among(name, call_names, CALL_KINDS) || among(name, apart, 2);

	for (const struct measure *const *m = measure_table; *m && !ours; m++)
		ours = among(name, (*m)->columns, 2);
	return ours;
}

struct row {
	const struct measure *measure;
	gsl_rng *rng;  /* NULL: it draws nothing */
	int column[2]; /* -1: none */
};

struct watch {
	struct nso_pieces pieces;
	struct row row[MOST];
	size_t rows;
	int wants_pieces;
	struct at at;
};

static double largest(const double *x, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(x[i]));
	return most;
}

static int add(struct watch *w, const struct measure *m, const struct cell *c, struct record *r)
{
	struct row *row = &w->row[w->rows++];

	*row = (struct row){ .measure = m };
	for (int i = 0; i < 2; i++)
		row->column[i] = m->columns[i] ? trace_column(r, m->columns[i]) : -1;
	w->wants_pieces |= m->pieces && w->at.in->problem->pieces;
	if (m->stream)
		row->rng = stream(hash_text(hash_bits(w->at.in->key, c->seed), m->stream));
	return m->stream && !row->rng ? -1 : 0;
}

struct watch *watch_new(
	const struct cell *c, const struct instance *in, const double *start, struct record *r)
{
	struct watch *w = calloc(1, sizeof *w);
	size_t n = in->facts.n;
	struct cell usual;
	int bad;

	if (!w)
		return NULL;
	w->at = (struct at){ .in = in,
		.delta = c->goldstein_delta * fmax(1, largest(start, n)),
		.samples = c->goldstein_samples ? (size_t)c->goldstein_samples
						: goldstein_samples(n),
		.probes = c->lgi_k,
		.reach = c->lgi_delta,
		.w = malloc(n * sizeof *w->at.w) };
	if (c->measures & measure_bit("goldstein")) {
		r->goldstein_delta = w->at.delta;
		r->goldstein_samples = (int)w->at.samples;
	}
	cell_defaults(&usual);
	if (c->lgi_k != usual.lgi_k || c->lgi_delta != usual.lgi_delta) {
		r->lgi_k = c->lgi_k;
		r->lgi_delta = c->lgi_delta;
	}
	bad = !w->at.w || pieces_init(&w->pieces, n);
	for (unsigned i = 0; measure_table[i] && !bad; i++)
		if (c->measures & 1u << i && measure_offered(measure_table[i], in))
			bad = add(w, measure_table[i], c, r);
	if (!bad)
		return w;
	watch_free(w);
	return NULL;
}

void watch_measure(struct watch *w, struct record *r, const double *x, double f)
{
	if (!isfinite(f))
		return;
	w->at.x = x;
	w->at.f = f;
	w->at.pieces = NULL;
	if (w->wants_pieces && !instance_pieces(w->at.in, x, clarke_tolerance(f), &w->pieces))
		w->at.pieces = &w->pieces;
	for (size_t i = 0; i < w->rows; i++) {
		const struct row *row = &w->row[i];
		double bound = NAN;

		w->at.rng = row->rng;
		trace_set(r, row->column[0], row->measure->take(&w->at, &bound));
		if (row->column[1] >= 0)
			trace_set(r, row->column[1], bound);
	}
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->rows; i++)
		if (w->row[i].rng)
			gsl_rng_free(w->row[i].rng);
	pieces_free(&w->pieces);
	free(w->at.w);
	free(w);
}
