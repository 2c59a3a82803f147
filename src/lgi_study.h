/* lgi_study.h -- does S-Adam's instability index measure the Clarke subdifferential's diameter? */
#ifndef LGI_STUDY_H
#define LGI_STUDY_H

#include "core.h"

enum { LGI_INDICES = 4 };
extern const char *const lgi_index_names[LGI_INDICES]; /* ratio (the published one), variance, ... */

/* One point of the study. */
struct lgi_point {
	char problem[48];
	const char *where; /* start, minimizer, near, away, kink */
	size_t n;
	double norm;                /* longest of the active gradients, or |g| */
	double diameter, nearby;    /* of df(x); of gradients sampled within delta of x, a lower bound */
	double index[LGI_INDICES], error[LGI_INDICES]; /* means over many draws, standard errors */
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

/* Share of points, and how many there are, where f is smooth with a slope and the index lies within
 * five standard errors of 1, its value there in closed form. */
struct share {
	size_t hits, of;
};
struct share lgi_one_where_smooth(const struct lgi_points *p);

#endif
