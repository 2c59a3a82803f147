/* kink.c -- how far is the nearest place where f is not differentiable, or, for a quantised
 * network, jumps? */
#include <config.h>
#include "ground/option.h"
#include "measure/measure.h"
#include "measure/measures.h"
#include "measure/summands.h"
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

enum { PER_DECADE = 20, FIRST_DECADE = -13, LAST_DECADE = 2 };

static double rows_apart(const struct nso_pieces *p, size_t a, size_t b, double *y)
{
	memset(y, 0, p->n * sizeof *y);
	row_add(p, a, 1, y);
	row_add(p, b, -1, y);
	return cblas_dnrm2((int)p->n, y, 1);
}

/* Longest distance of two rows of one summand; NAN where a summand is no hull. */
static double widest(const struct nso_pieces *p, double *y)
{
	double most = 0;

	for (size_t s = 0; s < p->summands; s++) {
		size_t first = p->summand[s].first, end = first + p->summand[s].rows;

		if (p->summand[s].kind != HULL)
			return NAN;
		for (size_t a = first; a < end; a++)
			for (size_t b = a + 1; b < end; b++)
				most = fmax(most, rows_apart(p, a, b, y));
	}
	return most;
}

double kink_distance(const struct instance *in, const double *x)
{
	double least = INFINITY, f = instance_eval(in, x, NULL), *y;
	size_t known = 0;
	struct nso_pieces p;

	if (!in->problem->pieces || !(y = malloc(in->facts.n * sizeof *y)))
		return NAN;
	if (pieces_init(&p, in->facts.n)) {
		free(y);
		return NAN;
	}
	for (int i = FIRST_DECADE * PER_DECADE; i <= LAST_DECADE * PER_DECADE; i++) {
		double gap = (1 + fabs(f)) * pow(10, (double)i / PER_DECADE), wide;

		if (instance_pieces(in, x, gap, &p)) {
			least = NAN;
			break;
		}
		if (p.rows <= known)
			continue;
		known = p.rows;
		wide = widest(&p, y);
		if (isnan(wide)) {
			least = NAN;
			break;
		}
		if (wide > 0)
			least = fmin(least, gap / wide);
	}
	pieces_free(&p);
	free(y);
	return least < INFINITY ? least : NAN;
}

double jump_distance(size_t n, const double *w, double steps, double low, double high)
{
	double most = 0, least = INFINITY, s;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(w[i]));
	s = steps / (most + 1e-5);
	for (size_t i = 0; i < n; i++) {
		/* thresholds lie halfway between levels, none beyond the last ones */
		double at = fmin(fmax(floor(w[i] * s), low), high - 1) + .5;

		least = fmin(least, fabs(w[i] * s - at) / s);
	}
	return least;
}

/* Tensors of a perceptron alternate: weights, which are quantised to 2 bits (problems/qat.c:
 * scale 1.5, clamped to -2 .. 1), and biases, which are not. Level -2 is never reached, since s
 * follows the largest weight and keeps |w s| below 1.5: its threshold is no jump. */
double network_distance(const struct instance *in, const double *x)
{
	double least = INFINITY;

	for (size_t b = 0, begin = 0; b < in->facts.blocks; begin = in->facts.block_ends[b++])
		if (b % 2 == 0)
			least = fmin(least, jump_distance(in->facts.block_ends[b] - begin,
						    x + begin, 1.5, -1, 1));
	return least;
}

/* ------------------------------------------------------------------ as a measure
 * -------------- */

/* Of the quantised networks that whose tensors network_distance knows. */
static int is_network(const struct instance *in)
{
	return !strcmp(in->problem->name, "qat-mlp") &&
	       in->opt[option_find(in->problem->options, "bits")] == 0;
}

static int offers_kinks(const struct instance *in)
{
	return in->problem->pieces || is_network(in);
}

static size_t kink_calls(size_t n, size_t samples, size_t k)
{
	(void)n;
	(void)samples;
	(void)k;
	return 2 + (LAST_DECADE - FIRST_DECADE) * PER_DECADE;
}

static double take_kinks(const struct at *at, double *bound)
{
	(void)bound;
	return at->in->problem->pieces ? kink_distance(at->in, at->x)
				       : network_distance(at->in, at->x);
}

const struct measure measure_kink_distance = { "kink_distance",
	"about the distance to the nearest kink: least gap/D(gap), D the longest difference of "
	"gradients of the "
	"pieces within gap; of qat-mlp with 2 bits that to the nearest threshold of its "
	"quantiser",
	"nsobench", "pieces that are hulls", "1 value + 301 passes over the pieces",
	{ "kink_distance", NULL }, NULL, 0, 0, offers_kinks, kink_calls, take_kinks };
