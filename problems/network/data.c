/* data.c -- data sets by name: where they come from, splits, standardisation. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "data.h"
#include "../libsvm.h"

int refuse_data(struct reason why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why.text, why.size, format, args);
	va_end(args);
	return -1;
}

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
	memset(new + from * size, 0, (to - from) * size);
	memcpy(at, &new, sizeof new);
	return 0;
}

int dataset_grow(struct dataset *d, size_t more, int bytes)
{
	size_t n = shape_size(d->shape), room = d->rows + more;

	if (room <= d->room)
		return 0;
	if (widen(&d->bytes, bytes ? d->room * n : 0, bytes ? room * n : 0, 1) ||
		widen(&d->numbers, bytes ? 0 : d->room * n, bytes ? 0 : room * n, sizeof(double)) ||
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

static size_t at_most(size_t rows, size_t wanted) { return wanted && wanted < rows ? wanted : rows; }

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
		double sum = 0, square = 0, count = (double)d->train.rows, mean, inverse;

		for (size_t i = 0; i < d->train.rows; i++) {
			sum += d->numbers[i * n + j];
			square += d->numbers[i * n + j] * d->numbers[i * n + j];
		}
		mean = sum / count;
		inverse = 1 / deviation(square / count, mean);
		for (size_t i = 0; i < d->rows; i++)
			d->numbers[i * n + j] = (d->numbers[i * n + j] - mean) * inverse;
	}
}

/* ------------------------------------------------------------------ folders ------------------- */

static int there(const char *path)
{
	char found[4096];

	return nso_data_path(path, found, sizeof found) == 0;
}

static int load_idx(struct dataset *d, const char *folder, const char *part, struct reason why)
{
	size_t first = d->rows;
	char path[256];
	struct file f;
	int status;

	snprintf(path, sizeof path, "%s/%s-images-idx3-ubyte", folder, part);
	if (file_open(&f, path, why))
		return -1;
	status = read_idx_images(d, &f, why);
	file_close(&f);
	snprintf(path, sizeof path, "%s/%s-labels-idx1-ubyte", folder, part);
	if (status || file_open(&f, path, why))
		return -1;
	status = read_idx_labels(d, &f, first, why);
	file_close(&f);
	return status;
}

/* Without the training files the test set serves: its first four fifths to train, the rest to test. */
static int load_mnist(struct dataset *d, const char *folder, struct wish wish, struct reason why)
{
	char path[256];
	size_t train;

	snprintf(path, sizeof path, "%s/train-images-idx3-ubyte", folder);
	d->classes = 10;
	if (there(path) && load_idx(d, folder, "train", why))
		return -1;
	train = d->rows;
	if (load_idx(d, folder, "t10k", why))
		return -1;
	dataset_split(d, train ? train : d->rows - d->rows / 5, wish);
	return 0;
}

static int load_cifar(struct dataset *d, const char *folder, int fine, struct wish wish,
	struct reason why)
{
	static const char *const ten[] = { "data_batch_1", "data_batch_2", "data_batch_3",
		"data_batch_4", "data_batch_5", "test_batch", NULL };
	static const char *const hundred[] = { "train", "test", NULL };
	const char *const *names = fine ? hundred : ten;
	size_t train = 0;

	for (size_t i = 0; names[i]; i++) {
		char path[256];
		struct file f;
		int status;

		train = d->rows;
		snprintf(path, sizeof path, "%s/%s.bin", folder, names[i]);
		if (file_open(&f, path, why))
			return -1;
		status = read_cifar(d, &f, fine, why);
		file_close(&f);
		if (status)
			return -1;
	}
	dataset_split(d, train, wish);
	return 0;
}

/* ------------------------------------------------------------------ single files -------------- */

static int ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	n -= n > 3 && !strcmp(name + n - 3, ".gz") ? 3 : 0;
	return n >= m && !strncmp(name + n - m, end, m);
}

static void append_libsvm(struct dataset *d, const struct rows *a, const double *label)
{
	size_t n = d->shape.channels;

	for (size_t i = 0; i < a->m; i++, d->rows++) {
		d->labels[d->rows] = label[i] > 0;
		for (size_t e = a->start[i]; e < a->start[i + 1]; e++)
			d->numbers[d->rows * n + a->col[e]] = a->val[e];
	}
}

/* The file's rows to train and those of NAME.t to test, where there is one; else the last fifth. */
static int load_libsvm(struct dataset *d, const char *name, struct wish wish, struct reason why)
{
	char path[4096], other[512];
	struct rows a[2] = { { 0 }, { 0 } };
	double *label[2] = { NULL, NULL };
	int status = -1;

	snprintf(other, sizeof other, "%s.t", name);
	if (nso_data_path(name, path, sizeof path))
		return refuse_data(why, "%.200s", path);
	if (libsvm_read(path, &a[0], &label[0], why.text, why.size))
		return -1;
	if (!nso_data_path(other, path, sizeof path) &&
		libsvm_read(path, &a[1], &label[1], why.text, why.size))
		goto done;
	d->shape = (struct shape){ 1, 1, a[0].n > a[1].n ? a[0].n : a[1].n };
	d->classes = 2;
	if (dataset_grow(d, a[0].m + a[1].m, 0)) {
		refuse_data(why, "not enough memory for %zu x %zu numbers", a[0].m + a[1].m,
			d->shape.channels);
		goto done;
	}
	for (size_t i = 0; i < 2; i++)
		append_libsvm(d, &a[i], label[i]);
	dataset_split(d, a[1].m ? a[0].m : a[0].m - a[0].m / 5, wish);
	status = 0;
done:
	for (size_t i = 0; i < 2; i++) {
		rows_free(&a[i]);
		free(label[i]);
	}
	return status;
}

static int load_file(struct dataset *d, const char *name, struct wish wish, struct reason why)
{
	struct file f;
	int status;

	if (file_open(&f, name, why))
		return -1;
	status = ends_in(name, ".csv") ? read_csv(d, &f, why) : read_text(d, &f, wish.steps, why);
	file_close(&f);
	if (!status)
		dataset_split(d, d->rows - d->rows / 5, wish);
	return status;
}

/* ------------------------------------------------------------------ by name ------------------- */

static const struct {
	const char *name;
	int (*make)(struct dataset *, struct wish, gsl_rng *);
} generators[] = {
	{ "glyphs", make_glyphs },
	{ "glyphs-rgb", make_glyphs_rgb },
	{ "spirals", make_spirals },
	{ "blobs", make_blobs },
	{ "grammar", make_grammar },
};

static int load(struct dataset *d, const char *name, struct wish wish, gsl_rng *rng,
	struct reason why)
{
	for (size_t i = 0; i < sizeof generators / sizeof *generators; i++)
		if (!strcmp(name, generators[i].name))
			return generators[i].make(d, wish, rng) ?
				refuse_data(why, "not enough memory for %s", name) : 0;
	if (!strcmp(name, "mnist") || !strcmp(name, "fashion-mnist"))
		return load_mnist(d, name, wish, why);
	if (!strcmp(name, "cifar-10") || !strcmp(name, "cifar-100"))
		return load_cifar(d, name, !strcmp(name, "cifar-100"), wish, why);
	if (ends_in(name, ".libsvm") || !strncmp(name, "libsvm/", 7) || strstr(name, "/libsvm/"))
		return load_libsvm(d, name, wish, why);
	if (ends_in(name, ".csv") || ends_in(name, ".txt"))
		return load_file(d, name, wish, why);
	return refuse_data(why,
		"data \"%.80s\" is unknown; expected glyphs, glyphs-rgb, spirals, blobs, mnist, "
		"fashion-mnist, cifar-10, cifar-100, or a file .csv, .libsvm, .txt", name);
}

int dataset_raw(struct dataset *d, const char *name, struct wish wish, gsl_rng *rng,
	struct reason why)
{
	*d = (struct dataset){ .scale = { 1, 1, 1, 1 } };
	if (!load(d, name, wish, rng, why))
		return 0;
	dataset_clear(d);
	return -1;
}

int dataset_load(struct dataset *d, const char *name, struct wish wish, gsl_rng *rng,
	struct reason why)
{
	if (dataset_raw(d, name, wish, rng, why))
		return -1;
	dataset_standardise(d);
	return 0;
}

struct network *network_with_data(const char *name, struct wish wish, gsl_rng *rng,
	struct nso_facts *facts)
{
	struct network *net = calloc(1, sizeof *net);
	struct reason why = { facts->why, sizeof facts->why };

	if (!net || dataset_load(&net->data, name, wish, rng, why)) {
		free(net);
		return NULL;
	}
	return net;
}
