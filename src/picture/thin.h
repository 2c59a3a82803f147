/* thin.h -- curves with as few points as a screen can show. */
#ifndef THIN_H
#define THIN_H

#include <stddef.h>

/* A screen of this many pixels each way: what is left out lies less than half a pixel off. */
enum { SCREEN = 2000 };

/* A range of values as pixels of the screen, over logarithms or as they are. */
struct scale {
	double low, high;
	int linear;
};
void scale_add(
	struct scale *s, double v); /* grows the range; what it cannot show is passed over */
double scale_pixel(const struct scale *s, double v);

/* Marks in keep[] the points of a polyline that stay: no other is further than `tolerance` from
 * it, along any of the axes that may be chosen for x (Ramer 1972; Douglas, Peucker 1973). x[a]
 * and y are pixels, length numbers each, finite; returns how many stay. */
size_t thin(const double *const *x, size_t axes, const double *y, size_t length,
	double tolerance, char *keep);

/* Marks in keep[] the points between which v is linear in t, to `tolerance` pixels of s. */
size_t thin_linear(const double *t, const double *v, size_t length, const struct scale *s,
	double tolerance, char *keep);

#endif
