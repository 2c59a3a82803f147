/* measures.h -- the stationarity measures that a trace may hold: each is one constant at the
 * end of the file that computes it, and its name in src/local.mk. */
#ifndef MEASURES_H
#define MEASURES_H

#include "nsobench.h"
#include "ground/instance.h"
#include "ground/pieces.h"
#include "ground/why.h"

/* A point at which measures are taken. */
struct at {
	const struct instance *in;
	const double *x;
	double f;
	const struct nso_pieces *pieces; /* active at x; NULL where there are none */
	gsl_rng *rng;   /* the measure's own stream: it never changes the run */
	double delta;   /* Goldstein's radius, absolute */
	size_t samples; /* Goldstein's sampled gradients */
	size_t probes;  /* of the lgi measures, a draw */
	double reach;   /* their length; radius of diameter_nearby */
	double *w;      /* scratch, length n */
};

struct measure {
	const char *name, *formula, *source, *needs, *cost;
	const char *columns[2]; /* of a trace: the value, and its bound or error or NULL */
	const char *stream;     /* purpose of its random stream; NULL: it draws nothing */
	int by_default;         /* taken when nothing is said */
	int pieces; /* reads the active pieces where the problem has them, and costs them */
	int (*offered)(const struct instance
			*in); /* NULL: always, or where there are the pieces that it reads */
	/* Evaluations of f, of a subgradient, of its pieces or of a prox at one point, at most,
	 * with so many samples (0: the default) and probes; NULL: 1. */
	size_t (*calls)(size_t n, size_t samples, size_t probes);
	double (*take)(const struct at *at, double *bound); /* NAN where it cannot be had */
};
/* Measure i is bit i of a set of measures; NULL ends the table. */
extern const struct measure *const measure_table[];

unsigned measure_bit(const char *name); /* 0: there is none of that name */
unsigned measures_default(void);
int measures_parse(
	const char *text, unsigned *measures, struct why *why); /* "clarke,lgi", "none" */
int measure_offered(const struct measure *m, const struct instance *in);
size_t measure_calls(const struct measure *m, size_t n, size_t samples, size_t probes);

#endif
