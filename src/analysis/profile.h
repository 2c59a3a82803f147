/* profile.h -- what costs to targets say over many runs and problems. */
#ifndef PROFILE_H
#define PROFILE_H

#include "analysis/statistics.h"
#include "analysis/study.h"

/* Expected running time to a target: all cost spent over the number of runs that reached it;
 * INFINITY if none did. A run that fails has spent all it was given (Hansen et al. 2009). */
struct ert {
	double value;
	size_t runs, hits;
};
struct ert expected_cost(struct track *const *list, size_t count, double target);

/* A run is done at a relative gap, or (More, Wild 2009) when the gap is this share of the
 * first. */
struct goal {
	double gap;
	int reduction;
};
struct ert goal_cost(struct track *const *list, size_t count, struct goal goal);
int goal_interval(
	struct track *const *list, size_t count, struct goal goal, struct interval *out);

/* ERT of every problem in common and method over the shared runs, commons x methods, INFINITY
 * where never reached. */
double *cost_matrix(const struct study *s, struct goal goal);

/* Share of problems whose cost is at most tau times the least of all methods (Dolan, More
 * 2002): the ratios of one method, sorted, INFINITY where it failed; the curve steps by
 * 1/problems at each. against: only these two methods are compared (Gould, Scott 2016), or -1
 * for all. */
void performance_ratios(const double *cost, size_t problems, size_t methods, size_t method,
	long against, double *ratio);

/* Targets of the run-length ECDF: 51 relative gaps, 1e2 down to 1e-8, five a decade. */
enum { TARGETS = 51 };

/* A curve with its pointwise 95 % bootstrap band on a logarithmic grid. */
struct band {
	size_t points;
	double *x, *y, *low, *high;
};
/* Run-length ECDF over (problem, target) of one method with simulated restarts (Hansen et al.
 * 2021, COCO): runs are drawn with replacement until one reaches the target, their costs add
 * up. The band resamples the runs within each problem. Only shared runs count, and problems
 * must have an f*: targets are gaps to it. */
int run_length_ecdf(const struct study *s, const size_t *problem, size_t problems,
	size_t method, double from, double to, int with_band, struct band *out);
void band_free(struct band *b);
/* Mean height over log cost up to `to`: 1 if all targets were reached at once. */
double band_area(const struct band *b, double to);

/* Total variation of f over the last third of the trace over its decrease there: 1 if monotone.
 */
double chattering(const struct track *t);

#endif
