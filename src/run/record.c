/* record.c -- what one run leaves, as one line of JSON (schema nsobench-run/1.0). Readers
 * ignore unknown fields. Wall-clock numbers stand in "seconds" and "peak_rss_kib" alone: the
 * rest of a line is the same on every replay by the same build. */
#include <config.h>
#include "ground/option.h"
#include "ground/origin.h"
#include "ground/words.h"
#include "run/settings.h"
#include "run/record.h"

void option_value_json(struct text *t, const struct nso_option *option, double value)
{
	char word[1024];

	if (option_is_text(option) || option->words || (!isfinite(value) && !isnan(value))) {
		option_print(option, value, word, sizeof word);
		text_json(t, word);
	} else {
		text_double(t, value);
	}
}

/* The name of member i of an object: a plug-in's may hold anything that prints. */
static void name_json(struct text *t, size_t i, const char *name)
{
	text_add(t, i ? "," : "");
	text_json(t, name);
	text_add(t, ":");
}

void options_json(struct text *t, const struct nso_option *table, const double *value)
{
	size_t count = 0;

	text_add(t, "{");
	for (size_t i = 0; i < option_count(table); i++) {
		if (option_silent(&table[i], value[i]))
			continue;
		name_json(t, count++, table[i].name);
		option_value_json(t, &table[i], value[i]);
	}
	text_add(t, "}");
}

/* join: what stands before it, a comma or nothing. */
static void field(struct text *t, const char *join, const char *name, double v)
{
	text_add(t, "%s\"%s\":", join, name);
	text_double(t, v);
}

/* Which build of a plug-in it was. */
static void build_json(struct text *t, const void *entry)
{
	const struct origin *o = entry_origin(entry);

	if (o)
		text_add(t, ",\"build\":\"%016llx\"", (unsigned long long)o->build);
}

static void problem_json(struct text *t, const struct cell *c, const struct record *r)
{
	text_add(t, "\"problem\":{\"name\":");
	text_json(t, c->problem->name);
	text_add(t, ",\"options\":");
	options_json(t, c->problem->options, c->popt);
	text_add(t, ",\"instance\":%d,\"n\":", c->instance);
	text_double(t, r->n ? (double)r->n : NAN);
	if (r->terms)
		text_add(t, ",\"terms\":%zu", r->terms);
	field(t, ",", "optimum", r->optimum);
	if (isfinite(r->optimum)) {
		field(t, ",", "optimum_error", r->optimum_error);
	}
	text_add(t, ",\"traits\":");
	bits_json(t, trait_bits, r->n ? r->traits : c->problem->traits);
	if (*r->note) {
		text_add(t, ",\"note\":");
		text_json(t, r->note);
	}
	if (c->problem->score_name) {
		text_add(t, ",\"score_name\":");
		text_json(t, c->problem->score_name);
	}
	build_json(t, c->problem);
	text_add(t, "}");
}

static void optimizer_json(struct text *t, const struct cell *c)
{
	unsigned marks = c->optimizer->needs;

	text_add(t, ",\"optimizer\":{\"name\":");
	text_json(t, c->optimizer->name);
	text_add(t, ",\"title\":");
	text_json(t, c->optimizer->title);
	text_add(t, ",\"options\":");
	options_json(t, c->optimizer->options, c->oopt);
	text_add(t, ",\"knows\":[%s", marks & NSO_OPTIMUM ? "\"optimum\"" : "");
	if (marks & NSO_MINIMIZER)
		text_add(t, "%s\"minimizer\"", marks & NSO_OPTIMUM ? "," : "");
	if (marks & NSO_SMOOTHNESS)
		text_add(t, "%s\"smoothness\"",
			marks & (NSO_OPTIMUM | NSO_MINIMIZER) ? "," : "");
	text_add(t, "]");
	build_json(t, c->optimizer);
	text_add(t, "}");
}

/* kinds: of calls that the method can make. */
static void outcome_json(struct text *t, const struct record *r, int kinds)
{
	text_add(t, ",\"status\":\"%s\"", status_words[r->status]);
	if (*r->reason) {
		text_add(t, ",\"reason\":");
		text_json(t, r->reason);
	}
	text_add(t, ",\"steps\":%llu,\"counts\":{", (unsigned long long)r->steps);
	for (int k = 0; k < kinds; k++)
		text_add(t, "%s\"%s\":%llu", k ? "," : "", call_names[k],
			(unsigned long long)r->calls[k]);
	field(t, "},", "work", r->work);
	text_add(t, ",\"start\":{");
	field(t, "", "f", r->start_f);
	text_add(t, "},\"final\":{");
	field(t, "", "f", r->final_f);
	field(t, ",", "gap", r->final_f - r->optimum);
	field(t, ",", "best", r->best_f);
	field(t, ",", "best_gap", r->best_f - r->optimum);
	text_add(t, "}");
	if (r->goldstein_samples || r->lgi_k)
		text_add(t, ",\"measures\":{");
	if (r->goldstein_samples) {
		text_add(t, "\"goldstein\":{");
		field(t, "", "delta", r->goldstein_delta);
		text_add(t, ",\"samples\":%d}%s", r->goldstein_samples, r->lgi_k ? "," : "}");
	}
	if (r->lgi_k) {
		text_add(t, "\"lgi\":{\"k\":%zu,", r->lgi_k);
		field(t, "", "delta", r->lgi_delta);
		text_add(t, "}}");
	}
}

static void trace_json(struct text *t, const struct record *r)
{
	text_add(t, ",\"trace\":{");
	for (size_t i = 0; i < r->columns; i++) {
		name_json(t, i, r->column[i].name);
		text_vector(t, r->column[i].v, r->points);
	}
	if (r->x) {
		text_add(t, ",\"x\":[");
		for (size_t i = 0; i < r->points; i++) {
			text_add(t, i ? "," : "");
			text_vector(t, r->x + i * r->n, r->n);
		}
		text_add(t, "]");
	}
	text_add(t, "}");
}

static void seconds_json(struct text *t, const struct record *r)
{
	text_add(t, ",\"seconds\":{");
	field(t, "", "wall", r->wall);
	field(t, ",", "cpu", r->cpu);
	field(t, ",", "oracle", r->oracle_seconds);
	field(t, ",", "optimizer", r->optimizer_seconds);
	text_add(t, ",\"trace\":");
	text_vector(t, r->seconds, r->seconds ? r->points : 0);
	text_add(t, "},\"peak_rss_kib\":%ld", r->peak_rss_kib);
}

void record_json(struct text *t, const struct cell *c, const struct record *r)
{
	char key[17];

	cell_key(c, key);
	text_add(t, "{\"schema\":\"nsobench-run/1.0\",\"key\":\"%s\",\"suite\":", key);
	if (c->suite)
		text_json(t, c->suite);
	else
		text_add(t, "null");
	text_add(t, ",\"cell\":%zu,", c->number);
	problem_json(t, c, r);
	optimizer_json(t, c);
	settings_json(t, c);
	outcome_json(t, r, call_kinds(c->optimizer));
	seconds_json(t, r);
	trace_json(t, r);
	text_add(t, "}\n");
}
