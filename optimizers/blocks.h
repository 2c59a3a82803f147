/* blocks.h -- the parameter tensors of a problem in their order. A problem that names none is
 * one block, a vector. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include "nsobench.h"

struct block {
	size_t begin, len;
};

/* Block i; 0 behind the last one. */
static inline int block_at(const struct nso_oracle *f, size_t i, struct block *b)
{
	const struct nso_facts *known = nso_known(f);
	size_t n = nso_dim(f);

	if (known->blocks < 2) {
		*b = (struct block){ 0, n };
		return i == 0;
	}
	if (i >= known->blocks)
		return 0;
	b->begin = i ? known->block_ends[i - 1] : 0;
	b->len = known->block_ends[i] - b->begin;
	return 1;
}

#endif
