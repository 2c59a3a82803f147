/* measures.c -- what is said of the measures that a trace may hold: formula, source, and what
 * one costs at a point of the trace. */
#include <config.h>
#include "command/listing.h"
#include "command/say.h"
#include "measure/measures.h"
#include <string.h>

/* n at which the number of gradients is largest, with coordinate steps and without. */
static const size_t largest_n[] = { 50, 1000000 };

/* What is at most due for one measure in a cell whose dimension is not known yet. */
static size_t most_calls(const struct measure *m, const struct cell *c)
{
	size_t most = 0;

	for (size_t i = 0; i < sizeof largest_n / sizeof *largest_n; i++) {
		size_t calls =
			measure_calls(m, largest_n[i], (size_t)c->goldstein_samples, c->lgi_k);

		most = calls > most ? calls : most;
	}
	return most;
}

int measures_announce(const struct cell *cell, const char *todo, size_t count, struct text *out)
{
	const char *join = "";

	for (size_t m = 0; measure_table[m]; m++) {
		size_t most = 0, calls;

		for (size_t i = 0; i < count; i++)
			if (todo[i] && cell[i].measures & 1u << m &&
				(calls = most_calls(measure_table[m], &cell[i])) > most)
				most = calls;
		if (!most)
			continue;
		text_add(out, "%s%s %zu", join, measure_table[m]->name, most);
		join = ", ";
	}
	return *join == ',';
}

static void field(struct text *t, const char *name, const char *value)
{
	text_add(t, "%s\"%s\":", strcmp(name, "name") ? "," : "{", name);
	text_json(t, value);
}

/* "clarke, clarke_lower" */
static const char *columns(const struct measure *m, char out[80])
{
	snprintf(out, 80, "%s%s%s", m->columns[0], m->columns[1] ? ", " : "",
		m->columns[1] ? m->columns[1] : "");
	return out;
}

static void measure_json(struct text *t, const struct measure *m)
{
	char names[80];

	field(t, "name", m->name);
	field(t, "formula", m->formula);
	field(t, "reference", m->source);
	field(t, "needs", m->needs);
	field(t, "columns", columns(m, names));
	field(t, "cost", m->cost);
	text_add(t, "}");
}

static void show_text(const struct measure *m)
{
	char names[80];
	struct cell usual;

	cell_defaults(&usual);
	printf("%s: a measure of stationarity (run --measure %s)\n\n", m->name, m->name);
	say(11, "formula    %s", m->formula);
	say(11, "source     %s", m->source);
	say(11, "needs      %s", m->needs);
	say(11, "cost       %s; per point of the trace, not counted as work of the run",
		m->cost);
	say(11, "columns    %s (in the trace)", columns(m, names));
	printf("\nevaluations at a point by dimension n, at most\n");
	for (size_t n = 10; n <= 1000; n *= 10)
		printf("  %-6zu %zu\n", n, measure_calls(m, n, 0, usual.lgi_k));
}

int measure_show(const char *name, int json)
{
	struct text t = { 0 };

	for (size_t i = 0; measure_table[i]; i++) {
		if (strcmp(measure_table[i]->name, name))
			continue;
		if (!json) {
			show_text(measure_table[i]);
			return 0;
		}
		measure_json(&t, measure_table[i]);
		printf("%s\n", t.s ? t.s : "");
		text_free(&t);
		return 0;
	}
	return -1;
}

void measures_json(struct text *t)
{
	text_add(t, "[");
	for (size_t i = 0; measure_table[i]; i++) {
		text_add(t, i ? ",\n" : "\n");
		measure_json(t, measure_table[i]);
	}
	text_add(t, "]");
}

void measures_print(void)
{
	for (size_t i = 0; measure_table[i]; i++) {
		say(29, "  %-26s %s", measure_table[i]->name, measure_table[i]->formula);
		say(29, "  %-26s costs %s", "", measure_table[i]->cost);
	}
}
