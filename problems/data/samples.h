/* samples.h -- rows of numbers, with a target each, read from CSV or from LIBSVM's format
 * (Chang, Lin 2011). The readers work on bytes in memory, so that they can be fuzzed; a refusal
 * names the file, the line and the column or word, what was found, what was expected, and the
 * option that helps. */
#ifndef DATA_SAMPLES_H
#define DATA_SAMPLES_H

#include "../rows.h"
#include "file.h"

/* How a file is to be read; zeroed: found out by looking. */
enum { HEADER_AUTO, HEADER_YES, HEADER_NO };
enum { SEPARATOR_AUTO, SEPARATOR_COMMA, SEPARATOR_SEMICOLON, SEPARATOR_TAB, SEPARATOR_SPACE };
enum { DECIMAL_POINT, DECIMAL_COMMA };
enum { INDEX_ONE, INDEX_ZERO };
struct how {
	const char
		*target; /* of CSV: a column's name or its number from 1; none; "": the last */
	int header, separator, decimal, index;
	int signal; /* a target without other columns will do */
};

/* The options of a problem that reads files, behind its option data; at: the first's place. */
enum { HOW_TARGET, HOW_HEADER, HOW_SEPARATOR, HOW_DECIMAL, HOW_INDEX, HOW_OPTIONS };
extern const char *const how_headers[], *const how_separators[];
extern const char *const how_decimals[], *const how_indices[];
/* clang-format off */
#define HOW_OPTIONS_AT(at) \
	[(at) + HOW_TARGET] = { "target", 0, 0, 1e9, \
		"target's column in CSV: name, number from 1, or none; the last by default", \
		nso_any_text, "nsobench", NSO_LATER }, \
	[(at) + HOW_HEADER] = { "header", 0, 0, 2, \
		"CSV: line 1 names the columns; auto: when none of its fields is a number", \
		how_headers, "nsobench", NSO_LATER }, \
	[(at) + HOW_SEPARATOR] = { "separator", 0, 0, 4, \
		"CSV: between fields; auto: tab, semicolon or comma, as line 1 has it", \
		how_separators, "nsobench", NSO_LATER }, \
	[(at) + HOW_DECIMAL] = { "decimal", 0, 0, 1, "CSV: decimal sign", how_decimals, \
		"nsobench", NSO_LATER }, \
	[(at) + HOW_INDEX] = { "index", 0, 0, 1, "LIBSVM: number of the first column", \
		how_indices, "Chang, Lin 2011", NSO_LATER }
/* clang-format on */
struct how how_from(const double *opt, size_t at);

enum { MOST_WORDS = 1000, WORD_ROOM = 256 };
struct samples {
	struct rows a; /* dense from CSV, sparse from LIBSVM */
	double *y;     /* m targets; NULL without a target */
	size_t words;  /* a target of words: y counts in word[], which ascends; 0: numbers */
	char **word;
	uint64_t hash;   /* of the text */
	char said[320];  /* what was taken for what: header, separator, target */
	char path[4096]; /* where it was found */
};
void samples_free(struct samples *s);

int read_csv(struct samples *s, const struct file *f, struct how how, struct reason why);
int read_libsvm(struct samples *s, const struct file *f, struct how how, struct reason why);

/* The file `name` by its ending: .csv and .tsv, else LIBSVM's format; each plain or with .gz.
 */
int samples_read(struct samples *s, const char *name, struct how how, struct reason why);
/* Nonzero where the name ends in `end` or in `end` and .gz. */
int ends_in(const char *name, const char *end);
/* Sparse rows become dense; -1 and why beyond 2^28 numbers. */
int samples_dense(struct samples *s, struct reason why);

/* ------------------------------------------------------------------ labels.c
 * ------------------ */

/* The different targets, ascending, in a new array of *count; NULL when memory is short. */
double *labels_different(const double *y, size_t m, size_t *count);
/* Whole numbers or words: what names classes. */
int labels_whole(const struct samples *s);
/* Targets become classes 0, 1, ... in ascending order of the labels. -1 and why where they are
 * no labels, or more than 65535. */
int labels_classes(struct samples *s, size_t *classes, struct reason why);
/* Of two labels the smaller becomes -1, the larger 1; else -1 and why, with the labels found.
 */
int labels_two(struct samples *s, struct reason why);
/* The labels and how often each occurs, or the range of the targets, in one line. */
void labels_describe(const struct samples *s, char *out, size_t size);

/* ------------------------------------------------------------------ standardise.c
 * ------------- */

/* Mean and deviation of v_i = first[i stride] in two passes, exact to rounding for any shift
 * and scale; a constant column has the deviation 1. */
void column_moments(
	const double *first, size_t stride, size_t m, double *mean, double *deviation);

/* A fixed order of the rows in which every beginning has the classes in nearly the same shares:
 * the first row of every class comes early. label NULL: one class. -1 when memory is short. */
int stratified_order(const uint16_t *label, size_t classes, size_t m, size_t *order);

#endif
