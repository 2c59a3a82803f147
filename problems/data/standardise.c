/* standardise.c -- columns to mean 0 and deviation 1, and the fixed order in which rows are
 * split. */
#include <stdlib.h>
#include "nsobench.h"
#include "samples.h"

/* Relative to the first entry, so that a common shift drops out before anything is squared; in
 * units of the largest distance from the mean, so that squares neither overflow nor vanish. */
void column_moments(
	const double *first, size_t stride, size_t m, double *mean, double *deviation)
{
	double sum = 0, most = 0, square = 0;

	*deviation = 1;
	*mean = first[0];
	for (size_t i = 0; i < m; i++)
		sum += first[i * stride] - first[0];
	*mean += sum / (double)m;
	sum = 0;
	for (size_t i = 0; i < m; i++) {
		sum += first[i * stride] - *mean;
		most = fmax(most, fabs(first[i * stride] - first[0]));
	}
	if (!(most > 0) || isinf(most))
		return;
	*mean += sum / (double)m;
	for (size_t i = 0; i < m; i++) {
		double v = (first[i * stride] - *mean) / most;

		square += v * v;
	}
	*deviation = most * sqrt(square / (double)m);
}

/* ------------------------------------------------------------------ order
 * --------------------- */

/* Steele, Lea, Flood 2014. The stream is always the same: a split belongs to the data. */
static uint64_t splitmix(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

struct place {
	double key;
	size_t row;
};

static int by_key(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return a->key != b->key ? (a->key > b->key) - (a->key < b->key)
				: (a->row > b->row) - (a->row < b->row);
}

/* The r-th row of a class of c, rows drawn at random, stands at (r + u)/c with u in [0, 1/2).
 */
static void keys(
	const uint16_t *label, size_t classes, size_t m, struct place *at, size_t *seen)
{
	uint64_t state = 1;

	for (size_t i = 0; i < m; i++)
		at[i] = (struct place){ 0, i };
	for (size_t i = m; i-- > 1;) {
		size_t j = (size_t)(splitmix(&state) % (i + 1));
		struct place swap = at[i];

		at[i] = at[j];
		at[j] = swap;
	}
	for (size_t i = 0; i < m; i++)
		seen[classes + (label ? label[i] : 0)]++;
	for (size_t i = 0; i < m; i++) {
		size_t c = label ? label[at[i].row] : 0;
		double u = (double)(splitmix(&state) >> 11) * 0x1p-54;

		at[i].key = ((double)seen[c]++ + u) / (double)seen[classes + c];
	}
}

int stratified_order(const uint16_t *label, size_t classes, size_t m, size_t *order)
{
	size_t *seen = calloc(2 * (classes + 1), sizeof *seen);
	struct place *at = malloc((m + 1) * sizeof *at);

	if (seen && at) {
		keys(label, classes ? classes : 1, m, at, seen);
		qsort(at, m, sizeof *at, by_key);
		for (size_t i = 0; i < m; i++)
			order[i] = at[i].row;
	}
	free(seen);
	free(at);
	return seen && at ? 0 : -1;
}
