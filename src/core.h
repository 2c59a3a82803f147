/* core.h -- what the parts of the harness know of each other. Plug-ins see only nsobench.h. */
#ifndef CORE_H
#define CORE_H

#include <stdio.h>
#include "nsobench.h"

/* ------------------------------------------------------------------ reasons ------------------- */

/* Functions that meet the outside world return -1 (or NULL) and leave one sentence in why. */
struct why {
	char text[640];
};
int fail(struct why *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ------------------------------------------------------------------ option.c ------------------ */

size_t option_count(const struct nso_option *table);
void option_defaults(const struct nso_option *table, double *value);
/* Sets one option from text ("0.01", "off", "auto", a file); owner ("adam") is for the message. */
int option_set(const struct nso_option *table, const char *owner, const char *name, const char *text,
	double *value, struct why *why);
/* "lr=0.1,k=4" over what value[] holds. */
int option_parse(const struct nso_option *table, const char *owner, const char *text, double *value,
	struct why *why);
/* The value as users type it: a word, a text, or the shortest decimal that reads back the same. */
void option_print(const struct nso_option *option, double value, char *out, size_t size);
int option_is_text(const struct nso_option *option);
/* Index of the option, -1 if there is none of that name. */
int option_find(const struct nso_option *table, const char *name);
/* The name nearest to what was typed (edit distance, at most a third of it wrong), or NULL. */
const char *nearest(const char *typed, const char *const *names, size_t count);
/* Shortest decimal of up to 17 digits that reads back to the same double; "null" if not finite. */
int print_double(char *out, size_t size, double v);
int parse_double(const char *text, double *v); /* whole text, C locale, finite or inf/nan; 0 or -1 */

/* ------------------------------------------------------------------ registry.c ---------------- */

const struct nso_problem *problem_at(size_t i); /* NULL past the end */
const struct nso_optimizer *optimizer_at(size_t i);
const struct nso_problem *problem_find(const char *name); /* NULL if unknown */
const struct nso_optimizer *optimizer_find(const char *name);
int plugin_load(const char *path, struct why *why);
void unknown_name(const char *kind, const char *name, struct why *why); /* "problem", "optimizer", "problem or optimizer" */

/* ------------------------------------------------------------------ random.c ------------------ */

extern const gsl_rng_type *const xoshiro256ss; /* 64-bit seed through splitmix64 */
uint64_t hash_text(uint64_t h, const char *text); /* FNV-1a, finalised by the user of it */
uint64_t hash_bits(uint64_t h, uint64_t bits);
uint64_t hash_double(uint64_t h, double v);
#define HASH_START UINT64_C(0xcbf29ce484222325)
gsl_rng *stream(uint64_t key); /* a new generator; NULL when memory is short */
void stream_seed(gsl_rng *rng, uint64_t key);

/* ------------------------------------------------------------------ data.c -------------------- */

void data_folder_set(const char *path); /* --data DIR; kept, not copied */

/* ------------------------------------------------------------------ pieces.c ------------------ */

enum summand { HULL, BALL, SPECTRAL };
struct nso_pieces {
	size_t n;
	double *base; /* length n */
	size_t summands, rows;
	struct { enum summand kind; size_t first, rows, order; } *summand;
	struct { size_t first, len, at; } *row; /* window and place in data */
	double *data;
	size_t summand_room, row_room, used, room;
	int overflow; /* memory or limit exceeded: what is here is not the whole set */
	double *scratch; /* where rows go after an overflow */
};
int pieces_init(struct nso_pieces *p, size_t n); /* -1 when memory is short */
void pieces_clear(struct nso_pieces *p);         /* empty again, keeps its memory */
void pieces_free(struct nso_pieces *p);
void pieces_add_row(const struct nso_pieces *p, size_t row, double *v); /* v += row, length n */
/* A sum of hulls as the hull of its vertices, one row chosen from each: how many, 0 where a summand is no
 * hull or they are more than 4,096; and vertex k in v, length n. */
size_t pieces_vertices(const struct nso_pieces *p);
void pieces_vertex(const struct nso_pieces *p, size_t k, double *v);

/* ------------------------------------------------------------------ stationarity.c ------------ */

struct instance;
/* dist(0, base + sum of the summands): returns |w| of the point w found in the set (w has length n
 * or is NULL), and in *lower (may be NULL) a certificate: lower <= dist <= |w|. NAN when p has
 * overflowed, holds NaN or Inf, or memory is short. */
double clarke(const struct nso_pieces *p, double *w, double *lower);
double clarke_tolerance(double f); /* 1e-8 (1 + |f|): which pieces count as active */
/* |w|, w the least-norm element of the hull of g(x), of g at `samples` points uniform in the ball of
 * radius delta and, for n <= 50, of g at x +- delta e_i: an upper bound of dist(0, d_delta f(x)).
 * *lower (may be NULL) bounds the distance of the sampled hull only. NAN when memory is short. */
double goldstein(const struct instance *in, const double *x, double delta, size_t samples, gsl_rng *rng,
	double *w, double *lower);
size_t goldstein_samples(size_t n); /* max(2n, 50), at most 500 */
/* Those gradients: up to sample_rows() rows of G, returns how many are finite; y is scratch (n). */
size_t sample_rows(size_t n, size_t samples);
size_t sample_gradients(const struct instance *in, const double *x, double delta, size_t samples,
	gsl_rng *rng, double *y, double *G);

/* ------------------------------------------------------------------ instance.c ---------------- */

/* One function: a problem, its options, and for instances >= 1 of textbook problems the shift
 * and the rotation (a product of Householder reflections) that the harness applies. */
struct instance {
	const struct nso_problem *problem;
	void *self;
	double opt[NSO_MAX_OPTIONS];
	int number;
	struct nso_facts facts;
	double *shift;     /* NULL: the raw function */
	double *mirror;    /* `mirrors` unit vectors, or NULL */
	size_t mirrors;
	double *minimizer; /* the shifted one; facts.minimizer points here */
	double *y, *h;     /* scratch, length n each */
	uint64_t key;      /* hash of problem, options, instance */
};
int instance_make(struct instance *in, const struct nso_problem *p, const double *opt, int number,
	struct why *why);
void instance_free(struct instance *in);
void instance_start(const struct instance *in, uint64_t seed, double *x);
double instance_eval(const struct instance *in, const double *x, double *g);
double instance_batch(const struct instance *in, size_t k, const size_t *terms, const double *x,
	double *g);
double instance_smooth(const struct instance *in, const double *x, double *g);
void instance_prox(const struct instance *in, double t, const double *v, double *p);
int instance_pieces(const struct instance *in, const double *x, double tol, struct nso_pieces *out);
double instance_score(const struct instance *in, const double *x);
unsigned instance_offers(const struct instance *in); /* bits of `needs` */

/* ------------------------------------------------------------------ schedule.c ---------------- */

enum schedule_kind { CONSTANT, INVERSE_SQRT, INVERSE, GEOMETRIC, COSINE, LINEAR, STEPWISE };
struct schedule {
	enum schedule_kind kind;
	double factor; /* geometric: per step; stepwise: per drop */
	double every;  /* stepwise: steps between drops */
	double warmup; /* steps of linear growth from 1/warmup to 1, in front of any kind */
};
int schedule_parse(const char *text, struct schedule *s, struct why *why);
void schedule_print(const struct schedule *s, char *out, size_t size);
/* Multiplier of step t = 0, 1, ...; progress in [0,1) is the share of the budget used. */
double schedule_rate(const struct schedule *s, size_t t, double progress);

/* The average of the iterates: avg += c_t (x_t - avg), t = 1, 2, ... */
enum average_kind { NO_AVERAGE, UNIFORM, LINEARLY, POLYNOMIAL, EXPONENTIAL };
struct average {
	enum average_kind kind;
	double parameter; /* polynomial: gamma; exponential: beta */
};
int average_parse(const char *text, struct average *a, struct why *why);
void average_print(const struct average *a, char *out, size_t size);
double average_weight(const struct average *a, size_t t);

/* The grid of the trace: log:N points per decade of oracle calls, all steps, or every:K steps. */
enum grid_kind { GRID_LOG, GRID_ALL, GRID_EVERY };
struct grid {
	enum grid_kind kind;
	double number;
};
int grid_parse(const char *text, struct grid *g, struct why *why);
void grid_print(const struct grid *g, char *out, size_t size);

/* ------------------------------------------------------------------ cell.c -------------------- */

enum status { /* the words of a record; the first five are enum nso_status */
	RUNNING, CONVERGED, STUCK, FAILED, DIVERGED,
	BUDGET, TARGET, CRASHED, TIMEOUT, MEMORY, INTERRUPTED, SKIPPED
};
extern const char *const status_words[];

struct budget { /* INFINITY: no such limit. Whichever is reached first ends the run. */
	double work, steps, epochs, seconds;
	double target; /* gap f - f* at which the run ends; -INFINITY: none */
};

enum { /* measures; the names stand in measure_words */
	MEASURE_CLARKE = 1 << 0, MEASURE_GOLDSTEIN = 1 << 1, MEASURE_PROX_GRADIENT = 1 << 2,
	MEASURE_MOREAU = 1 << 3, MEASURE_DIRECTIONAL = 1 << 4, MEASURE_DIAMETER = 1 << 5,
	MEASURE_LGI = 1 << 6, MEASURE_SCORE = 1 << 7
};
extern const char *const measure_words[]; /* bit i is word i; NULL-terminated */
int measures_parse(const char *text, unsigned *measures, struct why *why); /* "clarke,lgi", "none" */

/* All that determines one run. Names and tables are borrowed and live as long as the program. */
struct cell {
	size_t number;     /* place in the plan; tables keep that order, the key does not see it */
	const char *suite; /* its name, or NULL */
	const struct nso_problem *problem;
	const struct nso_optimizer *optimizer;
	double popt[NSO_MAX_OPTIONS], oopt[NSO_MAX_OPTIONS];
	int instance;
	uint64_t seed;
	size_t batch;      /* terms per step; 0: the whole function */
	int replacement;   /* terms drawn with replacement; else a reshuffled pass after the other */
	double noise;      /* standard deviation of each coordinate of the gradient noise, 0: none */
	struct schedule schedule;
	struct average average;
	struct budget budget;
	struct grid grid;
	unsigned measures;
	double goldstein_delta; /* radius, relative to max(1, |x0|_inf) */
	int goldstein_samples;  /* 0: max(2n, 50), at most 500 */
	int record_x;
};
void cell_defaults(struct cell *c);
void cell_key(const struct cell *c, char key[17]); /* 16 hex digits of the hash of all above */

/* One column of a trace. */
struct column {
	const char *name;
	double *v;
};
enum { MAX_TRACE_COLUMNS = 40 };

/* All that one run leaves. Owned by the caller of cell_run, freed by record_free. */
struct record {
	enum status status;
	char reason[320]; /* for skipped, failed, crashed ... */
	size_t n, terms;
	double optimum;
	unsigned traits;
	uint64_t steps, values, subgradients, proxes;
	double work, wall, cpu, oracle_seconds, optimizer_seconds;
	long peak_rss_kib;
	double start_f, final_f, best_f;
	double goldstein_delta; /* absolute */
	int goldstein_samples;
	size_t points, room, columns;
	struct column column[MAX_TRACE_COLUMNS];
	double *seconds;  /* of each point: outside the columns, because times differ on replay */
	double *x;        /* points x n with record_x, else NULL */
};
void record_free(struct record *r);

/* Runs the cell; the record says how it ended. -1 only when memory is short. */
int cell_run(const struct cell *c, const struct instance *in, struct record *r);
/* Why the optimizer cannot run on this problem; 0 when it can. */
int cell_lacks(const struct cell *c, const struct instance *in, char *reason, size_t size);
extern volatile int stop_request; /* set by a signal handler: runs end as interrupted */
void quiet_floats(void); /* flush denormals to zero, one BLAS thread: each worker's first act */
double seconds_now(void); /* monotonic */

/* ------------------------------------------------------------------ oracle.c ------------------ */

struct timing {
	uint64_t timed;
	double seconds;
};

struct nso_oracle {
	const struct instance *in;
	double (*eval)(const void *self, const double *x, double *g); /* the direct road, or NULL */
	const void *self;
	size_t n;
	uint64_t values, subgradients, proxes;
	uint64_t countdown;      /* calls until the next one that is timed */
	double best, ceiling;    /* least value seen; above the ceiling (or NaN) alarm is set */
	double next_target;      /* a value below this sets hit */
	int alarm, hit, exact;   /* exact: answers are of f itself, not of a sample */
	double call_limit, deadline, share;
	size_t step;
	double rate;
	size_t batch;
	int replacement;
	size_t *terms, *order, at; /* the sample; the permutation of a pass and the place in it */
	double noise, *xi;
	gsl_rng *sample, *method;
	double reported[NSO_MAX_COLUMNS];
	struct timing timing[3];
	double clock_cost;
};
int oracle_init(struct nso_oracle *f, const struct cell *c, const struct instance *in);
void oracle_free(struct nso_oracle *f);
void oracle_draw(struct nso_oracle *f); /* the sample of the next step */
double oracle_seconds(const struct nso_oracle *f);
static inline uint64_t oracle_calls(const struct nso_oracle *f)
{
	return f->values + f->subgradients + f->proxes;
}

#endif
