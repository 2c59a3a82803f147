/* measures.c -- what is said of the measures that a trace may hold: formula, source, and what one costs
 * at a point of the trace. */
#include <config.h>
#include "command/listing.h"
#include "ground/text.h"
#include "measure/measure.h"
#include "measure/stationarity.h"
#include "run/cell.h"
#include "run/watch.h"
#include <stdio.h>
#include <string.h>

static const struct about {
	const char *formula, *source, *needs, *columns, *cost;
} table[] = {
	{ "dist(0, df(x)), least norm in the Clarke subdifferential, from the pieces within 1e-8 (1 + |f|); "
	  "with a certified lower bound",
		"Clarke 1983; Wolfe 1976", "pieces", "clarke, clarke_lower",
		"one pass over the pieces, about an evaluation; then a least-norm problem" },
	{ "upper bound of dist(0, conv of df over the ball of radius delta), from sampled gradients",
		"Goldstein 1977; Burke, Lewis, Overton 2005", "subgradient", "goldstein, goldstein_lower",
		"1 subgradient + one per sample (default max(2n, 50), at most 500), + 2n where n <= 50" },
	{ "|x - prox_{t h}(x - t grad s(x))|/t for f = s + h, t = 1/L", "Nesterov 2013", "smooth + prox",
		"prox_gradient", "1 gradient of s + 1 prox" },
	{ "|x - p|/lambda, p = argmin f(y) + |y - x|^2/(2 lambda), lambda = 1/(2 rho), 1 if convex",
		"Moreau 1965; Davis, Drusvyatskiy 2019", "convex, or a known weak convexity rho",
		"moreau, moreau_error", "1 value + at most 300 subgradients and as many small quadratic "
		"problems" },
	{ "least over sampled directions of the largest (f(x + t d) - f(x))/t, t = 1e-4 .. 1e-7; below 0: "
	  "no local minimum",
		"nsobench", "value", "directional",
		"1 subgradient + 4 values along each of 202 directions, + 2n directions where n <= 50" },
	{ "longest distance of two elements of the Clarke subdifferential", "nsobench", "pieces",
		"diameter, diameter_upper", "one pass over the pieces (shared with clarke)" },
	{ "mean of Var(D)/(mean D^2 + 1e-6), D_i = (f(x + delta u_i) - f(x))/delta, delta = 0.01, over 16 "
	  "draws of k = 8 probes",
		"Xu et al. 2026, arXiv:2605.29547", "value", "lgi_mean, lgi_error",
		"1 subgradient + 128 values" },
	{ "what users judge by: test accuracy, distance to a solution", "the problem", "a score", "score",
		"the problem's own: a pass over its test rows, for a network" },
};
enum { MEASURES = sizeof table / sizeof *table };
/* n at which the number of gradients is largest, with coordinate steps and without. */
static const size_t largest_n[] = { 50, 1000000 };

static size_t number_of(const char *name)
{
	size_t i = 0;

	while (i < MEASURES && strcmp(name, measure_words[i]))
		i++;
	return i;
}

size_t measure_calls(unsigned measure, size_t n, size_t samples)
{
	switch (measure) {
	case MEASURE_GOLDSTEIN: return sample_rows(n, samples ? samples : goldstein_samples(n));
	case MEASURE_PROX_GRADIENT: return 2;
	case MEASURE_MOREAU: return 1 + MOREAU_STEPS;
	case MEASURE_DIRECTIONAL: return 1 + SLOPE_LENGTHS * (direction_axes(n) + 2 + DIRECTIONS);
	case MEASURE_LGI: return 1 + watch_probes.k * watch_probes.draws;
	default: return 1; /* the pieces; a score */
	}
}

/* What is at most due for one measure in a cell whose dimension is not known yet. */
static size_t most_calls(unsigned measure, const struct cell *c)
{
	size_t most = 0;

	for (size_t i = 0; i < sizeof largest_n / sizeof *largest_n; i++) {
		size_t calls = measure_calls(measure, largest_n[i], (size_t)c->goldstein_samples);

		most = calls > most ? calls : most;
	}
	return most;
}

int measures_announce(const struct cell *cell, const char *todo, size_t count, struct text *out)
{
	const char *join = "";
	size_t all = 0;

	for (size_t m = 0; m < MEASURES; m++) {
		size_t most = 0, calls;

		for (size_t i = 0; i < count; i++)
			if (todo[i] && cell[i].measures & 1u << m &&
				(calls = most_calls(1u << m, &cell[i])) > most)
				most = calls;
		if (!most)
			continue;
		text_add(out, "%s%s %zu", join, measure_words[m], most);
		join = ", ";
		all += most;
	}
	return all > 0;
}

static void field(struct text *t, const char *name, const char *value)
{
	text_add(t, "%s\"%s\":", strcmp(name, "name") ? "," : "{", name);
	text_json(t, value);
}

void measure_json(struct text *t, size_t i)
{
	field(t, "name", measure_words[i]);
	field(t, "formula", table[i].formula);
	field(t, "reference", table[i].source);
	field(t, "needs", table[i].needs);
	field(t, "columns", table[i].columns);
	field(t, "cost", table[i].cost);
	text_add(t, "}");
}

int measure_show(const char *name, int json)
{
	size_t i = number_of(name);
	struct text t = { 0 };

	if (i == MEASURES)
		return -1;
	if (json) {
		measure_json(&t, i);
		printf("%s\n", t.s ? t.s : "");
		text_free(&t);
		return 0;
	}
	printf("%s: a measure of stationarity (run --measure %s)\n\n", name, name);
	printf("formula    %s\n", table[i].formula);
	printf("source     %s\n", table[i].source);
	printf("needs      %s\n", table[i].needs);
	printf("cost       %s; per point of the trace, not counted as work of the run\n", table[i].cost);
	printf("columns    %s (in the trace)\n", table[i].columns);
	printf("\nevaluations at a point by dimension n\n");
	for (size_t n = 10; n <= 1000; n *= 10)
		printf("  %-6zu %s%zu\n", n, 1u << i == MEASURE_MOREAU ? "at most " : "",
			measure_calls(1u << i, n, 0));
	return 0;
}

void measures_json(struct text *t)
{
	text_add(t, "[");
	for (size_t i = 0; i < MEASURES; i++) {
		text_add(t, i ? ",\n" : "\n");
		measure_json(t, i);
	}
	text_add(t, "]");
}

void measures_print(void)
{
	for (size_t i = 0; i < MEASURES; i++)
		printf("  %-26s %s\n  %-26s costs %s\n", measure_words[i], table[i].formula, "",
			table[i].cost);
}
