/* fuzz_readers.c -- the data readers. What is accepted must hang together; of tables the first
 * byte says how they are read. The readers work on bytes in memory: no target opens a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "problems/network/data.h"
#include "target.h"

static char text[600];
static const struct reason why = { text, sizeof text };

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

/* Finite numbers, columns in range and ascending, words below their count; then as classes and
 * dense. */
static void table_hangs_together(struct samples *s)
{
	const struct rows *a = &s->a;
	size_t classes;

	must(a->m > 0);
	for (size_t i = 0; i < a->m; i++) {
		must(!s->y || isfinite(s->y[i]));
		must(!s->words || (s->y && s->y[i] >= 0 && s->y[i] < (double)s->words));
		for (size_t e = a->col ? a->start[i] : 0; a->col && e < a->start[i + 1]; e++)
			must(a->col[e] < a->n &&
				(e == a->start[i] || a->col[e] > a->col[e - 1]));
	}
	for (size_t e = 0; e < (a->col ? a->start[a->m] : a->m * a->n); e++)
		must(isfinite(a->val[e]));
	labels_describe(s, text, sizeof text);
	text[0] = 0;
	if (a->m * a->n < 1 << 20)
		must(!samples_dense(s, why));
	if (s->y && !labels_classes(s, &classes, why))
		for (size_t i = 0; i < s->a.m; i++)
			must(s->y[i] < (double)classes);
}

static int table(const char *reader, const struct file *f, uint8_t first)
{
	static const char *const targets[] = { "", "none", "2", "k" };
	struct how how = { targets[first & 3], (first >> 2 & 3) % 3, (first >> 4 & 7) % 5,
		first >> 7, first >> 7, first >> 6 & 1 };
	struct samples s;

	if ((strcmp(reader, "csv") ? read_libsvm : read_csv)(&s, f, how, why))
		return -1;
	table_hangs_together(&s);
	samples_free(&s);
	return 0;
}

static int read_by(const char *reader, struct dataset *d, const struct file *f)
{
	if (!strcmp(reader, "idx")) {
		d->classes = 10;
		return read_idx_images(d, f, why);
	}
	if (!strcmp(reader, "labels"))
		return labels(d, f);
	if (!strncmp(reader, "cifar", 5))
		return read_cifar(d, f, !strcmp(reader, "cifar100"), why);
	if (!strcmp(reader, "text"))
		return read_text(d, f, 8, why);
	must(!strcmp(reader, "gz"));
	must(f->bytes[f->length] == 0);
	return 0;
}

static void read_any(const char *reader, const uint8_t *bytes, size_t length)
{
	int is_table = !strcmp(reader, "csv") || !strcmp(reader, "libsvm"),
	    skip = is_table && length;
	uint8_t *raw = malloc(length + 1);
	struct dataset d = { 0 };
	struct file f;
	int status;

	must(raw != NULL);
	memcpy(raw, bytes + skip, length - (size_t)skip);
	text[0] = 0;
	status = file_take(&f, "fuzz", raw, length - (size_t)skip, why);
	if (!status) {
		status = is_table ? table(reader, &f, length ? bytes[0] : 0)
				  : read_by(reader, &d, &f);
		if (!status)
			hangs_together(&d);
		file_close(&f);
	}
	must(!status || text[0] != 0);
	dataset_clear(&d);
}

const struct target reader_targets[] = { { "idx", read_any }, { "labels", read_any },
	{ "cifar10", read_any }, { "cifar100", read_any }, { "csv", read_any },
	{ "libsvm", read_any }, { "text", read_any }, { "gz", read_any }, { NULL, NULL } };
