/* readers.c -- IDX (LeCun, Cortes, Burges), CIFAR-10 and CIFAR-100 binary (Krizhevsky 2009),
 * text. Sizes are held against the header before anything is allocated from it. */
#include <stdlib.h>
#include <string.h>
#include "data.h"

static int short_of_memory(const struct file *f, struct reason why)
{
	return refuse_data(why, "%.80s: not enough memory", f->name);
}

/* ------------------------------------------------------------------ IDX ----------------------- */

static size_t big_endian(const uint8_t *b)
{
	return (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
}

/* Header of unsigned bytes in `dims` dimensions: their lengths, and all sizes right. */
static int idx_header(const struct file *f, size_t dims, size_t *length, struct reason why)
{
	size_t head = 4 + 4 * dims, magic = 0x800 + dims, size = 1;

	if (f->length < head)
		return refuse_data(why, "%.80s: %zu bytes%s, expected an IDX header of %zu",
			f->name, f->length, f->flaw, head);
	if (big_endian(f->bytes) != magic)
		return refuse_data(why,
			"%.80s, offset 0: magic number 0x%08zx, expected 0x%08zx "
			"(unsigned bytes, %zu dimensions)",
			f->name, big_endian(f->bytes), magic, dims);
	for (size_t i = 0; i < dims; i++) {
		length[i] = big_endian(f->bytes + 4 + 4 * i);
		if (!length[i] || length[i] > ((size_t)1 << 40) / size)
			return refuse_data(why,
				"%.80s, offset %zu: %zu as length, expected a sensible "
				"one above 0",
				f->name, 4 + 4 * i, length[i]);
		size *= length[i];
	}
	if (f->length != head + size || *f->flaw)
		return refuse_data(why, "%.80s: %zu bytes%s, the header promises %zu", f->name,
			f->length, f->flaw, head + size);
	return 0;
}

int read_idx_images(struct dataset *d, const struct file *f, struct reason why)
{
	size_t length[3], n;

	if (idx_header(f, 3, length, why))
		return -1;
	n = length[1] * length[2];
	if (d->rows && (d->shape.height != length[1] || d->shape.width != length[2]))
		return refuse_data(why,
			"%.80s, offset 8: images of %zu x %zu, expected %zu x %zu", f->name,
			length[1], length[2], d->shape.height, d->shape.width);
	d->shape = (struct shape){ length[1], length[2], 1 };
	if (dataset_grow(d, length[0], 1))
		return short_of_memory(f, why);
	memcpy(d->bytes + d->rows * n, f->bytes + 16, length[0] * n);
	d->rows += length[0];
	return 0;
}

int read_idx_labels(struct dataset *d, const struct file *f, size_t first, struct reason why)
{
	size_t count = 0;

	if (idx_header(f, 1, &count, why))
		return -1;
	if (count != d->rows - first)
		return refuse_data(why,
			"%.80s, offset 4: %zu labels, expected one for each of the %zu "
			"images",
			f->name, count, d->rows - first);
	for (size_t i = 0; i < count; i++) {
		if (f->bytes[8 + i] >= d->classes)
			return refuse_data(why,
				"%.80s, offset %zu: label %d, expected 0 .. %zu", f->name,
				8 + i, f->bytes[8 + i], d->classes - 1);
		d->labels[first + i] = f->bytes[8 + i];
	}
	return 0;
}

/* ------------------------------------------------------------------ CIFAR --------------------- */

enum { SIDE = 32, PLANE = SIDE * SIDE };

/* Records of 1 label (CIFAR-10) or coarse and fine label (CIFAR-100), then red, green, blue
 * plane. */
int read_cifar(struct dataset *d, const struct file *f, int fine, struct reason why)
{
	size_t head = fine ? 2 : 1, record = head + 3 * PLANE, count = f->length / record;

	if (!count || f->length % record || *f->flaw)
		return refuse_data(why, "%.80s: %zu bytes%s, expected a multiple of %zu",
			f->name, f->length, f->flaw, record);
	d->shape = (struct shape){ SIDE, SIDE, 3 };
	d->classes = fine ? 100 : 10;
	if (dataset_grow(d, count, 1))
		return short_of_memory(f, why);
	for (size_t i = 0; i < count; i++, d->rows++) {
		const uint8_t *from = f->bytes + i * record;
		uint8_t *to = d->bytes + d->rows * 3 * PLANE;

		if (from[head - 1] >= d->classes || (fine && from[0] >= 20))
			return refuse_data(why, "%.80s, offset %zu: label %d, expected 0 .. %d",
				f->name,
				i * record + (from[head - 1] >= d->classes) * (head - 1),
				from[head - 1] >= d->classes ? from[head - 1] : from[0],
				from[head - 1] >= d->classes ? (int)d->classes - 1 : 19);
		d->labels[d->rows] = from[head - 1];
		for (size_t p = 0; p < PLANE; p++)
			for (size_t c = 0; c < 3; c++)
				to[3 * p + c] = from[head + c * PLANE + p];
	}
	return 0;
}

/* ------------------------------------------------------------------ text ---------------------- */

/* Symbols are the bytes that occur, in ascending order. */
int read_text(struct dataset *d, const struct file *f, size_t steps, struct reason why)
{
	uint8_t symbol[256] = { 0 };
	size_t count = 0;

	steps = steps ? steps : 32;
	if (*f->flaw || f->length < 5 * steps + 1)
		return refuse_data(why, "%.80s: %zu bytes%s, expected at least %zu", f->name,
			f->length, f->flaw, 5 * steps + 1);
	for (size_t i = 0; i < f->length; i++)
		symbol[f->bytes[i]] = 1;
	for (size_t c = 0; c < 256; c++)
		if (symbol[c]) {
			d->symbols[count] = (char)c;
			symbol[c] = (uint8_t)count++;
		}
	d->bytes = malloc(f->length);
	if (!d->bytes)
		return short_of_memory(f, why);
	for (size_t i = 0; i < f->length; i++)
		d->bytes[i] = symbol[f->bytes[i]];
	d->text = 1;
	d->shape = (struct shape){ steps, 1, count };
	d->classes = count;
	d->rows = (f->length - 1) / steps;
	return 0;
}
