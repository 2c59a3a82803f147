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
void unknown_name(const char *kind, const char *name, struct why *why); /* "problem", "optimizer" */

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

#endif
