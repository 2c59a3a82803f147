/* test_files.c -- data files under all their names, gzipped to the last byte, and what is none.
 */
#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include "problems/network/data.h"
#include "ground/random.h"
#include "scratch.h"

static char text[600];
static const struct reason why = { text, sizeof text };

/* ---------------------------------------------------------- files ------------------- */

static size_t pack(const char *bytes, uint8_t *out, size_t room)
{
	z_stream z = { .next_in = (uint8_t *)bytes,
		.avail_in = (uInt)strlen(bytes),
		.next_out = out,
		.avail_out = (uInt)room };

	cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK,
		"deflateInit2");
	cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END, "deflate");
	deflateEnd(&z);
	return z.total_out;
}

static int opens(const uint8_t *bytes, size_t length)
{
	struct samples s;
	int status;

	put_bytes("t.csv.gz", bytes, length);
	text[0] = 0;
	status = samples_read(&s, "t.csv.gz", (struct how){ 0 }, why);
	if (!status)
		samples_free(&s);
	return status;
}

/* RFC 1952: 10 bytes of head, data, CRC-32, length. Every cut, every added and every changed
 * byte of the trailer is an error; two members in a row are not. */
Test(files, gzip_to_the_last_byte, .timeout = 20)
{
	uint8_t bytes[400];
	size_t length;

	enter();
	length = pack("1,2,0\n3,4,1\n", bytes, 200);
	cr_expect_eq(opens(bytes, length), 0, "%s", text);
	for (size_t keep = 0; keep < length; keep++)
		cr_expect_neq(
			opens(bytes, keep), 0, "%zu of %zu bytes are accepted", keep, length);
	for (size_t i = length - 8; i < length; i++) {
		bytes[i] ^= 1;
		cr_expect_neq(opens(bytes, length), 0, "byte %zu of %zu changed", i, length);
		bytes[i] ^= 1;
	}
	bytes[length] = 0;
	cr_expect_neq(opens(bytes, length + 1), 0, "a zero behind the end");
	cr_expect_not_null(strstr(text, "behind the end"), "%s", text);
	memcpy(bytes + length, bytes, length);
	cr_expect_eq(opens(bytes, 2 * length), 0, "two members: %s", text);
	cr_expect_neq(opens((const uint8_t *)"1,2,0\n", 6), 0, "a plain file named .gz");
	leave();
}

/* A folder is no data file, and neither is a pipe or a device. */
Test(files, folders_hide_nothing, .timeout = 20)
{
	char here[200], found[300];
	struct samples s;

	enter();
	cr_assert_not_null(getcwd(here, sizeof here), "getcwd");
	mkdir(at("work"), 0700);
	mkdir(at("work/set"), 0700);
	put("set", "1 1:1\n2 1:2\n");
	mkfifo(at("pipe"), 0600);
	cr_assert_eq(chdir(at("work")), 0, "chdir");
	cr_expect_eq(nso_data_path("set", found, sizeof found), 0, "%s", found);
	cr_expect_eq(samples_read(&s, "set", (struct how){ 0 }, why), 0, "%s", text);
	samples_free(&s);
	cr_expect_neq(samples_read(&s, "pipe", (struct how){ 0 }, why), 0, "a pipe");
	cr_expect_not_null(strstr(text, "no regular file"), "%s", text);
	cr_expect_neq(samples_read(&s, "/dev/zero", (struct how){ 0 }, why), 0, "/dev/zero");
	cr_assert_eq(chdir(here), 0, "chdir");
	leave();
}

static void names(const char *set, const char *make, const char *const *moved)
{
	gsl_rng *rng = stream(1);
	struct dataset d;
	char command[600];

	enter();
	cr_assert_eq(dataset_raw(&d, make, (struct wish){ 40, 10, 0, -1, { 0 } }, rng, why), 0,
		"%s", text);
	cr_assert_eq(write_data(&d, !strcmp(make, "glyphs") ? "idx" : "cifar", at("new"), why),
		0, "%s", text);
	dataset_clear(&d);
	for (; *moved; moved++) {
		snprintf(command, sizeof command, "cd %s && %s", folder, *moved);
		cr_assert_eq(system(command), 0, "%s", command);
		cr_expect_eq(dataset_raw(&d, set, (struct wish){ 0 }, rng, why), 0, "%s: %s",
			*moved, text);
		cr_expect_eq(d.train.rows, 40, "%s: %zu rows", *moved, d.train.rows);
		cr_expect_eq(d.note[0], 0, "%s", d.note);
		dataset_clear(&d);
	}
	if (!strcmp(set, "mnist")) {
		snprintf(command, sizeof command, "rm %s/MNIST/raw/train*", folder);
		cr_assert_eq(system(command), 0, "%s", command);
		cr_assert_eq(dataset_raw(&d, set, (struct wish){ 0 }, rng, why), 0, "%s", text);
		cr_expect_not_null(strstr(d.note, "test set serve"), "%s", d.note);
		cr_expect(d.train.rows == 8 && d.test.rows == 2, "%zu and %zu", d.train.rows,
			d.test.rows);
		dataset_clear(&d);
	}
	gsl_rng_free(rng);
	leave();
}

Test(files, mnist_under_its_names, .timeout = 20)
{
	names("mnist", "glyphs",
		(const char *const[]){ "mv new mnist",
			"cd mnist && for f in *-idx*; do mv $f `echo $f | sed s/-idx/.idx/`; "
			"done",
			"mkdir MNIST && mv mnist MNIST/raw", NULL });
}

Test(files, cifar_under_its_names, .timeout = 20)
{
	names("cifar-100", "glyphs-rgb",
		(const char *const[]){
			"mv new cifar-100", "mv cifar-100 cifar-100-binary", NULL });
}
