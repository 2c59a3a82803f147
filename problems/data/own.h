/* own.h -- users' data for the learning problems: options, rows with targets, and optimal
 * values that are certified once and kept beside the data. */
#ifndef DATA_OWN_H
#define DATA_OWN_H

#include "../finite_sum.h"
#include "samples.h"

/* Behind the options of samples.h: */
enum { OWN_STANDARDISE = HOW_OPTIONS, OWN_OPTIONS };
extern const char *const own_standardise[];
/* clang-format off */
#define OWN_OPTIONS_AT(at) \
	HOW_OPTIONS_AT(at), \
	[(at) + OWN_STANDARDISE] = { "standardise", 0, 0, 1, \
		"of a file: columns to mean 0 and deviation 1, a numeric target to mean 0", \
		own_standardise, "nsobench", NSO_LATER }
/* The option data of problems that had none. */
#define OWN_DATA_AT(at) \
	[at] = { "data", 0, 0, 1e9, \
		"a file .csv or in LIBSVM's format, plain or .gz, instead of generated data", \
		nso_any_text, "nsobench", NSO_LATER }, \
	OWN_OPTIONS_AT((at) + 1)
/* clang-format on */

enum own_target {
	OWN_POINTS,
	OWN_NUMBERS,
	OWN_SIGNAL,
	OWN_TWO
}; /* a signal is a target alone */
struct own_kind {
	const char *problem; /* its name: optimal values are kept by it */
	const struct nso_option *options;
	size_t data, how; /* places of the option data and of the first of OWN_OPTIONS_AT */
	enum own_target target;
};

struct own {
	struct samples s;
	uint64_t key; /* of the bytes of the file, the problem and its options */
};

/* The file that opt names, standardised where that is asked for. Points and tables of numbers
 * are dense up to 2^24 numbers; OWN_TWO makes the targets -1 and 1 and leaves LIBSVM's rows
 * sparse. -1 and facts->why on failure. */
int own_read(
	struct own *o, const struct own_kind *k, const double *opt, struct nso_facts *facts);
void own_free(struct own *o);

/*
 * f* with a certificate: as kept beside the data, else by solve(self), which leaves a minimizer
 * in x (length n) and returns a bound of f(x) - f*, INFINITY where it has none, NAN when memory
 * is short. scale: the size of f, to which the bound is compared: within 1e-6 of it f* is
 * known, else it stays open, x becomes NAN and facts->why says so. -1 when memory is short.
 */
int own_certify(const struct own *o, void *self, double (*solve)(void *self),
	double (*eval)(const void *self, const double *x, double *g), size_t n, double *x,
	double scale, struct nso_facts *facts);
/* How a linear model is made of a file. */
struct own_recipe {
	struct own_kind kind;
	const struct loss *loss;
	int mean; /* scale 1/m, else 1 */
	/* Penalties and constants, on a struct fitted whose minimizer is 0; NULL: none. -1 when
	 * memory is short, or with facts->why. */
	int (*prepare)(struct fitted *p, const double *opt, struct nso_facts *facts);
	double (*solve)(void *self); /* as own_certify wants it */
	double (*eval)(const void *self, const double *x, double *g);
};
/* A struct fitted of `size` bytes, for fitted_free; NULL and facts->why. */
void *own_make(
	const struct own_recipe *r, size_t size, const double *opt, struct nso_facts *facts);

/* f* stays open, for a reason: the note of the record. */
void own_open(struct nso_facts *facts, size_t n, double *x, const char *reason);

#endif
