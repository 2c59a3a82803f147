/*
 * libnsobench.h -- the problems of nsobench in another program: values, subgradients and all
 * that is known of them, in the process, through a shared library (link with -lnsobench).
 *
 *     struct nsobench *f;
 *
 *     if (nsobench_open("maxq:n=50", 0, &f))
 *             puts(nsobench_error(f));
 *     else {
 *             nsobench_start(f, 1, x);
 *             v = nsobench_subgradient(f, x, g);
 *     }
 *     nsobench_close(f);
 *
 * Vectors are arrays of double of length n = nsobench_dim(f), owned by the caller. The answers
 * are those of the program, bit for bit: `nsobench eval` prints the same numbers.
 *
 * What it does to its host: nothing. It prints nothing, does not exit, keeps the floating-point
 * mode, the number of BLAS threads and the locale as they are; only where the host has no error
 * handler of GSL, it switches GSL's off at the first open, because that one aborts.
 *
 * Threads: a handle serves one thread at a time, any number of handles serve any number of
 * threads.
 */
#ifndef LIBNSOBENCH_H
#define LIBNSOBENCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nsobench; /* one function: a problem, its options and an instance */

/* As the exit codes of the program. */
enum { NSOBENCH_DONE = 0, NSOBENCH_USAGE = 2, NSOBENCH_INPUT = 3 };

const char *nsobench_version(void); /* "0.1.0" */

/* Name of problem i = 0, 1, ...; NULL past the last. */
const char *nsobench_problem(size_t i);

/*
 * Opens `problem`, NAME[:option=value,...] as typed after -P; instance 0 is the textbook
 * problem, others are shifted or have other data. NSOBENCH_USAGE: a name, an option or a value
 * is wrong; NSOBENCH_INPUT: no such function can be made (a data file is missing, memory is
 * short). *f is then a handle that only has nsobench_error(), or NULL where memory is short
 * even for that. Close it in either case. Data files lie where they are named or under
 * $NSOBENCH_DATA.
 */
int nsobench_open(const char *problem, int instance, struct nsobench **f);
void nsobench_close(struct nsobench *f); /* accepts NULL */

/* Why the last call on this handle failed, in one sentence; "" if it did not. Lives until the
 * next call on the handle. dim, value, subgradient and start never fail and leave it alone. */
const char *nsobench_error(const struct nsobench *f);

size_t nsobench_dim(const struct nsobench *f);

/* The standard start in x. The seed counts only where the start is random. */
void nsobench_start(struct nsobench *f, uint64_t seed, double *x);

/* f(x), and in g one Clarke subgradient at x. */
double nsobench_value(struct nsobench *f, const double *x);
double nsobench_subgradient(struct nsobench *f, const double *x, double *g);

/* For a mean of m terms: value and, where g is not NULL, a subgradient of the mean over the k
 * >= 1 of them in terms[], numbers from 0 to m - 1, repetitions allowed. NAN and a reason on
 * failure. */
double nsobench_batch(
	struct nsobench *f, size_t k, const size_t *terms, const double *x, double *g);
/* Draws what else is random in a batch (a dropout mask), until the next draw. Without, nothing
 * is. */
void nsobench_draw(struct nsobench *f, uint64_t seed);

/* For f = s + h: s(x) with its gradient in g (or NULL); p = argmin_u h(u) + |u - v|^2/(2t), t >
 * 0, p may be v. NAN and -1 with a reason where the problem has no such split. */
double nsobench_smooth(struct nsobench *f, const double *x, double *g);
int nsobench_prox(struct nsobench *f, double t, const double *v, double *p);

/* What users judge by (test accuracy, distance to the solution); NAN with a reason where there
 * is none. */
double nsobench_score(struct nsobench *f, const double *x);

/*
 * The Clarke subdifferential at x, of the pieces within tol of being active (absolute; NAN: the
 * program's 1e-8 (1 + |f(x)|)). It stays in the handle until the next call of nsobench_pieces.
 * -1 with a reason where the problem does not tell it, or it does not fit into memory. It is
 * base + S_0 + S_1 + ...; summand i is the hull of its rows, the ball {sum_a u_a row_a: |u| <=
 * 1}, or spectral: {sum_{a<=b} W_ab row_ab: W psd of order r, tr W = 1}, rows (1,1) (1,2) ..
 * (1,r) (2,2) ..
 */
enum { NSOBENCH_HULL, NSOBENCH_BALL, NSOBENCH_SPECTRAL };
struct nsobench_summand {
	int kind;
	size_t first, rows; /* rows first .. first + rows - 1 */
	size_t order;       /* r of a spectral summand */
};
int nsobench_pieces(struct nsobench *f, const double *x, double tol);
size_t nsobench_summands(const struct nsobench *f);
struct nsobench_summand nsobench_summand(const struct nsobench *f, size_t i);
void nsobench_base(const struct nsobench *f, double *v); /* v: length n */
void nsobench_row(const struct nsobench *f, size_t i, double *v);
/* Where every summand is a hull: the number of vertices that span the sum, one row chosen from
 * each; 0 where it is not, or they are more than 4,096. Vertex k = 0, 1, ... in v. */
size_t nsobench_vertices(const struct nsobench *f);
void nsobench_vertex(const struct nsobench *f, size_t k, double *v);

/* All that is known of the function, as one JSON object: name, title, formula, reference,
 * options, instance, n, terms, optimum, optimum_error, minimizer, lipschitz, smoothness,
 * term_smoothness, convexity, pl, sharpness, weak_convexity, traits, offers, score, blocks;
 * null where it is unknown. The handle owns it. NULL and a reason when memory is short. */
const char *nsobench_facts(struct nsobench *f);

#ifdef __cplusplus
}
#endif
#endif
