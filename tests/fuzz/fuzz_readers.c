/* fuzz_readers.c -- libFuzzer target of one data reader, READER: idx, labels, cifar10, cifar100, csv, text
 * (bytes in memory), gz, libsvm (bytes as a file). What is accepted must hang together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "problems/libsvm.h"
#include "problems/network/data.h"

#define TEXT_OF(word) #word
#define NAME_OF(word) TEXT_OF(word)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static char text[600];
static const struct reason why = { text, sizeof text };

static void must(int holds)
{
	if (!holds)
		abort();
}

/* Labels below classes, numbers finite, no row missing. */
static void hangs_together(const struct dataset *d)
{
	size_t n = shape_size(d->shape);

	for (size_t i = 0; i < d->rows && d->labels; i++)
		must(d->labels[i] < d->classes);
	for (size_t i = 0; i < d->rows * n && d->numbers; i++)
		must(isfinite(d->numbers[i]));
	if (d->text)
		for (size_t i = 0; i <= d->rows * d->shape.height; i++)
			must(d->bytes[i] < d->classes);
}

static int labels(struct dataset *d, const struct file *f)
{
	d->shape = (struct shape){ 1, 1, 1 };
	d->classes = 10;
	if (dataset_grow(d, 8, 1))
		return -1;
	d->rows = 8;
	return read_idx_labels(d, f, 0, why);
}

static void in_memory(const char *reader, const uint8_t *bytes, size_t length)
{
	struct file f = { .name = "fuzz", .bytes = malloc(length + 1), .length = length };
	struct dataset d = { 0 };
	int status = -1;

	must(f.bytes != NULL);
	memcpy(f.bytes, bytes, length);
	f.bytes[length] = 0;
	f.torn = length > 4 && bytes[4] == 0xee;
	if (!strcmp(reader, "idx")) {
		d.classes = 10;
		status = read_idx_images(&d, &f, why);
	} else if (!strcmp(reader, "labels")) {
		status = labels(&d, &f);
	} else if (!strncmp(reader, "cifar", 5)) {
		status = read_cifar(&d, &f, !strcmp(reader, "cifar100"), why);
	} else if (!strcmp(reader, "csv")) {
		status = read_csv(&d, &f, why);
	} else if (!strcmp(reader, "text")) {
		status = read_text(&d, &f, 8, why);
	}
	if (!status)
		hangs_together(&d);
	else
		must(text[0] != 0);
	dataset_clear(&d);
	file_close(&f);
}

static void as_file(const char *reader, const uint8_t *bytes, size_t length)
{
	int fd = memfd_create("fuzz", 0);
	char path[40];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	must(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
	if (!strcmp(reader, "gz")) {
		struct file f;

		if (!file_open(&f, path, why)) {
			must(f.bytes[f.length] == 0);
			file_close(&f);
		}
	} else {
		struct rows a;
		double *label;

		if (!libsvm_read(path, &a, &label, text, sizeof text)) {
			for (size_t i = 0; i < a.m; i++)
				must(label[i] == 1 || label[i] == -1);
			for (size_t e = 0; e < a.start[a.m]; e++)
				must(a.col[e] < a.n && isfinite(a.val[e]));
			rows_free(&a);
			free(label);
		}
	}
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *reader = NAME_OF(READER);

	text[0] = 0;
	if (!strcmp(reader, "gz") || !strcmp(reader, "libsvm"))
		as_file(reader, bytes, length);
	else
		in_memory(reader, bytes, length);
	return 0;
}
