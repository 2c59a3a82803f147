/* shampoo.c -- Shampoo: each side of a parameter matrix has a preconditioner of its own:
 *   L <- L + G G', R <- R + G' G, both from eps I;  X <- X - lr L^(-1/4) G R^(-1/4)
 * and a vector one, L <- L + g g', x <- x - lr L^(-1/2) g. Gupta, Koren, Singer 2018
 * (arXiv:1802.09568), algorithm 1; sides longer than max_dim keep the diagonal only, their
 * section on large dimensions. power: another root, L^(-power) on every side; public
 * implementations (pytorch_optimizer) take 1/2 for matrices. A problem that names no matrices
 * is one vector. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "blocks.h"
#include "symmetric.h"

enum { LR, EPS, INTERVAL, POWER, WEIGHT_DECAY, MAX_DIM, OPTIONS };
static const char paper[] = "Gupta et al. 2018", ours[] = "nsobench";
static const struct nso_option options[] = {
	[LR] = { "lr", 0.1, 0, INFINITY, "step size", NULL, ours, 0 },
	[EPS] = { "eps", 1e-6, 0, INFINITY, "L and R start at eps I", NULL, "pytorch_optimizer",
		0 },
	[INTERVAL] = { "interval", 1, 1, 1e9, "steps from one root to the next", NULL, paper,
		1 },
	[POWER] = { "power", NAN, 0, 1, "of L and R, negative; auto: 1/4, a vector's 1/2", NULL,
		paper, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "added to the gradient", NULL,
		"pytorch_optimizer", 0 },
	[MAX_DIM] = { "max_dim", 500, 0, 1e5, "longer sides keep the diagonal", NULL, ours, 1 },
	[OPTIONS] = { 0 },
};

struct side {
	size_t dim;
	int full; /* 0: L and root are diagonals */
	double *L, *root;
};

struct shampoo {
	size_t n, t, blocks;
	double opt[OPTIONS];
	double *g, *y; /* gradient; scratch */
	struct symmetric *work;
	struct side *side; /* two a block */
	double *memory;
};

static void destroy(void *state)
{
	struct shampoo *s = state;

	if (!s)
		return;
	symmetric_free(s->work);
	free(s->side);
	free(s->memory);
	free(s);
}

static size_t side_size(const struct shampoo *s, size_t dim)
{
	return dim > (size_t)s->opt[MAX_DIM] ? dim : dim * dim;
}

/* A side's matrices from memory on; the memory behind them. */
static double *side_start(struct shampoo *s, struct side *d, size_t dim, double *memory)
{
	size_t size = side_size(s, dim);

	*d = (struct side){ dim, dim <= (size_t)s->opt[MAX_DIM], memory, memory + size };
	for (size_t i = 0; i < dim; i++)
		d->L[d->full ? i * dim + i : i] = s->opt[EPS];
	return memory + 2 * size;
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), numbers = 2 * n, longest = 1;
	struct shampoo *s = calloc(1, sizeof *s);
	struct block b;
	double *at;

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	for (; block_at(f, s->blocks, &b); s->blocks++) {
		numbers += 2 * side_size(s, b.rows) + 2 * side_size(s, b.cols);
		longest = b.rows > longest ? b.rows : b.cols > longest ? b.cols : longest;
	}
	longest = longest < (size_t)opt[MAX_DIM] ? longest : (size_t)opt[MAX_DIM];
	s->memory = calloc(numbers, sizeof *s->memory);
	s->side = calloc(2 * s->blocks, sizeof *s->side);
	s->work = symmetric_alloc(longest ? longest : 1);
	if (!s->memory || !s->side || !s->work) {
		destroy(s);
		return NULL;
	}
	s->g = s->memory;
	s->y = s->memory + n;
	at = s->memory + 2 * n;
	for (size_t i = 0; block_at(f, i, &b); i++) {
		at = side_start(s, &s->side[2 * i], b.rows, at);
		at = side_start(s, &s->side[2 * i + 1], b.cols, at);
	}
	return s;
}

/* L += G G', or for the right side (flip) G' G; G is rows x cols. */
static void gather(struct side *d, const struct block *b, const double *g, int flip)
{
	size_t step = flip ? 1 : b->cols, along = flip ? b->cols : 1;
	size_t others = flip ? b->rows : b->cols;

	if (d->full) {
		symmetric_add(d->dim, others, 1, g, flip, 1, d->L);
		return;
	}
	for (size_t i = 0; i < d->dim; i++)
		for (size_t j = 0; j < others; j++)
			d->L[i] += g[i * step + j * along] * g[i * step + j * along];
}

/* root = L^(-power) */
static void refresh(struct shampoo *s, struct side *d, double power)
{
	if (d->full)
		symmetric_power(s->work, d->dim, d->L, -power, d->root);
	else
		for (size_t i = 0; i < d->dim; i++)
			d->root[i] = d->L[i] > 0 ? pow(d->L[i], -power) : 0;
}

/* g <- root g, or for the right side (flip) g root. */
static void apply(
	struct shampoo *s, const struct side *d, const struct block *b, double *g, int flip)
{
	if (d->full) {
		symmetric_apply(b->rows, b->cols, d->root, flip, g, s->y);
		memcpy(g, s->y, b->len * sizeof *g);
		return;
	}
	for (size_t i = 0; i < b->rows; i++)
		for (size_t j = 0; j < b->cols; j++)
			g[i * b->cols + j] *= d->root[flip ? j : i];
}

static void block_step(
	struct shampoo *s, const struct block *b, struct side *side, double lr, double *x)
{
	int matrix = block_is_matrix(b), fresh = s->t % (size_t)s->opt[INTERVAL] == 0;
	double power = isnan(s->opt[POWER]) ? (matrix ? 0.25 : 0.5) : s->opt[POWER];
	double *g = s->g + b->begin;

	for (size_t i = 0; i < b->len; i++)
		g[i] += s->opt[WEIGHT_DECAY] * x[b->begin + i];
	gather(&side[0], b, g, 0);
	if (matrix)
		gather(&side[1], b, g, 1);
	if (fresh) {
		refresh(s, &side[0], power);
		if (matrix)
			refresh(s, &side[1], power);
	}
	apply(s, &side[0], b, g, 0);
	if (matrix)
		apply(s, &side[1], b, g, 1);
	for (size_t i = 0; i < b->len; i++)
		x[b->begin + i] -= lr * g[i];
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct shampoo *s = state;
	double lr = s->opt[LR] * nso_rate(f);
	struct block b;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	for (size_t i = 0; block_at(f, i, &b); i++)
		block_step(s, &b, &s->side[2 * i], lr, x);
	s->t++;
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_shampoo = {
	.name = "shampoo",
	.title = "Shampoo",
	.reference = "Gupta, Koren, Singer 2018, arXiv:1802.09568",
	.rule = "L <- L + G G', R <- R + G' G; X <- X - lr L^(-1/4) G R^(-1/4) for each "
		"matrix, x <- x - lr "
		"L^(-1/2) g for each vector",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = destroy,
};
