/* rate_parts.h -- what the parts of the fit share. */
#ifndef RATE_PARTS_H
#define RATE_PARTS_H

#include "analysis/rate.h"

struct data {
	enum law law;
	size_t runs, points;
	double confidence;
	uint64_t key;
	double *u, *log_y, *mean; /* log_y: runs x points; mean: over the runs */
	double *floor, *value;    /* of each run: its floor, a coefficient of its line */
	double *spare;            /* 4 x points */
};

/* Least squares in the orthogonal polynomials of degree 0, 1, 2; residuals of the line. */
struct line {
	size_t count;
	double slope, middle, level, curve; /* curve: coefficient of the squared term */
};
void fit_parabola(const double *u, const double *v, size_t count, double *r, struct line *out);
void mean_curve(struct data *d);

/* Slope (degree 1) or curvature (2) over the points first .. last - 1 with its interval.
 * wanders may be NULL: are the residuals taken for a random walk? -1: no memory. */
int stretch_of(struct data *d, size_t first, size_t last, int degree, double confidence,
	struct stretch *out, int *wanders);
/* Mean and standard error of v. */
void moments(const double *v, size_t count, double *mean, double *error);

/* Is there a floor? Decided on the mean of the runs. */
int has_floor(struct data *d);
/* Subtracts each run's own floor; how many points are left in front of the first that comes
 * near to its own. */
size_t remove_floors(struct data *d);

#endif
