/* diameter.c -- longest distance of two elements of a Clarke subdifferential. Of one hull it is
 * that of its vertices. Of a sum it is the largest width, max over unit u of sum_b width_b(u):
 * climbing from the vertices along u to u = the difference found never shortens it. */
#include <config.h>
#include "measure/measure.h"
#include "measure/measures.h"
#include "measure/stationarity.h"
#include "measure/summands.h"
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>

enum { CLIMBS = 60, STARTS = 32 };

/* Largest |g_i - g_j| of m rows. */
static double rows_diameter(const double *G, size_t m, size_t n, double *y)
{
	double most = 0;

	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < i; j++) {
			for (size_t t = 0; t < n; t++)
				y[t] = G[i * n + t] - G[j * n + t];
			most = fmax(most, cblas_dnrm2((int)n, y, 1));
		}
	return most;
}

static double hull_diameter(const struct nso_pieces *p, size_t first, size_t rows, double *y)
{
	double most = 0;

	for (size_t i = first; i < first + rows; i++)
		for (size_t j = first; j < i; j++) {
			memset(y, 0, p->n * sizeof *y);
			row_add(p, i, 1, y);
			row_add(p, j, -1, y);
			most = fmax(most, cblas_dnrm2((int)p->n, y, 1));
		}
	return most;
}

/* Upper bound for a ball and a spectral set: twice, or sqrt 2 times, the Frobenius norm of the
 * map from orthonormal coordinates; the off-diagonal row of W has length 1/sqrt 2 in those. */
static double round_diameter(const struct nso_pieces *p, size_t b)
{
	size_t first = p->summand[b].first, order = p->summand[b].order, row = first;
	double sum = 0;

	if (p->summand[b].kind == BALL) {
		for (size_t i = 0; i < p->summand[b].rows; i++)
			sum = hypot(sum, cblas_dnrm2((int)p->row[first + i].len,
						 p->data + p->row[first + i].at, 1));
		return 2 * sum;
	}
	for (size_t i = 0; i < order; i++)
		for (size_t j = i; j < order; j++, row++)
			sum = hypot(sum,
				cblas_dnrm2((int)p->row[row].len, p->data + p->row[row].at, 1) /
					(i == j ? 1 : sqrt(2)));
	return sqrt(2) * sum;
}

/* Nonzero when no two summands touch the same coordinate: diameters then add in squares. */
static int separate(const struct nso_pieces *p)
{
	size_t *owner = calloc(p->n, sizeof *owner);
	int yes = owner != NULL;

	for (size_t b = 0; yes && b < p->summands; b++)
		for (size_t i = 0; i < p->summand[b].rows; i++) {
			size_t row = p->summand[b].first + i;

			for (size_t t = 0; t < p->row[row].len; t++) {
				size_t *at = &owner[p->row[row].first + t];

				yes &= *at == 0 || *at == b + 1;
				*at = b + 1;
			}
		}
	free(owner);
	return yes;
}

static double upper_bound(const struct nso_pieces *p, double *y)
{
	int squares = separate(p);
	double sum = 0;

	for (size_t b = 0; b < p->summands; b++) {
		double one = p->summand[b].kind == HULL ? hull_diameter(p, p->summand[b].first,
								  p->summand[b].rows, y)
							: round_diameter(p, b);

		sum = squares ? hypot(sum, one) : sum + one;
	}
	return sum;
}

/* u becomes the difference of the highest and the lowest point along it; its length. */
static double widen(
	const struct nso_pieces *p, struct support *s, double *u, double *low, double *high)
{
	memset(low, 0, p->n * sizeof *low);
	memset(high, 0, p->n * sizeof *high);
	for (size_t b = 0; b < p->summands; b++)
		support_vertex(s, b, u, low);
	cblas_dscal((int)p->n, -1, u, 1);
	for (size_t b = 0; b < p->summands; b++)
		support_vertex(s, b, u, high);
	for (size_t i = 0; i < p->n; i++)
		u[i] = high[i] - low[i];
	return cblas_dnrm2((int)p->n, u, 1);
}

static double climb(
	const struct nso_pieces *p, struct support *s, double *u, double *low, double *high)
{
	double most = 0, now;

	for (int t = 0; t < CLIMBS; t++) {
		now = widen(p, s, u, low, high);
		if (!(now > most * (1 + 1e-14)))
			break;
		most = now;
	}
	return most;
}

/* From fixed pseudo-random signs: the same answer at every call, and no stream is touched. */
static double search(const struct nso_pieces *p, double *memory)
{
	struct support *s = support_open(p);
	uint64_t bits = UINT64_C(0x9e3779b97f4a7c15);
	double most = s ? 0 : NAN;

	for (int start = 0; s && start < STARTS; start++) {
		for (size_t i = 0; i < p->n; i++) {
			bits ^= bits << 13; /* xorshift, Marsaglia 2003 */
			bits ^= bits >> 7;
			bits ^= bits << 17;
			memory[i] = (double)(bits >> 11) * 0x1p-53 - .5;
		}
		most = fmax(most, climb(p, s, memory, memory + p->n, memory + 2 * p->n));
	}
	support_close(s);
	return most;
}

double diameter(const struct nso_pieces *p, double *upper)
{
	double *memory = malloc(3 * p->n * sizeof *memory), found, bound;

	if (upper)
		*upper = INFINITY;
	if (!memory || p->overflow || !isfinite(pieces_scale(p))) {
		free(memory);
		return NAN;
	}
	bound = upper_bound(p, memory);
	if (p->summands == 0 || (p->summands == 1 && p->summand[0].kind == HULL))
		found = bound;
	else
		found = fmin(bound, search(p, memory));
	if (upper)
		*upper = bound;
	free(memory);
	return found;
}

double sampled_diameter(
	const struct instance *in, const double *x, double delta, size_t samples, gsl_rng *rng)
{
	size_t n = in->facts.n, m = sample_rows(n, samples), rows;
	double *G = malloc((m + 1) * n * sizeof *G), most = NAN;

	if (!G)
		return NAN;
	rows = sample_gradients(in, x, delta, samples, rng, G + m * n, G);
	if (rows)
		most = rows_diameter(G, rows, n, G + m * n);
	free(G);
	return most;
}

/* One element, where f is smooth. */
static int offers_diameter(const struct instance *in)
{
	return in->problem->pieces || in->facts.traits & NSO_SMOOTH;
}

static double take_diameter(const struct at *at, double *bound)
{
	if (!at->in->problem->pieces)
		return *bound = 0;
	return at->pieces ? diameter(at->pieces, bound) : NAN;
}

const struct measure measure_diameter = { "diameter",
	"longest distance of two elements of the Clarke subdifferential; 0 where f is smooth",
	"nsobench", "pieces, or a smooth f", "one pass over the pieces (shared with clarke)",
	{ "diameter", "diameter_upper" }, NULL, 0, 1, offers_diameter, NULL, take_diameter };

enum { NEARBY = 60 };

static size_t nearby_calls(size_t n, size_t samples, size_t k)
{
	(void)samples;
	(void)k;
	return sample_rows(n, NEARBY);
}

static double take_nearby(const struct at *at, double *bound)
{
	(void)bound;
	return sampled_diameter(at->in, at->x, at->reach, NEARBY, at->rng);
}

const struct measure measure_diameter_nearby = { "diameter_nearby",
	"longest distance of two gradients, of 60 and more sampled where the probes of lgi "
	"reach (--lgi-delta)",
	"nsobench", "subgradient", "61 subgradients, + 2n where n <= 50",
	{ "diameter_nearby", NULL }, "measure diameter nearby", 0, 0, NULL, nearby_calls,
	take_nearby };
