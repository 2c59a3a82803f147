/* blocks.h -- the parameter tensors of a problem in their order. A problem that names none is
 * one block, a vector. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include "nsobench.h"

struct block {
	size_t begin, len;
	size_t rows, cols; /* stored row by row; a vector is len x 1 */
};

/* Block i; 0 behind the last one. */
static inline int block_at(const struct nso_oracle *f, size_t i, struct block *b)
{
	const struct nso_facts *known = nso_known(f);
	size_t rows;

	if (i >= (known->blocks ? known->blocks : 1))
		return 0;
	b->begin = i ? known->block_ends[i - 1] : 0;
	b->len = (known->blocks ? known->block_ends[i] : nso_dim(f)) - b->begin;
	rows = known->blocks && known->block_rows ? known->block_rows[i] : 0;
	b->rows = rows ? rows : b->len;
	b->cols = b->len / b->rows;
	return 1;
}

static inline int block_is_matrix(const struct block *b) { return b->rows > 1 && b->cols > 1; }

#endif
