/* network.h -- networks as problems: the plan of the layers, the data, the arithmetic. A plan
 * is plain data; the arithmetic (layers.inc, pass.inc) is compiled twice, in float and in
 * double. */
#ifndef NETWORK_H
#define NETWORK_H

#include "nsobench.h"

enum { MOST_LAYERS = 24, MOST_BLOCKS = 3 * MOST_LAYERS };

/* One row of data or of activations; channels vary fastest. A sequence is height x 1 x
 * channels. */
struct shape {
	size_t height, width, channels;
};

static inline size_t shape_size(struct shape s) { return s.height * s.width * s.channels; }

/* ------------------------------------------------------------------ data ---------------------- */

/* Rows are bytes (images) or numbers, never both; a text is one run of symbols, cut in windows.
 */
struct part {
	size_t rows;
	const uint8_t *bytes;
	const double *numbers;
	const uint16_t *labels; /* below classes; NULL for regression and text */
	const double *values;   /* targets of a regression, `targets` a row */
};

struct dataset {
	struct shape shape;
	size_t classes, targets;  /* one of them is 0 */
	int text;                 /* row r: symbols r T .. r T + T, next symbols as targets */
	double mean[4], scale[4]; /* of bytes: (byte - mean[c]) scale[c], by channel */
	struct part train, test;
	/* all rows, the training rows first; the parts are views of them */
	size_t rows, room;
	uint8_t *bytes;
	double *numbers;
	uint16_t *labels;
	double *values;
	char symbols[256]; /* of a text: the character of each symbol */
	char said[320];    /* what of a file was taken for what, or "" */
	char target[320];  /* its labels or numbers in a line, or "" */
	char note[240];    /* what a reader of results should know, or "" */
};

void dataset_clear(struct dataset *d);
/* Standardises with the mean and deviation of the training part; constants are left alone. */
void dataset_standardise(struct dataset *d);

/* ------------------------------------------------------------------ plan ---------------------- */

enum layer_kind {
	DENSE,
	CONVOLUTION,
	MAX_POOL,
	AVERAGE_POOL,
	RELU,
	LEAKY_RELU,
	ABSOLUTE,
	HARD_TANH,
	MAXOUT,
	BATCH_NORM,
	DROPOUT,
	LSTM,
	LAYER_KINDS
};
enum loss_kind { CROSS_ENTROPY, SQUARED, HINGE, AVERAGE /* the one output itself */ };

/* q(x) = clamp(round(x s), low, high)/s, s = scale/(max|x| + 1e-5), halves to even; backward
 * the identity (straight-through). Xu et al. 2026, code. scale 0: not quantised. */
struct quantiser {
	double scale, low, high;
};

struct layer {
	enum layer_kind kind;
	size_t units; /* of dense, channels of a convolution, pieces of maxout */
	size_t kernel, stride, padding; /* of convolutions and pools */
	double rate;                    /* slope of leaky relu, share that dropout drops */
	struct quantiser weight, input;
	int no_bias;
	/* from here on filled by plan_shape */
	struct shape in, out;
	size_t at, weights, recurrent,
		biases; /* parameters: W, U (LSTM only), b from `at` on */
	size_t fan_in;
};

struct plan {
	struct shape input;
	size_t layers;
	struct layer layer[MOST_LAYERS];
	enum loss_kind loss;
	size_t chunk; /* most rows in one pass; more rows are done in several */
	int sequence; /* every layer works step by step along the height */
	/* from here on filled by plan_shape */
	size_t n, blocks, block_ends[MOST_BLOCKS], block_rows[MOST_BLOCKS];
	struct shape output;
};

struct layer *plan_add(struct plan *p, enum layer_kind kind, size_t units);
/* Shapes, places of the parameters, n; -1 and why where a layer does not fit its input. */
int plan_shape(struct plan *p, char *why, size_t size);
/* U(-1/sqrt(fan_in), 1/sqrt(fan_in)), PyTorch's start of linear, convolution and LSTM layers.
 */
void plan_start(const struct plan *p, gsl_rng *rng, double *x);

/* ------------------------------------------------------------------ arithmetic ---------------- */

/* What of a step is random: the dropout mask and the augmentation. seed 0: neither. */
struct pass {
	const struct dataset *data;
	const struct part *part;
	uint64_t seed;
	int augment; /* random crop (padding 4) and flip of images */
};

struct arithmetic {
	void *(*make)(
		const struct plan *p, const struct dataset *d); /* all memory of all passes */
	void (*free)(void *work);
	/* Mean loss over rows[0..k) (NULL: all rows), its gradient where g is not NULL. */
	double (*loss)(void *work, const struct pass *pass, size_t k, const size_t *rows,
		const double *x, double *g);
	/* Outputs for the rows `first` .. `first + k` of the part, k <= chunk, as doubles. */
	void (*outputs)(void *work, const struct pass *pass, size_t first, size_t k,
		const double *x, double *out);
	/* The weights of a layer as they are used: quantised where the layer says so. */
	void (*weights)(void *work, size_t layer, const double *x, double *out);
};
extern const struct arithmetic arithmetic_32, arithmetic_64;

/* ------------------------------------------------------------------ network ------------------- */

/* A network with its data: what most network problems have as their self. */
struct network {
	struct plan plan;
	struct dataset data;
	const struct arithmetic *real;
	void *work;
	double *outputs; /* of one chunk, for the score */
	int augment;
	uint64_t seed;
};

/* Shapes the plan, takes the data over, allocates, fills facts. Frees net on failure (NULL). */
void *network_ready(struct network *net, int precision, struct nso_facts *facts);
void network_start(const void *self, gsl_rng *rng, double *x);
double network_eval(const void *self, const double *x, double *g);
double network_batch(
	const void *self, size_t k, const size_t *rows, const double *x, double *g);
void network_draw(void *self, gsl_rng *rng);
double network_accuracy(const void *self, const double *x); /* on the test part */
double network_test_loss(const void *self, const double *x);
void network_free(void *self);

extern const char *const network_precisions[], *const network_activations[];
enum { PRECISION_32, PRECISION_64 };
/* The layer of the word in network_activations. */
struct layer *network_activate(struct plan *p, size_t word);
/* "2-bit" is scale 1.5 and levels -1, 0, 1 as in Xu et al. 2026, code; b bits: 2^(b-1) - 1.
 * The word counts in network_bits: 2, 3, 4, 8, and float for no quantiser. */
extern const char *const network_bits[];
struct quantiser network_quantiser(size_t word);
/* 3 x 3 convolution, relu, 2 x 2 maximum; weights and inputs quantised by q. */
void network_convolve(struct plan *p, size_t channels, size_t padding, struct quantiser q);

#endif
