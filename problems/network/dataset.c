/* dataset.c -- rows in memory: room, parts, standardisation. */
#include <stdlib.h>
#include <string.h>
#include "data.h"

void dataset_clear(struct dataset *d)
{
	free(d->bytes);
	free(d->numbers);
	free(d->labels);
	free(d->values);
	*d = (struct dataset){ 0 };
}

static int widen(void *at, size_t from, size_t to, size_t size)
{
	char *old, *new;

	memcpy(&old, at, sizeof old);
	if (!to)
		return 0;
	new = realloc(old, to * size);
	if (!new)
		return -1;
	memset(new + from *size, 0, (to - from) * size);
	memcpy(at, &new, sizeof new);
	return 0;
}

int dataset_grow(struct dataset *d, size_t more, int bytes)
{
	size_t n = shape_size(d->shape), room = d->rows + more;

	if (room <= d->room)
		return 0;
	if (widen(&d->bytes, bytes ? d->room * n : 0, bytes ? room * n : 0, 1) ||
		widen(&d->numbers, bytes ? 0 : d->room * n, bytes ? 0 : room * n,
			sizeof(double)) ||
		widen(&d->labels, d->classes ? d->room : 0, d->classes ? room : 0,
			sizeof *d->labels) ||
		widen(&d->values, d->room * d->targets, room * d->targets, sizeof *d->values))
		return -1;
	d->room = room;
	return 0;
}

static struct part view(const struct dataset *d, size_t first, size_t rows)
{
	size_t n = d->text ? d->shape.height : shape_size(d->shape);

	return (struct part){
		.rows = rows,
		.bytes = d->bytes ? d->bytes + first * n : NULL,
		.numbers = d->numbers ? d->numbers + first * n : NULL,
		.labels = d->labels ? d->labels + first : NULL,
		.values = d->values ? d->values + first * d->targets : NULL,
	};
}

static size_t at_most(size_t rows, size_t wanted)
{
	return wanted && wanted < rows ? wanted : rows;
}

void dataset_split(struct dataset *d, size_t train, struct wish wish)
{
	d->train = view(d, 0, at_most(train, wish.train));
	d->test = view(d, train, at_most(d->rows - train, wish.test));
}

/* ------------------------------------------------------------------ standardisation ----------- */

static double deviation(double square, double mean)
{
	double variance = square - mean * mean;

	return variance > 1e-12 * (1 + mean * mean) ? sqrt(variance) : 1;
}

static void standardise_bytes(struct dataset *d)
{
	size_t c = d->shape.channels, n = d->train.rows * shape_size(d->shape);
	double sum[4] = { 0 }, square[4] = { 0 };

	for (size_t i = 0; i < n; i++) {
		double v = d->train.bytes[i];

		sum[i % c % 4] += v;
		square[i % c % 4] += v * v;
	}
	for (size_t j = 0; j < c && j < 4; j++) {
		double count = (double)(n / c);

		d->mean[j] = sum[j] / count;
		d->scale[j] = 1 / deviation(square[j] / count, d->mean[j]);
	}
}

void dataset_standardise(struct dataset *d)
{
	size_t n = shape_size(d->shape);

	if (d->text)
		return;
	if (d->bytes)
		standardise_bytes(d);
	for (size_t j = 0; d->numbers && j < n; j++) {
		double mean, deviation;

		column_moments(d->numbers + j, n, d->train.rows, &mean, &deviation);
		for (size_t i = 0; i < d->rows; i++)
			d->numbers[i * n + j] = (d->numbers[i * n + j] - mean) / deviation;
	}
}
