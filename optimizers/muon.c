/* muon.c -- Muon: momentum whose singular values are made alike, for each parameter matrix:
 *   m <- momentum m + (1-momentum) g;  u = (1-momentum) g + momentum m (nesterov), or m;
 *   x <- (1 - lr weight_decay) x - lr sqrt(max{1, rows/cols}) orth(u)
 * orth: X = u/(|u|_F + 1e-7), wide side lying, then `steps` times X <- a X + (b A + c A A) X, A
 * = X X', with a, b, c = 3.4445, -4.775, 2.0315. Jordan et al. 2024
 * (kellerjordan.github.io/posts/muon), official code (KellerJordan/Muon), here in double, there
 * in bfloat16. vectors = adam: the other tensors step with AdamW, as the code's
 * MuonWithAuxAdam; muon: a vector is a matrix of one column, whose orth is its direction. A
 * problem that names no matrices is one vector. */
#include <gsl/gsl_cblas.h>
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "adam_core.h"
#include "blocks.h"
#include "vectors.h"

enum {
	LR,
	MOMENTUM,
	NESTEROV,
	STEPS,
	WEIGHT_DECAY,
	VECTORS,
	ADAM_LR,
	BETA1,
	BETA2,
	EPS,
	OPTIONS
};
enum { ADAM, MUON };
static const char *const off_on[] = { "off", "on", NULL };
static const char *const vector_words[] = { "adam", "muon", NULL };
static const char code[] = "Jordan et al. 2024, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 0.02, 0, INFINITY, "step size of matrices", NULL, code, 0 },
	[MOMENTUM] = { "momentum", 0.95, 0, 1 - 1e-12, "decay of the mean of g", NULL, code,
		0 },
	[NESTEROV] = { "nesterov", 1, 0, 1, "step along a mixture of g and the mean", off_on,
		code, 0 },
	[STEPS] = { "steps", 5, 0, 100, "iterations that make the singular values alike", NULL,
		code, 1 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "decoupled, before the step", NULL,
		code, 0 },
	[VECTORS] = { "vectors", ADAM, 0, 1, "what steps along what is no matrix", vector_words,
		code, 0 },
	[ADAM_LR] = { "adam_lr", 3e-4, 0, INFINITY, "adam: step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "adam: decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.95, 0, 1 - 1e-12, "adam: decay of the mean of g^2", NULL, code,
		0 },
	[EPS] = { "eps", 1e-10, 0, INFINITY, "adam: added to sqrt(v^)", NULL, code, 0 },
	[OPTIONS] = { 0 },
};
static const double quintic[] = { 3.4445, -4.7750, 2.0315 };

struct muon {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m, *v; /* v: adam */
	double *x, *y;     /* the wide matrix and what it becomes; the longest block each */
	double *A, *B;     /* short side squared */
	double memory[];
};

static size_t short_side(const struct block *b)
{
	return b->rows < b->cols ? b->rows : b->cols;
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), side = 1;
	struct block b;
	struct muon *s;

	(void)x;
	for (size_t i = 0; block_at(f, i, &b); i++)
		side = short_side(&b) > side ? short_side(&b) : side;
	s = calloc(1, sizeof *s + (5 * n + 2 * side * side) * sizeof *s->memory);
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	s->g = s->memory;
	s->m = s->memory + n;
	s->v = s->memory + 2 * n;
	s->x = s->memory + 3 * n;
	s->y = s->memory + 4 * n;
	s->A = s->memory + 5 * n;
	s->B = s->A + side * side;
	return s;
}

/* from (rows x cols) becomes to (cols x rows) */
static void transpose(
	size_t rows, size_t cols, const double *restrict from, double *restrict to)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < cols; j++)
			to[j * rows + i] = from[i * cols + j];
}

/* One iteration on s->x (r x c, r <= c); s->x and s->y change places. */
static void iterate(struct muon *s, int r, int c)
{
	double *swap = s->x;

	cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, r, r, c, 1, s->x, c, s->x, c, 0,
		s->A, r);
	memcpy(s->B, s->A, (size_t)r * (size_t)r * sizeof *s->B);
	cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, r, r, r, quintic[2], s->A, r,
		s->A, r, quintic[1], s->B, r);
	memcpy(s->y, s->x, (size_t)r * (size_t)c * sizeof *s->y);
	cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, r, c, r, 1, s->B, r, s->x, c,
		quintic[0], s->y, c);
	s->x = s->y;
	s->y = swap;
}

/* orth(u) in s->x, which holds u. */
static void orthogonalise(struct muon *s, const struct block *b)
{
	int tall = b->rows > b->cols, r = (int)short_side(b), c = (int)(b->len / (size_t)r);
	double norm = sqrt(dot(b->len, s->x, s->x)) + 1e-7, *swap = s->x;

	for (size_t i = 0; i < b->len; i++)
		s->x[i] /= norm;
	if (tall) {
		transpose(b->rows, b->cols, s->x, s->y);
		s->x = s->y;
		s->y = swap;
	}
	for (size_t k = 0; k < (size_t)s->opt[STEPS]; k++)
		iterate(s, r, c);
	if (tall) {
		swap = s->x;
		transpose(b->cols, b->rows, s->x, s->y);
		s->x = s->y;
		s->y = swap;
	}
}

static void matrix_step(struct muon *s, const struct block *b, double rate, double *x)
{
	double mu = s->opt[MOMENTUM], lr = s->opt[LR] * rate,
	       keep = 1 - lr * s->opt[WEIGHT_DECAY];
	double scale = lr * sqrt(fmax(1, (double)b->rows / (double)b->cols));
	double *g = s->g + b->begin, *m = s->m + b->begin;
	int ahead = s->opt[NESTEROV] != 0;

	for (size_t i = 0; i < b->len; i++) {
		m[i] = mu * m[i] + (1 - mu) * g[i];
		s->x[i] = ahead ? (1 - mu) * g[i] + mu * m[i] : m[i];
	}
	orthogonalise(s, b);
	for (size_t i = 0; i < b->len; i++)
		x[b->begin + i] = keep * x[b->begin + i] - scale * s->x[i];
}

static void vector_step(struct muon *s, const struct block *b, double rate, double *x)
{
	struct adam a = {
		.n = b->len,
		.t = s->t - 1,
		.beta1 = s->opt[BETA1],
		.beta2 = s->opt[BETA2],
		.eps = s->opt[EPS],
		.decay = s->opt[WEIGHT_DECAY],
		.bias_correction = 1,
		.g = s->g + b->begin,
		.m = s->m + b->begin,
		.v = s->v + b->begin,
	};

	adam_update(&a, s->opt[ADAM_LR] * rate, 1, x + b->begin);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct muon *s = state;
	double rate = nso_rate(f);
	struct block b;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	s->t++;
	for (size_t i = 0; block_at(f, i, &b); i++)
		if (block_is_matrix(&b) || s->opt[VECTORS] == MUON)
			matrix_step(s, &b, rate, x);
		else
			vector_step(s, &b, rate, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_muon = {
	.name = "muon",
	.title = "Muon",
	.reference = "Jordan et al. 2024, kellerjordan.github.io/posts/muon, official code",
	.rule = "for each matrix x <- (1 - lr weight_decay) x - lr sqrt(max{1, rows/cols}) "
		"orth(u), u the "
		"momentum, orth by Newton-Schulz; AdamW for the rest",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
