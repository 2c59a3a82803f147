/* figure.h -- pictures as scripts and data for gnuplot. */
#ifndef FIGURE_H
#define FIGURE_H

#include "ground/quote.h"
#include "ground/why.h"

/* All pictures of one call: each is name.gp (runs by hand), name.dat and one file a format. One
 * gnuplot process draws them all. */
struct figures {
	const char *folder;
	char work[4096];     /* inside it: where all is drawn before it takes its name */
	const char *formats; /* "png svg"; "dumb" draws on the terminal */
	char **name;
	size_t count, room;
};
struct figure {
	struct figures *of;
	char name[FILE_NAME + 24];
	FILE *gp, *dat;
	size_t blocks; /* curves in the data so far */
};
int figures_open(struct figures *fs, const char *folder, const char *formats, struct why *why);
/* Any name: what files are called is made of it, told apart from those before, and stands in
 * f->name. */
int figure_begin(struct figure *f, struct figures *fs, const char *name, struct why *why);
void figure_number(struct figure *f, const char *name, double v);
void figure_text(struct figure *f, const char *name, const char *text);
/* name[1..count] = text(i, data) */
void figure_texts(struct figure *f, const char *name, size_t count,
	const char *(*text)(size_t, void *), void *data);
/* The same for labels of tics. */
void figure_tics(struct figure *f, const char *name, size_t count,
	const char *(*text)(size_t, void *), void *data);
void figure_numbers(struct figure *f, const char *name, size_t count, const double *v);
void figure_row(struct figure *f, size_t count, const double *v); /* one line of the data */
void figure_block(struct figure *f); /* ends a curve; its number is f->blocks before the call */
/* Adds the template plots/TEMPLATE.gp; the picture is drawn by figures_draw. */
int figure_end(struct figure *f, const char *template, struct why *why);
/* 0; -1: gnuplot is missing or failed, scripts and data stay. */
int figures_draw(struct figures *fs, struct why *why);
void figures_free(struct figures *fs);

#endif
