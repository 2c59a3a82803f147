/* chained.h -- sums over links (x_i, x_{i+1}) of a maximum of a few smooth pieces, and maxima
 * of such sums; the shape of the chained problems of Haarala, Miettinen, Makela 2004. A problem
 * gives one inline function: the values and partial derivatives of a link's pieces. The loops
 * are inlined around it, run over blocks of links without branches, and so become vector code.
 */
#ifndef CHAINED_H
#define CHAINED_H

#include "large.h"

enum { CHAIN_PIECES = 3, CHAIN_BLOCK = 64 };

struct link {
	double v[CHAIN_PIECES], a[CHAIN_PIECES],
		b[CHAIN_PIECES]; /* value, d/dx_i, d/dx_{i+1} */
};
typedef void link_fn(double a, double b, struct link *l);
/* The largest piece of a link and its partial derivatives: what eval needs. */
typedef void top_fn(double a, double b, double *v, double *ga, double *gb);

#define CHAIN_INLINE static inline __attribute__((always_inline, unused))

/* The largest piece of one link; the first wins a tie. Every piece of these problems reads both
 * a and b, so a NaN in x makes all pieces NaN and needs no comparison of its own. */
CHAIN_INLINE void link_top(
	link_fn *link, int pieces, double a, double b, double *v, double *ga, double *gb)
{
	struct link l;

	link(a, b, &l);
	*v = l.v[0];
	*ga = l.a[0];
	*gb = l.b[0];
	for (int k = 1; k < pieces; k++) {
		int more = l.v[k] > *v;

		*v = more ? l.v[k] : *v;
		*ga = more ? l.a[k] : *ga;
		*gb = more ? l.b[k] : *gb;
	}
}

/* Adds eight numbers side by side, which the hardware does at once. */
CHAIN_INLINE double chain_add(size_t n, const double *v)
{
	double sum[8] = { 0 }, f = 0;

	for (size_t i = 0; i < n; i += 8)
		for (size_t k = 0; k < 8; k++)
			sum[k] += v[i + k];
	for (size_t k = 0; k < 8; k++)
		f += sum[k];
	return f;
}

/* f(x) = sum over links of the largest piece. */
CHAIN_INLINE double chain_sum(top_fn *top, size_t n, const double *x, double *g)
{
	double v[CHAIN_BLOCK], a[CHAIN_BLOCK], b[CHAIN_BLOCK + 1], f = 0;
	size_t i = 0, links = n - 1;

	b[0] = 0;
	for (; i + CHAIN_BLOCK <= links; i += CHAIN_BLOCK) {
		for (size_t k = 0; k < CHAIN_BLOCK; k++)
			top(x[i + k], x[i + k + 1], &v[k], &a[k], &b[k + 1]);
		f += chain_add(CHAIN_BLOCK, v);
		if (g)
			for (size_t k = 0; k < CHAIN_BLOCK; k++)
				g[i + k] = a[k] + b[k];
		b[0] = b[CHAIN_BLOCK];
	}
	for (; i < links; i++) {
		top(x[i], x[i + 1], &v[0], &a[0], &b[1]);
		f += v[0];
		if (g)
			g[i] = a[0] + b[0];
		b[0] = b[1];
	}
	if (g)
		g[links] = b[0];
	return f;
}

CHAIN_INLINE void chain_sum_pieces(link_fn *link, int pieces, size_t n, const double *x,
	double tol, struct nso_pieces *out)
{
	for (size_t i = 0; i + 1 < n; i++) {
		double top, a, b;
		struct link l;

		link_top(link, pieces, x[i], x[i + 1], &top, &a, &b);
		link(x[i], x[i + 1], &l);
		nso_hull(out);
		for (int k = 0; k < pieces; k++)
			if (l.v[k] >= top - tol) {
				double *row = nso_row(out, i, 2);

				row[0] = l.a[k];
				row[1] = l.b[k];
			}
	}
}

/* The sums of each piece over all links. */
CHAIN_INLINE void chain_sums(link_fn *link, int pieces, size_t n, const double *x, double *sum)
{
	for (int k = 0; k < pieces; k++)
		sum[k] = 0;
	for (size_t i = 0; i + 1 < n; i++) {
		struct link l;

		link(x[i], x[i + 1], &l);
		for (int k = 0; k < pieces; k++)
			sum[k] += l.v[k];
	}
}

/* Gradient of the sum of piece k. */
CHAIN_INLINE void chain_gradient(link_fn *link, int k, size_t n, const double *x, double *g)
{
	double carry = 0;

	for (size_t i = 0; i + 1 < n; i++) {
		struct link l;

		link(x[i], x[i + 1], &l);
		g[i] = carry + l.a[k];
		carry = l.b[k];
	}
	g[n - 1] = carry;
}

/* f(x) = the largest of the sums. */
CHAIN_INLINE double chain_max(link_fn *link, int pieces, size_t n, const double *x, double *g)
{
	double sum[CHAIN_PIECES], top;
	int at = 0;

	chain_sums(link, pieces, n, x, sum);
	top = sum[0];
	for (int k = 1; k < pieces; k++)
		if (sum[k] > top || sum[k] != sum[k]) {
			top = sum[k];
			at = k;
		}
	if (g)
		chain_gradient(link, at, n, x, g);
	return top;
}

CHAIN_INLINE void chain_max_pieces(link_fn *link, int pieces, size_t n, const double *x,
	double tol, struct nso_pieces *out)
{
	double sum[CHAIN_PIECES], top = chain_max(link, pieces, n, x, NULL);

	chain_sums(link, pieces, n, x, sum);
	nso_hull(out);
	for (int k = 0; k < pieces; k++)
		if (sum[k] >= top - tol)
			chain_gradient(link, k, n, x, nso_row(out, 0, n));
}

#endif
