/* table.c -- one table, printed as text, CSV, JSON and HTML. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include "ground/grow.h"
#include "ground/number.h"
#include "ground/quote.h"
#include "ground/table.h"

void table_start(struct table *t, const char *title, const struct head *head)
{
	*t = (struct table){ .title = title, .head = head };
	while (head[t->columns].name)
		t->columns++;
}

static void add(struct table *t, struct field c)
{
	if (room_for(&t->cell, t->cells + 1, &t->room, sizeof *t->cell))
		t->lost = 1;
	else
		t->cell[t->cells++] = c;
}

void table_text(struct table *t, const char *text) { add(t, (struct field){ .text = text }); }

void table_number(struct table *t, double v) { add(t, (struct field){ .v = v }); }

void table_numbers(struct table *t, size_t count, const double *v)
{
	for (size_t i = 0; i < count; i++)
		table_number(t, v[i]);
}

void table_free(struct table *t)
{
	free(t->cell);
	*t = (struct table){ 0 };
}

/* The text of a cell, in the buffer when it is a number. */
static const char *cell_text(const struct table *t, size_t i, char *out, size_t size)
{
	const struct field *c = &t->cell[i];

	if (c->text)
		return c->text;
	if (isnan(c->v))
		snprintf(out, size, "-");
	else if (isinf(c->v))
		snprintf(out, size, c->v > 0 ? "inf" : "-inf");
	else if (fabs(c->v) < 1e6 && c->v == floor(c->v))
		snprintf(out, size, "%.0f", c->v);
	else
		snprintf(out, size, "%.*g", t->head[i % t->columns].digits & ~WIDE, c->v);
	return out;
}

/* Bit k: column k is not printed, because it is for programs or nothing in it is known. */
static uint64_t hidden(const struct table *t)
{
	uint64_t bits = 0;

	for (size_t k = 0; k < t->columns && k < 64; k++) {
		int known = 0;

		for (size_t i = k; i < t->cells; i += t->columns)
			known |= t->cell[i].text ? *t->cell[i].text != 0 : !isnan(t->cell[i].v);
		if (t->head[k].digits & WIDE || !known)
			bits |= UINT64_C(1) << k;
	}
	return bits;
}

static int is_hidden(uint64_t bits, size_t k) { return (int)(bits >> k & 1); }

static void print_cell(FILE *out, const char *text, int width, int left, int last)
{
	int pad = width - shown_width(text);

	fprintf(out, "%*s", left ? 0 : pad, "");
	print_shown(out, text);
	fprintf(out, "%*s%s", left && !last ? pad : 0, "", last ? "\n" : "  ");
}

void table_print(const struct table *t, FILE *out)
{
	uint64_t bits = hidden(t);
	size_t last = t->columns - 1;
	int width[64] = { 0 };
	char number[40];

	for (size_t k = 0; k < t->columns && k < 64; k++)
		width[k] = shown_width(t->head[k].name);
	for (size_t i = 0; i < t->cells; i++) {
		int w = shown_width(cell_text(t, i, number, sizeof number));

		if (width[i % t->columns] < w)
			width[i % t->columns] = w;
	}
	while (last && is_hidden(bits, last))
		last--;
	print_shown(out, t->title);
	putc('\n', out);
	for (size_t k = 0; k < t->columns; k++)
		if (!is_hidden(bits, k))
			print_cell(
				out, t->head[k].name, width[k], !t->head[k].digits, k == last);
	for (size_t i = 0; i < t->cells; i++) {
		size_t k = i % t->columns;

		if (!is_hidden(bits, k))
			print_cell(out, cell_text(t, i, number, sizeof number), width[k],
				!t->head[k].digits, k == last);
	}
}

void table_csv(const struct table *t, FILE *out, int first)
{
	char number[40];

	if (first) {
		fputs("table", out);
		for (size_t k = 0; k < t->columns; k++)
			fprintf(out, ",%s", t->head[k].key);
		putc('\n', out);
	}
	for (size_t i = 0; i < t->cells; i++) {
		const struct field *c = &t->cell[i];

		if (i % t->columns == 0)
			print_csv(out, t->title);
		putc(',', out);
		if (c->text)
			print_csv(out, c->text);
		else if (isinf(c->v))
			fputs(c->v > 0 ? "inf" : "-inf", out);
		else if (!isnan(c->v)) {
			print_double(number, sizeof number, c->v);
			fputs(number, out);
		}
		if (i % t->columns + 1 == t->columns)
			putc('\n', out);
	}
}

void table_json(const struct table *t, FILE *out)
{
	char number[40];

	fputs("{\"title\":", out);
	print_json(out, t->title);
	fputs(",\"rows\":[", out);
	for (size_t i = 0; i < t->cells; i++) {
		const struct field *c = &t->cell[i];
		size_t k = i % t->columns;

		fprintf(out, "%s\"%s\":", k ? "," : i ? ",\n{" : "\n{", t->head[k].key);
		if (c->text)
			print_json(out, c->text);
		else if (isinf(c->v)) /* JSON has no infinity: a text that says so */
			fputs(c->v > 0 ? "\"inf\"" : "\"-inf\"", out);
		else {
			print_double(number, sizeof number, c->v);
			fputs(number, out);
		}
		if (k + 1 == t->columns)
			putc('}', out);
	}
	fputs("]}", out);
}

void table_html(const struct table *t, FILE *out)
{
	uint64_t bits = hidden(t);
	char number[40];

	fputs("<div class=\"wide\"><table><caption>", out);
	print_html(out, t->title);
	fputs("</caption><thead><tr>", out);
	for (size_t k = 0; k < t->columns; k++) {
		if (is_hidden(bits, k))
			continue;
		fprintf(out, "<th scope=\"col\"%s>", t->head[k].digits ? " class=\"n\"" : "");
		print_html(out, t->head[k].name);
		fputs("</th>", out);
	}
	fputs("</tr></thead><tbody>", out);
	for (size_t i = 0; i < t->cells; i++) {
		const struct field *c = &t->cell[i];
		size_t k = i % t->columns;

		fputs(k ? "" : "\n<tr>", out);
		if (is_hidden(bits, k)) {
			fputs(k + 1 == t->columns ? "</tr>" : "", out);
			continue;
		}
		if (c->text)
			fputs(t->head[k].digits ? "<td class=\"n\">" : "<td>", out);
		else /* what sorting by a column goes by */
			fprintf(out, "<td class=\"n\" data-v=\"%.17g\">", c->v);
		print_html(out, cell_text(t, i, number, sizeof number));
		fputs("</td>", out);
		fputs(k + 1 == t->columns ? "</tr>" : "", out);
	}
	fputs("\n</tbody></table></div>\n", out);
}
