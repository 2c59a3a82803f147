/* planted.h -- inverse problems built around a known solution: f(x) = scale sum_i |r_i(x) -
 * y_i| with y_i = r_i of the solution, a share of them corrupted. */
#ifndef PLANTED_H
#define PLANTED_H

#include "finite_sum.h"

/* The options that all of them begin with; M is the last of them where it is an option. */
enum { P_N, P_DELTA, P_CORRUPT, P_M, P_OWN };
#define OPTION_DIMENSION(value)                                                                \
	{                                                                                      \
		"n", value, 1, 1e6, "unknowns of one vector", NULL, "nsobench", 1              \
	}
#define OPTION_DELTA                                                                           \
	{                                                                                      \
		"delta", 0.5, 0, 1e6, "distance of the start from the solution", NULL,         \
			"Davis, Drusvyatskiy, Paquette 2020"                                   \
	}
#define OPTION_CORRUPT                                                                         \
	{                                                                                      \
		"corrupt", 0, 0, 0.49,                                                         \
			"share of the measurements that are corrupted, below 1/2", NULL,       \
			"nsobench"                                                             \
	}
#define OPTION_MEASUREMENTS(value, source)                                                     \
	{                                                                                      \
		"m", value, 1, 1e7, "measurements", NULL, source, 1                            \
	}
#define PLANTED_OPTIONS(n, m, source)                                                          \
	[P_N] = OPTION_DIMENSION(n), [P_DELTA] = OPTION_DELTA, [P_CORRUPT] = OPTION_CORRUPT,   \
	[P_M] = OPTION_MEASUREMENTS(m, source)

struct planted {
	struct linear_sum model; /* a: measurement vectors, b: the measurements y */
	struct rows b;           /* the second vectors, where they come in pairs */
	double *solution;        /* length sum.n */
	double delta;
	int from_zero;  /* the start is 0: the data are a file's */
	size_t d, e, r; /* x is r columns of length d, then r of length e */
};

enum { REPLACE_SQUARE, ADD }; /* corruption: y = 10 N(0,1)^2, or y += 10 N(0,1) */

/* n unknowns in all, m terms. NULL when memory is short; the solution is zeroed. */
struct planted *planted_alloc(const double *opt, size_t n, size_t m);
/* y from the solution, a share corrupted; facts: n, terms, optimum, minimizer. Needs the
 * residual. */
void planted_targets(
	struct planted *p, double share, int corruption, gsl_rng *rng, struct nso_facts *facts);
void planted_start(const void *self, gsl_rng *rng, double *x);
void planted_free(void *self);
double planted_distance(const void *self, const double *x);        /* |x - solution| */
double planted_distance_sign(const void *self, const double *x);   /* up to the sign */
double planted_distance_square(const void *self, const double *x); /* |XX' - solution's|_F */
/* The mean length of the rows: Lipschitz constant of mean_i |<a_i, x> ...|. */
double planted_mean_length(const struct rows *a);

#endif
