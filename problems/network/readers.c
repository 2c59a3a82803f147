/* readers.c -- IDX (LeCun, Cortes, Burges), CIFAR-10 and CIFAR-100 binary (Krizhevsky 2009), CSV, text.
 * Sizes are held against the header before anything is allocated from it. */
#include <stdlib.h>
#include <string.h>
#include "data.h"

static const char *torn(const struct file *f)
{
	return f->torn ? " (the gzip stream ends in its middle)" : "";
}

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
		return refuse_data(why, "%.80s: %zu bytes%s, expected an IDX header of %zu", f->name,
			f->length, torn(f), head);
	if (big_endian(f->bytes) != magic)
		return refuse_data(why, "%.80s, offset 0: magic number 0x%08zx, expected 0x%08zx "
			"(unsigned bytes, %zu dimensions)", f->name, big_endian(f->bytes), magic, dims);
	for (size_t i = 0; i < dims; i++) {
		length[i] = big_endian(f->bytes + 4 + 4 * i);
		if (!length[i] || length[i] > ((size_t)1 << 40) / size)
			return refuse_data(why, "%.80s, offset %zu: %zu as length, expected a sensible "
				"one above 0", f->name, 4 + 4 * i, length[i]);
		size *= length[i];
	}
	if (f->length != head + size || f->torn)
		return refuse_data(why, "%.80s: %zu bytes%s, the header promises %zu", f->name,
			f->length, torn(f), head + size);
	return 0;
}

int read_idx_images(struct dataset *d, const struct file *f, struct reason why)
{
	size_t length[3], n;

	if (idx_header(f, 3, length, why))
		return -1;
	n = length[1] * length[2];
	if (d->rows && (d->shape.height != length[1] || d->shape.width != length[2]))
		return refuse_data(why, "%.80s, offset 8: images of %zu x %zu, expected %zu x %zu",
			f->name, length[1], length[2], d->shape.height, d->shape.width);
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
		return refuse_data(why, "%.80s, offset 4: %zu labels, expected one for each of the %zu "
			"images", f->name, count, d->rows - first);
	for (size_t i = 0; i < count; i++) {
		if (f->bytes[8 + i] >= d->classes)
			return refuse_data(why, "%.80s, offset %zu: label %d, expected 0 .. %zu", f->name,
				8 + i, f->bytes[8 + i], d->classes - 1);
		d->labels[first + i] = f->bytes[8 + i];
	}
	return 0;
}

/* ------------------------------------------------------------------ CIFAR --------------------- */

enum { SIDE = 32, PLANE = SIDE * SIDE };

/* Records of 1 label (CIFAR-10) or coarse and fine label (CIFAR-100), then red, green, blue plane. */
int read_cifar(struct dataset *d, const struct file *f, int fine, struct reason why)
{
	size_t head = fine ? 2 : 1, record = head + 3 * PLANE, count = f->length / record;

	if (!count || f->length % record || f->torn)
		return refuse_data(why, "%.80s: %zu bytes%s, expected a multiple of %zu", f->name,
			f->length, torn(f), record);
	d->shape = (struct shape){ SIDE, SIDE, 3 };
	d->classes = fine ? 100 : 10;
	if (dataset_grow(d, count, 1))
		return short_of_memory(f, why);
	for (size_t i = 0; i < count; i++, d->rows++) {
		const uint8_t *from = f->bytes + i * record;
		uint8_t *to = d->bytes + d->rows * 3 * PLANE;

		if (from[head - 1] >= d->classes || (fine && from[0] >= 20))
			return refuse_data(why, "%.80s, offset %zu: label %d, expected 0 .. %d", f->name,
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

/* ------------------------------------------------------------------ CSV ----------------------- */

/* One field; *at moves behind its comma or stays at the line's end. */
static int csv_number(const char **at, double *v)
{
	char *end;
	size_t length = strspn(*at, " \t");
	const char *s = *at + length;

	length = strspn(s, "+-.0123456789eE");
	*v = strtod(s, &end);
	if (!length || end != s + length || !isfinite(*v))
		return -1;
	end += strspn(end, " \t\r");
	if (*end != ',' && *end != '\n' && *end)
		return -1;
	*at = end + (*end == ',');
	return 0;
}

static size_t csv_columns(const char *line)
{
	size_t columns = 1;

	for (; *line && *line != '\n'; line++)
		columns += *line == ',';
	return columns;
}

static int csv_row(struct dataset *d, const struct file *f, const char *line, size_t number,
	struct reason why)
{
	size_t n = d->shape.channels;
	double v;

	if (csv_columns(line) != n + 1)
		return refuse_data(why, "%.80s, line %zu: %zu columns, expected %zu", f->name, number,
			csv_columns(line), n + 1);
	for (size_t j = 0; j <= n; j++) {
		const char *field = line;

		if (csv_number(&line, &v))
			return refuse_data(why, "%.80s, line %zu, offset %zu: \"%.*s\", expected a finite "
				"number", f->name, number, (size_t)(field - (const char *)f->bytes),
				(int)strcspn(field, ",\r\n") > 24 ? 24 : (int)strcspn(field, ",\r\n"), field);
		if (j < n)
			d->numbers[d->rows * n + j] = v;
	}
	if (v < 0 || v > 65534 || v != floor(v))
		return refuse_data(why, "%.80s, line %zu: %g in the last column, expected a class "
			"number 0, 1, ...", f->name, number, v);
	d->labels[d->rows] = (uint16_t)v;
	d->classes = (size_t)v + 1 > d->classes ? (size_t)v + 1 : d->classes;
	d->rows++;
	return 0;
}

/* Numbers apart by commas, the class 0, 1, ... in the last column; a first line that does not start
 * with a number names the columns. */
int read_csv(struct dataset *d, const struct file *f, struct reason why)
{
	const char *line = (const char *)f->bytes, *next;
	size_t fields = 1, number = 1;
	double v;

	if (f->torn)
		return refuse_data(why, "%.80s: %zu bytes%s", f->name, f->length, torn(f));
	if (strlen(line) != f->length)
		return refuse_data(why, "%.80s, offset %zu: a zero byte, expected text", f->name,
			strlen(line));
	for (next = line; *next; next++)
		fields += *next == ',' || *next == '\n';
	next = line;
	if (*line && csv_number(&next, &v)) {
		line += strcspn(line, "\n");
		line += *line == '\n';
		number++;
	}
	d->shape = (struct shape){ 1, 1, csv_columns(line) - 1 };
	d->classes = 1;
	if (!*line || !d->shape.channels)
		return refuse_data(why, "%.80s: no row of numbers, expected some, with the class in the "
			"last column", f->name);
	if (dataset_grow(d, fields / (d->shape.channels + 1) + 1, 0))
		return short_of_memory(f, why);
	for (; *line; line += *line == '\n', number++) {
		if (csv_row(d, f, line, number, why))
			return -1;
		line += strcspn(line, "\n");
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
	if (f->torn || f->length < 5 * steps + 1)
		return refuse_data(why, "%.80s: %zu bytes%s, expected at least %zu", f->name, f->length,
			torn(f), 5 * steps + 1);
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
