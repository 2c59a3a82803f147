/* writers.c -- data sets as IDX, CIFAR or CSV files with the usual names: the way back of
 * readers.c. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "data.h"

static FILE *create(const char *folder, const char *name, struct reason why)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "wb");
	if (!f)
		refuse_data(why, "%.160s: cannot be written: %s", path, strerror(errno));
	return f;
}

static int finish(FILE *f, const char *name, struct reason why)
{
	int bad = ferror(f);

	if (!fclose(f) && !bad)
		return 0;
	return refuse_data(why, "%s: cannot be written: %s", name, strerror(errno));
}

static void big_endian(FILE *f, size_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		putc((int)(v >> shift & 255), f);
}

static int write_idx(const struct dataset *d, const struct part *p, const char *folder,
	const char *kind, struct reason why)
{
	char name[64];
	FILE *f;

	snprintf(name, sizeof name, "%s-images-idx3-ubyte", kind);
	if (!(f = create(folder, name, why)))
		return -1;
	big_endian(f, 0x803);
	big_endian(f, p->rows);
	big_endian(f, d->shape.height);
	big_endian(f, d->shape.width);
	fwrite(p->bytes, shape_size(d->shape), p->rows, f);
	if (finish(f, name, why))
		return -1;
	snprintf(name, sizeof name, "%s-labels-idx1-ubyte", kind);
	if (!(f = create(folder, name, why)))
		return -1;
	big_endian(f, 0x801);
	big_endian(f, p->rows);
	for (size_t i = 0; i < p->rows; i++)
		putc(p->labels[i], f);
	return finish(f, name, why);
}

/* CIFAR-100's records; the coarse label is the fine one's fifth, as with 20 groups of 5. */
static int write_cifar(const struct dataset *d, const struct part *p, const char *folder,
	const char *kind, struct reason why)
{
	size_t plane = d->shape.height * d->shape.width;
	char name[64];
	FILE *f;

	snprintf(name, sizeof name, "%s.bin", kind);
	if (!(f = create(folder, name, why)))
		return -1;
	for (size_t i = 0; i < p->rows; i++) {
		putc(p->labels[i] / 5, f);
		putc(p->labels[i], f);
		for (size_t c = 0; c < 3; c++)
			for (size_t j = 0; j < plane; j++)
				putc(p->bytes[(i * plane + j) * 3 + c], f);
	}
	return finish(f, name, why);
}

static int write_csv(const struct dataset *d, const char *folder, struct reason why)
{
	size_t n = shape_size(d->shape);
	FILE *f = create(folder, "data.csv", why);

	if (!f)
		return -1;
	for (size_t i = 0; i < d->rows; i++) {
		for (size_t j = 0; j < n; j++)
			fprintf(f, "%.17g,", d->numbers[i * n + j]);
		fprintf(f, "%d\n", d->labels[i]);
	}
	return finish(f, "data.csv", why);
}

/* The folder with those above it. */
static int make_folder(const char *folder, struct reason why)
{
	char path[4096];
	size_t length = strlen(folder);

	if (!length || length >= sizeof path)
		return refuse_data(
			why, "a folder's name of %zu characters, expected 1 .. 4095", length);
	for (size_t i = 1; i <= length; i++) {
		if (folder[i] != '/' && folder[i])
			continue;
		memcpy(path, folder, i);
		path[i] = 0;
		if (mkdir(path, 0777) && errno != EEXIST)
			return refuse_data(
				why, "%.160s: cannot be made: %s", path, strerror(errno));
	}
	return 0;
}

int write_data(
	const struct dataset *d, const char *format, const char *folder, struct reason why)
{
	int idx = !strcmp(format, "idx"), cifar = !strcmp(format, "cifar");

	if (!idx && !cifar && strcmp(format, "csv"))
		return refuse_data(
			why, "format \"%.40s\" is unknown, expected idx, cifar or csv", format);
	if (!d->labels || (idx && (!d->bytes || d->shape.channels != 1)) ||
		(!idx && !cifar && !d->numbers) ||
		(cifar && (!d->bytes || d->shape.height != 32 || d->shape.width != 32 ||
				  d->shape.channels != 3)))
		return refuse_data(why, "data of %zu x %zu x %zu %s do not fit the format %s",
			d->shape.height, d->shape.width, d->shape.channels,
			d->bytes ? "bytes" : "numbers", format);
	if (make_folder(folder, why))
		return -1;
	if (idx)
		return write_idx(d, &d->train, folder, "train", why) ||
				       write_idx(d, &d->test, folder, "t10k", why)
			       ? -1
			       : 0;
	if (cifar)
		return write_cifar(d, &d->train, folder, "train", why) ||
				       write_cifar(d, &d->test, folder, "test", why)
			       ? -1
			       : 0;
	return write_csv(d, folder, why);
}
