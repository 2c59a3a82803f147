/* figure.h -- pictures as scripts and data for gnuplot. */
#ifndef FIGURE_H
#define FIGURE_H

#include "ground/quote.h"
#include "ground/why.h"

/* All pictures of one call: each is name.gp (runs by hand), name.dat and one file a format. One
 * gnuplot process draws them all. */
enum { FORMATS = 64 }; /* bytes of a list of formats */
struct format {
	const char *name, *file[2]; /* what a picture's files end in */
	int tex;                    /* its texts are TeX: it has a script of its own */
};
extern const struct format picture_formats[]; /* ends with a NULL name */

/* What a user asks of the page; all zero: as the content asks. */
struct canvas {
	double width, height; /* in pixels of 1/96 inch; 0: as the content asks */
	double points;        /* size of type; 0: 9 */
	const char *typeface, *title;
	double columns;                /* of panels; 0: as many as are readable */
	double xlimits[2], ylimits[2]; /* of panels with curves; equal: from the data */
};
double canvas_unit(const struct canvas *c); /* how many times usual the type is */
/* Panels side by side and above each other on a page: as many as can be read, no more than
 * there are. */
struct panel_grid {
	size_t columns, rows;
};
/* wide, tall: of a panel, at the least; left: of the page, beside the panels; in pixels at the
 * usual type. */
struct panel_grid canvas_grid(
	const struct canvas *c, size_t panels, double left, double wide, double tall);

struct figures {
	const char *folder;
	char work[4096];     /* inside it: where all is drawn before it takes its name */
	const char *formats; /* "png svg"; "dumb" draws on the terminal */
	char plain[FORMATS], tex[FORMATS]; /* those whose texts are text, and are TeX */
	struct canvas canvas;
	char **name;
	size_t count, room;
};
struct figure {
	struct figures *of;
	char name[FILE_NAME + 24];
	FILE *gp, *tex, *dat; /* gp, tex: NULL where no format needs the script */
	size_t blocks;        /* curves in the data so far */
};
int figures_open(struct figures *fs, const char *folder, const char *formats, struct why *why);
/* Any name: what files are called is made of it, told apart from those before, and stands in
 * f->name. */
int figure_begin(struct figure *f, struct figures *fs, const char *name, struct why *why);
void figure_drop(struct figure *f); /* in place of figure_end */
/* A line of the scripts as it stands: never with a text of others. */
void figure_line(struct figure *f, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void figure_number(struct figure *f, const char *name, double v);
void figure_text(struct figure *f, const char *name, const char *text);
/* name[1..count] = text(i, data) */
void figure_texts(struct figure *f, const char *name, size_t count,
	const char *(*text)(size_t, void *), void *data);
void figure_numbers(struct figure *f, const char *name, size_t count, const double *v);
void figure_row(struct figure *f, size_t count, const double *v); /* one line of the data */
void figure_block(struct figure *f); /* ends a curve; its number is f->blocks before the call */
/* Adds the template plots/TEMPLATE.gp; the picture is drawn by figures_draw. */
int figure_end(struct figure *f, const char *template, struct why *why);
/* 0; -1: gnuplot is missing or failed, scripts and data stay. */
int figures_draw(struct figures *fs, struct why *why);
void figures_print(const struct figures *fs); /* the files of all pictures, one a line */
void figures_free(struct figures *fs);

#endif
