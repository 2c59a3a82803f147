/* schedule.c -- what belongs to a cell and not to a method: the step-size schedule, the average
 * of the iterates, the grid of the trace; each one word with parameters,
 * "step:every=30,factor=0.1". */
#include <config.h>
#include "ground/number.h"
#include "ground/option.h"
#include "ground/words.h"
#include "run/schedule.h"
#include <string.h>

/* Splits "word:rest", finds the word; rest may be empty. */
static int find_word(const char *what, const char *text, const char *const *words,
	const char **rest, struct why *why)
{
	size_t length = strcspn(text, ":");
	char word[64];
	int i;

	snprintf(word, sizeof word, "%.*s", (int)length, text);
	*rest = text[length] ? text + length + 1 : text + length;
	i = word_find(word, words);
	return i >= 0 ? i : word_refuse(what, word, words, why);
}

/* ---------------------------------------------------------------- step sizes ----------------- */

static const char *const schedules[] = { "constant", "inverse-sqrt", "inverse", "geometric",
	"cosine", "linear", "step", NULL };
static const struct {
	const char *formula;
	enum schedule_kind kind;
} formulas[] = {
	{ "1/sqrt(t+1)", INVERSE_SQRT },
	{ "1/sqrt", INVERSE_SQRT },
	{ "1/sqrt(t)", INVERSE_SQRT },
	{ "1/(t+1)", INVERSE },
	{ "1/t", INVERSE },
};
enum { FACTOR, EVERY, WARMUP };
static const struct nso_option schedule_options[] = {
	[FACTOR] = { "factor", NAN, 0, 1, "geometric: per step; step: per drop", NULL, "", 0 },
	[EVERY] = { "every", 30, 1, 1e18, "step: steps between drops", NULL, "", 1 },
	[WARMUP] = { "warmup", 0, 0, 1e18, "steps of linear growth at the beginning", NULL, "",
		1 },
	{ 0 },
};

int schedule_parse(const char *text, struct schedule *s, struct why *why)
{
	double value[3];
	const char *rest = strchr(text, ':') ? strchr(text, ':') + 1 : "";
	int kind = -1;

	for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
		if (strlen(formulas[i].formula) == strcspn(text, ":") &&
			!strncmp(text, formulas[i].formula, strcspn(text, ":")))
			kind = (int)formulas[i].kind;
	if (kind < 0)
		kind = find_word("schedule", text, schedules, &rest, why);
	if (kind < 0)
		return -1;
	option_defaults(schedule_options, value);
	if (option_parse(schedule_options, "schedule", rest, value, why))
		return -1;
	if (isnan(value[FACTOR]))
		value[FACTOR] = kind == GEOMETRIC ? 0.99 : 0.1;
	*s = (struct schedule){ (enum schedule_kind)kind, value[FACTOR], value[EVERY],
		value[WARMUP] };
	return 0;
}

void schedule_print(const struct schedule *s, char *out, size_t size)
{
	char factor[32];
	int used = snprintf(out, size, "%s", schedules[s->kind]);
	const char *join = ":";

	print_double(factor, sizeof factor, s->factor);
	if (s->kind == GEOMETRIC || s->kind == STEPWISE) {
		used += snprintf(out + used, size - (size_t)used, ":factor=%s", factor);
		join = ",";
	}
	if (s->kind == STEPWISE)
		used += snprintf(out + used, size - (size_t)used, ",every=%.0f", s->every);
	if (s->warmup > 0)
		snprintf(out + used, size - (size_t)used, "%swarmup=%.0f", join, s->warmup);
}

double schedule_rate(const struct schedule *s, size_t t, double progress)
{
	double k = (double)t, warm = k + 1 < s->warmup ? (k + 1) / s->warmup : 1;

	if (progress > 1)
		progress = 1;
	switch (s->kind) {
	case CONSTANT:
		return warm;
	case INVERSE_SQRT:
		return warm / sqrt(k + 1);
	case INVERSE:
		return warm / (k + 1);
	case GEOMETRIC:
		return warm * pow(s->factor, k);
	case COSINE:
		return warm * 0.5 * (1 + cos(3.14159265358979323846 * progress));
	case LINEAR:
		return warm * (1 - progress);
	case STEPWISE:
		return warm * pow(s->factor, floor(k / s->every));
	}
	return warm;
}

/* ---------------------------------------------------------------- averages ------------------- */

static const char *const averages[] = { "none", "uniform", "linear", "polynomial",
	"exponential", NULL };
static const struct nso_option average_options[] = {
	{ "gamma", 8, 0, 1e6, "polynomial: weight of x_t grows like t^gamma", NULL,
		"Shamir, Zhang 2013; DoG, Ivgi et al. 2023", 0 },
	{ "beta", 0.999, 0, 1, "exponential: share that stays", NULL, "", 0 },
	{ 0 },
};

int average_parse(const char *text, struct average *a, struct why *why)
{
	double value[2];
	const char *rest;
	int kind = find_word("average", text, averages, &rest, why);

	option_defaults(average_options, value);
	if (kind < 0 || option_parse(average_options, "average", rest, value, why))
		return -1;
	*a = (struct average){ (enum average_kind)kind, value[kind == EXPONENTIAL] };
	return 0;
}

void average_print(const struct average *a, char *out, size_t size)
{
	char number[32];

	print_double(number, sizeof number, a->parameter);
	if (a->kind == POLYNOMIAL)
		snprintf(out, size, "polynomial:gamma=%s", number);
	else if (a->kind == EXPONENTIAL)
		snprintf(out, size, "exponential:beta=%s", number);
	else
		snprintf(out, size, "%s", averages[a->kind]);
}

/* Uniform and linear weights are the cases gamma = 0 and 1 of (gamma+1)/(gamma+t). */
double average_weight(const struct average *a, size_t t)
{
	double gamma = a->kind == UNIFORM ? 0 : a->kind == LINEARLY ? 1 : a->parameter;

	if (t == 1)
		return 1;
	return a->kind == EXPONENTIAL ? 1 - a->parameter : (gamma + 1) / (gamma + (double)t);
}

/* ---------------------------------------------------------------- the grid ------------------- */

static const char *const grids[] = { "log", "all", "every", NULL };

int grid_parse(const char *text, struct grid *g, struct why *why)
{
	const char *rest;
	int kind = find_word("trace", text, grids, &rest, why);
	double number = 20;

	if (kind < 0)
		return -1;
	if ((*rest || kind == GRID_EVERY) && (kind == GRID_ALL || parse_double(rest, &number) ||
						     !(number >= 1) || number != floor(number)))
		return fail(why,
			"trace is '%s', expected log, log:POINTS-PER-DECADE, all or "
			"every:STEPS",
			text);
	*g = (struct grid){ (enum grid_kind)kind, number };
	return 0;
}
