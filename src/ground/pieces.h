/* pieces.h -- what a problem says of its Clarke subdifferential, collected. */
#ifndef PIECES_H
#define PIECES_H

#include "nsobench.h"

enum summand { HULL, BALL, SPECTRAL };
struct nso_pieces {
	size_t n;
	double *base; /* length n */
	size_t summands, rows;
	struct {
		enum summand kind;
		size_t first, rows, order;
	} * summand;
	struct {
		size_t first, len, at;
	} * row; /* window and place in data */
	double *data;
	size_t summand_room, row_room, used, room;
	int overflow;    /* memory or limit exceeded: what is here is not the whole set */
	double *scratch; /* where rows go after an overflow */
};
int pieces_init(struct nso_pieces *p, size_t n); /* -1 when memory is short */
void pieces_clear(struct nso_pieces *p);         /* empty again, keeps its memory */
void pieces_free(struct nso_pieces *p);
void pieces_add_row(const struct nso_pieces *p, size_t row, double *v); /* v += row, length n */
/* A sum of hulls as the hull of its vertices, one row chosen from each: how many, 0 where a
 * summand is no hull or they are more than 4,096; and vertex k in v, length n. */
size_t pieces_vertices(const struct nso_pieces *p);
void pieces_vertex(const struct nso_pieces *p, size_t k, double *v);

#endif
