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
	double logs; /* of a power law: (log x)^logs is divided out, from x = 3 on */
};

enum law {
	POWER_LAW,    /* y = C x^slope (log x)^logs: a line in log-log */
	GEOMETRIC_LAW /* y = C e^(slope x): a line in semilog */
};

enum fit_state {
	FIT_DONE,
	FIT_BENT, /* no stretch is straight: it flattens towards its end, or steepens */
	FIT_LOG,  /* a power law only at its end, x^slope log x or x^slope / log x all along */
	FIT_FINISHED, /* zero or the rounding level was reached before a line could be seen */
	FIT_SHORT     /* too few points above the floor */
};

enum { FIT_LEAST_POINTS = 8, FIT_THIRDS = 3 };
extern const double fit_least_range; /* last x over first x that a power law needs */

/* A coefficient with its confidence interval. */
struct stretch {
	double value, low, high;
};

/* y = e^level e^(slope u), u = log x or x, fitted to the points first .. last of x. */
struct fit {
	enum fit_state state;
	double slope, low, high; /* with its confidence interval */
	double level, middle;    /* the line is level + slope (u - middle) */
	double level_error;      /* standard error of the level, for a band */
	size_t first, last, runs;
	int burn_in;   /* points before `first` are left out: not yet straight there */
	int wanders;   /* the residuals may be a random walk: the interval allows for one */
	int logs;      /* FIT_LOG: +1, a factor log x would do; -1: 1/log x */
	double points; /* above floor and rounding, of any window */
	double floor;  /* geometric mean over the runs, NAN: none */
	double bend;   /* change of the slope over the window */
	/* slopes over thirds of all usable points, NAN where those are too few for a third */
	struct stretch third[FIT_THIRDS];
	struct stretch tail;     /* slope over the last two thirds */
	struct stretch end_bend; /* change of the slope over the last third */
};

/* The confidence interval of the mean slope: from the slopes of the runs (independent, whatever
 * the noise within a run is like): the hull of bootstrap-t (Efron 1979; Hall 1988) and
 * Student's t from 8 runs on, Student's t from 3 on. For fewer runs, or where the runs deviate
 * from the line together, from the residuals of the mean curve (trend.h). -1: memory is short.
 */
int rate_fit(
	const struct curves *c, enum law law, double confidence, uint64_t key, struct fit *out);
double fit_line(const struct fit *f, enum law law, double x);

/* Mean of v with its confidence interval, as above for 3 runs or more. */
int mean_interval(const double *v, size_t count, double confidence, uint64_t key, double *mean,
	double *low, double *high);

#endif
