/* profile.c -- cost to targets over many runs: ERT, performance profiles, run-length ECDF. */
#include <stdlib.h>
#include <string.h>
#include "analysis/profile.h"
#include "ground/random.h"

enum { PER_DECADE = 20, DRAWS = 1000, BAND_REPEATS = 200, BAND_DRAWS = 20, ERT_DRAWS = 2000 };

/* The first known gap: that of the start, where the trace begins at step 0. */
static double track_start(const struct track *t)
{
	for (size_t i = 0; i < t->length; i++)
		if (!isnan(t->gap[i]))
			return t->gap[i];
	return NAN;
}

/* Cost, INFINITY if never. */
static double goal_hit(const struct track *t, struct goal goal)
{
	return track_hit(t, goal.reduction ? goal.gap * track_start(t) : goal.gap);
}

struct ert goal_cost(struct track *const *list, size_t count, struct goal goal)
{
	struct ert e = { .value = INFINITY, .runs = count };
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		double hit = goal_hit(list[i], goal);

		e.hits += isfinite(hit);
		sum += isfinite(hit) ? hit : list[i]->spent;
	}
	if (e.hits)
		e.value = sum / (double)e.hits;
	return e;
}

struct ert expected_cost(struct track *const *list, size_t count, double target)
{
	return goal_cost(list, count, (struct goal){ .gap = target });
}

/* ERT of runs drawn anew: cost[i] is the hit, or minus what a failed run spent. */
static double picked_ert(const size_t *pick, size_t count, void *data)
{
	const double *cost = data;
	double sum = 0;
	size_t hits = 0;

	for (size_t i = 0; i < count; i++) {
		hits += !signbit(cost[pick[i]]);
		sum += fabs(cost[pick[i]]);
	}
	return hits ? sum / (double)hits : INFINITY;
}

int goal_interval(
	struct track *const *list, size_t count, struct goal goal, struct interval *out)
{
	double *cost = malloc((count + 1) * sizeof *cost);
	int status;

	if (!cost)
		return -1;
	for (size_t i = 0; i < count; i++) {
		double hit = goal_hit(list[i], goal);

		cost[i] = isfinite(hit) ? hit : -list[i]->spent;
	}
	status = bootstrap(count, picked_ert, cost, ERT_DRAWS, 0.95, 0, 1, out);
	free(cost);
	return status;
}

double *cost_matrix(const struct study *s, struct goal goal)
{
	size_t methods = s->r->methods;
	double *cost = malloc((s->commons * methods + 1) * sizeof *cost);

	for (size_t p = 0; cost && p < s->commons; p++)
		for (size_t m = 0; m < methods; m++) {
			struct track *const *list;
			size_t count = study_shared(s, s->common[p], m, &list);

			cost[p * methods + m] = study_known(s, s->common[p]) || goal.reduction
							? goal_cost(list, count, goal).value
							: INFINITY;
		}
	return cost;
}

void performance_ratios(const double *cost, size_t problems, size_t methods, size_t method,
	long against, double *ratio)
{
	for (size_t p = 0; p < problems; p++) {
		const double *row = cost + p * methods;
		double least = INFINITY;

		for (size_t m = 0; m < methods; m++)
			if ((against < 0 || m == method || m == (size_t)against) &&
				row[m] < least)
				least = row[m];
		/* a target that holds at the start costs 0: the ratio of equals is 1 */
		ratio[p] = !isfinite(row[method]) ? INFINITY
			   : row[method] == least ? 1
						  : row[method] / least;
	}
	sort_numbers(ratio, problems);
}

/* ------------------------------------------------------------------ run-length ECDF ----------- */

static double ecdf_target(size_t i) { return pow(10, 2 - (double)i / 5); }

/* Of one problem: the cost at which each run reaches each target, and what it spent in all. */
struct lengths {
	size_t runs, reachable; /* targets that any run reaches: the first ones */
	double *hit, *spent;    /* runs x TARGETS; runs */
	unsigned *bin; /* runs x TARGETS: where a hit counts when no failed run went before */
};

/* Where on the grid a cost counts: the first place not below it. */
static size_t bin(const struct band *b, double cost)
{
	double place = log10(cost / b->x[0]) * PER_DECADE;

	if (!(place > 0))
		return 0;
	return place < (double)b->points ? (size_t)ceil(place - 1e-9) : b->points;
}

static int lengths_make(const struct study *s, size_t problem, size_t method,
	const struct band *b, struct lengths *out)
{
	struct track *const *list;
	size_t count = study_shared(s, problem, method, &list);

	*out = (struct lengths){ .runs = count,
		.hit = malloc((count * TARGETS + 1) * sizeof *out->hit),
		.spent = malloc((count + 1) * sizeof *out->spent),
		.bin = malloc((count * TARGETS + 1) * sizeof *out->bin) };
	if (!out->hit || !out->spent || !out->bin)
		return -1;
	for (size_t i = 0; i < count; i++) {
		size_t k = 0, point = 0;

		out->spent[i] = list[i]->spent;
		for (; k < TARGETS; k++) {
			while (point < list[i]->length &&
				!(list[i]->gap[point] <= ecdf_target(k)))
				point++;
			if (point == list[i]->length)
				break;
			out->hit[i * TARGETS + k] = list[i]->cost[point];
			out->bin[i * TARGETS + k] = (unsigned)bin(b, list[i]->cost[point]);
		}
		if (out->reachable < k)
			out->reachable = k;
		for (; k < TARGETS; k++)
			out->hit[i * TARGETS + k] = INFINITY;
	}
	return 0;
}

/* Adds `weight` for each (draw, target) to the bin of its simulated run length. pick: the runs
 * that may be drawn, count of them. One sequence of restarts serves all targets of a draw. */
static void simulate(const struct lengths *l, const size_t *pick, size_t draws, double weight,
	const struct band *b, double *bins, gsl_rng *rng)
{
	size_t reachable = 0;

	for (size_t i = 0; i < l->runs; i++)
		for (size_t k = reachable;
			k < TARGETS && isfinite(l->hit[pick[i] * TARGETS + k]); k++)
			reachable = k + 1;
	for (size_t d = 0; d < draws; d++) {
		double before = 0;

		for (size_t k = 0; k < reachable;) {
			size_t run = pick[l->runs > 1 ? (size_t)(gsl_rng_uniform(rng) *
								 (double)l->runs)
						      : 0];
			const double *hit = l->hit + run * TARGETS;

			for (; k < reachable && isfinite(hit[k]); k++) {
				size_t at = before > 0 ? bin(b, before + hit[k])
						       : l->bin[run * TARGETS + k];

				if (at < b->points)
					bins[at] += weight;
			}
			before += l->spent[run];
		}
	}
}

static void sum_up(const struct band *b, const double *bins, double *y)
{
	double sum = 0;

	for (size_t g = 0; g < b->points; g++)
		y[g] = sum += bins[g];
}

/* One curve over all problems, the runs of each as they are or drawn anew. */
static void one_curve(const struct lengths *l, size_t problems, size_t *pick, int anew,
	size_t draws, const struct band *b, double *bins, double *y, gsl_rng *rng)
{
	double weight = 1 / ((double)problems * TARGETS * (double)draws);

	memset(bins, 0, b->points * sizeof *bins);
	for (size_t p = 0; p < problems; p++) {
		for (size_t i = 0; i < l[p].runs; i++)
			pick[i] = anew ? (size_t)(gsl_rng_uniform(rng) * (double)l[p].runs) : i;
		if (l[p].runs)
			simulate(&l[p], pick, draws, weight, b, bins, rng);
	}
	sum_up(b, bins, y);
}

static int bands(const struct lengths *l, size_t problems, size_t *pick, int with_band,
	struct band *b, gsl_rng *rng)
{
	double *all = malloc(BAND_REPEATS * b->points * sizeof *all + 1);
	double *bins = malloc((b->points + BAND_REPEATS) * sizeof *bins),
	       *column = bins ? bins + b->points : NULL;

	if (all && bins) {
		one_curve(l, problems, pick, 0, DRAWS, b, bins, b->y, rng);
		for (size_t k = 0; k < BAND_REPEATS && with_band; k++)
			one_curve(l, problems, pick, 1, BAND_DRAWS, b, bins,
				all + k * b->points, rng);
		for (size_t g = 0; g < b->points && with_band; g++) {
			for (size_t k = 0; k < BAND_REPEATS; k++)
				column[k] = all[k * b->points + g];
			b->low[g] = fmin(
				b->y[g], quantile_of_unsorted(column, BAND_REPEATS, 0.025));
			b->high[g] = fmax(
				b->y[g], quantile_of_unsorted(column, BAND_REPEATS, 0.975));
		}
	}
	free(all);
	free(bins);
	return all && bins ? 0 : -1;
}

int run_length_ecdf(const struct study *s, const size_t *problem, size_t problems,
	size_t method, double from, double to, int with_band, struct band *out)
{
	struct lengths *l = calloc(problems + 1, sizeof *l);
	size_t points = (size_t)ceil(log10(to / from) * PER_DECADE) + 1;
	size_t *pick = malloc((s->tracks + 1) * sizeof *pick);
	double *room = malloc(4 * points * sizeof *room);
	gsl_rng *rng = stream(hash_bits(HASH_START, method));
	int bad = !l || !pick || !room || !rng;

	*out = (struct band){ .points = points, .x = room };
	if (!bad) {
		out->y = room + points;
		out->low = out->y + points;
		out->high = out->low + points;
	}
	for (size_t g = 0; g < points && !bad; g++)
		out->x[g] = from * pow(10, (double)g / PER_DECADE);
	for (size_t p = 0; p < problems && !bad; p++)
		bad = lengths_make(s, problem[p], method, out, &l[p]);
	if (!bad)
		bad = bands(l, problems, pick, with_band, out, rng);
	for (size_t p = 0; l && p < problems; p++) {
		free(l[p].hit);
		free(l[p].spent);
		free(l[p].bin);
	}
	free(l);
	free(pick);
	if (rng)
		gsl_rng_free(rng);
	if (bad)
		band_free(out);
	return bad ? -1 : 0;
}

void band_free(struct band *b)
{
	free(b->x);
	*b = (struct band){ 0 };
}

double band_area(const struct band *b, double to)
{
	double sum = 0;
	size_t used = 0;

	for (; used < b->points && b->x[used] <= to * 1.0001; used++)
		sum += b->y[used];
	return used ? sum / (double)used : NAN;
}

double chattering(const struct track *t)
{
	const struct curve *f = run_column(t->run, "f");
	double variation = 0, first = NAN, last = NAN;

	for (size_t i = t->run->length - t->run->length / 3; f && i < t->run->length; i++) {
		double v = column_at(f, i);

		if (isnan(v))
			continue;
		if (isnan(first))
			first = v;
		else
			variation += fabs(v - last);
		last = v;
	}
	if (isnan(first))
		return NAN;
	if (variation == 0)
		return 1;
	return first > last ? variation / (first - last) : INFINITY;
}
