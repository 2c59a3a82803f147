/* lgi_study.h -- does S-Adam's instability index measure the Clarke subdifferential's diameter?
 */
#ifndef LGI_STUDY_H
#define LGI_STUDY_H

#include <stddef.h>
#include <stdint.h>
#include "ground/instance.h"
#include "ground/why.h"

enum { LGI_INDICES = 4 };
extern const char
	*const lgi_index_names[LGI_INDICES]; /* ratio (the published one), variance, ... */

/* One point of the study. */
struct lgi_point {
	char problem[48];
	const char *where; /* start, minimizer, near, away, kink */
	size_t n;
	double norm; /* longest of the active gradients, or |g| */
	double diameter,
		nearby; /* of df(x); of gradients sampled within delta of x, a lower bound */
	double index[LGI_INDICES],
		error[LGI_INDICES]; /* means over many draws, standard errors */
};

struct lgi_points {
	struct lgi_point *at;
	size_t count;
};

/* The points with their diameters, and the indices for k probes of length delta. Random streams
 * depend on the seed and the point only: the same points for every k and delta. -1: memory. */
int lgi_study(size_t k, double delta, uint64_t seed, struct lgi_points *out, struct why *why);
void lgi_points_free(struct lgi_points *p);

/* Spearman's rank correlation with an interval of 95 % (Fisher's z, variance of Bonett, Wright
 * 2000: (1 + rho^2/2)/(count - 3)). NAN for fewer than five pairs or constant numbers. */
struct correlation {
	double rho, low, high;
	size_t count;
};
struct correlation rank_correlation(const double *x, const double *y, size_t count);

/* Share of points, and how many there are, where f is smooth with a slope and the index lies
 * within five standard errors of 1, its value there in closed form. */
struct share {
	size_t hits, of;
};
struct share lgi_one_where_smooth(const struct lgi_points *p);

/* ------------------------------------------------------------------ lgi_runs.c
 * ---------------- */

/* About the distance from x to the nearest kink, from the pieces: the least of gap/D(gap) over
 * gaps in f, D(gap) the longest difference of the gradients of pieces within gap of the active
 * one in one summand. For pieces that are affine at most the distance (up to the grid of gaps,
 * 12 %) and at least half of it; else so to first order. NAN: no pieces, not all of them hulls,
 * or memory. */
double kink_distance(const struct instance *in, const double *x);
/* From w (length n) to the nearest w with one entry on a threshold of the quantiser
 * clamp(round(w s), low, high), s = steps/(max|w| + 1e-5) held fixed (problems/qat.c). */
double jump_distance(size_t n, const double *w, double steps, double low, double high);
double network_distance(
	const struct instance *in, const double *x); /* of qat-mlp with 2 bits */

enum { LGI_TRAILS = 11, LGI_RUNS = 16 }; /* problems, the last the network; most runs of one */
/* A point of a run of S-Adam: the damping that it reported there, from its own k = 8 probes;
 * the published ratio and the two-sided curvature there, as means over more probes. */
struct lgi_step {
	size_t step;
	double distance, damp, ratio, curvature;
};
struct lgi_trail {
	char problem[48];
	size_t n, count, runs, run_ends[LGI_RUNS];
	struct lgi_step *at;
};
/* Runs S-Adam with seeds 1, 2, ..  on problem `number` of LGI_TRAILS. */
int lgi_trail(size_t number, size_t seeds, struct lgi_trail *out, struct why *why);
void lgi_trail_free(struct lgi_trail *t);

enum lgi_view { VIEW_DAMP, VIEW_RATIO, VIEW_CURVATURE, LGI_VIEWS };
/* Rank correlation with the distance, of each run apart; their mean, its interval of 95 % (t).
 */
struct correlation trail_correlation(const struct lgi_trail *t, enum lgi_view view);
struct correlation mean_of_runs(
	const double *v, size_t count); /* of the finite ones; count: how many */

#endif
