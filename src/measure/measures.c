/* measures.c -- the table of measures, sets of them by name, and the problem's own score. */
#include <config.h>
#include "tables.h"
#include "ground/words.h"
#include "measure/measures.h"
#include <string.h>

#define ROW(name) extern const struct measure measure_##name;
MEASURES(ROW)
#undef ROW
const struct measure *const measure_table[] = {
#define ROW(name) &measure_##name,
	MEASURES(ROW)
#undef ROW
		NULL
};
enum { MOST = 32 };

unsigned measure_bit(const char *name)
{
	for (unsigned i = 0; measure_table[i]; i++)
		if (!strcmp(name, measure_table[i]->name))
			return 1u << i;
	return 0;
}

unsigned measures_default(void)
{
	unsigned set = 0;

	for (unsigned i = 0; measure_table[i]; i++)
		set |= measure_table[i]->by_default ? 1u << i : 0;
	return set;
}

int measures_parse(const char *text, unsigned *measures, struct why *why)
{
	const char *names[MOST + 2];
	char word[64];
	size_t length, count = 0;
	unsigned bit;

	for (; measure_table[count]; count++)
		names[count] = measure_table[count]->name;
	names[count] = "none";
	names[count + 1] = NULL;
	*measures = 0;
	if (!strcmp(text, "none"))
		return 0;
	for (;; text += length + 1) {
		length = strcspn(text, ",");
		snprintf(word, sizeof word, "%.*s", (int)length, text);
		bit = measure_bit(word);
		if (!bit)
			return word_refuse("measure", word, names, why);
		*measures |= bit;
		if (!text[length])
			return 0;
	}
}

int measure_offered(const struct measure *m, const struct instance *in)
{
	return m->offered ? m->offered(in) : !m->pieces || in->problem->pieces;
}

size_t measure_calls(const struct measure *m, size_t n, size_t samples, size_t probes)
{
	return m->calls ? m->calls(n, samples, probes) : 1;
}

/* ---------------------------------------------------------------- the score ------------------ */

static int offers_score(const struct instance *in) { return in->problem->score != NULL; }

static double take_score(const struct at *at, double *bound)
{
	(void)bound;
	return instance_score(at->in, at->x);
}

const struct measure measure_score = { "score",
	"what users judge by: test accuracy, distance to a solution", "the problem", "a score",
	"the problem's own: a pass over its test rows, for a network", { "score", NULL }, NULL,
	1, 0, offers_score, NULL, take_score };
