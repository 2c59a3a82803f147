/* settings_out.c -- what of a cell's settings leaves the program: the key and the part of a
 * record. */
#include <config.h>
#include "ground/option.h"
#include "ground/origin.h"
#include "ground/random.h"
#include "run/settings.h"
#include <string.h>

static double number_of(const struct setting *row, const struct cell *c)
{
	const char *at = (const char *)c + row->at;

	return row->as == AS_DOUBLE ? *(const double *)(const void *)at
	       : row->as == AS_SIZE ? (double)*(const size_t *)(const void *)at
				    : *(const int *)(const void *)at;
}

/* ---------------------------------------------------------------- the key -------------------- */

static size_t row_numbers(const struct setting *row, const struct cell *c, double *out)
{
	if (row->as == AS_SPECIAL)
		return row->numbers ? row->numbers(c, out) : 0;
	*out = number_of(row, c);
	return 1;
}

/* What came after version 1.0 enters with its name, and at its default not at all: old keys
 * stay. */
static uint64_t hash_row(
	uint64_t h, const struct setting *row, const struct cell *c, const struct cell *usual)
{
	double number[4], other[4];
	size_t count = row_numbers(row, c, number);

	if (row->later) {
		row_numbers(row, usual, other);
		if (!memcmp(number, other, count * sizeof *number))
			return h;
		h = hash_text(h, row->key);
	}
	for (size_t i = 0; i < count; i++)
		h = hash_double(h, number[i]);
	return h;
}

/* Two builds of a plug-in are two methods; what is built in keeps its keys. */
static uint64_t hash_build(uint64_t h, const void *entry)
{
	const struct origin *o = entry_origin(entry);

	return o ? hash_bits(h, o->build) : h;
}

/* builds: also which builds of plug-ins are to do it. */
static void hash_cell(const struct cell *c, int builds, char key[17])
{
	uint64_t h = option_hash(
		hash_text(HASH_START, c->problem->name), c->problem->options, c->popt);
	struct cell usual;

	h = option_hash(hash_text(h, c->optimizer->name), c->optimizer->options, c->oopt);
	if (builds)
		h = hash_build(hash_build(h, c->problem), c->optimizer);
	h = hash_bits(h, c->seed);
	cell_defaults(&usual);
	for (const struct setting *row = settings_table; row->key; row++)
		h = hash_row(h, row, c, &usual);
	snprintf(key, 17, "%016llx", (unsigned long long)h);
}

void cell_key(const struct cell *c, char key[17]) { hash_cell(c, 1, key); }

void cell_order(const struct cell *c, char key[17]) { hash_cell(c, 0, key); }

/* ---------------------------------------------------------------- the record ----------------- */

static int print_value(const struct setting *row, const struct cell *c, struct text *t)
{
	double v;

	if (row->print)
		return row->print(c, t);
	v = number_of(row, c);
	if (isfinite(v))
		text_double(t, v);
	return isfinite(v);
}

/* Leaves the object that is open and enters the one that the next place stands in. */
static void change_object(struct text *t, const char **open, const char *place)
{
	size_t length = strcspn(place, ".");

	if (place[length] && *open && !strncmp(*open, place, length + 1))
		return;
	if (*open)
		text_add(t, "}");
	*open = place[length] ? place : NULL;
	if (*open)
		text_add(t, ",\"%.*s\":{", (int)length, place);
}

void settings_json(struct text *t, const struct cell *c)
{
	const char *open = NULL, *name;

	text_add(t, ",\"seed\":%llu", (unsigned long long)c->seed);
	for (const struct setting *row = settings_table; row->key; row++) {
		struct text value = { 0 };

		if (!row->record)
			continue;
		change_object(t, &open, row->record);
		name = open ? strchr(row->record, '.') + 1 : row->record;
		if (print_value(row, c, &value))
			text_add(t, "%s\"%s\":%s", t->s && t->s[t->used - 1] == '{' ? "" : ",",
				name, value.s ? value.s : "");
		t->failed |= value.failed;
		text_free(&value);
	}
	if (open)
		text_add(t, "}");
}
