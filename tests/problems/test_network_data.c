/* test_network_data.c -- data sets: what is written is read back, what is damaged is refused
 * with the file, the place and what was expected. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <criterion/criterion.h>
#include "leak.h"
#include "problems/network/data.h"
#include "ground/data.h"
#include "ground/random.h"

static char folder[64], text[600];
static const struct reason why = { text, sizeof text };

/* Each test in a folder of its own, which is the data folder. */
static void enter(void)
{
	strcpy(folder, "/tmp/nsobench-data-XXXXXX");
	cr_assert_not_null(mkdtemp(folder), "a folder under /tmp");
	data_folder_set(folder);
}

static void leave(void)
{
	char command[100];

	snprintf(command, sizeof command, "rm -rf %s", folder);
	cr_expect_eq(system(command), 0, "%s", command);
}

static const char *at(const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const void *bytes, size_t length)
{
	FILE *f = fopen(at(name), "wb");

	cr_assert_not_null(f, "%s", at(name));
	cr_assert_eq(fwrite(bytes, 1, length, f), length, "%s", at(name));
	fclose(f);
}

static void load(struct dataset *d, const char *name)
{
	gsl_rng *rng = stream(1);

	cr_assert_eq(dataset_raw(d, name, (struct wish){ 40, 10, 0, -1, { 0 } }, rng, why), 0,
		"%s: %s", name, text);
	gsl_rng_free(rng);
}

/* The load fails and its reason holds the pieces (up to NULL). */
static void refused(const char *name, const char *const *pieces)
{
	struct dataset d;
	gsl_rng *rng = stream(1);

	text[0] = 0;
	cr_assert_neq(
		dataset_raw(&d, name, (struct wish){ 0 }, rng, why), 0, "%s is accepted", name);
	for (; *pieces; pieces++)
		cr_expect_not_null(
			strstr(text, *pieces), "\"%s\" does not say \"%s\"", text, *pieces);
	gsl_rng_free(rng);
}
#define REFUSED(name, ...) refused(name, (const char *const[]){ __VA_ARGS__, NULL })

/* ---------------------------------------------------------------- there and back ------------- */

static void same(const struct dataset *a, const struct dataset *b)
{
	size_t n = shape_size(a->shape);

	cr_assert_eq(a->rows, b->rows, "%zu rows, then %zu", a->rows, b->rows);
	cr_assert_eq(n, shape_size(b->shape), "the same shape");
	cr_expect_eq(memcmp(a->labels, b->labels, a->rows * sizeof *a->labels), 0,
		"the same labels");
	if (a->bytes)
		cr_expect_eq(memcmp(a->bytes, b->bytes, a->rows * n), 0, "the same bytes");
	else
		cr_expect_eq(memcmp(a->numbers, b->numbers, a->rows * n * sizeof(double)), 0,
			"the same "
			"numbers");
}

static void back(const char *name, const char *format, const char *to, const char *as)
{
	struct dataset d, again;
	char path[200];

	enter();
	load(&d, name);
	snprintf(path, sizeof path, "%s/%s", folder, to);
	cr_assert_eq(write_data(&d, format, path, why), 0, "%s", text);
	load(&again, as);
	same(&d, &again);
	cr_expect_eq(again.train.rows, 40, "40 training rows, not %zu", again.train.rows);
	cr_expect_eq(again.test.rows, 10, "10 test rows, not %zu", again.test.rows);
	dataset_clear(&d);
	dataset_clear(&again);
	leave();
	no_leak();
}

Test(network_data, idx_there_and_back, .timeout = 20)
{
	back("glyphs", "idx", "mnist", "mnist");
}

Test(network_data, cifar_there_and_back, .timeout = 20)
{
	back("glyphs-rgb", "cifar", "cifar-100", "cifar-100");
}

/* A table comes back in another order: its rows are split by lot. Sorted, they are the same. */
static int by_first(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

Test(network_data, csv_there_and_back, .timeout = 20)
{
	struct dataset d, again;

	enter();
	load(&d, "spirals");
	cr_assert_eq(write_data(&d, "csv", folder, why), 0, "%s", text);
	load(&again, "data.csv");
	cr_assert_eq(again.rows, d.rows, "%zu rows, then %zu", d.rows, again.rows);
	qsort(d.numbers, d.rows, 2 * sizeof(double), by_first);
	qsort(again.numbers, again.rows, 2 * sizeof(double), by_first);
	cr_expect_eq(memcmp(d.numbers, again.numbers, d.rows * 2 * sizeof(double)), 0,
		"other numbers");
	cr_expect_eq(again.train.rows, 40, "40 training rows, not %zu", again.train.rows);
	cr_expect_eq(again.test.rows, 10, "10 test rows, not %zu", again.test.rows);
	dataset_clear(&d);
	dataset_clear(&again);
	leave();
	no_leak();
}

/* Planes become channels: the first pixel's red, green and blue. */
Test(network_data, cifar_10_records, .timeout = 20)
{
	static uint8_t record[3073];
	char name[40];
	struct dataset d;

	enter();
	mkdir(at("cifar-10"), 0700);
	record[0] = 7;
	record[1] = 11;
	record[1 + 1024] = 22;
	record[1 + 2048] = 33;
	for (int i = 1; i <= 6; i++) {
		snprintf(name, sizeof name,
			i > 5 ? "cifar-10/test_batch.bin" : "cifar-10/data_batch_%d.bin", i);
		put(name, record, sizeof record);
	}
	load(&d, "cifar-10");
	cr_expect_eq(d.train.rows, 5, "one row of each batch");
	cr_expect_eq(d.test.rows, 1, "one row to test");
	cr_expect_eq(d.labels[5], 7, "label %d", d.labels[5]);
	cr_expect(d.bytes[0] == 11 && d.bytes[1] == 22 && d.bytes[2] == 33, "%d %d %d",
		d.bytes[0], d.bytes[1], d.bytes[2]);
	dataset_clear(&d);
	record[0] = 10;
	put("cifar-10/data_batch_3.bin", record, sizeof record);
	REFUSED("cifar-10", "data_batch_3.bin", "offset 0", "label 10", "expected 0 .. 9");
	put("cifar-10/data_batch_3.bin", record, sizeof record - 1);
	REFUSED("cifar-10", "data_batch_3.bin", "3072 bytes", "multiple of 3073");
	put("cifar-10/data_batch_3.bin", record, 0);
	REFUSED("cifar-10", "data_batch_3.bin", "0 bytes");
	leave();
	no_leak();
}

/* ---------------------------------------------------------------- damage --------------------- */

static size_t read_all(const char *name, uint8_t *bytes, size_t room)
{
	FILE *f = fopen(at(name), "rb");
	size_t length;

	cr_assert_not_null(f, "%s", at(name));
	length = fread(bytes, 1, room, f);
	fclose(f);
	return length;
}

Test(network_data, damaged_idx, .timeout = 20)
{
	static uint8_t images[64000], labels[200], bad[64000];
	struct dataset d;
	size_t length, count;

	enter();
	load(&d, "glyphs");
	cr_assert_eq(write_data(&d, "idx", at("mnist"), why), 0, "%s", text);
	dataset_clear(&d);
	length = read_all("mnist/train-images-idx3-ubyte", images, sizeof images);
	count = read_all("mnist/train-labels-idx1-ubyte", labels, sizeof labels);

	put("mnist/train-images-idx3-ubyte", images, 0);
	REFUSED("mnist", "train-images-idx3-ubyte", "0 bytes", "header of 16");
	memcpy(bad, images, length);
	bad[2] = 0x0d;
	put("mnist/train-images-idx3-ubyte", bad, length);
	REFUSED("mnist", "offset 0", "0x00000d03", "0x00000803");
	put("mnist/train-images-idx3-ubyte", images, length - 1);
	REFUSED("mnist", "31375 bytes", "promises 31376");
	put("mnist/train-images-idx3-ubyte", images, length + 1);
	REFUSED("mnist", "31377 bytes", "promises 31376");
	memcpy(bad, images, length);
	memset(bad + 8, 0, 4);
	put("mnist/train-images-idx3-ubyte", bad, length);
	REFUSED("mnist", "offset 8", "above 0");
	memset(bad + 4, 0xff, 12);
	put("mnist/train-images-idx3-ubyte", bad, length);
	REFUSED("mnist", "4294967295", "sensible");

	put("mnist/train-images-idx3-ubyte", images, length);
	labels[8 + 5] = 10;
	put("mnist/train-labels-idx1-ubyte", labels, count);
	REFUSED("mnist", "train-labels-idx1-ubyte", "offset 13", "label 10", "expected 0 .. 9");
	labels[7]--;
	put("mnist/train-labels-idx1-ubyte", labels, count - 1);
	REFUSED("mnist", "39 labels", "40");
	leave();
	no_leak();
}

/* A whole gzip file is read, a torn one refused, with what there is and what there should be.
 */
Test(network_data, torn_gzip, .timeout = 20)
{
	static uint8_t packed[64000];
	static const char *const files[] = { "mnist/train-images-idx3-ubyte",
		"mnist/train-labels-idx1-ubyte" };
	struct dataset d, again;
	size_t length = 0;

	enter();
	load(&d, "glyphs");
	cr_assert_eq(write_data(&d, "idx", at("mnist"), why), 0, "%s", text);
	for (size_t i = 0; i < 2; i++) {
		char name[80];
		static uint8_t bytes[64000];
		size_t n = read_all(files[i], bytes, sizeof bytes);
		gzFile out;

		snprintf(name, sizeof name, "%s.gz", files[i]);
		out = gzopen(at(name), "wb");
		cr_assert_eq(gzwrite(out, bytes, (unsigned)n), (int)n, "gzwrite");
		gzclose(out);
		unlink(at(files[i]));
	}
	load(&again, "mnist");
	same(&d, &again);
	dataset_clear(&again);
	dataset_clear(&d);
	length = read_all("mnist/train-images-idx3-ubyte.gz", packed, sizeof packed);
	put("mnist/train-images-idx3-ubyte.gz", packed, length / 2);
	REFUSED("mnist", "train-images-idx3-ubyte.gz", "ends in its middle", "promises 31376");
	put("mnist/train-images-idx3-ubyte.gz", packed, length - 4);
	REFUSED("mnist", "train-images-idx3-ubyte.gz", "ends in its middle");
	packed[length / 2] ^= 0x5a;
	packed[length / 2 + 1] ^= 0x5a;
	put("mnist/train-images-idx3-ubyte.gz", packed, length);
	REFUSED("mnist", "train-images-idx3-ubyte.gz");
	leave();
	no_leak();
}

Test(network_data, text_and_unknown_names, .timeout = 20)
{
	struct dataset d;
	char long_text[400];

	enter();
	memset(long_text, 'a', sizeof long_text);
	for (size_t i = 0; i < sizeof long_text; i += 3)
		long_text[i] = 'z';
	put("short.txt", long_text, 100);
	REFUSED("short.txt", "100 bytes", "at least 161");
	put("long.txt", long_text, sizeof long_text);
	load(&d, "long.txt");
	cr_expect_eq(d.classes, 2, "two symbols");
	cr_expect_eq(d.rows, 12, "399 pairs in windows of 32: %zu", d.rows);
	cr_expect(d.bytes[0] == 1 && d.bytes[1] == 0, "a is 0, z is 1");
	dataset_clear(&d);
	REFUSED("mnits", "mnits", "expected glyphs");
	REFUSED("cifar-10", "cifar-10/data_batch_1.bin");
	mkdir(at("mnits"), 0700);
	REFUSED("mnits", "expected glyphs");
	leave();
	no_leak();
}

/* ---------------------------------------------------------------- splits, standardisation ---- */

Test(network_data, standardised, .timeout = 20)
{
	struct dataset d;
	gsl_rng *rng = stream(1);
	double sum = 0, square = 0;

	cr_assert_eq(
		dataset_load(&d, "blobs", (struct wish){ 300, 50, 0, -1, { 0 } }, rng, why), 0,
		"%s", text);
	for (size_t i = 0; i < 300; i++) {
		sum += d.train.numbers[i * 20 + 3];
		square += d.train.numbers[i * 20 + 3] * d.train.numbers[i * 20 + 3];
	}
	cr_expect(fabs(sum / 300) < 1e-12, "mean %g", sum / 300);
	cr_expect(fabs(square / 300 - 1) < 1e-12, "variance %g", square / 300);
	dataset_clear(&d);
	cr_assert_eq(
		dataset_load(&d, "glyphs-rgb", (struct wish){ 50, 10, 0, -1, { 0 } }, rng, why),
		0, "%s", text);
	sum = 0;
	for (size_t i = 0; i < 50 * 1024; i++)
		sum += (d.train.bytes[3 * i + 2] - d.mean[2]) * d.scale[2];
	cr_expect(fabs(sum / 50 / 1024) < 1e-9, "mean of the blue %g", sum);
	dataset_clear(&d);
	gsl_rng_free(rng);
	no_leak();
}

/* MNIST's test set alone: its first 8,000 digits to train, the last 2,000 to test. */
Test(network_data, mnist_test_set_alone, .timeout = 20)
{
	struct dataset d;
	gsl_rng *rng;
	char found[4096];

	data_folder_set(NULL);
	if (!getenv("NSOBENCH_DATA") ||
		nso_data_path("mnist/t10k-images-idx3-ubyte", found, sizeof found) ||
		!nso_data_path("mnist/train-images-idx3-ubyte", found, sizeof found))
		cr_skip("no mnist/t10k-* alone under $NSOBENCH_DATA");
	rng = stream(1);
	cr_assert_eq(dataset_raw(&d, "mnist", (struct wish){ 0 }, rng, why), 0, "%s", text);
	cr_expect_eq(d.train.rows, 8000, "%zu training rows", d.train.rows);
	cr_expect_eq(d.test.rows, 2000, "%zu test rows", d.test.rows);
	cr_expect_eq(d.labels[0], 7, "the first digit is a 7");
	dataset_clear(&d);
	gsl_rng_free(rng);
}
