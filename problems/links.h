/* links.h -- the pieces of the two-variable problems CB3 (Charalambous, Bandler 1976), LQ and
 * Mifflin 2 (Mifflin 1977), Crescent (Kiwiel 1985), as links of chains and as rows of the small
 * problems. */
#ifndef LINKS_H
#define LINKS_H

#include "chained.h"

CHAIN_INLINE void cb3_link(double a, double b, struct link *l)
{
	double e = 2 * exp(b - a);

	*l = (struct link){
		.v = { (a * a) * (a * a) + b * b, (2 - a) * (2 - a) + (2 - b) * (2 - b), e },
		.a = { 4 * a * a * a, 2 * a - 4, -e },
		.b = { 2 * b, 2 * b - 4, e },
	};
}

CHAIN_INLINE void lq_link(double a, double b, struct link *l)
{
	double linear = -a - b;

	*l = (struct link){
		.v = { linear, linear + (a * a + b * b - 1) },
		.a = { -1, 2 * a - 1 },
		.b = { -1, 2 * b - 1 },
	};
}

/* -a + 2y + 1.75 |y| with y = a^2 + b^2 - 1 */
CHAIN_INLINE void mifflin2_link(double a, double b, struct link *l)
{
	double y = a * a + b * b - 1;

	*l = (struct link){
		.v = { 3.75 * y - a, 0.25 * y - a },
		.a = { 7.5 * a - 1, 0.5 * a - 1 },
		.b = { 7.5 * b, 0.5 * b },
	};
}

CHAIN_INLINE void crescent_link(double a, double b, struct link *l)
{
	double y = a * a + (b - 1) * (b - 1) - 1;

	*l = (struct link){
		.v = { y + b, b - y },
		.a = { 2 * a, -2 * a },
		.b = { 2 * b - 1, 3 - 2 * b },
	};
}

/* Row i of a small problem of two variables that is one link. */
CHAIN_INLINE double link_row(link_fn *link, const double *x, size_t i, double *g)
{
	struct link l;

	link(x[0], x[1], &l);
	if (g) {
		g[0] = l.a[i];
		g[1] = l.b[i];
	}
	return l.v[i];
}

#endif
