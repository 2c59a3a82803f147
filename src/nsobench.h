/*
 * nsobench.h -- the contract between the harness and what is plugged into it.
 *
 * A problem is a family of functions f: R^n -> R, an optimizer a method. Between them stands
 * the oracle: the only road from a method to a function. It counts every kind of call apart,
 * draws the sample of the step, adds noise and keeps the budget. A file that defines one
 * problem or optimizer includes this header and nothing else of nsobench; it ends in one
 * exported constant,
 *
 *     const struct nso_optimizer nso_optimizer_heavy_ball = { .name = "heavy-ball", ... };
 *
 * and compiles unchanged into the program or as a plug-in (heavy_ball.so, --plugin).
 *
 * Vectors are arrays of double of length n = nso_dim(f), owned by the caller unless said
 * otherwise. Nothing here prints, exits or throws: numerical trouble is a status, a bug is an
 * assert.
 */
#ifndef NSOBENCH_H
#define NSOBENCH_H

#if defined __FAST_MATH__ || (defined __FINITE_MATH_ONLY__ && __FINITE_MATH_ONLY__)
#error "nsobench needs IEEE arithmetic: compile without -ffast-math and -ffinite-math-only"
#endif

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <gsl/gsl_rng.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes with this header; the weak constant lets the loader ask a plug-in. 3 added the saddle
 * form at the end of struct nso_problem: plug-ins built for 2 still load. */
#define NSO_ABI 3
__attribute__((weak, visibility("default"))) extern const unsigned nso_abi;
__attribute__((weak)) const unsigned nso_abi = NSO_ABI;

enum { NSO_MAX_OPTIONS = 24, NSO_MAX_COLUMNS = 8 };

/*
 * An option is a number. `words` (NULL-terminated) names the values 0, 1, 2... of an
 * enumeration. A default of NAN means "from the problem" (typed as `auto`): f_star, lr of a
 * method with 1/L. Where words == nso_any_text the value is the handle of a text (a file, a
 * data set): nso_text(). A table ends with an entry without a name; options reach init and make
 * in the table's order.
 */
struct nso_option {
	const char *name;
	double value, min, max; /* default and closed range */
	const char *help;       /* one line; units and meaning */
	const char *const *words;
	const char
		*source; /* where the default comes from: "PyTorch", "Xu et al. 2026, code" */
	int integer;     /* 1: only whole numbers; NSO_LATER: see below; or both, added */
};
/* An option added to a table in use: at its default it enters no key and no record, so that
 * what was run before it still answers to its name. */
enum { NSO_LATER = 2 };
extern const char *const nso_any_text[];
const char *nso_text(
	double handle); /* the text behind a text option; lives as long as the program */
double nso_text_handle(
	const char *text); /* for the default of a text option: 0 is the empty text */

/* ------------------------------------------------------------------ the oracle's verbs -------- */

struct nso_oracle;
struct nso_optimizer;

/* What step returns. Anything but NSO_CONTINUE ends the run; x is then the method's answer. */
enum nso_status {
	NSO_CONTINUE,
	NSO_CONVERGED, /* the method's own test of optimality or stationarity holds */
	NSO_STUCK,     /* no progress is possible: line search failed, step of length zero */
	NSO_FAILED,    /* the method broke down: singular system, NaN in its own state */
	NSO_DIVERGED   /* the method saw NaN, Inf or an unbounded value */
};

size_t nso_dim(const struct nso_oracle *f); /* n */

/* f(x) on the step's sample; costs one value. */
double nso_value(struct nso_oracle *f, const double *x);

/* f(x), and one Clarke subgradient in g (length n), both on the step's sample; one subgradient.
 */
double nso_subgradient(struct nso_oracle *f, const double *x, double *g);

/* For f = s + h: s(x) and its gradient; costs one subgradient. Needs NSO_PROX. */
double nso_smooth(struct nso_oracle *f, const double *x, double *g);

/* p = argmin_u h(u) + |u - v|^2/(2t), t > 0; p may be v. Costs one prox. Needs NSO_PROX. */
void nso_prox(struct nso_oracle *f, double t, const double *v, double *p);

/* The saddle form f(x) = g(x) + h(Kx), K with nso_rows(f) rows; needs NSO_SADDLE. Kx costs one
 * forward, K'y one back, the two prox calls one prox and one dual prox, each counted apart.
 * nso_operator_norm: a bound of |K| from above, not counted. */
size_t nso_rows(const struct nso_oracle *f);
double nso_operator_norm(const struct nso_oracle *f);
void nso_forward(struct nso_oracle *f, const double *x, double *y); /* y = Kx */
void nso_back(struct nso_oracle *f, const double *y, double *x);    /* x = K'y */
/* p = argmin_u g(u) + |u - v|^2/(2t), and the same of h*, the conjugate of h; p may be v. */
void nso_prox_primal(struct nso_oracle *f, double t, const double *v, double *p);
void nso_prox_dual(struct nso_oracle *f, double t, const double *v, double *p);

/* f*, the optimal value, NAN if unknown. Only for methods that declare NSO_OPTIMUM. */
double nso_optimum(const struct nso_oracle *f);

/* What is known of f; NAN and NULL where nothing is. Only for methods that declare what they
 * read. */
const struct nso_facts *nso_known(const struct nso_oracle *f);

/* Multiplier of the cell's step-size schedule for this step, 1 for a constant step size. */
double nso_rate(const struct nso_oracle *f);

/* The entry that is running: for optimizers that share their functions. */
const struct nso_optimizer *nso_method(const struct nso_oracle *f);

/* Number of the step that is under way: 1, 2, ... */
size_t nso_step(const struct nso_oracle *f);

/* Share of the terms in one sample: batch/terms, 1 for the whole function. */
double nso_share(const struct nso_oracle *f);

/* Nonzero when the budget is spent: a method that loops inside one step must then return. */
int nso_spent(const struct nso_oracle *f);

/* The method's own random stream; reproducible, and apart from the stream of the samples. */
gsl_rng *nso_rng(const struct nso_oracle *f);

/* Value of the method's trace column i (0 <= i < number of columns) at this step. */
void nso_report(struct nso_oracle *f, size_t i, double value);

/* ------------------------------------------------------------------ optimizers ---------------- */

/* What a method needs from a problem; a cell whose problem does not offer it is skipped. */
enum {
	NSO_SUBGRADIENT = 1 << 0,
	NSO_VALUE = 1 << 1,
	NSO_PROX = 1 << 2,       /* f = s + h: nso_smooth and nso_prox */
	NSO_OPTIMUM = 1 << 3,    /* f*, unless the method's option f_star holds a number */
	NSO_BOUND = 1 << 4,      /* a lower bound of f (its option gives one; a fair mark, never
				    skipped) */
	NSO_MINIMIZER = 1 << 5,  /* the solution itself: only for the cheating baseline */
	NSO_SMOOTHNESS = 1 << 6, /* L, unless the method's option lr holds a number */
	NSO_CONVEX_ONLY = 1 << 7, /* theory asks for convexity; a mark, never skipped */
	NSO_RANDOM = 1 << 8,      /* draws from nso_rng: its runs differ by seed */
	NSO_SADDLE = 1 << 9       /* f = g + h(K.): nso_forward and its kin */
};

struct nso_optimizer {
	const char *name;      /* kebab-case, as typed: "s-adam" */
	const char *title;     /* as in a legend: "S-Adam" */
	const char *reference; /* "Xu et al. 2026, arXiv:2605.29547" */
	const char *rule;      /* the update in one line of plain text */
	const char *cost;      /* per step in oracle calls: "1 subgradient + k values" */
	const char *group;     /* adaptive | momentum | subgradient | polyak | sam | proximal |
				  parameter-free | nonsmooth | wrapped | baseline */
	unsigned needs;
	const struct nso_option *options;
	const char *const *columns; /* names of its trace columns, NULL-terminated, or NULL */
	/* A new state for a run that starts at x, or NULL when memory is short. May call the
	 * oracle. */
	void *(*init)(struct nso_oracle *f, const double *opt, const double *x);
	/* One iteration: reads and writes x. Allocates nothing. */
	enum nso_status (*step)(void *state, struct nso_oracle *f, double *x);
	void (*free)(void *state); /* accepts NULL */
	/* Why these options do not go together, as the end of a sentence; NULL: they do. Asked
	 * before anything runs; the member may be NULL. */
	const char *(*refuses)(const double *opt);
};

/* ------------------------------------------------------------------ problems ------------------ */

enum { /* traits */
	NSO_CONVEX = 1 << 0,
	NSO_WEAKLY_CONVEX = 1 << 1,
	NSO_SMOOTH = 1 << 2,
	NSO_SHARP = 1 << 3, /* f - f* >= mu dist(x, X*), at least near X* */
	NSO_PL = 1 << 4,    /* |grad f|^2 >= 2 mu (f - f*) */
	NSO_STRONGLY_CONVEX = 1 << 5,
	NSO_POLYHEDRAL = 1 << 6,
	NSO_FINITE_MAX = 1 << 7,
	NSO_STOCHASTIC = 1 << 8,  /* a mean of terms: mini-batches make sense */
	NSO_UNBOUNDED = 1 << 9,   /* unbounded below; the optimum is a local one */
	NSO_KINK_START = 1 << 10, /* not differentiable at the standard start */
	NSO_NETWORK = 1 << 11,
	NSO_QUANTISED = 1 << 12, /* straight-through: g is not the gradient of the value */
	NSO_PLANTED = 1 << 13, /* the solution is known because the data was built around it */
	NSO_RANDOM_START = 1 << 14 /* start draws from its stream: runs differ by seed */
};

enum { /* what instances >= 1 change; instance 0 is the textbook problem */
	NSO_SHIFTED = 1 << 0, /* the harness moves the minimizer: f(x - s) */
	NSO_ROTATED = 1 << 1, /* and turns the axes: f(Q(x - s)) */
	NSO_REDRAWN = 1 << 2  /* make draws other data from its random stream */
};

/* Filled by make. The harness sets every number to NAN or 0 and traits to the problem's first.
 */
struct nso_problem;
struct nso_facts {
	size_t n;                /* dimension; must be set */
	size_t terms;            /* number of terms of a finite sum, 0 if none */
	double optimum;          /* f*, best known value */
	double optimum_error;    /* f* is right to within this (absolute) */
	const double *minimizer; /* one minimizer, length n, owned by the problem, or NULL */
	double lipschitz;        /* |f(x) - f(y)| <= G |x - y| */
	double smoothness; /* L of the gradient (of the smooth part where there is a prox) */
	double convexity;  /* mu of strong convexity */
	double pl;         /* mu of Polyak-Lojasiewicz: |grad f|^2 >= 2 mu (f - f*) */
	double sharpness;  /* mu: f - f* >= mu dist(x, X*) */
	double weak_convexity; /* rho: f + rho/2 |x|^2 is convex */
	unsigned traits;
	size_t blocks;            /* parameter tensors of a network; 0 or 1: one vector */
	const size_t *block_ends; /* end of each block, the last is n; owned by the problem */
	char why[240]; /* why make returned NULL: what was found, what was expected; after
			* success what a reader of the record should know, or "" */
	double term_smoothness; /* L of every term of a finite sum (L_max) */
	/* Rows of each block that is a matrix, stored row by row; 0: a vector. NULL: all are
	 * vectors. */
	const size_t *block_rows;
	const struct nso_problem
		*problem; /* the entry that is made: for those that share their make */
};

/*
 * Receiver of a Clarke subdifferential in the form  base + sum_b S_b,  each summand S_b one of
 *   hull      conv of its rows                          (a finite max; |t| is the hull of +-1)
 *   ball      { sum_a u_a row_a : |u| <= 1 }            (a norm at its kink)
 *   spectral  { sum_{a<=b} W_ab row_ab : W psd, tr W = 1 }, rows (1,1) (1,2) .. (1,r) (2,2) ..,
 *             the off-diagonal rows already doubled     (a maximum eigenvalue of multiplicity
 * r) A row is the window first .. first+len of a vector of length n and zero elsewhere; it
 * comes zeroed and is valid until the next call. Before any summand it is a window of the base
 * itself, which accumulates: write it with +=.
 */
struct nso_pieces;
void nso_hull(struct nso_pieces *out);
void nso_ball(struct nso_pieces *out);
void nso_spectral(struct nso_pieces *out, size_t r);
double *nso_row(struct nso_pieces *out, size_t first, size_t len);

/*
 * A game: x falls into one block for each player, and each has a loss of its own. The harness
 * runs one instance of the optimizer for each player; in one step of the run every player has
 * its turns, the last player first, and sees its own block and loss alone, the others held
 * fixed.
 */
struct nso_game {
	size_t players;
	void (*block)(const void *self, size_t player, size_t *first,
		size_t *len);                             /* its part of x */
	size_t (*turns)(const void *self, size_t player); /* its steps in a round */
	/* The player's loss at x (length n), mean over k terms or all of them (terms NULL); g
	 * != NULL: a subgradient with respect to its block (length len). */
	double (*loss)(const void *self, size_t player, size_t k, const size_t *terms,
		const double *x, double *g);
	void (*settle)(
		const void *self, size_t player, double *x); /* after its turn: clip; or NULL */
};

/* f(x) = g(x) + h(Kx), all of it convex: see nso_forward. All members are given. */
struct nso_saddle {
	size_t (*rows)(const void *self); /* of K, at least 1 */
	double (*norm)(const void *self); /* |K| <= norm */
	void (*forward)(const void *self, const double *x, double *y);
	void (*back)(const void *self, const double *y, double *x);
	void (*primal)(
		const void *self, double t, const double *v, double *p);      /* prox of t g */
	void (*dual)(const void *self, double t, const double *v, double *p); /* prox of t h* */
};

struct nso_problem {
	const char *name, *title, *reference;
	const char *formula; /* f(x) in one line of plain text */
	const char *group;   /* small | minimax | large | test29 | analytic | weakly-convex |
				learning | pl | smooth | network */
	unsigned traits;
	unsigned instances;               /* what instances >= 1 change */
	const struct nso_option *options; /* the dimension is an option like any other: n */
	/* One instance. rng is the stream of the data; NULL and facts->why on failure. */
	void *(*make)(const double *opt, gsl_rng *rng, struct nso_facts *facts);
	/* The standard start in x (length n); draws from rng only where the start is random. */
	void (*start)(const void *self, gsl_rng *rng, double *x);
	/* f(x); g != NULL: one Clarke subgradient too. */
	double (*eval)(const void *self, const double *x, double *g);
	/* Mean over k terms (numbers in terms[], repetitions allowed), like eval; or NULL. */
	double (*batch)(
		const void *self, size_t k, const size_t *terms, const double *x, double *g);
	/* Before each step of a sampled run: draw what else is random (dropout mask); or NULL.
	 */
	void (*draw)(void *self, gsl_rng *rng);
	/* f = s + h: value and gradient of s, and the prox of t h; both or neither. */
	double (*smooth)(const void *self, const double *x, double *g);
	void (*prox)(const void *self, double t, const double *v, double *p);
	/* The Clarke subdifferential, pieces active within tol (absolute, in units of f); or
	 * NULL. */
	void (*pieces)(const void *self, const double *x, double tol, struct nso_pieces *out);
	/* What users judge by, named score_name ("test accuracy", "distance to solution"); or
	 * NULL. */
	double (*score)(const void *self, const double *x);
	const char *score_name;
	void (*free)(void *self); /* accepts NULL */
	const struct nso_game
		*game; /* several players; or NULL. eval is then what the trace shows */
	const struct nso_saddle *saddle; /* or NULL; since NSO_ABI 3 */
};

/* ------------------------------------------------------------------ numerical kernels --------- */

/*
 * Least-norm point of conv{G_0 .. G_{m-1}}, rows of length n (Wolfe 1976). alloc makes the
 * workspace for up to `most` rows, NULL when memory is short. solve writes w (length n) and the
 * weights lambda (length m, may be NULL), returns |w| and in *lower (may be NULL) the
 * certificate max(0, min_i <g_i, w>/|w|):  lower <= dist(0, conv G) <= |w|. Allocates nothing.
 */
struct nso_minnorm;
struct nso_minnorm *nso_minnorm_alloc(size_t most, size_t n);
double nso_minnorm_solve(struct nso_minnorm *s, size_t m, const double *G, double *w,
	double *lambda, double *lower);
/* The same with a linear term: minimises |w|^2/2 + sum_i a_i lambda_i, w = sum_i lambda_i g_i,
 * over the simplex; a bundle method's dual. Returns the minimum; *gap (may be NULL): it is
 * right to within. */
double nso_minnorm_shifted(struct nso_minnorm *s, size_t m, const double *G, const double *a,
	double *w, double *lambda, double *gap);
/* From now on the tasks of nso_minnorm_shifted follow each other, as those of a bundle method
 * do: products of rows that stay are kept, so that one new row costs m n, and lambda, which may
 * not be NULL, is also where to start: weights >= 0, zero for new rows. -1: out of memory. */
int nso_minnorm_follow(struct nso_minnorm *s);
void nso_minnorm_free(struct nso_minnorm *s);

/* n independent standard normal numbers; blockwise, several times faster than one by one. */
void nso_normal(gsl_rng *rng, size_t n, double *x);

/* Path of a data file: tries name as it is, then under the data folder, each also with ".gz".
 * Writes the path to out (size bytes); -1 where there is none, with the places tried in out. */
int nso_data_path(const char *name, char *out, size_t size);

/* ------------------------------------------------------------------ plug-ins ------------------ */

/*
 * A shared object may export several entries as `nso_plugin` (lists end with NULL); without it
 * the loader looks for nso_optimizer_FILE and nso_problem_FILE, FILE being the file's base
 * name.
 */
struct nso_plugin {
	const struct nso_problem *const *problems;
	const struct nso_optimizer *const *optimizers;
};

#ifdef __cplusplus
}
#endif
#endif
