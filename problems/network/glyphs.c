/* glyphs.c -- embedded images: strokes of ten digit-like figures under random affine maps,
 * thickness and noise (28 x 28, 10 classes), and five figures x five colours x four textures
 * (32 x 32 x 3, 100 classes). Ours; made so that no file is needed. */
#include <stdlib.h>
#include "data.h"

enum { MOST_POINTS = 12 };

/* A figure is a chain of points in [-1, 1]^2, y downwards. */
struct figure {
	size_t points;
	double at[MOST_POINTS][2];
};

static const struct figure figures[10] = {
	{ 9, { { 0, -1 }, { .5, -.7 }, { .65, 0 }, { .5, .7 }, { 0, 1 }, { -.5, .7 },
		     { -.65, 0 }, { -.5, -.7 }, { 0, -1 } } },
	{ 3, { { -.35, -.6 }, { .1, -1 }, { .1, 1 } } },
	{ 7, { { -.6, -.6 }, { -.2, -1 }, { .4, -.9 }, { .55, -.45 }, { .1, .2 }, { -.6, 1 },
		     { .65, 1 } } },
	{ 8, { { -.5, -.9 }, { .2, -1 }, { .5, -.6 }, { 0, -.05 }, { .55, .3 }, { .5, .8 },
		     { 0, 1 }, { -.55, .8 } } },
	{ 4, { { .35, 1 }, { .35, -1 }, { -.6, .35 }, { .7, .35 } } },
	{ 8, { { .55, -1 }, { -.45, -1 }, { -.5, -.15 }, { .1, -.3 }, { .6, .1 }, { .5, .75 },
		     { 0, 1 }, { -.55, .8 } } },
	{ 9, { { .45, -.95 }, { -.2, -.6 }, { -.55, .2 }, { -.35, .85 }, { .1, 1 }, { .5, .7 },
		     { .45, .2 }, { 0, 0 }, { -.45, .3 } } },
	{ 3, { { -.6, -1 }, { .6, -1 }, { -.15, 1 } } },
	{ 11, { { 0, -.05 }, { -.45, -.4 }, { -.35, -.9 }, { .3, -.95 }, { .45, -.45 },
		      { 0, -.05 }, { -.55, .4 }, { -.4, .95 }, { .35, 1 }, { .55, .45 },
		      { 0, -.05 } } },
	{ 9, { { .5, -.3 }, { 0, 0 }, { -.45, -.3 }, { -.4, -.8 }, { .05, -1 }, { .45, -.75 },
		     { .5, -.3 }, { .4, .4 }, { .1, 1 } } },
};

static double between(gsl_rng *rng, double low, double high)
{
	return low + (high - low) * gsl_rng_uniform(rng);
}

/* Distance of p to the segment a .. b. */
static double to_segment(const double *p, const double *a, const double *b)
{
	double dx = b[0] - a[0], dy = b[1] - a[1], ex = p[0] - a[0], ey = p[1] - a[1];
	double t = (ex * dx + ey * dy) / (dx * dx + dy * dy);

	t = t < 0 ? 0 : t > 1 ? 1 : t;
	return hypot(ex - t * dx, ey - t * dy);
}

/* The figure bent, turned, sheared, scaled and moved, in pixels of an image of `side`. */
static struct figure warp(const struct figure *from, double side, gsl_rng *rng)
{
	double turn = between(rng, -0.35, 0.35), shear = between(rng, -0.35, 0.35);
	double wide = between(rng, 0.55, 0.95), high = between(rng, 0.6, 0.95);
	double mx = between(rng, -0.28, 0.28), my = between(rng, -0.2, 0.2);
	struct figure to = *from;

	for (size_t i = 0; i < to.points; i++) {
		double x = wide * (from->at[i][0] + between(rng, -0.1, 0.1));
		double y = high * (from->at[i][1] + between(rng, -0.1, 0.1));
		double sx = x + shear * y;

		to.at[i][0] = side / 2 + side / 2 * 0.8 * (cos(turn) * sx - sin(turn) * y + mx);
		to.at[i][1] = side / 2 + side / 2 * 0.8 * (sin(turn) * sx + cos(turn) * y + my);
	}
	return to;
}

/* 0 .. 1: how much of the pixel the stroke covers. */
static double ink(const struct figure *f, double x, double y, double thickness)
{
	const double p[2] = { x + 0.5, y + 0.5 };
	double nearest = 1e9, cover;

	for (size_t i = 0; i + 1 < f->points; i++) {
		double distance = to_segment(p, f->at[i], f->at[i + 1]);

		nearest = distance < nearest ? distance : nearest;
	}
	cover = thickness - nearest + 0.5;
	return cover < 0 ? 0 : cover > 1 ? 1 : cover;
}

static uint8_t to_byte(double v) { return (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v + 0.5); }

static void draw_glyph(size_t class, gsl_rng *rng, uint8_t *image)
{
	struct figure f = warp(&figures[class], 28, rng);
	double thickness = between(rng, 0.7, 1.9), strength = between(rng, 150, 255);

	for (size_t y = 0; y < 28; y++)
		for (size_t x = 0; x < 28; x++)
			image[y * 28 + x] =
				to_byte(strength * ink(&f, (double)x, (double)y, thickness) +
					between(rng, -25, 40));
}

/* Shares of foreground: plain, stripes across, stripes down, checkered; `phase` shifts them. */
static double texture(size_t kind, size_t x, size_t y, size_t phase)
{
	size_t across = (y + phase) / 2 % 2, down = (x + phase) / 2 % 2;
	size_t dark = kind == 1 ? across : kind == 2 ? down : kind == 3 ? across ^ down : 0;

	return dark ? 0.35 : 1;
}

static void draw_rgb(size_t class, gsl_rng *rng, uint8_t *image)
{
	static const double colours[5][3] = { { 230, 60, 50 }, { 60, 200, 70 }, { 70, 90, 235 },
		{ 225, 210, 60 }, { 205, 80, 215 } };
	static const size_t shapes[5] = { 0, 1, 3, 4, 7 };
	struct figure f = warp(&figures[shapes[class / 20]], 32, rng);
	const double *colour = colours[class / 4 % 5];
	double thickness = between(rng, 2.2, 3.4), light = between(rng, 0.75, 1.1);
	double ground[3], slope = between(rng, -2, 2);
	size_t phase = gsl_rng_uniform_int(rng, 4);

	for (size_t c = 0; c < 3; c++)
		ground[c] = between(rng, 60, 150);
	for (size_t y = 0; y < 32; y++)
		for (size_t x = 0; x < 32; x++) {
			double cover = ink(&f, (double)x, (double)y, thickness);
			double share = texture(class % 4, x, y, phase);

			for (size_t c = 0; c < 3; c++) {
				double back = ground[c] + slope * ((double)x - 16);
				double front = light * share * colour[c];

				image[(y * 32 + x) * 3 + c] =
					to_byte(cover * front + (1 - cover) * back +
						between(rng, -25, 25));
			}
		}
}

/* Classes take turns, so that every first part of the rows is balanced. */
static int make_images(struct dataset *d, struct wish wish, gsl_rng *rng,
	void (*draw)(size_t, gsl_rng *, uint8_t *))
{
	size_t train = wish.train ? wish.train : 4000, test = wish.test ? wish.test : 1000;

	if (dataset_grow(d, train + test, 1))
		return -1;
	for (; d->rows < train + test; d->rows++) {
		d->labels[d->rows] = (uint16_t)(d->rows % d->classes);
		draw(d->labels[d->rows], rng, d->bytes + d->rows * shape_size(d->shape));
	}
	dataset_split(d, train, wish);
	return 0;
}

int make_glyphs(struct dataset *d, struct wish wish, gsl_rng *rng)
{
	d->shape = (struct shape){ 28, 28, 1 };
	d->classes = 10;
	return make_images(d, wish, rng, draw_glyph);
}

int make_glyphs_rgb(struct dataset *d, struct wish wish, gsl_rng *rng)
{
	d->shape = (struct shape){ 32, 32, 3 };
	d->classes = 100;
	return make_images(d, wish, rng, draw_rgb);
}
