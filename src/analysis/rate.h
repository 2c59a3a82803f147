/* rate.h -- the rate at which curves fall, with an interval. */
#ifndef RATE_H
#define RATE_H

#include <stddef.h>
#include <stdint.h>

/* runs x points numbers y > 0 over common x, ascending. NAN or y <= rounding ends a run. */
struct curves {
	size_t runs, points;
	const double *x, *y;
	double rounding;
};

enum law {
	POWER_LAW,    /* y = C x^slope: a line in log-log */
	GEOMETRIC_LAW /* y = C e^(slope x): a line in semilog */
};

enum fit_state {
	FIT_DONE,
	FIT_BENT,     /* no stretch is straight: it flattens towards its end, or steepens */
	FIT_FINISHED, /* zero or the rounding level was reached before a line could be seen */
	FIT_SHORT     /* too few points above the floor */
};

/* y = e^level e^(slope u), u = log x or x, fitted to the points first .. last of x. */
struct fit {
	enum fit_state state;
	double slope, low, high; /* with its confidence interval */
	double level, middle;    /* the line is level + slope (u - middle) */
	double level_error;      /* standard error of the level, for a band */
	size_t first, last, runs;
	int burn_in;  /* points before `first` are left out: the curve is not yet straight there
		       */
	double floor; /* geometric mean over the runs, NAN: none */
	double bend;  /* change of the slope over the window */
	double flattest; /* largest slope of the mean over a third of the window */
};

/* The confidence interval of the mean slope: from the slopes of the runs (independent, whatever
 * the noise within a run is like): the hull of bootstrap-t (Efron 1979; Hall 1988) and
 * Student's t from 8 runs on, Student's t from 3 on; for fewer from the residuals, whose
 * autocorrelation counts. -1: memory is short. */
int rate_fit(
	const struct curves *c, enum law law, double confidence, uint64_t key, struct fit *out);
double fit_line(const struct fit *f, enum law law, double x);

/* Mean of v with its confidence interval, as above for 3 runs or more. */
int mean_interval(const double *v, size_t count, double confidence, uint64_t key, double *mean,
	double *low, double *high);

#endif
