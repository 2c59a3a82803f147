/* analysis.h -- from records to a verdict: what the parts of the analysis know of each other.
 * The analysis reads files that the harness wrote, or that other people's programs wrote. */
#ifndef ANALYSIS_H
#define ANALYSIS_H

#include <cjson/cJSON.h>
#include "cmd.h"
#include "core.h"

/* ------------------------------------------------------------------ arena.c ------------------- */

/* Memory that lives as long as its owner and is freed at once; an interned text exists once, so
 * that texts are equal exactly when their pointers are. */
struct arena {
	struct chunk *chunk;
	struct interned **slot;
	size_t slots, texts;
};
void *arena_take(struct arena *a, size_t bytes); /* zeroed, aligned for double; NULL: no memory */
const char *arena_text(struct arena *a, const char *text, size_t length);
/* The number stored with an interned text, (size_t)-1 at first. */
size_t *arena_mark(struct arena *a, const char *interned);
char *arena_print(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *a);

/* ------------------------------------------------------------------ records.c ----------------- */

enum { RUN_SCHEMA_MAJOR = 1 };

/* A curve: length x width numbers, NAN where nothing is known. x has width n. */
struct curve {
	const char *name;
	size_t width;
	double *v;
};

/* What one run left. Unknown numbers are NAN, unknown texts "". */
struct run {
	size_t problem, method; /* index into the lists of struct records */
	double place;           /* of its cell in the plan, NAN unknown */
	const char *key, *status, *reason;
	int instance;
	long long seed;
	double n, optimum, start, f, gap, best, best_gap;
	double steps, value, subgradient, prox; /* counts */
	double work; /* in passes over the whole function: counts times batch/terms */
	double wall, cpu; /* seconds */
	double budget, budget_steps, budget_seconds;
	size_t length, columns;
	struct curve *column;
};

/* A problem (with its options and its sample) or a method (optimizer, options, schedule, average). */
struct entry {
	const char *name, *title;
	const char *options; /* "lr=0.1,momentum=0.9" */
	const char *label;   /* title and the options that tell it from its like: unique in its list */
	const char *mark;    /* what it gets that others do not: "f*", "L"; "" if nothing */
	size_t pairs;
	const char **pair; /* name, value, name, value ...: the options, interned */
	double n, optimum; /* of a problem */
	double order;      /* least number of a cell: the order of the suite, not of the workers */
	const char *traits;
};

struct records {
	char *folder;
	const char *tag; /* what is read while this is set gets it as option `from` of its methods */
	struct run *run;
	size_t runs, run_room;
	struct entry *problem, *method;
	size_t problems, problem_room, methods, method_room;
	cJSON *manifest; /* NULL if there is none */
	const char **warning;
	size_t warnings, warning_room;
	struct arena arena;
};

/* Adds the runs in a folder (manifest.json, runs.jsonl or runs.jsonl.gz) or in one such file.
 * What other programs wrote is survived where it can be: unknown fields, missing columns, a torn
 * last line, keys that come twice (the later counts) end in a warning; another MAJOR is refused. */
int records_read(struct records *r, const char *folder, struct why *why);
/* Lists of problems and methods in the order of the plan: workers end their cells in any order. */
int records_order(struct records *r); /* -1: no memory */
/* Keeps the runs on the first `problems` problems, and the methods that have such; -1: no memory. */
int records_keep(struct records *r, size_t problems);
int records_labels(struct records *r); /* after the last read; -1: no memory */
void records_free(struct records *r);
int records_warn(struct records *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The column, NULL where the run has none of that name. */
const struct curve *run_column(const struct run *run, const char *name);
const char *entry_option(const struct entry *e, const char *name); /* its value as text, or NULL */

/* ------------------------------------------------------------------ study.c ------------------- */

/* What a call costs: counts weighed, or steps, or seconds. */
struct cost {
	enum { COST_CALLS, COST_STEPS, COST_SECONDS } kind;
	double value, subgradient, prox;
	char title[120]; /* for an axis: "cost (values + subgradients + prox calls)" */
};
int cost_parse(struct cost *c, const char *text, struct why *why); /* "value=1,prox=2", "steps" */

/* A run as the analysis sees it: best gap so far, relative to max(1, |f*|), against cost. */
struct track {
	const struct run *run;
	size_t length;
	double *cost, *gap; /* gap never rises, NAN before the first finite value */
	double spent;       /* cost of the whole run */
	double limit;       /* cost that it was allowed; NAN unknown */
	double scale;       /* max(1, |f*|) */
	int skipped;        /* not run: the problem does not offer what the method needs */
};

struct study {
	struct records *r;
	struct cost cost;
	double target; /* relative gap that counts as solved: no credit beyond it */
	struct track *track;
	size_t tracks;
	struct track **of;  /* the tracks sorted by problem, method, instance, seed */
	size_t *first;      /* problem p, method m: of[first[p*methods + m]] .. before the next */
	int guessed;        /* problems without known f*: the best value found stands for it */
};
int study_make(struct study *s, struct records *r, const struct cost *cost, double target,
	struct why *why);
void study_free(struct study *s);
/* The runs of a method on a problem, skipped ones left out; returns how many, *list borrowed. */
size_t study_runs(const struct study *s, size_t problem, size_t method, struct track *const **list);
double track_hit(const struct track *t, double target);  /* cost to it, INFINITY if never reached */
double track_at(const struct track *t, double cost);     /* gap after this cost, NAN before any */
size_t track_index(const struct track *t, double cost); /* how many trace points cost at most this */
double column_at(const struct curve *c, size_t i); /* NAN past it; the value of [delta, value, m] */
double track_last(const struct track *t, const char *column); /* last known number of a column */
double track_final(const struct track *t);               /* last gap, INFINITY if there is none */

/* ------------------------------------------------------------------ statistics.c -------------- */

/* Sorts v in place, NAN last, and returns how many numbers are no NAN. */
size_t sort_numbers(double *v, size_t count);
/* Quantile of sorted numbers, linear between order statistics (type 7 of Hyndman, Fan 1996);
 * infinite ones keep their place. NAN where count is 0. */
double quantile(const double *sorted, size_t count, double p);

/* ------------------------------------------------------------------ profile.c ----------------- */

/* Expected running time to a target: all cost spent over the number of runs that reached it;
 * INFINITY if none did. A run that fails has spent all it was given (Hansen et al. 2009). */
struct ert {
	double value;
	size_t runs, hits;
};
struct ert expected_cost(struct track *const *list, size_t count, double target);

/* ------------------------------------------------------------------ table.c ------------------- */

/* A table that prints as text, CSV, JSON and HTML. Cells come row by row. */
enum { WIDE = 64 }; /* added to digits: only in CSV and JSON */
struct head {
	const char *name, *key; /* as printed; as in CSV and JSON */
	int digits;             /* significant digits in print; 0: a text */
};
struct field {
	const char *text; /* NULL: the number */
	double v;
};
struct table {
	const char *title;
	const struct head *head; /* ends with a NULL name */
	size_t columns, cells, room;
	struct field *cell;
	int lost; /* memory was short */
};
void table_start(struct table *t, const char *title, const struct head *head);
void table_text(struct table *t, const char *text); /* borrowed */
void table_number(struct table *t, double v);
void table_free(struct table *t);
void table_print(const struct table *t, FILE *out);
void table_csv(const struct table *t, FILE *out, int first); /* first: with the line of names */
void table_json(const struct table *t, FILE *out);
void table_html(const struct table *t, FILE *out);
void print_html(FILE *out, const char *text); /* text, escaped */
void print_json(FILE *out, const char *text); /* text in quotes, escaped */

/* ------------------------------------------------------------------ scan.c -------------------- */

/* Numbers of a JSON text, several times faster than through a tree. Each takes the place where it
 * reads and returns the place behind what it read, NULL where the text is not as expected. */
const char *scan_space(const char *p);
const char *scan_text(const char *p, const char **text, size_t *length); /* raw, escapes kept */
const char *scan_value(const char *p);                                   /* over any value */
/* Array of numbers and nulls, or of such arrays of one width: appended to *v (malloc'ed). */
struct numbers {
	double *v;
	size_t count, room, rows, width;
	int odd; /* not a rectangle of numbers: to be ignored */
};
const char *scan_numbers(const char *p, struct numbers *out);

/* ------------------------------------------------------------------ figure.c ------------------ */

/* All pictures of one call: each is name.gp (runs by hand), name.dat and one file a format. One
 * gnuplot process draws them all. */
struct figures {
	const char *folder;
	const char *formats; /* "png svg"; "dumb" draws on the terminal */
	char **name;
	size_t count, room;
};
struct figure {
	struct figures *of;
	char name[80];
	FILE *gp, *dat;
	size_t blocks; /* curves in the data so far */
	int lost;
};
int figures_open(struct figures *fs, const char *folder, const char *formats, struct why *why);
int figure_begin(struct figure *f, struct figures *fs, const char *name, struct why *why);
void figure_number(struct figure *f, const char *name, double v);
void figure_text(struct figure *f, const char *name, const char *text);
/* name[1..count] = text(i, data) */
void figure_texts(struct figure *f, const char *name, size_t count, const char *(*text)(size_t, void *),
	void *data);
void figure_numbers(struct figure *f, const char *name, size_t count, const double *v);
void figure_row(struct figure *f, size_t count, const double *v); /* one line of the data */
void figure_block(struct figure *f); /* ends a curve; its number is f->blocks before the call */
/* Adds the template plots/TEMPLATE.gp; the picture is drawn by figures_draw. */
int figure_end(struct figure *f, const char *template, struct why *why);
/* 0; -1: gnuplot is missing or failed, scripts and data stay. */
int figures_draw(struct figures *fs, struct why *why);
void figures_free(struct figures *fs);

/* ------------------------------------------------------------------ pictures ------------------ */

struct pictures {
	const struct study *s;
	struct figures *fs;
	double floor;       /* smaller gaps are drawn at it */
	const char *column; /* of the trace, for kinds that show one */
};
/* Each draws its kind into one or several pictures; those without data for it draw none. */
int draw_convergence(const struct pictures *p, struct why *why);
int draw_stationarity(const struct pictures *p, struct why *why);

/* ------------------------------------------------------------------ command.c ----------------- */

/* Reads a folder and makes a study of it; warnings go to stderr. */
int open_study(struct study *s, struct records *r, const char *folder, const struct cost *cost,
	double target, struct why *why);

#endif
