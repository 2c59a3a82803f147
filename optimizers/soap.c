/* soap.c -- SOAP: Adam in the eigenbasis of Shampoo's preconditioners. For each parameter
 * matrix L <- beta L + (1-beta) G G', R likewise; Q_L, Q_R their eigenvectors; M, V means of
 * Q_L' G Q_R and its squares; X -= lr Q_L (M^/(sqrt(V^) + eps)) Q_R' Every `interval` steps Q
 * <- orth(L Q), one power iteration, columns and V sorted by Q' L Q. The first step only makes
 * L, R and Q. Vyas et al. 2024 (arXiv:2409.11321), official code (nikhilvyas/SOAP), which casts
 * to single precision for the eigenvectors; here all is double. Vectors and sides longer than
 * max_dim have no basis of their own: Adam. A problem that names no matrices is one vector. */
#include <gsl/gsl_cblas.h>
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "blocks.h"
#include "symmetric.h"

enum { LR, BETA1, BETA2, SHAMPOO_BETA, EPS, WEIGHT_DECAY, INTERVAL, MAX_DIM, OPTIONS };
static const char code[] = "Vyas et al. 2024, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 3e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.95, 0, 1 - 1e-12, "decay of the mean of the turned g", NULL,
		code, 0 },
	[BETA2] = { "beta2", 0.95, 0, 1 - 1e-12, "decay of the mean of its squares", NULL, code,
		0 },
	[SHAMPOO_BETA] = { "shampoo_beta", NAN, 0, 1 - 1e-12, "decay of L and R; auto: beta2",
		NULL, code, 0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to sqrt(v), before the bias correction",
		NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0.01, 0, INFINITY, "decoupled, after the step", NULL,
		code, 0 },
	[INTERVAL] = { "precondition_frequency", 10, 1, 1e9, "steps from one basis to the next",
		NULL, code, 1 },
	[MAX_DIM] = { "max_precond_dim", 2000, 0, 1e5,
		"longer sides keep their axes (code: 10000)", NULL, "nsobench", 1 },
	[OPTIONS] = { 0 },
};

struct side {
	size_t dim;
	double *S, *Q; /* NULL: the axes */
};

struct soap {
	size_t n, t, blocks, longest;
	double opt[OPTIONS], beta;
	double *g, *m, *v, *u, *y, *square; /* u, y: scratch */
	struct symmetric *work;
	struct side *side; /* two a block */
	size_t *order;
	double *key, *memory;
};

static void destroy(void *state)
{
	struct soap *s = state;

	if (!s)
		return;
	symmetric_free(s->work);
	free(s->side);
	free(s->order);
	free(s->memory);
	free(s);
}

/* Whether a side of this length has a basis. */
static size_t turned(const struct soap *s, const struct block *b, size_t dim)
{
	return block_is_matrix(b) && dim <= (size_t)s->opt[MAX_DIM] ? dim : 0;
}

static double *side_start(struct side *d, size_t dim, double *memory)
{
	*d = (struct side){ dim, dim ? memory : NULL, dim ? memory + dim * dim : NULL };
	return memory + 2 * dim * dim;
}

/* Numbers that the sides of all blocks take; the longest of them. */
static size_t measure(struct soap *s, const struct nso_oracle *f)
{
	size_t numbers = 0;
	struct block b;

	s->longest = 1;
	for (; block_at(f, s->blocks, &b); s->blocks++) {
		size_t rows = turned(s, &b, b.rows), cols = turned(s, &b, b.cols);

		numbers += 2 * rows * rows + 2 * cols * cols;
		s->longest = rows > s->longest ? rows : s->longest;
		s->longest = cols > s->longest ? cols : s->longest;
	}
	return numbers;
}

static void place(struct soap *s, const struct nso_oracle *f)
{
	size_t most = s->longest;
	struct block b;
	double *at;

	s->g = s->memory;
	s->m = s->memory + s->n;
	s->v = s->memory + 2 * s->n;
	s->u = s->memory + 3 * s->n;
	s->y = s->memory + 4 * s->n;
	s->square = s->memory + 5 * s->n;
	s->key = s->square + most * most;
	at = s->key + most;
	for (size_t i = 0; block_at(f, i, &b); i++) {
		at = side_start(&s->side[2 * i], turned(s, &b, b.rows), at);
		at = side_start(&s->side[2 * i + 1], turned(s, &b, b.cols), at);
	}
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct soap *s = calloc(1, sizeof *s);
	size_t numbers;

	(void)x;
	if (!s)
		return NULL;
	s->n = nso_dim(f);
	memcpy(s->opt, opt, sizeof s->opt);
	s->beta = isnan(opt[SHAMPOO_BETA]) ? opt[BETA2] : opt[SHAMPOO_BETA];
	numbers = measure(s, f) + 5 * s->n + s->longest * s->longest + s->longest;
	s->memory = calloc(numbers, sizeof *s->memory);
	s->side = calloc(2 * s->blocks, sizeof *s->side);
	s->order = calloc(s->longest, sizeof *s->order);
	s->work = symmetric_alloc(s->longest);
	if (!s->memory || !s->side || !s->order || !s->work) {
		destroy(s);
		return NULL;
	}
	place(s, f);
	return s;
}

/* g <- Q_L' g Q_R, or back again Q_L g Q_R'. */
static void turn(
	struct soap *s, const struct block *b, const struct side *side, int back, double *g)
{
	int r = (int)b->rows, c = (int)b->cols;

	if (side[0].Q) {
		cblas_dgemm(CblasRowMajor, back ? CblasNoTrans : CblasTrans, CblasNoTrans, r, c,
			r, 1, side[0].Q, r, g, c, 0, s->y, c);
		memcpy(g, s->y, b->len * sizeof *g);
	}
	if (side[1].Q) {
		cblas_dgemm(CblasRowMajor, CblasNoTrans, back ? CblasTrans : CblasNoTrans, r, c,
			c, 1, g, c, side[1].Q, c, 0, s->y, c);
		memcpy(g, s->y, b->len * sizeof *g);
	}
}

/* order: the columns by falling key; insertion keeps the order of equals. */
static void sort(const struct soap *s, size_t dim)
{
	for (size_t i = 0; i < dim; i++) {
		size_t j = i;

		for (; j > 0 && s->key[s->order[j - 1]] < s->key[i]; j--)
			s->order[j] = s->order[j - 1];
		s->order[j] = i;
	}
}

/* Columns of v (rows x cols) take the order, or with flip = 0 its rows. */
static void reorder(struct soap *s, const struct block *b, int flip, double *v)
{
	for (size_t i = 0; i < b->rows; i++)
		for (size_t j = 0; j < b->cols; j++)
			s->y[i * b->cols + j] = v[(flip ? i : s->order[i]) * b->cols +
						  (flip ? s->order[j] : j)];
	memcpy(v, s->y, b->len * sizeof *v);
}

/* Q <- orth(S Q), columns and the squares sorted by Q' S Q. */
static void iterate(struct soap *s, const struct block *b, struct side *d, int flip)
{
	size_t dim = d->dim;
	int m = (int)dim;
	double *SQ = s->square;

	cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, m, m, 1, d->S, m, d->Q, m, 0,
		SQ, m);
	for (size_t j = 0; j < dim; j++) {
		s->key[j] = 0;
		for (size_t i = 0; i < dim; i++)
			s->key[j] += d->Q[i * dim + j] * SQ[i * dim + j];
	}
	sort(s, dim);
	reorder(s, b, flip, s->v + b->begin);
	for (size_t i = 0; i < dim; i++)
		for (size_t j = 0; j < dim; j++)
			d->Q[i * dim + j] = SQ[i * dim + s->order[j]];
	memcpy(SQ, d->Q, dim * dim * sizeof *SQ);
	symmetric_orthogonal(s->work, dim, SQ, d->Q);
}

/* L and R take g; their bases are made, or now and then renewed. */
static void learn(struct soap *s, const struct block *b, struct side *side, const double *g)
{
	for (int flip = 0; flip < 2; flip++) {
		struct side *d = &side[flip];

		if (!d->Q)
			continue;
		symmetric_add(d->dim, b->len / d->dim, 1 - s->beta, g, flip, s->beta, d->S);
		if (s->t == 0)
			symmetric_eigen(s->work, d->dim, d->S, d->Q, NULL);
		else if (s->t % (size_t)s->opt[INTERVAL] == 0)
			iterate(s, b, d, flip);
	}
}

/* x -= Q_L (M^/(sqrt(V^) + eps)) Q_R', then the decay; u comes as the gradient. */
static void adam(struct soap *s, const struct block *b, const struct side *side, double lr,
	double *u, double *x)
{
	double b1 = s->opt[BETA1], b2 = s->opt[BETA2], t = (double)s->t;
	double step = lr * sqrt(1 - pow(b2, t)) / (1 - pow(b1, t));
	double *m = s->m + b->begin, *v = s->v + b->begin, keep = 1 - lr * s->opt[WEIGHT_DECAY];

	turn(s, b, side, 0, u);
	for (size_t i = 0; i < b->len; i++) {
		m[i] = b1 * m[i] + (1 - b1) * u[i];
		v[i] = b2 * v[i] + (1 - b2) * u[i] * u[i];
		u[i] = m[i] / (sqrt(v[i]) + s->opt[EPS]);
	}
	turn(s, b, side, 1, u);
	for (size_t i = 0; i < b->len; i++)
		x[i] = keep * (x[i] - step * u[i]);
}

static void block_step(
	struct soap *s, const struct block *b, struct side *side, double lr, double *x)
{
	double *g = s->g + b->begin, *u = s->u + b->begin;

	if (s->t > 0) {
		memcpy(u, g, b->len * sizeof *u);
		adam(s, b, side, lr, u, x + b->begin);
		turn(s, b, side, 1, s->m + b->begin); /* m outlives its basis */
	}
	learn(s, b, side, g);
	if (s->t > 0)
		turn(s, b, side, 0, s->m + b->begin);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct soap *s = state;
	double lr = s->opt[LR] * nso_rate(f);
	struct block b;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	for (size_t i = 0; block_at(f, i, &b); i++)
		block_step(s, &b, &s->side[2 * i], lr, x);
	s->t++;
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_soap = {
	.name = "soap",
	.title = "SOAP",
	.reference = "Vyas et al. 2024, arXiv:2409.11321, official code",
	.rule = "Adam on Q_L' G Q_R for each matrix, Q_L and Q_R the eigenvectors of the means "
		"of G G' and "
		"G' G; plain Adam for the rest",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = destroy,
};
