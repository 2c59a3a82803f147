/* pieces.c -- receives a Clarke subdifferential: a base and summands that are hulls, balls or
 * spectral sets, their rows stored as windows, so that a chain of n terms takes O(n) memory. */
#include <config.h>
#include "ground/pieces.h"
#include "ground/grow.h"
#include <stdlib.h>
#include <string.h>

enum { ROW_LIMIT = 1 << 22 }; /* more generators than this are not solved for anyway */
static const size_t data_limit = (size_t)1 << 27; /* doubles: 1 GiB */

int pieces_init(struct nso_pieces *p, size_t n)
{
	*p = (struct nso_pieces){ .n = n };
	p->base = calloc(n, sizeof *p->base);
	p->scratch = calloc(n, sizeof *p->scratch);
	if (p->base && p->scratch)
		return 0;
	pieces_free(p);
	return -1;
}

void pieces_clear(struct nso_pieces *p)
{
	memset(p->base, 0, p->n * sizeof *p->base);
	p->summands = p->rows = p->used = 0;
	p->overflow = 0;
}

void pieces_free(struct nso_pieces *p)
{
	free(p->base);
	free(p->summand);
	free(p->row);
	free(p->data);
	free(p->scratch);
	*p = (struct nso_pieces){ 0 };
}

static void open_summand(struct nso_pieces *p, enum summand kind, size_t order)
{
	if (p->overflow ||
		room_for(&p->summand, p->summands + 1, &p->summand_room, sizeof *p->summand)) {
		p->overflow = 1;
		return;
	}
	p->summand[p->summands].kind = kind;
	p->summand[p->summands].first = p->rows;
	p->summand[p->summands].rows = 0;
	p->summand[p->summands++].order = order;
}

void nso_hull(struct nso_pieces *out) { open_summand(out, HULL, 0); }

void nso_ball(struct nso_pieces *out) { open_summand(out, BALL, 0); }

void nso_spectral(struct nso_pieces *out, size_t r) { open_summand(out, SPECTRAL, r); }

static double *overflow(struct nso_pieces *p, size_t len)
{
	p->overflow = 1;
	memset(p->scratch, 0, len * sizeof *p->scratch);
	return p->scratch;
}

double *nso_row(struct nso_pieces *p, size_t first, size_t len)
{
	if (!p->summands && !p->overflow)
		return p->base + first; /* the rows of the base add up in place */
	if (p->overflow || p->rows >= ROW_LIMIT || p->used + len > data_limit ||
		room_for(&p->row, p->rows + 1, &p->row_room, sizeof *p->row) ||
		room_for(&p->data, p->used + len, &p->room, sizeof *p->data))
		return overflow(p, len);
	p->row[p->rows].first = first;
	p->row[p->rows].len = len;
	p->row[p->rows++].at = p->used;
	p->summand[p->summands - 1].rows++;
	memset(p->data + p->used, 0, len * sizeof *p->data);
	p->used += len;
	return p->data + p->used - len;
}

/* ---------------------------------------------------------------- written out ---------------- */

enum { VERTEX_LIMIT = 4096 }; /* more vertices than this are not written out */

void pieces_add_row(const struct nso_pieces *p, size_t row, double *v)
{
	for (size_t i = 0; i < p->row[row].len; i++)
		v[p->row[row].first + i] += p->data[p->row[row].at + i];
}

size_t pieces_vertices(const struct nso_pieces *p)
{
	size_t total = 1, rows;

	if (p->overflow)
		return 0;
	for (size_t s = 0; s < p->summands; s++) {
		rows = p->summand[s].rows;
		if (p->summand[s].kind != HULL || !rows || total * rows > VERTEX_LIMIT)
			return 0;
		total *= rows;
	}
	return total;
}

void pieces_vertex(const struct nso_pieces *p, size_t k, double *v)
{
	memcpy(v, p->base, p->n * sizeof *v);
	for (size_t s = 0; s < p->summands; s++) {
		pieces_add_row(p, p->summand[s].first + k % p->summand[s].rows, v);
		k /= p->summand[s].rows;
	}
}
