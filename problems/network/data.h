/* data.h -- data sets of networks: readers of pictures and texts, embedded generators, writers;
 * tables come from ../data. Every reader works on bytes in memory, so that it can be fuzzed; a
 * refusal names the file, the place, what was found and what was expected. */
#ifndef NETWORK_DATA_H
#define NETWORK_DATA_H

#include "../data/samples.h"
#include "network.h"

/* What a data set is asked for; 0: as many as there are (files) or as is usual (generators). */
struct wish {
	size_t train, test;
	size_t steps;   /* length of a text's windows */
	double noise;   /* of spirals and blobs; negative: the usual one */
	struct how how; /* to read a table */
};

/* The data set `name`: glyphs, glyphs-rgb, spirals, blobs, grammar; mnist, fashion-mnist,
 * cifar-10, cifar-100 (folders under the data folder); else a file, by its ending .csv, .tsv or
 * .txt, any other in LIBSVM's format; each plain or with .gz. Standardised. -1 and why on
 * failure (d is cleared). Rows of one table are split four to one in a fixed order, with every
 * class in both parts. */
int dataset_load(
	struct dataset *d, const char *name, struct wish wish, gsl_rng *rng, struct reason why);
/* As above, but as it comes: bytes without mean and scale, numbers not standardised. */
int dataset_raw(
	struct dataset *d, const char *name, struct wish wish, gsl_rng *rng, struct reason why);

/* A new network with its data standardised and no layers yet; NULL and facts->why on failure.
 */
struct network *network_with_data(
	const char *name, struct wish wish, gsl_rng *rng, struct nso_facts *facts);

/* ------------------------------------------------------------------ building ------------------ */

/* Room for `more` rows behind those there are; what a row holds is set in shape, classes,
 * targets and `bytes` (nonzero: rows are bytes). Zeroed. -1 when memory is short. */
int dataset_grow(struct dataset *d, size_t more, int bytes);
/* The first `train` rows to train, the rest to test; keeps at most wish.train and wish.test. */
void dataset_split(struct dataset *d, size_t train, struct wish wish);

/* ------------------------------------------------------------------ files --------------------- */

/* Each appends the rows of one file to d (which is empty or of the same kind before). */
int read_idx_images(struct dataset *d, const struct file *f, struct reason why);
int read_idx_labels(struct dataset *d, const struct file *f, size_t first, struct reason why);
int read_cifar(struct dataset *d, const struct file *f, int fine, struct reason why);
int read_text(struct dataset *d, const struct file *f, size_t steps, struct reason why);

/* MNIST's and CIFAR's files in the folders that they are unpacked to. */
int load_mnist(struct dataset *d, const char *name, struct wish wish, struct reason why);
int load_cifar(struct dataset *d, const char *name, struct wish wish, struct reason why);
/* A CSV or LIBSVM file; with NAME.t beside the latter, that is the test part. */
int load_table(struct dataset *d, const char *name, struct wish wish, struct reason why);

/* ------------------------------------------------------------------ generators ---------------- */

int make_glyphs(struct dataset *d, struct wish wish, gsl_rng *rng);
int make_glyphs_rgb(struct dataset *d, struct wish wish, gsl_rng *rng);
int make_spirals(struct dataset *d, struct wish wish, gsl_rng *rng);
int make_blobs(struct dataset *d, struct wish wish, gsl_rng *rng);
int make_grammar(struct dataset *d, struct wish wish, gsl_rng *rng);

/* ------------------------------------------------------------------ writers ------------------- */

/* Under the folder, with the usual names: idx (one channel), cifar (32 x 32 x 3), csv
 * (numbers). */
int write_data(
	const struct dataset *d, const char *format, const char *folder, struct reason why);

#endif
